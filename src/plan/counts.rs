//! Counts: topics, agencies, people and places by how many briefs they share with something, most first.

use crate::plan::page::Plan;
use crate::plan::part::{self, Value};
use crate::read::extras::Extras;
use std::cmp::Reverse;
use std::collections::HashMap;

/// How many people or places are shown, and how many of what is often seen together.
const FEW: usize = 20;

/// How many there may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Most {
    /// All that have any.
    All,
    /// The first 20.
    Few,
}

/// Topics with their numbers, most first; those with none are left out.
pub fn topics(plan: &Plan, most: Most, number_of: impl Fn(u32) -> u32) -> Value {
    let named = plan.archive.topics.iter().map(|topic| (&*topic.name, format!("topics/{}.html", topic.slug)));
    most_first(named, most, number_of)
}

/// Agencies with their numbers, most first; those with none are left out.
pub fn agencies(plan: &Plan, most: Most, number_of: impl Fn(u32) -> u32) -> Value {
    let agencies = plan.archive.agencies.iter();
    let named = agencies.map(|agency| (&*agency.name, format!("agencies/{}.html", agency.slug)));
    most_first(named, most, number_of)
}

/// What few of these briefs have.
pub fn extras<'a>(plan: &'a Plan, numbers: &[u32]) -> Vec<&'a Extras> {
    numbers.iter().filter_map(|&number| plan.archive.filed(number).brief.extras.as_deref()).collect()
}

/// The people or places that briefs name, most first, ties by name, without addresses.
pub fn named(extras: &[&Extras], of: fn(&Extras) -> &Vec<String>) -> Value {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    extras.iter().flat_map(|extras| of(extras)).for_each(|name| *counts.entry(name).or_default() += 1);
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (Reverse(*count), *name));
    let value = |(name, number): (&str, usize)| count(name, None, number);
    part::list(counts.into_iter().take(FEW).map(value).collect())
}

/// A name, where it leads, and how many.
pub fn count(name: &str, address: Option<&str>, count: usize) -> Value {
    part::record("count").of([
        // its name
        ("name", part::text(name)),
        // its page, or none
        ("address", part::optional(address)),
        // how many briefs
        ("count", part::number(count)),
    ])
}

fn most_first<'a>(
    named: impl Iterator<Item = (&'a str, String)>,
    shown: Most,
    number_of: impl Fn(u32) -> u32,
) -> Value {
    let counted = named.zip(0..).map(|(named, number)| (number_of(number), named));
    let mut counted: Vec<_> = counted.filter(|(count, _)| *count > 0).collect();
    counted.sort_by_key(|(count, _)| Reverse(*count));
    counted.truncate(if shown == Most::Few { FEW } else { usize::MAX });
    let most = counted.first().map_or(1, |(count, _)| *count);
    let value = |(count, (name, address)): &(u32, (&str, String))| {
        part::record("share").of([
            // its name
            ("name", part::text(name)),
            // its page
            ("address", part::text(address)),
            // how many briefs it shares with this page's subject
            ("count", part::number(*count as usize)),
            // the same in per cent of the most, for a bar
            ("share", part::number((count * 100 / most).max(1) as usize)),
        ])
    };
    part::list(counted.iter().map(value).collect())
}
