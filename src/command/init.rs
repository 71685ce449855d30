//! `dateline init`: a small site that can be built at once. It writes all of its files or none, and never in place of
//! another.

use crate::base::date::{Moment, Zone};
use crate::base::language;
use crate::base::report::Report;
use crate::base::slug;
use crate::cli;
use crate::command::answers::{self, Answers};
use crate::command::site;
use crate::command::{DIAGNOSTICS, FINE, check, files, messages, scalar, schema};
use crate::newsroom::{self, Flags};
use crate::read::sources::Sources;
use crate::read::{agency, brief, choices, kind, settings, theme};
use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const SITE: &str = include_str!("init/site.yaml");
const AGENCIES: &str = include_str!("init/agencies.yaml");
const TOPIC: &str = include_str!("init/topic.md");
const BRIEF: &str = include_str!("init/brief.md");
const ABOUT: &str = include_str!("init/about.md");
const CORRECTIONS: &str = include_str!("init/corrections-policy.md");
const GITIGNORE: &str = include_str!("init/gitignore");
const WORKFLOW: &str = include_str!("init/pages.yml");
const EDITOR: &str = include_str!("init/settings.json");

/// Where the workflow for GitHub Pages lies.
const WORKFLOW_FILE: &str = ".github/workflows/pages.yml";

/// Files by their path from the site's root.
type Files = BTreeMap<String, String>;

/// Where the schemas of a site's files lie; `dateline schema --write` makes them anew.
const SCHEMAS: &str = ".dateline/schemas";

/// Runs the command.
pub fn run(arguments: &cli::Init) -> Result<u8> {
    check_language(&arguments.language)?;
    let now = site::now(arguments.now.as_deref())?;
    let answers = answers::answers(arguments)?;
    let mut files = files(&answers, &arguments.language, now)?;
    wire_schemas(&arguments.dir, &mut files);
    if has_briefs(&arguments.dir) {
        files.retain(|path, _| !path.starts_with(brief::FOLDER));
    }
    let (missing, same) = compare(&arguments.dir, &files)?;
    if !is_sound(&files, now) {
        return Ok(DIAGNOSTICS);
    }
    messages::note(&format!("note: {}", check::PUBLIC));
    for path in &missing {
        files::make(&arguments.dir.join(path), &files[*path])?;
    }
    tell(&arguments.dir, &answers, &missing, &same);
    Ok(FINE)
}

/// A language of which the words of pages are not there would make a site that cannot be built.
fn check_language(tag: &str) -> Result<()> {
    if !language::is_tag(tag) {
        bail!("--language: `{tag}` is not a language tag; write one such as `en`");
    }
    if theme::strings(tag).is_none() {
        let all = theme::templates();
        let known = all.iter().filter_map(|(path, _)| path.strip_prefix("strings/")?.strip_suffix(".yaml"));
        let known = kind::listed(&known.collect::<Vec<_>>());
        bail!(
            "--language: there are no words to make pages with for `{tag}`; write {known}\n  \
             a site in `{tag}` brings its own as `templates/strings/{tag}.yaml`; make one for `en` first, \
             then add that file and change `languages` in `content/site.yaml`"
        );
    }
    Ok(())
}

/// Everything that a new site consists of.
fn files(answers: &Answers, language: &str, now: Moment) -> Result<Files> {
    let zone = Zone::utc();
    let day = zone.day_of(now);
    let id = format!("{:04}/{:02}/an-example-brief", day.year, day.month);
    let topics: Vec<(&String, String)> = answers.topics.iter().map(|name| (name, slug::slug(name))).collect();
    let first = |names: &[String]| scalar::list(&names[..names.len().min(2)]);
    let site = filled(
        SITE,
        &[
            ("title", &scalar::scalar(&answers.title)),
            ("base_url", &answers.base_url),
            ("language", language),
            ("year", &format!("{:04}", day.year)),
        ],
    );
    let brief = filled(
        BRIEF,
        &[
            ("id", &id),
            ("date", &zone.stamp(now)),
            ("topics", &first(&answers.topics)),
            ("agencies", &first(&answers.agencies)),
            ("topic", topics.first().map_or("", |(_, slug)| slug)),
        ],
    );
    let entry = |name: &String| format!("- name: {}\n", scalar::scalar(name));
    let agencies = AGENCIES.to_owned() + &answers.agencies.iter().map(entry).collect::<String>();
    let mut files = Files::from(
        [
            (settings::FILE, site),
            (agency::FILE, agencies),
            ("content/pages/about.md", ABOUT.to_owned()),
            ("content/pages/corrections-policy.md", CORRECTIONS.to_owned()),
            (".gitignore", GITIGNORE.to_owned()),
            (WORKFLOW_FILE, WORKFLOW.to_owned()),
        ]
        .map(|(path, text)| (path.to_owned(), text)),
    );
    files.insert(format!("{}{id}.md", brief::FOLDER), brief);
    for (number, (name, slug)) in topics.iter().enumerate() {
        let order = (number + 1).to_string();
        let text = filled(TOPIC, &[("name", &scalar::scalar(name)), ("order", &order)]);
        files.insert(format!("content/topics/{slug}.md"), text);
    }
    Ok(files)
}

