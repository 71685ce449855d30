//! Topic pages: the index of topics, a topic, and its periods.

use crate::base::report::Place;
use crate::plan::body;
use crate::plan::chrome::{self, Head};
use crate::plan::counts;
use crate::plan::density::{self, Lanes, Scope};
use crate::plan::media;
use crate::plan::page::{Kind, Of, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::period;
use crate::plan::social;
use crate::plan::structured;
use crate::plan::timeline::bounds;
use crate::read::topic::Topic;

/// How many of the newest a topic's and an agency's page show.
pub const LATEST: usize = 50;

/// The index, a page for each topic, its periods, and the files its backgrounder shows.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let mut pages = vec![Page::of_site(plan, "topics.html", Kind::Topics)];
    for (number, topic) in plan.archive.topics.iter().enumerate() {
        let path = format!("topics/{}.html", topic.slug).into();
        pages.push(Page {
            path,
            kind: Kind::Topic(number as u32),
            claim: Place::whole(&topic.file),
            edition: 0,
        });
        pages.extend(period::pages(plan, Of::Topic(number as u32)));
        pages.extend(media::files(plan.archive.topic_links[number].iter().flatten(), &topic.file));
    }
    media::once(pages)
}

/// The parts of the index.
pub fn index(plan: &Plan, page: &Page) -> Parts {
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, plan.archive.strings.word("topics")),
        description: None,
        noindex: false,
        here: "topics",
    };
    let topics: Vec<Part> = (0..plan.archive.topics.len()).map(|number| entry(plan, number)).collect();
    vec![("head", chrome::head(&plan.archive, &head)), ("topics", Part::list(topics.iter()))]
}

fn entry(plan: &Plan, number: usize) -> Part {
    let topic = &plan.archive.topics[number];
    let shelf = &plan.archive.by_topic[number];
    let (first, last) = bounds(plan, Of::Topic(number as u32));
    let latest = shelf.latest.first().map(|&number| &plan.cards[number as usize]);
    let value = part::record([
        ("name", part::text(&topic.name)),
        ("address", part::text(&format!("topics/{}.html", topic.slug))),
        ("count", part::number(shelf.latest.len())),
        ("aliases", part::texts(topic.aliases.iter().map(|alias| &*alias.text))),
        ("first", first),
        ("last", last),
        ("latest", latest.map_or_else(part::none, |card| card.value.clone())),
    ]);
    Part::seal(
        value,
        std::iter::once(topic.file.clone())
            .chain(latest.iter().flat_map(|card| card.sources.iter().cloned()))
            .collect(),
    )
}

/// The parts of a topic's page.
pub fn parts(plan: &Plan, page: &Page, number: u32) -> Parts {
    let topic = &plan.archive.topics[number as usize];
    let shelf = plan.shelf(Of::Topic(number));
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, &topic.name),
        description: None,
        noindex: false,
        here: &topic.slug,
    };
    let latest = &shelf.latest[..shelf.latest.len().min(LATEST)];
    let image = plan.archive.imprint.topic_images[number as usize].as_ref();
    let scope = Scope { of: Of::Topic(number), numbers: &shelf.periods.order, period: None };
    let named = |of| Part::seal(counts::named(plan, &shelf.latest, of), Vec::new());
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        ("social", social::of_page(&plan.archive, &topic.name, image)),
        ("structured", structured::topic::structured(plan, page, number, latest)),
        ("topic", Part::seal(value(plan, page, number, topic), vec![topic.file.clone()])),
        ("plot", density::plot(plan, &scope, &Lanes::one())),
        ("latest", plan.cards(latest)),
        ("years", period::years(plan, Of::Topic(number))),
        (
            "agencies",
            Part::seal(counts::agencies(plan, |agency| plan.archive.pair(agency, number)), Vec::new()),
        ),
        ("with", Part::seal(counts::topics(plan, |other| seen_with(plan, number, other)), Vec::new())),
        ("people", named(|extras| &extras.people)),
        ("places", named(|extras| &extras.places)),
    ]
}

fn value(plan: &Plan, page: &Page, number: u32, topic: &Topic) -> Value {
    let strings = &plan.archive.strings;
    let links = &plan.archive.topic_links[number as usize];
    let background = body::filled(&topic.body.html, links, page.inside());
    let (first, last) = bounds(plan, Of::Topic(number));
    let key_dates = topic.key_dates.iter().map(|(date, text)| {
        part::record([
            ("date", plan.dates.event(strings, *date)),
            ("text", part::text(&strings.typeset(text))),
        ])
    });
    let date = |day: Option<crate::base::date::Day>| plan.dates.optional(strings, day.map(Into::into));
    part::record([
        ("name", part::text(&topic.name)),
        ("slug", part::text(&topic.slug)),
        ("aliases", part::texts(topic.aliases.iter().map(|alias| &*alias.text))),
        ("background", if background.is_empty() { part::none() } else { part::html(&background) }),
        ("status", part::optional(topic.status.as_deref())),
        ("status_date", date(topic.status_date)),
        ("reviewed", date(topic.reviewed)),
        ("count", part::number(plan.shelf(Of::Topic(number)).latest.len())),
        ("first", first),
        ("last", last),
        ("key_dates", part::list(key_dates.collect())),
        ("wikidata", part::optional(topic.wikidata.as_deref())),
    ])
}

/// In how many briefs a topic is seen with another.
fn seen_with(plan: &Plan, topic: u32, other: u32) -> u32 {
    plan.archive.topic_pairs.get(&(topic.min(other), topic.max(other))).copied().unwrap_or(0)
}
