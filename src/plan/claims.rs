//! Claims: every path belongs to one page. Two that claim one path, or paths that only case tells apart, are
//! reported at the later claim.

use crate::base::codes;
use crate::base::report::Report;
use crate::plan::page::{Kind, Page};
use std::collections::HashMap;

/// Sorts pages by path and reports those that are in each other's way; the first of them stays.
pub fn check(pages: &mut Vec<Page>, report: &mut Report) {
    pages.sort_by(|a, b| (&a.path, is_redirect(a), &a.claim).cmp(&(&b.path, is_redirect(b), &b.claim)));
    pages.dedup_by(|later, first| {
        let same = later.path == first.path;
        if same {
            report_same(first, later, report);
        }
        same
    });
    report_case(pages, report);
}

fn report_same(first: &Page, later: &Page, report: &mut Report) {
    let path = &later.path;
    let other = &first.claim.file;
    let (code, message, help) = match is_redirect(later) {
        true => (codes::REDIRECT_TAKEN, format!("the old address `/{path}` is a page's, of `{other}`"), "take it out of `redirect_from`"),
        false => (codes::SAME_ADDRESS, format!("the address `/{path}` is also that of `{other}`"), "give one of them another `slug`, or rename the file"),
    };
    report.add(code, later.claim.clone(), message).help(help);
}

fn report_case(pages: &[Page], report: &mut Report) {
    let mixed = |page: &&Page| page.path.bytes().any(|letter| letter.is_ascii_uppercase() || !letter.is_ascii());
    if !pages.iter().any(|page| mixed(&page)) {
        return;
    }
    let mut seen: HashMap<String, &Page> = HashMap::with_capacity(pages.len());
    for page in pages {
        if let Some(other) = seen.insert(page.path.to_lowercase(), page) {
            let message = format!("`/{}` and `/{}` differ only in case", page.path, other.path);
            let found = report.add(codes::CASE_ADDRESS, page.claim.clone(), message);
            found.help(format!("many disks cannot hold both; the other is of `{}`", other.claim.file));
        }
    }
}

fn is_redirect(page: &Page) -> bool {
    matches!(page.kind, Kind::Redirect(_))
}
