//! Structured data: what a page tells machines of itself, as JSON-LD in the terms of schema.org. One file a kind of
//! page; what they share is here. It knows nothing of what readers see.

pub mod brief;
pub mod front;
pub mod topic;

use crate::plan::page::Plan;
use crate::plan::part::{self, Part};
use crate::read::topic::Topic;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Several things as one part, ready to stand in a page's `<script>`.
pub fn part(things: Vec<Value>, sources: Vec<Arc<str>>) -> Part {
    let graph = json!({ "@context": "https://schema.org", "@graph": things });
    // A `<` could end the script that it stands in.
    let text = graph.to_string().replace('<', "\\u003c");
    Part::seal(part::html(&text), sources)
}

/// A thing of a type; properties that say nothing are left out.
fn thing<const N: usize>(kind: &str, properties: [(&str, Value); N]) -> Value {
    let says = |value: &Value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
    let said = properties.into_iter().filter(|(_, value)| says(value));
    let mut made: Map<String, Value> = said.map(|(name, value)| (name.to_owned(), value)).collect();
    made.insert("@type".to_owned(), kind.into());
    made.into()
}

/// Who publishes the site: the publisher, else the site itself.
fn publisher_name(plan: &Plan) -> &str {
    let settings = &plan.archive.settings;
    settings.publisher.as_deref().unwrap_or(&settings.title)
}

/// Who publishes the site, as every page names it.
fn publisher(plan: &Plan) -> Value {
    let settings = &plan.archive.settings;
    let logo = plan.archive.imprint.logo.as_ref().map(|logo| settings.absolute(&logo.address));
    let home = || settings.absolute("");
    thing(
        "NewsMediaOrganization",
        [
            ("name", publisher_name(plan).into()),
            ("url", settings.publisher_url.clone().unwrap_or_else(home).into()),
            ("logo", logo.into()),
        ],
    )
}

/// A topic as what something is about.
fn about(topic: &Topic) -> Value {
    let item = topic.wikidata.as_ref().map(|item| format!("http://www.wikidata.org/entity/{item}"));
    thing("Thing", [("name", topic.name.as_str().into()), ("sameAs", item.into())])
}

/// The way to a page: names with their addresses; the page itself needs none.
fn breadcrumbs(way: &[(&str, Option<String>)]) -> Value {
    let step = |(at, (name, address)): (usize, &(&str, Option<String>))| {
        let item = address.clone();
        thing("ListItem", [("position", (at + 1).into()), ("name", (*name).into()), ("item", item.into())])
    };
    thing("BreadcrumbList", [("itemListElement", way.iter().enumerate().map(step).collect())])
}
