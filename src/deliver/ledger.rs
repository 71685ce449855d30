//! The ledger: what is out. For each source what it was when it was read; for each page its fingerprint, its
//! parts' digests and the file as it was written. It is read and written whole.

use crate::base::codes;
use crate::base::date::{self, Due, Moment};
use crate::base::digest::Digest;
use crate::base::report::{Diagnostic, Place, Report};
use crate::read::sources::{Known, Sources, Stat};
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// The form of the ledger's bytes; another form is no readable ledger.
const FORM: u32 = 2;

/// What is out.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    form: u32,
    /// The digest of all that the edition was composed from; `None` while it is not known to be out whole.
    pub inputs: Option<Digest>,
    /// Between which moments "now" decides what it decided.
    pub due: Due,
    /// When the sources were looked at, in nanoseconds since 1970.
    pub looked: i64,
    /// The warnings of that edition: said again while nothing has changed.
    pub warnings: Vec<Warning>,
    /// The names of parts.
    pub names: Vec<String>,
    /// What the sources were, by path.
    pub sources: Vec<SourceEntry>,
    /// What is out, by path.
    pub pages: Vec<PageEntry>,
}

/// A warning, as it was said.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    code: String,
    message: String,
    file: String,
    span: (u32, u32),
    help: Option<String>,
}

/// A source when it was read.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct SourceEntry {
    /// The path from the site's root.
    pub path: String,
    /// Its size, time and inode.
    pub stat: Stat,
    /// The digest of its bytes.
    pub digest: Digest,
}

/// A page that is out.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct PageEntry {
    /// Its path.
    pub path: String,
    /// What it was made of.
    pub fingerprint: Digest,
    /// Its parts' digests; names are places in the ledger's `names`.
    pub parts: Vec<(u8, Digest)>,
    /// The size of the file as it was written.
    pub size: u64,
    /// Its time then, in nanoseconds since 1970.
    pub time: i64,
    /// Whether it was being printed or withdrawn when this was written: then nothing else here is known.
    pub in_flight: bool,
}

impl PageEntry {
    /// An entry that says only that the path is ours.
    pub fn in_flight(path: &str) -> PageEntry {
        let (fingerprint, parts) = (Digest::default(), Vec::new());
        PageEntry { path: path.to_owned(), fingerprint, parts, size: 0, time: 0, in_flight: true }
    }
}

impl Default for Ledger {
    /// A ledger of nothing.
    fn default() -> Ledger {
        Ledger {
            form: FORM,
            inputs: None,
            due: (None, None),
            looked: 0,
            warnings: Vec::new(),
            names: Vec::new(),
            sources: Vec::new(),
            pages: Vec::new(),
        }
    }
}

impl Ledger {
    /// Reads a ledger; `None` where there is none, or none that can be read.
    pub fn read(path: &Path) -> Option<Ledger> {
        #[expect(clippy::disallowed_methods, reason = "the ledger is deliver's own")]
        let bytes = fs::read(path).ok()?;
        let (body, seal) = bytes.split_last_chunk::<16>()?;
        let sealed = format!("{:?}", Digest::of(body));
        if sealed.as_bytes().first_chunk::<16>() != Some(seal) {
            return None;
        }
        postcard::from_bytes::<Ledger>(body).ok().filter(|ledger| ledger.form == FORM)
    }

    /// Writes the ledger, whole or not at all.
    pub fn write(&self, path: &Path) -> Result<()> {
        let mut bytes = postcard::to_stdvec(self)?;
        let seal = format!("{:?}", Digest::of(&bytes));
        bytes.extend_from_slice(&seal.as_bytes()[..16]);
        let temporary = path.with_extension("new");
        #[expect(clippy::disallowed_methods, reason = "the ledger is deliver's own")]
        fs::write(&temporary, &bytes)
            .and_then(|()| fs::rename(&temporary, path))
            .with_context(|| format!("cannot write the ledger `{}`", path.display()))
    }

    /// The entry of a path.
    pub fn page(&self, path: &str) -> Option<&PageEntry> {
        let at = self.pages.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        Some(&self.pages[at])
    }

    /// What is known of a source without reading it: nothing, where it was too young to tell.
    pub fn known(&self, path: &str) -> Option<Known> {
        let at = self.sources.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()?;
        let entry = &self.sources[at];
        entry.stat.settled(self.looked).then_some(Known { stat: entry.stat, digest: entry.digest })
    }

    /// Whether "now" still decides what it decided.
    pub fn covers(&self, now: Moment) -> bool {
        date::is_between(self.due, now)
    }

    /// Takes down what the sources are.
    pub fn note_sources(&mut self, sources: &Sources) {
        let entry = |source: &crate::read::sources::Source| SourceEntry {
            path: source.path.to_string(),
            stat: source.stat,
            digest: source.digest,
        };
        self.looked = sources.looked;
        self.sources = sources.list.iter().filter(|source| source.trouble.is_none()).map(entry).collect();
    }

    /// Takes down what was said of an edition.
    pub fn note_warnings(&mut self, report: &Report) {
        let warning = |found: &&Diagnostic| Warning {
            code: found.code.name().to_owned(),
            message: found.message.clone(),
            file: found.place.file.to_string(),
            span: (found.place.start, found.place.end),
            help: found.help.clone(),
        };
        self.warnings = report.sorted().iter().map(warning).collect();
    }

    /// What was said of the edition that is out.
    pub fn warnings(&self) -> Report {
        let mut report = Report::default();
        for warning in &self.warnings {
            let Some(code) = codes::by_name(&warning.code) else { continue };
            let place =
                Place { file: warning.file.as_str().into(), start: warning.span.0, end: warning.span.1 };
            let said = report.add(code, place, warning.message.clone());
            said.help.clone_from(&warning.help);
        }
        report
    }

    /// The place of a part's name in `names`.
    pub fn name(&mut self, name: &str) -> u8 {
        match self.names.iter().position(|known| known == name) {
            Some(at) => at as u8,
            None => {
                self.names.push(name.to_owned());
                (self.names.len() - 1) as u8
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test may touch the disk")]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_is_read_as_it_was_written_and_a_damaged_one_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("public.ledger");
        let mut ledger = Ledger { pages: vec![PageEntry::in_flight("index.html")], ..Ledger::default() };
        ledger.name("brief");
        ledger.write(&path).unwrap();
        let read = Ledger::read(&path).unwrap();
        assert_eq!((&read.pages, &read.names), (&ledger.pages, &ledger.names));
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x20;
            std::fs::write(&path, &damaged).unwrap();
            assert_eq!(Ledger::read(&path), None, "byte {at}");
            std::fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(Ledger::read(&path), None, "cut at {at}");
        }
    }
}
