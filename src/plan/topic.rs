//! Topic pages: the index of topics, a topic, and its periods.

use crate::base::report::Place;
use crate::plan::body;
use crate::plan::chrome::{self, Head};
use crate::plan::counts::{self, Most};
use crate::plan::density::{self, Lanes, Scope};
use crate::plan::description;
use crate::plan::media;
use crate::plan::page::{Kind, Of, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::period;
use crate::plan::social;
use crate::plan::structured;
use crate::plan::timeline::bounds;
use crate::read::strings::Strings;
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
        description: description::topics(plan),
        noindex: false,
        here: "topics",
    };
    let topics: Vec<Part> = (0..plan.archive.topics.len()).map(|number| entry(plan, number)).collect();
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // all topics
        ("topics", Part::list(topics.iter())),
    ]
}

fn entry(plan: &Plan, number: usize) -> Part {
    let topic = &plan.archive.topics[number];
    let shelf = &plan.archive.by_topic[number];
    let strings = &plan.archive.strings;
    let (first, last) = bounds(plan, Of::Topic(number as u32));
    let latest = shelf.latest.first().map(|&number| &plan.cards[number as usize]);
    let value = part::record("topic of the index").of([
        // its name
        ("name", part::text(&topic.name)),
        // its page
        ("address", part::text(&format!("topics/{}.html", topic.slug))),
        // how many briefs it has
        ("count", part::number(shelf.latest.len())),
        // its other names
        ("aliases", aliases(strings, topic)),
        // the date of its oldest event, or none
        ("first", first),
        // the date of its newest event, or none
        ("last", last),
        // its newest brief, or none
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
    let background = description::paragraph(&topic.body.html.text);
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, &topic.name),
        description: background.or_else(|| description::figures(plan, Of::Topic(number))),
        noindex: false,
        here: &topic.slug,
    };
    let latest = &shelf.latest[..shelf.latest.len().min(LATEST)];
    let image = plan.archive.imprint.topic_images[number as usize].as_ref();
    let scope = Scope { of: Of::Topic(number), numbers: &shelf.periods.order, period: None };
    let extras = counts::extras(plan, &shelf.latest);
    let named = |of| Part::seal(counts::named(&extras, of), Vec::new());
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // the card that others show of it
        ("social", social::of_page(&plan.archive, &topic.name, image)),
        // its structured data, as JSON-LD
        ("structured", structured::topic::structured(plan, page, number, latest)),
        // the topic
        ("topic", Part::seal(value(plan, page, number, topic), vec![topic.file.clone()])),
        // how many briefs there are at each time, or none
        ("plot", density::plot(plan, &scope, &Lanes::one())),
        // its 50 newest briefs
        ("latest", plan.cards(latest)),
        // its years, newest first
        ("years", period::years(plan, Of::Topic(number))),
        // the agencies that report on it, most first
        (
            "agencies",
            Part::seal(
                counts::agencies(plan, Most::All, |agency| plan.archive.pair(agency, number)),
                Vec::new(),
            ),
        ),
        // the topics it is seen with, most first
        (
            "with",
            Part::seal(counts::topics(plan, Most::Few, |other| seen_with(plan, number, other)), Vec::new()),
        ),
        // the people its briefs name, most first, at most 20
        ("people", named(|extras| &extras.people)),
        // the places its briefs name, likewise
        ("places", named(|extras| &extras.places)),
    ]
}

fn aliases(strings: &Strings, topic: &Topic) -> Value {
    part::list(topic.aliases.iter().map(|alias| part::text(&strings.typeset(&alias.text))).collect())
}

fn value(plan: &Plan, page: &Page, number: u32, topic: &Topic) -> Value {
    let strings = &plan.archive.strings;
    let links = &plan.archive.topic_links[number as usize];
    let background = body::filled(&topic.body.html, links, page.inside());
    let (first, last) = bounds(plan, Of::Topic(number));
    let key_dates = topic.key_dates.iter().map(|(date, text)| {
        part::record("key date").of([
            // when it was
            ("date", plan.dates.event(strings, *date)),
            // what happened
            ("text", part::text(&strings.typeset(text))),
        ])
    });
    let date = |day: Option<crate::base::date::Day>| plan.dates.optional(strings, day.map(Into::into));
    part::record("topic").of([
        // its name
        ("name", part::text(&topic.name)),
        // its slug
        ("slug", part::text(&topic.slug)),
        // its other names
        ("aliases", aliases(strings, topic)),
        // the backgrounder, as HTML, or none
        ("background", if background.is_empty() { part::none() } else { part::html(&background) }),
        // `escalating`, `stable`, `easing`, `frozen`, or none
        ("status", part::optional(topic.status.as_deref())),
        // since when, or none
        ("status_date", date(topic.status_date)),
        // when the backgrounder was last gone over, or none
        ("reviewed", date(topic.reviewed)),
        // how many briefs it has
        ("count", part::number(plan.shelf(Of::Topic(number)).latest.len())),
        // the date of its oldest event, or none
        ("first", first),
        // the date of its newest event, or none
        ("last", last),
        // its key dates, oldest first
        ("key_dates", part::list(key_dates.collect())),
        // its item of Wikidata, or none
        ("wikidata", part::optional(topic.wikidata.as_deref())),
        // its IPTC Media Topic number, or none
        ("iptc", part::optional(topic.iptc.as_deref())),
        // what its file says under `extra`, as it is
        ("extra", topic.extra.as_ref().map_or_else(part::none, part::free)),
    ])
}

/// In how many briefs a topic is seen with another.
fn seen_with(plan: &Plan, topic: u32, other: u32) -> u32 {
    plan.archive.topic_pairs.get(&(topic.min(other), topic.max(other))).copied().unwrap_or(0)
}
