//! Finished sites, read as a browser reads them: the repository's own says what its facts say, every link of every
//! page leads somewhere wherever the site lies, and nothing hostile gets through. It knows nothing of how pages are
//! made.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may touch the disk, and panic")]

mod common;

use common::{Desk, flags, numbered, small_site, tree};
use dateline::deliver::folder::Opening;
use dateline::newsroom::Flags;
use html5gum::{Token, Tokenizer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The page that facts.md calls the call.
const LEAD: &str = "2017/11/22/putin-trump-call.html";

/// Agencies of facts.md, section C: slug, full name, country, kind, founded, Wikidata.
const AGENCIES: [[&str; 6]; 6] = [
    ["ap", "The Associated Press", "United States", "cooperative", "1846", "Q40469"],
    ["reuters", "Reuters", "United Kingdom", "private", "1851", "Q130879"],
    ["afp", "Agence France-Presse", "France", "public", "1944", "Q40464"],
    ["dpa", "Deutsche Presse-Agentur", "Germany", "private", "1949", "Q312653"],
    ["interfax", "Interfax", "Russia", "private", "1989", "Q379271"],
    ["un", "United Nations", "", "intergovernmental", "1945", "Q1065"],
];

/// What every text of the hostile site holds. The product stands nowhere unless someone works it out.
const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>' onfocus='alert(2){{ 12345 * 6789 }}{% x %}{# y";
const PRODUCT: &str = "83810205";

/// A picture of one point.
const POINT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg>";

/// A printed site: every file by its path.
struct Printed {
    files: BTreeMap<String, Vec<u8>>,
    pages: BTreeMap<String, Html>,
}

/// What a page holds that matters here.
#[derive(Default)]
struct Html {
    ids: BTreeSet<String>,
    /// Every address that a reader or a browser may follow.
    links: Vec<String>,
    /// Elements: name and attributes.
    elements: Vec<(String, BTreeMap<String, String>)>,
    text: String,
    is_redirect: bool,
}

#[test]
fn the_lead_stands_on_its_topics_agencies_and_the_front_page() {
    let site = own_site();
    let right_in = |folder: &str| -> Vec<&str> {
        let pages =
            site.pages.keys().filter_map(|path| path.strip_prefix(folder)).filter(|path| !path.contains('/'));
        pages.filter(|path| leads_to(&site, &format!("{folder}{path}"), LEAD)).collect()
    };
    assert_eq!(right_in("topics/"), ["north-korea.html", "syria.html", "ukraine.html"]);
    assert_eq!(right_in("agencies/"), ["afp.html", "ap.html", "dpa.html", "interfax.html", "reuters.html"]);
    let front = site.text("index.html");
    let lead = between(&front, "<article class=\"lead\">", "</article>");
    assert!(lead.contains(&format!("<h2><a href=\"{LEAD}\">")), "{lead}");
}

#[test]
fn the_lead_stands_in_the_timeline_by_the_day_it_happened() {
    let site = own_site();
    for (path, way) in [("timeline.html", ""), ("timeline/2017.html", "../")] {
        let page = site.text(path);
        let day = between(&page, "<h3 id=\"2017-11-21\">", "<h3");
        assert!(day.contains(&format!("href=\"{way}{LEAD}\"")), "{path}: {day}");
        let others = page.matches(&format!("href=\"{way}{LEAD}\"")).count();
        assert_eq!(others, 1, "{path} has it under another day too");
    }
}

#[test]
fn the_lead_is_credited_and_dated() {
    let site = own_site();
    let page = site.text(LEAD);
    let credit = between(&page, "<p class=\"credit\">", "</p>");
    assert_eq!(text_of(credit), "dj/cmk (AP, Interfax, Reuters, dpa, AFP)");
    for agency in ["ap", "interfax", "reuters", "dpa", "afp"] {
        assert!(credit.contains(&format!("href=\"../../../agencies/{agency}.html\"")), "{agency}: {credit}");
    }
    let dateline = text_of(between(&page, "<p class=\"dateline\">", "</p>"));
    assert!(dateline.contains("22 November 2017"), "{dateline}");
    assert!(dateline.contains("happened 21 November"), "{dateline}");
    assert!(
        page.contains("<time datetime=\"2017-11-22\">") && page.contains("<time datetime=\"2017-11-21\">")
    );
}

#[test]
fn every_brief_of_the_archive_is_out_and_no_draft() {
    let site = own_site();
    let is_brief = |path: &&String| path.starts_with("20") && path.matches('/').count() == 3;
    assert_eq!(site.pages.keys().filter(is_brief).count(), 29);
    for (path, bytes) in site.files.iter().filter(|(path, _)| !path.ends_with(".css")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("draft"), "{path} speaks of a draft");
    }
}

#[test]
fn agency_pages_say_what_the_facts_say() {
    let site = own_site();
    for [slug, full_name, country, kind, founded, wikidata] in AGENCIES {
        let page = site.text(&format!("agencies/{slug}.html"));
        let shown = text_of(between(&page, "<main", "</main>"));
        for fact in [full_name, country, kind, founded, wikidata] {
            assert!(shown.contains(fact), "{slug} lacks `{fact}`: {shown}");
        }
        assert!(page.contains(&format!("href=\"https://www.wikidata.org/wiki/{wikidata}\"")), "{slug}");
        assert_eq!(page.contains("<dt>Country</dt>"), !country.is_empty(), "{slug}");
    }
    assert!(site.text("agencies/dpa.html").contains("Owned by media companies."));
    for (slug, wikidata) in [("syria", "Q858"), ("ukraine", "Q212"), ("north-korea", "Q423")] {
        let page = site.text(&format!("topics/{slug}.html"));
        assert!(page.contains(&format!("href=\"https://www.wikidata.org/wiki/{wikidata}\"")), "{slug}");
    }
}

#[test]
fn an_agency_that_is_the_only_source_of_all_lists_them_once() {
    let site = own_site();
    for page in ["agencies/un.html", "agencies/ap.html"] {
        let links: Vec<_> = site.pages[page].links.iter().filter(|link| link.starts_with("../2")).collect();
        let once: BTreeSet<_> = links.iter().collect();
        assert!(once.len() >= 4, "{page}: {links:?}");
        assert_eq!(links.len(), once.len(), "{page}");
    }
    let page = site.text("agencies/un.html");
    assert!(page.contains("<dt>Where it is the only source</dt><dd>25 briefs</dd>"), "a number, and no list");
}

#[test]
fn names_of_another_script_are_set_apart_in_a_list() {
    let site = own_site();
    let page = |path: &str| String::from_utf8(site.files[path].clone()).unwrap();
    assert!(page("ar/index.html").contains("\u{2068}AP\u{2069}، \u{2068}Interfax\u{2069}"));
    assert!(!page("index.html").contains('\u{2068}') && page("index.html").contains("AP, Interfax"));
}

#[test]
fn a_topic_without_more_than_the_lead_has_no_block_on_the_front_page() {
    let desk = Desk::new(small_site().into_iter().chain([numbered(0, 0, 0), numbered(3, 0, 0)]));
    desk.publish("out");
    let site = printed(tree(&desk.beside("out")));
    let front = &site.pages["index.html"];
    // Brief 3 leads; it is on Syria and Ukraine. Brief 0 is on Syria, and none is on North Korea.
    let blocks: Vec<_> =
        front.ids.iter().filter(|id| ["syria", "ukraine", "north-korea"].contains(&&***id)).collect();
    assert_eq!(blocks, ["syria"]);
    assert!(
        front.text.contains("Ukraine\u{a0}1") && front.text.contains("North Korea\u{a0}0"),
        "{}",
        front.text
    );
}

#[test]
fn every_link_of_the_own_site_leads_somewhere() {
    let site = own_site();
    check_links(&site, "/dateline/");
    check_reach(&site);
}

#[test]
fn every_link_of_a_site_with_everything_leads_somewhere() {
    let site = everything();
    check_links(&site, "/news/");
    check_reach(&site);
    let of = |start: &str, parts: usize| {
        let names = site.pages.keys().filter_map(|path| path.strip_prefix(start)?.strip_suffix(".html"));
        names.filter(|name| name.split('-').count() == parts && name.starts_with("20")).count()
    };
    assert!(
        of("timeline/", 1) >= 10 && of("timeline/", 2) >= 12 && of("timeline/", 3) >= 3,
        "periods are not split"
    );
    assert!(of("topics/syria/", 3) >= 1, "a topic's periods are not split");
    for old in ["conflicts/syria/", "old-syria/", "wire/ap/"] {
        assert!(of(old, 1) >= 5 && of(old, 3) >= 1, "`{old}` does not carry its periods");
    }
    for copied in ["report.pdf", "media/film.mp4", "2017/11/20/assad.svg", "2017/11/20/map.pdf"] {
        assert!(site.files.contains_key(copied), "`{copied}` was not copied");
    }
}

#[test]
fn corrections_feeds_and_data_are_a_click_away_but_from_briefs_and_topics() {
    let site = everything();
    let lacks = |page: &&String| {
        !["corrections.html", "feeds.html", "data.html"].iter().all(|wanted| leads_to(&site, page, wanted))
    };
    // 404.html links from the path of the address.
    let meant = site.pages.iter().filter(|(path, page)| !page.is_redirect && *path != "404.html");
    let meant = meant.map(|(path, _)| path);
    let lacking: Vec<&String> = meant.filter(lacks).collect();
    assert!(!lacking.is_empty());
    let others = lacking.iter().filter(|path| !path.starts_with("topics/") && !path.starts_with("20"));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&&String>::new());
}

