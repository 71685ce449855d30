//! What every page shows around its own: the site's name, the bar of topics, the footer; and its head. Nothing
//! here may change with the archive's size or the clock, or every page would be printed again.

use crate::archive::model::Archive;
use crate::base::language;
use crate::base::slug;
use crate::plan::part::{self, Part, Value};
use crate::read::agency::Agency;
use crate::read::strings::Strings;
use crate::read::topic::Topic;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many topics the bar has.
pub const BAR: usize = 6;

/// What a page says of itself in its head.
pub struct Head<'a> {
    /// Its path.
    pub path: &'a str,
    /// The document's title.
    pub title: String,
    /// One sentence.
    pub description: Option<String>,
    /// Whether search engines should leave it out.
    pub noindex: bool,
    /// Which entry of the masthead is current.
    pub here: &'a str,
}

/// The head's part; its values are handed to templates by their own names.
pub fn head(archive: &Archive, head: &Head<'_>) -> Part {
    let canonical = archive.settings.absolute(head.path);
    let value = part::record([
        ("canonical", part::text(&canonical)),
        ("description", part::optional(head.description.as_deref())),
        ("here", part::text(head.here)),
        ("noindex", part::flag(head.noindex)),
        ("path", part::text(head.path)),
        ("root", part::text(&slug::way_up(head.path))),
        ("title", part::text(&head.title)),
    ]);
    Part::seal(value, vec![archive.settings.file.clone()])
}

/// The title of a page about something: `Syria | Dateline`.
pub fn title(archive: &Archive, of: &str) -> String {
    format!("{of} | {}", archive.settings.title)
}

/// The site's part.
pub fn site(archive: &Archive) -> Part {
    let settings = &archive.settings;
    let bar = archive.topics.iter().take(BAR).map(topic_term).collect();
    let links = settings
        .nav
        .iter()
        .map(|(title, url)| part::record([("title", part::text(title)), ("url", part::text(url))]));
    let value = part::record([
        ("title", part::text(&settings.title)),
        ("languages", part::flag(settings.languages.len() > 1)),
        ("section", part::optional(settings.section.as_deref())),
        ("description", part::optional(settings.description.as_deref())),
        ("lang", part::text(settings.language())),
        ("dir", part::text(language::direction(settings.language()))),
        ("time_zone", part::text(&settings.zone_name)),
        ("topics", part::list(bar)),
        ("more_topics", part::flag(archive.topics.len() > BAR)),
        ("footer", footer(archive)),
        ("links", part::list(links.collect())),
        ("licence", part::optional(settings.licence.as_deref())),
        ("publisher", part::optional(settings.publisher.as_deref())),
        ("policy", part::text(&settings.policy.join(" "))),
        ("search", part::flag(settings.search)),
    ]);
    Part::seal(value, site_sources(archive))
}

/// The words' part.
pub fn words(archive: &Archive) -> Part {
    let strings = &archive.strings;
    let words = strings.words.iter().map(|(key, word)| (key.clone(), part::text(word)));
    let words = words.chain([("counted".to_owned(), counted(strings))]);
    let file = format!("templates/strings/{}.yaml", strings.language);
    Part::seal(part::map(words), vec![file.into()])
}

/// The words that stand with a number, each with what the filter `plural` needs to know of the language.
fn counted(strings: &Strings) -> Value {
    let numbers = &strings.numbers;
    let numbers = part::record([
        ("digits", part::text(&numbers.digits.iter().collect::<String>())),
        ("first", part::number(numbers.first)),
        ("from", part::number(numbers.from as usize)),
        ("mark", part::text(&numbers.mark)),
        ("then", part::number(numbers.then)),
    ]);
    let word = |forms: &BTreeMap<String, String>| {
        part::record([
            ("forms", part::map(forms.iter().map(|(name, form)| (name.clone(), part::text(form))))),
            ("language", part::text(&strings.language)),
            ("numbers", numbers.clone()),
        ])
    };
    let alone = BTreeMap::from([("other".to_owned(), "{n}".to_owned())]);
    let words = strings.counted.iter().map(|(key, forms)| (key.clone(), word(forms)));
    part::map(words.chain([("number".to_owned(), word(&alone))]))
}

/// A topic as a term.
pub fn topic_term(topic: &Topic) -> Value {
    term(&topic.name, &topic.slug, &format!("topics/{}.html", topic.slug))
}

/// An agency as a term.
pub fn agency_term(agency: &Agency) -> Value {
    term(&agency.name, &agency.slug, &format!("agencies/{}.html", agency.slug))
}

fn term(name: &str, slug: &str, address: &str) -> Value {
    part::record([("name", part::text(name)), ("slug", part::text(slug)), ("address", part::text(address))])
}

fn footer(archive: &Archive) -> Value {
    let mut pages: Vec<_> = archive.standing.iter().filter(|page| page.nav.is_some()).collect();
    pages.sort_by_key(|page| (page.nav, &page.slug));
    let entry = |page: &&crate::read::standing::Standing| {
        part::record([
            ("title", part::text(&page.title)),
            ("address", part::text(&format!("{}.html", page.slug))),
        ])
    };
    part::list(pages.iter().map(entry).collect())
}

fn site_sources(archive: &Archive) -> Vec<Arc<str>> {
    let topics = archive.topics.iter().take(BAR).map(|topic| topic.file.clone());
    let pages = archive.standing.iter().filter(|page| page.nav.is_some()).map(|page| page.file.clone());
    std::iter::once(archive.settings.file.clone()).chain(topics).chain(pages).collect()
}
