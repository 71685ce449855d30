//! Agency pages: the index of agencies, an agency, and its periods.

use crate::base::report::Place;
use crate::plan::chrome::{self, Head};
use crate::plan::counts::{self, Most};
use crate::plan::density::{self, Lanes, Scope};
use crate::plan::description;
use crate::plan::page::{Kind, Of, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::period;
use crate::plan::timeline::bounds;
use crate::plan::topic::LATEST;
use crate::read::agency::{self, Agency};

/// How many of the briefs that an agency alone reported are shown.
const SOLE: usize = 20;

/// The index, a page for each agency, and its periods.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let mut pages = vec![Page::of_site(plan, "agencies.html", Kind::Agencies)];
    for (number, agency) in plan.archive.agencies.iter().enumerate() {
        let claim = Place::new(&agency::file(), agency.span.clone());
        let path = format!("agencies/{}.html", agency.slug).into();
        pages.push(Page { path, kind: Kind::Agency(number as u32), claim, edition: 0 });
        pages.extend(period::pages(plan, Of::Agency(number as u32)));
    }
    pages
}

/// The parts of the index.
pub fn index(plan: &Plan, page: &Page) -> Parts {
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, plan.archive.strings.word("agencies")),
        description: description::names(plan, plan.archive.agencies.iter().map(|agency| &*agency.name)),
        noindex: false,
        here: "agencies",
    };
    let all = plan.archive.agencies.iter().enumerate().map(|(number, agency)| {
        part::record("agency of the index").of([
            // its name
            ("name", part::text(&agency.name)),
            // its name in full, or none
            ("full_name", part::optional(agency.full_name.as_deref())),
            // its page
            ("address", part::text(&format!("agencies/{}.html", agency.slug))),
            // how many briefs credit it
            ("count", part::number(plan.archive.by_agency[number].latest.len())),
            // `cooperative`, `public`, `private`, `state`, `intergovernmental`, or none
            ("kind", part::optional(agency.kind.as_deref())),
            // its country, or none
            ("country", part::optional(agency.country.as_deref())),
        ])
    });
    let agencies = Part::seal(part::list(all.collect()), vec![agency::file()]);
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // all agencies
        ("agencies", agencies),
    ]
}

/// The parts of an agency's page.
pub fn parts(plan: &Plan, page: &Page, number: u32) -> Parts {
    let agency = &plan.archive.agencies[number as usize];
    let shelf = plan.shelf(Of::Agency(number));
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, agency.full_name.as_deref().unwrap_or(&agency.name)),
        description: agency.note.clone().or_else(|| description::figures(plan, Of::Agency(number))),
        noindex: false,
        here: "agencies",
    };
    let latest = &shelf.latest[..shelf.latest.len().min(LATEST)];
    let sole: Vec<u32> =
        shelf.latest.iter().copied().filter(|&n| plan.archive.filed(n).agencies.len() == 1).collect();
    let scope = Scope { of: Of::Agency(number), numbers: &shelf.periods.order, period: None };
    let shown = &sole[..sole.len().min(SOLE)];
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // the agency
        ("agency", Part::seal(value(plan, number, agency), vec![agency::file()])),
        // how many briefs there are at each time, or none
        ("plot", density::plot(plan, &scope, &Lanes::of(plan, &shelf.latest))),
        // the 50 newest briefs that credit it
        ("latest", plan.cards(latest)),
        // its years, newest first
        ("years", period::years(plan, Of::Agency(number))),
        // the topics it reports on, most first
        (
            "topics",
            Part::seal(counts::topics(plan, Most::All, |topic| plan.archive.pair(number, topic)), Vec::new()),
        ),
        // the agencies it is credited with, most first
        (
            "together",
            Part::seal(counts::agencies(plan, Most::Few, |other| together(plan, number, other)), Vec::new()),
        ),
        // the briefs it alone reported, at most 20
        ("sole", plan.cards(shown)),
        // how many those are in all
        ("sole_count", Part::seal(part::number(sole.len()), Vec::new())),
    ]
}

fn value(plan: &Plan, number: u32, agency: &Agency) -> Value {
    let (first, last) = bounds(plan, Of::Agency(number));
    let founded = agency.founded.map(|year| plan.archive.strings.numbers.digits(&year.to_string()));
    part::record("agency").of([
        // its name
        ("name", part::text(&agency.name)),
        // its slug
        ("slug", part::text(&agency.slug)),
        // its name in full, or none
        ("full_name", part::optional(agency.full_name.as_deref())),
        // `cooperative`, `public`, `private`, `state`, `intergovernmental`, or none
        ("kind", part::optional(agency.kind.as_deref())),
        // its country, or none
        ("country", part::optional(agency.country.as_deref())),
        // the year, or none
        ("founded", part::optional(founded.as_deref())),
        // its website, or none
        ("url", part::optional(agency.url.as_deref())),
        // its item of Wikidata, or none
        ("wikidata", part::optional(agency.wikidata.as_deref())),
        // a sentence about it, or none
        ("note", part::optional(agency.note.as_deref())),
        // its other names
        ("aliases", part::texts(agency.aliases.iter().map(|alias| &*alias.text))),
        // how many briefs credit it
        ("count", part::number(plan.shelf(Of::Agency(number)).latest.len())),
        // the date of the oldest event it reported, or none
        ("first", first),
        // the date of the newest, or none
        ("last", last),
    ])
}

/// In how many briefs an agency is credited together with another.
fn together(plan: &Plan, agency: u32, other: u32) -> u32 {
    plan.archive.agency_pairs.get(&(agency.min(other), agency.max(other))).copied().unwrap_or(0)
}