#[test]
fn a_site_is_the_same_wherever_it_lies() {
    let desk = everything_desk();
    let built = |base_url: &str, out: &str| {
        let flags = Flags { base_url: Some(base_url.to_owned()), ..flags() };
        let outcome = desk.build_with(out, flags, Opening::default()).unwrap();
        assert!(outcome.delivery.is_some(), "{:?}", outcome.report);
        let site = printed(tree(&desk.beside(out)));
        let path =
            base_url.trim_start_matches("https://").split_once('/').map(|(_, path)| format!("/{path}"));
        check_links(&site, &path.unwrap());
        site
    };
    let (top, deep) = (built("https://desk.example/", "top"), built("https://desk.example/a/b/", "deep"));
    assert_eq!(top.files.keys().collect::<Vec<_>>(), deep.files.keys().collect::<Vec<_>>());
    let mut differing = Vec::new();
    for (path, bytes) in &top.files {
        if *bytes == deep.files[path] {
            continue;
        }
        differing.push(path);
        let without = |bytes: &[u8], base: &str, way: &str| {
            let text = String::from_utf8_lossy(bytes).replace(base, "BASE/");
            if path == "404.html" { text.replace(&format!("=\"{way}"), "=\"WAY/") } else { text }
        };
        let left = without(bytes, "https://desk.example/", "/");
        let right = without(&deep.files[path], "https://desk.example/a/b/", "/a/b/");
        assert_eq!(left, right, "{path} differs in more than absolute addresses");
    }
    assert!(differing.len() > 100, "no page has a canonical link");
}

