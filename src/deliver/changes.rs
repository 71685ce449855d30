//! Which pages differ between two editions: what a preview says of a round. Fingerprints tell, as in publishing;
//! pages that cannot show what changed are passed over. So are files for programs, such as feeds and search's index,
//! which no reader looks at and which a round does not make until they are asked for.

use crate::plan::{Page, Plan, Shown};
use crate::press::Edition;
use rayon::prelude::*;
use std::sync::Arc;

/// The most pages that are all compared: more would keep an editor waiting for what only the terminal says.
const MOST: usize = 20_000;

/// What differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Changes {
    /// Every page: what all of them show differs.
    All(usize),
    /// These, by path; those that are gone too.
    Pages(Vec<Arc<str>>),
    /// Those of a changed list of pages, too long to be compared.
    Unknown(usize),
}

/// What differs between an edition and the one after it.
pub fn between(before: &Edition, after: &Edition) -> Changes {
    let (old, new) = (&before.plan, &after.plan);
    let pairs = || before.plans().zip(after.plans());
    let of_all = |(old, new): (&Plan, &Plan)| {
        [(&old.site_of_briefs, &new.site_of_briefs), (&old.words, &new.words), (&old.assets, &new.assets)]
            .iter()
            .any(|(old, new)| old.digest != new.digest)
    };
    if before.others.len() != after.others.len() || pairs().any(of_all) {
        return Changes::All(new.pages.len());
    }
    if Arc::ptr_eq(&old.pages, &new.pages) {
        let shown: Vec<Shown> = pairs().map(|(old, new)| Shown::since(new, old)).collect();
        let may_differ =
            |page: &Page| shown.get(usize::from(page.edition)).is_some_and(|shown| shown.may_be_on(page));
        let looks = |edition: &Edition, page: &Page| edition.theme.layouts.get(page.layout()?).copied();
        let looks_other = |page: &Page| looks(before, page) != looks(after, page);
        let pages = new.pages.par_iter();
        let differ =
            pages.filter(|page| looks_other(page) || may_differ(page) && differs(before, after, page));
        return Changes::Pages(differ.map(path).collect());
    }
    if new.pages.len() > MOST {
        return Changes::Unknown(new.pages.len());
    }
    let pages = new.pages.par_iter().filter(|page| !page.is_for_programs() && differs(before, after, page));
    let mut paths: Vec<Arc<str>> = pages.map(path).collect();
    let gone = old.pages.iter().filter(|page| !page.is_for_programs() && after.page(&page.path).is_none());
    paths.extend(gone.map(path));
    paths.sort_unstable();
    Changes::Pages(paths)
}

fn differs(before: &Edition, after: &Edition, page: &Page) -> bool {
    let last = before.page(&page.path);
    last.is_none_or(|last| before.set(last).fingerprint != after.set(page).fingerprint)
}

fn path(page: &Page) -> Arc<str> {
    page.path.clone()
}
