//! The briefs that go to programs, by the year in which they were published: what sitemaps and open data are split by,
//! so that one more brief touches the files of one year.

use crate::archive::Archive;
use crate::read::brief::Status;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A year.
#[derive(Debug)]
pub struct Year {
    /// In four digits.
    pub name: String,
    /// The numbers of its briefs, oldest first: a new one comes last.
    pub briefs: Vec<u32>,
}

/// Whether a brief goes to programs: it is in the lists, and no draft.
pub fn is_sent(archive: &Archive, number: u32) -> bool {
    let filed = archive.filed(number);
    filed.listed() && filed.brief.status != Status::Draft
}

/// The years of an archive, oldest first.
pub fn years(archive: &Archive) -> Arc<[Year]> {
    let mut years: BTreeMap<i16, Vec<u32>> = BTreeMap::new();
    for number in (0..archive.briefs.len() as u32).rev().filter(|number| is_sent(archive, *number)) {
        years.entry(archive.filed(number).published.day.year).or_default().push(number);
    }
    years.into_iter().map(|(year, briefs)| Year { name: format!("{year:04}"), briefs }).collect()
}