#[test]
fn nothing_hostile_gets_through() {
    for raw_html in [false, true] {
        let desk = hostile_desk(raw_html);
        desk.publish("out");
        let site = printed(tree(&desk.beside("out")));
        check_links(&site, "/news/");
        let brief = site.text("2017/11/22/hostile.html");
        assert!(
            brief.contains("&lt;script&gt;") && brief.contains("{{ 12345"),
            "the hostile text is not on its page"
        );
        for (path, bytes) in &site.files {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(PRODUCT), "{path}: a template in a text was worked out");
        }
        let mut harm: Vec<String> = Vec::new();
        for (path, page) in &site.pages {
            let found = page.elements.iter().filter_map(|(name, attributes)| harm_of(name, attributes));
            harm.extend(found.map(|found| format!("{path}: {found}")));
        }
        assert!(harm.is_empty(), "raw_html: {raw_html}; {} places:\n  {}", harm.len(), harm.join("\n  "));
    }
}

#[test]
fn the_eye_for_harm_is_open() {
    let page = html(&format!(
        "<a title=\"{HOSTILE}\"></a><a href=\" JavaScript:x\"></a><svg/onload=x><base href=/>"
    ));
    let found: Vec<String> =
        page.elements.iter().filter_map(|(name, attributes)| harm_of(name, attributes)).collect();
    assert_eq!(found.len(), 5, "{found:?}");
}

