//! What few briefs have: key points, corrections, media, recommendations, sources, names. Kept apart so that
//! the many briefs without them stay small.

use crate::base::codes;
use crate::base::date::{self, Day, When};
use crate::read::brief::Desk;
use crate::read::fields::{Fields, Spanned, spanned};
use crate::read::front::{Node, Value};
use crate::read::markdown;
use crate::read::shape::{self, Check};
use crate::read::shapes;
use std::ops::Range;

/// What few briefs have.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Extras {
    /// At most five, as inline HTML.
    pub key_points: Vec<String>,
    /// Why it was withdrawn.
    pub withdrawn: Option<Withdrawn>,
    /// What was changed, and when.
    pub corrections: Vec<Correction>,
    /// Images, videos, audio.
    pub media: Vec<Media>,
    /// What its authors recommend.
    pub related: Vec<Related>,
    /// Documents it rests on.
    pub sources: Vec<Document>,
    /// People it names.
    pub people: Vec<String>,
    /// Places it names.
    pub places: Vec<String>,
    /// IPTC Media Topic numbers.
    pub iptc: Vec<String>,
    /// Handed to templates as it is.
    pub extra: Option<Value>,
}

/// Why and when a brief was withdrawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawn {
    /// The day.
    pub date: Day,
    /// Why.
    pub reason: String,
    /// The brief that replaces it.
    pub replaced_by: Option<Spanned>,
}

/// A change that readers are told of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// When.
    pub date: When,
    /// `correction`, `clarification`, `update` or `refile`.
    pub kind: String,
    /// What was wrong and what is right, as inline HTML.
    pub text: String,
}

/// An image, video or audio.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Media {
    /// `image`, `video` or `audio`.
    pub kind: String,
    /// Its title.
    pub title: Option<String>,
    /// A file beside the brief, or `/…` in `static/`.
    pub src: Option<Spanned>,
    /// Where it can be seen elsewhere.
    pub url: Option<String>,
    /// Its length as written, and in seconds.
    pub duration: Option<(String, u32)>,
    /// A still.
    pub poster: Option<Spanned>,
    /// What it shows.
    pub alt: Option<String>,
    /// The line below.
    pub caption: Option<String>,
    /// Whose it is.
    pub credit: Option<String>,
    /// What is said in it.
    pub transcript: Option<String>,
}

/// A recommendation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Related {
    /// Another brief, by its file.
    Brief(Spanned),
    /// A page elsewhere: title and address.
    Outer(String, String),
}

/// A document that a brief rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub url: Option<String>,
    /// What sort of document.
    pub kind: Option<String>,
    /// When it was read.
    pub accessed: Option<Day>,
}

const KEYS: [&str; 10] = [
    "key_points",
    "withdrawn",
    "corrections",
    "media",
    "related",
    "sources",
    "people",
    "places",
    "iptc",
    "extra",
];

/// Takes what few briefs have out of the fields; `None` where this brief has nothing of it.
pub fn extras(fields: &mut Fields, check: &mut Check<'_>, desk: Desk<'_>, date: When) -> Option<Box<Extras>> {
    if !fields.0.iter().any(|entry| KEYS.contains(&entry.name.as_str())) {
        return None;
    }
    Some(Box::new(Extras {
        key_points: fields
            .texts("key_points")
            .iter()
            .map(|text| markdown::inline(text, desk.strings))
            .collect(),
        withdrawn: withdrawn(fields),
        corrections: corrections(fields, check, desk, date),
        media: media(fields, check),
        related: fields.nodes("related").into_iter().filter_map(related).collect(),
        sources: fields.records("sources").into_iter().filter_map(|(record, _)| document(record)).collect(),
        people: fields.texts("people"),
        places: fields.texts("places"),
        iptc: fields.texts("iptc"),
        extra: fields.take("extra").map(|node| node.value),
    }))
}

