//! Nothing vanishes: an address that was out and would be gone is an error, with what had it and what to do.

use crate::base::codes;
use crate::base::report::{Place, Report};
use crate::base::slug;
use crate::base::spelling;
use crate::deliver::published::{Published, Was, list};
use crate::plan::{Kind, Page, lasting};
use crate::press::Edition;
use crate::read::settings;
use std::collections::HashSet;

/// Reports every address that was out and would be gone.
pub fn check(edition: &Edition, published: &Published) -> Report {
    let mut report = Report::default();
    if let Some(stranger) = &published.stranger {
        let home = &edition.plan.archive.settings.base_url;
        let message = format!(
            "`{}` is of another site: it has `{stranger}`, and this site will be at `{home}`",
            published.source
        );
        report.add(codes::OTHER_SITE, Place::whole(&settings::FILE.into()), message).help(
            "give what was out of this site; where the site has moved, say where it was by `--base-url`",
        );
        return report;
    }
    let is_gone = |was: &&Was| edition.page(&was.path).is_none();
    let gone: Vec<&Was> = published.addresses.iter().filter(is_gone).collect();
    if gone.is_empty() {
        return report;
    }
    let newcomers = newcomers(edition, published);
    // A page's old address brings its feeds back too, so that saying it once is enough.
    let beside = |was: &Was| Some(lasting::page(&was.path)).filter(|page| *page != was.path);
    let with_its_page =
        |was: &Was| beside(was).is_some_and(|page| gone.iter().any(|other| other.path == page));
    for was in gone.iter().copied().filter(|was| !with_its_page(was)) {
        let successor = successor(edition, &newcomers, was);
        let own = was.file.as_ref().filter(|file| file.ends_with(".md"));
        let owner = own.map_or_else(|| lasting::owner(&was.path), |file| format!("`{file}`"));
        let file = successor.map(|page| page.claim.file.clone());
        let file = file.or_else(|| was.file.as_deref().map(Into::into));
        let place = Place::whole(&file.unwrap_or_else(|| settings::FILE.into()));
        let message = format!("`/{}` was out and would be gone: {owner} had it", was.path);
        report.add(codes::GONE, place, message).help(help(edition, was, successor));
    }
    report
}

/// The pages at addresses that were not out.
fn newcomers<'a>(edition: &'a Edition, published: &Published) -> Vec<&'a Page> {
    let known: HashSet<&str> = published.addresses.iter().map(|was| &*was.path).collect();
    let is_new = |page: &&Page| page.layout().is_some() && !is_redirect(page) && !known.contains(&*page.path);
    edition.plan.pages.iter().filter(is_new).filter(|page| lasting::lasts(&page.path)).collect()
}

/// The page that has the place of one that is gone: the brief of its id, the page of its source, a new page of its
/// name, or a new one in its folder of a name like it.
fn successor<'a>(edition: &'a Edition, newcomers: &[&'a Page], was: &Was) -> Option<&'a Page> {
    let of_edition = |page: &&Page| language(edition, &page.path) == language(edition, &was.path);
    let pages = || edition.plan.pages.iter().filter(of_edition).filter(|page| page.layout().is_some());
    let name = slug::file_name(&was.path);
    let (of_brief, folder) = (lasting::is_of_brief(&was.path), slug::folder(&was.path));
    let of_id = || pages().find(|page| was.id.is_some() && list::id(edition, page) == was.id.as_deref());
    let of_file = || {
        let is_it = |page: &&Page| was.file.as_deref() == Some(&*page.claim.file);
        let mut found = pages().filter(|page| is_it(page) && !is_redirect(page));
        found.next().filter(|_| found.next().is_none())
    };
    let alike = || {
        newcomers
            .iter()
            .copied()
            .filter(of_edition)
            .filter(|page| lasting::is_of_brief(&page.path) == of_brief)
    };
    let of_name = || alike().find(|page| slug::file_name(&page.path) == name);
    let near = || {
        let beside = || alike().filter(|page| slug::folder(&page.path) == folder);
        let nearest = spelling::nearest(name, beside().map(|page| slug::file_name(&page.path)))?;
        beside().find(|page| slug::file_name(&page.path) == nearest)
    };
    of_id().or_else(of_file).or_else(of_name).or_else(near)
}

fn help(edition: &Edition, was: &Was, successor: Option<&Page>) -> String {
    let folder = language(edition, &was.path);
    let page = lasting::page(&was.path);
    let old = page.strip_prefix(folder).unwrap_or(&page);
    let line = format!("`redirect_from: [/{old}]`");
    match successor {
        Some(page) => format!("add {line} to `{}`, which has `/{}` now", page.claim.file, page.path),
        None if lasting::is_of_brief(&was.path) => format!(
            "add {line} to what has its place; a brief that has none keeps its address by `status: withdrawn`"
        ),
        None => format!("add {line} to what has its place"),
    }
}

/// The folder of the language that an address is in.
fn language<'a>(edition: &'a Edition, path: &str) -> &'a str {
    let folders = edition.others.iter().map(|plan| &*plan.archive.settings.folder);
    folders.into_iter().find(|folder| path.starts_with(folder)).unwrap_or_default()
}

fn is_redirect(page: &Page) -> bool {
    matches!(page.kind, Kind::Redirect(_))
}
