//! Redirects: a page at each old address that leads to the new one.

use crate::base::report::Place;
use crate::plan::chrome::{self, Head};
use crate::plan::lasting;
use crate::plan::page::{Kind, Of, Page, Plan};
use crate::plan::part::{self, Part, Parts};
use crate::plan::period;
use crate::read::agency;
use crate::read::fields::Spanned;
use std::sync::Arc;

/// Where an old address leads now.
#[derive(Clone, Debug)]
pub enum To {
    /// A brief, by its number.
    Brief(u32),
    /// Another page: its address and its title.
    Page(Arc<(String, String)>),
}

impl To {
    fn page(address: String, title: String) -> To {
        To::Page(Arc::new((address, title)))
    }
}

/// A page for each old address, those of a topic's and an agency's periods included.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let archive = &plan.archive;
    let mut pages = Vec::new();
    for (number, filed) in archive.briefs.iter().enumerate() {
        let to = To::Brief(number as u32);
        pages.extend(
            filed
                .brief
                .redirect_from
                .iter()
                .map(|old| page(&lasting::file(&old.text), &to, old, &filed.brief.file)),
        );
    }
    for standing in &archive.standing {
        let to = To::page(format!("{}.html", standing.slug), standing.title.clone());
        pages.extend(
            standing
                .redirect_from
                .iter()
                .map(|old| page(&lasting::file(&old.text), &to, old, &standing.file)),
        );
    }
    for (number, topic) in archive.topics.iter().enumerate() {
        let of = Of::Topic(number as u32);
        for old in &topic.redirect_from {
            pages.extend(with_periods(plan, of, old, &topic.file));
        }
    }
    for (number, agency) in archive.agencies.iter().enumerate() {
        let of = Of::Agency(number as u32);
        for old in &agency.redirect_from {
            pages.extend(with_periods(plan, of, old, &agency::file()));
        }
    }
    pages
}

/// The parts of a redirect.
pub fn parts(plan: &Plan, page: &Page, to: &To) -> Parts {
    let (address, title) = match to {
        To::Brief(number) => {
            (&*plan.archive.filed(*number).address, &plan.archive.filed(*number).brief.title)
        }
        To::Page(page) => (&*page.0, &page.1),
    };
    let head = Head { path: page.inside(), title: title.clone(), description: None, noindex: true, here: "" };
    let value = part::record("target").of([
        // where the page is now
        ("address", part::text(address)),
        // its title
        ("title", part::text(title)),
        // its whole address
        ("canonical", part::text(&plan.archive.settings.absolute(address))),
    ]);
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // where the address leads now
        ("to", Part::seal(value, vec![page.claim.file.clone()])),
    ]
}

fn with_periods(plan: &Plan, of: Of, old: &Spanned, file: &Arc<str>) -> Vec<Page> {
    let (name, address) = period::whose(plan, of);
    let (old_path, stem) = (lasting::file(&old.text), stem(&old.text));
    let mut pages = vec![page(&old_path, &To::page(address, name.clone()), old, file)];
    for inner in plan.shelf(of).periods.all() {
        let strings = &plan.archive.strings;
        let title = format!("{name}{}{}", strings.word("comma"), strings.long(inner.date));
        let to = To::page(period::address(plan, of, inner.date), title);
        pages.push(page(&format!("{stem}/{}.html", inner.date), &to, old, file));
    }
    pages
}

fn page(path: &str, to: &To, old: &Spanned, file: &Arc<str>) -> Page {
    let claim = Place { file: file.clone(), start: old.start, end: old.end };
    Page { path: path.into(), kind: Kind::Redirect(to.clone()), claim, edition: 0 }
}

/// The folder of what belongs to an old address: periods and feeds.
pub fn stem(old: &str) -> String {
    lasting::file(old).trim_end_matches(".html").trim_end_matches("/index").to_owned()
}
