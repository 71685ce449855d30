//! `dateline diff`: what a reader would find changed between two states of a site: by source, page and part. Both are
//! composed at the same moment, with the same flags; nothing is printed or published.

use crate::base::digest::Digest;
use crate::cli::{self, Tabular};
use crate::command::site::{self, Site};
use crate::command::{DIAGNOSTICS, FINE, messages};
use crate::newsroom;
use crate::plan::{Kind, Page};
use crate::press::Edition;
use crate::press::difference::{self, Difference, Fate};
use crate::read::sources::Sources;
use anyhow::{Context, Result};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// How many of the sources that a page differs by are named above it.
const NAMED: usize = 3;

/// A state of a site.
struct State {
    sources: Sources,
    edition: Arc<Edition>,
    errors: usize,
}

/// Runs the command.
pub fn run(arguments: &cli::Diff) -> Result<u8> {
    let (now, drafts) = (arguments.now.clone(), arguments.drafts);
    let of = |root: Option<&Path>| cli::Site {
        drafts,
        ..cli::Site::from(&cli::Desk { root: root.map(Path::to_owned), now: now.clone() })
    };
    site::root(Some(&arguments.before))?;
    let site = Site::find(&of(arguments.after.as_deref()))?;
    let before = state(&arguments.before, &site)?;
    let after = state(&site.root, &site)?;
    let changed = changed(&before.sources, &after.sources);
    let differences = difference::between(&before.edition, &after.edition);
    let edition_of =
        |one: &Difference<'_>| if one.fate == Fate::Gone { &before.edition } else { &after.edition };
    match arguments.format {
        Tabular::Json => differences
            .iter()
            .for_each(|one| messages::say(&json(one, edition_of(one), &because(one, &changed)))),
        Tabular::Table => tell(&differences, &changed),
    }
    let mut status = FINE;
    for (root, state) in [(&arguments.before, &before), (&site.root, &after)] {
        if state.errors > 0 {
            let errors = messages::counted(state.errors, "error");
            let root = root.display();
            messages::note(&format!("{errors} in `{root}`: what cannot be read is not compared"));
            status = DIAGNOSTICS;
        }
    }
    std::mem::forget((before.edition, after.edition));
    Ok(status)
}

fn state(root: &Path, site: &Site) -> Result<State> {
    let read = || format!("cannot read the site `{}`", root.display());
    let mut sources = Sources::look(root, |_| None).with_context(read)?;
    let (edition, report) = newsroom::compose(&mut sources, &site.flags);
    sources.forget();
    Ok(State { sources, edition, errors: report.counts().0 })
}

/// The sources that differ, each with the sign of what became of it.
fn changed(before: &Sources, after: &Sources) -> BTreeMap<Arc<str>, char> {
    let digests = |sources: &Sources| -> BTreeMap<Arc<str>, Digest> {
        sources.list.iter().map(|source| (source.path.clone(), source.digest)).collect()
    };
    let (before, after) = (digests(before), digests(after));
    let gone = before.keys().filter(|path| !after.contains_key(*path)).map(|path| (path.clone(), '-'));
    let stays = after.iter().filter_map(|(path, digest)| match before.get(path) {
        None => Some((path.clone(), '+')),
        Some(last) => (last != digest).then(|| (path.clone(), '~')),
    });
    gone.chain(stays).collect()
}

/// The sources that differ and that the differing parts of a page are made from.
fn because<'a>(one: &'a Difference<'_>, changed: &BTreeMap<Arc<str>, char>) -> BTreeSet<&'a str> {
    let sources = one.sources.iter().chain([&one.page.claim.file]);
    sources.filter(|source| changed.contains_key(*source)).map(|source| &**source).collect()
}

/// Each page once: below the source that it differs by, below the several that it differs by, or below none.
fn tell(differences: &[Difference<'_>], changed: &BTreeMap<Arc<str>, char>) {
    let mut pages: BTreeMap<BTreeSet<&str>, Vec<&Difference<'_>>> = BTreeMap::new();
    for one in differences {
        pages.entry(because(one, changed)).or_default().push(one);
    }
    let lines = |pages: Option<Vec<&Difference<'_>>>| {
        pages.into_iter().flatten().for_each(|one| messages::say(&line(one)));
    };
    for (file, sign) in changed {
        messages::say(&format!("{sign} {file}"));
        lines(pages.remove(&BTreeSet::from([&**file])));
    }
    let by_none = pages.remove(&BTreeSet::new());
    for (sources, pages) in pages {
        messages::say(&format!("by {}", named(&sources)));
        lines(Some(pages));
    }
    if by_none.is_some() {
        messages::say("by no single source");
        lines(by_none);
    }
    let count = |is_so: fn(&Fate) -> bool| differences.iter().filter(|one| is_so(&one.fate)).count();
    messages::say(&format!(
        "{} new, {} moved, {} changed, {} gone",
        count(|fate| *fate == Fate::New),
        count(|fate| matches!(fate, Fate::Moved(_))),
        count(|fate| *fate == Fate::Changed),
        count(|fate| *fate == Fate::Gone)
    ));
}

/// The first few of several sources; the JSON has all.
fn named(sources: &BTreeSet<&str>) -> String {
    let mut names: Vec<String> = sources.iter().take(NAMED).map(|source| (*source).to_owned()).collect();
    if sources.len() > NAMED {
        names.push(format!("{} more", sources.len() - NAMED));
    }
    let last = names.pop().unwrap_or_default();
    format!("{} and {last}", names.join(", "))
}

fn line(one: &Difference<'_>) -> String {
    let mut what = one.parts.clone();
    what.extend(one.look.then_some(if one.page.layout().is_some() { "templates" } else { "bytes" }));
    let what = if what.is_empty() { String::new() } else { format!(": {}", what.join(", ")) };
    let from = one.from().map(|from| format!(" from {from}")).unwrap_or_default();
    format!("    {} {}{from}{what}", one.page.path, fate(one))
}

fn fate(one: &Difference<'_>) -> &'static str {
    match one.fate {
        Fate::New => "new",
        Fate::Moved(_) => "moved",
        Fate::Changed => "changed",
        Fate::Gone => "gone",
    }
}

/// An object with the same keys for every page; the README names them.
fn json(one: &Difference<'_>, edition: &Edition, because: &BTreeSet<&str>) -> String {
    let (id, title) = brief(edition, one.page).unzip();
    json!({
        "address": &*one.page.path,
        "change": fate(one),
        "from": one.from().map(|from| &**from),
        "source": &*one.page.claim.file,
        "id": id,
        "title": title,
        "parts": one.parts,
        "look": one.look,
        "because": because,
    })
    .to_string()
}

/// The id and the headline of the brief whose page it is.
fn brief<'a>(edition: &'a Edition, page: &Page) -> Option<(&'a str, &'a str)> {
    let Kind::Brief(number) = page.kind else { return None };
    let brief = &edition.plan_of(page).archive.filed(number).brief;
    Some((&brief.id.text, &brief.title))
}
