//! Feeds by the rules of their formats, over texts that break feeds: Atom by RFC 4287, RSS 2.0 with its profile, JSON
//! Feed 1.1, OPML 2.0. It knows nothing of how they are made.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may touch the disk, and panic")]

mod common;

use common::xml::{self, Element};
use common::{Desk, flags, numbered, small_site, tree};
use dateline::base::date::Moment;
use dateline::deliver::folder::Opening;
use dateline::newsroom::Flags;
use html5gum::{Token, Tokenizer};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What stands in every field of the nasty brief: ends of CDATA and script, signs, an emoji, an open override and an
/// open isolate.
const NASTY: &str = "]]> </script> <b>&amp; 'é' \u{1f600} \u{202e}rtl \u{2067}open";

const SITE: &str = "title: Desk & <sons>\nbase_url: https://desk.example:8443/news\nlanguages: [en, de]\n\
                    time_zone: Europe/Berlin\nsince: 2016\ndescription: \"]]> & more\"\nlicence: CC BY 4.0\n\
                    feeds: {items: 5}\neditors: {dj: {name: Doris Jensen, url: \"https://desk.example/dj\"}}\n";

fn nasty() -> String {
    let quoted = format!("'{}'", NASTY.replace('\'', "''"));
    format!(
        "---\ntitle: {quoted}\ndate: 2017-11-22T14:30:00+01:00\nevent_date: 2017-11-20/2017-11-21\n\
         updated: 2017-11-22T18:00:00+01:00\nsummary: {quoted}\ntopics: [Syria, Ukraine]\nagencies: [AP, Reuters]\n\
         editors: [dj, cmk]\nplace: {quoted}\nid: \"for ever/é & <1>\"\nkey_points: [{quoted}]\n\
         media:\n  - {{kind: image, src: 'a map.svg', alt: {quoted}, caption: {quoted}, credit: {quoted}}}\n  \
         - {{kind: audio, src: /sound.mp3, title: {quoted}, duration: \"1:05\"}}\n  \
         - {{kind: video, url: \"https://film.example/?a&b\", title: {quoted}}}\n---\n\n\
         First[^1] with &#1; &#xfffe; and &#0;, [to another](/content/briefs/other.md#a-place), [down](#below).\n\n\
         ## Below\n\n![A \"map\" > all](<a map.svg>) ]]> {NASTY}\n\n```\n<a href=\"x\">]]></a>\n```\n\n\
         [^1]: A note.\n"
    )
}

fn desk() -> Desk {
    let mut files = small_site();
    files[0].1 = SITE.to_owned();
    files.extend((0..12).map(|number| numbered(number, 0, 0)));
    let desk = Desk::new(files);
    desk.write("content/briefs/nasty.md", nasty());
    desk.write("content/briefs/nasty.de.md", "---\ntitle: Deutsch\n---\n\nText.\n");
    desk.write(
        "content/briefs/a map.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg>",
    );
    desk.write("static/sound.mp3", "sound");
    let brief = |title: &str, date: &str, more: &str| {
        format!(
            "---\ntitle: {title}\ndate: {date}\ntopics: [Syria]\nagencies: [AP]\n{more}---\n\nText.\n\n## A place\n"
        )
    };
    desk.write("content/briefs/other.md", brief("Other", "2017-11-21", ""));
    let withdrawn =
        "status: withdrawn\nwithdrawn: {date: 2017-11-25, reason: It was <wrong>, replaced_by: other.md}\n";
    desk.write("content/briefs/wrong.md", brief("Wrong", "2017-11-23", withdrawn));
    desk.write("content/briefs/old.md", brief("Over", "2025-11-23", "expires: 2025-12-01T00:00:00Z\n"));
    desk.write("content/briefs/draft.md", brief("Unripe", "2025-11-24", "status: draft\n"));
    let corrections = "corrections:\n  - {date: 2017-11-26, text: \"It was *Tuesday*.\"}\n  \
                       - {date: 2017-11-26, kind: clarification, text: \"]]> so\"}\n  \
                       - {date: 2017-11-27, kind: refile, text: A slip.}\n";
    desk.write("content/briefs/right.md", brief("Right", "2017-11-24", corrections));
    desk
}

fn published() -> BTreeMap<String, Vec<u8>> {
    let desk = desk();
    let flags = Flags { drafts: true, ..flags() };
    let outcome = desk.build_with("out", flags, Opening::default()).unwrap();
    assert!(outcome.delivery.is_some(), "{:?}", outcome.report);
    tree(&desk.beside("out"))
}

fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap_or_else(|mistake| panic!("{text}: {mistake:?}"))
}

#[test]
fn atom_feeds_keep_the_rules_of_rfc_4287() {
    let files = published();
    let mut count = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".atom")) {
        let feed = xml::read(bytes);
        assert_eq!((&*feed.name, feed.get("xmlns")), ("feed", "http://www.w3.org/2005/Atom"));
        check_ids(&feed, path);
        // Section 4.1.1: an author here, or in every entry; 4.2.7: one link of each kind to the same resource.
        assert_eq!(
            feed.all("author").map(|author| author.only("name")).collect::<Vec<_>>(),
            ["Desk & <sons>"]
        );
        let own: Vec<&str> =
            feed.all("link").filter(|link| link.get("rel") == "self").map(|l| l.get("href")).collect();
        assert_eq!(own, [format!("https://desk.example:8443/news/{path}")]);
        let entries: Vec<&Element> = feed.all("entry").collect();
        let newest = entries.iter().map(|entry| moment(entry.only("updated"))).max();
        if let Some(newest) = newest {
            assert_eq!(moment(feed.only("updated")), newest, "{path}");
        }
        let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.only("id")).collect();
        assert_eq!(ids.len(), entries.len(), "{path}: an id that stands twice");
        entries.iter().for_each(|entry| check_entry(entry, path));
        count += entries.len();
    }
    assert!(count > 20, "{count} entries");
}

/// Sections 4.2.6, 4.2.14, 4.2.15: one each, and ids are addresses that stay.
fn check_ids(of: &Element, path: &str) {
    assert!(of.only("id").starts_with("tag:desk.example,2016:"), "{path}: {}", of.only("id"));
    assert!(
        of.only("id").is_ascii() && !of.only("id").contains([' ', '<', '&']),
        "{path}: {}",
        of.only("id")
    );
    assert!(!of.only("title").is_empty());
    moment(of.only("updated"));
}

fn check_entry(entry: &Element, path: &str) {
    check_ids(entry, path);
    assert!(moment(entry.only("published")) <= moment(entry.only("updated")), "{path}");
    // Section 4.1.2 allows one alternate a type and language; readers know only of one.
    let alternates = entry.all("link").filter(|link| link.get("rel") == "alternate");
    assert_eq!(alternates.count(), 1, "{path}");
    assert!(entry.all("link").all(|link| is_absolute(link.get("href"))), "{path}");
    assert!(entry.all("category").all(|category| !category.get("term").is_empty()));
    let content: Vec<&Element> = entry.all("content").collect();
    assert_eq!((content.len(), content[0].get("type"), content[0].children.len()), (1, "html", 0));
    check_html(&content[0].text, path);
}

fn is_absolute(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

/// HTML whose addresses lead somewhere from anywhere, and in which nothing runs.
fn check_html(html: &str, path: &str) {
    for Ok(token) in Tokenizer::new(html) {
        let Token::StartTag(tag) = token else { continue };
        assert_ne!(&**tag.name, b"script", "{path}");
        for (name, value) in &tag.attributes {
            let value = String::from_utf8_lossy(value);
            if [&b"href"[..], b"src"].contains(&&***name) {
                assert!(is_absolute(&value), "{path}: {value}");
            }
        }
    }
}

#[test]
fn rss_feeds_keep_the_rules_of_their_profile() {
    let files = published();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".rss")) {
        let rss = xml::read(bytes);
        assert_eq!((&*rss.name, rss.get("version"), rss.children.len()), ("rss", "2.0", 1));
        let channel = &rss.children[0];
        let required = ["title", "link", "description"].map(|name| channel.only(name));
        assert!(required.iter().all(|text| !text.is_empty()));
        let own = channel.all("atom:link").next().unwrap();
        assert_eq!(own.get("href"), format!("https://desk.example:8443/news/{path}"));
        for item in channel.all("item") {
            let names: Vec<&str> = item.children.iter().map(|child| &*child.name).collect();
            let at = |name: &str| names.iter().position(|other| *other == name).unwrap();
            assert!(at("description") < at("content:encoded"), "{path}: {names:?}");
            let guid = item.all("guid").next().unwrap();
            assert_eq!(guid.get("isPermaLink"), "false");
            assert!(item.all("enclosure").count() <= 1);
            let date = item.only("pubDate");
            assert!(date.len() == 31 && (date.ends_with(" +0100") || date.ends_with(" +0200")), "{date}");
            check_html(item.only("content:encoded"), path);
        }
    }
}

