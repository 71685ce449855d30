//! Shapes: what may stand under which key, as data, and the check of a file against them. Everything that is
//! wrong is reported and then taken out, so that whoever reads the values finds only sound ones.

use crate::base::codes::{self, Code};
use crate::base::date::{Mistake, When, Zone};
use crate::base::language;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::spelling;
use crate::read::fields::Spanned;
use crate::read::front::{Entry, Node, Value};
use crate::read::kind::{Kind, listed};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A key that a map may have.
#[derive(Debug)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// What may stand under it.
    pub kind: Kind,
    /// One line for schemas and help.
    pub about: &'static str,
    /// When it must be there. What a file itself must have, its reader asks for in its own words.
    pub needed: Condition,
    /// When it may be there.
    pub allowed: Condition,
    /// What its absence counts as.
    pub usual: Option<&'static str>,
}

/// When a key must or may stand in a map.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Condition {
    /// Always.
    Always,
    /// Never.
    Never,
    /// Where another key is one of these words.
    Where(&'static str, &'static [&'static str]),
    /// Where another key is not there.
    Without(&'static str),
}

impl Key {
    /// The key, needed on a condition.
    pub(super) const fn needed(self, needed: Condition) -> Key {
        Key { needed, ..self }
    }

    /// The key, allowed on a condition.
    pub(super) const fn allowed(self, allowed: Condition) -> Key {
        Key { allowed, ..self }
    }

    /// The key, with what its absence counts as.
    pub(super) const fn usually(self, usual: &'static str) -> Key {
        Key { usual: Some(usual), ..self }
    }
}

/// The keys that a map needs, as it stands, and that were not written.
pub fn lacking(keys: &'static [Key], entries: &[Entry]) -> Vec<&'static Key> {
    let written = |name: &str| entries.iter().find(|entry| entry.name == name);
    let needed = |key: &Key| match key.needed {
        Condition::Always => true,
        Condition::Never => false,
        Condition::Where(other, words) => written(other).is_some_and(
            |entry| matches!(&entry.node.value, Value::Text(word, _) if words.contains(&word.as_str())),
        ),
        Condition::Without(other) => written(other).is_none(),
    };
    keys.iter().filter(|key| needed(key) && written(key.name).is_none()).collect()
}

/// What a value is called in a message: by its key, or as an entry of that key's list.
#[derive(Clone, Copy)]
struct What<'a> {
    key: &'a str,
    entry: bool,
}

impl fmt::Display for What<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = if self.entry { "an entry of " } else { "" };
        write!(f, "{entry}`{}`", self.key)
    }
}

/// A check under way: the file, and where what is found goes.
pub struct Check<'a> {
    /// The file that is checked.
    pub file: &'a Arc<str>,
    /// What was found.
    pub report: &'a mut Report,
}

