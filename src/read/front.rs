//! Front matter and other YAML as one tree: serde_yaml says what each value is, the guard where it stands.
//! It knows nothing of which keys there should be.

use crate::base::codes;
use crate::base::report::{Place, Report};
use crate::read::guard::{self, Outline, Read, Shape, Style};
use crate::read::text::{self, Text};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A value and its place in the file.
#[derive(Clone, Debug)]
pub struct Node {
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing was written, or `~` or `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as written.
    Number(String),
    /// Text, and whether a comment cut it off.
    Text(String, bool),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file.
    Map(Vec<Entry>),
}

/// A key, where it stands, and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub name: String,
    /// Where the key stands.
    pub at: Range<usize>,
    /// Its value.
    pub node: Node,
}

/// Front matter and body of a Markdown file, as bytes of the file.
pub struct Split {
    /// Between the two lines of `---`.
    pub front: Range<usize>,
    /// Where the body begins.
    pub body: usize,
}

/// Splits a Markdown file at its front matter; the report says why where it has none.
pub fn split(text: &Text<'_>, report: &mut Report) -> Option<Split> {
    let rest = &text.text[text.start..];
    let Some(first) = rest.split_inclusive('\n').next().filter(|line| line.trim_end() == "---") else {
        let place = Place::new(text.file, text.start..text.start);
        let message = "no front matter";
        report
            .add(codes::NO_FRONT_MATTER, place, message)
            .help("begin the file with a line `---`, keys, and another line `---`");
        return None;
    };
    let front = text.start + first.len();
    let mut at = front;
    for line in text.text[front..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some(Split { front: front..at, body: at + line.len() });
        }
        at += line.len();
    }
    let place = Place::new(text.file, text.start..text.start + 3);
    report.add(codes::UNCLOSED, place, "front matter is not closed").help("end it with a line `---`");
    None
}

/// The keys of a YAML document at `range` of a file; none where it is empty, `None` where it could not be read.
pub fn entries(text: &Text<'_>, range: Range<usize>, report: &mut Report) -> Option<Vec<Entry>> {
    let node = node(text, range, report)?;
    match node.value {
        Value::Map(entries) => Some(entries),
        Value::Null => Some(Vec::new()),
        other => {
            let message = format!("keys were expected here, not {}", other.name());
            let place = Place::new(text.file, node.span);
            report.add(codes::WRONG_TYPE, place, message).help("write `key: value`, one a line");
            None
        }
    }
}

/// A YAML document at `range` of a file; `None` where it could not be read.
pub fn node(text: &Text<'_>, range: Range<usize>, report: &mut Report) -> Option<Node> {
    let yaml = &text.text[range.clone()];
    let outline = match guard::outline(yaml, range.start, text.file, report) {
        Read::Outline(outline) => outline,
        Read::Empty => return Some(Node { span: range.start..range.start, value: Value::Null }),
        Read::Refused => return None,
    };
    let place = outline.span.start;
    let typed = match serde_yaml::from_str::<Yaml>(yaml) {
        Ok(typed) => typed,
        Err(error) => {
            let at =
                error.location().map_or(place, |location| range.start + location.index().min(yaml.len()));
            let why = error.to_string();
            disagree(text.file, at..at, why.split(" at line ").next().unwrap_or_default(), report);
            return None;
        }
    };
    let joined = join(outline, typed);
    match &joined {
        Some(node) => lint_escapes(node, text, report),
        None => disagree(text.file, place..place, "its structure is unclear", report),
    }
    joined
}

/// Letters that have no place in a text, where they were written as escapes.
fn lint_escapes(node: &Node, text: &Text<'_>, report: &mut Report) {
    match &node.value {
        Value::Text(value, _) if text.text[node.span.clone()].contains('\\') => {
            let written = &text.text[node.span.clone()];
            for letter in value.chars().filter(|letter| !written.contains(*letter)) {
                text::lint_letter(letter, || Place::new(text.file, node.span.clone()), report);
            }
        }
        Value::List(items) => items.iter().for_each(|item| lint_escapes(item, text, report)),
        Value::Map(entries) => entries.iter().for_each(|entry| lint_escapes(&entry.node, text, report)),
        _ => {}
    }
}

fn disagree(file: &Arc<str>, span: Range<usize>, why: &str, report: &mut Report) {
    let message = format!("YAML that can be read in two ways: {why}");
    report
        .add(codes::READERS_DISAGREE, Place::new(file, span), message)
        .help("write the letters themselves, in quotes");
}

/// One tree of the two; `None` where their shapes differ.
fn join(outline: Outline<'_>, typed: Yaml) -> Option<Node> {
    let value = match (outline.shape, typed) {
        (Shape::Scalar(..), Yaml::Null) => Value::Null,
        (Shape::Scalar(..), Yaml::Flag(flag)) => Value::Flag(flag),
        (Shape::Scalar(raw, _), Yaml::Number) => Value::Number(raw.into_owned()),
        (Shape::Scalar(_, style), Yaml::Text(text)) => Value::Text(text, style == Style::Cut),
        (Shape::List(outlines), Yaml::List(items)) if outlines.len() == items.len() => {
            let nodes = outlines.into_iter().zip(items).map(|(outline, item)| join(outline, item));
            Value::List(nodes.collect::<Option<_>>()?)
        }
        (Shape::Map(keys), Yaml::Map(values)) if keys.len() == values.len() => {
            let entry = |((name, at, outline), value)| Some(Entry { name, at, node: join(outline, value)? });
            Value::Map(keys.into_iter().zip(values).map(entry).collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some(Node { span: outline.span, value })
}

impl Value {
    /// What the value is, for a message.
    pub fn name(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Flag(true) => "`true`",
            Value::Flag(false) => "`false`",
            Value::Number(_) => "a number",
            Value::Text(..) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// What serde_yaml makes of a document, without names and numbers, which the guard keeps as written.
enum Yaml {
    Null,
    Flag(bool),
    Number,
    Text(String),
    List(Vec<Yaml>),
    Map(Vec<Yaml>),
}

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Yaml, D::Error> {
        deserializer.deserialize_any(YamlVisitor)
    }
}

struct YamlVisitor;

impl<'de> Visitor<'de> for YamlVisitor {
    type Value = Yaml;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_unit<E: Error>(self) -> Result<Yaml, E> {
        Ok(Yaml::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Yaml, E> {
        Ok(Yaml::Flag(flag))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Yaml, E> {
        Ok(Yaml::Number)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Yaml, E> {
        Ok(Yaml::Number)
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Yaml, E> {
        Ok(Yaml::Number)
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Yaml, E> {
        Ok(Yaml::Number)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Yaml, E> {
        Ok(Yaml::Number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Yaml, E> {
        Ok(Yaml::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Yaml, E> {
        Ok(Yaml::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Yaml, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Yaml::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Yaml, A::Error> {
        let mut values = Vec::new();
        while entries.next_key::<IgnoredAny>()?.is_some() {
            values.push(entries.next_value()?);
        }
        Ok(Yaml::Map(values))
    }
}
