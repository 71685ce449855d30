//! Claims: every path belongs to one page. Two that claim one path, or paths that only case tells apart, are
//! reported at the later claim.

use crate::base::codes;
use crate::base::report::Report;
use crate::base::slug;
use crate::plan::page::{Kind, Of, Page};
use crate::read::settings;
use rayon::prelude::*;
use std::collections::HashMap;

/// Sorts pages by path and reports those that are in each other's way; the first of them stays.
pub fn check(pages: &mut Vec<Page>, report: &mut Report) {
    pages.par_sort_by(|a, b| (&a.path, is_redirect(a), &a.claim).cmp(&(&b.path, is_redirect(b), &b.claim)));
    pages.dedup_by(|later, first| {
        let same = later.path == first.path;
        if same {
            report_same(first, later, report);
        }
        same
    });
    report_case(pages, report);
    report_folders(pages, report);
}

fn report_same(first: &Page, later: &Page, report: &mut Report) {
    if of_agency(first) && of_agency(later) || of_feed(first) && of_feed(later) {
        return;
    }
    let path = &later.path;
    let (claim, other) = if is_common(later) { (first, later) } else { (later, first) };
    let whose = whose(other);
    let (code, message, help) = match (is_redirect(later), is_redirect(first)) {
        (true, true) => (
            codes::REDIRECT_TAKEN,
            format!("the old address `/{path}` is also one of {whose}"),
            "take one of them out",
        ),
        (true, false) => (
            codes::REDIRECT_TAKEN,
            format!("the old address `/{path}` is that of {whose}"),
            "take it out of `redirect_from`",
        ),
        _ => (
            codes::SAME_ADDRESS,
            format!("the address `/{path}` is also that of {whose}"),
            "give one of them another `slug`, or rename the file",
        ),
    };
    report.add(code, claim.claim.clone(), message).help(help);
}

/// Reports what is a file for one page and a folder for another: no disk can hold both.
fn report_folders(pages: &[Page], report: &mut Report) {
    let mut last = "";
    for page in pages {
        let folder = slug::folder(&page.path);
        let mut inner = if folder == last { "" } else { folder };
        last = folder;
        while !inner.is_empty() {
            if let Ok(at) = pages.binary_search_by(|other| (*other.path).cmp(inner)) {
                let whose = whose(&pages[at]);
                let message = format!("`/{}` lies in `/{inner}`, a file that belongs to {whose}", page.path);
                report
                    .add(codes::SAME_ADDRESS, page.claim.clone(), message)
                    .help("give it an address of its own");
            }
            inner = slug::folder(inner);
        }
    }
}

/// Two agencies of one name have one address; their names are reported.
fn of_agency(page: &Page) -> bool {
    matches!(page.kind, Kind::Agency(_) | Kind::Period(Of::Agency(_), _))
}

/// Two feeds at one address belong to two pages at one address, which are reported.
fn of_feed(page: &Page) -> bool {
    matches!(page.kind, Kind::Feed(..))
}

fn whose(page: &Page) -> String {
    if is_common(page) { "a page of every site".to_owned() } else { format!("`{}`", page.claim.file) }
}

/// Whether no single source claims the page.
fn is_common(page: &Page) -> bool {
    *page.claim.file == *settings::FILE
}

fn report_case(pages: &[Page], report: &mut Report) {
    let mixed =
        |page: &&Page| page.path.bytes().any(|letter| letter.is_ascii_uppercase() || !letter.is_ascii());
    if !pages.iter().any(|page| mixed(&page)) {
        return;
    }
    let mut seen: HashMap<String, &Page> = HashMap::with_capacity(pages.len());
    for page in pages {
        if let Some(other) = seen.insert(page.path.to_lowercase(), page) {
            let (odd, other) = if mixed(&page) { (page, other) } else { (other, page) };
            let message = format!("`/{}` and `/{}` differ only in case", odd.path, other.path);
            let found = report.add(codes::CASE_ADDRESS, odd.claim.clone(), message);
            found.help(format!("many disks cannot hold both; the other belongs to {}", whose(other)));
        }
    }
}

fn is_redirect(page: &Page) -> bool {
    matches!(page.kind, Kind::Redirect(_))
}