#[test]
fn json_feeds_hold_what_atom_feeds_hold() {
    let files = published();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("feed.json")) {
        let json: Value = serde_json::from_slice(bytes).unwrap();
        assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(json["feed_url"], format!("https://desk.example:8443/news/{path}"));
        let atom = xml::read(&files[&path.replace(".json", ".atom")]);
        let items = json["items"].as_array().unwrap();
        assert_eq!(items.len(), atom.all("entry").count(), "{path}");
        for (item, entry) in items.iter().zip(atom.all("entry")) {
            assert_eq!(item["id"], entry.only("id"));
            assert_eq!(item["title"], entry.only("title"));
            assert_eq!(item["content_html"], entry.only("content"));
            assert_eq!(item["date_modified"], entry.only("updated"));
            assert!(is_absolute(item["url"].as_str().unwrap()));
            let files = item["attachments"].as_array().into_iter().flatten();
            assert!(files.clone().all(|file| file["mime_type"].is_string() && file["url"].is_string()));
            assert!(item["_dateline"]["about"].as_str().unwrap().ends_with("feeds.html"));
        }
    }
}

#[test]
fn a_nasty_brief_is_whole_in_its_feed() {
    let files = published();
    let feed = xml::read(&files["topics/ukraine/feed.atom"]);
    let id = "tag:desk.example,2016:for%20ever/%C3%A9%20%26%20%3C1%3E";
    let entry = feed.all("entry").find(|entry| entry.only("id") == id).unwrap();
    let title = entry.only("title").replace(['’', '‘'], "'");
    assert_eq!(title, format!("{NASTY}\u{2069}\u{202c}"), "marks of direction are closed");
    assert_eq!(entry.only("updated"), "2017-11-22T18:00:00+01:00");
    let authors: Vec<(&str, &str)> = entry.all("author").map(|a| (a.only("name"), a.only("uri"))).collect();
    assert_eq!(authors, [("Doris Jensen", "https://desk.example/dj")], "bare initials are no name");
    let contributors: Vec<&str> = entry.all("contributor").map(|agency| agency.only("name")).collect();
    assert_eq!(contributors, ["AP", "Reuters"]);
    let links: Vec<(&str, &str, &str)> =
        entry.all("link").map(|l| (l.get("rel"), l.get("hreflang"), l.get("href"))).collect();
    let home = "https://desk.example:8443/news/";
    assert_eq!(
        links,
        [
            ("alternate", "en", &*format!("{home}2017/11/22/nasty.html")),
            ("related", "de", &*format!("{home}de/2017/11/22/nasty.html")),
            ("enclosure", "", &*format!("{home}2017/11/22/a%20map.svg")),
            ("enclosure", "", &*format!("{home}sound.mp3")),
        ]
    );
    let sound = entry.all("link").last().unwrap();
    assert_eq!((sound.get("type"), sound.get("length")), ("audio/mpeg", "5"));
    let html = entry.only("content");
    for piece in [
        "\u{fffd}",
        "href=\"https://desk.example:8443/news/2017/11/22/nasty.html#fn-1\"",
        "href=\"https://desk.example:8443/news/2017/11/22/nasty.html#below\"",
        "href=\"https://desk.example:8443/news/2017/11/21/other.html#a-place\"",
        "src=\"https://desk.example:8443/news/2017/11/22/a%20map.svg\"",
        "<p>dj/cmk (AP, Reuters)</p>",
        "href=\"https://film.example/?a&amp;b\"",
    ] {
        assert!(html.contains(piece), "{piece} in {html}");
    }
    let german = xml::read(&files["de/feed.atom"]);
    let version = german.all("entry").next().unwrap();
    assert_eq!(version.only("id"), format!("{}.de", entry.only("id")), "a version is an entry of its own");
    assert_eq!(german.only("id"), "tag:desk.example,2016:de/feed");
}

#[test]
fn a_feed_holds_the_newest_and_says_what_became_of_them() {
    let files = published();
    let titles = |path: &str| -> Vec<String> {
        xml::read(&files[path]).all("entry").map(|entry| entry.only("title").to_owned()).collect()
    };
    let site = titles("feed.atom");
    assert_eq!(site.len(), 5, "as many as `feeds` says");
    let newest = ["Brief 9 in its version 0", "Brief 8 in its version 0", "Right", "Withdrawn: Wrong"];
    assert_eq!(&site[..4], newest, "by the date of publication");
    for (path, bytes) in files.iter().filter(|(path, _)| path.contains("feed.")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Unripe") && !text.contains(">Over<"), "{path} holds what no feed may");
    }
    let wrong = xml::read(&files["topics/syria/feed.atom"]);
    let wrong = wrong.all("entry").find(|entry| entry.only("title") == "Withdrawn: Wrong").unwrap();
    assert_eq!(wrong.only("updated"), "2017-11-25T00:00:00+01:00");
    let html = wrong.only("content");
    assert!(html.contains("It was &lt;wrong&gt;") && !html.contains("Text."), "{html}");
    assert!(html.contains("href=\"https://desk.example:8443/news/2017/11/21/other.html\""), "{html}");
}

