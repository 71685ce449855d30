//! `dateline list`: briefs by topic, agency, day and state, for the desk: those that are not out are listed too.

use crate::archive::filing::{self, Read};
use crate::base::date::{Day, Mistake, Moment, Truncated, When, Zone};
use crate::base::report::Report;
use crate::cli::{self, Listing, State};
use crate::command::site::Site;
use crate::command::vocabulary::Vocabulary;
use crate::command::{DIAGNOSTICS, FINE, messages, table};
use crate::newsroom;
use crate::read::brief::{Brief, Status};
use crate::read::sources::Sources;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::collections::BTreeMap;

/// A brief as the list shows it.
struct Row<'a> {
    brief: &'a Brief,
    published: When,
    state: State,
    topics: Vec<String>,
    agencies: Vec<String>,
}

/// The files of translations by language, by the id of the brief.
type Versions<'a> = BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>;

/// What is asked for.
struct Wanted {
    topics: Vec<String>,
    agencies: Vec<String>,
    since: Option<Day>,
    until: Option<Day>,
    states: Vec<State>,
}

/// Runs the command.
pub fn run(arguments: &cli::List) -> Result<u8> {
    let site = Site::find(&cli::Site::from(&arguments.desk))?;
    let mut sources = Sources::look(&site.root, |_| None).context("cannot read the site")?;
    let mut report = Report::default();
    let read = newsroom::read(&mut sources, None, site.flags.now, &mut report);
    let mut vocabulary = (Vocabulary::topics(&read), Vocabulary::agencies(&read));
    let wanted = wanted(arguments, &mut vocabulary)?;
    let mut rows: Vec<Row<'_>> = read
        .briefs
        .iter()
        .filter(|brief| !brief.translation)
        .map(|brief| row(brief, &read, site.flags.now, &mut vocabulary))
        .filter(|row| wanted.has(row))
        .collect();
    rows.sort_by(|a, b| b.published.from.cmp(&a.published.from).then(a.brief.file.cmp(&b.brief.file)));
    rows.truncate(arguments.limit.unwrap_or(usize::MAX));
    match arguments.format {
        Listing::Table => say_table(&rows),
        Listing::Json => {
            let (zone, versions) = (&read.settings.zone, versions(&read));
            rows.iter().for_each(|row| messages::say(&json(row, zone, &versions)));
        }
        Listing::Paths => rows.iter().for_each(|row| messages::say(&row.brief.file)),
    }
    if rows.is_empty() && arguments.format == Listing::Table {
        messages::note("there is no such brief");
    }
    if report.has_errors() {
        let errors = messages::counted(report.counts().0, "error");
        messages::note(&format!("{errors}: what cannot be read is not listed; `dateline check` shows it"));
        return Ok(DIAGNOSTICS);
    }
    Ok(FINE)
}

fn wanted(arguments: &cli::List, vocabulary: &mut (Vocabulary, Vocabulary)) -> Result<Wanted> {
    let period = |flag: &str, written: &Option<String>| match written.as_deref().map(Truncated::parse) {
        None => Ok(None),
        Some(Ok(date)) => Ok(Some(date)),
        Some(Err(mistake)) => {
            let why = if mistake == Mistake::NoSuch { "does not exist" } else { "is not a day" };
            let written = written.as_deref().unwrap_or_default();
            bail!("{flag}: `{written}` {why}; write `2017-11-22`, `2017-11` or `2017`")
        }
    };
    let day = period("--day", &arguments.day)?;
    let since = period("--since", &arguments.since)?.or(day).map(Truncated::first);
    let until = period("--until", &arguments.until)?.or(day).map(Truncated::last);
    Ok(Wanted {
        topics: vocabulary.0.known(&arguments.topics).context("--topic")?,
        agencies: vocabulary.1.known(&arguments.agencies).context("--agency")?,
        since,
        until,
        states: arguments.status.clone(),
    })
}

impl Wanted {
    fn has(&self, row: &Row<'_>) -> bool {
        let day = row.published.day;
        self.topics.iter().all(|topic| row.topics.contains(topic))
            && self.agencies.iter().all(|agency| row.agencies.contains(agency))
            && self.since.is_none_or(|since| since <= day)
            && self.until.is_none_or(|until| day <= until)
            && (self.states.is_empty() || self.states.contains(&row.state))
    }
}

fn row<'a>(brief: &'a Brief, read: &Read, now: Moment, vocabulary: &mut (Vocabulary, Vocabulary)) -> Row<'a> {
    let published = filing::published(brief, &read.settings.zone);
    let names = |terms: Vec<(String, String)>| terms.into_iter().map(|(name, _)| name).collect();
    Row {
        state: state(brief, published, now),
        topics: names(vocabulary.0.of(&brief.topics)),
        agencies: names(vocabulary.1.of(&brief.agencies)),
        published,
        brief,
    }
}

/// The first state that keeps a brief from readers, else how far it is.
fn state(brief: &Brief, published: When, now: Moment) -> State {
    match brief.status {
        Status::Draft => State::Draft,
        _ if published.from > now => State::Embargoed,
        Status::Withdrawn => State::Withdrawn,
        _ if brief.expires.is_some_and(|expires| expires <= now) => State::Expired,
        Status::Developing => State::Developing,
        Status::Published => State::Published,
    }
}

fn name(state: State) -> &'static str {
    match state {
        State::Draft => "draft",
        State::Embargoed => "embargoed",
        State::Withdrawn => "withdrawn",
        State::Expired => "expired",
        State::Developing => "developing",
        State::Published => "published",
    }
}

fn say_table(rows: &[Row<'_>]) {
    let cells = |row: &Row<'_>| {
        let day = row.published.day.to_string();
        let (topics, agencies) = (row.topics.join(", "), row.agencies.join(", "));
        [day, name(row.state).to_owned(), topics, agencies, row.brief.title.clone()]
    };
    let cells: Vec<_> = rows.iter().map(cells).collect();
    table::table(&cells, table::terminal()).iter().for_each(|line| messages::say(line));
}

/// The files of translations by language, for each brief that has some.
fn versions(read: &Read) -> Versions<'_> {
    let mut versions = Versions::new();
    for brief in read.briefs.iter().filter(|brief| brief.translation) {
        versions.entry(&brief.id.text).or_default().insert(&brief.lang, &brief.file);
    }
    versions
}

/// An object with the same keys for every brief; the README names them.
fn json(row: &Row<'_>, zone: &Zone, versions: &Versions<'_>) -> String {
    let brief = row.brief;
    let when = |when: When| when.at.map_or_else(|| when.day.to_string(), |at| zone.stamp(at));
    let stamp = |moment: Option<Moment>| moment.map(|moment| zone.stamp(moment));
    json!({
        "file": &*brief.file,
        "id": brief.id.text,
        "title": brief.title,
        "state": name(row.state),
        "date": when(brief.date),
        "event_date": brief.event.to_string(),
        "updated": brief.updated.map(when),
        "embargo": stamp(brief.embargo),
        "expires": stamp(brief.expires),
        "topics": row.topics,
        "agencies": row.agencies,
        "editors": brief.editors,
        "place": brief.place,
        "kind": brief.kind,
        "urgency": brief.urgency,
        "address": filing::address(row.published.day, &brief.slug),
        "lang": brief.lang,
        "translations": versions.get(brief.id.text.as_str()).cloned().unwrap_or_default(),
    })
    .to_string()
}
