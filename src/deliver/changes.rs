//! Which pages differ between two editions: what a preview says of a round. Fingerprints tell, as in publishing;
//! pages that cannot show what changed are passed over.

use crate::plan::{Page, Shown};
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
    Pages(Vec<String>),
    /// Those of a changed list of pages, too long to be compared.
    Unknown(usize),
}

/// What differs between an edition and the one after it.
pub fn between(before: &Edition, after: &Edition) -> Changes {
    let (old, new) = (&before.plan, &after.plan);
    let of_all = [(&old.site, &new.site), (&old.words, &new.words), (&old.assets, &new.assets)];
    if of_all.iter().any(|(old, new)| old.digest != new.digest) {
        return Changes::All(new.pages.len());
    }
    if Arc::ptr_eq(&old.pages, &new.pages) {
        let shown = Shown::since(new, old);
        let looks = |edition: &Edition, page: &Page| edition.theme.layouts.get(page.layout()?).copied();
        let looks_other = |page: &Page| looks(before, page) != looks(after, page);
        let pages = new.pages.par_iter();
        let differ =
            pages.filter(|page| looks_other(page) || shown.may_be_on(page) && differs(before, after, page));
        return Changes::Pages(differ.map(path).collect());
    }
    if new.pages.len() > MOST {
        return Changes::Unknown(new.pages.len());
    }
    let pages = new.pages.par_iter().filter(|page| differs(before, after, page));
    let mut paths: Vec<String> = pages.map(path).collect();
    paths.extend(old.pages.iter().filter(|page| after.page(&page.path).is_none()).map(path));
    paths.sort_unstable();
    Changes::Pages(paths)
}

fn differs(before: &Edition, after: &Edition, page: &Page) -> bool {
    let last = before.page(&page.path);
    last.is_none_or(|last| before.set(last).fingerprint != after.set(page).fingerprint)
}

fn path(page: &Page) -> String {
    page.path.to_string()
}
