//! Cards: a brief as lists show it. Lists are handed cards, never briefs, so that editing a body prints one
//! page and no list.

use crate::archive::model::{Archive, Filed};
use crate::base::language;
use crate::plan::dates::Dates;
use crate::plan::part::{self, Part, Value};
use crate::read::brief::{Brief, Status};
use crate::read::strings::Strings;

/// The urgency up to which a brief is marked as urgent in lists.
const URGENT: u8 = 2;

/// The card of a brief.
pub fn card(archive: &Archive, dates: &Dates, filed: &Filed) -> Part {
    let brief = &filed.brief;
    let strings = &archive.strings;
    let topics = names(&filed.topics, strings, |topic| &archive.topics[topic as usize].name);
    let agencies = names(&filed.agencies, strings, |agency| &archive.agencies[agency as usize].name);
    let line = if agencies.is_empty() { topics.clone() } else { format!("{topics}\u{a0}· {agencies}") };
    let slugs = filed.topics.iter().map(|&topic| &*archive.topics[topic as usize].slug);
    let value = part::record("card").of([
        // where the brief is
        ("address", part::text(&filed.address)),
        // the names of its agencies, or the words for own reporting
        (
            "agencies_line",
            part::text(if agencies.is_empty() { strings.word("own_reporting") } else { &agencies }),
        ),
        // what sets its row apart: `urgent`, `draft`, `developing`, `withdrawn`, or none
        ("class", part::optional(class(brief))),
        // whether it happened on another day than it was published
        ("differs", part::flag(differs(filed))),
        // when it happened
        ("happened", dates.event(strings, brief.event)),
        // its headline
        ("headline", part::text(&brief.title)),
        // the names of topics and agencies
        ("line", part::text(&line)),
        // the word for a state that a list must say, such as "Draft", or none
        ("mark", part::optional(mark(brief, strings))),
        // the day it was published
        ("published", dates.date(strings, filed.published.day.into())),
        // the summary, else the first paragraph, as HTML, or none
        ("standfirst", standfirst(brief)),
        // `draft`, `developing`, `withdrawn`, or empty
        ("state", part::text(state(brief))),
        // the slugs of its topics
        ("topics", part::texts(slugs)),
        // the names of its topics
        ("topics_line", part::text(&topics)),
        // whether a video goes with it
        ("video", part::flag(has_video(brief))),
    ]);
    Part::seal(value, vec![brief.file.clone()])
}

/// Whether the event's date is another than the day it was published.
pub fn differs(filed: &Filed) -> bool {
    filed.brief.event != filed.published.day.into()
}

/// The summary, else the first paragraph; a withdrawn brief says nothing.
fn standfirst(brief: &Brief) -> Value {
    match brief.summary.as_ref().or(brief.body.first_paragraph.as_ref()) {
        Some(html) if brief.status != Status::Withdrawn => part::html(html),
        _ => part::none(),
    }
}

fn state(brief: &Brief) -> &'static str {
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

/// What sets a row apart by eye.
fn class(brief: &Brief) -> Option<&'static str> {
    let state = Some(state(brief)).filter(|state| !state.is_empty());
    state.or((brief.urgency <= URGENT).then_some("urgent"))
}

fn has_video(brief: &Brief) -> bool {
    brief.extras.as_ref().is_some_and(|extras| extras.media.iter().any(|media| media.kind == "video"))
}

fn names<'a>(terms: &[u32], strings: &Strings, name: impl Fn(u32) -> &'a String) -> String {
    let direction = language::direction(&strings.language);
    let mut line = String::new();
    for (turn, &term) in terms.iter().enumerate() {
        if turn > 0 {
            line.push_str(strings.word("list_comma"));
        }
        line.push_str(&language::isolated(name(term), direction));
    }
    line
}
