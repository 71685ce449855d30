//! Texts that break formats, in every field of a site and through every output: `tests/browser/nasty/` with the ends of
//! CDATA and of scripts, marks of HTML and Markdown, an emoji, open marks of direction, and references to what XML forbids.
//! Other people's programs read the same site in `tests/browser/`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may touch the disk, and panic")]

mod common;

use common::{Desk, flags, tree, xml};
use dateline::base::codes;
use dateline::base::date::Moment;
use dateline::deliver::folder::Opening;
use dateline::newsroom::Flags;
use html5gum::{Token, Tokenizer};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What stands for `NASTY` in every field; `tests/browser/site.js` has the same.
const NASTY: &str = "]]> </script> <!-- <b>&amp; 'é' \u{1f600} \u{202e}rtl \u{2067}open &#1;&#xfffe;&#0;";

/// A moment at which the newest brief is news.
const THEN: &str = "2017-11-24T00:00:00Z";

fn published() -> BTreeMap<String, Vec<u8>> {
    let source = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/nasty"));
    let nasty =
        |(path, bytes): (String, Vec<u8>)| (path, String::from_utf8(bytes).unwrap().replace("NASTY", NASTY));
    let desk = Desk::new(source.into_iter().map(nasty));
    let flags = Flags { now: Moment::parse(THEN).unwrap(), ..flags() };
    let outcome = desk.build_with("out", flags, Opening::default()).unwrap();
    assert!(outcome.delivery.is_some(), "{:?}", outcome.report);
    let said: BTreeSet<&str> = outcome.report.sorted().iter().map(|found| found.code.name()).collect();
    let wanted = BTreeSet::from([codes::BIDI.name(), codes::RAW_HTML.name()]);
    assert_eq!(said, wanted, "of marks of direction and of HTML, and of nothing else");
    tree(&desk.beside("out"))
}

#[test]
fn every_output_is_whole() {
    let files = published();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, bytes) in &files {
        let kind = path.rsplit('.').next().unwrap();
        let text = || std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        match kind {
            "html" => check_page(path, text()),
            "xml" | "atom" | "rss" | "opml" => _ = xml::read(bytes),
            "json" | "webmanifest" => _ = json(path, text()),
            "ndjson" => text().lines().for_each(|line| _ = json(path, line)),
            "csv" => check_table(text()),
            _ => continue,
        }
        assert!(!text().contains(is_forbidden), "{path} holds what may stand in no text");
        assert!(!text().contains("Never ]]"), "{path} holds the desk's notes");
        *kinds.entry(kind).or_default() += usize::from(text().contains('\u{1f600}'));
    }
    // Addresses are of slugs, so that a table of counts and a sitemap of pages hold no text.
    assert_eq!(kinds["csv"], 0);
    for (kind, least) in
        [("html", 20), ("atom", 6), ("rss", 6), ("json", 12), ("opml", 2), ("ndjson", 2), ("xml", 2)]
    {
        assert!(kinds[kind] >= least, "the text reaches too few files: {kinds:?}");
    }
}

fn is_forbidden(letter: char) -> bool {
    letter.is_control() && letter != '\n' || "\u{fffe}\u{ffff}".contains(letter)
}

/// JSON, whose strings name nothing by an escape that stands in no text.
fn json(path: &str, text: &str) -> Value {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(!value.to_string().contains("\\u00"), "{path} names a control character");
    value
}

fn check_table(text: &str) {
    let columns = |line: &str| line.matches(',').count();
    assert!(text.lines().all(|line| columns(line) == 3 && !line.contains('"')), "{text}");
}

/// A page on which texts are texts: no element, script or comment came of them.
fn check_page(path: &str, html: &str) {
    for part in html.split("<script type=\"application/ld+json\">").skip(1) {
        json(path, part.split("</script>").next().unwrap());
    }
    assert!(!html.contains("<b>&amp; ") && !html.contains("<b>& "), "{path}: an element came of a text");
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let has = |key: &str| tag.attributes.contains_key(key.as_bytes());
                let is_ours = has("src") || has("type");
                assert!(&**tag.name != b"script" || is_ours, "{path}: a script came of a text");
                assert!(tag.attributes.keys().all(|key| !key.starts_with(b"on")), "{path}");
            }
            Token::Comment(text) => panic!("{path}: a comment came of a text: {text:?}"),
            _ => {}
        }
    }
}

/// What each output says of the headline when it is read back.
#[test]
fn what_is_read_back_is_what_was_written() {
    let files = published();
    let whole = format!("Headline {}", NASTY.replacen('\'', "‘", 1).replacen('\'', "’", 1));
    let closed = format!("{whole}\u{2069}\u{202c}");
    let text = |path: &str| std::str::from_utf8(&files[path]).unwrap();
    let value = |path: &str| json(path, text(path));
    let news = xml::read(&files["sitemap-news.xml"]);
    let told = news.all("url").map(|url| url.all("news:news").next().unwrap().only("news:title").to_owned());
    assert!(told.collect::<Vec<_>>().contains(&whole));
    let first = json("briefs", text("data/briefs-2017.ndjson").lines().next().unwrap());
    assert_eq!(first["headline"], *whole);
    assert_eq!(first["place"], format!("Place {NASTY}"));
    assert_eq!(value("data/citations-2017.json")[0]["title"], *whole);
    assert_eq!(value("ninjs/2017/11/22/nasty.json")["headlines"][0]["value"], *closed);
    let items = value("topics/syria/feed.json")["items"].take();
    assert!(items.as_array().unwrap().iter().any(|item| item["title"] == *closed), "marks are closed");
    let mut shown = String::new();
    for Ok(token) in Tokenizer::new(text("2017/11/22/nasty.html")) {
        if let Token::String(text) = token {
            shown += &String::from_utf8_lossy(&text);
        }
    }
    for field in
        ["Headline", "Place", "Point", "Caption", "Credit", "Spoken", "Related", "Paper", "Put right"]
    {
        assert!(shown.contains(&format!("{field} ]]> </script> <")), "{field} is not on the page");
    }
}
