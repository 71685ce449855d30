//! Interface strings: the words, names of months and forms of dates of one language, from
//! `templates/strings/xx.yaml`. A string that is missing is an error, never a silent fallback.

use crate::base::date::{Day, EventDate, Truncated};
use crate::base::digest::Digest;
use crate::base::language;
use crate::base::number::Numbers;
use crate::read::front::{Entry, Node, Value};
use crate::read::quotes::Quotes;
use crate::read::text::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The words of a language.
#[derive(Clone, Default, Debug)]
pub struct Strings {
    /// The language's tag.
    pub language: String,
    /// Every fixed word of the templates by key.
    pub words: BTreeMap<String, String>,
    /// Every word that stands with a number, by key: its forms by their names, such as `one`.
    pub counted: BTreeMap<String, BTreeMap<String, String>>,
    /// How numbers are written.
    pub numbers: Numbers,
    /// The marks that quotations are set in.
    pub quotes: Quotes,
    /// Whether their file says that no reader of the language has checked it.
    pub unreviewed: bool,
    /// The digest of the file they are from.
    pub digest: Digest,
    months: Names,
    months_alone: Names,
    weekdays_short: Vec<String>,
    forms: BTreeMap<String, String>,
    read_more: Vec<String>,
    boxes: BTreeMap<String, String>,
    whole: BTreeSet<&'static str>,
}

/// Names of months, in full and short.
#[derive(Clone, Default, Debug)]
struct Names {
    long: Vec<String>,
    short: Vec<String>,
}

const FORMS: [&str; 7] = ["day_long", "day_short", "month_long", "year_long", "moment", "span", "duration"];

/// What a file must hold beside forms, words and boxes.
const PARTS: [&str; 9] = [
    "months",
    "months_short",
    "months_alone",
    "months_short_alone",
    "weekdays_short",
    "digits",
    "grouping",
    "quotes",
    "read_more",
];

/// Reads the strings of a language from their file's entries. What it [`lacks`](Strings::lacks) is not checked.
pub fn strings(language: &str, text: &Text<'_>, entries: Vec<Entry>) -> Strings {
    let mut strings = Strings {
        language: language.to_owned(),
        digest: Digest::of(text.text.as_bytes()),
        ..Strings::default()
    };
    for Entry { name, node, .. } in entries {
        if let (Some(part), true) =
            (PARTS.into_iter().find(|part| *part == name), is_whole(&name, &node.value))
        {
            strings.whole.insert(part);
        }
        strings.take(&name, node);
    }
    strings
}

/// Whether a part is all that it must be.
fn is_whole(name: &str, value: &Value) -> bool {
    match (name, value) {
        ("digits", Value::Text(text, _) | Value::Number(text)) => text.chars().count() == 10,
        ("weekdays_short", Value::List(items)) => items.len() == 7,
        ("quotes", Value::List(items)) => items.len() == 4,
        ("read_more", Value::List(items)) => !items.is_empty(),
        (_, Value::List(items)) => items.len() == 12,
        ("grouping", Value::Map(entries)) => {
            let sizes = |key: &str| {
                entries.iter().any(|entry| {
                    let given = scalar(&entry.node.value).and_then(|size| size.parse::<u64>().ok());
                    entry.name == key && given.is_some_and(|size| size > 0)
                })
            };
            entries.iter().any(|entry| entry.name == "mark")
                && ["from", "first", "then"].into_iter().all(sizes)
        }
        _ => false,
    }
}

impl Strings {
    /// A fixed word; its key where there is none.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// A number of things, such as `2 briefs`; the bare number where there is no such word.
    pub fn number_of(&self, key: &str, number: u32) -> String {
        let written = self.numbers.grouped(number.into());
        let form = self.counted.get(key).and_then(|forms| {
            forms.get(language::form(&self.language, number.into())).or_else(|| forms.get("other"))
        });
        form.map_or_else(|| written.clone(), |form| form.replace("{n}", &written))
    }

    /// The title of a box.
    pub fn box_title<'a>(&'a self, kind: &'a str) -> &'a str {
        self.boxes.get(kind).map_or(kind, String::as_str)
    }

