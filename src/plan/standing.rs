//! Standing pages.

use crate::base::report::Place;
use crate::plan::body;
use crate::plan::chrome::{self, Head};
use crate::plan::description;
use crate::plan::media;
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts};

/// A page for each, and one for each file beside it.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let mut pages = Vec::new();
    for (number, standing) in plan.archive.standing.iter().enumerate() {
        let path = format!("{}.html", standing.slug).into();
        pages.push(Page {
            path,
            kind: Kind::Standing(number as u32),
            claim: Place::whole(&standing.file),
            edition: 0,
        });
        pages.extend(media::files(plan.archive.standing_links[number].iter().flatten(), &standing.file));
    }
    media::once(pages)
}

/// The parts of a standing page.
pub fn parts(plan: &Plan, page: &Page, number: u32) -> Parts {
    let standing = &plan.archive.standing[number as usize];
    let links = &plan.archive.standing_links[number as usize];
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, &standing.title),
        description: description::paragraph(&standing.body.html.text),
        noindex: false,
        here: "",
    };
    let text = body::filled(&standing.body.html, links, page.inside());
    let value = part::record("page").of([
        // its title
        ("title", part::text(&standing.title)),
        // its text, as HTML
        ("body", part::html(&text)),
    ]);
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // the page
        ("page", Part::seal(value, vec![standing.file.clone()])),
    ]
}
