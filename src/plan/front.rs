//! The front page: the lead, the newest, and a block for each topic of the bar.

use crate::archive::model::Filed;
use crate::plan::card;
use crate::plan::chrome::{self, Head};
use crate::plan::corrections;
use crate::plan::counts::count;
use crate::plan::density::{self, Lanes};
use crate::plan::description;
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::social;
use crate::plan::structured;
use crate::plan::timeline;
use crate::read::topic::Topic;

/// How many of the newest are looked at for the lead.
const NEWEST: usize = 12;

/// How many of them are shown: beside lead and plot they stand about as tall.
const SHOWN: usize = 10;

/// How many rows a topic's block has below its first brief.
const ROWS: usize = 4;

/// How many corrections are shown.
const CORRECTIONS: usize = 3;

/// One page.
pub fn pages(plan: &Plan) -> Vec<Page> {
    vec![Page::of_site(plan, "index.html", Kind::Front)]
}

/// Its parts.
pub fn parts(plan: &Plan, page: &Page) -> Parts {
    let settings = &plan.archive.settings;
    let section = settings.section.as_ref().map(|section| format!(" — {section}")).unwrap_or_default();
    let head = Head {
        path: page.inside(),
        title: format!("{}{section}", settings.title),
        description: settings.description.clone().or_else(|| description::topics(plan)),
        noindex: false,
        here: "",
    };
    let newest = &plan.archive.all.latest[..plan.archive.all.latest.len().min(NEWEST)];
    let lead = lead(plan, newest);
    let lanes = Lanes::at_most(chrome::BAR + 1, plan, &plan.archive.all.latest);
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // the card that others show of it
        ("social", social::of_page(&plan.archive, &settings.title, None)),
        // its structured data, as JSON-LD
        ("structured", structured::front::structured(plan)),
        // the brief that leads, or none
        ("lead", lead.map_or_else(nothing, |number| lead_part(plan, number))),
        // the 10 newest briefs
        ("latest", plan.cards(&newest[..newest.len().min(SHOWN)])),
        // how many briefs there are at each time, or none
        ("plot", density::plot(plan, &timeline::whole_archive(plan), &lanes)),
        // a block for each topic of the bar that has more than the lead
        ("blocks", blocks(plan, lead)),
        // the three newest corrections
        ("corrections", newest_corrections(plan)),
        // the topics that have no block
        ("topics_rest", rest(plan, lead)),
        // the agencies that are credited, most briefs first
        ("agencies", agencies(plan)),
        // how many briefs there are
        ("total", Part::seal(part::number(plan.archive.all.latest.len()), Vec::new())),
    ]
}

/// The brief that `site.yaml` names, else the most urgent of the newest, the newest of those.
fn lead(plan: &Plan, newest: &[u32]) -> Option<u32> {
    let open =
        |number: &u32| !plan.archive.filed(*number).withdrawn() && plan.archive.filed(*number).listed();
    let named = plan.archive.lead.filter(open);
    named.or_else(|| {
        newest.iter().copied().filter(open).min_by_key(|&n| (plan.archive.filed(n).brief.urgency, n))
    })
}

fn nothing() -> Part {
    Part::seal(part::none(), Vec::new())
}

fn lead_part(plan: &Plan, number: u32) -> Part {
    let filed = plan.archive.filed(number);
    let card = &plan.cards[number as usize];
    let more = Part::seal(lead_value(plan, filed), vec![filed.brief.file.clone()]);
    Part::of(part::joined(card.value.clone(), more.value.clone()), [card, &more].into_iter())
}

fn lead_value(plan: &Plan, filed: &Filed) -> Value {
    let points = filed.brief.extras.iter().flat_map(|extras| &extras.key_points);
    part::record("lead").of([
        // its topics
        ("topics_links", plan.topics(&filed.topics)),
        // the dateline's place, or none
        ("place", part::optional(filed.brief.place.as_deref())),
        // the agencies that are credited
        ("agencies", plan.agencies(&filed.agencies)),
        // who wrote it: `dj/cmk`, or empty
        ("editors", part::text(&filed.brief.editors.join("/"))),
        // whether it is our own reporting, without an agency
        ("own", part::flag(filed.agencies.is_empty())),
        // `draft`, `developing`, `withdrawn`, or empty
        ("state", part::text(card::state(&filed.brief))),
        // the key points, as HTML
        ("key_points", part::list(points.map(|point| part::html(point)).collect())),
    ])
}

