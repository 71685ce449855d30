//! Counts: topics and agencies by how many briefs they share with something, most first.

use crate::plan::page::Plan;
use crate::plan::part::{self, Value};
use std::cmp::Reverse;

/// Topics with their numbers, most first; those with none are left out.
pub fn topics(plan: &Plan, number_of: impl Fn(u32) -> u32) -> Value {
    let named = plan.archive.topics.iter().map(|topic| (&*topic.name, format!("topics/{}.html", topic.slug)));
    most_first(named, number_of)
}

/// Agencies with their numbers, most first; those with none are left out.
pub fn agencies(plan: &Plan, number_of: impl Fn(u32) -> u32) -> Value {
    let agencies = plan.archive.agencies.iter();
    most_first(agencies.map(|agency| (&*agency.name, format!("agencies/{}.html", agency.slug))), number_of)
}

/// A name, where it leads, and how many.
pub fn count(name: &str, address: &str, count: usize) -> Value {
    part::record([
        ("name", part::text(name)),
        ("address", part::text(address)),
        ("count", part::number(count)),
        ("extra", part::none()),
    ])
}

fn most_first<'a>(named: impl Iterator<Item = (&'a str, String)>, number_of: impl Fn(u32) -> u32) -> Value {
    let counted = named.zip(0..).map(|(named, number)| (number_of(number), named));
    let mut counted: Vec<_> = counted.filter(|(count, _)| *count > 0).collect();
    counted.sort_by_key(|(count, _)| Reverse(*count));
    part::list(counted.iter().map(|(n, (name, address))| count(name, address, *n as usize)).collect())
}
