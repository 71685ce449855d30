//! Interface strings: the words, names of months and forms of dates of one language, from
//! `templates/strings/xx.yaml`. A string that is missing is an error, never a silent fallback.

use crate::base::date::{Day, EventDate, Truncated};
use crate::base::digest::Digest;
use crate::read::front::{Entry, Node, Value};
use crate::read::text::Text;
use std::collections::BTreeMap;
use std::ops::Range;

/// The words of a language.
#[derive(Clone, Default, Debug)]
pub struct Strings {
    /// The language's tag.
    pub language: String,
    /// Every fixed word of the templates by key.
    pub words: BTreeMap<String, String>,
    /// The digest of the file they are from.
    pub digest: Digest,
    /// Whether punctuation may be set the English way.
    pub smart: bool,
    months: Vec<String>,
    months_short: Vec<String>,
    weekdays_short: Vec<String>,
    forms: BTreeMap<String, String>,
    read_more: Vec<String>,
    boxes: BTreeMap<String, String>,
}

const FORMS: [&str; 4] = ["day_long", "day_short", "month_long", "span"];
const PLURALS: [&str; 3] = ["hours", "minutes", "seconds"];

/// Reads the strings of a language from their file's entries. What it [`lacks`](Strings::lacks) is not checked.
pub fn strings(language: &str, text: &Text<'_>, entries: Vec<Entry>) -> Strings {
    let mut strings = Strings {
        language: language.to_owned(),
        digest: Digest::of(text.text.as_bytes()),
        smart: language == "en" || language.starts_with("en-"),
        ..Strings::default()
    };
    for Entry { name, node, .. } in entries {
        strings.take(&name, node);
    }
    strings
}

impl Strings {
    /// A fixed word; its key where there is none.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The title of a box.
    pub fn box_title<'a>(&'a self, kind: &'a str) -> &'a str {
        self.boxes.get(kind).map_or(kind, String::as_str)
    }

