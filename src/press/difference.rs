//! What differs between two editions of a site, page by page and part by part. It knows neither sources nor folders:
//! the two may be of any two moments, branches or disks.

use crate::base::digest::Digest;
use crate::plan::{Kind, Page};
use crate::press::{Edition, Setting};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A page that differs.
#[derive(Clone, Debug)]
pub struct Difference<'a> {
    /// The page as it is now; as it was, where it is gone.
    pub page: &'a Page,
    /// What became of it.
    pub fate: Fate,
    /// The parts that differ, by name.
    pub parts: Vec<&'static str>,
    /// Whether its templates differ, or the bytes of a file that is copied.
    pub look: bool,
    /// The sources of the parts that differ, then and now.
    pub sources: BTreeSet<Arc<str>>,
}

/// What became of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is new.
    New,
    /// It was at that path: the same brief, elsewhere.
    Moved(Arc<str>),
    /// It has changed.
    Changed,
    /// It is gone.
    Gone,
}

/// Every page that differs, by path.
pub fn between<'a>(before: &'a Edition, after: &'a Edition) -> Vec<Difference<'a>> {
    let gone: Vec<&Page> = before.plan.pages.iter().filter(|page| after.page(&page.path).is_none()).collect();
    let briefs: BTreeMap<(&str, &str), &Page> =
        gone.iter().filter_map(|page| Some((name(before, page)?, *page))).collect();
    let one = |page: &'a Page| {
        let last = before.page(&page.path);
        let moved = || name(after, page).and_then(|name| briefs.get(&name)).copied();
        let (fate, last) = match (last, moved) {
            (Some(last), _) => (Fate::Changed, Some(last)),
            (None, moved) => {
                moved().map_or((Fate::New, None), |last| (Fate::Moved(last.path.clone()), Some(last)))
            }
        };
        let now = after.set(page);
        let Some(last) = last.map(|last| before.set(last)) else { return Some(whole(page, fate, &now)) };
        let differs = last.fingerprint != now.fingerprint || fate != Fate::Changed;
        differs.then(|| {
            let look = looks(before, last.page) != looks(after, page);
            Difference { look, ..compared(page, fate, &last, &now) }
        })
    };
    let mut all: Vec<Difference<'a>> = after.plan.pages.par_iter().filter_map(one).collect();
    let moved: BTreeSet<Arc<str>> = all.iter().filter_map(|one| one.from().cloned()).collect();
    let left = gone.into_iter().filter(|page| !moved.contains(&page.path));
    all.extend(left.map(|page| whole(page, Fate::Gone, &before.set(page))));
    all.sort_by(|a, b| a.page.path.cmp(&b.page.path));
    all
}

impl Difference<'_> {
    /// Where it was before, if it has moved.
    pub fn from(&self) -> Option<&Arc<str>> {
        match &self.fate {
            Fate::Moved(from) => Some(from),
            _ => None,
        }
    }
}

/// What a brief's page is known by in every edition of the site: its language and its id.
fn name<'a>(edition: &'a Edition, page: &Page) -> Option<(&'a str, &'a str)> {
    let Kind::Brief(number) = page.kind else { return None };
    let archive = &edition.plan_of(page).archive;
    Some((archive.settings.language(), &archive.filed(number).brief.id.text))
}

fn whole<'a>(page: &'a Page, fate: Fate, set: &Setting<'_>) -> Difference<'a> {
    let sources = set.parts.iter().flat_map(|(_, part)| part.sources.iter().cloned());
    Difference { page, fate, parts: Vec::new(), look: false, sources: sources.collect() }
}

fn compared<'a>(page: &'a Page, fate: Fate, last: &Setting<'_>, now: &Setting<'_>) -> Difference<'a> {
    let mut parts = Vec::new();
    let mut sources = BTreeSet::new();
    for (name, part) in &now.parts {
        let old = last.parts.iter().find(|(own, _)| own == name).map(|(_, part)| part);
        if old.is_some_and(|old| old.digest == part.digest) {
            continue;
        }
        parts.push(*name);
        let then = old.into_iter().flat_map(|old| old.sources.iter());
        sources.extend(then.chain(part.sources.iter()).cloned());
    }
    Difference { page, fate, parts, look: false, sources }
}

/// The digest of what a page looks like beside its parts.
fn looks(edition: &Edition, page: &Page) -> Option<Digest> {
    match &page.kind {
        Kind::Copy(source) => edition.copies.get(source).copied(),
        Kind::Embedded(bytes) => Some(Digest::of(bytes)),
        _ => edition.theme.layouts.get(page.layout()?).copied(),
    }
}
