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
    let canonical = part::text(&archive.settings.absolute(head.path));
    let value = head_value(head, &slug::way_up(head.path), canonical);
    Part::seal(value, vec![archive.settings.file.clone()])
}

/// A head's values.
pub fn head_value(head: &Head<'_>, root: &str, canonical: Value) -> Value {
    part::record("head").of([
        // the page's whole address, below `base_url`; none for `404.html`
        ("canonical", canonical),
        // one sentence about it, or none
        ("description", part::optional(head.description.as_deref())),
        // what of the masthead is current: a topic's slug, `topics`, `timeline`, `agencies`, `search`, or empty
        ("here", part::text(head.here)),
        // whether search engines should leave it out
        ("noindex", part::flag(head.noindex)),
        // its path from the root of its edition
        ("path", part::text(head.path)),
        // the way from it to that root, such as `../../../`: write it before every address
        ("root", part::text(root)),
        // the title of the document
        ("title", part::text(&head.title)),
    ])
}

/// The title of a page about something: `Syria | Dateline`.
pub fn title(archive: &Archive, of: &str) -> String {
    format!("{of} | {}", archive.settings.title)
}

/// The site's part: `bar` is the topics that it names, the first of them or none.
pub fn site(archive: &Archive, bar: &[Topic]) -> Part {
    let settings = &archive.settings;
    let links = settings.nav.iter().map(|(title, url)| {
        part::record("link elsewhere").of([
            // what the link says
            ("title", part::text(title)),
            // its address
            ("url", part::text(url)),
        ])
    });
    let value = part::record("site").of([
        // the site's name
        ("title", part::text(&settings.title)),
        // whether it has several languages
        ("languages", part::flag(settings.languages.len() > 1)),
        // what stands after the name, or none
        ("section", part::optional(settings.section.as_deref())),
        // one sentence about it, or none
        ("description", part::optional(settings.description.as_deref())),
        // the tag of the page's language
        ("lang", part::text(settings.language())),
        // `ltr` or `rtl`
        ("dir", part::text(language::direction(settings.language()))),
        // the zone that its days are days of
        ("time_zone", part::text(&settings.zone_name)),
        // the topics of the bar, at most six; none on a brief's page, which names its own
        ("topics", part::list(bar.iter().map(topic_term).collect())),
        // whether there are more than those
        ("more_topics", part::flag(archive.topics.len() > bar.len())),
        // the standing pages that have a place in the footer
        ("footer", footer(archive)),
        // its further links, from `nav`
        ("links", part::list(links.collect())),
        // under what its texts may be used, or none
        ("licence", part::optional(settings.licence.as_deref())),
        // who publishes it, or none
        ("publisher", part::optional(settings.publisher.as_deref())),
        // the hosts that it adds to the pages' Content-Security-Policy
        ("policy", part::text(&settings.policy.join(" "))),
        // whether it has a search page
        ("search", part::flag(settings.search)),
        // what `site.yaml` says under `extra`, as it is
        ("extra", settings.extra.as_ref().map_or_else(part::none, part::free)),
    ]);
    Part::seal(value, site_sources(archive, bar))
}

/// The topics of the bar.
pub fn bar(archive: &Archive) -> &[Topic] {
    &archive.topics[..archive.topics.len().min(BAR)]
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
    let numbers: Value = part::record("numbers").of([
        // the digits from 0 to 9
        ("digits", part::text(&numbers.digits.iter().collect::<String>())),
        // how many digits the last group has
        ("first", part::number(numbers.first)),
        // the least number that is grouped
        ("from", part::number(numbers.from as usize)),
        // what stands between groups
        ("mark", part::text(&numbers.mark)),
        // how many digits the groups before the last have
        ("then", part::number(numbers.then)),
    ]);
    let word = |forms: &BTreeMap<String, String>| {
        part::record("counted word").of([
            // the forms it takes, by the plural categories of the language
            ("forms", part::map(forms.iter().map(|(name, form)| (name.clone(), part::text(form))))),
            // the tag of the language
            ("language", part::text(&strings.language)),
            // how numbers are written
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
    part::record("term").of([
        // its name
        ("name", part::text(name)),
        // its slug
        ("slug", part::text(slug)),
        // its page
        ("address", part::text(address)),
    ])
}

fn footer(archive: &Archive) -> Value {
    let mut pages: Vec<_> = archive.standing.iter().filter(|page| page.nav.is_some()).collect();
    pages.sort_by_key(|page| (page.nav, &page.slug));
    let entry = |page: &&crate::read::standing::Standing| {
        part::record("standing page").of([
            // its title
            ("title", part::text(&page.title)),
            // where it is
            ("address", part::text(&format!("{}.html", page.slug))),
        ])
    };
    part::list(pages.iter().map(entry).collect())
}

fn site_sources(archive: &Archive, bar: &[Topic]) -> Vec<Arc<str>> {
    let topics = bar.iter().map(|topic| topic.file.clone());
    let pages = archive.standing.iter().filter(|page| page.nav.is_some()).map(|page| page.file.clone());
    std::iter::once(archive.settings.file.clone()).chain(topics).chain(pages).collect()
}