#[test]
fn corrections_have_a_feed_of_their_own() {
    let files = published();
    let feed = xml::read(&files["corrections/feed.atom"]);
    let entries: Vec<(&str, &str, &str)> =
        feed.all("entry").map(|e| (e.only("id"), e.only("title"), e.only("content"))).collect();
    assert_eq!(
        entries,
        [
            (
                "tag:desk.example,2016:right:corrected:2017-11-26",
                "Correction: Right",
                "<p>It was <em>Tuesday</em>.</p>"
            ),
            (
                "tag:desk.example,2016:right:corrected:2017-11-26-2",
                "Clarification: Right",
                "<p>]]&gt; so</p>"
            ),
            (
                "tag:desk.example,2016:wrong:corrected:2017-11-25",
                "Withdrawn: Wrong",
                "<p>It was &lt;wrong&gt;</p>"
            ),
        ]
    );
}

#[test]
fn the_list_of_feeds_names_every_feed() {
    let files = published();
    for folder in ["", "de/"] {
        let opml = xml::read(&files[&format!("{folder}feeds.opml")]);
        let body = opml.all("body").next().unwrap();
        let nested = body.all("outline").flat_map(|outline| outline.all("outline"));
        let outlines: Vec<&Element> =
            body.all("outline").chain(nested).filter(|o| !o.get("xmlUrl").is_empty()).collect();
        let listed: BTreeSet<String> =
            outlines.iter().map(|o| o.get("xmlUrl").replace("https://desk.example:8443/news/", "")).collect();
        let is_own = |path: &&String| path.ends_with(".atom") && path.starts_with("de/") != folder.is_empty();
        assert_eq!(listed, files.keys().filter(is_own).cloned().collect());
        assert!(outlines.iter().all(|o| o.get("type") == "rss" && !o.get("text").is_empty()));
        let page = String::from_utf8_lossy(&files[&format!("{folder}feeds.html")]).into_owned();
        let up = if folder.is_empty() { "" } else { "de/" };
        for path in listed {
            let link = format!("href=\"{}\"", path.strip_prefix(up).unwrap());
            assert!(page.contains(&link), "{folder}feeds.html lacks {link}");
        }
    }
}

#[test]
fn an_old_address_of_a_topic_keeps_its_feed_and_names_the_new_one() {
    let desk = desk();
    desk.write("content/topics/syria.md", "---\nname: Syria\nredirect_from: [/topics/levant.html]\n---\n");
    desk.publish("out");
    let files = tree(&desk.beside("out"));
    for form in ["atom", "rss", "json"] {
        assert_eq!(files[&format!("topics/levant/feed.{form}")], files[&format!("topics/syria/feed.{form}")]);
    }
}

#[test]
fn a_corrected_brief_moves_exactly_the_dates_that_it_should() {
    // Kind of change; whether it is told, and so moves `updated` of the feeds.
    let kinds = [("correction", true), ("clarification", true), ("update", true), ("refile", false)];
    for (kind, moves) in kinds {
        for (date, moved) in
            [("2017-11-24", "2017-11-24T00:00:01+01:00"), ("2017-11-30", "2017-11-30T00:00:00+01:00")]
        {
            let desk = desk();
            let (path, text) = ("content/briefs/right.md", desk.read("content/briefs/right.md"));
            let plain = text.split("corrections:").next().unwrap().to_owned();
            desk.write(path, format!("{plain}---\n\nText.\n"));
            desk.publish("out");
            let before = entry_of(&tree(&desk.beside("out")), "tag:desk.example,2016:right");
            desk.write(
                path,
                format!(
                    "{plain}corrections:\n  - {{date: {date}, kind: {kind}, text: New.}}\n---\n\nText.\n"
                ),
            );
            desk.publish("out");
            let files = tree(&desk.beside("out"));
            let after = entry_of(&files, "tag:desk.example,2016:right");
            assert_eq!(
                before,
                ("2017-11-24T00:00:00+01:00".to_owned(), "2017-11-24T00:00:00+01:00".to_owned())
            );
            assert_eq!(after.0, before.0, "{kind}: published never moves");
            assert_eq!(after.1, if moves { moved } else { &before.1 }, "{kind} of {date}");
            let told = xml::read(&files["corrections/feed.rss"]).children[0].all("item").count();
            assert_eq!(told, 1 + usize::from(moves), "{kind}: the withdrawal, and this where it is told");
            let page = String::from_utf8_lossy(&files["corrections.html"]).into_owned();
            assert_eq!(page.contains("New."), moves, "{kind}");
        }
    }
}

