//! The briefs of each language from round to round: a version that is made of the same two files stays the same, so
//! that a plan can be revised by what changed.

use crate::archive::editions::{self, Elsewhere, Led};
use crate::newsroom::briefs::Change;
use crate::newsroom::tongue::Desk;
use crate::read::brief::Brief;
use std::collections::HashMap;
use std::sync::Arc;

/// The briefs of each language as the last round had them, by their files.
#[derive(Default)]
pub struct Versions {
    last: Vec<Vec<Arc<Brief>>>,
    /// By the version as written: the original and what was made of both.
    made: HashMap<Arc<str>, Made>,
}

/// A version with what it was made of.
struct Made {
    original: Arc<Brief>,
    written: Arc<Brief>,
    version: Arc<Brief>,
}

impl Versions {
    /// The briefs of each language.
    pub fn of(&mut self, all: &[Arc<Brief>], desks: &[Desk]) -> Vec<Vec<Arc<Brief>>> {
        if desks.len() == 1 && all.iter().all(|brief| !brief.translation) {
            (self.last, self.made) = Default::default();
            return vec![all.to_vec()];
        }
        let mut last = std::mem::take(&mut self.made);
        let mut make = |original: &Arc<Brief>, written: &Arc<Brief>| {
            let same =
                |made: &Made| Arc::ptr_eq(&made.original, original) && Arc::ptr_eq(&made.written, written);
            let (original, written) = (original.clone(), written.clone());
            let made = last.remove(&written.file).filter(same).unwrap_or_else(|| {
                let version = Arc::new(editions::version(&original, &written));
                Made { original, written, version }
            });
            let version = made.version.clone();
            self.made.insert(version.file.clone(), made);
            version
        };
        self.last = desks.iter().map(|desk| editions::briefs_in(all, &desk.settings, &mut make)).collect();
        self.last.clone()
    }

    /// The briefs of each language that took another's place since the last round; their files are the same.
    pub fn changes(&mut self, all: &[Arc<Brief>], desks: &[Desk]) -> Vec<Vec<Change>> {
        let last = std::mem::take(&mut self.last);
        let now = self.of(all, desks);
        let pairs = last.into_iter().zip(now);
        let differs = |(old, new): &Change| !Arc::ptr_eq(old, new);
        pairs.map(|(last, now)| last.into_iter().zip(now).filter(differs).collect()).collect()
    }
}

/// Where what is not of the language at `own` leads to: its page in the first language that has it.
pub fn elsewhere(addresses: &[Vec<Led>], own: usize, up: &str) -> Elsewhere {
    let mut found: Elsewhere = HashMap::new();
    let others = addresses.iter().enumerate().filter(|(at, _)| *at != own).flat_map(|(_, all)| all);
    for (file, address) in others {
        let address = address.clone().map(|address| format!("{up}{address}"));
        found.entry(file.clone()).or_insert(address);
    }
    found
}
