//! What is absolute is made of `base_url`, however it is written: with a path, without one, with a port, with or without a
//! slash at its end, in punycode. Everything else is the same bytes wherever the site will be.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk")]

mod common;

use common::{Desk, numbered, small_site, tree};
use std::collections::BTreeMap;

/// What is written, and where the site then is.
const WRITTEN: [(&str, &str); 7] = [
    ("https://desk.example", "https://desk.example/"),
    ("https://desk.example/", "https://desk.example/"),
    ("https://desk.example/news", "https://desk.example/news/"),
    ("https://desk.example/news/world/", "https://desk.example/news/world/"),
    ("http://localhost:8080/a%20b", "http://localhost:8080/a%20b/"),
    ("https://xn--mnchen-3ya.example/", "https://xn--mnchen-3ya.example/"),
    ("http://[2001:db8::1]:4000/~desk/", "http://[2001:db8::1]:4000/~desk/"),
];

/// Stands for the site's own address.
const HERE: &str = "⌂";

#[test]
fn the_same_site_wherever_it_is() {
    let desk = Desk::new(small_site().into_iter().chain((0..6).map(|number| numbered(number, 0, 0))));
    desk.write("content/briefs/old.md", OLD);
    let mut all: Vec<BTreeMap<String, String>> = Vec::new();
    for (number, (written, home)) in WRITTEN.iter().enumerate() {
        let site = format!(
            "title: Desk\nbase_url: '{written}'\nlanguages: [en, de]\nperiod_limit: 3\ntag_authority: desk.example\n"
        );
        desk.write("content/site.yaml", site);
        let out = format!("out{number}");
        desk.publish(&out);
        let path = &home[home.find("://").unwrap() + 3..];
        let path = &path[path.find('/').unwrap()..];
        let mut seen = 0;
        let mut normal = BTreeMap::new();
        for (name, bytes) in tree(&desk.beside(&out)) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            seen += text.matches(home).count();
            let mut text = text.replace(home, HERE);
            if name.ends_with("404.html") {
                // The one page that does not know where it is asked for.
                assert!(text.contains(&format!("href=\"{path}topics.html\"")), "{written}: {text}");
                text = text.replace(&format!("=\"{path}"), &format!("=\"{HERE}"));
            }
            assert!(!text.contains(&format!("{HERE}/")), "{written}: {name} has an empty part");
            normal.insert(name, text);
        }
        assert!(seen > 20, "{written}: only {seen} addresses are absolute");
        let page = &normal["2011/01/08/brief-1.html"];
        let canonical = format!("<link rel=\"canonical\" href=\"{HERE}2011/01/08/brief-1.html\"");
        assert!(page.contains(&canonical), "{written}: {page}");
        assert!(
            normal["index.html"].contains(&format!("<link rel=\"canonical\" href=\"{HERE}\"")),
            "{written}"
        );
        assert!(normal["old/place.html"].contains(&format!("{HERE}2017/01/01/old.html")), "{written}");
        all.push(normal);
    }
    for ((written, _), site) in WRITTEN.iter().zip(&all) {
        assert_eq!(site.keys().collect::<Vec<_>>(), all[0].keys().collect::<Vec<_>>(), "{written}");
        let differs = |name: &&String| site[*name] != all[0][*name];
        assert_eq!(site.keys().find(differs), None, "{written} differs in more than its own address");
    }
}

const OLD: &str = "---\ntitle: Old\ndate: 2017-01-01\ntopics: [Syria]\nagencies: [AP]\nredirect_from: [/old/place.html]\n---\n\nText.\n";
