//! What Tera says of a template, as diagnostics with the template's file, line and column.

use crate::base::codes;
use crate::base::report::{Place, Report};
use crate::base::spelling;
use crate::read::kind::listed;
use crate::read::theme as default;
use std::ops::Range;
use std::sync::Arc;
use tera::{Error, ErrorKind, ReportError};

/// The file of a template by its name: the site's own, or the default theme's as `default/…`.
pub fn file_of(name: &str) -> Arc<str> {
    if name.starts_with("default/") { name.into() } else { format!("templates/{name}").into() }
}

/// How a message of Tera's goes on with what there is, and how that list begins.
const THERE_IS: [&str; 2] = [". Available ", ". Possible "];

/// The words that begin a tag.
const TAGS: [&str; 12] = [
    "block",
    "break",
    "component",
    "continue",
    "extends",
    "filter",
    "for",
    "if",
    "include",
    "raw",
    "set",
    "set_global",
];

/// Reports an error met while templates were loaded. `text_of` gives a template's text by its name.
pub fn loading(error: &Error, text_of: &dyn Fn(&str) -> Option<String>, report: &mut Report) {
    match error.kind() {
        ErrorKind::SyntaxError(fault) | ErrorKind::RenderingError(fault) => broken(fault, text_of, report),
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
            let whole = fault.message();
            let at = THERE_IS.iter().find_map(|mark| whole.find(mark)).unwrap_or(whole.len());
            let message = format!("{} (while printing `{page}`)", plain(&whole[..at]));
            let found =
                report.add(codes::TEMPLATE_VALUE, place(fault.filename(), &fault.span().range), message);
            found.help(value_help(&whole[..at], &whole[at..]));
        }
        other => {
            let message = format!("{other} (while printing `{page}`)");
            report
                .add(codes::TEMPLATE_VALUE, Place::whole(&file_of(layout)), message)
                .help("see `dateline explain E0503`");
        }
    }
}

fn broken(fault: &ReportError, text_of: &dyn Fn(&str) -> Option<String>, report: &mut Report) {
    let range = &fault.span().range;
    let text = text_of(fault.filename()).unwrap_or_default();
    let word = text.get(range.clone()).unwrap_or_default();
    let (message, help) = match plain(fault.message()) {
        message if message != "unknown tag" => (message, "see `dateline explain E0501`".to_owned()),
        _ if word.starts_with("end") || word.starts_with("el") => (
            format!("`{word}` closes nothing that is open here"),
            "before it, an `endif`, `endfor`, `endblock` or another end is missing".to_owned(),
        ),
        message => (
            format!("{message} `{word}`"),
            spelling::offer(word, TAGS, &format!("tags are {}", listed(&TAGS))),
        ),
    };
    report.add(codes::TEMPLATE_SYNTAX, place(fault.filename(), range), message).help(help);
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

/// `there_is` is Tera's list of the names that could have stood there, after a colon.
fn value_help(message: &str, there_is: &str) -> String {
    let wanted = message.split('`').nth(1).unwrap_or_default();
    let names: Vec<&str> = there_is.split_once(':').map_or("", |(_, list)| list).split(',').collect();
    let names: Vec<&str> =
        names.into_iter().map(|name| name.trim().trim_matches('`')).filter(|name| !name.is_empty()).collect();
    match names.is_empty() {
        true => "see `dateline explain E0503`".to_owned(),
        false => spelling::offer(wanted, names.iter().copied(), &format!("it may be {}", listed(&names))),
    }
}

fn circle(name: &str, chain: &[String], report: &mut Report) {
    let mut names: Vec<&str> = chain.iter().map(String::as_str).collect();
    if names.len() < 2 {
        names = vec![name, name];
    }
    let message = format!("templates lead back to themselves: `{}`", names.join("` → `"));
    let found = report.add(codes::TEMPLATE_LOOP, Place::whole(&file_of(name)), message);
    found.help("take one of these `extends` or `include` out; the default theme's template is `default/…`");
}

fn missing_parent(
    current: &str,
    parent: &str,
    text_of: &dyn Fn(&str) -> Option<String>,
    report: &mut Report,
) {
    let text = text_of(current).unwrap_or_default();
    let start = text.find(parent).unwrap_or_default();
    let message = format!("there is no template `{parent}` to extend");
    let found = report.add(codes::TEMPLATE_NAME, place(current, &(start..start + parent.len())), message);
    found.help(template_help(parent));
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
            "abs",
            "capitalize",
            "default",
            "first",
            "float",
            "get",
            "indent",
            "int",
            "join",
            "keys",
            "last",
            "length",
            "lower",
            "nth",
            "plural",
            "replace",
            "reverse",
            "round",
            "safe",
            "sort",
            "split",
            "title",
            "truncate",
            "upper",
        ];
        return spelling::offer(wanted, KNOWN, "see Tera's list of filters; `plural` is dateline's own");
    }
    if message.to_lowercase().contains("unknown template") {
        return template_help(wanted);
    }
    if message.contains("component") {
        let known = components();
        return spelling::offer(wanted, known.iter().map(String::as_str), "see `dateline explain E0502`");
    }
    "see `dateline explain E0502`".to_owned()
}

fn template_help(wanted: &str) -> String {
    let known = default::templates();
    let names = known.iter().map(|(name, _)| name.as_str());
    spelling::offer(wanted, names, "the default theme's templates are `default/brief.html` and so on")
}

/// The names of the default theme's components.
fn components() -> Vec<String> {
    let templates = default::templates();
    let defined = templates.iter().flat_map(|(_, text)| text.split("component ").skip(1));
    defined
        .filter_map(|rest| Some(rest.split_once('(')?.0.to_owned()))
        .filter(|name| !name.contains(' '))
        .collect()
}
