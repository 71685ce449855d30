//! The list of addresses that a build leaves for the next one: where the site is, when it was, and what had each address
//! that must go on answering. A line each, with tabs between; the lines are sorted.

use crate::base::date::{Moment, Zone};
use crate::deliver::published::Was;
use crate::plan::{Kind, Page, lasting};
use crate::press::Edition;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What a list begins with.
const HEAD: &str = "dateline-addresses\t1";

/// Writes the list of an edition, whole or not at all.
pub fn write(edition: &Edition, now: Moment, path: &Path) -> Result<()> {
    let temporary = path.with_extension("new");
    #[expect(clippy::disallowed_methods, reason = "the list is deliver's own")]
    fs::write(&temporary, text(edition, now))
        .and_then(|()| fs::rename(&temporary, path))
        .with_context(|| format!("--addresses: cannot write `{}`", path.display()))
}

/// Reads a list and the address of its site; `None` where it is none.
pub fn read(text: &str) -> Option<(Vec<Was>, String)> {
    let mut lines = text.lines();
    let is_list = lines.next() == Some(HEAD);
    let home = lines.next().filter(|_| is_list)?.strip_prefix("base_url\t")?;
    lines.next()?.strip_prefix("now\t")?;
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let was = |line: &str| {
        let mut cells = line.split('\t');
        Some(Was { path: given(cells.next()?)?, file: given(cells.next()?), id: given(cells.next()?) })
    };
    Some((lines.map(was).collect::<Option<_>>()?, home.to_owned()))
}

fn text(edition: &Edition, now: Moment) -> String {
    let home = &edition.plan.archive.settings.base_url;
    let mut text = format!("{HEAD}\nbase_url\t{home}\nnow\t{}\n", Zone::utc().stamp(now));
    for page in edition.plan.pages.iter().filter(|page| lasting::lasts(&page.path)) {
        text += &format!("{}\t{}\t{}\n", page.path, page.claim.file, id(edition, page).unwrap_or_default());
    }
    text
}

/// The id of the brief whose page it is.
pub fn id<'a>(edition: &'a Edition, page: &Page) -> Option<&'a str> {
    match page.kind {
        Kind::Brief(number) => Some(&edition.plan_of(page).archive.filed(number).brief.id.text),
        _ => None,
    }
}
