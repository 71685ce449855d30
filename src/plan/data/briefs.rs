//! The briefs of a year as NDJSON: one JSON object a line, without their text.

use crate::plan::data::facts::Facts;
use crate::plan::page::Plan;
use serde::Serialize;

/// A brief. What it shares with most or, as the language, with all is not written; the page on
/// data says what stands for it.
#[derive(Serialize)]
struct Row<'a> {
    id: String,
    url: String,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_date: Option<String>,
    topics: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    agencies: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    editors: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    urgency: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrections: Option<usize>,
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
    let (day, at, from) = facts.published;
    let modified = Some(facts.modified).filter(|modified| *modified != from);
    let event = Some(facts.event).filter(|event| *event != day.into());
    Row {
        id: facts.key(),
        url: settings.absolute(facts.address),
        headline: facts.headline,
        summary: facts.summary.map(crate::plan::brief::plain),
        published: at.map_or_else(|| day.to_string(), |moment| settings.zone.stamp(moment)),
        modified: modified.map(|moment| settings.zone.stamp(moment)),
        event_date: event.map(|event| event.to_string()),
        topics: facts.topics.iter().map(|(slug, _)| *slug).collect(),
        agencies: facts.agencies.iter().map(|(slug, _)| *slug).collect(),
        editors: facts.editors,
        place: facts.place,
        kind: Some(facts.kind).filter(|kind| *kind != "brief"),
        status: Some(facts.status).filter(|status| *status != "published"),
        urgency: Some(facts.urgency).filter(|urgency| *urgency != 5),
        corrections: Some(facts.corrections).filter(|number| *number > 0),
    }
}
