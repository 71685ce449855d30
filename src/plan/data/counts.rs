//! How many briefs there were in each month, in all, by topic and by agency, as CSV (RFC 4180).

use crate::base::date::Truncated;
use crate::plan::page::Plan;
use std::collections::BTreeMap;

/// What is counted in a month: all, a topic, an agency.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    All,
    Topic(u32),
    Agency(u32),
}

/// Writes the table, by month: all, then topics and agencies in the order of their slugs.
pub fn write(plan: &Plan, out: &mut Vec<u8>) {
    let archive = &plan.archive;
    let mut counts: BTreeMap<(Truncated, Of), u32> = BTreeMap::new();
    for &number in plan.years.iter().flat_map(|year| year.briefs.iter()) {
        let filed = archive.filed(number);
        let month = Truncated { day: 0, ..filed.published.day.into() };
        let topics = filed.topics.iter().map(|&topic| Of::Topic(topic));
        let agencies = filed.agencies.iter().map(|&agency| Of::Agency(agency));
        for of in topics.chain(agencies).chain([Of::All]) {
            *counts.entry((month, of)).or_default() += 1;
        }
    }
    let slugs = |of: Of| match of {
        Of::All => ("", ""),
        Of::Topic(number) => (&*archive.topics[number as usize].slug, ""),
        Of::Agency(number) => ("", &*archive.agencies[number as usize].slug),
    };
    let mut rows: Vec<_> = counts.into_iter().map(|((month, of), count)| (month, slugs(of), count)).collect();
    rows.sort_unstable_by_key(|(month, (topic, agency), _)| (*month, *agency, *topic));
    let mut table = csv::Writer::from_writer(out);
    let mut write = |row: [&str; 4]| table.write_record(row).expect("memory takes what is written");
    write(["month", "topic", "agency", "briefs"]);
    for (month, (topic, agency), count) in rows {
        write([&month.to_string(), topic, agency, &count.to_string()]);
    }
}
