//! Good input: every field of the content model is accepted without a word, and the same text printed is the
//! same bytes, whatever its line breaks and with or without a byte order mark.

use dateline::base::date::Moment;
use dateline::base::show::{self, Form};
use dateline::newsroom::{self, Flags};
use dateline::press::edition::Sheet;
use dateline::read::sources::Sources;
use std::collections::BTreeMap;

const SITE: &str = r#"title: {en: World in Brief, ar: العالم بإيجاز}
base_url: https://news.example.org/briefs/
languages: [en, ar]
description: News in brief
section: News
time_zone: Europe/Berlin
since: 2006
title_format: "{headline} | {section} | {site} | {date}"
editors:
  dj: {name: D. J., url: "https://example.org/dj", role: editor}
publisher:
  name: World in Brief
  url: https://example.org/
  logo: /logo.svg
  policies: {correctionsPolicy: /pages/about.md, ethicsPolicy: "https://example.org/ethics"}
licence: CC BY 4.0
vocabulary: closed
raw_html: true
feeds: {items: 20}
period_limit: 300
ninjs: true
image: /logo.svg
lead: 2017/11/call.md
nav: [{title: Elsewhere, url: "https://example.org/"}]
tag_authority: example.org
embargo_links: text
policy: [https://count.example.org]
corrections_position: top
search: false
read_more: {en: "Further reading:"}
extra: {colour: red, list: [1, 2.5, true, ~]}
"#;

const AGENCIES: &str = r#"# Those who may be credited.
- name: AP
  full_name: Associated Press
  slug: associated-press
  aliases: [A.P.]
  country: United States
  founded: 1846
  kind: cooperative
  url: https://apnews.com/
  wikidata: Q40469
  note: A cooperative of newspapers.
  redirect_from: [/old/ap/]
- name: {en: Reuters, ar: رويترز}
"#;

const TOPIC: &str = r#"---
name: {en: Syria, ar: سوريا}
aliases: [SAR, Syrian Arab Republic]
wikidata: Q858
iptc: 20000056
order: 1
status: easing
status_date: 2017-11-22
key_dates:
  - {date: 2011-03, text: The uprising begins}
  - {date: 2015-09-30/2017-12-11, text: Russia intervenes}
image: /logo.svg
reviewed: 2017-12-01
redirect_from: [/themes/syria.html]
extra: {a: b}
---
## History

See [the call](/briefs/2017/11/call.md#deal) and [above](#history).
"#;

const PAGE: &str = r#"---
title: {en: About, ar: حول}
nav: 0
slug: about-us
redirect_from: [/about/]
---
We report on [Syria](/topics/syria.md).
"#;

const BRIEF: &str = r#"---
title: "Putin & Trump: #1 call"
date: 2017-11-22T14:30:00+01:00
event_date: 2017-11-20/2017-11-21
updated: 2017-11-23 # a comment
summary: The two spoke for *more* than an hour.
topics: [syria, SAR]
agencies: [A.P., reuters]
editors: [dj, cmk]
authors: [Jane Doe]
place: Moscow
slug: long-call
id: 2017/11/call-1
lang: en
redirect_from: [/2017/call.html, /old/call/, old/call-2]
status: developing
embargo: 2017-11-22T15:00+01:00
expires: 2030-11-22T15:00:00Z
original: true
kind: analysis
urgency: 1
key_points: [One, "Two, **three**"]
corrections:
  - {date: 2017-11-23, kind: correction, text: It was *Tuesday*.}
  - {date: 2017-11-23T10:00:00Z, kind: clarification, text: By telephone.}
  - {date: 2017-11-24, kind: update, text: More is known.}
  - {date: 2017-11-25, kind: refile, text: A letter.}
media:
  - kind: image
    src: hall.svg
    alt: A hall
    caption: The hall
    credit: AP
  - {kind: video, title: Sochi, duration: "1:45", url: "https://example.org/v", poster: /logo.svg}
  - {kind: audio, title: Call, src: /sounds/call.mp3, duration: "1:02:30", transcript: Words}
related:
  - 2017/11/sochi.md
  - sochi.md
  - /briefs/2017/11/sochi.md
  - {title: Elsewhere, url: "https://example.org/"}
sources:
  - {name: S/RES/2254 (2015), url: "https://undocs.org/", kind: resolution, accessed: 2017-11-22}
people: [Putin, Trump]
places: [Moscow]
iptc: [20000056, "20000057", medtop:01000000, 01000000]
notes: |
  The desk's own:
  several lines.
extra: {any: {thing: [1, two, {three: ~}]}}
---
The presidents spoke of [Syria](/topics/syria.md), met [in Sochi](sochi.md#the-talks)[^1], and wrote to
[the desk](mailto:desk@example.org). <b>Bold</b> & "quoted".

## The deal {#deal}

![A hall](hall.svg)

| a | b |
|---|---|
| 1 | 2 |

> [!EXPLAINER]
> What is it?

> [!UPDATE 2017-11-22T14:30+01:00]
> More.

Further reading: [about us](/pages/about.md), [the file](/papers/a%20b.pdf#page=2).

[^1]: A city.

dj/cmk (AP, Reuters)
"#;

const SHORT: &str = r#"---
date: 2017-11-20
topics: [سوريا]
---
# Assad in Sochi

The two met.

## The talks

At noon.

cmk (Reuters)
"#;

const WITHDRAWN: &str = r#"---
title: A mistake
date: 2017-11-19
event_date: 2017
topics: [Syria]
agencies: [AP]
status: withdrawn
withdrawn: {date: 2017-11-24, reason: It did not happen., replaced_by: 2017/11/call.md}
---
Text.
"#;

const TRANSLATION: &str = "---\ntitle: مكالمة\nsummary: نص\n---\nنص\n";

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>";

fn site() -> BTreeMap<&'static str, String> {
    let files = [
        ("content/site.yaml", SITE),
        ("content/agencies.yaml", AGENCIES),
        ("content/topics/syria.md", TOPIC),
        ("content/topics/syria.ar.md", "---\nname: سوريا\n---\n"),
        ("content/pages/about.md", PAGE),
        ("content/briefs/2017/11/call.md", BRIEF),
        ("content/briefs/2017/11/call.ar.md", TRANSLATION),
        ("content/briefs/2017/11/sochi.md", SHORT),
        ("content/briefs/2017/11/hall.svg", SVG),
        ("content/briefs/withdrawn.md", WITHDRAWN),
        ("static/logo.svg", SVG),
        ("static/sounds/call.mp3", "x"),
        ("static/papers/a b.pdf", "x"),
        ("templates/brief.html", "{% extends \"default/brief.html\" %}\n"),
    ];
    files.into_iter().map(|(path, text)| (path, text.to_owned())).collect()
}

/// Every printed page by its path, after what was said of the site: nothing.
fn printed(site: &BTreeMap<&str, String>) -> BTreeMap<String, Vec<u8>> {
    let mut sources = Sources::of(site);
    let now = Moment::parse("2026-01-01T00:00:00Z").expect("a time");
    let flags = Flags { now, drafts: false, base_url: None, build_id: newsroom::build_id() };
    let (edition, mut report) = newsroom::compose(&mut sources, &flags);
    let mut printed = BTreeMap::new();
    let mut buffer = Vec::new();
    for page in edition.plan.pages.iter() {
        let bytes = match edition.print(&edition.set(page), &mut buffer, &mut report) {
            Some(Sheet::Bytes(bytes)) => bytes.to_vec(),
            Some(Sheet::Copy(source)) => source.as_bytes().to_vec(),
            None => continue,
        };
        printed.insert(page.path.to_string(), bytes);
    }
    let said = show::show(&report, Form::Short, usize::MAX, &|file| sources.text(file));
    assert!(said.is_empty(), "{said}");
    printed
}

#[test]
fn every_field_of_the_content_model_is_accepted() {
    let site = site();
    let pages = printed(&site);
    for path in [
        "2017/11/22/long-call.html",
        "2017/11/22/hall.svg",
        "about-us.html",
        "old/call-2.html",
        "ar/2017/11/22/long-call.html",
        "ar/topics/syria.html",
        "ar/index.html",
        "old/ap/index.html",
    ] {
        assert!(pages.contains_key(path), "{path} is not printed: {:?}", pages.keys());
    }
}

#[test]
fn the_three_required_fields_are_enough() {
    let small = "title: Dateline\nbase_url: http://localhost\nlanguages: [en]\n";
    let pages = printed(&BTreeMap::from([("content/site.yaml", small.to_owned())]));
    assert!(pages.contains_key("index.html"));
}

#[test]
fn line_breaks_and_a_byte_order_mark_change_no_byte() {
    let plain = site();
    let expected = printed(&plain);
    let is_text = |path: &str| !path.starts_with("static/") && !path.ends_with(".svg");
    let changed = |change: &dyn Fn(&str) -> String| -> BTreeMap<&'static str, String> {
        plain
            .iter()
            .map(|(path, text)| (*path, if is_text(path) { change(text) } else { text.clone() }))
            .collect()
    };
    let marked = changed(&|text| format!("\u{feff}{text}"));
    let returned = changed(&|text| text.replace('\n', "\r\n"));
    let both = changed(&|text| format!("\u{feff}{}", text.replace('\n', "\r\n")));
    for (name, site) in [("mark", marked), ("CRLF", returned), ("both", both)] {
        let pages = printed(&site);
        assert_eq!(pages.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{name}");
        for (path, bytes) in &pages {
            let (shown, wanted) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&expected[path]));
            assert_eq!(shown, wanted, "{name}: {path}");
        }
    }
}