    /// The part of `text` that is the language's "Read more:", if it begins with it.
    pub fn read_more<'t>(&self, text: &'t str) -> Option<&'t str> {
        let colon = |rest: &str| rest.chars().next().filter(|letter| matches!(letter, ':' | '：' | '፦'));
        let length = |label: &String| {
            let rest = text.strip_prefix(&**label)?;
            let spaces = rest.len() - rest.trim_start_matches(['\u{a0}', '\u{202f}', ' ']).len();
            Some(label.len() + spaces + colon(&rest[spaces..])?.len_utf8())
        };
        self.read_more.iter().find_map(length).map(|length| &text[..length])
    }

    /// Sets the label of "Read more".
    pub fn set_read_more(&mut self, label: &str) {
        self.read_more = vec![label.trim_end_matches(':').to_owned()];
    }

    /// Plain text with the quotation marks and apostrophes that its language is set with.
    pub fn typeset(&self, text: &str) -> String {
        self.quotes.typeset(text)
    }

    /// A day in full: `22 November 2017`.
    pub fn day_long(&self, day: Day) -> String {
        self.form("day_long", day.into(), &self.months.long)
    }

    /// A day in full with a time of day: `22 November 2017, 14:30`.
    pub fn moment(&self, day: &str, time: &str) -> String {
        let form = self.forms.get("moment").map_or("{date} {time}", String::as_str);
        form.replace("{date}", day).replace("{time}", time)
    }

    /// A date of any precision in full.
    pub fn long(&self, date: Truncated) -> String {
        match (date.month, date.day) {
            (0, _) => self.form("year_long", date, &[]),
            (_, 0) => self.form("month_long", date, &self.months_alone.long),
            _ => self.form("day_long", date, &self.months.long),
        }
    }

    /// A date without its year: `22 Nov`, `Nov`; the year where nothing else is known.
    pub fn short(&self, date: Truncated) -> String {
        match (date.month, date.day) {
            (0, _) => self.year_alone(date.year),
            (month, 0) => name(&self.months_alone.short, month).to_owned(),
            _ => self.form("day_short", date, &self.months.short),
        }
    }

    /// A day with its year, short and in one piece where the year comes last: `22 Nov 2017`, `2017년 11월 22일`.
    pub fn with_year(&self, [long, short, year]: [&str; 3]) -> String {
        if self.year_first() { long.to_owned() } else { [short, " ", year].concat().replace(' ', "\u{a0}") }
    }

    /// A year below a date, or alone: a bare number, or as the language has it where years come first: `2017년`.
    pub fn year_alone(&self, year: i16) -> String {
        let date = Truncated { year, month: 0, day: 0 };
        if self.year_first() { self.long(date) } else { self.year(year) }
    }

    /// Whether the year stands first in a date.
    fn year_first(&self) -> bool {
        self.forms.get("day_long").is_some_and(|form| form.starts_with("{year}"))
    }

    /// A year as a bare number.
    pub fn year(&self, year: i16) -> String {
        self.numbers.digits(&year.to_string())
    }

    /// An event's date or span in full.
    pub fn event(&self, event: EventDate) -> String {
        let from = self.long(event.start);
        match (event.end, self.forms.get("span")) {
            (Some(end), Some(form)) => {
                let whole = |date: &str| date.replace(' ', "\u{a0}"); // no line ends inside
                form.replace("{from}", &whole(&from)).replace("{until}", &whole(&self.long(end)))
            }
            _ => from,
        }
    }

    /// The short name of a day of the week.
    pub fn weekday(&self, day: Day) -> &str {
        self.weekdays_short.get(usize::from(day.weekday()) - 1).map_or("", String::as_str)
    }

    /// A duration in words: `1 minute 45 seconds`.
    pub fn duration(&self, seconds: u32) -> String {
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let parts = [
            (hours, self.number_of("hours", hours)),
            (minutes, self.number_of("minutes", minutes)),
            (seconds, self.number_of("seconds", seconds)),
        ];
        let spoken = parts.into_iter().filter(|(number, _)| *number > 0);
        let spoken = spoken.map(|(_, written)| written.replace(' ', "\u{a0}"));
        let form = self.forms.get("duration").map_or("{more} {less}", String::as_str);
        let joined = |more: String, less: String| form.replace("{more}", &more).replace("{less}", &less);
        spoken.reduce(joined).unwrap_or_default()
    }

    fn form(&self, key: &str, date: Truncated, months: &[String]) -> String {
        let form = self.forms.get(key).map_or("{day} {month} {year}", String::as_str);
        let mut made = String::with_capacity(24);
        for piece in pieces(form) {
            match &form[piece.clone()] {
                "{day}" => made += &self.numbers.digits(&date.day.to_string()),
                "{month}" => made += name(months, date.month),
                "{year}" => made += &self.year(date.year),
                other => made += other,
            }
        }
        made
    }

    fn take(&mut self, name: &str, node: Node) {
        match (name, node.value) {
            ("reviewed", Value::Flag(is)) => self.unreviewed = !is,
            ("months", Value::List(items)) => self.months.long = texts(items),
            ("months_short", Value::List(items)) => self.months.short = texts(items),
            ("months_alone", Value::List(items)) => self.months_alone.long = texts(items),
            ("months_short_alone", Value::List(items)) => self.months_alone.short = texts(items),
            ("weekdays_short", Value::List(items)) => self.weekdays_short = texts(items),
            ("read_more", Value::List(items)) => self.read_more = texts(items),
            ("quotes", Value::List(items)) => self.quotes = Quotes::of(texts(items)).unwrap_or_default(),
            ("digits", Value::Text(digits, _)) => self.numbers.digits = digits.chars().collect(),
            ("grouping", Value::Map(entries)) => self.take_grouping(&map(entries)),
            ("words", Value::Map(entries)) => self.words = map(entries),
            ("boxes", Value::Map(entries)) => self.boxes = map(entries),
            ("counted", Value::Map(entries)) => {
                self.counted = entries.into_iter().filter_map(forms).collect()
            }
            (form, Value::Text(text, _)) => {
                self.forms.insert(form.to_owned(), text);
            }
            _ => {}
        }
    }

    fn take_grouping(&mut self, given: &BTreeMap<String, String>) {
        let size = |key: &str| given.get(key)?.parse().ok().filter(|size| *size > 0);
        let (first, then, from) = (size("first").unwrap_or(3), size("then").unwrap_or(3), size("from"));
        let mark = given.get("mark").cloned().unwrap_or_default();
        let from = from.unwrap_or(1000) as u64;
        self.numbers = Numbers { mark, from, first, then, ..std::mem::take(&mut self.numbers) };
    }

    /// What this language lacks of its own: lists, forms of dates, forms of counted words.
    fn missing(&self, other: &Strings) -> Vec<String> {
        let parts = PARTS.into_iter().filter(|part| !self.whole.contains(part)).map(str::to_owned);
        let forms = FORMS.into_iter().filter(|form| !self.forms.contains_key(*form)).map(str::to_owned);
        let wanted = language::forms(&self.language);
        let counted = other.counted.keys().flat_map(|key| {
            let given = self.counted.get(key);
            let lacks = move |form: &&&str| given.is_none_or(|forms| !forms.contains_key(**form));
            wanted.iter().filter(lacks).map(move |form| format!("counted.{key}.{form}"))
        });
        parts.chain(forms).chain(counted).collect()
    }

    /// The forms that this language lacks, and the words that `other` has and it has not.
    pub fn lacks(&self, other: &Strings) -> Vec<String> {
        let words = other.words.keys().filter(|key| !self.words.contains_key(*key));
        let boxes = other.boxes.keys().filter(|key| !self.boxes.contains_key(*key));
        self.missing(other).into_iter().chain(words.chain(boxes).cloned()).collect()
    }
}

