//! Cards: a brief as lists show it. Lists are handed cards, never briefs, so that editing a body prints one
//! page and no list.

use crate::archive::last::Last;
use crate::archive::model::{Archive, Filed};
use crate::base::language;
use crate::base::pieces::Pieces;
use crate::plan::dates::Dates;
use crate::plan::page::Plan;
use crate::plan::part::{self, Part, Value};
use crate::read::brief::{Brief, Status};
use crate::read::strings::Strings;
use rayon::prelude::*;
use std::collections::HashMap;

/// The urgency up to which a brief is marked as urgent in lists.
const URGENT: u8 = 2;

/// What cards say of topics and of agencies: made once, and shared by all briefs of the same ones.
#[derive(Default)]
pub struct Lines<'a> {
    topics: HashMap<&'a [u32], OfTopics>,
    agencies: HashMap<&'a [u32], Value>,
}

/// The names of topics in one line, and their slugs.
struct OfTopics {
    line: Value,
    slugs: Value,
}

impl<'a> Lines<'a> {
    /// What the cards of these briefs say.
    pub fn of(archive: &Archive, filed: impl IntoIterator<Item = &'a Filed>) -> Lines<'a> {
        let mut lines = Lines::default();
        for filed in filed {
            lines.topics.entry(&filed.topics).or_insert_with(|| of_topics(archive, &filed.topics));
            lines.agencies.entry(&filed.agencies).or_insert_with(|| of_agencies(archive, &filed.agencies));
        }
        lines
    }
}

fn of_topics(archive: &Archive, topics: &[u32]) -> OfTopics {
    let of = |&topic: &u32| &archive.topics[topic as usize];
    let line = names(topics.iter().map(|topic| &*of(topic).name), &archive.strings);
    let slugs = part::texts(topics.iter().map(|topic| &*of(topic).slug));
    OfTopics { line: part::text(&line), slugs }
}

fn of_agencies(archive: &Archive, agencies: &[u32]) -> Value {
    if agencies.is_empty() {
        return part::text(archive.strings.word("own_reporting"));
    }
    let of = |&agency: &u32| &*archive.agencies[agency as usize].name;
    part::text(&names(agencies.iter().map(of), &archive.strings))
}

/// The card of each brief, which shares what it can with the last one. Where a topic or an agency is called otherwise,
/// thousands differ, and all are made anew: were the others kept, the old ones would leave holes between them.
pub fn all(archive: &Archive, dates: &Dates, last: Option<&Plan>) -> Pieces<Part> {
    let last = last.filter(|last| same_names(&last.archive, archive));
    let places = Last::of(last.map(|last| &last.archive));
    let last = |filed: &Filed| Some(&last?.cards[places.number(&filed.brief.file)? as usize]);
    let lines = Lines::of(archive, archive.briefs.iter());
    let one = |number: usize| {
        let filed = &archive.briefs[number];
        let card = card(archive, dates, &lines, filed);
        match last(filed) {
            Some(last) => card.sharing(last),
            None => card,
        }
    };
    let count = archive.briefs.len();
    (0..count).into_par_iter().map(one).collect::<Vec<Part>>().into()
}

/// The card of a brief, whose lines are among these.
pub fn card(archive: &Archive, dates: &Dates, lines: &Lines<'_>, filed: &Filed) -> Part {
    let brief = &filed.brief;
    let strings = &archive.strings;
    let topics = &lines.topics[&filed.topics[..]];
    let agencies = &lines.agencies[&filed.agencies[..]];
    let line = match (topics.line.as_str(), agencies.as_str()) {
        (Some(topics), Some(agencies)) if !filed.agencies.is_empty() => {
            part::text(&format!("{topics}\u{a0}· {agencies}"))
        }
        _ => topics.line.clone(),
    };
    let value = part::record("card").of([
        // where the brief is
        ("address", part::text(&filed.address)),
        // the names of its agencies, or the words for own reporting
        ("agencies_line", agencies.clone()),
        // what sets its row apart: `urgent`, `draft`, `developing`, `withdrawn`, or none
        ("class", part::optional(class(brief))),
        // whether it happened on another day than it was published
        ("differs", part::flag(differs(filed))),
        // when it happened
        ("happened", dates.event(strings, brief.event)),
        // its headline
        ("headline", part::text(&language::with_next(&brief.title))),
        // the names of topics and agencies
        ("line", line),
        // the word for a state that a list must say, such as "Draft", or none
        ("mark", part::optional(mark(brief, strings))),
        // the day it was published
        ("published", dates.date(strings, filed.published.day.into())),
        // the day it was published, in one piece, with the year where that is another than the event's; none where it
        // happened on that day
        ("reported", reported(filed, strings, dates)),
        // the summary, else the first paragraph, as HTML, or none
        ("standfirst", standfirst(brief)),
        // the slugs of its topics
        ("topics", topics.slugs.clone()),
        // the names of its topics
        ("topics_line", topics.line.clone()),
        // whether a video goes with it
        ("video", part::flag(has_video(brief))),
    ]);
    Part::seal(value, vec![brief.file.clone()])
}

/// Whether topics and agencies are called the same in two archives.
fn same_names(one: &Archive, other: &Archive) -> bool {
    let topics = one.topics.iter().map(|topic| (&topic.name, &topic.slug));
    let agencies = one.agencies.iter().map(|agency| &agency.name);
    topics.eq(other.topics.iter().map(|topic| (&topic.name, &topic.slug)))
        && agencies.eq(other.agencies.iter().map(|agency| &agency.name))
}

/// Whether the event's date is another than the day it was published.
pub fn differs(filed: &Filed) -> bool {
    filed.brief.event != filed.published.day.into()
}

fn reported(filed: &Filed, strings: &Strings, dates: &Dates) -> Value {
    match differs(filed) {
        true => dates.beside(strings, filed.published.day.into(), filed.brief.event.start.year),
        false => part::none(),
    }
}

/// The summary, else the first paragraph; a withdrawn brief says nothing.
fn standfirst(brief: &Brief) -> Value {
    match brief.summary.as_ref().or(brief.body.first_paragraph.as_ref()) {
        Some(html) if brief.status != Status::Withdrawn => part::html(&language::with_next(html)),
        _ => part::none(),
    }
}

/// How far a brief is: `draft`, `developing`, `withdrawn`, or empty.
pub fn state(brief: &Brief) -> &'static str {
    match brief.status {
        Status::Published => "",
        Status::Developing => "developing",
        Status::Withdrawn => "withdrawn",
        Status::Draft => "draft",
    }
}

