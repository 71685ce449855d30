//! Briefs and key dates for TimelineJS 3, which shows its texts as HTML.

use crate::base::date::{EventDate, Truncated};
use crate::base::digest::Digest;
use crate::plan::data::facts::Facts;
use crate::plan::data::summary;
use crate::plan::page::Plan;
use crate::plan::topic::LATEST;
use crate::plan::years::is_sent;
use crate::read::markdown::escaped;
use serde::Serialize;
use std::cmp::Reverse;

#[derive(Serialize)]
struct Timeline {
    title: Slide,
    events: Vec<Slide>,
}

#[derive(Serialize)]
struct Slide {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_date: Option<String>,
    text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unique_id: Option<String>,
}

#[derive(Serialize)]
struct Date {
    year: i16,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
}

#[derive(Serialize)]
struct Text {
    headline: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// How many briefs of a year are shown. The program makes every slide at once: thousands of them stop a browser.
const SLIDES: usize = 500;

/// Writes the briefs of a year, or the most urgent of them; of those equally urgent the newest.
pub fn of_year(plan: &Plan, at: usize, out: &mut Vec<u8>) {
    let year = &plan.years[at];
    let mut briefs: Vec<(usize, u32)> = year.briefs.iter().copied().enumerate().collect();
    briefs.sort_by_key(|&(turn, number)| (plan.archive.filed(number).brief.urgency, Reverse(turn)));
    briefs.truncate(SLIDES);
    briefs.sort_unstable();
    let name = plan.archive.strings.year(year.name.parse().unwrap_or_default());
    let title = format!("{}, {name}", plan.archive.settings.title);
    write(title, briefs.into_iter().map(|(_, number)| of_brief(plan, number)).collect(), out);
}

/// Writes a topic's key dates and newest briefs.
pub fn of_topic(plan: &Plan, number: u32, out: &mut Vec<u8>) {
    let topic = &plan.archive.topics[number as usize];
    let strings = &plan.archive.strings;
    let key = |(date, text): &(EventDate, String)| {
        let headline = escaped(&strings.typeset(text));
        let group = strings.word("key_dates").to_owned();
        Slide { group: Some(group), ..slide(plan, *date, Text { headline, text: None }) }
    };
    let mut events: Vec<Slide> = topic.key_dates.iter().map(key).collect();
    events.extend(newest(plan, number).into_iter().map(|number| told(plan, number)));
    write(topic.name.clone(), events, out);
}

/// A topic's newest briefs, newest first.
pub fn newest(plan: &Plan, topic: u32) -> Vec<u32> {
    let latest = plan.archive.by_topic[topic as usize].latest.iter().copied();
    latest.filter(|number| is_sent(&plan.archive, *number)).take(LATEST).collect()
}

/// The digest of a topic's name and key dates, and of the words beside them.
pub fn key_dates(plan: &Plan, topic: u32) -> Digest {
    let topic = &plan.archive.topics[topic as usize];
    Digest::of_value(&(&topic.name, &topic.key_dates, plan.archive.strings.word("key_dates")))
}

/// A brief with its first sentences and an id. A year is too long for them: the program makes its ids of headlines.
fn told(plan: &Plan, number: u32) -> Slide {
    let text = summary(&plan.archive.filed(number).brief).map(|summary| format!("<p>{summary}</p>"));
    let slide = of_brief(plan, number);
    let id = plan.archive.filed(number).address.trim_end_matches(".html").replace('/', "-");
    Slide { text: Text { text, ..slide.text }, unique_id: Some(id), ..slide }
}

fn of_brief(plan: &Plan, number: u32) -> Slide {
    let facts = Facts::new(plan, number);
    let address = escaped(&plan.archive.settings.absolute(facts.address));
    let headline = format!("<a href=\"{address}\">{}</a>", escaped(facts.headline));
    Slide {
        group: facts.topics.first().map(|(_, name)| (*name).to_owned()),
        ..slide(plan, facts.event, Text { headline, text: None })
    }
}

/// A slide; a date that is not a day is written out, since the program would show it as its first day.
fn slide(plan: &Plan, event: EventDate, text: Text) -> Slide {
    let written = event.end.is_some() || event.start.day == 0;
    Slide {
        start_date: Some(date(event.start)),
        end_date: event.end.map(date),
        display_date: written.then(|| plan.archive.strings.event(event)),
        text,
        group: None,
        unique_id: None,
    }
}

fn date(date: Truncated) -> Date {
    let given = |part: u8| (part > 0).then_some(part);
    Date { year: date.year, month: given(date.month), day: given(date.day) }
}

fn write(title: String, events: Vec<Slide>, out: &mut Vec<u8>) {
    let text = Text { headline: escaped(&title), text: None };
    let (start_date, end_date, display_date, group, unique_id) = (None, None, None, None, None);
    let title = Slide { start_date, end_date, display_date, text, group, unique_id };
    serde_json::to_writer(&mut *out, &Timeline { title, events }).expect("memory takes what is written");
    out.push(b'\n');
}