/// When an entry of the site's feed was published and updated.
fn entry_of(files: &BTreeMap<String, Vec<u8>>, id: &str) -> (String, String) {
    let feed = xml::read(&files["feed.atom"]);
    let entry = feed.all("entry").find(|entry| entry.only("id") == id).unwrap();
    (entry.only("published").to_owned(), entry.only("updated").to_owned())
}

#[test]
fn ids_and_addresses_follow_from_the_base_url() {
    for (site, id, own) in [
        ("base_url: https://a.example", "tag:a.example,2000:feed", "https://a.example/feed.atom"),
        (
            "base_url: https://A.example:8080/b/",
            "tag:a.example,2000:feed",
            "https://A.example:8080/b/feed.atom",
        ),
        (
            "base_url: http://xn--mnchen-3ya.example/b",
            "tag:xn--mnchen-3ya.example,2000:feed",
            "http://xn--mnchen-3ya.example/b/feed.atom",
        ),
        (
            "base_url: https://new.example/\ntag_authority: old.example\nsince: 1999",
            "tag:old.example,1999:feed",
            "https://new.example/feed.atom",
        ),
    ] {
        let mut files = small_site();
        files[0].1 = format!("title: Desk\nlanguages: [en]\n{site}\n");
        let desk = Desk::new(files);
        desk.publish("out");
        let feed = xml::read(&tree(&desk.beside("out"))["feed.atom"]);
        let link = feed.all("link").next().unwrap();
        assert_eq!((feed.only("id"), link.get("href")), (id, own));
        assert_eq!(feed.all("entry").count(), 0);
        moment(feed.only("updated"));
    }
}

#[test]
fn a_name_of_one_word_is_an_author_and_initials_are_none() {
    let desk = desk();
    let head = "---\ntitle: Signed\ndate: 2017-11-27\ntopics: [Syria]\nagencies: [AP]\n";
    desk.write("content/briefs/signed.md", format!("{head}editors: [dj, cmk, Anna]\n---\n\nText.\n"));
    desk.build("out");
    let files = tree(&desk.beside("out"));
    let feed: Value = serde_json::from_slice(&files["feed.json"]).unwrap();
    let items = feed["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["title"] == "Signed").unwrap();
    let page = String::from_utf8_lossy(&files["2017/11/27/signed.html"]);
    let names: Vec<&str> =
        item["authors"].as_array().unwrap().iter().filter_map(|author| author["name"].as_str()).collect();
    for (name, is_one) in [("Doris Jensen", true), ("Anna", true), ("cmk", false)] {
        assert_eq!(names.contains(&name), is_one, "{name} in {names:?}");
        let said = format!("{{\"@type\":\"Person\",\"name\":\"{name}\"");
        assert_eq!(page.contains(&said), is_one, "{said}");
    }
}

#[test]
fn times_keep_the_offset_of_their_day() {
    let mut files = small_site();
    files[0].1 += "time_zone: Europe/Berlin\n";
    let brief = "---\ntitle: The clock\ndate: 2017-03-26T01:30\nupdated: 2017-03-26T03:30\ntopics: [Syria]\n\
                 agencies: [AP]\n---\n\nText.\n";
    files.push(("content/briefs/clock.md".to_owned(), brief.to_owned()));
    let desk = Desk::new(files);
    desk.publish("out");
    let files = tree(&desk.beside("out"));
    let feed = xml::read(&files["feed.atom"]);
    let entry = feed.all("entry").next().unwrap();
    assert_eq!(entry.only("published"), "2017-03-26T01:30:00+01:00");
    assert_eq!(entry.only("updated"), "2017-03-26T03:30:00+02:00", "an hour of that night was not there");
    let rss = xml::read(&files["feed.rss"]);
    let item = rss.children[0].all("item").next().unwrap();
    assert_eq!(item.only("pubDate"), "Sun, 26 Mar 2017 01:30:00 +0100");
}
