//! `dateline schema`: JSON Schemas for editors, with the site's own names as choices.

use crate::base::report::Report;
use crate::cli;
use crate::command::{FINE, leaf, messages, site};
use crate::read::choices::{self, Choices};
use crate::read::schema::{self, Subject};
use anyhow::{Context, Result};
use std::path::Path;

/// What every schema of ours has in it.
const MARK: &str = "Made by `dateline schema`";

/// Runs the command.
pub fn run(arguments: &cli::Schema) -> Result<u8> {
    if let (None, None) = (arguments.subject, &arguments.write) {
        overview();
        return Ok(FINE);
    }
    let choices = match site::root(arguments.root.as_deref())? {
        Some(root) => choices_of(&root)?,
        None => Choices::default(),
    };
    match (&arguments.write, arguments.subject) {
        (Some(folder), _) => write(folder, &choices)?,
        (None, Some(subject)) => messages::give(&schema::schema(self::subject(subject), &choices)),
        (None, None) => {}
    }
    Ok(FINE)
}

/// Every schema, by its file's name.
pub fn all(choices: &Choices) -> Vec<leaf::Leaf> {
    let named =
        |subject: Subject| (format!("{}.schema.json", subject.name()), schema::schema(subject, choices));
    Subject::ALL.map(named).into()
}

fn choices_of(root: &Path) -> Result<Choices> {
    let sources = choices::look(root).context("cannot read the site")?;
    let mut report = Report::default();
    let choices = choices::choices(&sources, &mut report);
    if report.has_errors() {
        messages::note("the site has errors, which may hide some of its names; `dateline build` shows them");
    }
    Ok(choices)
}

fn write(folder: &Path, choices: &Choices) -> Result<()> {
    leaf::put(folder, &all(choices), MARK)?;
    for subject in Subject::ALL {
        let path = folder.join(format!("{}.schema.json", subject.name()));
        messages::say(&format!("wrote {}, for {}", path.display(), subject.files()));
    }
    Ok(())
}

fn overview() {
    for subject in Subject::ALL {
        let (name, about, files) = (subject.name(), subject.about(), subject.files());
        messages::say(&format!("{name:<12} {about:<48} {files}"));
    }
}

fn subject(subject: cli::Subject) -> Subject {
    match subject {
        cli::Subject::Brief => Subject::Brief,
        cli::Subject::Translation => Subject::Translation,
        cli::Subject::Topic => Subject::Topic,
        cli::Subject::Page => Subject::Page,
        cli::Subject::Site => Subject::Site,
        cli::Subject::Agencies => Subject::Agencies,
    }
}