/// What an element does that no page of ours may do.
fn harm_of(name: &str, attributes: &BTreeMap<String, String>) -> Option<String> {
    const NEVER: [&str; 7] = ["iframe", "frame", "object", "embed", "style", "base", "applet"];
    let is_ours = || {
        attributes.contains_key("src") || attributes.get("type").is_some_and(|kind| kind.ends_with("json"))
    };
    let is_search = || attributes.get("id").is_some_and(|id| id == "search");
    if NEVER.contains(&name) || name == "script" && !is_ours() || name == "form" && !is_search() {
        return Some(format!("<{name}>"));
    }
    attributes.iter().find_map(|(attribute, value)| {
        let start: String =
            value.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
        let runs = ["javascript:", "vbscript:", "data:text"]
            .iter()
            .any(|scheme| start.to_lowercase().starts_with(scheme));
        let harmful =
            attribute.starts_with("on") || ["srcdoc", "formaction", "style"].contains(&attribute.as_str());
        (runs || harmful || attribute == "src" && value == "x")
            .then(|| format!("<{name} {attribute}={value:?}>"))
    })
}

/// Fails with every link that leads nowhere. Addresses are relative, but for those of 404.html, which begin with `base`.
fn check_links(site: &Printed, base: &str) {
    let mut dead = Vec::new();
    for (path, page) in &site.pages {
        for link in page.links.iter().filter(|link| !is_elsewhere(link)) {
            let wrong = match (path.as_str(), link.strip_prefix(base)) {
                ("404.html", Some(inside)) => {
                    goal("index.html", inside).map_or(Some("no address"), |goal| site.lacks(&goal))
                }
                ("404.html", None) if !link.starts_with('#') => Some("not below the site's path"),
                (_, _) if link.starts_with('/') => Some("not relative"),
                _ => goal(path, link).map_or(Some("no address"), |goal| site.lacks(&goal)),
            };
            dead.extend(wrong.map(|wrong| format!("{path}: `{link}`: {wrong}")));
        }
    }
    assert!(dead.is_empty(), "{} links:\n  {}", dead.len(), dead.join("\n  "));
}

/// Fails with every page that cannot be reached from the front page; old addresses and 404.html are not meant to be.
fn check_reach(site: &Printed) {
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    while let Some(path) = open.pop() {
        let Some(page) = site.pages.get(&path) else { continue };
        let goals = page.links.iter().filter(|link| !is_elsewhere(link)).filter_map(|link| goal(&path, link));
        for (goal, _) in goals {
            if reached.insert(goal.clone()) {
                open.push(goal);
            }
        }
    }
    let meant = site.pages.iter().filter(|(path, page)| !page.is_redirect && *path != "404.html");
    let lost: Vec<&String> = meant.map(|(path, _)| path).filter(|path| !reached.contains(*path)).collect();
    assert!(lost.is_empty(), "no way leads to {lost:?}");
}

fn is_elsewhere(link: &str) -> bool {
    let scheme = link.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.contains(':') || link.starts_with("//")
}

/// The path and the place that a relative link of a page leads to; `None` where it leaves the site.
fn goal(page: &str, link: &str) -> Option<(String, String)> {
    let (address, place) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or_default();
    if address.is_empty() {
        return Some((page.to_owned(), decoded(place)));
    }
    let mut path: Vec<&str> = page.split('/').collect();
    path.pop();
    for part in address.split('/') {
        match part {
            "" => return None,
            "." => {}
            ".." => path.pop().map(|_| ())?,
            name => path.push(name),
        }
    }
    Some((decoded(&path.join("/")), decoded(place)))
}

fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}

impl Printed {
    fn text(&self, path: &str) -> String {
        String::from_utf8(self.files.get(path).unwrap_or_else(|| panic!("there is no `{path}`")).clone())
            .unwrap()
    }

    /// Why a path and place do not exist.
    fn lacks(&self, (path, place): &(String, String)) -> Option<&'static str> {
        match (self.files.contains_key(path), self.pages.get(path)) {
            (false, _) => Some("no such file"),
            (true, Some(page)) if !["", "top"].contains(&&**place) && !page.ids.contains(place) => {
                Some("no such place")
            }
            _ => None,
        }
    }
}

