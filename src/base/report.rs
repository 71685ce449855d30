//! Diagnostics as values: what an author can mend, where it stands, and what to do. Drawing them is `show`'s.

use crate::base::codes::{self, Code};
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

    /// What is found to be so, and the rest.
    pub fn part(self, is_so: impl Fn(&Diagnostic) -> bool) -> (Report, Report) {
        let (so, rest) = self.found.into_iter().partition(is_so);
        (Report { found: so }, Report { found: rest })
    }

    /// Whether anything stops the press.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity() == Severity::Error)
    }

    /// Whether nothing at all was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Every error.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter().filter(|found| found.severity() == Severity::Error)
    }

    /// Whether something in the file or folder of that path could not be read at all.
    pub fn unread_in(&self, path: &str) -> bool {
        self.errors().any(|found| found.code.name().starts_with("E01") && found.place.file.starts_with(path))
    }

    /// Whether anything was said of a file.
    pub fn speaks_of(&self, file: &str) -> bool {
        self.found.iter().any(|found| *found.place.file == *file)
    }

    /// How many errors and how many warnings are shown.
    pub fn counts(&self) -> (usize, usize) {
        let sorted = self.sorted();
        let errors = sorted.iter().filter(|found| found.severity() == Severity::Error).count();
        (errors, sorted.len() - errors)
    }

    /// Everything, by file and place; what was said twice is said once, as is what one place of a template does
    /// on many pages.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.found.iter().collect();
        sorted.sort_by(|a, b| (&a.place, a.code, &a.message).cmp(&(&b.place, b.code, &b.message)));
        let same = |a: &Diagnostic, b: &Diagnostic| {
            a == b || (a.code == codes::TEMPLATE_VALUE && b.code == a.code && a.place == b.place)
        };
        sorted.dedup_by(|later, first| same(later, first));
        sorted
    }
}
