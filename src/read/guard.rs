//! The guard before serde_yaml: reads YAML as events, refuses what could hang or blow up a reader, and keeps
//! the place of every key and value. It knows nothing of what keys mean.

use crate::base::codes::{self, Code};
use crate::base::report::{Place, Report};
use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// The largest front matter, in bytes.
pub const LARGEST: usize = 64 * 1024;
/// The deepest nesting of lists and maps.
pub const DEEPEST: usize = 16;
/// The most keys, values and brackets.
pub const MOST_EVENTS: usize = 5_000;

/// A YAML value's place and shape; the bytes are the file's own.
#[derive(Debug)]
pub struct Outline {
    /// Where the value stands.
    pub span: Range<usize>,
    /// What it is made of.
    pub shape: Shape,
}

/// What a YAML value is made of.
#[derive(Debug)]
pub enum Shape {
    /// A scalar: as written, whether unquoted, and whether a comment follows it on its line.
    Scalar(String, Style),
    /// A list.
    List(Vec<Outline>),
    /// A map: each key's name and place, and its value.
    Map(Vec<(String, Range<usize>, Outline)>),
}

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// In quotes, or as a block.
    Quoted,
    /// Unquoted.
    Plain,
    /// Unquoted, and ` #` follows on the line.
    Cut,
}

/// What stops the guard, and where.
struct Refusal {
    code: Code,
    span: Range<usize>,
    message: String,
    help: &'static str,
}

struct Guard<'a> {
    yaml: &'a str,
    base: usize,
    events: usize,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
}

/// Reads the outline of a YAML document that begins at byte `base` of `file`. `None` for an empty document,
/// and when it is refused, which the report then says.
pub fn outline(yaml: &str, base: usize, file: &Arc<str>, report: &mut Report) -> Option<Outline> {
    let limit = yaml.len() > LARGEST;
    let result = if limit {
        let message = format!("front matter of {} bytes, over 64 KiB", yaml.len());
        Err(refusal(codes::FRONT_TOO_LARGE, base..base + 3, message, "move long texts into the body"))
    } else {
        Guard { yaml, base, events: 0, parser: Parser::new_from_str(yaml) }.document()
    };
    match result {
        Ok(outline) => outline,
        Err(Refusal { code, span, message, help }) => {
            report.add(code, Place::new(file, span), message).help(help);
            None
        }
    }
}

