//! A brief's page.

use crate::archive::corrections::is_told;
use crate::archive::model::Filed;
use crate::archive::related;
use crate::base::language;
use crate::base::slug;
use crate::plan::body;
use crate::plan::card;
use crate::plan::chrome::{self, Head};
use crate::plan::media;
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Field, Part, Parts, Value};
use crate::plan::period;
use crate::plan::rule;
use crate::plan::signed;
use crate::plan::social;
use crate::plan::structured;
use crate::read::brief::Status;
use crate::read::extras::{Extras, Related};
use memchr::memchr2;
use std::borrow::Cow;

/// A page for each brief, and one for each file that lies beside it and that it shows.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let mut pages = Vec::with_capacity(plan.archive.briefs.len());
    for (number, filed) in plan.archive.briefs.iter().enumerate() {
        let claim = crate::base::report::Place::whole(&filed.brief.file);
        pages.push(Page { path: filed.address.clone(), kind: Kind::Brief(number as u32), claim, edition: 0 });
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
        // the brief
        ("brief", Part::seal(value(plan, filed, page.inside()), vec![filed.brief.file.clone()])),
        // the card that others show of it
        ("social", social::of_brief(plan, filed)),
        // its structured data, as JSON-LD
        ("structured", structured::brief::structured(plan, page, filed)),
        // what its authors recommend, then what stands near it: cards, and links elsewhere
        ("recommended", recommended(plan, filed, number)),
        // the newest briefs that link to it and stand nowhere else on the page, at most 20
        ("mentioned", plan.cards(&related::mentioned(&plan.archive, number))),
        // the briefs before and after it in its first topic
        ("neighbours", neighbours(plan, filed, (number, page.inside()))),
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
    let none = Extras::default();
    let extras = filed.brief.extras.as_deref().unwrap_or(&none);
    part::whole(&told(plan, filed, (extras, path)), &around(plan, filed, extras))
}

/// What a brief tells.
fn told(plan: &Plan, filed: &Filed, (extras, path): (&Extras, &str)) -> Vec<Field> {
    let brief = &filed.brief;
    let withdrawn = filed.withdrawn();
    let text = if withdrawn { Cow::default() } else { body::filled(&brief.body.html, &filed.links, path) };
    let summary = brief.summary.as_deref().filter(|_| !withdrawn);
    let key_points = if withdrawn { &[][..] } else { &extras.key_points };
    let media = if withdrawn { part::list(Vec::new()) } else { media::values(plan, filed, extras) };
    part::record("brief").of([
        // the text, as HTML; empty where it is withdrawn
        ("body", part::html(&text)),
        // the headline
        ("headline", part::text(&brief.title)),
        // numbers of IPTC Media Topics
        ("iptc", part::texts(extras.iptc.iter().map(String::as_str))),
        // the key points, as HTML
        ("key_points", htmls(key_points)),
        // `brief`, `report`, `analysis`, `background`, `explainer`, `opinion` or `live`
        ("kind", part::text(&brief.kind)),
        // the tag of its language
        ("lang", part::text(&brief.lang)),
        // pictures, video and audio
        ("media", media),
        // the people it names
        ("people", part::texts(extras.people.iter().map(String::as_str))),
        // the places it names
        ("places", part::texts(extras.places.iter().map(String::as_str))),
        // the headline in quotation marks
        ("quoted", part::text(&plan.archive.strings.quotes.around(&brief.title))),
        // the rule of its month or year; none where its days are farther apart
        ("rule", rule::rule(plan, filed)),
        // the documents it rests on
        ("sources", sources(plan, extras)),
        // the summary, as HTML, or none
        ("standfirst", summary.map_or_else(part::none, |html| part::html(&language::with_next(html)))),
        // its topics, the primary one first
        ("topics", plan.topics(&filed.topics)),
        // why it was withdrawn, or none
        ("withdrawn", withdrawal(plan, filed, extras)),
        // its year in the timeline, at its day
        ("year", year(plan, filed)),
    ])
}

