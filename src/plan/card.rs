//! Cards: a brief as lists show it. Lists are handed cards, never briefs, so that editing a body prints one
//! page and no list.

use crate::archive::model::{Archive, Filed};
use crate::plan::dates::Dates;
use crate::plan::part::{self, Part, Value};
use crate::read::brief::{Brief, Status};
use crate::read::strings::Strings;

/// The urgency up to which a brief is marked as urgent in lists.
const URGENT: u8 = 2;

/// The card of a brief. Templates find the values of a map of up to 12 by looking along it, and
/// those of a longer one by hashing, which is dear in rows: so it has 12, and first what most rows show.
pub fn card(archive: &Archive, dates: &Dates, filed: &Filed) -> Part {
    let brief = &filed.brief;
    let strings = &archive.strings;
    let topics = names(&filed.topics, strings, |topic| &archive.topics[topic as usize].name);
    let agencies = names(&filed.agencies, strings, |agency| &archive.agencies[agency as usize].name);
    let line = if agencies.is_empty() { topics.clone() } else { format!("{topics} · {agencies}") };
    let value = part::record([
        ("published", dates.date(strings, filed.published.day.into())),
        ("address", part::text(&filed.address)),
        ("headline", part::text(&brief.title)),
        ("class", part::optional(class(brief))),
        ("topics_line", part::text(&topics)),
        (
            "agencies_line",
            part::text(if agencies.is_empty() { strings.word("own_reporting") } else { &agencies }),
        ),
        ("mark", part::optional(mark(brief, strings))),
        ("differs", part::flag(differs(filed))),
        ("line", part::text(&line)),
        ("standfirst", standfirst(brief)),
        ("state", part::text(state(brief))),
        ("happened", dates.event(strings, brief.event)),
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

fn names<'a>(terms: &[u32], strings: &Strings, name: impl Fn(u32) -> &'a String) -> String {
    let mut line = String::new();
    for (turn, &term) in terms.iter().enumerate() {
        if turn > 0 {
            line.push_str(strings.word("list_comma"));
        }
        line.push_str(name(term));
    }
    line
}
