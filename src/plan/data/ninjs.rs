//! A brief in full as IPTC ninjs 3.0. Keys that its schema does not know are errors, so none of our own is in it.

use crate::plan::brief::plain;
use crate::plan::data::{id, summary};
use crate::plan::feed::{self, Enclosure, Entry};
use crate::plan::page::Plan;
use crate::read::extras::Extras;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Writes it.
pub fn write(plan: &Plan, number: u32, out: &mut Vec<u8>) {
    let sealed = feed::entry_of(plan, number);
    let mut document = about(plan, number, &sealed.entry);
    document.extend(terms(plan, number));
    document.extend(text(plan, number, &sealed.entry));
    // What a brief does not have is not said.
    document.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    serde_json::to_writer(&mut *out, &document).expect("memory takes what is written");
    out.push(b'\n');
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn about(plan: &Plan, number: u32, entry: &Entry) -> Map<String, Value> {
    let (settings, filed) = (&plan.archive.settings, plan.archive.filed(number));
    let brief = &filed.brief;
    let withdrawn = brief.extras.as_ref().and_then(|extras| extras.withdrawn.as_ref());
    map(json!({
        "uri": id(plan, number),
        "type": "text",
        "representationType": "full",
        "version": (entry.corrections.len() + 1).to_string(),
        "firstCreated": entry.published.iso,
        "versionCreated": entry.modified.iso,
        "pubStatus": if filed.withdrawn() { "canceled" } else { "usable" },
        "urgency": brief.urgency,
        "copyrightHolder": settings.publisher,
        "usageTerms": settings.licence,
        "edNote": withdrawn.filter(|_| filed.withdrawn()).map(|withdrawn| &withdrawn.reason),
        "language": brief.lang,
        "title": brief.title,
        "slugline": brief.slug,
        "by": if brief.editors.is_empty() { Value::Null } else { json!(brief.editors.join("/")) },
        "located": brief.place,
        "genres": [{"name": brief.kind}],
        "altIds": [{"role": "url", "value": settings.absolute(&filed.address)}],
        "expires": brief.expires.map(|moment| settings.zone.stamp(moment)),
        "trustIndicators": [{
            "role": "http://cv.iptc.org/newscodes/trustindicator/editorialPolicy",
            "title": plan.archive.strings.word("corrections"),
            "href": settings.absolute("corrections.html"),
        }],
        "standard": {
            "name": "ninjs",
            "version": "3.0",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#",
        },
    }))
}

fn text(plan: &Plan, number: u32, entry: &Entry) -> Map<String, Value> {
    let brief = &plan.archive.filed(number).brief;
    let summary = summary(brief)
        .map(plain)
        .map(|text| json!([{"role": "summary", "contentType": "text/plain", "value": text}]));
    let rendition = |(file, at): (&Enclosure, usize)| {
        let mut made =
            map(json!({"name": format!("media-{at}"), "href": file.address, "contentType": file.kind}));
        made.insert("sizeInBytes".to_owned(), json!(file.size));
        made.extend(file.title.iter().map(|title| ("title".to_owned(), json!(title))));
        made.extend(file.seconds.iter().map(|seconds| ("duration".to_owned(), json!(seconds))));
        Value::Object(made)
    };
    map(json!({
        "headlines": [{"role": "main", "contentType": "text/plain", "value": entry.title}],
        "descriptions": summary,
        "bodies": [{"role": "main", "contentType": "text/html", "charCount": entry.html.chars().count(), "value": entry.html}],
        "renditions": entry.enclosures.iter().zip(1..).map(rendition).collect::<Vec<_>>(),
    }))
}

/// What the brief is about, and who reported it: by Wikidata where the desk says so, else by our own pages.
fn terms(plan: &Plan, number: u32) -> Map<String, Value> {
    let (archive, filed) = (&plan.archive, plan.archive.filed(number));
    let none = Extras::default();
    let extras = filed.brief.extras.as_deref().unwrap_or(&none);
    let uri = |item: &Option<String>, page: String| {
        let item = item.as_ref().map(|item| format!("http://www.wikidata.org/entity/{item}"));
        item.unwrap_or_else(|| archive.settings.absolute(&page))
    };
    let topic = |&topic: &u32| {
        let topic = &archive.topics[topic as usize];
        let uri = uri(&topic.wikidata, format!("topics/{}.html", topic.slug));
        json!({"name": topic.name, "rel": "about", "literal": topic.slug, "uri": uri})
    };
    let code = |code: &String| {
        let number: String = code.chars().filter(char::is_ascii_digit).collect();
        json!({"rel": "about", "uri": format!("http://cv.iptc.org/newscodes/mediatopic/{number}")})
    };
    let agency = |&agency: &u32| {
        let agency = &archive.agencies[agency as usize];
        let uri = uri(&agency.wikidata, format!("agencies/{}.html", agency.slug));
        json!({"name": agency.name, "literal": agency.slug, "role": "supplied", "uri": uri})
    };
    let named = |name: &String| json!({"name": name, "rel": "mentions"});
    let of_topics = filed.topics.iter().filter_map(|&topic| archive.topics[topic as usize].iptc.as_ref());
    let mut codes: Vec<Value> = of_topics.chain(&extras.iptc).map(code).collect();
    let mut told = BTreeSet::new();
    codes.retain(|code| told.insert(code["uri"].to_string()));
    let subjects = filed.topics.iter().map(topic).chain(codes);
    map(json!({
        "subjects": subjects.collect::<Vec<_>>(),
        "infoSources": filed.agencies.iter().map(agency).collect::<Vec<_>>(),
        "people": extras.people.iter().map(named).collect::<Vec<_>>(),
        "places": extras.places.iter().map(named).collect::<Vec<_>>(),
    }))
}