/// What stands around it: who, when, where, and what became of it.
fn around(plan: &Plan, filed: &Filed, extras: &Extras) -> Vec<Field> {
    let (brief, settings, strings) = (&filed.brief, &plan.archive.settings, &plan.archive.strings);
    let happened = card::differs(filed).then(|| plan.dates.event(strings, brief.event));
    let credit = Some(signed::credit(plan, filed)).filter(|credit| !credit.is_empty());
    let published = |when| plan.dates.published(strings, when, &settings.zone);
    part::record("brief of the desk").of([
        // the agencies that are credited, in that order
        ("agencies", plan.agencies(&filed.agencies)),
        // what was put right, but for refiles
        ("corrections", corrections(plan, extras)),
        // whether they stand above the text
        ("corrections_on_top", part::flag(settings.corrections_on_top)),
        // the credit line as plain text: `dj/cmk (AP, Reuters)`, or none
        ("credit", part::optional(credit.as_deref())),
        // who wrote it: `dj/cmk`, or empty
        ("editors", part::text(&brief.editors.join("/"))),
        // what its author wrote under `extra`, as it is
        ("extra", extras.extra.as_ref().map_or_else(part::none, part::free)),
        // when it happened, where that differs from the day of publication
        ("happened", happened.unwrap_or_else(part::none)),
        // whether it is our own reporting, without an agency
        ("own", part::flag(filed.agencies.is_empty())),
        // the dateline's place, or none
        ("place", part::optional(brief.place.as_deref())),
        // when it was published
        ("published", published(filed.published)),
        // `draft`, `developing`, `withdrawn`, `expired`, or empty
        ("state", part::text(state(filed))),
        // when it last changed, or none
        ("updated", brief.updated.map_or_else(part::none, |_| published(filed.modified(&settings.zone)))),
    ])
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
    let shown = extras.corrections.iter().filter(|correction| is_told(correction)).map(|correction| {
        part::record("correction").of([
            // when it was made
            ("date", plan.dates.date(strings, correction.date.day.into())),
            // `correction`, `clarification` or `update`
            ("kind", part::text(&correction.kind)),
            // what was wrong and is right, as HTML
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
        part::record("replacement").of([
            // its headline
            ("headline", part::text(&other.brief.title)),
            // where it is
            ("address", part::text(&other.address)),
        ])
    });
    part::record("withdrawal").of([
        // when it was withdrawn
        ("date", plan.dates.date(&plan.archive.strings, withdrawn.date.into())),
        // why
        ("reason", part::text(&withdrawn.reason)),
        // the brief that replaces it, or none
        ("replaced_by", replaced.unwrap_or_else(part::none)),
    ])
}

fn sources(plan: &Plan, extras: &Extras) -> Value {
    let document = |document: &crate::read::extras::Document| {
        part::record("source").of([
            // what it is called
            ("name", part::text(&document.name)),
            // where it is, or none
            ("url", part::optional(document.url.as_deref())),
            // what it is, or none
            ("kind", part::optional(document.kind.as_deref())),
            // when it was read, or none
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
    period::step(&label, &address)
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
    let value = part::record("headline elsewhere").of([
        // what the link says
        ("headline", part::text(title)),
        // its address
        ("url", part::text(url)),
    ]);
    Part::seal(value, vec![filed.brief.file.clone()])
}

/// The briefs before and after in its first topic.
fn neighbours(plan: &Plan, filed: &Filed, (number, path): (u32, &str)) -> Part {
    let (earlier, later) = related::neighbours(&plan.archive, number);
    let strings = &plan.archive.strings;
    let beside = |number: Option<u32>, word: &str| {
        number.map_or_else(part::none, |number| neighbour(plan, filed, (number, path), word))
    };
    let value = part::record("neighbours").of([
        // the brief before it in its first topic, or none
        ("earlier", beside(earlier, strings.word("earlier"))),
        // the brief after it, or none
        ("later", beside(later, strings.word("later"))),
    ]);
    let topic = filed.topics.first().map(|&topic| plan.archive.topics[topic as usize].file.clone());
    let briefs =
        [earlier, later].into_iter().flatten().map(|number| plan.archive.filed(number).brief.file.clone());
    Part::seal(value, topic.into_iter().chain(briefs).collect())
}

/// `Syria, earlier, 21 Nov`, the headline, and where it is. The year stands where it is another.
fn neighbour(plan: &Plan, filed: &Filed, (number, path): (u32, &str), word: &str) -> Value {
    let (archive, other) = (&plan.archive, plan.archive.filed(number));
    let strings = &archive.strings;
    let topic = filed.topics.first().map_or("", |&topic| &archive.topics[topic as usize].name);
    let (day, own) = (other.published.day, filed.published.day);
    let date = match day.year == own.year {
        true => plan.dates.written(&archive.strings, day.into()).short,
        false => plan.dates.with_year(&archive.strings, day.into()),
    };
    let kicker =
        [&word.replace("{name}", topic), strings.word("comma"), date.as_str().unwrap_or_default()].concat();
    part::record("neighbour").of([
        // the way to it from this page
        ("address", part::text(&slug::way(path, &other.address))),
        // its headline
        ("headline", part::text(&card::marked(strings, &other.brief))),
        // what it is to this one: `Syria, earlier, 21 Nov`, with the year where it is another
        ("kicker", part::text(&kicker)),
    ])
}

/// Inline HTML as plain text, for the head.
pub fn plain(html: &str) -> String {
    const SIGNS: [(&str, char); 5] =
        [("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&amp;", '&')];
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
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
