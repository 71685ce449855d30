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
    let same_pages = Arc::ptr_eq(&old.pages, &new.pages);
    let same_theme = Arc::ptr_eq(&before.theme, &after.theme);
    if same_pages && same_theme {
        let shown = Shown::since(new, old);
        return Changes::Pages(differing(
            before,
            after,
            new.pages.par_iter().filter(|page| shown.may_be_on(page)),
        ));
    }
    if new.pages.len() > MOST {
        return Changes::Unknown(new.pages.len());
    }
    let mut paths = differing(before, after, new.pages.par_iter());
    let gone = old.pages.iter().filter(|page| !same_pages && after.page(&page.path).is_none());
    paths.extend(gone.map(|page| page.path.to_string()));
    paths.sort_unstable();
    Changes::Pages(paths)
}

/// The paths of the pages that differ, in their order.
fn differing<'a>(
    before: &Edition,
    after: &Edition,
    pages: impl ParallelIterator<Item = &'a Page>,
) -> Vec<String> {
    let differs = |page: &&Page| {
        let last = before.page(&page.path);
        last.is_none_or(|last| before.set(last).fingerprint != after.set(page).fingerprint)
    };
    pages.filter(differs).map(|page| page.path.to_string()).collect()
}
