//! The briefs that go to programs, by the year in which they were published: what sitemaps and open data are split by,
//! so that one more brief touches the files of one year.

use crate::archive::Archive;
use crate::base::digest::Digest;
use crate::read::brief::Status;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A year.
#[derive(Debug)]
pub struct Year {
    /// In four digits.
    pub name: String,
    /// The numbers of its briefs, oldest first: a new one comes last.
    pub briefs: Arc<[u32]>,
    /// The digest of what data says of them, once it is asked for.
    pub facts: OnceLock<Digest>,
}

/// The years of an edition, oldest first.
pub type Years = Vec<Arc<Year>>;

/// Whether a brief goes to programs: it is in the lists, and no draft.
pub fn is_sent(archive: &Archive, number: u32) -> bool {
    let filed = archive.filed(number);
    filed.listed() && filed.brief.status != Status::Draft
}

/// The years of an archive, oldest first.
pub fn years(archive: &Archive) -> Years {
    let mut years: BTreeMap<i16, Vec<u32>> = BTreeMap::new();
    for number in (0..archive.briefs.len() as u32).rev().filter(|number| is_sent(archive, *number)) {
        years.entry(archive.filed(number).published.day.year).or_default().push(number);
    }
    years.into_iter().map(|(year, briefs)| year_of(format!("{year:04}"), briefs.into())).collect()
}

/// The same years where briefs of these numbers have changed.
pub fn revised(years: &Years, numbers: &[u32]) -> Years {
    let has = |year: &Year, number: &u32| year.briefs.binary_search_by(|own| number.cmp(own)).is_ok();
    let renewed = |year: &Arc<Year>| match numbers.iter().any(|number| has(year, number)) {
        true => year_of(year.name.clone(), year.briefs.clone()),
        false => year.clone(),
    };
    years.iter().map(renewed).collect()
}

fn year_of(name: String, briefs: Arc<[u32]>) -> Arc<Year> {
    Arc::new(Year { name, briefs, facts: OnceLock::new() })
}