impl<'a> Guard<'a> {
    fn document(mut self) -> Result<Option<Outline>, Refusal> {
        let mut root = None;
        let mut documents = 0;
        while let Some((event, span)) = self.next()? {
            match event {
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        let message = "a second YAML document".to_owned();
                        return Err(refusal(codes::DOCUMENTS, span, message, "keep one document a file"));
                    }
                }
                Event::StreamEnd => break,
                event => root = Some(self.value(event, span, 0)?),
            }
        }
        Ok(root)
    }

    fn next(&mut self) -> Result<Option<(Event<'a>, Range<usize>)>, Refusal> {
        let Some(next) = self.parser.next() else { return Ok(None) };
        let (event, span) = next.map_err(|error| self.syntax(&error))?;
        let span = self.place(&span);
        self.events += 1;
        if self.events > MOST_EVENTS {
            let message = "YAML of more than 5,000 keys and values".to_owned();
            return Err(refusal(codes::TOO_MANY, span, message, "move tables and long lists into the body"));
        }
        Ok(Some((event, span)))
    }

    fn value(&mut self, event: Event<'a>, span: Range<usize>, depth: usize) -> Result<Outline, Refusal> {
        if depth > DEEPEST {
            let message = "YAML nested over 16 levels".to_owned();
            return Err(refusal(codes::TOO_DEEP, span, message, "nothing in a site is nested so deep"));
        }
        plain_yaml(&event, &span)?;
        match event {
            Event::Scalar(text, style, ..) => {
                let style = self.style(style, span.end);
                Ok(Outline { span, shape: Shape::Scalar(text.into_owned(), style) })
            }
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(..) => self.map(span, depth),
            _ => Err(refusal(codes::YAML_SYNTAX, span, "a value is missing".to_owned(), "see `dateline explain E0117`")),
        }
    }

    fn list(&mut self, start: Range<usize>, depth: usize) -> Result<Outline, Refusal> {
        let mut items = Vec::new();
        let mut end = start.end;
        while let Some((event, span)) = self.next()? {
            if event == Event::SequenceEnd {
                end = end.max(span.end);
                break;
            }
            items.push(self.value(event, span, depth + 1)?);
        }
        Ok(Outline { span: start.start..self.trimmed(start.start, end), shape: Shape::List(items) })
    }

    fn map(&mut self, start: Range<usize>, depth: usize) -> Result<Outline, Refusal> {
        let mut entries: Vec<(String, Range<usize>, Outline)> = Vec::new();
        let mut seen = HashSet::new();
        let mut end = start.end;
        while let Some((event, key)) = self.next()? {
            if event == Event::MappingEnd {
                end = end.max(key.end);
                break;
            }
            plain_yaml(&event, &key)?;
            let Event::Scalar(name, ..) = event else {
                return Err(refusal(codes::YAML_SYNTAX, key, "a key is not a word".to_owned(), "quote the text if it is one value"));
            };
            let name = name.into_owned();
            if !seen.insert(name.clone()) {
                let message = format!("the key `{name}` stands twice");
                return Err(refusal(codes::DUPLICATE_KEY, key, message, "keep one of them"));
            }
            let Some((event, span)) = self.next()? else { break };
            let value = self.value(event, span, depth + 1)?;
            entries.push((name, key, value));
        }
        Ok(Outline { span: start.start..self.trimmed(start.start, end), shape: Shape::Map(entries) })
    }

    /// The end of a collection without the white space behind its last value.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        let (start, end) = (start - self.base, end.min(self.base + self.yaml.len()) - self.base);
        let text = self.yaml.get(start..end.max(start)).unwrap_or_default();
        self.base + start + text.trim_end().len()
    }

    fn style(&self, style: ScalarStyle, end: usize) -> Style {
        if style != ScalarStyle::Plain {
            return Style::Quoted;
        }
        let rest = self.yaml.get(end - self.base..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        if line.trim_start().starts_with('#') && line.starts_with([' ', '\t']) { Style::Cut } else { Style::Plain }
    }

    fn place(&self, span: &Span) -> Range<usize> {
        let byte = |marker: granit_parser::Marker| marker.byte_offset().unwrap_or_default().min(self.yaml.len());
        let (start, end) = (byte(span.start), byte(span.end));
        self.base + start..self.base + end.max(start)
    }

    fn syntax(&self, error: &ScanError) -> Refusal {
        let at = error.marker().byte_offset().unwrap_or_default().min(self.yaml.len());
        let span = self.base + at..self.base + at;
        if self.yaml.as_bytes().get(at) == Some(&b'\t') {
            let help = "YAML is indented by spaces";
            return refusal(codes::YAML_SYNTAX, span, "a tab where YAML wants spaces".to_owned(), help);
        }
        let message = format!("YAML cannot be read: {}", error.info());
        refusal(codes::YAML_SYNTAX, span, message, "quote values that hold `: `, `#`, `[`, `{`, `*`, `&`, `@` or quotation marks")
    }
}

/// Refuses anchors, aliases and tags.
fn plain_yaml(event: &Event<'_>, span: &Range<usize>) -> Result<(), Refusal> {
    let what = match event {
        Event::Alias(_) | Event::UnresolvedAlias(_) => "an alias (`*`)",
        _ if event.anchor_id().is_some_and(|id| id > 0) => "an anchor (`&`)",
        _ if event.tag().is_some() => "a tag (`!`)",
        _ => return Ok(()),
    };
    let message = format!("{what} is not allowed here");
    Err(refusal(codes::YAML_FEATURE, span.clone(), message, "write the value itself, in quotes if it begins with that sign"))
}

fn refusal(code: Code, span: Range<usize>, message: String, help: &'static str) -> Refusal {
    Refusal { code, span, message, help }
}
