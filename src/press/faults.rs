//! What Tera says of a template, as diagnostics with the template's file, line and column.

use crate::base::codes::{self, Code};
use crate::base::report::{Place, Report};
use crate::base::spelling;
use std::ops::Range;
use std::sync::Arc;
use tera::{Error, ErrorKind, ReportError};

/// The file of a template by its name: the site's own, or the default theme's as `default/…`.
pub fn file_of(name: &str) -> Arc<str> {
    if name.starts_with("default/") { name.into() } else { format!("templates/{name}").into() }
}

/// Reports an error met while templates were loaded. `text_of` gives a template's text by its name.
pub fn loading(error: &Error, text_of: &dyn Fn(&str) -> Option<String>, report: &mut Report) {
    match error.kind() {
        ErrorKind::SyntaxError(fault) | ErrorKind::RenderingError(fault) => located(codes::TEMPLATE_SYNTAX, fault, report),
        ErrorKind::CircularExtend { tpl, inheritance_chain } => circle(tpl, inheritance_chain, report),
        ErrorKind::CircularInclude { tpl, include_chain } => circle(tpl, include_chain, report),
        ErrorKind::MissingParent { current, parent } => missing_parent(current, parent, text_of, report),
        other => unknown_names(&other.to_string(), text_of, report),
    }
}

/// Reports an error met while a page was printed.
pub fn printing(error: &Error, layout: &str, page: &str, report: &mut Report) {
    match error.kind() {
        ErrorKind::SyntaxError(fault) | ErrorKind::RenderingError(fault) => {
            let message = format!("{} (while printing `{page}`)", plain(fault.message()));
            let found = report.add(codes::TEMPLATE_VALUE, place(fault.filename(), &fault.span().range), message);
            found.help(value_help(fault.message()));
        }
        other => {
            let message = format!("{other} (while printing `{page}`)");
            report.add(codes::TEMPLATE_VALUE, Place::whole(&file_of(layout)), message).help("see `dateline explain E0503`");
        }
    }
}

fn located(code: Code, fault: &ReportError, report: &mut Report) {
    let found = report.add(code, place(fault.filename(), &fault.span().range), plain(fault.message()));
    found.help("templates are written in Tera 2: https://keats.github.io/tera/docs/");
}

fn place(name: &str, range: &Range<usize>) -> Place {
    Place::new(&file_of(name), range.clone())
}

/// Tera's message in our form: its first letter small, no full stop at its end.
fn plain(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

fn value_help(message: &str) -> &'static str {
    if message.contains("not defined") || message.contains("undefined") || message.contains("not found") {
        "a template sees only what its layout is handed; optional values are there and empty, so test them with `if`"
    } else {
        "see `dateline explain E0503`"
    }
}

fn circle(name: &str, chain: &[String], report: &mut Report) {
    let message = format!("templates lead back to themselves: {}", chain.join(" → "));
    report.add(codes::TEMPLATE_LOOP, Place::whole(&file_of(name)), message).help("take one of these `extends` or `include` out");
}

fn missing_parent(current: &str, parent: &str, text_of: &dyn Fn(&str) -> Option<String>, report: &mut Report) {
    let text = text_of(current).unwrap_or_default();
    let start = text.find(parent).unwrap_or_default();
    let message = format!("there is no template `{parent}` to extend");
    let found = report.add(codes::TEMPLATE_NAME, place(current, &(start..start + parent.len())), message);
    found.help("the default theme's templates are `default/brief.html` and so on");
}

/// Tera gathers what is unknown into one text of several reports: `error: …`, then `--> file:line:column`.
fn unknown_names(text: &str, text_of: &dyn Fn(&str) -> Option<String>, report: &mut Report) {
    for chunk in text.split("\n\n") {
        let message = chunk.lines().next().unwrap_or_default().trim_start_matches("error: ");
        let located = chunk.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let place = located.and_then(|at| parse_place(at, message, text_of));
        let place = place.unwrap_or_else(|| Place::whole(&"templates".into()));
        report.add(codes::TEMPLATE_NAME, place, plain(message)).help(name_help(message));
    }
}

fn parse_place(at: &str, message: &str, text_of: &dyn Fn(&str) -> Option<String>) -> Option<Place> {
    let mut parts = at.rsplitn(3, ':');
    let (column, line): (usize, usize) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let name = parts.next()?;
    let text = text_of(name)?;
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let inside: usize = text[before..].chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
    let length = message.split('`').nth(1).map_or(1, str::len);
    Some(place(name, &(before + inside..before + inside + length)))
}

fn name_help(message: &str) -> String {
    let wanted = message.split('`').nth(1).unwrap_or_default();
    if message.contains("filter") {
        const KNOWN: [&str; 24] = [
            "abs", "capitalize", "default", "first", "float", "get", "indent", "int", "join", "keys", "last", "length",
            "lower", "nth", "plural", "replace", "reverse", "round", "safe", "sort", "split", "title", "truncate", "upper",
        ];
        return spelling::offer(wanted, KNOWN, "see Tera's list of filters; `plural` is dateline's own");
    }
    "`dateline explain E0502` says what templates may name".to_owned()
}
