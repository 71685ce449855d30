//! `dateline theme`: the files of the default theme, what they are handed, and copies of them to change.

use crate::base::spelling;
use crate::cli::{self, Listing, ThemeCommand};
use crate::command::{FINE, WORLD, files, messages, site, table};
use crate::plan::handed;
use crate::press::stock::{self, Item};
use crate::read::sources::Sources;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// The folders of a site that hold its theme.
const FOLDERS: [&str; 2] = ["templates", "static"];

/// Runs the command.
pub fn run(arguments: &cli::Theme) -> Result<u8> {
    match &arguments.command {
        ThemeCommand::List(arguments) => list(arguments),
        ThemeCommand::Parts(arguments) => Ok(parts(arguments)),
        ThemeCommand::Eject(arguments) => eject(arguments),
    }
}

fn list(arguments: &cli::ThemeList) -> Result<u8> {
    let own = match site::root(arguments.root.as_deref())? {
        Some(root) => own_files(&root)?,
        None => BTreeSet::new(),
    };
    let items = stock::items();
    match arguments.format {
        Listing::Table => {
            let cells = |item: &Item| {
                let own = if own.contains(&item.file) { "the site's own" } else { "" };
                [item.name.clone(), item.kind.name().to_owned(), own.to_owned(), item.about()]
            };
            let cells: Vec<_> = items.iter().map(cells).collect();
            table::table(&cells, table::terminal()).iter().for_each(|line| messages::say(line));
        }
        Listing::Json => items.iter().for_each(|item| messages::say(&object(item, &own))),
        Listing::Paths => items.iter().for_each(|item| messages::say(&item.file)),
    }
    Ok(FINE)
}

/// The files that a site has in the folders of its theme, by their paths.
fn own_files(root: &Path) -> Result<BTreeSet<String>> {
    let below = FOLDERS.map(|folder| Sources::look_below(root, folder));
    let below = below.into_iter().collect::<std::io::Result<Vec<_>>>().context("cannot read the site")?;
    Ok(below.into_iter().flatten().map(|source| source.path.to_string()).collect())
}

fn object(item: &Item, own: &BTreeSet<String>) -> String {
    json!({
        "name": item.name,
        "kind": item.kind.name(),
        "file": item.file,
        "overridden": own.contains(&item.file),
        "about": item.about(),
    })
    .to_string()
}

fn parts(arguments: &cli::ThemeParts) -> u8 {
    let Some(wanted) = &arguments.layout else {
        messages::give(handed::TEXT);
        return FINE;
    };
    let sections: Vec<&str> = handed::sections().collect();
    let known = [wanted.clone(), format!("{wanted}.html")];
    let found = known.iter().find_map(|name| handed::section(name));
    match found {
        Some(text) => {
            messages::say(text);
            FINE
        }
        None => {
            let help = spelling::offer(wanted, sections, "`dateline theme list` names the layouts");
            messages::note(&format!("there is no layout `{wanted}`; {help}"));
            WORLD
        }
    }
}

fn eject(arguments: &cli::ThemeEject) -> Result<u8> {
    let items = stock::items();
    let wanted = arguments.file.as_str();
    let Some(item) = items.iter().find(|item| wanted == item.name || wanted == item.file) else {
        let names = items.iter().map(|item| item.name.as_str());
        let help = spelling::offer(wanted, names, "`dateline theme list` names the files there are");
        bail!("the default theme has no file `{wanted}`; {help}");
    };
    let Some(root) = site::root(arguments.root.as_deref())? else {
        bail!("here is no site; name one by `--root`, or begin one by `dateline init`");
    };
    let path = root.join(&item.file);
    if path.symlink_metadata().is_ok() {
        bail!("`{}` is there already, and stays as it is", item.file);
    }
    files::make(&path, &item.copy())?;
    messages::say(&item.file);
    Ok(FINE)
}