fn blocks(plan: &Plan, lead: Option<u32>) -> Part {
    let topics = plan.archive.topics.iter().enumerate().filter(|(number, _)| has_block(plan, *number, lead));
    let mut shown: Vec<u32> = lead.into_iter().collect();
    let blocks: Vec<Part> = topics.map(|topic| block(plan, topic, lead, &mut shown)).collect();
    Part::list(blocks.iter())
}

/// Whether a topic is in the bar and has something to show beside the lead.
fn has_block(plan: &Plan, number: usize, lead: Option<u32>) -> bool {
    number < chrome::BAR && plan.archive.by_topic[number].latest.iter().any(|&number| Some(number) != lead)
}

/// A topic's newest that no block before it has shown, where there are any; the newest of which it is the first topic
/// leads, but for one that was withdrawn.
fn block(plan: &Plan, (number, topic): (usize, &Topic), lead: Option<u32>, shown: &mut Vec<u32>) -> Part {
    let latest = &plan.archive.by_topic[number].latest;
    let beside = |shown: &[u32]| -> Vec<u32> {
        latest.iter().copied().filter(|brief| !shown.contains(brief)).take(NEWEST).collect()
    };
    let mut own = beside(shown);
    if own.is_empty() {
        own = beside(lead.as_slice());
    }
    let is_first = |brief: &u32| plan.archive.filed(*brief).topics.first() == Some(&(number as u32));
    let stands = |brief: &u32| !plan.archive.filed(*brief).withdrawn();
    let first = own.iter().position(|brief| stands(brief) && is_first(brief));
    if let Some(turn) = first.or_else(|| own.iter().position(stands)) {
        own[..=turn].rotate_right(1);
    }
    own.truncate(ROWS + 1);
    shown.extend(&own);
    let first = own.first().map(|&brief| &plan.cards[brief as usize]);
    let rows = plan.cards(own.get(1..).unwrap_or_default());
    let about = part::record("block").of([
        // the topic
        ("topic", chrome::topic_term(topic)),
        // `escalating`, `stable`, `easing`, `frozen`, or none
        ("status", part::optional(topic.status.as_deref())),
        // how many briefs it has
        ("count", part::number(latest.len())),
    ]);
    let about = Part::seal(about, vec![topic.file.clone()]);
    let cards = part::record("briefs of a block").of([
        // its newest brief that has not been shown, one of which it is the first topic before others; or none
        ("first", first.map_or_else(part::none, |card| card.value.clone())),
        // four more, newest first
        ("rows", rows.value.clone()),
    ]);
    let none = nothing();
    Part::of(part::joined(about.value.clone(), cards), [&about, first.unwrap_or(&none), &rows].into_iter())
}

/// The newest corrections: what each was of, when, and where.
fn newest_corrections(plan: &Plan) -> Part {
    let told = &plan.archive.corrections.all;
    let newest: Vec<Part> =
        told[..told.len().min(CORRECTIONS)].iter().map(|told| corrections::head(plan, *told)).collect();
    Part::list(newest.iter())
}

/// The topics that have no block, with their counts.
fn rest(plan: &Plan, lead: Option<u32>) -> Part {
    let topics = plan.archive.topics.iter().enumerate().filter(|(number, _)| !has_block(plan, *number, lead));
    let counts = topics.map(|(number, topic)| {
        let address = format!("topics/{}.html", topic.slug);
        count(&topic.name, Some(&address), plan.archive.by_topic[number].latest.len())
    });
    Part::seal(part::list(counts.collect()), Vec::new())
}

fn agencies(plan: &Plan) -> Part {
    let has_some = |number: &usize| !plan.archive.by_agency[*number].latest.is_empty();
    let mut agencies: Vec<usize> = (0..plan.archive.agencies.len()).filter(has_some).collect();
    agencies.sort_by_key(|&number| (std::cmp::Reverse(plan.archive.by_agency[number].latest.len()), number));
    let counts = agencies.into_iter().map(|number| {
        let agency = &plan.archive.agencies[number];
        let address = format!("agencies/{}.html", agency.slug);
        count(&agency.name, Some(&address), plan.archive.by_agency[number].latest.len())
    });
    Part::seal(part::list(counts.collect()), vec![crate::read::agency::file()])
}
