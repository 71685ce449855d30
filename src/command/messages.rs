//! Saying things: diagnostics in the form asked for, and the lines of a command.

use crate::base::report::Report;
use crate::base::show::{self, Form};
use crate::cli;
use crate::command::site;
use crate::press::theme;
use crate::read::sources::Sources;
use std::io::Write;

/// How many diagnostics are shown when not all are asked for.
const MOST: usize = 50;

/// Shows a report, and says how many there are and, where there are errors, what came of them.
pub fn show(report: &Report, messages: cli::Messages, sources: &Sources, outcome: &str) {
    if report.is_empty() {
        return;
    }
    let most = if messages.all { usize::MAX } else { MOST };
    let text_of = |file: &str| sources.text(file).or_else(|| theme::default_text(file));
    let folder = if messages.message_format == cli::Form::Github {
        site::in_repository(&sources.root)
    } else {
        String::new()
    };
    let form = match messages.message_format {
        cli::Form::Human => Form::Human,
        cli::Form::Short => Form::Short,
        cli::Form::Json => Form::Json,
        cli::Form::Github => Form::GitHub(&folder),
    };
    let shown = show::show(report, form, most, &text_of);
    match form {
        Form::Human | Form::Short => {
            let _ = write!(anstream::stderr(), "{shown}{}", summary(report, most, outcome));
        }
        Form::Json => {
            let _ = write!(std::io::stdout(), "{shown}");
        }
        Form::GitHub(_) => {
            let _ = write!(std::io::stdout(), "{shown}");
            let _ = write!(anstream::stderr(), "{}", summary(report, most, outcome));
        }
    }
}

/// `3 errors, 1 warning`, and how many of them are not shown.
fn summary(report: &Report, most: usize, outcome: &str) -> String {
    let (errors, warnings) = report.counts();
    let counts = [(errors, "error"), (warnings, "warning")];
    let counts: Vec<String> =
        counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| counted(n, what)).collect();
    let hidden = report.sorted().len().saturating_sub(most);
    let rest =
        if hidden > 0 { format!(", {hidden} more not shown (--all shows them)") } else { String::new() };
    let outcome = if errors > 0 { outcome } else { "" };
    format!("{}{rest}{outcome}\n", counts.join(", "))
}

/// `1 file`, `2 files`.
pub fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Says what is no mistake, and worth knowing, in the form that diagnostics have.
pub fn notice(text: &str, form: cli::Form) {
    match form {
        cli::Form::Github => say(&format!("::notice title=dateline::{text}")),
        _ => note(&format!("note: {text}")),
    }
}

/// What errors keep from happening when a site is built.
pub const NOT_PUBLISHED: &str = ": nothing was published";

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
