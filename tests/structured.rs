//! What pages tell machines of themselves: structured data by schema.org's own terms, cards for those who share a page,
//! and which changes of a brief move its dates there.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{flags, small_site};
use dateline::newsroom;
use dateline::press::Sheet;
use dateline::read::shapes;
use dateline::read::sources::Sources;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const CALL: &str = "2017/11/22/call.html";

const SITE: &str = "title: Desk\nbase_url: https://desk.example/news/\nlanguages: [en, de]\nsection: News\n\
    description: All of it\neditors:\n  dj: {name: Doris Jensen, url: \"https://desk.example/dj\"}\n  ab: {name: A. B.}\n\
    publisher:\n  name: The Desk\n  url: https://desk.example/\n  logo: /logo.png\n";

const BRIEF: &str = "---\ntitle: A call, </script> and <b>\ndate: 2017-11-22T14:30:00+01:00\nevent_date: 2017-11-20/2017-11-21\n\
    topics: [Syria, Ukraine]\nagencies: [AP, Reuters]\neditors: [dj, cmk, ab]\nsummary: What *they* said.\n---\nText.\n";

type Files = BTreeMap<String, String>;

/// The small site with more to say, and its brief.
fn site() -> Files {
    let mut site: Files = small_site().into_iter().collect();
    let policies: String =
        shapes::POLICIES.iter().map(|key| format!("    {}: /pages/about.md\n", key.name)).collect();
    for (path, text) in [
        ("content/site.yaml", &*format!("{SITE}  policies:\n{policies}")),
        ("content/topics/syria.md", "---\nname: Syria\nwikidata: Q858\n---\n"),
        ("content/briefs/call.md", BRIEF),
        ("content/briefs/call.de.md", "---\ntitle: Ein Anruf\n---\nText.\n"),
        ("static/logo.png", "PNG"),
    ] {
        site.insert(path.to_owned(), text.to_owned());
    }
    site
}

/// The site in which the brief says some lines more.
fn with(lines: &str) -> Files {
    let mut site = site();
    site.insert(
        "content/briefs/call.md".to_owned(),
        BRIEF.replace("\n---\nText", &format!("\n{lines}\n---\nText")),
    );
    site
}

fn printed(site: &Files) -> BTreeMap<String, String> {
    let (edition, mut said) = newsroom::compose(&mut Sources::of(site), &flags());
    assert!(!said.has_errors(), "{said:?}");
    let mut all = BTreeMap::new();
    for page in edition.plan.pages.iter().filter(|page| page.path.ends_with(".html")) {
        let mut buffer = Vec::new();
        if let Some(Sheet::Bytes(bytes)) = edition.print(&edition.set(page), &mut buffer, &mut said) {
            all.insert(page.path.to_string(), String::from_utf8_lossy(bytes).into_owned());
        }
    }
    all
}

/// The things that a page's structured data holds.
fn things(html: &str) -> Vec<Value> {
    let Some((_, rest)) = html.split_once("<script type=\"application/ld+json\">") else { return Vec::new() };
    let text = rest.split('<').next().unwrap();
    let mut whole: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(whole["@context"], "https://schema.org");
    serde_json::from_value(whole["@graph"].take()).unwrap()
}

fn article(site: &Files, path: &str) -> Value {
    things(&printed(site)[path]).remove(0)
}

/// What the tag of a property says, as often as it stands there.
fn said<'a>(html: &'a str, property: &str) -> Vec<&'a str> {
    let tag = format!("property=\"{property}\" content=\"");
    html.split(&*tag).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// A list in `schemaorg.txt`: a term and the types beside it.
fn terms(heading: &str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let (_, rest) = include_str!("schemaorg.txt").split_once(heading).unwrap();
    let lines = rest.lines().skip(1).take_while(|line| !line.starts_with('['));
    lines
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .map(|(term, types)| (term, types.split(' ').collect()))
        .collect()
}

/// Gathers every `(type, property)` of a thing and of the things in it.
fn gather(value: &Value, found: &mut BTreeSet<(String, String)>) {
    let kind = value["@type"].as_str().unwrap_or_default();
    for (name, value) in value.as_object().into_iter().flatten() {
        found.insert((kind.to_owned(), name.clone()));
        gather(value, found);
    }
    value.as_array().into_iter().flatten().for_each(|item| gather(item, found));
}