fn withdrawn(fields: &mut Fields) -> Option<Withdrawn> {
    let mut record = fields.record("withdrawn")?;
    let (date, reason) = (record.day("date")?, record.text("reason")?);
    Some(Withdrawn { date, reason, replaced_by: record.spanned("replaced_by") })
}

fn corrections(
    fields: &mut Fields,
    check: &mut Check<'_>,
    desk: Desk<'_>,
    published: When,
) -> Vec<Correction> {
    let mut made = Vec::new();
    for (mut record, at) in fields.records("corrections") {
        let date = record.spanned("date").and_then(|date| check.when("date", &date, &desk.settings.zone));
        let (kind, text) = (record.text("kind"), record.text("text"));
        let (Some(date), Some(text)) = (date, text) else { continue };
        let older = match (date.at, published.at) {
            (Some(corrected), Some(published)) => corrected < published,
            _ => date.day < published.day,
        };
        if older || date.from > desk.now {
            let when = if date.from > desk.now { "in the future" } else { "older than its brief" };
            let same_day = date.at.filter(|_| date.day == published.day);
            let of = same_day.map_or_else(|| date.day.to_string(), |at| desk.settings.zone.stamp(at));
            let message = format!("a correction of {of} is {when}");
            check
                .found(codes::BAD_CORRECTION, at, message)
                .help("write the day on which the text was changed");
        }
        let kind = kind.unwrap_or_else(|| "correction".to_owned());
        made.push(Correction { date, kind, text: markdown::inline(&text, desk.strings) });
    }
    made
}

fn media(fields: &mut Fields, check: &mut Check<'_>) -> Vec<Media> {
    let mut made = Vec::new();
    for (mut record, at) in fields.records("media") {
        let lacking = shape::lacking(shapes::MEDIA, &record.0);
        let Some(kind) = record.text("kind") else { continue };
        let seconds = |text: String| date::duration(&text).map(|seconds| (text, seconds));
        let item = Media {
            title: record.text("title"),
            src: record.spanned("src"),
            url: record.text("url"),
            duration: record.text("duration").and_then(seconds),
            poster: record.spanned("poster"),
            alt: record.text("alt"),
            caption: record.text("caption"),
            credit: record.text("credit"),
            transcript: record.text("transcript"),
            kind,
        };
        let lacking: Vec<&str> = lacking.iter().map(|key| key.name).collect();
        check_media(&item, &lacking, at, check);
        made.push(item);
    }
    made
}

/// `lacking` are the keys that media of its kind needs and that were not even written.
fn check_media(item: &Media, lacking: &[&str], at: Range<usize>, check: &mut Check<'_>) {
    let incomplete: Vec<&str> =
        lacking.iter().copied().filter(|key| ["alt", "credit"].contains(key)).collect();
    if !incomplete.is_empty() {
        let message = format!("an image needs `{}`", incomplete.join("` and `"));
        let found = check.found(codes::PICTURE_INCOMPLETE, at.clone(), message);
        found.help("`alt` says what it shows, `credit` whose it is");
    }
    if item.src.is_some() && item.url.is_some() {
        let found = check.found(codes::MEDIA_SOURCE, at, "media with both `src` and `url`");
        found.help("`src` is a file of the site, `url` a page elsewhere: keep one");
    } else if lacking.contains(&"src") {
        check
            .found(codes::MEDIA_SOURCE, at, "an image needs `src`")
            .help("put the file beside the brief and name it");
    } else if lacking.contains(&"title") {
        check.found(codes::MISSING_KEY, at, "video and audio need a `title`").help("add `title: …`");
    }
}

fn related(node: Node) -> Option<Related> {
    match node.value {
        Value::Map(entries) => {
            let mut record = Fields(entries);
            Some(Related::Outer(record.text("title")?, record.text("url")?))
        }
        _ => spanned(node).map(Related::Brief),
    }
}

fn document(mut record: Fields) -> Option<Document> {
    let name = record.text("name")?;
    let (url, kind, accessed) = (record.text("url"), record.text("kind"), record.day("accessed"));
    Some(Document { name, url, kind, accessed })
}
