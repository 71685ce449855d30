//! `dateline new`: a brief's file with all that is known filled in, in the folder that the desk uses, and never in
//! place of another.

use crate::archive::filing::{self, Read};
use crate::base::date::{Day, EventDate, Mistake, When};
use crate::base::report::{Diagnostic, Report, Severity};
use crate::base::slug;
use crate::cli::{self, Stage};
use crate::command::habit::{self, Habit};
use crate::command::site::Site;
use crate::command::vocabulary::Vocabulary;
use crate::command::{DIAGNOSTICS, FINE, files, messages, scalar};
use crate::newsroom;
use crate::read::brief::{self, Brief};
use crate::read::sources::Sources;
use crate::read::{agency, kind, settings};
use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::Command;

/// The longest slug that is made of a headline: room is left for a number behind it.
const LONGEST: usize = 72;

/// How many topics or agencies are named when none was given.
const NAMED: usize = 10;

/// A brief that is about to be made.
struct Draft {
    title: String,
    /// As it is written into the file.
    date: String,
    /// The day of the date, in the site's zone.
    day: Day,
    topics: Vec<String>,
    agencies: Vec<String>,
    /// Its language, where it is not the site's first.
    lang: Option<String>,
    slug: String,
}

/// Runs the command.
pub fn run(arguments: &cli::New) -> Result<u8> {
    let site = Site::find(&cli::Site::from(&arguments.desk))?;
    let editor = if arguments.edit { Some(editor()?) } else { None };
    let mut sources = Sources::look(&site.root, |_| None).context("cannot read the site")?;
    let mut report = Report::default();
    let read = newsroom::read(&mut sources, None, site.flags.now, &mut report);
    let (in_the_way, _) = report.part(is_in_the_way);
    if in_the_way.has_errors() {
        let form = cli::Messages { message_format: cli::Form::Human, all: false };
        messages::show(&in_the_way, form, &sources, ": no brief was made");
        return Ok(DIAGNOSTICS);
    }
    let mut topics = Vocabulary::topics(&read);
    let now = read.settings.zone.stamp(site.flags.now);
    let draft = draft(arguments, &read, &mut topics, &now)?;
    let id = free_id(&draft, &read, &mut topics, &site.root);
    let lang = draft.lang.as_ref().map(|lang| format!(".{lang}")).unwrap_or_default();
    let path = site.root.join(format!("{}{id}{lang}.md", brief::FOLDER));
    files::make(&path, &text(&draft, arguments, &id))?;
    messages::say(&path.display().to_string());
    if stage(arguments) == Stage::Draft {
        messages::note("it is a draft: take `status: draft` out when it may be printed");
    }
    editor.map_or(Ok(FINE), |editor| edit(&editor, &path))
}

/// Whether a mistake keeps a brief from being made: what it is made with is not known then.
fn is_in_the_way(found: &Diagnostic) -> bool {
    let file = &*found.place.file;
    let known_by = file == settings::FILE || file == agency::FILE || file.starts_with("content/topics/");
    known_by && found.severity() == Severity::Error
}

fn stage(arguments: &cli::New) -> Stage {
    if arguments.publish { Stage::Published } else { arguments.status }
}

/// What the arguments and the site say of a brief.
fn draft(arguments: &cli::New, read: &Read, topics: &mut Vocabulary, now: &str) -> Result<Draft> {
    let title = one_line("the headline", &arguments.title)?;
    if let Some(place) = &arguments.place {
        one_line("--place", place)?;
    }
    let mut agencies = Vocabulary::agencies(read);
    if arguments.topics.is_empty() {
        bail!("say what it is about by `--topic`: {}", some(topics));
    }
    if arguments.agencies.is_empty() && !arguments.original {
        let agencies = some(&agencies);
        bail!("say who reported it by `--agency`: {agencies}; or `--original` for your own reporting");
    }
    let settings = &read.settings;
    let date = arguments.date.as_deref().map(str::trim).unwrap_or(now).to_owned();
    let when = When::parse(&date, Some(&settings.zone));
    let day = when.map_err(|mistake| not_a_date("--date", &date, mistake))?.day;
    if let Some(event) = &arguments.event_date {
        match EventDate::parse(event.trim()) {
            Ok(Some(_)) => {}
            Ok(None) => bail!("--event-date: `{event}` ends before it begins"),
            Err(mistake) => return Err(not_a_date("--event-date", event, mistake)),
        }
    }
    let lang = arguments.lang.clone().filter(|lang| lang != settings.default_language());
    if let Some(lang) = lang.as_ref().filter(|lang| !settings.languages.contains(lang)) {
        let known: Vec<&str> = settings.languages.iter().map(String::as_str).collect();
        bail!("--lang: `{lang}` is not a language of this site; `languages` has {}", kind::listed(&known));
    }
    Ok(Draft {
        topics: topics.known(&arguments.topics).context("--topic")?,
        agencies: agencies.known(&arguments.agencies).context("--agency")?,
        slug: slug(arguments, &title)?,
        title,
        date,
        day,
        lang,
    })
}

/// The first names of a vocabulary.
fn some(vocabulary: &Vocabulary) -> String {
    let names: Vec<&str> = vocabulary.names.iter().map(|(name, _)| name.as_str()).collect();
    let more = names.len().saturating_sub(NAMED);
    match more {
        0 if names.is_empty() => "none is declared yet".to_owned(),
        0 => kind::listed(&names),
        more => format!("`{}` and {more} more", names[..NAMED].join("`, `")),
    }
}

