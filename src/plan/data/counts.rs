//! How many briefs there were in each month, in all, by topic and by agency, as CSV (RFC 4180).

use crate::base::date::Truncated;
use crate::plan::page::Plan;
use std::collections::BTreeMap;

/// A month, and what is counted in it: a topic, an agency, or all, where both are empty.
type Row<'a> = (Truncated, &'a str, &'a str);

/// Writes the table, by month, all before topics, topics before agencies.
pub fn write(plan: &Plan, out: &mut Vec<u8>) {
    let mut counts: BTreeMap<Row<'_>, u32> = BTreeMap::new();
    for &number in plan.years.iter().flat_map(|year| &year.briefs) {
        let filed = plan.archive.filed(number);
        let month = Truncated { day: 0, ..filed.published.day.into() };
        let mut count = |topic, agency| *counts.entry((month, topic, agency)).or_default() += 1;
        count("", "");
        filed.topics.iter().for_each(|&topic| count(&*plan.archive.topics[topic as usize].slug, ""));
        filed.agencies.iter().for_each(|&agency| count("", &*plan.archive.agencies[agency as usize].slug));
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|((month, topic, agency), _)| (*month, !agency.is_empty(), *topic, *agency));
    let mut table = csv::Writer::from_writer(out);
    let mut write = |row: [&str; 4]| table.write_record(row).expect("memory takes what is written");
    write(["month", "topic", "agency", "briefs"]);
    for ((month, topic, agency), count) in rows {
        write([&month.to_string(), topic, agency, &count.to_string()]);
    }
}
