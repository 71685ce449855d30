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
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Clone, PartialEq, Eq, Debug)]
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
#[derive(Clone, PartialEq, Eq, Debug)]
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
    if let Some(node) = evident(&outline, text.text) {
        return Some(node);
    }
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

/// The tree of a document whose scalars all stand for themselves: on one line, without escapes. Two readers can
/// take such a document in one way only, so that serde_yaml is asked for what could be more than text, and not for
/// the whole once more. `None` where any scalar is written otherwise.
fn evident(outline: &Outline<'_>, file: &str) -> Option<Node> {
    let value = match &outline.shape {
        Shape::Scalar(text, style) => {
            let written = &file[outline.span.clone()];
            match style {
                Style::Quoted if is_quoted(written, text) => Value::Text(text.to_string(), false),
                Style::Plain | Style::Cut if written == text => plain(text, *style)?,
                _ => return None,
            }
        }
        Shape::List(items) => {
            Value::List(items.iter().map(|item| evident(item, file)).collect::<Option<_>>()?)
        }
        Shape::Map(entries) => {
            let entry = |(name, at, outline): &(String, Range<usize>, Outline<'_>)| {
                Some(Entry { name: name.clone(), at: at.clone(), node: evident(outline, file)? })
            };
            Value::Map(entries.iter().map(entry).collect::<Option<_>>()?)
        }
    };
    Some(Node { span: outline.span.clone(), value })
}

/// Whether a text stands in quotes letter by letter.
fn is_quoted(written: &str, text: &str) -> bool {
    written.len() == text.len() + 2 && !text.contains('\n') && written[1..].starts_with(text)
}

/// What an unquoted scalar is. Text is what holds a space or a colon, or begins with a letter with which neither a
/// number nor `null`, `true` and `false` can begin; serde_yaml knows of the others.
fn plain(text: &str, style: Style) -> Option<Value> {
    let first = *text.as_bytes().first()?;
    let word = first.is_ascii_alphabetic() && !b"nNtTfF".contains(&first);
    if word || text.contains([' ', ':']) {
        return Some(Value::Text(text.to_owned(), style == Style::Cut));
    }
    if text.starts_with("---") || text.starts_with("...") {
        return None;
    }
    Some(match serde_yaml::from_str::<Yaml>(text).ok()? {
        Yaml::Null => Value::Null,
        Yaml::Flag(flag) => Value::Flag(flag),
        Yaml::Number => Value::Number(text.to_owned()),
        Yaml::Text(text) => Value::Text(text, style == Style::Cut),
        Yaml::List(_) | Yaml::Map(_) => return None,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How a document is taken where its scalars are evident, and how serde_yaml takes it as a whole.
    fn both(yaml: &str) -> Option<(Option<String>, String)> {
        let file: Arc<str> = "a.yaml".into();
        let mut report = Report::default();
        let Read::Outline(outline) = guard::outline(yaml, 0, &file, &mut report) else { return None };
        let evident = evident(&outline, yaml).map(|node| format!("{node:?}"));
        let whole = join(outline, serde_yaml::from_str::<Yaml>(yaml).ok()?)?;
        Some((evident, format!("{whole:?}")))
    }

    #[test]
    fn what_is_evident_is_what_serde_yaml_says() {
        let scalars = "null Null ~ nul true True truely FALSE no yes on NaN .nan .inf -.inf inf 0 -1 +2 1_000 0x1F 0o7 0b1 \
            007 1.5 .5 5. 1e5 1e 12:30 2017-11-22 2017-11-22T14:30:00+01:00 -a - +a a-b é «x» 日 x#y a:b <<x =x \
            'it' \"it\" 'true' \"12\" '' \"\" '#' \"a: b\" a,b";
        for scalar in
            scalars.split_whitespace().chain(["New York", "a #b", "1 2", "true # yes", "'a #b'", "--- x"])
        {
            for yaml in
                [format!("k: {scalar}\nl: b"), format!("- {scalar} \n- b"), format!("k: [{scalar}, b]")]
            {
                let Some((evident, whole)) = both(&yaml) else { continue };
                assert!(
                    evident.as_ref().is_none_or(|evident| *evident == whole),
                    "{yaml}\n{evident:?}\n{whole}"
                );
            }
        }
    }

    #[test]
    fn what_is_written_otherwise_is_read_by_serde_yaml() {
        for yaml in [
            "k: \"a\\u00e9\"",
            "k: 'it''s'",
            "k: |\n  a\n  b",
            "k: >-\n  a\n  b",
            "k: a\n  b",
            "k:",
            "k: ---",
        ] {
            assert!(matches!(both(yaml), Some((None, _))), "{yaml}");
        }
        for yaml in ["k: a b", "k: 12", "k: \"a\"", "k: [a, 'b']"] {
            assert!(matches!(both(yaml), Some((Some(_), _))), "{yaml}");
        }
    }
}