fn one_line(what: &str, text: &str) -> Result<String> {
    if let Some(why) = scalar::not_one_line(text) {
        bail!("{what} {why}");
    }
    Ok(text.trim().to_owned())
}

fn not_a_date(flag: &str, written: &str, mistake: Mistake) -> anyhow::Error {
    let form = match flag {
        "--date" => "write `2017-11-22`, or a time such as `2017-11-22T14:30:00+01:00`",
        _ => "write `2017-11-21`, `2017-11`, `2017`, or a span such as `2017-11-20/2017-11-22`",
    };
    let why = if mistake == Mistake::NoSuch { "does not exist" } else { "is not a date" };
    anyhow::anyhow!("{flag}: `{written}` {why}; {form}")
}

/// The slug that was given, or as many whole words of the headline as make a good one.
fn slug(arguments: &cli::New, title: &str) -> Result<String> {
    if let Some(slug) = &arguments.slug {
        if !slug::is_slug(slug) {
            bail!("--slug: `{slug}` is not a slug; write 1 to {} of `a-z`, `0-9` and `-`", slug::LONGEST);
        }
        return Ok(slug.clone());
    }
    let whole = slug::slug(title);
    let made = match whole.get(..LONGEST) {
        Some(head) if whole.len() > LONGEST => head.rsplit_once('-').map_or(head, |(words, _)| words),
        _ => &whole,
    };
    if made.is_empty() {
        bail!("no address can be made of the headline; give one by `--slug a-few-words`");
    }
    Ok(made.to_owned())
}

/// The path below `briefs/`, without language and ending, of a file that is not there, whose address and id no
/// other brief has.
fn free_id(draft: &Draft, read: &Read, topics: &mut Vocabulary, root: &Path) -> String {
    let mut newest: Vec<&Brief> = read.briefs.iter().map(|brief| &**brief).collect();
    newest.retain(|brief| !brief.translation);
    newest.sort_by(|a, b| b.date.from.cmp(&a.date.from).then(a.file.cmp(&b.file)));
    let primary = |brief: &Brief, topics: &mut Vocabulary| {
        topics.of(brief.topics.get(..1).unwrap_or_default()).pop().unwrap_or_default().1
    };
    let asked: Vec<(&Brief, String)> =
        newest.iter().take(habit::NEWEST).map(|brief| (*brief, primary(brief, topics))).collect();
    let habit = Habit::of(&asked);
    let name = draft.topics.first().map(String::as_str).unwrap_or_default();
    let declared = topics.names.iter().find(|(known, _)| known == name);
    let topic = declared.map_or_else(|| slug::slug(name), |(_, slug)| slug.clone());
    let lang = draft.lang.as_ref().map(|lang| format!(".{lang}")).unwrap_or_default();
    let is_free = |id: &String, slug: &str| {
        let address = |brief: &Brief| (filing::published(brief, &read.settings.zone).day, brief.slug.clone());
        let taken = |brief: &&Brief| brief.id.text == *id || address(brief) == (draft.day, slug.to_owned());
        let file = root.join(format!("{}{id}{lang}.md", brief::FOLDER));
        file.symlink_metadata().is_err() && (draft.lang.is_some() || !newest.iter().any(taken))
    };
    let numbered = |number: usize| match number {
        1 => draft.slug.clone(),
        number => format!("{}-{number}", draft.slug),
    };
    let named = |slug: String| (habit.path(draft.day, &topic, &slug), slug);
    let first = (1..).map(numbered).map(named).find(|(id, slug)| is_free(id, slug));
    first.map(|(id, _)| id).unwrap_or_default()
}

/// The file's text.
fn text(draft: &Draft, arguments: &cli::New, id: &str) -> String {
    let mut lines = vec![
        format!("title: {}", scalar::scalar(&draft.title)),
        format!("id: {}", scalar::path(id)),
        format!("date: {}", draft.date),
    ];
    lines.extend(arguments.event_date.as_ref().map(|event| format!("event_date: {}", event.trim())));
    lines.push(format!("topics: {}", scalar::list(&draft.topics)));
    if !draft.agencies.is_empty() {
        lines.push(format!("agencies: {}", scalar::list(&draft.agencies)));
    }
    if arguments.original {
        lines.push("original: true".to_owned());
    }
    lines.extend(arguments.place.as_ref().map(|place| format!("place: {}", scalar::scalar(place.trim()))));
    match stage(arguments) {
        Stage::Draft => lines.push("status: draft".to_owned()),
        Stage::Developing => lines.push("status: developing".to_owned()),
        Stage::Published => {}
    }
    format!("---\n{}\n---\n\n", lines.join("\n"))
}

/// The editor that the environment names, as a shell would take its words.
fn editor() -> Result<Vec<String>> {
    #[expect(clippy::disallowed_methods, reason = "the environment names the editor")]
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        std::env::var(name).ok().filter(|line| !line.trim().is_empty()).map(|line| (name, line))
    });
    let Some((name, line)) = named else {
        bail!("--edit: neither VISUAL nor EDITOR names an editor");
    };
    shell_words::split(&line).with_context(|| format!("{name}: `{line}` is no command"))
}

/// Opens a file in an editor and waits for its end.
fn edit(editor: &[String], path: &Path) -> Result<u8> {
    let Some((program, arguments)) = editor.split_first() else { return Ok(FINE) };
    let ended = Command::new(program).args(arguments).arg(path).status();
    let ended = ended.with_context(|| format!("cannot start the editor `{program}`"))?;
    if !ended.success() {
        bail!("the editor `{program}` ended with {ended}");
    }
    Ok(FINE)
}
