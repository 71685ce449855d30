//! The last archive by its files: what stands in a new one as it stood before is shared with it, so that two archives
//! that are held at once take little more memory than one. It decides nothing: with or without it the new one is equal.

use crate::archive::model::{Archive, Entry};
use std::collections::HashMap;
use std::sync::Arc;

/// The last archive, or nothing.
#[derive(Default)]
pub struct Last<'a> {
    numbers: HashMap<&'a str, u32>,
    archive: Option<&'a Archive>,
}

impl<'a> Last<'a> {
    /// The last archive.
    pub fn of(archive: Option<&'a Archive>) -> Last<'a> {
        let briefs = archive.into_iter().flat_map(|archive| archive.briefs.iter());
        Last {
            numbers: briefs.zip(0..).map(|(filed, number)| (&*filed.brief.file, number)).collect(),
            archive,
        }
    }

    /// The number that the brief of a file had.
    pub fn number(&self, file: &str) -> Option<u32> {
        self.numbers.get(file).copied()
    }

    /// An entry as it was, where it was that of a brief in the same place and of the same terms. What its references
    /// lead to may differ.
    pub fn entry(&self, file: &str, entry: Entry) -> Arc<Entry> {
        let last = self.archive.zip(self.number(file)).map(|(last, number)| &last.filed(number).entry);
        let place = |entry: &Entry| (entry.published, entry.expired);
        let same = |last: &&Arc<Entry>| {
            place(last) == place(&entry)
                && last.address == entry.address
                && (&last.topics, &last.agencies) == (&entry.topics, &entry.agencies)
        };
        last.filter(same).cloned().unwrap_or_else(|| Arc::new(entry))
    }
}
