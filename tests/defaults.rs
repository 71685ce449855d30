//! What the tables say that a key's absence counts as is what the reader takes it for: writing it changes no byte.

use dateline::base::date::Moment;
use dateline::base::report::Report;
use dateline::newsroom::{self, Flags};
use dateline::press::edition::Sheet;
use dateline::read::choices::{self, Choices};
use dateline::read::schema::{self, Subject};
use dateline::read::shape::Key;
use dateline::read::shapes;
use dateline::read::sources::Sources;
use std::collections::BTreeMap;

const SITE: &str = "title: Dateline\nbase_url: https://example.org/\nlanguages: [en]\n";

const BRIEF: &str = "---\ntitle: Talks resume\ndate: 2017-11-22T00:30\nupdated: 2017-11-23\ntopics: [Syria]\n\
                     agencies: [AP]\ncorrections: [{date: 2017-11-23, text: It was Tuesday.}]\n{more}---\n\
                     <b>Text</b>, and [more](held.md).\n";

/// A site whose settings and one brief have more lines.
fn site(settings: &str, brief: &str) -> BTreeMap<&'static str, String> {
    let other = "---\ntitle: Held\ndate: 2017-11-21\ntopics: [Syria]\nagencies: [AP]\n---\nText.\n";
    BTreeMap::from([
        ("content/site.yaml", format!("{SITE}{settings}")),
        ("content/agencies.yaml", "- name: AP\n".to_owned()),
        ("content/topics/syria.md", "---\nname: Syria\n---\n".to_owned()),
        ("content/briefs/talks.md", BRIEF.replace("{more}", brief)),
        ("content/briefs/held.md", other.to_owned()),
    ])
}

/// Every page by its path, and what was said of the site.
fn printed(site: &BTreeMap<&str, String>) -> (BTreeMap<String, Vec<u8>>, usize) {
    let mut sources = Sources::of(site);
    let now = Moment::parse("2026-01-01T00:00:00Z").expect("a time");
    let flags = Flags { now, drafts: false, base_url: None, build_id: newsroom::build_id() };
    let (edition, mut report) = newsroom::compose(&mut sources, &flags);
    assert!(!report.has_errors(), "{:?}", report.sorted());
    let mut buffer = Vec::new();
    let mut pages = BTreeMap::new();
    for page in edition.plan.pages.iter() {
        if let Some(Sheet::Bytes(bytes)) = edition.print(&edition.set(page), &mut buffer, &mut report) {
            pages.insert(page.path.to_string(), bytes.to_vec());
        }
    }
    (pages, report.counts().1)
}

fn usual(keys: &'static [Key]) -> Vec<String> {
    let said = keys.iter().filter_map(|key| Some(format!("{}: {}\n", key.name, key.usual?)));
    said.collect()
}

#[test]
fn writing_what_is_usual_changes_nothing() {
    let plain = printed(&site("", ""));
    let (of_site, of_brief) = (usual(shapes::SITE), usual(shapes::BRIEF));
    assert!(of_site.len() >= 6 && of_brief.len() >= 4, "{of_site:?} {of_brief:?}");
    for line in of_site {
        assert!(printed(&site(&line, "")) == plain, "`{line}` in site.yaml changes something");
    }
    for line in of_brief {
        assert!(printed(&site("", &line)) == plain, "`{line}` in a brief changes something");
    }
    let other =
        printed(&site("vocabulary: closed\ncorrections_position: top\n", "urgency: 1\nstatus: developing\n"));
    assert!(other != plain, "what is not usual should change something");
}

#[test]
fn schemas_are_the_same_for_the_same_site_and_hold_every_key() {
    let made = || {
        let sources = Sources::of(site("editors: {dj: {name: D. J.}}\n", ""));
        choices::choices(&sources, &mut Report::default())
    };
    for subject in Subject::ALL {
        assert_eq!(schema::schema(subject, &made()), schema::schema(subject, &made()));
    }
    let of_a_site = schema::schema(Subject::Brief, &made());
    let of_none = schema::schema(Subject::Brief, &Choices::default());
    for key in shapes::BRIEF {
        for text in [&of_a_site, &of_none] {
            assert!(text.contains(&format!("\"{}\": {{", key.name)), "`{}` is missing", key.name);
        }
    }
    for name in ["Syria", "AP", "dj"] {
        let quoted = format!("\"{name}\"");
        assert!(of_a_site.contains(&quoted) && !of_none.contains(&quoted), "{name}");
    }
}
