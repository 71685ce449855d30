//! Shelves: the briefs of a term in their two orders, and how often terms meet.

use crate::archive::model::{Filed, Shelf};
use crate::archive::period::{Periods, newest_first};
use crate::base::date::Truncated;
use std::collections::BTreeMap;

/// The briefs of each of `count` terms.
pub fn shelves(filed: &[Filed], count: usize, of: fn(&Filed) -> &Vec<u32>, limit: usize) -> Vec<Shelf> {
    let mut numbers: Vec<Vec<u32>> = vec![Vec::new(); count];
    for (number, filed) in filed.iter().enumerate() {
        for &term in of(filed) {
            numbers[term as usize].push(number as u32);
        }
    }
    numbers.into_iter().map(|numbers| shelf(filed, numbers, limit)).collect()
}

/// Briefs by their numbers, those that lists may show.
pub fn shelf(filed: &[Filed], mut latest: Vec<u32>, limit: usize) -> Shelf {
    latest.retain(|&number| filed[number as usize].listed());
    let dated = |&number: &u32| (filed[number as usize].brief.event.start, number);
    let mut chronology: Vec<(Truncated, u32)> = latest.iter().map(dated).collect();
    chronology.sort_by_key(|(date, number)| (newest_first(*date), *number));
    Shelf { latest, periods: Periods::new(&chronology, limit) }
}

/// How many briefs each agency reported on each topic.
pub fn pairs(filed: &[Filed]) -> BTreeMap<(u32, u32), u32> {
    let mut counts = BTreeMap::new();
    for filed in filed.iter().filter(|filed| filed.listed()) {
        for &agency in &filed.agencies {
            for &topic in &filed.topics {
                *counts.entry((agency, topic)).or_default() += 1;
            }
        }
    }
    counts
}

/// How many briefs each two terms of one kind share.
pub fn same_kind_pairs(filed: &[Filed], of: fn(&Filed) -> &Vec<u32>) -> BTreeMap<(u32, u32), u32> {
    let mut counts = BTreeMap::new();
    for filed in filed.iter().filter(|filed| filed.listed()) {
        let terms = of(filed);
        for (turn, &one) in terms.iter().enumerate() {
            for &other in &terms[turn + 1..] {
                *counts.entry((one.min(other), one.max(other))).or_default() += 1;
            }
        }
    }
    counts
}
