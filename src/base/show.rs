//! How diagnostics look: the compiler's form for people, one line each, or JSON lines for machines.
//! It is handed the text of files and reads none.

use crate::base::report::{Diagnostic, Report, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// A form in which diagnostics are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form<'a> {
    /// With the line itself and a caret; colour is the terminal's business.
    Human,
    /// `file:line:column: error[E0101]: message`.
    Short,
    /// A JSON object a line.
    Json,
    /// A workflow command of GitHub a line; the site's folder in its repository, empty or with a closing `/`.
    GitHub(&'a str),
}

/// The text of a file as it was when it was read, by its path from the site's root.
pub type TextOf<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A diagnostic as a page can show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawn {
    /// The file, from the site's root.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// As the terminal shows it, without colour.
    pub text: String,
}

/// A place in lines and columns: both from 1, columns in characters; the end is exclusive.
struct Location {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Draws the first `most` diagnostics in a form, each ended by a line break.
pub fn show(report: &Report, form: Form<'_>, most: usize, text_of: TextOf<'_>) -> String {
    let mut shown = String::new();
    for diagnostic in report.sorted().into_iter().take(most) {
        let text = text_of(&diagnostic.place.file);
        shown += &match form {
            Form::Human => human(diagnostic, text.as_deref()),
            Form::Short => short(diagnostic, text.as_deref().unwrap_or_default()),
            Form::Json => json(diagnostic, text.as_deref().unwrap_or_default()),
            Form::GitHub(folder) => github(diagnostic, text.as_deref().unwrap_or_default(), folder),
        };
        shown.push('\n');
    }
    shown
}

/// The first `most` diagnostics, drawn without colour, with their places.
pub fn drawn(report: &Report, most: usize, text_of: TextOf<'_>) -> Vec<Drawn> {
    let draw = |diagnostic: &Diagnostic| {
        let text = text_of(&diagnostic.place.file);
        let at = locate(text.as_deref().unwrap_or_default(), diagnostic);
        let drawn = render(diagnostic, text.as_deref(), &Renderer::plain());
        Drawn { file: diagnostic.place.file.to_string(), line: at.line, column: at.column, text: drawn }
    };
    report.sorted().into_iter().take(most).map(draw).collect()
}

fn human(diagnostic: &Diagnostic, text: Option<&str>) -> String {
    render(diagnostic, text, &Renderer::styled()) + "\n"
}

fn render(diagnostic: &Diagnostic, text: Option<&str>, renderer: &Renderer) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    let source = visible(text.unwrap_or_default());
    let span = clamped(&source, diagnostic.place.start as usize..diagnostic.place.end as usize);
    let snippet = Snippet::source(source.as_str())
        .path(&*diagnostic.place.file)
        .annotation(AnnotationKind::Primary.span(span));
    group = match text {
        Some(text) if !text.is_empty() => group.element(snippet),
        _ => group.element(annotate_snippets::Origin::path(&*diagnostic.place.file)),
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    renderer.render(&[group])
}

fn short(diagnostic: &Diagnostic, text: &str) -> String {
    let at = locate(text, diagnostic);
    let severity = severity_name(diagnostic);
    let (file, code, message) =
        (&diagnostic.place.file, diagnostic.code.name(), visible(&diagnostic.message));
    let help = diagnostic.help.as_ref().map(|help| format!(" ({})", visible(help))).unwrap_or_default();
    format!("{file}:{}:{}: {severity}[{code}]: {message}{help}", at.line, at.column)
}

fn json(diagnostic: &Diagnostic, text: &str) -> String {
    let at = locate(text, diagnostic);
    serde_json::json!({
        "code": diagnostic.code.name(),
        "severity": severity_name(diagnostic),
        "message": diagnostic.message,
        "file": &*diagnostic.place.file,
        "line": at.line,
        "column": at.column,
        "end": { "line": at.end_line, "column": at.end_column },
        "help": diagnostic.help,
    })
    .to_string()
}

/// An annotation: `::error file=…,line=…,col=…,title=E0401::message`.
fn github(diagnostic: &Diagnostic, text: &str, folder: &str) -> String {
    let at = locate(text, diagnostic);
    let file = property(&format!("{folder}{}", diagnostic.place.file));
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let message = escaped(&format!("{}{help}", diagnostic.message));
    let (severity, code) = (severity_name(diagnostic), diagnostic.code.name());
    format!("::{severity} file={file},line={},col={},title={code}::{message}", at.line, at.column)
}

/// A workflow command's message, as GitHub's `@actions/core` writes it.
fn escaped(message: &str) -> String {
    let message = message.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    visible(&message)
}

/// A value before the message, where a colon and a comma mean something too.
fn property(value: &str) -> String {
    escaped(value).replace(':', "%3A").replace(',', "%2C")
}

fn severity_name(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn locate(text: &str, diagnostic: &Diagnostic) -> Location {
    let span = clamped(text, diagnostic.place.start as usize..diagnostic.place.end as usize);
    let (line, column) = line_and_column(text, span.start);
    let (end_line, end_column) = line_and_column(text, span.end);
    Location { line, column, end_line, end_column }
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].trim_start_matches('\u{feff}').chars().count() + 1)
}

/// A span inside the text and on its character boundaries, whatever was asked for.
fn clamped(text: &str, span: Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// Text in which nothing can steer a terminal: control and direction characters stand as a visible sign of
/// the same length in bytes, so that spans still hold.
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\t' => letter,
            '\r' => ' ',
            '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            control if control.is_control() && control.len_utf8() == 1 => '?',
            control if control.is_control() => 'ÿ',
            other => other,
        })
        .collect()
}
