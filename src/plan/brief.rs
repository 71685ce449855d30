//! A brief's page.

use crate::archive::model::Filed;
use crate::archive::related;
use crate::plan::body;
use crate::plan::card;
use crate::plan::chrome::{self, Head};
use crate::plan::media;
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::rule;
use crate::plan::social;
use crate::plan::structured;
use crate::read::brief::Status;
use crate::read::extras::{Extras, Related};
use std::borrow::Cow;

/// A page for each brief, and one for each file that lies beside it and that it shows.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let mut pages = Vec::with_capacity(plan.archive.briefs.len());
    for (number, filed) in plan.archive.briefs.iter().enumerate() {
        let claim = crate::base::report::Place::whole(&filed.brief.file);
        pages.push(Page {
            path: filed.address.as_str().into(),
            kind: Kind::Brief(number as u32),
            claim,
            edition: 0,
        });
        pages.extend(media::files_of_brief(filed));
    }
    media::once(pages)
}

/// The parts of a brief's page.
pub fn parts(plan: &Plan, page: &Page, number: u32) -> Parts {
    let filed = plan.archive.filed(number);
    let head = Head {
        path: page.inside(),
        title: title(plan, filed),
        description: filed.brief.summary.as_deref().map(plain),
        noindex: filed.expired || filed.brief.status == Status::Draft,
        here: filed.topics.first().map_or("", |&topic| &plan.archive.topics[topic as usize].slug),
    };
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        ("brief", Part::seal(value(plan, filed, page.inside()), vec![filed.brief.file.clone()])),
        ("social", social::of_brief(plan, filed)),
        ("structured", structured::brief::structured(plan, page, filed)),
        ("recommended", recommended(plan, filed, number)),
        ("mentioned", plan.cards(&related::mentioned(&plan.archive, number))),
        ("neighbours", neighbours(plan, filed, number)),
    ]
}

fn title(plan: &Plan, filed: &Filed) -> String {
    let settings = &plan.archive.settings;
    let date = plan.dates.long(&plan.archive.strings, filed.published.day.into());
    let date = date.as_str().unwrap_or_default();
    let (headline, section) = (&filed.brief.title, settings.section.as_deref());
    if let Some(form) = &settings.title_format {
        return form
            .replace("{section}", section.unwrap_or_default())
            .replace("{site}", &settings.title)
            .replace("{date}", date)
            .replace("{headline}", headline);
    }
    [Some(&**headline), section, Some(&settings.title), Some(date)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" | ")
}

fn value(plan: &Plan, filed: &Filed, path: &str) -> Value {
    let brief = &filed.brief;
    let (archive, strings) = (&plan.archive, &plan.archive.strings);
    let none = Extras::default();
    let extras = brief.extras.as_deref().unwrap_or(&none);
    let withdrawn = filed.withdrawn();
    let text = if withdrawn { Cow::default() } else { body::filled(&brief.body.html, &filed.links, path) };
    let summary = if withdrawn { None } else { brief.summary.as_deref() };
    part::record([
        ("agencies", plan.agencies(&filed.agencies)),
        ("body", part::html(&text)),
        ("corrections", corrections(plan, extras)),
        ("corrections_on_top", part::flag(archive.settings.corrections_on_top)),
        ("credit", part::optional(Some(credit(plan, filed)).as_deref().filter(|credit| !credit.is_empty()))),
        ("editors", part::text(&brief.editors.join("/"))),
        ("extra", extras.extra.as_ref().map_or_else(part::none, part::free)),
        (
            "happened",
            if card::differs(filed) { plan.dates.event(strings, brief.event) } else { part::none() },
        ),
        ("headline", part::text(&brief.title)),
        ("iptc", part::texts(extras.iptc.iter().map(String::as_str))),
        ("key_points", if withdrawn { part::list(Vec::new()) } else { htmls(&extras.key_points) }),
        ("kind", part::text(&brief.kind)),
        ("lang", part::text(&brief.lang)),
        ("media", if withdrawn { part::list(Vec::new()) } else { media::values(plan, filed, extras) }),
        ("own", part::flag(filed.agencies.is_empty())),
        ("people", part::texts(extras.people.iter().map(String::as_str))),
        ("place", part::optional(brief.place.as_deref())),
        ("places", part::texts(extras.places.iter().map(String::as_str))),
        ("published", plan.dates.published(strings, filed.published, &archive.settings.zone)),
        ("quoted", part::text(&strings.quotes.around(&brief.title))),
        ("rule", rule::rule(plan, filed)),
        ("sources", sources(plan, extras)),
        ("standfirst", summary.map_or_else(part::none, part::html)),
        ("state", part::text(state(filed))),
        ("topics", plan.topics(&filed.topics)),
        (
            "updated",
            brief
                .updated
                .map_or_else(part::none, |when| plan.dates.published(strings, when, &archive.settings.zone)),
        ),
        ("withdrawn", withdrawal(plan, filed, extras)),
        ("year", year(plan, filed)),
    ])
}

/// The credit line as plain text: `dj/cmk (AP, Reuters)`.
pub fn credit(plan: &Plan, filed: &Filed) -> String {
    let names = filed.agencies.iter().map(|&agency| &*plan.archive.agencies[agency as usize].name);
    let names = names.collect::<Vec<_>>().join(", ");
    match (filed.brief.editors.join("/"), names) {
        (editors, names) if names.is_empty() => editors,
        (editors, names) if editors.is_empty() => names,
        (editors, names) => format!("{editors} ({names})"),
    }
}

fn state(filed: &Filed) -> &'static str {
    match filed.brief.status {
        Status::Withdrawn => "withdrawn",
        Status::Draft => "draft",
        _ if filed.expired => "expired",
        Status::Developing => "developing",
        Status::Published => "",
    }
}

