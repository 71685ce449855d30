//! The briefs of a year as NDJSON: one JSON object a line, without their text.

use crate::plan::data::facts::Facts;
use crate::plan::feed;
use crate::plan::page::Plan;
use serde::Serialize;

#[derive(Serialize)]
struct Row<'a> {
    id: String,
    url: String,
    language: &'a str,
    headline: &'a str,
    summary: Option<String>,
    published: String,
    modified: String,
    event_date: String,
    topics: Vec<&'a str>,
    agencies: Vec<&'a str>,
    editors: &'a [String],
    place: Option<&'a str>,
    kind: &'a str,
    status: &'a str,
    urgency: u8,
    corrections: usize,
}

/// Writes them, oldest first.
pub fn write(plan: &Plan, briefs: &[u32], out: &mut Vec<u8>) {
    for &number in briefs {
        let facts = Facts::new(plan, number);
        serde_json::to_writer(&mut *out, &row(plan, &facts)).expect("memory takes what is written");
        out.push(b'\n');
    }
}

fn row<'a>(plan: &Plan, facts: &'a Facts<'a>) -> Row<'a> {
    let settings = &plan.archive.settings;
    let (day, at, _) = facts.published;
    Row {
        id: feed::tag_of(plan, facts.id, facts.version.then_some(facts.language)),
        url: settings.absolute(facts.address),
        language: facts.language,
        headline: facts.headline,
        summary: facts.summary.map(crate::plan::brief::plain),
        published: at.map_or_else(|| day.to_string(), |moment| settings.zone.stamp(moment)),
        modified: settings.zone.stamp(facts.modified),
        event_date: facts.event.to_string(),
        topics: facts.topics.iter().map(|(slug, _)| *slug).collect(),
        agencies: facts.agencies.iter().map(|(slug, _)| *slug).collect(),
        editors: facts.editors,
        place: facts.place,
        kind: facts.kind,
        status: facts.status,
        urgency: facts.urgency,
        corrections: facts.corrections,
    }
}
