//! Editions: a site in several languages holds in each what exists there, and its pages find each other.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{flags, small_site};
use dateline::base::report::Report;
use dateline::newsroom::{self, Newsroom};
use dateline::press::{Edition, Sheet};
use dateline::read::sources::Sources;
use std::collections::BTreeMap;

/// A site in English, German and Arabic: one brief in all three, one in English, one in Arabic alone.
fn site() -> BTreeMap<String, String> {
    let mut site: BTreeMap<String, String> = small_site().into_iter().collect();
    let settings =
        "title: {en: Desk, de: Redaktion}\nbase_url: https://desk.example/news/\nlanguages: [en, de, ar]\n";
    let call = "---\ntitle: A call\ndate: 2017-11-22\ntopics: [North Korea, Syria]\nagencies: [AP]\nplace: Moscow\n\
                key_points: [One]\n---\nSee [the other](other.md) and [the page](/pages/about.md).\n";
    for (path, text) in [
        ("content/site.yaml", settings),
        ("content/topics/north-korea.de.md", "---\nname: Nordkorea\n---\nHintergrund.\n"),
        ("content/topics/syria.md", "---\nname: {en: Syria, ar: سوريا}\norder: 1\n---\nBackground.\n"),
        ("content/pages/about.de.md", "---\ntitle: Über uns\n---\nWer wir sind.\n"),
        ("content/briefs/call.md", call),
        (
            "content/briefs/call.de.md",
            "---\ntitle: Ein Anruf\nplace: Moskau\n---\nSiehe [das](other.md), [die](/pages/about.md).\n",
        ),
        ("content/briefs/call.ar.md", "---\ntitle: مكالمة\n---\n[هنا](call.de.md).\n"),
        (
            "content/briefs/other.md",
            "---\ntitle: Other\ndate: 2017-11-23\ntopics: [Ukraine]\nagencies: [AP]\n---\nSee [it](call.md).\n",
        ),
        (
            "content/briefs/own.md",
            "---\ntitle: خبر\ndate: 2017-11-24\ntopics: [سوريا]\nagencies: [AP]\nlang: ar\n---\nنص.\n",
        ),
    ] {
        site.insert(path.to_owned(), text.to_owned());
    }
    site
}

fn printed(edition: &Edition) -> BTreeMap<String, String> {
    let mut said = Report::default();
    let mut all = BTreeMap::new();
    for page in edition.plan.pages.iter() {
        let mut buffer = Vec::new();
        if let Some(Sheet::Bytes(bytes)) = edition.print(&edition.set(page), &mut buffer, &mut said) {
            all.insert(page.path.to_string(), String::from_utf8_lossy(bytes).into_owned());
        }
    }
    assert!(said.is_empty(), "{said:?}");
    all
}

fn composed(site: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let (edition, said) = newsroom::compose(&mut Sources::of(site), &flags());
    assert!(said.is_empty(), "{said:?}");
    printed(&edition)
}

#[test]
fn an_edition_holds_what_exists_in_its_language() {
    let pages = composed(&site());
    for (path, is_there) in [
        ("2017/11/22/call.html", true),
        ("de/2017/11/22/call.html", true),
        ("ar/2017/11/22/call.html", true),
        ("2017/11/23/other.html", true),
        ("de/2017/11/23/other.html", false),
        ("2017/11/24/own.html", false),
        ("ar/2017/11/24/own.html", true),
        ("de/topics/north-korea.html", true),
        ("de/topics/ukraine.html", false),
        ("de/agencies/reuters.html", false),
        ("de/about.html", true),
        ("ar/about.html", false),
        ("ar/timeline/2017.html", true),
        ("de/404.html", false),
        ("de/robots.txt", false),
    ] {
        assert_eq!(pages.contains_key(path), is_there, "{path}");
    }
    let german = &pages["de/2017/11/22/call.html"];
    for text in ["Ein Anruf", "Moskau", "Nordkorea", "lang=\"de\"", "Redaktion"] {
        assert!(german.contains(text), "{text} is not on the German page");
    }
    assert!(!german.contains("One") && !german.contains("Moscow"), "the English text shows through");
    assert!(pages["ar/2017/11/22/call.html"].contains("dir=\"rtl\""));
}

#[test]
fn links_lead_to_the_reader_s_language_where_it_has_the_page() {
    let pages = composed(&site());
    let has = |page: &str, link: &str| {
        assert!(pages[page].contains(link), "{page} has no {link}:\n{}", pages[page])
    };
    has("de/2017/11/22/call.html", "href=\"../../../../2017/11/23/other.html\"");
    has("de/2017/11/22/call.html", "href=\"../../../about.html\"");
    has("ar/2017/11/22/call.html", "href=\"../../../../de/2017/11/22/call.html\"");
    has("2017/11/23/other.html", "href=\"../22/call.html\"");
    has("de/index.html", "href=\"../dateline-");
}

#[test]
fn versions_name_each_other() {
    let pages = composed(&site());
    let address = |tag: &str, folder: &str| {
        format!(
            "<link rel=\"alternate\" hreflang=\"{tag}\" href=\"https://desk.example/news/{folder}2017/11/22/call.html\">"
        )
    };
    for page in ["2017/11/22/call.html", "de/2017/11/22/call.html", "ar/2017/11/22/call.html"] {
        for link in [address("en", ""), address("de", "de/"), address("ar", "ar/"), address("x-default", "")]
        {
            assert!(pages[page].contains(&link), "{page} lacks {link}");
        }
    }
    let alone = &pages["2017/11/23/other.html"];
    assert!(!alone.contains("hreflang="), "a page without a version names one");
    assert!(alone.contains("href=\"../../../de/index.html\""), "the switcher leads to the other front page");
}

#[test]
fn a_lasting_newsroom_says_what_a_new_one_says_when_versions_change() {
    let mut site = site();
    let mut newsroom = Newsroom::default();
    let edits: [(&str, Option<&str>); 8] = [
        ("content/briefs/call.de.md", Some("---\ntitle: Ein langer Anruf\n---\nText.\n")),
        (
            "content/briefs/call.md",
            Some("---\ntitle: The call\ndate: 2017-11-22\ntopics: [Syria]\nagencies: [AP]\n---\nText.\n"),
        ),
        (
            "content/briefs/call.md",
            Some("---\ntitle: Again\ndate: 2017-11-22\ntopics: [Syria]\nagencies: [AP]\n---\nText.\n"),
        ),
        ("content/briefs/other.de.md", Some("---\ntitle: Anderes\n---\nText.\n")),
        ("content/briefs/call.ar.md", None),
        ("content/topics/syria.de.md", Some("---\nname: Syrien\n---\nHintergrund.\n")),
        ("content/briefs/call.de.md", Some("---\ntitle: Ein Anruf\nstatus: draft\n---\nText.\n")),
        (
            "content/site.yaml",
            Some("title: Desk\nbase_url: https://desk.example/\nlanguages: [de, en, ar]\n"),
        ),
    ];
    for (path, text) in edits {
        match text {
            Some(text) => site.insert(path.to_owned(), text.to_owned()),
            None => site.remove(path),
        };
        let (lasting, said) = newsroom.compose(&mut Sources::of(&site), &flags());
        let (new, expected) = newsroom::compose(&mut Sources::of(&site), &flags());
        assert_eq!(said.sorted(), expected.sorted(), "{path}");
        if !said.has_errors() {
            assert_eq!(printed(&lasting), printed(&new), "{path}");
        }
    }
}
