//! Sitemaps by the protocol of sitemaps.org and the rules of news sitemaps: what they name is there, what is there they
//! name, and "now" moves the news alone.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may touch the disk, and panic")]

mod common;

use common::xml::{self, Element};
use common::{Desk, flags, numbered, small_site, tree};
use dateline::base::date::Moment;
use dateline::deliver::folder::Opening;
use dateline::newsroom::{self, Flags};
use dateline::press::Sheet;
use dateline::read::sources::Sources;
use std::collections::{BTreeMap, BTreeSet};

const HOME: &str = "https://desk.example/news/";

fn brief(title: &str, date: &str, more: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\ntopics: [Syria]\nagencies: [AP]\n{more}---\n\nText.\n")
}

fn desk() -> Desk {
    let mut files = small_site();
    files[0].1 = files[0].1.replace("[en]", "[en, de, zh-Hans]").replace("/\n", "\n");
    files.extend((0..20).map(|number| numbered(number, 0, 0)));
    let desk = Desk::new(files);
    for (path, text) in [
        ("two", brief("Two ]]> & more", "2017-11-22T14:30:00+01:00", "updated: 2017-11-23T08:00:00Z\n")),
        ("two.de", "---\ntitle: Zwei\n---\n\nText.\n".to_owned()),
        ("draft", brief("Unripe", "2017-11-22", "status: draft\n")),
        ("over", brief("Over", "2017-11-22", "expires: 2017-12-01T00:00:00Z\n")),
        (
            "gone",
            brief("Gone", "2017-11-22", "status: withdrawn\nwithdrawn: {date: 2017-11-24, reason: Wrong}\n"),
        ),
        ("moved", brief("Moved", "2017-11-22", "redirect_from: [/old/moved.html]\n")),
    ] {
        desk.write(&format!("content/briefs/{path}.md"), text);
    }
    desk
}

fn at(now: &str) -> Flags {
    Flags { now: Moment::parse(now).unwrap(), ..flags() }
}

fn built(desk: &Desk, flags: Flags) -> (Vec<String>, BTreeMap<String, Vec<u8>>) {
    let outcome = desk.build_with("out", flags, Opening::default()).unwrap();
    let delivery = outcome.delivery.unwrap_or_else(|| panic!("{:?}", outcome.report));
    (delivery.printed, tree(&desk.beside("out")))
}