/// A template's text with values in place of their names.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut pieces = template.split('«');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('»').unwrap_or((piece, ""));
        text += values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        text += rest;
    }
    text
}

/// Adds the schemas of a site's files, where there are none yet, and what tells editors where they are: `site.yaml`
/// and `agencies.yaml` name theirs themselves.
fn wire_schemas(root: &Path, files: &mut Files) {
    if !root.join(SCHEMAS).exists() {
        let choices = choices::choices(&Sources::of(&*files), &mut Report::default());
        files.extend(
            schema::all(&choices).into_iter().map(|(name, text)| (format!("{SCHEMAS}/{name}"), text)),
        );
    }
    files.insert(".vscode/settings.json".to_owned(), EDITOR.to_owned());
}

/// Whether a folder holds briefs, so that an example would be in the way.
fn has_briefs(root: &Path) -> bool {
    let sources = Sources::look(root, |_| None);
    sources.is_ok_and(|sources| sources.list.iter().any(|source| source.path.starts_with(brief::FOLDER)))
}

/// The files that are not there, and those that are there as they should be. Any other is refused.
fn compare<'a>(root: &Path, files: &'a Files) -> Result<(Vec<&'a str>, Vec<&'a str>)> {
    let (mut missing, mut same, mut others) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (path, text) in files {
        let there = root.join(path);
        #[expect(clippy::disallowed_methods, reason = "what is there must not be touched")]
        let is_same = !there.is_symlink() && fs::read(&there).is_ok_and(|bytes| bytes == text.as_bytes());
        match in_the_way(root, path) {
            _ if is_same => same.push(path.as_str()),
            Some(other) => drop(others.insert(format!("`{other}`"))),
            None => missing.push(path.as_str()),
        }
    }
    if !others.is_empty() {
        let (folder, others) = (root.display(), others.into_iter().collect::<Vec<_>>().join(", "));
        bail!(
            "in `{folder}` these are in the way, and are not what would be written: {others}: nothing was made\n  \
             move them away, or name another folder"
        );
    }
    Ok((missing, same))
}

/// What stands at a path, or where one of its folders should be.
fn in_the_way<'a>(root: &Path, path: &'a str) -> Option<&'a str> {
    let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    let stands = |path: &&str| root.join(path).symlink_metadata().is_ok();
    folders.find(|folder| stands(folder) && !root.join(folder).is_dir()).or(Some(path).filter(stands))
}

/// Whether a site of these files passes; what is wrong is shown.
fn is_sound(files: &Files, now: Moment) -> bool {
    let mut sources = Sources::of(files.iter().filter(|(path, _)| path.starts_with("content/")));
    let flags = Flags { now, drafts: false, base_url: None, build_id: newsroom::build_id() };
    let (edition, mut report) = newsroom::compose(&mut sources, &flags);
    if !report.has_errors() {
        report.extend(check::proof(&edition));
    }
    let form = cli::Messages { message_format: cli::Form::Human, all: false };
    messages::show(&report, form, &sources, ": nothing was made");
    !report.has_errors()
}

fn tell(root: &Path, answers: &Answers, missing: &[&str], same: &[&str]) {
    let here = root == Path::new(".");
    let shown = |path: &&str| if here { (*path).to_owned() } else { root.join(path).display().to_string() };
    missing.iter().for_each(|path| messages::say(&format!("made {}", shown(path))));
    if !same.is_empty() {
        messages::say(&format!("{} there already", messages::counted(same.len(), "file")));
    }
    if missing.contains(&WORKFLOW_FILE) {
        messages::say(&format!("to publish on GitHub Pages, write into {}:", shown(&WORKFLOW_FILE)));
        messages::say("  DATELINE_SOURCE: the address that you cloned or installed dateline from");
        messages::say(
            "  DATELINE_COMMIT: what `git rev-parse HEAD` says in a clone of it (or DATELINE_RELEASE)",
        );
    }
    let quoted = |text: &String| shell_words::quote(text).into_owned();
    let (topic, agency) = (answers.topics.first().map(quoted), answers.agencies.first().map(quoted));
    let (topic, agency) = (topic.unwrap_or_default(), agency.unwrap_or_default());
    let folder = if here { String::new() } else { format!("cd {} && ", quoted(&root.display().to_string())) };
    messages::say("next:");
    messages::say(&format!("  {folder}dateline serve"));
    messages::say(&format!("  dateline new 'A headline' --topic {topic} --agency {agency}"));
}
