//! Kinds of values: what a text must be to stand under a key, and what is said when it is not.

use crate::base::codes::{self, Code};
use crate::base::date::{self, Day, EventDate, Mistake, Moment, When, Zone};
use crate::base::language;
use crate::base::slug;
use crate::base::spelling;
use crate::read::front::Value;
use crate::read::home;
use crate::read::shape::Key;

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
    /// A web address that a site can have.
    Home,
    /// A name or tag of those that the site has.
    Known(Known),
    /// A BCP 47 tag.
    Language,
    /// An item of Wikidata, such as `Q858`.
    Item,
    /// A number of IPTC's Media Topics: eight digits, with or without `medtop:`.
    MediaTopic,
    /// A host or an address that a page's policy may name.
    Host,
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

/// What a site has names of. Whether it has a certain one is the archive's to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// Topics: names, aliases and slugs.
    Topic,
    /// Agencies: names, aliases and slugs.
    Agency,
    /// Initials of editors.
    Editor,
    /// Languages.
    Language,
}

impl Kind {
    /// What is wrong with a text of this kind: its code, and words that follow the key's name (behind a colon
    /// where they begin with the text).
    pub(super) fn mistake(&self, text: &str) -> Option<(Code, String)> {
        let wrong = |bad: bool, code: Code, what: String| bad.then_some((code, what));
        match self {
            _ if text.trim().is_empty() => Some((codes::EMPTY, "is empty".to_owned())),
            Kind::Known(Known::Language) => Kind::Language.mistake(text),
            Kind::Line | Kind::ByLanguage | Kind::TextOr(_) | Kind::Known(_) => {
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
            Kind::Home if !is_url(text) => Kind::Url.mistake(text),
            Kind::Home => home::mistake(text).map(|why| {
                (codes::BAD_URL, format!("`{text}` is not an address that a site can have: {why}"))
            }),
            Kind::Language => {
                wrong(!language::is_tag(text), codes::BAD_LANGUAGE, format!("`{text}` is not a language"))
            }
            Kind::Item => {
                wrong(!is_item(text), codes::BAD_URL, format!("`{text}` is not an item of Wikidata"))
            }
            Kind::MediaTopic => {
                let what = format!("`{text}` is not a Media Topic of IPTC");
                wrong(!is_media_topic(text), codes::BAD_MEDIA_TOPIC, what)
            }
            Kind::Host => wrong(!is_host(text), codes::BAD_URL, format!("`{text}` is not a host")),
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
    pub(super) fn name(&self) -> &'static str {
        match self {
            Kind::Known(Known::Language) => Kind::Language.name(),
            Kind::Line | Kind::Text(_) | Kind::ByLanguage | Kind::TextOr(_) | Kind::Known(_) => "text",
            Kind::Slug => "a slug",
            Kind::Day => "a day",
            Kind::When => "a day or a time",
            Kind::Moment => "a time with an offset",
            Kind::Event => "a day, month, year or span",
            Kind::Count(..) => "a whole number",
            Kind::Flag => "`true` or `false`",
            Kind::Choice(_) => "one of its words",
            Kind::Path => "a path",
            Kind::Url | Kind::Home => "a web address",
            Kind::Language => "a language",
            Kind::Item => "an item of Wikidata",
            Kind::MediaTopic => "a number of IPTC's Media Topics",
            Kind::Host => "a host",
            Kind::Duration => "a duration",
            Kind::Zone => "a time zone",
            Kind::List(..) => "a list",
            Kind::Record(_) | Kind::Map(_) => "a map",
            Kind::Any => "anything",
        }
    }

    /// How the kind is written.
    pub(super) fn example(&self) -> String {
        match self {
            Kind::Known(Known::Language) => Kind::Language.example(),
            Kind::Line | Kind::Text(_) | Kind::ByLanguage | Kind::TextOr(_) | Kind::Known(_) => {
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
            Kind::Home => "write `https://host/` or `https://host/folder/`".to_owned(),
            Kind::Url => "only `http`, `https`, `mailto` and `tel` addresses are allowed".to_owned(),
            Kind::Language => "write a tag such as `en` or `pt-BR`".to_owned(),
            Kind::Item => "write a Q and a number, such as `Q858`".to_owned(),
            Kind::MediaTopic => "write its eight digits, such as `16000000`".to_owned(),
            Kind::Host => "write a host such as `https://stats.example.org`".to_owned(),
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
    pub(super) fn instead_of(&self, value: &Value) -> String {
        match (self, value) {
            (Kind::List(Kind::Record(_), _), _) => self.example(),
            (Kind::List(..), Value::Text(text, _) | Value::Number(text)) if text.len() < 40 => {
                format!("write a list: `[{text}]`")
            }
            _ => self.example(),
        }
    }

    /// What to do about a text that is not of this kind.
    pub(super) fn advice(&self, text: &str) -> String {
        match self {
            Kind::Choice(words) => spelling::offer(text, words.iter().copied(), &self.example()),
            Kind::Text(_) => "shorten it".to_owned(),
            Kind::Home if !is_url(text) => Kind::Url.advice(text),
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

fn is_item(text: &str) -> bool {
    text.strip_prefix('Q')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn is_media_topic(text: &str) -> bool {
    let number = text.strip_prefix("medtop:").unwrap_or(text);
    number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit())
}

/// A host as a policy names it: nothing that would begin another directive or source.
fn is_host(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'/' | b'*' | b'_');
    text.bytes().all(allowed) && text.contains('.')
}
