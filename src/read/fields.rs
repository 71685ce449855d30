//! Values taken out of a checked map by key. It trusts the check: what is not sound is not there.

use crate::base::date::{Day, EventDate, Moment};
use crate::base::report::Place;
use crate::read::front::{Entry, Node, Value};
use std::ops::Range;
use std::sync::Arc;

/// A text and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spanned {
    /// The text, without space around it.
    pub text: String,
    /// First byte in the file.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A checked map.
pub struct Fields(pub Vec<Entry>);

impl Spanned {
    /// Where it stands, as a place in `file`.
    pub fn place(&self, file: &Arc<str>) -> Place {
        Place { file: file.clone(), start: self.start, end: self.end }
    }
}

impl Fields {
    /// The map under a key; empty where there is none.
    pub fn record(&mut self, key: &str) -> Option<Fields> {
        match self.take(key)?.value {
            Value::Map(entries) => Some(Fields(entries)),
            _ => None,
        }
    }

    /// The value under a key, taken out.
    pub fn take(&mut self, key: &str) -> Option<Node> {
        let at = self.0.iter().position(|entry| entry.name == key)?;
        Some(self.0.swap_remove(at).node)
    }

    /// Where a key stands.
    pub fn at(&self, key: &str) -> Option<Range<usize>> {
        self.0.iter().find(|entry| entry.name == key).map(|entry| entry.at.clone())
    }

    /// Where the value of a key stands.
    pub fn spanned_at(&self, key: &str) -> Option<Range<usize>> {
        self.0.iter().find(|entry| entry.name == key).map(|entry| entry.node.span.clone())
    }

    /// The text under a key.
    pub fn text(&mut self, key: &str) -> Option<String> {
        self.spanned(key).map(|spanned| spanned.text)
    }

    /// The text under a key and where it stands.
    pub fn spanned(&mut self, key: &str) -> Option<Spanned> {
        spanned(self.take(key)?)
    }

    /// The texts of the list under a key.
    pub fn spanned_list(&mut self, key: &str) -> Vec<Spanned> {
        self.nodes(key).into_iter().filter_map(spanned).collect()
    }

    /// The texts of the list under a key, without their places.
    pub fn texts(&mut self, key: &str) -> Vec<String> {
        self.spanned_list(key).into_iter().map(|spanned| spanned.text).collect()
    }

    /// The items of the list under a key.
    pub fn nodes(&mut self, key: &str) -> Vec<Node> {
        match self.take(key).map(|node| node.value) {
            Some(Value::List(items)) => items,
            _ => Vec::new(),
        }
    }

    /// The maps of the list under a key, with their places.
    pub fn records(&mut self, key: &str) -> Vec<(Fields, Range<usize>)> {
        let maps = self.nodes(key).into_iter().filter_map(|node| match node.value {
            Value::Map(entries) => Some((Fields(entries), node.span)),
            _ => None,
        });
        maps.collect()
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str) -> bool {
        matches!(self.take(key).map(|node| node.value), Some(Value::Flag(true)))
    }

    /// Whether what is on unless said otherwise is `false`.
    pub fn is_off(&mut self, key: &str) -> bool {
        matches!(self.take(key).map(|node| node.value), Some(Value::Flag(false)))
    }

    /// A whole number.
    pub fn count(&mut self, key: &str) -> Option<u32> {
        self.text(key)?.parse().ok()
    }

    /// A day.
    pub fn day(&mut self, key: &str) -> Option<Day> {
        Day::parse(&self.text(key)?).ok()
    }

    /// A time with an offset.
    pub fn moment(&mut self, key: &str) -> Option<Moment> {
        Moment::parse(&self.text(key)?).ok()
    }

    /// A truncated date or a span.
    pub fn event(&mut self, key: &str) -> Option<EventDate> {
        EventDate::parse(&self.text(key)?).ok().flatten()
    }

    /// A text, or all of a map by language, left where they are.
    pub fn in_all_languages(&self, key: &str) -> Vec<String> {
        let text = |value: &Value| match value {
            Value::Text(text, _) => Some(text.trim().to_owned()),
            _ => None,
        };
        match self.0.iter().find(|entry| entry.name == key).map(|entry| &entry.node.value) {
            Some(Value::Map(entries)) => entries.iter().filter_map(|entry| text(&entry.node.value)).collect(),
            Some(value) => text(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A text, or the one in `language` (else in the first language) of a map by language.
    pub fn by_language(&mut self, key: &str, language: &str) -> Option<String> {
        match self.take(key)?.value {
            Value::Text(text, _) => Some(text.trim().to_owned()),
            Value::Map(mut entries) => {
                let at = entries.iter().position(|entry| entry.name == language).unwrap_or(0);
                (at < entries.len())
                    .then(|| spanned(entries.swap_remove(at).node))?
                    .map(|spanned| spanned.text)
            }
            _ => None,
        }
    }
}

/// A node's text and place.
pub fn spanned(node: Node) -> Option<Spanned> {
    let (start, end) = (node.span.start as u32, node.span.end as u32);
    match node.value {
        Value::Text(text, _) => Some(Spanned { text: trimmed(text), start, end }),
        _ => None,
    }
}

fn trimmed(text: String) -> String {
    if text.trim().len() == text.len() { text } else { text.trim().to_owned() }
}
