//! Diagnostics as values: what an author can mend, where it stands, and what to do. Drawing them is `show`'s.

use crate::base::codes::Code;
use std::ops::Range;
use std::sync::Arc;

/// Whether a mistake stops the press.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Nothing goes out while there is one.
    Error,
    /// Said, and then the work goes on.
    Warning,
}

/// Where a diagnostic points: a file by its path from the site's root, and bytes in it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The path from the site's root, with `/`.
    pub file: Arc<str>,
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// One mistake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do.
    pub help: Option<String>,
}

/// All that was found in one round.
#[derive(Clone, Default, Debug)]
pub struct Report {
    found: Vec<Diagnostic>,
}

impl Place {
    /// A span of bytes in a file.
    pub fn new(file: &Arc<str>, span: Range<usize>) -> Place {
        Place { file: file.clone(), start: span.start as u32, end: span.end as u32 }
    }

    /// The file as a whole, shown at its first line.
    pub fn whole(file: &Arc<str>) -> Place {
        Place::new(file, 0..0)
    }
}

impl Diagnostic {
    /// Adds what to do.
    pub fn help(&mut self, help: impl Into<String>) {
        self.help = Some(help.into());
    }

    /// Error or warning, as its code says.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl Report {
    /// Adds a diagnostic and returns it, so that help may be added.
    pub fn add(&mut self, code: Code, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic { code, message: message.into(), place, help: None });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Takes over what another report found.
    pub fn extend(&mut self, other: Report) {
        self.found.extend(other.found);
    }

    /// Whether anything stops the press.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity() == Severity::Error)
    }

    /// Whether nothing at all was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many errors and how many warnings there are.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.found.iter().filter(|found| found.severity() == Severity::Error).count();
        (errors, self.found.len() - errors)
    }

    /// Everything, by file and place; what was said twice is said once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.found.iter().collect();
        sorted.sort_by(|a, b| {
            (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message))
        });
        sorted.dedup();
        sorted
    }
}