/// The addresses of a file, with their elements; only what the protocol knows.
fn urls(bytes: &[u8]) -> BTreeMap<String, Element> {
    let root = xml::read(bytes);
    assert_eq!((&*root.name, root.get("xmlns")), ("urlset", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    assert!(root.children.len() <= 50_000 && bytes.len() <= 50_000_000);
    let known = ["loc", "lastmod", "xhtml:link", "news:news"];
    root.children
        .into_iter()
        .map(|url| {
            assert!(url.children.iter().all(|child| known.contains(&&*child.name)), "{url:?}");
            (url.only("loc").to_owned(), url)
        })
        .collect()
}

#[test]
fn every_page_for_search_engines_is_told_of_once() {
    let (_, files) = built(&desk(), Flags { drafts: true, ..flags() });
    let robots = String::from_utf8_lossy(&files["robots.txt"]).into_owned();
    assert!(robots.contains(&format!("\nSitemap: {HOME}sitemap.xml\n")), "{robots}");
    let index = xml::read(&files["sitemap.xml"]);
    assert_eq!(index.name, "sitemapindex");
    let listed: Vec<&str> = index.children.iter().map(|map| map.only("loc")).collect();
    let maps: BTreeSet<&str> = listed.iter().map(|address| address.strip_prefix(HOME).unwrap()).collect();
    let written = files.keys().filter(|path| path.contains("sitemap-")).map(String::as_str);
    assert_eq!((maps.clone(), maps.len()), (written.collect(), listed.len()));
    let mut told: Vec<String> = Vec::new();
    for map in maps.iter().filter(|map| !map.ends_with("news.xml")) {
        told.extend(urls(&files[*map]).into_keys());
    }
    let whole = told.len();
    let told: BTreeSet<String> = told.into_iter().collect();
    assert_eq!(told.len(), whole, "an address is told of twice");
    let text = |path: &String| String::from_utf8_lossy(&files[path]).into_owned();
    let for_engines = |path: &&String| {
        path.ends_with(".html") && !text(path).contains("<meta name=\"robots\" content=\"noindex\">")
    };
    let address = |path: &String| match path.strip_suffix("index.html") {
        Some(folder) => format!("{HOME}{folder}"),
        None => format!("{HOME}{path}"),
    };
    // The front page of an edition is named as its head does.
    let canonical = |path: &String| {
        text(path)
            .split("rel=\"canonical\" href=\"")
            .nth(1)
            .map(|rest| rest[..rest.find('"').unwrap()].to_owned())
    };
    let wanted: BTreeSet<String> = files
        .keys()
        .filter(for_engines)
        .map(|path| canonical(path).unwrap_or_else(|| address(path)))
        .collect();
    assert_eq!(told, wanted);
    assert!(told.iter().any(|address| address.ends_with("gone.html")), "a withdrawn brief keeps its page");
}

#[test]
fn versions_name_each_other_and_the_default() {
    let (_, files) = built(&desk(), flags());
    let english = urls(&files["sitemap-2017.xml"]);
    let german = urls(&files["de/sitemap-2017.xml"]);
    let links = |url: &Element| -> Vec<(String, String)> {
        url.all("xhtml:link")
            .map(|link| (link.get("hreflang").to_owned(), link.get("href").to_owned()))
            .collect()
    };
    let path = "2017/11/22/two.html";
    let (own, version) = (&english[&format!("{HOME}{path}")], &german[&format!("{HOME}de/{path}")]);
    let both = [("en", ""), ("de", "de/"), ("x-default", "")]
        .map(|(tag, folder)| (tag.to_owned(), format!("{HOME}{folder}{path}")));
    assert_eq!(links(own), both);
    assert_eq!(links(version), both);
    assert!(links(&english[&format!("{HOME}2017/11/22/moved.html")]).is_empty(), "it has no other version");
    assert!(!files.contains_key("zh-Hans/sitemap-2017.xml"), "a year without a brief has no file");
    assert_eq!(own.only("lastmod"), "2017-11-23T08:00:00Z");
    let lastmod = |path: &str| english[&format!("{HOME}2017/11/22/{path}.html")].only("lastmod").to_owned();
    assert_eq!(
        (lastmod("gone"), lastmod("moved")),
        ("2017-11-24T00:00:00Z".into(), "2017-11-22T00:00:00Z".into())
    );
}

#[test]
fn the_news_are_of_48_hours_and_now_moves_them_alone() {
    let desk = desk();
    let (_, files) = built(&desk, at("2017-11-24T13:29:59Z"));
    let news = urls(&files["sitemap-news.xml"]);
    assert_eq!(news.keys().collect::<Vec<_>>(), [&format!("{HOME}2017/11/22/two.html")]);
    let told = news.values().next().unwrap().all("news:news").next().unwrap();
    let publication = told.all("news:publication").next().unwrap();
    let said = [
        publication.only("news:name"),
        publication.only("news:language"),
        told.only("news:publication_date"),
        told.only("news:title"),
    ];
    assert_eq!(said, ["Desk", "en", "2017-11-22T13:30:00Z", "Two ]]> & more"]);
    let german = urls(&files["de/sitemap-news.xml"]);
    assert_eq!(german.values().next().unwrap().all("news:news").next().unwrap().only("news:title"), "Zwei");

    let (printed, files) = built(&desk, at("2017-11-24T13:30:00Z"));
    assert_eq!(printed, ["de/sitemap-news.xml", "sitemap-news.xml"], "and nothing else");
    assert!(urls(&files["sitemap-news.xml"]).is_empty());
    assert_eq!(built(&desk, at("2017-11-24T13:31:00Z")).0, Vec::<String>::new());
}

#[test]
fn of_1001_news_the_newest_1000_are_told() {
    let mut files = small_site();
    files.extend((0..1_001).map(|number| {
        let date = format!("2025-12-31T{:02}:{:02}:{:02}Z", number / 60 % 24, number % 60, number / 1440);
        (format!("content/briefs/b{number}.md"), brief(&format!("B {number}"), &date, ""))
    }));
    let (_, files) = built(&Desk::new(files), flags());
    let news = urls(&files["sitemap-news.xml"]);
    assert_eq!(news.len(), 1_000);
    assert!(!news.contains_key(&format!("{HOME}2025/12/31/b0.html")), "the oldest is not among them");
    assert_eq!(urls(&files["sitemap-2025.xml"]).len(), 1_001);
}

#[test]
fn a_year_that_is_too_long_for_a_file_is_split_and_grows_at_its_end() {
    // With thirty languages an address takes so many lines that a file of 50 MB holds few.
    let languages = "am, ar, bg, bn, cs, de, el, es, fa, fr, ha, hi, hr, id, ko, mk, pl, ps, pt, ro, ru, sq, sr, sw, tr, uk, ur";
    let mut files = small_site();
    files[0].1 = files[0]
        .1
        .replace("[en]", &format!("[en, {languages}]"))
        .replace("desk.example", &format!("{}.example", "d".repeat(60)));
    let count = 3_200;
    let one = |number: usize| {
        let date = format!("2017-{:02}-{:02}", number / 28 % 12 + 1, number % 28 + 1);
        (format!("content/briefs/b{number}.md"), brief(&format!("B {number}"), &date, ""))
    };
    files.extend((0..count).map(one));
    let desk = Desk::new(files);
    let (_, files) = built(&desk, flags());
    let sizes = |files: &BTreeMap<String, Vec<u8>>| {
        ["sitemap-2017.xml", "sitemap-2017-2.xml"].map(|path| urls(&files[path]).len())
    };
    let before = sizes(&files);
    assert_eq!(before.iter().sum::<usize>(), count);
    assert!(before[0] > 2_000 && before[1] > 0, "{before:?}");
    desk.write("content/briefs/new.md", brief("New", "2017-12-31", ""));
    let (printed, files) = built(&desk, flags());
    assert_eq!(sizes(&files), [before[0], before[1] + 1]);
    assert!(
        printed.contains(&"sitemap-2017-2.xml".to_owned())
            && !printed.contains(&"sitemap-2017.xml".to_owned())
    );
}

/// Composed, and only its sitemaps printed: what the protocol allows a file is the same for every site. It takes long.
#[test]
fn of_50001_addresses_of_a_year_the_last_stands_in_a_second_file() {
    if common::rounds(0, 1) == 0 {
        return;
    }
    let mut files: BTreeMap<String, String> = small_site().into_iter().collect();
    for number in 0..50_001 {
        let date = format!("2017-{:02}-{:02}", number / 28 % 12 + 1, number % 28 + 1);
        files.insert(format!("content/briefs/b{number}.md"), brief(&format!("B {number}"), &date, ""));
    }
    let (edition, mut said) = newsroom::compose(&mut Sources::of(&files), &flags());
    assert!(!said.has_errors());
    let mut printed = |path: &str| {
        let page = edition.plan.pages.iter().find(|page| &*page.path == path)?;
        match edition.print(&edition.set(page), &mut Vec::new(), &mut said) {
            Some(Sheet::Bytes(bytes)) => Some(bytes.to_vec()),
            _ => None,
        }
    };
    let [first, second] = ["sitemap-2017.xml", "sitemap-2017-2.xml"].map(|path| printed(path).unwrap());
    assert_eq!([urls(&first).len(), urls(&second).len()], [50_000, 1]);
    let index = xml::read(&printed("sitemap.xml").unwrap());
    assert!(index.all("sitemap").any(|one| one.only("loc") == format!("{HOME}sitemap-2017-2.xml")));
    assert!(printed("sitemap-2017-3.xml").is_none());
}
