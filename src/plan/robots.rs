//! `robots.txt`, and the empty file that tells GitHub Pages to serve files as they are.

use crate::plan::chrome::{self, Head};
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts};

/// Two pages.
pub fn pages(plan: &Plan) -> Vec<Page> {
    vec![Page::of_site(plan, "robots.txt", Kind::Robots), Page::of_site(plan, ".nojekyll", Kind::NoJekyll)]
}

/// The parts of `robots.txt`, which names the index of the sitemaps.
pub fn parts(plan: &Plan) -> Parts {
    let title = plan.archive.settings.title.clone();
    let head = Head { path: "robots.txt", title, description: None, noindex: false, here: "" };
    let sitemap = plan.archive.settings.absolute("sitemap.xml");
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // the address of the sitemap
        ("sitemap", Part::seal(part::text(&sitemap), vec![plan.archive.settings.file.clone()])),
    ]
}
