//! The front page: the lead, the newest, and a block for each topic of the bar.

use crate::archive::model::Filed;
use crate::base::date::Moment;
use crate::plan::chrome::{self, Head};
use crate::plan::counts::count;
use crate::plan::density::{self, Lanes};
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::social;
use crate::plan::structured;
use crate::plan::timeline;
use crate::read::extras::Correction;
use crate::read::topic::Topic;

/// How many of the newest are shown, and looked at for the lead.
const NEWEST: usize = 12;

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
        description: settings.description.clone(),
        noindex: false,
        here: "",
    };
    let newest = &plan.archive.all.latest[..plan.archive.all.latest.len().min(NEWEST)];
    let lead = lead(plan, newest);
    let lanes = Lanes::of(plan, &plan.archive.all.latest);
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        ("social", social::of_page(&plan.archive, &settings.title, None)),
        ("structured", structured::front::structured(plan)),
        ("lead", lead.map_or_else(nothing, |number| lead_part(plan, number))),
        ("latest", plan.cards(newest)),
        ("plot", density::plot(plan, &timeline::whole_archive(plan), &lanes)),
        ("blocks", blocks(plan, lead)),
        ("corrections", corrections(plan)),
        ("topics_rest", rest(plan)),
        ("agencies", agencies(plan)),
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
    let mut map = card.value.clone().into_map().unwrap_or_default();
    let more = Part::seal(lead_value(plan, filed), vec![filed.brief.file.clone()]);
    map.extend(more.value.clone().into_map().unwrap_or_default());
    Part::of(Value::from(map), [card, &more].into_iter())
}

fn lead_value(plan: &Plan, filed: &Filed) -> Value {
    let points = filed.brief.extras.iter().flat_map(|extras| &extras.key_points);
    part::record([
        ("topics_links", plan.topics(&filed.topics)),
        ("place", part::optional(filed.brief.place.as_deref())),
        ("agencies", plan.agencies(&filed.agencies)),
        ("editors", part::text(&filed.brief.editors.join("/"))),
        ("own", part::flag(filed.agencies.is_empty())),
        ("key_points", part::list(points.map(|point| part::html(point)).collect())),
    ])
}

fn blocks(plan: &Plan, lead: Option<u32>) -> Part {
    let topics = plan.archive.topics.iter().take(chrome::BAR).enumerate();
    let blocks: Vec<Part> = topics.map(|(number, topic)| block(plan, number, topic, lead)).collect();
    Part::list(blocks.iter())
}

fn block(plan: &Plan, number: usize, topic: &Topic, lead: Option<u32>) -> Part {
    let latest = &plan.archive.by_topic[number].latest;
    let mut shown = latest.iter().copied().filter(|number| Some(*number) != lead).take(ROWS + 1);
    let first = shown.next().map(|number| &plan.cards[number as usize]);
    let rows: Vec<u32> = shown.collect();
    let rows = plan.cards(&rows);
    let about = part::record([
        ("topic", chrome::topic_term(topic)),
        ("status", part::optional(topic.status.as_deref())),
        ("count", part::number(latest.len())),
    ]);
    let about = Part::seal(about, vec![topic.file.clone()]);
    let mut map = about.value.clone().into_map().unwrap_or_default();
    let cards = part::record([
        ("first", first.map_or_else(part::none, |card| card.value.clone())),
        ("rows", rows.value.clone()),
    ]);
    map.extend(cards.into_map().unwrap_or_default());
    let none = nothing();
    Part::of(Value::from(map), [&about, first.unwrap_or(&none), &rows].into_iter())
}

/// The newest corrections: what each was of, when, and where.
fn corrections(plan: &Plan) -> Part {
    let mut newest: Vec<(Moment, u32, &Correction)> = Vec::new();
    for &number in &plan.archive.all.latest {
        let filed = plan.archive.filed(number);
        let extras = filed.brief.extras.iter().filter(|_| !filed.withdrawn());
        let shown = extras.flat_map(|extras| &extras.corrections).filter(|one| one.kind != "refile");
        newest.extend(shown.map(|correction| (correction.date.from, number, correction)));
    }
    newest.sort_by_key(|(moment, number, _)| (std::cmp::Reverse(*moment), *number));
    newest.truncate(CORRECTIONS);
    let value = |(_, number, correction): &(Moment, u32, &Correction)| {
        part::record([
            ("card", plan.cards[*number as usize].value.clone()),
            ("date", plan.dates.date(&plan.archive.strings, correction.date.day.into())),
            ("kind", part::text(&correction.kind)),
        ])
    };
    let files = newest.iter().map(|(_, number, _)| plan.archive.filed(*number).brief.file.clone());
    Part::seal(part::list(newest.iter().map(value).collect()), files.collect())
}

/// The topics that have no block, with their counts.
fn rest(plan: &Plan) -> Part {
    let topics = plan.archive.topics.iter().enumerate().skip(chrome::BAR);
    let counts = topics.map(|(number, topic)| {
        count(&topic.name, &format!("topics/{}.html", topic.slug), plan.archive.by_topic[number].latest.len())
    });
    Part::seal(part::list(counts.collect()), Vec::new())
}

fn agencies(plan: &Plan) -> Part {
    let mut agencies: Vec<usize> = (0..plan.archive.agencies.len()).collect();
    agencies.sort_by_key(|&number| (std::cmp::Reverse(plan.archive.by_agency[number].latest.len()), number));
    let counts = agencies.into_iter().map(|number| {
        let agency = &plan.archive.agencies[number];
        count(
            &agency.name,
            &format!("agencies/{}.html", agency.slug),
            plan.archive.by_agency[number].latest.len(),
        )
    });
    Part::seal(part::list(counts.collect()), vec![crate::read::agency::file()])
}
