//! The briefs of a year for citation managers: CSL-JSON (citeproc-js, CSL 1.0.2).

use crate::base::date::{Day, EventDate, Truncated};
use crate::base::digest::Digest;
use crate::plan::data::facts::Facts;
use crate::plan::page::Plan;
use serde::Serialize;

#[derive(Serialize)]
struct Item<'a> {
    // The key that a manager cites it by: as lasting as the brief's id, and as long in every file.
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'a str,
    author: Vec<Name<'a>>,
    issued: Date,
    #[serde(rename = "event-date", skip_serializing_if = "Option::is_none")]
    event_date: Option<Date>,
    #[serde(rename = "container-title")]
    container: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(rename = "URL")]
    url: String,
    // English is what a style takes a title for that names no language, for the capitals of titles.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
struct Date {
    #[serde(rename = "date-parts")]
    parts: Vec<Vec<i16>>,
}

/// Writes them, oldest first, a line each.
pub fn write(plan: &Plan, briefs: &[u32], out: &mut Vec<u8>) {
    out.push(b'[');
    for (turn, &number) in briefs.iter().enumerate() {
        out.extend_from_slice(if turn == 0 { b"\n" } else { b",\n" });
        let facts = Facts::new(plan, number);
        serde_json::to_writer(&mut *out, &item(plan, &facts)).expect("memory takes what is written");
    }
    out.extend_from_slice(b"\n]\n");
}

fn item<'a>(plan: &'a Plan, facts: &'a Facts<'a>) -> Item<'a> {
    let settings = &plan.archive.settings;
    let agencies = facts.agencies.iter().map(|(_, name)| *name);
    let authors = facts.authors.iter().map(String::as_str);
    let happened = Some(facts.event).filter(|event| *event != facts.published.0.into());
    let names: Vec<&str> = if facts.authors.is_empty() { agencies.collect() } else { authors.collect() };
    Item {
        id: Digest::of(facts.key().as_bytes()).long(),
        kind: "article-newspaper",
        title: facts.headline,
        author: names.into_iter().map(|literal| Name { literal }).collect(),
        issued: day(facts.published.0),
        event_date: happened.map(event),
        container: &settings.title,
        publisher: settings.publisher.as_deref(),
        url: settings.absolute(facts.address),
        language: Some(facts.language).filter(|language| *language != "en"),
    }
}

fn day(day: Day) -> Date {
    event(day.into())
}

fn event(event: EventDate) -> Date {
    let parts = |date: Truncated| {
        let all = [date.year, date.month.into(), date.day.into()];
        all.into_iter().take_while(|part| *part > 0).collect()
    };
    Date { parts: [Some(event.start), event.end].into_iter().flatten().map(parts).collect() }
}
