//! Corrections of all briefs, newest first: what was put right, and which briefs were withdrawn. Refiled slips are
//! not told.

use crate::archive::model::Filed;
use crate::archive::period::{Periods, newest_first};
use crate::base::date::{Truncated, When, Zone};
use crate::read::extras::Correction;
use std::cmp::Reverse;

/// The changes that readers are told of. Which there are and when is in the outlines; what they say is in the briefs.
#[derive(Default, Debug)]
pub struct Corrections {
    /// Newest first.
    pub all: Vec<Told>,
    /// Their places in `all`, split into periods.
    pub periods: Periods,
}

/// A change that readers are told of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Told {
    /// The brief's number.
    pub brief: u32,
    /// Its place among the brief's corrections; `None` where the brief was withdrawn.
    pub at: Option<u32>,
    /// When.
    pub date: When,
}

/// Whether readers are told of a correction.
pub fn is_told(correction: &Correction) -> bool {
    correction.kind != "refile"
}

/// The corrections of briefs that lists may show. A withdrawn brief has but its withdrawal.
pub fn corrections(filed: &[Filed], zone: &Zone, limit: usize) -> Corrections {
    let mut all: Vec<Told> = Vec::new();
    for (number, filed) in filed.iter().enumerate().filter(|(_, filed)| filed.listed()) {
        all.extend(of_brief(filed, number as u32, zone));
    }
    all.sort_by_key(|told| {
        (newest_first(told.date.day.into()), Reverse(told.date.from), told.brief, told.at)
    });
    let dated = all.iter().zip(0..).map(|(told, place)| (Truncated::from(told.date.day), place));
    let periods = Periods::new(&dated.collect::<Vec<_>>(), limit);
    Corrections { all, periods }
}

fn of_brief(filed: &Filed, brief: u32, zone: &Zone) -> Vec<Told> {
    let Some(extras) = &filed.brief.extras else { return Vec::new() };
    if filed.withdrawn() {
        let day = extras.withdrawn.iter().map(|withdrawn| withdrawn.date);
        let when = day.map(|day| When { day, at: None, from: zone.start_of(day) });
        return when.map(|date| Told { brief, at: None, date }).collect();
    }
    let told = extras.corrections.iter().zip(0..).filter(|(correction, _)| is_told(correction));
    told.map(|(correction, at)| Told { brief, at: Some(at), date: correction.date }).collect()
}
