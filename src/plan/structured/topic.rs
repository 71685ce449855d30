//! A topic's page in the terms of schema.org: a collection, what it is about, and the newest of what it lists.

use crate::plan::page::{Page, Plan};
use crate::plan::part::Part;
use crate::plan::structured::{Said, about, breadcrumbs, part, text};

/// What a topic's page says of itself. `latest` are the briefs that it shows.
pub fn structured(plan: &Plan, page: &Page, number: u32, latest: &[u32]) -> Part {
    let (archive, settings) = (&plan.archive, &plan.archive.settings);
    let topic = &archive.topics[number as usize];
    let imprint = &archive.imprint;
    let image = imprint.topic_images[number as usize].as_ref().or(imprint.image.as_ref());
    let collection = Said::thing(
        "CollectionPage",
        [
            ("url", text(settings.absolute(page.inside()))),
            ("name", text(&topic.name)),
            ("inLanguage", text(settings.language())),
            ("about", about(topic)),
            ("image", image.map(|image| settings.absolute(&image.address)).into()),
            ("mainEntity", list(plan, latest)),
        ],
    );
    let all = (archive.strings.word("topics"), Some(settings.absolute("topics.html")));
    let way = breadcrumbs(vec![all, (&topic.name, None)]);
    part(vec![collection, way], vec![topic.file.clone(), settings.file.clone()])
}

fn list(plan: &Plan, numbers: &[u32]) -> Said<'static> {
    let item = |(at, &number): (usize, &u32)| {
        let address = plan.archive.settings.absolute(&plan.archive.filed(number).address);
        Said::thing("ListItem", [("position", Said::Number(at + 1)), ("url", text(address))])
    };
    let items = numbers.iter().enumerate().map(item).collect();
    Said::thing("ItemList", [("itemListElement", Said::List(items))])
}
