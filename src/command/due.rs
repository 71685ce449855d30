//! `dateline due`: which briefs change by themselves, and when. It looks at no output: whether what is due was built is
//! known to whoever says `--since`.

use crate::archive::due::{self, Turn};
use crate::archive::filing;
use crate::base::date::{Moment, Zone};
use crate::base::report::Report;
use crate::cli::{self, Tabular};
use crate::command::site::{self, Site};
use crate::command::{FINE, WORLD, messages, table};
use crate::newsroom;
use crate::read::brief::Brief;
use crate::read::sources::Sources;
use anyhow::{Context, Result, bail};
use serde_json::json;

/// The status that says that nothing is due.
const NOTHING: u8 = 1;

/// A brief that changes at a moment.
struct Row<'a> {
    at: Moment,
    turn: Turn,
    brief: &'a Brief,
    /// Whether the moment is over.
    due: bool,
}

/// Runs the command.
pub fn run(arguments: &cli::Due) -> Result<u8> {
    let site = Site::find(&cli::Site::from(&arguments.desk))?;
    let now = site.flags.now;
    let since = since(arguments.since.as_deref(), now)?;
    let mut sources = Sources::look(&site.root, |_| None).context("cannot read the site")?;
    let mut report = Report::default();
    let read = newsroom::read(&mut sources, None, now, &mut report);
    let zone = &read.settings.zone;
    let row = |brief, (at, turn)| Row { at, turn, brief, due: at <= now };
    let briefs = read.briefs.iter().filter(|brief| !brief.translation);
    let rows = briefs.flat_map(|brief| due::turns(brief, zone).into_iter().map(move |turn| row(brief, turn)));
    let mut rows: Vec<Row<'_>> = rows.filter(|row| since < row.at).collect();
    rows.sort_by(|a, b| (a.at, &a.brief.file, a.turn).cmp(&(b.at, &b.brief.file, b.turn)));
    match arguments.format {
        Tabular::Table => say_table(&rows, zone),
        Tabular::Json => rows.iter().for_each(|row| messages::say(&json(row, zone))),
    }
    if report.has_errors() {
        let errors = messages::counted(report.counts().0, "error");
        messages::note(&format!("{errors}: what cannot be read is not known; `dateline check` shows it"));
        return Ok(WORLD);
    }
    if rows.is_empty() && arguments.format == Tabular::Table {
        messages::note("nothing is due, and nothing comes");
    }
    let is_due = arguments.since.is_none() || rows.iter().any(|row| row.due);
    Ok(if is_due { FINE } else { NOTHING })
}

/// After which moment changes are told.
fn since(given: Option<&str>, now: Moment) -> Result<Moment> {
    let Some(text) = given else { return Ok(now) };
    let since = site::moment("--since", text)?;
    if since > now {
        bail!("--since: `{text}` is later than now, {}", Zone::utc().stamp(now));
    }
    Ok(since)
}

fn name(turn: Turn) -> &'static str {
    match turn {
        Turn::Embargo => "embargo",
        Turn::Date => "date",
        Turn::Expiry => "expiry",
    }
}

fn say_table(rows: &[Row<'_>], zone: &Zone) {
    let cells = |row: &Row<'_>| {
        let (when, state) = (zone.stamp(row.at), if row.due { "due" } else { "to come" });
        let (turn, file) = (name(row.turn).to_owned(), row.brief.file.to_string());
        [when, state.to_owned(), turn, file, row.brief.title.clone()]
    };
    let cells: Vec<_> = rows.iter().map(cells).collect();
    table::table(&cells, table::terminal()).iter().for_each(|line| messages::say(line));
}

/// An object with the same keys for every change; the README names them.
fn json(row: &Row<'_>, zone: &Zone) -> String {
    let brief = row.brief;
    let day = filing::published(brief, zone).day;
    json!({
        "at": zone.stamp(row.at),
        "change": name(row.turn),
        "due": row.due,
        "file": &*brief.file,
        "id": brief.id.text,
        "title": brief.title,
        "address": filing::address(day, &brief.slug),
    })
    .to_string()
}
