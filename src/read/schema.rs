//! JSON Schemas of what a desk writes, made of the tables that the reader checks by, so that an editor completes
//! and checks while typing. They say no more than the tables: what files mean beside each other is not theirs.

use crate::read::choices::{Choices, Vocabulary};
use crate::read::kind::{Kind, Known};
use crate::read::pattern;
use crate::read::shape::{Condition, Key};
use crate::read::shapes;
use serde_json::{Map, Value, json};

/// The dialect: draft-07, which every editor knows. Draft 2020-12, which few of those that check front matter inside
/// Markdown do, takes the same words to mean the same.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// What editors show in place of a pattern that does not match; validators pass over it.
const MESSAGE: &str = "patternErrorMessage";

/// What there is a schema of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// A brief's front matter.
    Brief,
    /// That of a brief in another language, which inherits what it does not say.
    Translation,
    /// A topic's front matter.
    Topic,
    /// A standing page's front matter.
    Page,
    /// `site.yaml`.
    Site,
    /// `agencies.yaml`.
    Agencies,
}

impl Subject {
    /// All of them.
    pub const ALL: [Subject; 6] = [
        Subject::Brief,
        Subject::Translation,
        Subject::Topic,
        Subject::Page,
        Subject::Site,
        Subject::Agencies,
    ];

    /// Its name in commands and files.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Brief => "brief",
            Subject::Translation => "translation",
            Subject::Topic => "topic",
            Subject::Page => "page",
            Subject::Site => "site",
            Subject::Agencies => "agencies",
        }
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Subject::Brief => "the front matter of a brief",
            Subject::Translation => "the front matter of a brief in another language",
            Subject::Topic => "the front matter of a topic",
            Subject::Page => "the front matter of a standing page",
            Subject::Site => "the settings of a site",
            Subject::Agencies => "the agencies that may be credited",
        }
    }

    /// Which files it is for.
    pub fn files(self) -> &'static str {
        match self {
            Subject::Brief => "content/briefs/**/*.md",
            Subject::Translation => "content/briefs/**/*.*.md",
            Subject::Topic => "content/topics/*.md",
            Subject::Page => "content/pages/*.md",
            Subject::Site => "content/site.yaml",
            Subject::Agencies => "content/agencies.yaml",
        }
    }
}

/// A schema as JSON, the same bytes for the same choices.
pub fn schema(subject: Subject, choices: &Choices) -> String {
    let mut made = match subject {
        Subject::Brief => record(shapes::BRIEF, choices),
        Subject::Translation => without_need(record(shapes::BRIEF, choices)),
        Subject::Topic => record(shapes::TOPIC, choices),
        Subject::Page => record(shapes::STANDING, choices),
        Subject::Site => record(shapes::SITE, choices),
        Subject::Agencies => json!({"type": ["array", "null"], "items": record(shapes::AGENCY, choices)}),
    };
    made["$schema"] = json!(DIALECT);
    made["$comment"] =
        json!("Made by `dateline schema`. Make it anew when topics, agencies or editors change.");
    made["title"] = json!(sentence(subject.about()));
    format!("{made:#}\n")
}

fn without_need(mut schema: Value) -> Value {
    if let Some(map) = schema.as_object_mut() {
        map.remove("required");
    }
    schema
}

/// A map with known keys.
fn record(keys: &'static [Key], choices: &Choices) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(key, choices))).collect();
    let mut made = json!({"type": "object", "properties": properties, "additionalProperties": false});
    let required = names(keys, |key| key.needed == Condition::Always);
    if !required.is_empty() {
        made["required"] = json!(required);
    }
    let rules = rules(keys);
    if !rules.is_empty() {
        made["allOf"] = json!(rules);
    }
    made
}