/// The word that a list sets before a brief that is not like the others.
fn mark<'a>(brief: &Brief, strings: &'a Strings) -> Option<&'a str> {
    match brief.status {
        Status::Published => None,
        Status::Developing => Some(strings.word("developing")),
        Status::Withdrawn => Some(strings.word("withdrawn")),
        Status::Draft => Some(strings.word("draft")),
    }
}

/// A headline with the word that a list sets before it, where no line stands beside it.
pub fn marked(strings: &Strings, brief: &Brief) -> String {
    let marked = |mark| strings.word("marked").replace("{mark}", mark).replace("{headline}", &brief.title);
    mark(brief, strings).map_or_else(|| brief.title.clone(), marked)
}

/// What sets a row apart by eye.
fn class(brief: &Brief) -> Option<&'static str> {
    let state = Some(state(brief)).filter(|state| !state.is_empty());
    state.or((brief.urgency <= URGENT).then_some("urgent"))
}

fn has_video(brief: &Brief) -> bool {
    brief.extras.as_ref().is_some_and(|extras| extras.media.iter().any(|media| media.kind == "video"))
}

fn names<'a>(names: impl Iterator<Item = &'a str>, strings: &Strings) -> String {
    let direction = language::direction(&strings.language);
    let names: Vec<_> = names.map(|name| language::isolated(name, direction)).collect();
    names.join(strings.word("list_comma"))
}
