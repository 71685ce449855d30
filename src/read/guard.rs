//! The guard before serde_yaml: reads YAML as events, refuses what could hang or blow up a reader, and keeps
//! the place of every key and value. It knows nothing of what keys mean.

use crate::base::codes::{self, Code};
use crate::base::report::{Place, Report};
use crate::read::text;
use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span};
use std::borrow::Cow;
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
pub struct Outline<'a> {
    /// Where the value stands.
    pub span: Range<usize>,
    /// What it is made of.
    pub shape: Shape<'a>,
}

/// What a YAML value is made of.
#[derive(Debug)]
pub enum Shape<'a> {
    /// A scalar: as written, whether unquoted, and whether a comment follows it on its line.
    Scalar(Cow<'a, str>, Style),
    /// A list.
    List(Vec<Outline<'a>>),
    /// A map: each key's name and place, and its value.
    Map(Vec<(String, Range<usize>, Outline<'a>)>),
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

/// What the guard makes of a document.
#[derive(Debug)]
pub enum Read<'a> {
    /// It may be read, and this is what it is made of.
    Outline(Outline<'a>),
    /// There is nothing in it.
    Empty,
    /// It may not be read; the report says why.
    Refused,
}

/// Reads the outline of a YAML document that begins at byte `base` of `file`.
pub fn outline<'a>(yaml: &'a str, base: usize, file: &Arc<str>, report: &mut Report) -> Read<'a> {
    let result = if yaml.len() > LARGEST {
        let what = if file.ends_with(".md") { "front matter" } else { "YAML" };
        let message = format!("{what} of {} bytes, over 64 KiB", yaml.len());
        Err(refusal(
            codes::FRONT_TOO_LARGE,
            base..base + 3,
            message,
            "keep long texts in bodies, and tables in `static/`",
        ))
    } else {
        let mut options = Options::default();
        options.disallow_directives = true;
        Guard { yaml, base, events: 0, parser: Parser::new_from_str_with_options(yaml, options) }.document()
    };
    match result {
        Ok(outline) => outline.map_or(Read::Empty, Read::Outline),
        // What a control character breaks was said of the text already.
        Err(refused) if refused.code == codes::YAML_SYNTAX && yaml.chars().any(text::is_forbidden) => {
            Read::Refused
        }
        Err(Refusal { code, span, message, help }) => {
            report.add(code, Place::new(file, span), message).help(help);
            Read::Refused
        }
    }
}

impl<'a> Guard<'a> {
    fn document(mut self) -> Result<Option<Outline<'a>>, Refusal> {
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

    fn value(&mut self, event: Event<'a>, span: Range<usize>, depth: usize) -> Result<Outline<'a>, Refusal> {
        if depth > DEEPEST {
            let (code, message, help) = too_deep();
            return Err(refusal(code, span, message, help));
        }
        self.plain_yaml(&event, &span)?;
        match event {
            Event::Scalar(text, style, ..) => {
                let style = self.style(style, span.end);
                let span = span.start..self.trimmed(span.start, span.end);
                Ok(Outline { span, shape: Shape::Scalar(text, style) })
            }
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(..) => self.map(span, depth),
            _ => Err(refusal(
                codes::YAML_SYNTAX,
                span,
                "a value is missing".to_owned(),
                "see `dateline explain E0117`",
            )),
        }
    }

    fn list(&mut self, start: Range<usize>, depth: usize) -> Result<Outline<'a>, Refusal> {
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

    fn map(&mut self, start: Range<usize>, depth: usize) -> Result<Outline<'a>, Refusal> {
        let mut entries: Vec<(String, Range<usize>, Outline<'a>)> = Vec::new();
        let mut end = start.end;
        while let Some((event, key)) = self.next()? {
            if event == Event::MappingEnd {
                end = end.max(key.end);
                break;
            }
            self.plain_yaml(&event, &key)?;
            let Event::Scalar(name, ..) = event else {
                return Err(refusal(
                    codes::YAML_SYNTAX,
                    key,
                    "a key is not a word".to_owned(),
                    "quote the text if it is one value",
                ));
            };
            let name = name.into_owned();
            if entries.iter().any(|(other, ..)| *other == name) {
                let message = format!("the key `{name}` stands twice");
                return Err(refusal(codes::DUPLICATE_KEY, key, message, "keep one of them"));
            }
            let Some((event, span)) = self.next()? else { break };
            let value = self.value(event, span, depth + 1)?;
            entries.push((name, key, value));
        }
        Ok(Outline { span: start.start..self.trimmed(start.start, end), shape: Shape::Map(entries) })
    }

    /// The end of a value without the white space behind it.
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
        if line.trim_start().starts_with('#') && line.starts_with([' ', '\t']) {
            Style::Cut
        } else {
            Style::Plain
        }
    }

    fn place(&self, span: &Span) -> Range<usize> {
        let byte =
            |marker: granit_parser::Marker| marker.byte_offset().unwrap_or_default().min(self.yaml.len());
        let (start, end) = (byte(span.start), byte(span.end));
        self.base + start..self.base + end.max(start)
    }

    fn syntax(&self, error: &ScanError) -> Refusal {
        let at = error.marker().byte_offset().unwrap_or_default().min(self.yaml.len());
        let span = self.base + at..self.base + at;
        if self.indented_by_tab(at) {
            let help = "YAML is indented by spaces";
            return refusal(codes::YAML_SYNTAX, span, "a tab where YAML wants spaces".to_owned(), help);
        }
        if matches!(error.kind(), ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement)
            && let Some(refused) = self.cause_of_colon(at)
        {
            return refused;
        }
        let (code, message, help) = said(error);
        refusal(code, span, message, help)
    }

    /// What comes before a colon that the parser did not expect, and is the mistake itself.
    fn cause_of_colon(&self, at: usize) -> Option<Refusal> {
        let before = &self.yaml[..at];
        let open = before.rfind(['[', '{']).filter(|open| !before[*open..].contains([']', '}']));
        if let Some(open) = open.filter(|open| before[*open..].contains('\n')) {
            let span = self.base + open..self.base + open + 1;
            let message = format!("`{}` is never closed", &before[open..open + 1]);
            return Some(refusal(codes::YAML_SYNTAX, span, message, "close it, or put the value in quotes"));
        }
        let above = before.lines().rev().nth(1)?;
        let start = above.as_ptr() as usize - self.yaml.as_ptr() as usize;
        let colon = above
            .find(':')
            .filter(|colon| above[..*colon].bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))?;
        let tight = above[colon + 1..].starts_with(|next: char| !next.is_whitespace());
        let span = self.base + start + colon..self.base + start + colon + 1;
        let message = "no space behind a colon".to_owned();
        tight.then(|| refusal(codes::YAML_SYNTAX, span, message, "write `key: value`, with a space"))
    }

    /// Whether a tab stands in the white space before a byte, or there.
    fn indented_by_tab(&self, at: usize) -> bool {
        let before = &self.yaml[..at];
        let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
        before[before.len() - indent..].contains('\t') || self.yaml[at..].starts_with('\t')
    }

    /// Refuses anchors, aliases and tags.
    fn plain_yaml(&self, event: &Event<'_>, span: &Range<usize>) -> Result<(), Refusal> {
        let (what, sign) = match event {
            Event::Alias(_) | Event::UnresolvedAlias(_) => ("an alias (`*`)", '*'),
            _ if event.anchor_id().is_some_and(|id| id > 0) => ("an anchor (`&`)", '&'),
            _ if event.tag().is_some() => ("a tag (`!`)", '!'),
            _ => return Ok(()),
        };
        Err(not_plain(what, self.sign_before(span, sign)))
    }

    /// The word that begins with a sign and stands before a value on its line; else the value.
    fn sign_before(&self, span: &Range<usize>, sign: char) -> Range<usize> {
        let before = &self.yaml[..span.start - self.base];
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let spaced =
            |(at, _): &(usize, _)| *at == 0 || before[line..line + *at].ends_with([' ', '[', ',', '{']);
        let Some((at, _)) = before[line..].match_indices(sign).rfind(spaced) else { return span.clone() };
        let word = before[line + at..].split([' ', ',', ']', '}']).next().unwrap_or_default();
        self.base + line + at..self.base + line + at + word.len()
    }
}

fn not_plain(what: &str, span: Range<usize>) -> Refusal {
    let message = format!("{what} is not allowed here");
    refusal(
        codes::YAML_FEATURE,
        span,
        message,
        "write the value itself, in quotes if it begins with that sign",
    )
}

/// What the parser stumbled over, in words for a desk: code, message and help.
fn said(error: &ScanError) -> (Code, String, &'static str) {
    const SIGNS: &str = "put the value in quotes: YAML keeps the sign for itself";
    let (message, help) = match error.kind() {
        ErrorKind::RecursionLimitExceeded => return too_deep(),
        ErrorKind::DirectiveDisallowed => {
            return (
                codes::YAML_FEATURE,
                "a directive (`%`) is not allowed here".to_owned(),
                "take the line out, or put the value in quotes",
            );
        }
        ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => {
            return (
                codes::YAML_FEATURE,
                "an alias (`*`) or an anchor (`&`) is not allowed here".to_owned(),
                SIGNS,
            );
        }
        ErrorKind::UndeclaredTagHandle | ErrorKind::InvalidTagTerminator | ErrorKind::MissingTagUri => {
            return (codes::YAML_FEATURE, "a tag (`!`) is not allowed here".to_owned(), SIGNS);
        }
        ErrorKind::UnexpectedCharacter { character } => {
            (format!("a value cannot begin with `{character}`"), SIGNS)
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => (
            "a colon where no key can end".to_owned(),
            "put a value that holds `: ` in quotes, and begin keys of one map in one column",
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "text behind a closing quotation mark".to_owned(),
            "put the whole value in `'…'`, or leave its own quotation marks out",
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar => (
            "text behind a closing quotation mark".to_owned(),
            "put the whole value in `\"…\"`, or leave its own quotation marks out",
        ),
        ErrorKind::UnclosedQuotedScalar => {
            ("a quotation mark that is never closed".to_owned(), "close it at the end of the value")
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            (format!("`{open}` is never closed"), "close it, or put the value in quotes")
        }
        ErrorKind::ExpectedFlowSequenceSeparator | ErrorKind::InvalidFlowScalarIndent => (
            "a list that is not closed, or lacks a comma".to_owned(),
            "end it with `]`, put a comma between entries, and quotes around entries that hold `: `",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey => {
            ("no `key: value` here".to_owned(), "write a key, a colon and a space before the value")
        }
        _ => (
            format!("YAML cannot be read: {}", error.info()),
            "quote values that hold `: `, `#`, `[`, `{`, `*`, `&`, `@` or quotation marks",
        ),
    };
    (codes::YAML_SYNTAX, message, help)
}

fn too_deep() -> (Code, String, &'static str) {
    (codes::TOO_DEEP, "YAML nested over 16 levels".to_owned(), "nothing in a site is nested so deep")
}

fn refusal(code: Code, span: Range<usize>, message: String, help: &'static str) -> Refusal {
    Refusal { code, span, message, help }
}