#[test]
fn every_term_is_of_schema_org_and_stands_where_it_may() {
    let mut found = BTreeSet::new();
    let more = "media:\n  - {kind: image, src: /logo.png, alt: A sign, credit: AP}\ncorrections:\n  - {date: 2017-11-23, text: Put right}";
    for kind in ["brief", "report", "analysis", "background", "explainer", "opinion", "live"] {
        let pages = printed(&with(&format!("kind: {kind}\n{more}")));
        pages.values().flat_map(|html| things(html)).for_each(|thing| gather(&thing, &mut found));
    }
    let (types, properties) = (terms("[types]"), terms("[properties]"));
    let mut wrong = Vec::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    // A thing that only names another has no type.
    for (kind, property) in found.iter().filter(|(kind, property)| !(kind.is_empty() && property == "@id")) {
        let Some((kind, above)) = types.get_key_value(&**kind) else {
            wrong.push(format!("`{kind}` is no type on the list"));
            continue;
        };
        used.insert(kind);
        if property.starts_with('@') {
            continue;
        }
        match properties.get_key_value(&**property) {
            Some((property, of)) => {
                used.insert(property);
                if !of.iter().any(|one| one == kind || above.contains(one)) {
                    wrong.push(format!("`{property}` is none of `{kind}`"));
                }
            }
            None => wrong.push(format!("`{property}` is no property on the list")),
        }
    }
    wrong.extend(
        types
            .keys()
            .chain(properties.keys())
            .filter(|term| !used.contains(*term))
            .map(|term| format!("no page uses `{term}`")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_brief_says_what_it_is_whose_and_what_it_rests_on() {
    let html = &printed(&site())[CALL];
    assert!(html.contains("A call, \\u003c/script> and \\u003cb>"), "a headline ends the script: {html}");
    let publisher =
        json!({"@type": "NewsMediaOrganization", "@id": "https://desk.example/", "name": "The Desk"});
    let based_on = |name: &str| json!({"@type": "CreativeWork", "creditText": name});
    let wanted = json!([
        {
            "@type": "ReportageNewsArticle",
            "headline": "A call, </script> and <b>",
            "inLanguage": "en",
            "datePublished": "2017-11-22T13:30:00Z",
            "dateModified": "2017-11-22T13:30:00Z",
            "temporalCoverage": "2017-11-20/2017-11-21",
            "creditText": "dj/cmk/ab (AP, Reuters)",
            "author": [{"@type": "Person", "name": "Doris Jensen", "url": "https://desk.example/dj"}],
            "publisher": publisher,
            "isBasedOn": [based_on("AP"), based_on("Reuters")],
            "about": [
                {"@type": "Thing", "name": "Syria", "sameAs": "http://www.wikidata.org/entity/Q858"},
                {"@type": "Thing", "name": "Ukraine"},
            ],
        },
        {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": "Syria", "item": "https://desk.example/news/topics/syria.html"},
                {"@type": "ListItem", "position": 2, "name": "A call, </script> and <b>"},
            ],
        },
    ]);
    assert_eq!(json!(things(html)), wanted);
}

#[test]
fn initials_name_no_author() {
    let brief = BRIEF.replace("[dj, cmk, ab]", "[cmk, ab]");
    let mut site = site();
    site.insert("content/briefs/call.md".to_owned(), brief);
    let article = article(&site, CALL);
    assert_eq!(article["author"], json!({"@id": "https://desk.example/"}));
    assert_eq!(article["author"]["@id"], article["publisher"]["@id"], "the publisher answers for it");
}

#[test]
fn the_desk_s_kinds_are_types() {
    for (kind, wanted) in [
        ("brief", "ReportageNewsArticle"),
        ("report", "ReportageNewsArticle"),
        ("analysis", "AnalysisNewsArticle"),
        ("background", "BackgroundNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("live", "LiveBlogPosting"),
    ] {
        assert_eq!(article(&with(&format!("kind: {kind}")), CALL)["@type"], wanted, "{kind}");
    }
}

/// Each kind of change, and the day that it moves a brief's last change to.
#[test]
fn what_readers_are_told_of_moves_the_date_and_a_refile_does_not() {
    let correction = |kind: &str| format!("corrections: [{{date: 2017-11-24, kind: {kind}, text: So}}]");
    for (lines, moved) in [
        (String::new(), None),
        (correction("refile"), None),
        (correction("correction"), Some("2017-11-24")),
        (correction("clarification"), Some("2017-11-24")),
        (correction("update"), Some("2017-11-24")),
        ("updated: 2017-11-23".to_owned(), Some("2017-11-23")),
        ("updated: 2017-11-23T09:00:00Z".to_owned(), Some("2017-11-23T09:00:00Z")),
        (format!("updated: 2017-11-23\n{}", correction("refile")), Some("2017-11-23")),
        (format!("updated: 2017-11-25\n{}", correction("update")), Some("2017-11-25")),
        ("status: withdrawn\nwithdrawn: {date: 2017-11-26, reason: Not so.}".to_owned(), Some("2017-11-26")),
    ] {
        let html = &printed(&with(&lines))[CALL];
        let article = &things(html)[0];
        assert_eq!(article["datePublished"], "2017-11-22T13:30:00Z", "{lines}");
        assert_eq!(article["dateModified"], moved.unwrap_or("2017-11-22T13:30:00Z"), "{lines}");
        assert_eq!(said(html, "article:published_time"), ["2017-11-22T13:30:00Z"], "{lines}");
        assert_eq!(said(html, "article:modified_time"), Vec::from_iter(moved), "{lines}");
        let told = article["correction"].as_array().map_or(0, Vec::len);
        let is_told = lines.contains("kind:") && !lines.contains("refile") || lines.contains("withdrawn");
        assert_eq!(told, usize::from(is_told), "{lines}");
    }
}

#[test]
fn a_withdrawn_brief_says_why_and_no_more_what_it_said() {
    let lines = "status: withdrawn\nwithdrawn: {date: 2017-11-26, reason: Not so.}\n\
                 media:\n  - {kind: image, src: /logo.png, alt: A sign, credit: AP}";
    let html = &printed(&with(lines))[CALL];
    let article = &things(html)[0];
    assert_eq!(
        article["correction"],
        json!([{"@type": "CorrectionComment", "text": "Not so.", "datePublished": "2017-11-26"}])
    );
    assert_eq!(article["image"], Value::Null);
    assert_eq!(said(html, "og:image"), [""; 0]);
}

#[test]
fn the_card_shows_the_brief_s_picture_else_its_topic_s_else_the_site_s() {
    let mut site = with(
        "media:\n  - {kind: image, src: plan.svg, alt: A plan, credit: AP}\n  - {kind: image, src: hall.png, alt: \"The \\\"hall\\\"\", credit: AP}",
    );
    for path in
        ["content/briefs/plan.svg", "content/briefs/hall.png", "static/media/syria.png", "static/all.png"]
    {
        site.insert(path.to_owned(), "picture".to_owned());
    }
    let put = |site: &mut Files, path: &str, from: &str, to: &str| {
        let text = site[path].replace(from, to);
        site.insert(path.to_owned(), text);
    };
    put(&mut site, "content/site.yaml", "section:", "image: /all.png\nsection:");
    put(&mut site, "content/topics/syria.md", "name: Syria", "name: Syria\nimage: /media/syria.png");
    let shown = |site: &Files, path: &str| {
        let pages = printed(site);
        let html = &pages[path];
        let images: Vec<String> = said(html, "og:image").into_iter().map(str::to_owned).collect();
        assert_eq!(images.len(), 1, "{html}");
        assert!(html.contains("content=\"summary_large_image\""), "{path}");
        let thing = things(html).into_iter().find_map(|thing| thing["image"].as_str().map(str::to_owned));
        assert_eq!(thing.as_ref(), images.first(), "{path}");
        (images[0].clone(), said(html, "og:image:alt").concat())
    };
    let root = "https://desk.example/news";
    let hall = (format!("{root}/2017/11/22/hall.png"), "The &quot;hall&quot;".to_owned());
    assert_eq!(shown(&site, CALL), hall, "of no SVG, which cards cannot show");
    let german = (format!("{root}/de/2017/11/22/hall.png"), hall.1.clone());
    assert_eq!(shown(&site, &format!("de/{CALL}")), german, "the version's own copy");
    let topic = (format!("{root}/media/syria.png"), String::new());
    assert_eq!(shown(&site, "topics/syria.html"), topic);
    assert_eq!(shown(&site, "de/topics/syria.html"), topic);
    put(
        &mut site,
        "content/briefs/call.md",
        ", {kind: image, src: hall.png",
        ", {kind: image, src: plan.svg",
    );
    put(&mut site, "content/briefs/call.md", "src: hall.png", "src: plan.svg");
    assert_eq!(shown(&site, CALL), topic);
    put(&mut site, "content/topics/syria.md", "image: /media/syria.png\n", "");
    let of_site = (format!("{root}/all.png"), String::new());
    for path in [CALL, "topics/syria.html", "index.html", "de/index.html"] {
        assert_eq!(shown(&site, path), of_site);
    }
}

#[test]
fn a_version_names_what_it_is_a_version_of() {
    let pages = printed(&site());
    let german = &things(&pages[&format!("de/{CALL}")])[0];
    assert_eq!(german["inLanguage"], "de");
    let original =
        json!({"@type": "ReportageNewsArticle", "url": "https://desk.example/news/2017/11/22/call.html"});
    assert_eq!(german["translationOfWork"], original);
    assert_eq!(things(&pages[CALL])[0]["translationOfWork"], Value::Null);
}

#[test]
fn topics_and_the_front_page_say_what_they_are() {
    let pages = printed(&site());
    let topic = &things(&pages["topics/syria.html"])[0];
    assert_eq!(topic["@type"], "CollectionPage");
    let item =
        json!({"@type": "ListItem", "position": 1, "url": "https://desk.example/news/2017/11/22/call.html"});
    assert_eq!(topic["mainEntity"], json!({"@type": "ItemList", "itemListElement": [item]}));
    assert_eq!(things(&pages["topics/north-korea.html"])[0]["mainEntity"], json!({"@type": "ItemList"}));
    let publisher = &things(&pages["index.html"])[0];
    assert_eq!(publisher["@type"], "NewsMediaOrganization");
    for (key, wanted) in [
        ("@id", "https://desk.example/"),
        ("url", "https://desk.example/"),
        ("logo", "https://desk.example/news/logo.png"),
    ] {
        assert_eq!(publisher[key], wanted, "{key}");
    }
    for key in shapes::POLICIES {
        assert_eq!(publisher[key.name], "https://desk.example/news/about.html", "{}", key.name);
    }
}

#[test]
fn a_card_has_what_others_ask_for() {
    let html = &printed(&site())[CALL];
    for (property, wanted) in [
        ("og:type", vec!["article"]),
        ("og:title", vec!["A call, &lt;/script&gt; and &lt;b&gt;"]),
        ("og:description", vec!["What they said."]),
        ("article:section", vec!["News"]),
        ("article:tag", vec!["Syria", "Ukraine"]),
    ] {
        assert_eq!(said(html, property), wanted, "{property}");
    }
    let address = "https://desk.example/news/2017/11/22/call.html";
    assert!(
        html.contains(&format!("<link rel=\"canonical\" href=\"{address}\" property=\"og:url\">")),
        "{html}"
    );
}

#[test]
fn a_card_names_its_form() {
    let form = |lines: &str, brief: &str| {
        let mut site = with(lines);
        site.insert(
            "content/briefs/call.md".to_owned(),
            site["content/briefs/call.md"].replace("summary: What *they* said.\n", brief),
        );
        let html = &printed(&site)[CALL];
        let (_, rest) = html.split_once("name=\"twitter:card\" content=\"")?;
        rest.split('"').next().map(str::to_owned)
    };
    assert_eq!(form("urgency: 5", "summary: Said.\n"), Some("summary".to_owned()));
    assert_eq!(form("urgency: 5", ""), Some("summary".to_owned()));
    let picture = "media:\n  - {kind: image, src: /logo.png, alt: A sign, credit: AP}";
    assert_eq!(form(picture, "summary: Said.\n"), Some("summary_large_image".to_owned()));
}

#[test]
fn a_year_for_timelinejs_has_its_500_most_urgent_briefs_and_of_equals_the_newest() {
    let mut site = site();
    for number in 0..502 {
        let (turn, urgency) = (number / 3, if number == 0 { 1 } else { 5 });
        let date = format!("2016-{:02}-{:02}", turn / 28 + 1, turn % 28 + 1);
        let text = format!(
            "---\ntitle: Talks {number}\ndate: {date}\ntopics: [Syria]\nagencies: [AP]\nurgency: {urgency}\n---\nText.\n"
        );
        site.insert(format!("content/briefs/talks-{number}.md"), text);
    }
    let (edition, mut said) = newsroom::compose(&mut Sources::of(&site), &flags());
    let page = edition.plan.pages.iter().find(|page| &*page.path == "data/timeline-2016.json").unwrap();
    let mut buffer = Vec::new();
    let Some(Sheet::Bytes(bytes)) = edition.print(&edition.set(page), &mut buffer, &mut said) else {
        panic!()
    };
    let timeline: Value = serde_json::from_slice(bytes).unwrap();
    let events = timeline["events"].as_array().unwrap();
    assert_eq!(events.len(), 500);
    let first = |event: &&Value| event["start_date"] == json!({"year": 2016, "month": 1, "day": 1});
    let kept: Vec<&str> =
        events.iter().filter(first).map(|event| event["text"]["headline"].as_str().unwrap()).collect();
    assert!(matches!(kept[..], [one] if one.contains(">Talks 0<")), "{kept:?}");
}