    /// The part of `text` that is the language's "Read more:", if it begins with it.
    pub fn read_more<'t>(&self, text: &'t str) -> Option<&'t str> {
        let begins = |label: &&String| text.strip_prefix(&***label).is_some_and(|rest| rest.starts_with(':'));
        self.read_more.iter().find(begins).map(|label| &text[..=label.len()])
    }

    /// Sets the label of "Read more".
    pub fn set_read_more(&mut self, label: &str) {
        self.read_more = vec![label.trim_end_matches(':').to_owned()];
    }

    /// Plain text with the quotation marks and apostrophes that its language is set with.
    pub fn typeset(&self, text: &str) -> String {
        if !self.smart || !text.contains(['\'', '"']) {
            return text.to_owned();
        }
        let mut before = ' ';
        let letters = text.chars().map(|letter| {
            let opens = before.is_whitespace() || "([{—–-“‘/".contains(before);
            let set = match letter {
                '"' if opens => '“',
                '"' => '”',
                '\'' if opens => '‘',
                '\'' => '’',
                other => other,
            };
            before = set;
            set
        });
        letters.collect()
    }

    /// A day in full: `22 November 2017`.
    pub fn day_long(&self, day: Day) -> String {
        self.form("day_long", day.into(), &self.months)
    }

    /// A date of any precision in full.
    pub fn long(&self, date: Truncated) -> String {
        match (date.month, date.day) {
            (0, _) => date.year.to_string(),
            (_, 0) => self.form("month_long", date, &self.months),
            _ => self.form("day_long", date, &self.months),
        }
    }

    /// A date without its year: `22 Nov`, `Nov`; the year where nothing else is known.
    pub fn short(&self, date: Truncated) -> String {
        match (date.month, date.day) {
            (0, _) => date.year.to_string(),
            (month, 0) => self.month_short(month).to_owned(),
            _ => self.form("day_short", date, &self.months_short),
        }
    }

    /// An event's date or span in full.
    pub fn event(&self, event: EventDate) -> String {
        let from = self.long(event.start);
        match (event.end, self.forms.get("span")) {
            (Some(end), Some(form)) => form.replace("{from}", &from).replace("{until}", &self.long(end)),
            _ => from,
        }
    }

    /// The short name of a day of the week.
    pub fn weekday(&self, day: Day) -> &str {
        self.weekdays_short.get(usize::from(day.weekday()) - 1).map_or("", String::as_str)
    }

    /// A duration in words: `1 minute 45 seconds`.
    pub fn duration(&self, seconds: u32) -> String {
        let parts = [("hours", seconds / 3600), ("minutes", seconds / 60 % 60), ("seconds", seconds % 60)];
        let spoken = parts.iter().filter(|(_, n)| *n > 0).map(|(unit, n)| self.counted(unit, *n));
        spoken.collect::<Vec<_>>().join(" ")
    }

    fn counted(&self, unit: &str, n: u32) -> String {
        let key = format!("{unit}.{}", if n == 1 { "one" } else { "other" });
        self.forms.get(&key).map_or_else(|| n.to_string(), |form| form.replace("{n}", &n.to_string()))
    }

    fn month_short(&self, month: u8) -> &str {
        self.months_short.get(usize::from(month) - 1).map_or("", String::as_str)
    }

    fn form(&self, key: &str, date: Truncated, months: &[String]) -> String {
        let form = self.forms.get(key).map_or("{day} {month} {year}", String::as_str);
        let month = months.get(usize::from(date.month) - 1).map_or("", String::as_str);
        let mut made = String::with_capacity(24);
        for piece in pieces(form) {
            match &form[piece.clone()] {
                "{day}" => made += &date.day.to_string(),
                "{month}" => made += month,
                "{year}" => made += &date.year.to_string(),
                other => made += other,
            }
        }
        made
    }

    fn take(&mut self, name: &str, node: Node) {
        match (name, node.value) {
            ("months", Value::List(items)) => self.months = texts(items),
            ("months_short", Value::List(items)) => self.months_short = texts(items),
            ("weekdays_short", Value::List(items)) => self.weekdays_short = texts(items),
            ("read_more", Value::List(items)) => self.read_more = texts(items),
            ("words", Value::Map(entries)) => self.words = map(entries),
            ("boxes", Value::Map(entries)) => self.boxes = map(entries),
            (form, Value::Text(text, _)) => {
                self.forms.insert(form.to_owned(), text);
            }
            (unit, Value::Map(entries)) => {
                let forms = map(entries).into_iter().map(|(form, text)| (format!("{unit}.{form}"), text));
                self.forms.extend(forms);
            }
            _ => {}
        }
    }

    fn missing(&self) -> Vec<String> {
        let lists = [
            ("months", self.months.len() == 12),
            ("months_short", self.months_short.len() == 12),
            ("weekdays_short", self.weekdays_short.len() == 7),
            ("read_more", !self.read_more.is_empty()),
            ("words", !self.words.is_empty()),
            ("boxes", !self.boxes.is_empty()),
        ];
        let lists = lists.into_iter().filter(|(_, there)| !there).map(|(name, _)| name.to_owned());
        let forms = FORMS.map(str::to_owned).into_iter().chain(PLURALS.map(|unit| format!("{unit}.other")));
        lists.chain(forms.filter(|form| !self.forms.contains_key(form))).collect()
    }

    /// The forms that this language lacks, and the words that `other` has and it has not.
    pub fn lacks(&self, other: &Strings) -> Vec<String> {
        let words = other.words.keys().filter(|key| !self.words.contains_key(*key));
        let boxes = other.boxes.keys().filter(|key| !self.boxes.contains_key(*key));
        self.missing().into_iter().chain(words.chain(boxes).cloned()).collect()
    }
}

/// A form cut at its braces: `{day}`, ` `, `{month}` …
fn pieces(form: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = form.get(at..).filter(|rest| !rest.is_empty())?;
        let end = match rest.strip_prefix('{').and_then(|inner| inner.find('}')) {
            Some(close) => at + close + 2,
            None => rest[1..].find('{').map_or(form.len(), |open| at + 1 + open),
        };
        let piece = at..end;
        at = end;
        Some(piece)
    })
}

fn texts(items: Vec<Node>) -> Vec<String> {
    items.into_iter().filter_map(|item| scalar(item.value)).collect()
}

fn map(entries: Vec<Entry>) -> BTreeMap<String, String> {
    entries.into_iter().filter_map(|entry| Some((entry.name, scalar(entry.node.value)?))).collect()
}

fn scalar(value: Value) -> Option<String> {
    match value {
        Value::Text(text, _) | Value::Number(text) => Some(text),
        _ => None,
    }
}