fn leads_to(site: &Printed, page: &str, wanted: &str) -> bool {
    site.pages[page].links.iter().filter_map(|link| goal(page, link)).any(|(path, _)| path == wanted)
}

fn printed(files: BTreeMap<String, Vec<u8>>) -> Printed {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let pages =
        pages.map(|(path, bytes)| (path.clone(), html(std::str::from_utf8(bytes).unwrap()))).collect();
    Printed { files, pages }
}

fn html(text: &str) -> Html {
    let mut page = Html::default();
    for token in Tokenizer::new(text) {
        match token {
            Ok(Token::StartTag(tag)) => {
                let string = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let attributes =
                    tag.attributes.iter().map(|(name, value)| (string(name), string(&value.value)));
                take_down(&mut page, string(&tag.name), attributes.collect());
            }
            Ok(Token::String(text)) => page.text += &String::from_utf8_lossy(&text),
            _ => {}
        }
    }
    page
}

fn take_down(page: &mut Html, name: String, attributes: BTreeMap<String, String>) {
    page.ids.extend(attributes.get("id").cloned());
    let followed = ["href", "src", "poster"].into_iter().filter_map(|attribute| attributes.get(attribute));
    page.links.extend(followed.cloned());
    if name == "meta" && attributes.get("http-equiv").is_some_and(|kind| kind == "refresh") {
        let to = attributes["content"].split_once("url=").map(|(_, to)| to.to_owned());
        page.links.extend(to);
        page.is_redirect = true;
    }
    page.elements.push((name, attributes));
}

fn text_of(html_text: &str) -> String {
    html(html_text).text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap_or_else(|| panic!("there is no `{start}`")) + start.len();
    let to = text[from..].find(end).unwrap_or_else(|| panic!("there is no `{end}`"));
    &text[from..from + to]
}

/// The repository's own site, printed.
fn own_site() -> Printed {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["content", "templates", "static"].into_iter().flat_map(|folder| {
        tree(&repository.join(folder))
            .into_iter()
            .map(move |(path, bytes)| (format!("{folder}/{path}"), bytes))
    });
    let desk = Desk::new(files);
    desk.publish("out");
    printed(tree(&desk.beside("out")))
}

fn everything() -> Printed {
    let desk = everything_desk();
    desk.publish("out");
    printed(tree(&desk.beside("out")))
}

/// An archive whose periods are split down to days, with old addresses, media and files beside its briefs.
fn everything_desk() -> Desk {
    let desk = Desk::new(small_site().into_iter().chain((0..150).map(|number| numbered(number, 0, 0))));
    for number in 0..6 {
        let day = if number < 4 { 20 } else { 21 };
        let (front, path) =
            (good(&format!("Talks {number}"), day), format!("content/briefs/talks/{number}.md"));
        desk.write(&path, format!("---\n{front}---\n\nText.\n\n## A place\n\nMore.\n"));
    }
    desk.write("content/briefs/talks/whole.md", WHOLE);
    desk.write("content/briefs/talks/assad.svg", POINT);
    desk.write("content/briefs/talks/Prä sident & 1%.svg", POINT);
    desk.write("content/briefs/talks/map.pdf", "a map");
    desk.write("content/briefs/talks/gone.md", format!("---\n{}{GONE}---\n\nText.\n", good("Gone", 21)));
    desk.write(
        "content/briefs/talks/late.md",
        format!("---\n{}expires: 2018-01-01T00:00:00Z\n---\n\nText.\n", good("Late", 21)),
    );
    desk.write("static/report.pdf", "a report");
    desk.write("static/media/film.mp4", "a film");
    desk.write("static/media/still.svg", POINT);
    desk.write("content/topics/syria.md", TOPIC);
    desk.write(
        "content/agencies.yaml",
        "- name: AP\n  redirect_from: [/wire/ap]\n- name: Reuters\n- name: dpa\n",
    );
    desk.write(
        "content/pages/about.md",
        "---\ntitle: About\nnav: 1\nredirect_from: [/who/]\n---\n\n## Us\n\nWe.\n",
    );
    desk
}

/// The front matter of a brief on Syria in November 2017.
fn good(title: &str, day: u8) -> String {
    format!("title: {title}\ndate: 2017-11-{day}\ntopics: [Syria]\nagencies: [AP]\n")
}