fn names(keys: &'static [Key], wanted: impl Fn(&Key) -> bool) -> Vec<&'static str> {
    keys.iter().filter(|key| wanted(key)).map(|key| key.name).collect()
}

/// What keys say of each other.
fn rules(keys: &'static [Key]) -> Vec<Value> {
    let mut rules = Vec::new();
    let mut done: Vec<Condition> = Vec::new();
    for key in keys {
        if let Condition::Where(other, words) = key.needed
            && !done.contains(&key.needed)
        {
            done.push(key.needed);
            let needed = names(keys, |same| same.needed == key.needed);
            rules.push(json!({"if": is_one_of(other, words), "then": {"required": needed}}));
        }
        match key.allowed {
            Condition::Where(other, words) => {
                rules.push(json!({"if": {"required": [key.name]}, "then": is_one_of(other, words)}));
            }
            Condition::Without(other) => rules.push(json!({"not": {"required": [key.name, other]}})),
            Condition::Always | Condition::Never => {}
        }
    }
    rules
}

fn is_one_of(key: &str, words: &[&str]) -> Value {
    json!({"properties": {key: {"enum": words}}, "required": [key]})
}

/// What may stand under a key, and what it is.
fn property(key: &'static Key, choices: &Choices) -> Value {
    let mut made = value(&key.kind, choices);
    let hint = hint(&key.kind).map(|hint| format!("; {hint}")).unwrap_or_default();
    made["description"] = json!(sentence(&format!("{}{hint}", key.about)));
    if let Some(usual) = key.usual {
        made["default"] = match key.kind {
            Kind::Flag | Kind::Count(..) => usual.parse().unwrap_or_default(),
            _ => json!(usual),
        };
    }
    made
}

/// How a value with a form of its own is written.
fn hint(kind: &Kind) -> Option<String> {
    match kind {
        Kind::List(kind, _) => hint(kind),
        Kind::Known(Known::Language) => Some(kind.example()),
        Kind::Line | Kind::Text(_) | Kind::ByLanguage | Kind::TextOr(_) | Kind::Known(_) => None,
        Kind::Flag | Kind::Choice(_) | Kind::Count(..) => None,
        Kind::Record(_) | Kind::Map(_) | Kind::Any => None,
        _ => Some(kind.example()),
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What a value of a kind must be. The reader takes numbers for text and texts of digits for numbers.
fn value(kind: &'static Kind, choices: &Choices) -> Value {
    let form =
        |types: Value, pattern: String| json!({"type": types, "pattern": pattern, MESSAGE: kind.example()});
    let text = |pattern: String| form(json!("string"), pattern);
    match kind {
        Kind::Line => line(),
        Kind::Text(most) => {
            let types = ["string", "number"];
            json!({"type": types, "pattern": pattern::NOT_EMPTY, MESSAGE: "is empty", "maxLength": most})
        }
        Kind::Slug => form(json!(["string", "integer"]), pattern::slug()),
        Kind::Day => text(pattern::day()),
        Kind::When => text(pattern::when()),
        Kind::Moment => text(pattern::moment()),
        Kind::Event => within(form(json!(["string", "integer"]), pattern::event()), 1, 9999),
        Kind::Count(least, most) => {
            within(form(json!(["integer", "string"]), pattern::DIGITS.to_owned()), *least, *most)
        }
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Choice(words) => json!({"type": "string", "enum": words}),
        Kind::Path => form(json!(["string", "integer"]), pattern::path()),
        Kind::Url => text(pattern::url()),
        Kind::Home => text(pattern::home()),
        Kind::Language => text(pattern::LANGUAGE.to_owned()),
        Kind::Item => text(pattern::ITEM.to_owned()),
        Kind::MediaTopic => {
            // The numbers that begin with a zero have seven digits where YAML is read as numbers.
            let written = form(json!(["integer", "string"]), pattern::MEDIA_TOPIC.to_owned());
            within(written, 1_000_000, 99_999_999)
        }
        Kind::Host => text(pattern::HOST.to_owned()),
        Kind::Duration => text(pattern::DURATION.to_owned()),
        Kind::Zone => one_of(&pattern::zones().iter().map(String::as_str).collect::<Vec<_>>()),
        Kind::Known(known) => known_name(*known, choices),
        Kind::List(item, most) => list(value(item, choices), *most),
        Kind::Record(keys) => record(keys, choices),
        Kind::Map(kind) => json!({"type": "object", "additionalProperties": value(kind, choices)}),
        Kind::ByLanguage => json!({"anyOf": [line(), by_language(choices)]}),
        Kind::TextOr(keys) => json!({"anyOf": [line(), record(keys, choices)]}),
        Kind::Any => json!({}),
    }
}

fn within(mut schema: Value, least: u32, most: u32) -> Value {
    schema["minimum"] = json!(least);
    schema["maximum"] = json!(most);
    schema
}

fn line() -> Value {
    json!({"type": ["string", "number"], "pattern": pattern::LINE, MESSAGE: "must be one line, and not empty"})
}

fn list(items: Value, most: usize) -> Value {
    let mut made = json!({"type": "array", "items": items, "minItems": 1});
    if most < usize::MAX {
        made["maxItems"] = json!(most);
    }
    made
}

fn by_language(choices: &Choices) -> Value {
    let own: Map<String, Value> = choices.languages.iter().map(|tag| (tag.clone(), line())).collect();
    json!({
        "type": "object",
        "properties": own,
        "patternProperties": {pattern::LANGUAGE: line()},
        "additionalProperties": false
    })
}

fn known_name(known: Known, choices: &Choices) -> Value {
    match known {
        Known::Topic => term(&choices.topics),
        Known::Agency => term(&choices.agencies),
        Known::Editor => with_examples(&choices.editors.iter().map(String::as_str).collect::<Vec<_>>()),
        Known::Language if choices.languages.is_empty() => value(&Kind::Language, choices),
        Known::Language => json!({"type": "string", "enum": choices.languages}),
    }
}

fn term(vocabulary: &Vocabulary) -> Value {
    let names = vocabulary.names();
    if vocabulary.closed { one_of(&names) } else { with_examples(&names) }
}

/// One of these names: to choose from as they are written, and accepted in any case, as the reader does.
fn one_of(names: &[&str]) -> Value {
    if names.is_empty() {
        return json!({"not": {}});
    }
    json!({"anyOf": [
        {"type": "string", "enum": names},
        {"type": "string", "pattern": pattern::any_case(names), MESSAGE: "is not one of the known names"}
    ]})
}

fn with_examples(names: &[&str]) -> Value {
    let mut made = line();
    if !names.is_empty() {
        made["examples"] = json!(names);
    }
    made
}