fn name(names: &[String], month: u8) -> &str {
    names.get(usize::from(month).wrapping_sub(1)).map_or("", String::as_str)
}

/// A counted word and its forms.
fn forms(entry: Entry) -> Option<(String, BTreeMap<String, String>)> {
    match entry.node.value {
        Value::Map(entries) => Some((entry.name, map(entries))),
        _ => None,
    }
}

/// A form cut at its braces: `{day}`, ` `, `{month}` …
fn pieces(form: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = form.get(at..).filter(|rest| !rest.is_empty())?;
        let end = match rest.strip_prefix('{').and_then(|inner| inner.find('}')) {
            Some(close) => at + close + 2,
            None => {
                rest.match_indices('{').find(|(open, _)| *open > 0).map_or(form.len(), |(open, _)| at + open)
            }
        };
        let piece = at..end;
        at = end;
        Some(piece)
    })
}

fn texts(items: Vec<Node>) -> Vec<String> {
    items.into_iter().filter_map(|item| scalar(&item.value)).collect()
}

fn map(entries: Vec<Entry>) -> BTreeMap<String, String> {
    entries.into_iter().filter_map(|entry| Some((entry.name, scalar(&entry.node.value)?))).collect()
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Text(text, _) | Value::Number(text) => Some(text.clone()),
        _ => None,
    }
}