const GONE: &str =
    "status: withdrawn\nwithdrawn: {date: 2017-11-25, reason: It was wrong., replaced_by: talks/1.md}\n";

const TOPIC: &str = "---
name: Syria
order: 1
redirect_from: [/conflicts/syria.html, /old-syria/]
key_dates:
  - {date: 2017-11-20, text: Talks}
  - {date: 2011, text: It begins}
---

See [the talks](../briefs/talks/0.md#a-place), [the whole](/briefs/talks/whole.md) and [below](#below).

## Below

A [report](/report.pdf), and [us](../pages/about.md#us).
";

const WHOLE: &str = "---
title: The whole
date: 2017-11-20T10:00:00Z
event_date: 2017-11-19/2017-11-20
topics: [Syria, Ukraine]
agencies: [AP, dpa]
redirect_from: [/old/address.html, /older/, /oldest]
media:
  - {kind: image, src: assad.svg, alt: A point, credit: AP}
  - {kind: image, src: 'Prä sident & 1%.svg', alt: A point, credit: AP}
  - {kind: video, title: A film, src: /media/film.mp4, poster: /media/still.svg, duration: '0:10'}
  - {kind: video, title: A film elsewhere, url: 'https://example.org/film', poster: assad.svg}
related:
  - talks/1.md
  - {title: Elsewhere, url: 'https://example.org/'}
corrections:
  - {date: 2017-11-21, kind: correction, text: 'A [link](https://example.org/).'}
sources:
  - {name: A paper, url: 'https://example.org/paper'}
---

To [a place](0.md#a-place), [here](#cross-head), [a map](map.pdf), [a report](/report.pdf), [a topic](/topics/syria.md),
[a place there](/content/topics/syria.md#below), [us](/pages/about.md), [a gone one](gone.md), [a late one](late.md)
and a footnote[^one], used[^one] twice.

![A point](assad.svg)

## Cross head

## Cross head

[The second](#cross-head-2) and [the top](#top).

[^one]: With [a link](2.md).
";

/// A site in which every text is hostile.
fn hostile_desk(raw_html: bool) -> Desk {
    let text = format!("'{}'", HOSTILE.replace('\'', "''"));
    let fill = |form: &str| form.replace("TEXT", &text).replace("HOSTILE", HOSTILE);
    Desk::new([
        ("content/site.yaml", fill(&format!("{HOSTILE_SITE}raw_html: {raw_html}\n"))),
        ("content/agencies.yaml", fill(HOSTILE_AGENCIES)),
        ("content/topics/hostile.md", fill(HOSTILE_TOPIC)),
        ("content/pages/hostile.md", fill("---\ntitle: TEXT\nnav: 1\n---\n\nHOSTILE\n\n## HOSTILE\n")),
        ("content/briefs/hostile.md", fill(HOSTILE_BRIEF)),
        ("content/briefs/other.md", fill(HOSTILE_OTHER)),
        ("content/briefs/point.svg", POINT.to_owned()),
    ])
}

const HOSTILE_SITE: &str = "title: TEXT
base_url: https://desk.example/news/
languages: [en]
description: TEXT
section: TEXT
licence: TEXT
publisher: {name: TEXT}
editors:
  dj: {name: TEXT, role: TEXT}
nav:
  - {title: TEXT, url: 'https://example.org/'}
read_more: {en: TEXT}
policy: [stats.example.org]
extra: {anything: TEXT}
";

const HOSTILE_AGENCIES: &str = "- name: TEXT
  slug: hostile
  full_name: TEXT
  country: TEXT
  note: TEXT
  wikidata: Q1
  kind: public
- name: AP
";

const HOSTILE_TOPIC: &str = "---
name: TEXT
aliases: [Other]
key_dates:
  - {date: 2017-11-22, text: TEXT}
status: stable
status_date: 2017-11-22
extra: {anything: TEXT}
---

HOSTILE

<script>alert(1)</script>

## HOSTILE
";

const HOSTILE_BRIEF: &str = "---
title: TEXT
date: 2017-11-22
event_date: 2017-11-21
topics: [hostile]
agencies: [hostile, AP]
summary: TEXT
editors: [TEXT, dj]
authors: [TEXT]
place: TEXT
key_points: [TEXT]
corrections:
  - {date: 2017-11-23, kind: correction, text: TEXT}
media:
  - {kind: image, src: point.svg, title: TEXT, alt: TEXT, caption: TEXT, credit: TEXT}
  - {kind: video, title: TEXT, caption: TEXT, credit: TEXT, transcript: TEXT, url: 'https://example.org/', poster: point.svg}
related:
  - {title: TEXT, url: 'https://example.org/'}
  - other.md
sources:
  - {name: TEXT, kind: TEXT}
people: [TEXT]
places: [TEXT]
notes: TEXT
extra: {anything: TEXT}
---

HOSTILE

<script>alert(1)</script>

<div onclick=\"alert(1)\"><a href=\"javascript:alert(1)\" onclick=\"alert(1)\">a</a> <svg onload=alert(1)> <math><style>

<iframe srcdoc=\"<script>alert(1)</script>\"></iframe><base href=\"/\"><form action=x><object data=x><embed src=x>

<!-- --><script>alert(1)</script><!-- -->

<a href=\"java&#115;cript:alert(1)\" style=\"x\">b</a> <a href='x' title='\"onmouseover=\"alert(1)'>c</a>

## HOSTILE

## Attributes {#id onclick=alert(1) .class style=x}

[HOSTILE](https://example.org/ \"HOSTILE\") ![HOSTILE](point.svg \"title\") `HOSTILE` [^note] <https://example.org/'onclick='x>
[link](https://example.org/ 'a \"onmouseover=\"alert(1)')

| HOSTILE | b |
|---|---|
| HOSTILE | `HOSTILE` |

```HOSTILE
HOSTILE
```

> [!QUOTE HOSTILE]
> HOSTILE

> [!UPDATE HOSTILE]
> HOSTILE

Term HOSTILE

[^note]: HOSTILE
";

const HOSTILE_OTHER: &str = "---
title: TEXT
date: 2017-11-20
topics: [hostile]
agencies: [hostile]
status: withdrawn
withdrawn: {date: 2017-11-25, reason: TEXT, replaced_by: hostile.md}
---

See [HOSTILE](hostile.md).
";

#[test]
fn what_stands_under_extra_is_handed_to_templates_and_media_topics_to_programs() {
    let mut files = small_site();
    files.iter_mut().filter(|(path, _)| path == "content/site.yaml").for_each(|(_, text)| {
        text.push_str("ninjs: true\nextra: {desk: World, list: [1, 2.5]}\n");
    });
    files.extend([
        (
            "content/topics/syria.md".to_owned(),
            "---\nname: Syria\niptc: 16000000\nextra: {colour: red}\n---\n".to_owned(),
        ),
        (
            "content/briefs/talks.md".to_owned(),
            "---\ntitle: Talks\ndate: 2017-11-21\ntopics: [Syria]\nagencies: [AP]\niptc: [medtop:16000000, 11000000]\n\
             extra: {tag: blue}\n---\n\nText.\n"
                .to_owned(),
        ),
        (
            "templates/topic.html".to_owned(),
            "{{ site.extra.desk }}{% if topic.extra %} {{ topic.extra.colour }} {{ topic.iptc }}{% endif %}".to_owned(),
        ),
        (
            "templates/brief.html".to_owned(),
            "{{ brief.extra.tag }} {% for one in site.extra.list %}[{{ one }}]{% endfor %}".to_owned(),
        ),
    ]);
    let desk = Desk::new(files);
    desk.publish("public");
    let read = |path: &str| std::fs::read_to_string(desk.beside("public").join(path)).unwrap();
    assert_eq!(read("topics/syria.html"), "World red 16000000");
    assert_eq!(read("2017/11/21/talks.html"), "blue [1][2.5]");
    let item: serde_json::Value = serde_json::from_str(&read("ninjs/2017/11/21/talks.json")).unwrap();
    let uris: Vec<&str> =
        item["subjects"].as_array().unwrap().iter().map(|one| one["uri"].as_str().unwrap()).collect();
    let code = |code: &str| format!("http://cv.iptc.org/newscodes/mediatopic/{code}");
    assert_eq!(uris[1..], [code("16000000"), code("11000000")]);
}
