//! A topic's page in the terms of schema.org: a collection, what it is about, and the newest of what it lists.

use crate::plan::page::{Page, Plan};
use crate::plan::part::Part;
use crate::plan::structured::{about, breadcrumbs, part, thing};
use serde_json::Value;

/// What a topic's page says of itself. `latest` are the briefs that it shows.
pub fn structured(plan: &Plan, page: &Page, number: u32, latest: &[u32]) -> Part {
    let (archive, settings) = (&plan.archive, &plan.archive.settings);
    let topic = &archive.topics[number as usize];
    let imprint = &archive.imprint;
    let image = imprint.topic_images[number as usize].as_ref().or(imprint.image.as_ref());
    let collection = thing(
        "CollectionPage",
        [
            ("url", settings.absolute(page.inside()).into()),
            ("name", topic.name.as_str().into()),
            ("inLanguage", settings.language().into()),
            ("about", about(topic)),
            ("image", image.map(|image| settings.absolute(&image.address)).into()),
            ("mainEntity", list(plan, latest)),
        ],
    );
    let all = (archive.strings.word("topics"), Some(settings.absolute("topics.html")));
    let way = breadcrumbs(&[all, (&topic.name, None)]);
    part(vec![collection, way], vec![topic.file.clone(), settings.file.clone()])
}

fn list(plan: &Plan, numbers: &[u32]) -> Value {
    let item = |(at, &number): (usize, &u32)| {
        let address = plan.archive.settings.absolute(&plan.archive.filed(number).address);
        thing("ListItem", [("position", (at + 1).into()), ("url", address.into())])
    };
    thing("ItemList", [("itemListElement", numbers.iter().enumerate().map(item).collect())])
}
