//! What is shown for an address that is not there. It may be asked for at any depth, so it alone links from
//! the path of `base_url`.

use crate::plan::chrome::{self, Head};
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts};

/// One page.
pub fn pages(plan: &Plan) -> Vec<Page> {
    vec![Page::of_site(plan, "404.html", Kind::Missing)]
}

/// Its parts.
pub fn parts(plan: &Plan) -> Parts {
    let archive = &plan.archive;
    let title = chrome::title(archive, archive.strings.word("page_not_found"));
    let head = Head { path: "404.html", title, description: None, noindex: true, here: "" };
    let head = chrome::head_value(&head, archive.settings.base_path(), part::none());
    let topics = chrome::bar(archive).iter().map(chrome::topic_term).collect();
    let files = chrome::bar(archive).iter().map(|topic| topic.file.clone());
    vec![
        ("head", Part::seal(head, vec![archive.settings.file.clone()])),
        // the topics of the bar
        ("topics", Part::seal(part::list(topics), files.collect())),
    ]
}