fn htmls(texts: &[String]) -> Value {
    part::list(texts.iter().map(|text| part::html(text)).collect())
}

fn corrections(plan: &Plan, extras: &Extras) -> Value {
    let strings = &plan.archive.strings;
    let shown =
        extras.corrections.iter().filter(|correction| correction.kind != "refile").map(|correction| {
            part::record([
                ("date", plan.dates.date(strings, correction.date.day.into())),
                ("kind", part::text(&correction.kind)),
                ("text", part::html(&correction.text)),
            ])
        });
    part::list(shown.collect())
}

fn withdrawal(plan: &Plan, filed: &Filed, extras: &Extras) -> Value {
    let Some(withdrawn) = extras.withdrawn.as_ref().filter(|_| filed.withdrawn()) else {
        return part::none();
    };
    let replaced = filed.replaced_by.map(|number| {
        let other = plan.archive.filed(number);
        part::record([("headline", part::text(&other.brief.title)), ("address", part::text(&other.address))])
    });
    part::record([
        ("date", plan.dates.date(&plan.archive.strings, withdrawn.date.into())),
        ("reason", part::text(&withdrawn.reason)),
        ("replaced_by", replaced.unwrap_or_else(part::none)),
    ])
}

fn sources(plan: &Plan, extras: &Extras) -> Value {
    let document = |document: &crate::read::extras::Document| {
        part::record([
            ("name", part::text(&document.name)),
            ("url", part::optional(document.url.as_deref())),
            ("kind", part::optional(document.kind.as_deref())),
            ("accessed", plan.dates.optional(&plan.archive.strings, document.accessed.map(Into::into))),
        ])
    };
    part::list(extras.sources.iter().map(document).collect())
}

/// Its year in the timeline, at its day: months and days may appear later, a year stays.
fn year(plan: &Plan, filed: &Filed) -> Value {
    let start = filed.brief.event.start;
    let place = if filed.expired { String::new() } else { format!("#{start}") };
    let address = format!("timeline/{}.html{place}", start.in_year());
    let strings = &plan.archive.strings;
    let label = plan.dates.long(strings, start.in_year());
    let label = strings.word("whole_period").replace("{label}", label.as_str().unwrap_or_default());
    part::record([("label", part::text(&label)), ("address", part::text(&address))])
}

/// What its authors recommend, then what stands near it: cards, and links elsewhere.
fn recommended(plan: &Plan, filed: &Filed, number: u32) -> Part {
    let extras = filed.brief.extras.as_deref();
    let mut declared = filed.recommended.iter();
    let mut outer_links: Vec<Part> = Vec::new();
    let mut inner: Vec<u32> = Vec::new();
    for related in extras.map_or(&[][..], |extras| &extras.related) {
        match related {
            Related::Outer(title, url) => {
                outer_links.push(outer(&plan.archive.strings.typeset(title), url, filed))
            }
            Related::Brief(_) => inner.extend(declared.next().copied().flatten()),
        }
    }
    if filed.listed() {
        inner.extend(related::related(&plan.archive, number));
    }
    let cards = inner.iter().map(|&number| &plan.cards[number as usize]);
    Part::list(cards.chain(&outer_links))
}

/// A link elsewhere: it has a headline as a card has, and `url`.
fn outer(title: &str, url: &str, filed: &Filed) -> Part {
    let value = part::record([("headline", part::text(title)), ("url", part::text(url))]);
    Part::seal(value, vec![filed.brief.file.clone()])
}

/// The briefs before and after in its first topic.
fn neighbours(plan: &Plan, filed: &Filed, number: u32) -> Part {
    let (earlier, later) = related::neighbours(&plan.archive, number);
    let strings = &plan.archive.strings;
    let beside = |number: Option<u32>, word: &str| {
        number.map_or_else(part::none, |number| neighbour(plan, filed, number, word))
    };
    let value = part::record([
        ("earlier", beside(earlier, strings.word("earlier"))),
        ("later", beside(later, strings.word("later"))),
    ]);
    let topic = filed.topics.first().map(|&topic| plan.archive.topics[topic as usize].file.clone());
    let briefs =
        [earlier, later].into_iter().flatten().map(|number| plan.archive.filed(number).brief.file.clone());
    Part::seal(value, topic.into_iter().chain(briefs).collect())
}

/// `Syria, earlier · 21 Nov 2017`, the headline, and where it is.
fn neighbour(plan: &Plan, filed: &Filed, number: u32, word: &str) -> Value {
    let (archive, other) = (&plan.archive, plan.archive.filed(number));
    let topic = filed.topics.first().map_or("", |&topic| &archive.topics[topic as usize].name);
    let date = plan.dates.with_year(&archive.strings, other.published.day.into());
    let kicker = [&word.replace("{name}", topic), " · ", date.as_str().unwrap_or_default()].concat();
    part::record([
        ("address", part::text(&other.address)),
        ("headline", part::text(&other.brief.title)),
        ("kicker", part::text(&kicker)),
    ])
}

/// Inline HTML as plain text, for the head.
pub fn plain(html: &str) -> String {
    const SIGNS: [(&str, char); 5] =
        [("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&amp;", '&')];
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            rest = &rest[rest.find('>').map_or(rest.len(), |end| end + 1)..];
            continue;
        }
        let sign = SIGNS.iter().find(|(written, _)| rest.starts_with(written));
        text.push(sign.map_or('&', |(_, letter)| *letter));
        rest = &rest[sign.map_or(1, |(written, _)| written.len())..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_out_and_signs_are_read() {
        assert_eq!(plain("A &lt;b&gt; <em>c</em> &amp;amp; &quot;d&quot; & e"), "A <b> c &amp; \"d\" & e");
        assert_eq!(plain("open <em"), "open ");
    }
}
