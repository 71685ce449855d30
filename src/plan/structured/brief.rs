//! A brief in the terms of schema.org: a news article by its kind, and the way to it.

use crate::archive::corrections::is_told;
use crate::archive::model::Filed;
use crate::base::date::EventDate;
use crate::plan::brief::plain;
use crate::plan::dates::stamp;
use crate::plan::page::{Page, Plan};
use crate::plan::part::Part;
use crate::plan::structured::{Said, about, breadcrumbs, part, publisher, publisher_id, text};
use crate::plan::{signed, social};
use crate::read::agency;

/// What a brief's page says of itself.
pub fn structured(plan: &Plan, page: &Page, filed: &Filed) -> Part {
    let archive = &plan.archive;
    let first = filed.topics.first().map(|&topic| &archive.topics[topic as usize]);
    let mut way = Vec::new();
    if let Some(topic) = first {
        way.push((&*topic.name, Some(archive.settings.absolute(&format!("topics/{}.html", topic.slug)))));
    }
    way.push((&*filed.brief.title, None));
    let topics = filed.topics.iter().map(|&topic| archive.topics[topic as usize].file.clone());
    let sources = [filed.brief.file.clone(), archive.settings.file.clone(), agency::file()];
    part(vec![article(plan, page, filed), breadcrumbs(way)], sources.into_iter().chain(topics).collect())
}

/// The address and the description are in the page's head, and are not said again; nor is the day that it happened
/// where that is the day it was published.
fn article<'a>(plan: &'a Plan, page: &Page, filed: &'a Filed) -> Said<'a> {
    let (brief, zone) = (&filed.brief, &plan.archive.settings.zone);
    let topics = filed.topics.iter().map(|&topic| about(&plan.archive.topics[topic as usize]));
    let happened = Some(brief.event).filter(|event| *event != filed.published.day.into());
    let credit = Some(signed::credit(plan, filed)).filter(|credit| !credit.is_empty());
    Said::thing(
        kind(&brief.kind),
        [
            ("headline", text(&brief.title)),
            ("inLanguage", text(&brief.lang)),
            ("datePublished", text(stamp(filed.published, zone))),
            ("dateModified", text(stamp(filed.modified(zone), zone))),
            ("temporalCoverage", happened.map(coverage).into()),
            ("creditText", credit.into()),
            ("author", authors(plan, filed)),
            ("publisher", publisher(plan)),
            ("isBasedOn", sources(plan, filed)),
            ("about", Said::List(topics.collect())),
            ("image", social::image(plan, filed).map(|image| image.address).into()),
            ("correction", corrections(plan, filed)),
            ("translationOfWork", original(plan, page, filed)),
        ],
    )
}

/// The type of an article by what the desk calls it.
fn kind(kind: &str) -> &'static str {
    match kind {
        "analysis" => "AnalysisNewsArticle",
        "background" | "explainer" => "BackgroundNewsArticle",
        "opinion" => "OpinionNewsArticle",
        "live" => "LiveBlogPosting",
        _ => "ReportageNewsArticle",
    }
}

/// An ISO 8601 date or interval.
fn coverage(event: EventDate) -> String {
    let start = event.start.to_string();
    event.end.map_or(start.clone(), |end| format!("{start}/{end}"))
}

/// Those whose names are known; where none is, the publisher answers for it.
fn authors<'a>(plan: &'a Plan, filed: &'a Filed) -> Said<'a> {
    let person = |(name, url): (&'a str, Option<&'a str>)| {
        Said::thing("Person", [("name", text(name)), ("url", url.into())])
    };
    let persons: Vec<Said<'_>> = signed::authors(plan, filed).map(person).collect();
    match persons.is_empty() {
        true => Said::Thing(vec![("@id", publisher_id(plan))]),
        false => Said::List(persons),
    }
}

/// What each agency reported, credited to it. An agency did not work on the publisher's behalf, so it is no
/// `sourceOrganization`.
fn sources<'a>(plan: &'a Plan, filed: &Filed) -> Said<'a> {
    let source = |&number: &u32| {
        let agency = &plan.archive.agencies[number as usize];
        Said::thing("CreativeWork", [("creditText", text(&agency.name))])
    };
    Said::List(filed.agencies.iter().map(source).collect())
}

/// What readers were told of changes; a withdrawal is the last of them.
fn corrections<'a>(plan: &Plan, filed: &'a Filed) -> Said<'a> {
    let zone = &plan.archive.settings.zone;
    let Some(extras) = &filed.brief.extras else { return Said::Nothing };
    let comment = |said: Said<'a>, date: String| {
        Said::thing("CorrectionComment", [("text", said), ("datePublished", text(date))])
    };
    let told = extras.corrections.iter().filter(|correction| is_told(correction));
    let told = told.map(|correction| comment(text(plain(&correction.text)), stamp(correction.date, zone)));
    let withdrawn = extras.withdrawn.iter().filter(|_| filed.withdrawn());
    let withdrawn = withdrawn.map(|withdrawn| comment(text(&withdrawn.reason), withdrawn.date.to_string()));
    Said::List(told.chain(withdrawn).collect())
}

/// The article that a version was made of.
fn original(plan: &Plan, page: &Page, filed: &Filed) -> Said<'static> {
    let address = plan.original(page, &filed.brief);
    let work = |address: String| Said::thing(kind(&filed.brief.kind), [("url", text(address))]);
    address.map_or(Said::Nothing, work)
}
