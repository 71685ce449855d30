//! Shapes: what may stand under which key, as data, and the check of a file against them. Everything that is
//! wrong is reported and then taken out, so that whoever reads the values finds only sound ones.

use crate::base::codes::{self, Code};
use crate::base::date::{self, Day, EventDate, Mistake, Moment, When, Zone};
use crate::base::language;
use crate::base::report::{Diagnostic, Place, Report};
use crate::base::slug;
use crate::base::spelling;
use crate::read::front::{Entry, Node, Value};
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
    /// Whether a map within a file must have it. What a file itself must have, its reader says.
    pub required: bool,
}

/// What a value must be.
#[derive(Debug)]
pub enum Kind {
    /// Text of one line.
    Line,
    /// Text of at most so many characters.
    Text(usize),
    /// A slug.
    Slug,
    /// A day.
    Day,
    /// A day, or a time (without an offset it is in the site's zone).
    When,
    /// A time with an offset.
    Moment,
    /// A truncated date, or a span `A/B`.
    Event,
    /// A whole number, from and to.
    Count(u32, u32),
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// An address inside the site.
    Path,
    /// A web address: `http`, `https`, `mailto` or `tel`.
    Url,
    /// A BCP 47 tag.
    Language,
    /// `M:SS` or `H:MM:SS`.
    Duration,
    /// An IANA time zone.
    Zone,
    /// At most so many of the same.
    List(&'static Kind, usize),
    /// A map with known keys.
    Record(&'static [Key]),
    /// A map with free keys.
    Map(&'static Kind),
    /// Text, or a map of it by language.
    ByLanguage,
    /// Text, or a map with known keys.
    TextOr(&'static [Key]),
    /// Anything.
    Any,
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
        let written = |key: &Key| entries.iter().any(|entry| entry.name == key.name);
        for key in keys.iter().filter(|key| key.required && !written(key)) {
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

impl Kind {
    /// What is wrong with a text of this kind: its code, and words that follow the key's name (behind a colon
    /// where they begin with the text).
    fn mistake(&self, text: &str) -> Option<(Code, String)> {
        let wrong = |bad: bool, code: Code, what: String| bad.then_some((code, what));
        match self {
            _ if text.trim().is_empty() => Some((codes::EMPTY, "is empty".to_owned())),
            Kind::Line | Kind::ByLanguage | Kind::TextOr(_) => {
                wrong(text.trim_end().contains('\n'), codes::NOT_ONE_LINE, "must be one line".to_owned())
            }
            Kind::Text(most) => {
                let length = text.chars().count();
                wrong(length > *most, codes::TOO_LONG, format!("has {length} characters, over {most}"))
            }
            Kind::Slug if text.len() > slug::LONGEST => {
                Some((codes::BAD_SLUG, format!("has {} letters, over {}", text.len(), slug::LONGEST)))
            }
            Kind::Slug => wrong(!slug::is_slug(text), codes::BAD_SLUG, format!("`{text}` is not a slug")),
            Kind::Path => {
                wrong(!is_path(text), codes::BAD_PATH, format!("`{text}` is not a path inside the site"))
            }
            Kind::Url => wrong(!is_url(text), codes::BAD_URL, format!("`{text}` is not a web address")),
            Kind::Language => {
                wrong(!language::is_tag(text), codes::BAD_LANGUAGE, format!("`{text}` is not a language"))
            }
            Kind::Duration => wrong(
                date::duration(text).is_none(),
                codes::BAD_DURATION,
                format!("`{text}` is not a duration"),
            ),
            Kind::Zone => {
                wrong(Zone::named(text).is_none(), codes::BAD_ZONE, format!("`{text}` is not a time zone"))
            }
            Kind::Choice(words) => {
                wrong(!words.contains(&text), codes::BAD_CHOICE, format!("cannot be `{text}`"))
            }
            Kind::Count(..) if text.trim().parse::<f64>().is_err() => {
                Some((codes::WRONG_TYPE, "must be a whole number, not text".to_owned()))
            }
            Kind::Count(least, most) => {
                let number = text.parse::<u32>().ok().filter(|n| (*least..=*most).contains(n));
                wrong(
                    number.is_none(),
                    codes::OUT_OF_RANGE,
                    format!("must be a whole number from {least} to {most}"),
                )
            }
            _ => self.date_mistake(text),
        }
    }

    fn date_mistake(&self, text: &str) -> Option<(Code, String)> {
        let mistake = match self {
            Kind::Day => Day::parse(text).err(),
            Kind::When => When::parse(text, Some(&Zone::utc())).err(),
            Kind::Moment => Moment::parse(text).err(),
            Kind::Event => match EventDate::parse(text) {
                Ok(Some(_)) => None,
                Ok(None) => return Some((codes::REVERSED, format!("`{text}` ends before it begins"))),
                Err(mistake) => Some(mistake),
            },
            _ => None,
        }?;
        Some(match mistake {
            Mistake::Form => (codes::BAD_DATE, format!("`{text}` is not {}", self.name())),
            Mistake::NoSuch => (codes::BAD_DATE, format!("cannot be `{text}`: there is no such day or time")),
            Mistake::NoOffset => (codes::NO_OFFSET, format!("`{text}` has no offset")),
        })
    }

    /// What the kind is called in a message.
    fn name(&self) -> &'static str {
        match self {
            Kind::Line | Kind::Text(_) | Kind::ByLanguage | Kind::TextOr(_) => "text",
            Kind::Slug => "a slug",
            Kind::Day => "a day",
            Kind::When => "a day or a time",
            Kind::Moment => "a time with an offset",
            Kind::Event => "a day, month, year or span",
            Kind::Count(..) => "a whole number",
            Kind::Flag => "`true` or `false`",
            Kind::Choice(_) => "one of its words",
            Kind::Path => "a path",
            Kind::Url => "a web address",
            Kind::Language => "a language",
            Kind::Duration => "a duration",
            Kind::Zone => "a time zone",
            Kind::List(..) => "a list",
            Kind::Record(_) | Kind::Map(_) => "a map",
            Kind::Any => "anything",
        }
    }

    /// How the kind is written.
    fn example(&self) -> String {
        match self {
            Kind::Line | Kind::Text(_) | Kind::ByLanguage | Kind::TextOr(_) => {
                "write text, in quotes if it could be taken for something else".to_owned()
            }
            Kind::Slug => format!("a slug has only `a-z`, `0-9` and `-`, at most {} of them", slug::LONGEST),
            Kind::Day => "write `2017-11-22`".to_owned(),
            Kind::When => "write `2017-11-22` or `2017-11-22T14:30:00+01:00`".to_owned(),
            Kind::Moment => "write `2017-11-22T14:30:00+01:00`".to_owned(),
            Kind::Event => "write `2017-11-22`, `2017-11`, `2017` or `2017-11-20/2017-11-22`".to_owned(),
            Kind::Count(least, most) => format!("write a number from {least} to {most}"),
            Kind::Flag => "write `true` or `false`".to_owned(),
            Kind::Choice(words) => format!("write {}", listed(words)),
            Kind::Path => "write a path from the site's root such as `/2017/11/old-name.html`".to_owned(),
            Kind::Url => "only `http`, `https`, `mailto` and `tel` addresses are allowed".to_owned(),
            Kind::Language => "write a tag such as `en` or `pt-BR`".to_owned(),
            Kind::Duration => "write minutes and seconds: `\"1:45\"`, or `\"1:02:30\"`".to_owned(),
            Kind::Zone => "write an IANA name such as `Europe/Berlin`".to_owned(),
            Kind::List(Kind::Record(keys), _) => {
                format!("write a list of maps, `- {}: …` and so on", keys[0].name)
            }
            Kind::List(..) => "write a list: `[one, two]`".to_owned(),
            Kind::Record(keys) => format!(
                "write a map; its keys are {}",
                listed(&keys.iter().map(|key| key.name).collect::<Vec<_>>())
            ),
            Kind::Map(_) | Kind::Any => "write `key: value`".to_owned(),
        }
    }

    /// What to do about a value of another type.
    fn instead_of(&self, value: &Value) -> String {
        match (self, value) {
            (Kind::List(Kind::Record(_), _), _) => self.example(),
            (Kind::List(..), Value::Text(text, _) | Value::Number(text)) if text.len() < 40 => {
                format!("write a list: `[{text}]`")
            }
            _ => self.example(),
        }
    }

    /// What to do about a text that is not of this kind.
    fn advice(&self, text: &str) -> String {
        match self {
            Kind::Choice(words) => spelling::offer(text, words.iter().copied(), &self.example()),
            Kind::Text(_) => "shorten it".to_owned(),
            Kind::Line | Kind::ByLanguage | Kind::TextOr(_) => {
                "join the lines: `>-` in place of `|` does it".to_owned()
            }
            Kind::Url
                if is_url(&format!("https://{text}")) && !text.contains(':') && !text.starts_with('/') =>
            {
                format!("write it in full: `https://{text}`")
            }
            Kind::Zone => {
                Zone::like(text).map_or_else(|| self.example(), |near| format!("did you mean `{near}`?"))
            }
            _ => self.example(),
        }
    }
}

/// `` `a`, `b` or `c` ``.
pub fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// The longest part of a path, in bytes: every disk in use can hold it.
const LONGEST_PART: usize = 200;

fn is_path(text: &str) -> bool {
    let inner = text.trim_start_matches('/').trim_end_matches('/');
    !inner.is_empty()
        && !text.contains(['\\', '?', '#', ':', '\0'])
        && !text.contains("//")
        && !text.chars().any(|letter| letter.is_control() || letter == '%')
        && inner.split('/').all(|part| !part.starts_with('.') && part.len() <= LONGEST_PART)
}

/// Whether an address may stand in a page: its scheme is one of four, and it holds no space.
pub fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let allowed = ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str());
    let web = scheme.to_ascii_lowercase().starts_with("http");
    let formed =
        !web || rest.strip_prefix("//").is_some_and(|host| !host.is_empty() && !host.starts_with('/'));
    allowed
        && formed
        && !rest.is_empty()
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '<' || c == '"')
}
