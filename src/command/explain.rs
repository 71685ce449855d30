//! `dateline explain`: a code, in a paragraph; or a page: which of its parts differ from what is out, and what
//! each is made from.

use crate::base::codes;
use crate::base::spelling;
use crate::cli;
use crate::command::site::Site;
use crate::command::{DIAGNOSTICS, FINE, WORLD, messages};
use crate::deliver::folder::Folder;
use crate::deliver::ledger::{Ledger, PageEntry};
use crate::newsroom;
use crate::plan::{Kind, Page, Part};
use crate::press::{Edition, Setting};
use crate::read::sources::Sources;
use anyhow::{Context, Result};
use std::sync::Arc;

/// How many sources of a part are named.
const NAMED: usize = 5;

/// Runs the command.
pub fn run(arguments: &cli::Explain) -> Result<u8> {
    if is_code(&arguments.what) {
        return Ok(code(&arguments.what));
    }
    let site = Site::find(&arguments.site)?;
    let mut sources = Sources::look(&site.root, |_| None).context("cannot read the site")?;
    let (edition, report) = newsroom::compose(&mut sources, &site.flags);
    let ledger = Folder::peek(&site.root, &site.out, arguments.site.shard).unwrap_or_default();
    let Some(page) = find(&edition, &arguments.what) else {
        messages::note(&unknown(&edition, &sources, &arguments.what));
        return Ok(WORLD);
    };
    explain(&edition, &ledger, page);
    if page.claim.file.as_ref() == arguments.what.trim_start_matches("./") {
        others(&edition, page);
    }
    if report.has_errors() {
        messages::note("there are errors, so nothing would be printed; `dateline build` shows them");
        return Ok(DIAGNOSTICS);
    }
    Ok(FINE)
}

fn is_code(what: &str) -> bool {
    let (letter, digits) = what.split_at(what.chars().next().map_or(0, char::len_utf8));
    ["E", "W", "e", "w"].contains(&letter)
        && !digits.is_empty()
        && digits.bytes().all(|digit| digit.is_ascii_digit())
}

fn code(name: &str) -> u8 {
    match codes::explanation(name) {
        Some(text) => {
            messages::say(text);
            FINE
        }
        None => {
            let known = codes::ALL.iter().map(|code| code.name());
            let help =
                spelling::offer(name, known, "codes are shown with each diagnostic, as in `error[E0401]`");
            messages::note(&format!("there is no code `{name}`; {help}"));
            WORLD
        }
    }
}

/// The page at an address, or the first that a source claims: its own before redirects, and those before copies.
fn find<'a>(edition: &'a Edition, what: &str) -> Option<&'a Page> {
    let what = what.trim_start_matches("./").trim_start_matches('/');
    let path =
        if what.is_empty() || what.ends_with('/') { format!("{what}index.html") } else { what.to_owned() };
    let with_ending = format!("{path}.html");
    let claimed = edition.plan.pages.iter().filter(|page| &*page.claim.file == what);
    let by_source = || {
        claimed.min_by_key(|page| match (&page.kind, page.layout()) {
            (Kind::Redirect(_), _) => 1,
            (_, None) => 2,
            _ => 0,
        })
    };
    edition.page(&path).or_else(|| edition.page(&with_ending)).or_else(by_source)
}

fn unknown(edition: &Edition, sources: &Sources, what: &str) -> String {
    if sources.get(what.trim_start_matches("./")).is_some() {
        return format!("`{what}` has no page of its own; a brief that is not out has none");
    }
    let pages = edition.plan.pages.iter();
    let known = pages.flat_map(|page| [&*page.path, &*page.claim.file]);
    let help = spelling::offer(what, known, "addresses are those of files in the output folder");
    format!("no page has the address `{what}`, and none is made of a file `{what}`; {help}")
}

fn explain(edition: &Edition, ledger: &Ledger, page: &Page) {
    let setting = edition.set(page);
    let entry = ledger.page(&page.path);
    messages::say(&format!("{}: {}", page.path, verdict(&setting, entry)));
    messages::say(&format!("  claimed by {}", page.claim.file));
    if let Some(layout) = page.layout() {
        messages::say(&format!("  layout {layout}{}", layout_state(&setting, ledger, entry)));
    }
    for (name, part) in &setting.parts {
        messages::say(&format!(
            "  {:<12} {:<8} {}",
            name,
            state(ledger, entry, name, part),
            made_from(&part.sources)
        ));
    }
}

fn verdict(setting: &Setting<'_>, entry: Option<&PageEntry>) -> &'static str {
    match entry {
        None => "would be printed: it is not out",
        Some(entry) if entry.in_flight => "would be printed: the last run was interrupted",
        Some(entry) if entry.fingerprint == setting.fingerprint => "out, as it should be",
        Some(_) => "would be printed: it differs from what is out",
    }
}

/// When every part is the same and the page differs, it is its templates or the generator.
fn layout_state(setting: &Setting<'_>, ledger: &Ledger, entry: Option<&PageEntry>) -> &'static str {
    let Some(entry) = entry.filter(|entry| !entry.in_flight) else { return "" };
    let same = setting.parts.iter().all(|(name, part)| state(ledger, Some(entry), name, part) == "same");
    let differs = entry.fingerprint != setting.fingerprint;
    if same && differs { " differs: a template that it reaches, or dateline itself, has changed" } else { "" }
}

fn state(ledger: &Ledger, entry: Option<&PageEntry>, name: &str, part: &Part) -> &'static str {
    let Some(entry) = entry.filter(|entry| !entry.in_flight) else { return "new" };
    let named = |at: u8| ledger.names.get(usize::from(at)).map(String::as_str);
    match entry.parts.iter().find(|(at, _)| named(*at) == Some(name)) {
        Some((_, digest)) if *digest == part.digest => "same",
        Some(_) => "differs",
        None => "new",
    }
}

fn made_from(sources: &[Arc<str>]) -> String {
    let mut unique: Vec<&str> = Vec::new();
    for source in sources {
        if !unique.contains(&&**source) {
            unique.push(source);
        }
    }
    let rest = unique.len().saturating_sub(NAMED);
    let named = unique[..unique.len() - rest].join(", ");
    match (unique.is_empty(), rest) {
        (true, _) => "no source of its own".to_owned(),
        (_, 0) => named,
        (_, rest) => format!("{named} and {rest} more"),
    }
}

/// The other pages that are made from the source that claims a page.
fn others(edition: &Edition, page: &Page) {
    let file = &page.claim.file;
    let from_it = |other: &&Page| {
        other.path != page.path
            && edition.plan_of(other).parts(other).iter().any(|(_, part)| part.sources.contains(file))
    };
    let found: Vec<&str> = edition.plan.pages.iter().filter(from_it).map(|page| &*page.path).collect();
    match found.len() {
        0 => messages::say("  on no other page"),
        1 => messages::say(&format!("  also on {}", found[0])),
        more => messages::say(&format!("  also on {more} other pages: {}", found.join(", "))),
    }
}