impl Check<'_> {
    /// Checks a map against its keys. Keys that are unknown are taken out, values that are not sound become
    /// `Null`, so that the key can still be seen to be there. `of` names the map in messages.
    pub fn entries(&mut self, entries: &mut Vec<Entry>, keys: &'static [Key], of: &str) {
        entries.retain_mut(|entry| match keys.iter().find(|key| key.name == entry.name) {
            Some(key) => {
                if !self.entry(entry, &key.kind) {
                    entry.node.value = Value::Null;
                }
                true
            }
            None => {
                self.unknown(entry, keys, of);
                false
            }
        });
    }

    /// Adds a diagnostic.
    pub fn found(&mut self, code: Code, span: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        self.report.add(code, Place::new(self.file, span), message)
    }

    /// A day or a time, of the zone where it says no other; a time that the zone's clock never shows is reported.
    pub fn when(&mut self, key: &str, written: &Spanned, zone: &Zone) -> Option<When> {
        let (text, span) = (&written.text, written.start as usize..written.end as usize);
        let when = When::parse(text, Some(zone));
        if when == Err(Mistake::NoSuch) {
            let name = zone.name();
            let message = format!("`{key}` cannot be `{text}`: in `{name}` the clock is put forward past it");
            self.found(codes::BAD_DATE, span, message)
                .help(format!("write it with an offset, such as `{text}Z`, or take another `time_zone`"));
        }
        when.ok()
    }

    fn unknown(&mut self, entry: &Entry, keys: &'static [Key], of: &str) {
        let message = format!("{of} has no key `{}`", entry.name);
        let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
        let otherwise = format!("it may have {}", listed(&names));
        let help = spelling::offer(&entry.name, names, &otherwise);
        self.found(codes::UNKNOWN_KEY, entry.at.clone(), message).help(help);
    }

    fn entry(&mut self, entry: &mut Entry, kind: &'static Kind) -> bool {
        let what = What { key: &entry.name, entry: false };
        if matches!(entry.node.value, Value::Null) && !matches!(kind, Kind::Any) {
            return self.empty(entry.at.clone(), what);
        }
        self.node(&mut entry.node, kind, what)
    }

    fn empty(&mut self, span: Range<usize>, what: What<'_>) -> bool {
        let thing = if what.entry { "entry" } else { "key" };
        let help = format!("give it a value, or take the {thing} out");
        self.found(codes::EMPTY, span, format!("{what} is empty")).help(help);
        false
    }

    fn node(&mut self, node: &mut Node, kind: &'static Kind, what: What<'_>) -> bool {
        let within = What { entry: true, ..what };
        match (kind, &mut node.value) {
            (Kind::Any, _) => true,
            (_, Value::Null) => self.empty(node.span.clone(), what),
            (Kind::List(..), Value::List(items)) if items.is_empty() => self.empty(node.span.clone(), what),
            (Kind::List(item, most), Value::List(items)) => {
                self.count(items, node.span.clone(), *most, what);
                items.retain_mut(|node| self.node(node, item, within));
                true
            }
            (Kind::Record(keys) | Kind::TextOr(keys), Value::Map(entries)) => {
                self.require(entries, keys, node.span.clone(), what);
                self.entries(entries, keys, &what.to_string());
                true
            }
            (Kind::Map(kind), Value::Map(entries)) => {
                entries.retain_mut(|entry| self.entry(entry, kind));
                true
            }
            (Kind::ByLanguage, Value::Map(entries)) => {
                entries.retain_mut(|entry| self.by_language(entry));
                true
            }
            (Kind::Flag, Value::Flag(_)) => true,
            _ => self.scalar(node, kind, what),
        }
    }

    fn require(&mut self, entries: &[Entry], keys: &'static [Key], span: Range<usize>, what: What<'_>) {
        let always = |key: &&'static Key| key.needed == Condition::Always;
        for key in lacking(keys, entries).into_iter().filter(always) {
            let message = format!("{what} needs `{}`", key.name);
            let help = format!("add `{}: …`, {}", key.name, key.about);
            self.found(codes::MISSING_KEY, span.clone(), message).help(help);
        }
    }

    fn by_language(&mut self, entry: &mut Entry) -> bool {
        if !language::is_tag(&entry.name) {
            let message = format!("`{}` is not a language", entry.name);
            self.found(codes::BAD_LANGUAGE, entry.at.clone(), message)
                .help("write a tag such as `en` or `pt-BR`");
            return false;
        }
        self.entry(entry, &Kind::Line)
    }

    fn count(&mut self, items: &[Node], span: Range<usize>, most: usize, what: What<'_>) {
        if items.len() > most {
            let message = format!("{what} has {} entries, over {most}", items.len());
            self.found(codes::TOO_LONG, span, message).help("keep the most important ones");
        }
    }

    fn scalar(&mut self, node: &mut Node, kind: &'static Kind, what: What<'_>) -> bool {
        let scalar = !matches!(kind, Kind::Flag | Kind::List(..) | Kind::Record(_) | Kind::Map(_));
        let text = match &node.value {
            Value::Text(text, cut) if scalar => {
                if *cut && matches!(kind, Kind::Line | Kind::Text(_) | Kind::ByLanguage | Kind::TextOr(_)) {
                    self.cut(node.span.clone(), what);
                }
                text.clone()
            }
            Value::Number(raw) if scalar => raw.clone(),
            other => {
                let message = format!("{what} must be {}, not {}", kind.name(), other.name());
                self.found(codes::WRONG_TYPE, node.span.clone(), message).help(kind.instead_of(other));
                return false;
            }
        };
        match kind.mistake(&text) {
            None => {
                node.value = Value::Text(text, false);
                true
            }
            Some((codes::EMPTY, _)) => self.empty(node.span.clone(), what),
            Some((code, mistake)) => {
                let colon = if mistake.starts_with('`') { ":" } else { "" };
                let message = format!("{what}{colon} {mistake}");
                self.found(code, node.span.clone(), message).help(kind.advice(&text));
                false
            }
        }
    }

    fn cut(&mut self, span: Range<usize>, what: What<'_>) {
        let message = format!("{what} ends before ` #`, which begins a comment");
        self.found(codes::CUT_BY_COMMENT, span, message)
            .help("put the value in quotes if the sign belongs to it");
    }
}
