//! Saying things: diagnostics in the form asked for, and the lines of a command.

use crate::base::report::Report;
use crate::base::show::{self, Form};
use crate::cli;
use crate::press::theme;
use crate::read::sources::Sources;
use std::io::Write;

/// How many diagnostics are shown when not all are asked for.
const MOST: usize = 50;

/// Shows a report, and says how many there are; `held` is what errors keep from happening.
pub fn show(report: &Report, messages: cli::Messages, sources: &Sources, held: &str) {
    if report.is_empty() {
        return;
    }
    let most = if messages.all { usize::MAX } else { MOST };
    let text_of = |file: &str| sources.text(file).or_else(|| theme::default_text(file));
    let form = match messages.message_format {
        cli::Form::Human => Form::Human,
        cli::Form::Short => Form::Short,
        cli::Form::Json => Form::Json,
    };
    let shown = show::show(report, form, most, &text_of);
    if form == Form::Json {
        let _ = write!(std::io::stdout(), "{shown}");
        return;
    }
    let _ = write!(anstream::stderr(), "{shown}{}", summary(report, most, held));
}

/// `3 errors, 1 warning`, and how many of them are not shown.
fn summary(report: &Report, most: usize, held: &str) -> String {
    let (errors, warnings) = report.counts();
    let counted = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        n => Some(format!("{n} {what}s")),
    };
    let counts: Vec<String> =
        [counted(errors, "error"), counted(warnings, "warning")].into_iter().flatten().collect();
    let hidden = report.sorted().len().saturating_sub(most);
    let rest =
        if hidden > 0 { format!(", {hidden} more not shown (--all shows them)") } else { String::new() };
    let outcome = if errors > 0 { format!(": {held}") } else { String::new() };
    format!("{}{rest}{outcome}\n", counts.join(", "))
}

/// What errors keep from happening when a site is built.
pub const NOT_PUBLISHED: &str = "nothing was published";

/// Says a line on standard output; a closed pipe is no one's mistake.
pub fn say(line: &str) {
    let _ = writeln!(anstream::stdout(), "{line}");
}

/// Says a text as it is on standard output: no terminal has a part in it.
pub fn give(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Says a line on standard error.
pub fn note(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}
