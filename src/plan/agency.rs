//! Agency pages: the index of agencies, an agency, and its periods.

use crate::base::report::Place;
use crate::plan::chrome::{self, Head};
use crate::plan::counts;
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
        description: None,
        noindex: false,
        here: "agencies",
    };
    let all = plan.archive.agencies.iter().enumerate().map(|(number, agency)| {
        part::record([
            ("name", part::text(&agency.name)),
            ("full_name", part::optional(agency.full_name.as_deref())),
            ("address", part::text(&format!("agencies/{}.html", agency.slug))),
            ("count", part::number(plan.archive.by_agency[number].latest.len())),
            ("kind", part::optional(agency.kind.as_deref())),
            ("country", part::optional(agency.country.as_deref())),
        ])
    });
    let agencies = Part::seal(part::list(all.collect()), vec![agency::file()]);
    vec![("head", chrome::head(&plan.archive, &head)), ("agencies", agencies)]
}

/// The parts of an agency's page.
pub fn parts(plan: &Plan, page: &Page, number: u32) -> Parts {
    let agency = &plan.archive.agencies[number as usize];
    let shelf = plan.shelf(Of::Agency(number));
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, agency.full_name.as_deref().unwrap_or(&agency.name)),
        description: None,
        noindex: false,
        here: "agencies",
    };
    let latest = &shelf.latest[..shelf.latest.len().min(LATEST)];
    let sole: Vec<u32> =
        shelf.latest.iter().copied().filter(|&n| plan.archive.filed(n).agencies.len() == 1).collect();
    let shown = &sole[..sole.len().min(SOLE)];
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        ("agency", Part::seal(value(plan, number, agency), vec![agency::file()])),
        ("latest", plan.cards(latest)),
        ("years", period::years(plan, Of::Agency(number))),
        ("topics", Part::seal(counts::topics(plan, |topic| plan.archive.pair(number, topic)), Vec::new())),
        ("together", Part::seal(counts::agencies(plan, |other| together(plan, number, other)), Vec::new())),
        ("sole", plan.cards(shown)),
        ("sole_count", Part::seal(part::number(sole.len()), Vec::new())),
    ]
}

fn value(plan: &Plan, number: u32, agency: &Agency) -> Value {
    let (first, last) = bounds(plan, Of::Agency(number));
    let founded = agency.founded.map(|year| plan.archive.strings.numbers.digits(&year.to_string()));
    part::record([
        ("name", part::text(&agency.name)),
        ("slug", part::text(&agency.slug)),
        ("full_name", part::optional(agency.full_name.as_deref())),
        ("kind", part::optional(agency.kind.as_deref())),
        ("country", part::optional(agency.country.as_deref())),
        ("founded", part::optional(founded.as_deref())),
        ("url", part::optional(agency.url.as_deref())),
        ("wikidata", part::optional(agency.wikidata.as_deref())),
        ("note", part::optional(agency.note.as_deref())),
        ("aliases", part::texts(agency.aliases.iter().map(|alias| &*alias.text))),
        ("count", part::number(plan.shelf(Of::Agency(number)).latest.len())),
        ("first", first),
        ("last", last),
    ])
}

/// In how many briefs an agency is credited together with another.
fn together(plan: &Plan, agency: u32, other: u32) -> u32 {
    plan.archive.agency_pairs.get(&(agency.min(other), agency.max(other))).copied().unwrap_or(0)
}
