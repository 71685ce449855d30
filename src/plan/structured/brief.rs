//! A brief in the terms of schema.org: a news article by its kind, and the way to it.

use crate::archive::model::Filed;
use crate::base::date::EventDate;
use crate::plan::brief::{credit, plain};
use crate::plan::dates::stamp;
use crate::plan::page::{Page, Plan};
use crate::plan::part::Part;
use crate::plan::social;
use crate::plan::structured::{about, breadcrumbs, part, publisher, publisher_name, thing};
use crate::read::agency;
use serde_json::Value;

/// What a brief's page says of itself.
pub fn structured(plan: &Plan, page: &Page, filed: &Filed) -> Part {
    let archive = &plan.archive;
    let first = filed.topics.first().map(|&topic| &archive.topics[topic as usize]);
    let mut way = Vec::new();
    if let Some(topic) = first {
        way.push((&*topic.name, Some(archive.settings.absolute(&format!("topics/{}.html", topic.slug)))));
    }
    way.push((&filed.brief.title, None));
    let topics = filed.topics.iter().map(|&topic| archive.topics[topic as usize].file.clone());
    let sources = [filed.brief.file.clone(), archive.settings.file.clone(), agency::file()];
    part(vec![article(plan, page, filed), breadcrumbs(&way)], sources.into_iter().chain(topics).collect())
}

fn article(plan: &Plan, page: &Page, filed: &Filed) -> Value {
    let (brief, settings) = (&filed.brief, &plan.archive.settings);
    let zone = &settings.zone;
    let summary = brief.summary.as_deref().filter(|_| !filed.withdrawn());
    let topics = filed.topics.iter().map(|&topic| about(&plan.archive.topics[topic as usize]));
    let credit = Some(credit(plan, filed)).filter(|credit| !credit.is_empty());
    thing(
        kind(&brief.kind),
        [
            ("url", settings.absolute(page.inside()).into()),
            ("headline", brief.title.as_str().into()),
            ("description", summary.map(plain).into()),
            ("inLanguage", brief.lang.as_str().into()),
            ("datePublished", stamp(filed.published, zone).into()),
            ("dateModified", stamp(filed.modified(zone), zone).into()),
            ("temporalCoverage", coverage(brief.event).into()),
            ("creditText", credit.into()),
            ("author", authors(plan, filed)),
            ("publisher", publisher(plan)),
            ("isBasedOn", sources(plan, filed)),
            ("about", topics.collect()),
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

/// Those whose names are known; initials alone are no name, and then the publisher answers for it.
fn authors(plan: &Plan, filed: &Filed) -> Value {
    let known = &plan.archive.settings.editors;
    let person = |editor: &String| {
        let (name, url) = match known.get(editor) {
            Some(known) => (known.name.as_ref()?, known.url.clone()),
            None => (editor, None),
        };
        (!is_initials(name)).then(|| thing("Person", [("name", name.as_str().into()), ("url", url.into())]))
    };
    let persons: Vec<Value> = filed.brief.editors.iter().filter_map(person).collect();
    match persons.is_empty() {
        true => thing("Organization", [("name", publisher_name(plan).into())]),
        false => persons.into(),
    }
}

/// `dj`, `CMK` or `D. J.`: single letters, or up to four of one case. Scripts without case have names so short.
fn is_initials(name: &str) -> bool {
    let parts: Vec<&str> = name.split([' ', '.', '\u{a0}']).filter(|part| !part.is_empty()).collect();
    let one_case = |part: &str| part.chars().all(char::is_lowercase) || part.chars().all(char::is_uppercase);
    match parts.as_slice() {
        [part] => part.chars().count() <= 4 && one_case(part),
        parts => parts.iter().all(|part| part.chars().count() == 1 && one_case(part)),
    }
}

/// What each agency reported. An agency did not work on the publisher's behalf, so it is no `sourceOrganization`.
fn sources(plan: &Plan, filed: &Filed) -> Value {
    let source = |&number: &u32| {
        let agency = &plan.archive.agencies[number as usize];
        let organization = thing("Organization", [("name", agency.name.as_str().into())]);
        thing("CreativeWork", [("publisher", organization)])
    };
    filed.agencies.iter().map(source).collect()
}

/// What readers were told of changes; a withdrawal is the last of them.
fn corrections(plan: &Plan, filed: &Filed) -> Value {
    let zone = &plan.archive.settings.zone;
    let Some(extras) = &filed.brief.extras else { return Value::Null };
    let comment = |text: &str, date: String| {
        thing("CorrectionComment", [("text", plain(text).into()), ("datePublished", date.into())])
    };
    let told = extras.corrections.iter().filter(|correction| correction.kind != "refile");
    let told = told.map(|correction| comment(&correction.text, stamp(correction.date, zone)));
    let withdrawn = extras.withdrawn.iter().filter(|_| filed.withdrawn());
    let withdrawn = withdrawn.map(|withdrawn| {
        thing(
            "CorrectionComment",
            [
                ("text", withdrawn.reason.as_str().into()),
                ("datePublished", withdrawn.date.to_string().into()),
            ],
        )
    });
    told.chain(withdrawn).collect()
}

/// The article that a version was made of.
fn original(plan: &Plan, page: &Page, filed: &Filed) -> Value {
    let address = plan.original(page, &filed.brief);
    address.map_or(Value::Null, |address| thing(kind(&filed.brief.kind), [("url", address.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_told_from_names() {
        for initials in ["dj", "CMK", "D. J.", "d.j.", "A B C", "юг"] {
            assert!(is_initials(initials), "{initials}");
        }
        for name in
            ["Doris Jensen", "D. Jensen", "Li Na", "Anna", "김철수", "سارة", "World in Brief", "jensen"]
        {
            assert!(!is_initials(name), "{name}");
        }
    }
}
