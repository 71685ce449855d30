//! Structured data: what a page tells machines of itself, as JSON-LD in the terms of schema.org. One file a kind of
//! page; what they share is here. It knows nothing of what readers see.

pub mod brief;
pub mod front;
pub mod topic;

use crate::plan::page::Plan;
use crate::plan::part::{self, Part};
use crate::read::topic::Topic;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::borrow::Cow;
use std::sync::Arc;

/// What is said of something.
enum Said<'a> {
    /// Nothing: it is left out.
    Nothing,
    Text(Cow<'a, str>),
    Number(usize),
    List(Vec<Said<'a>>),
    /// A thing: its properties, of which the first is its type.
    Thing(Vec<(&'static str, Said<'a>)>),
}

impl<'a> Said<'a> {
    /// A thing of a type.
    fn thing<const N: usize>(kind: &'static str, properties: [(&'static str, Said<'a>); N]) -> Said<'a> {
        let mut said = Vec::with_capacity(N + 1);
        said.push(("@type", text(kind)));
        said.extend(properties);
        Said::Thing(said)
    }

    fn is_nothing(&self) -> bool {
        match self {
            Said::Nothing => true,
            Said::List(items) => items.is_empty(),
            _ => false,
        }
    }
}

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Said::Nothing => serializer.serialize_none(),
            Said::Text(text) => serializer.serialize_str(text),
            Said::Number(number) => serializer.serialize_u64(*number as u64),
            Said::List(items) => serializer.collect_seq(items),
            Said::Thing(properties) => {
                let said = properties.iter().filter(|(_, value)| !value.is_nothing());
                let mut map = serializer.serialize_map(None)?;
                for (name, value) in said {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'a, T: Into<Cow<'a, str>>> From<Option<T>> for Said<'a> {
    fn from(said: Option<T>) -> Said<'a> {
        said.map_or(Said::Nothing, text)
    }
}

fn text<'a>(said: impl Into<Cow<'a, str>>) -> Said<'a> {
    Said::Text(said.into())
}

/// Several things as one part, ready to stand in a page's `<script>`.
fn part(things: Vec<Said<'_>>, sources: Vec<Arc<str>>) -> Part {
    let graph = Said::Thing(vec![("@context", text("https://schema.org")), ("@graph", Said::List(things))]);
    let json = serde_json::to_string(&graph).expect("text, numbers, lists and maps are always JSON");
    // A `<` could end the script that it stands in.
    let safe = if json.contains('<') { json.replace('<', "\\u003c") } else { json };
    Part::seal(part::html(&safe), sources)
}

/// Who publishes the site, as every page names it: the publisher, else the site itself.
fn publisher(plan: &Plan) -> Said<'_> {
    let settings = &plan.archive.settings;
    let name = settings.publisher.as_deref().unwrap_or(&settings.title);
    Said::thing("NewsMediaOrganization", [("@id", publisher_id(plan)), ("name", text(name))])
}

/// By what other things refer to the publisher; the front page says the rest of it.
fn publisher_id(plan: &Plan) -> Said<'_> {
    let settings = &plan.archive.settings;
    settings.publisher_url.as_deref().map_or_else(|| text(settings.absolute("")), text)
}

/// A topic as what something is about.
fn about(topic: &Topic) -> Said<'_> {
    let item = topic.wikidata.as_ref().map(|item| format!("http://www.wikidata.org/entity/{item}"));
    Said::thing("Thing", [("name", text(&topic.name)), ("sameAs", item.into())])
}

/// The way to a page: names with their addresses; the page itself needs none.
fn breadcrumbs<'a>(way: Vec<(&'a str, Option<String>)>) -> Said<'a> {
    let step = |(at, (name, address)): (usize, (&'a str, Option<String>))| {
        let position = Said::Number(at + 1);
        Said::thing("ListItem", [("position", position), ("name", text(name)), ("item", address.into())])
    };
    let steps = way.into_iter().enumerate().map(step).collect();
    Said::thing("BreadcrumbList", [("itemListElement", Said::List(steps))])
}
