//! Equality 2: what the preview answers for a path is what `build` writes there with the same flags, byte for byte,
//! the one line aside that is put in; on the first day and after any sequence of edits, without a restart.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk and the clock")]
#![cfg(unix)]

mod common;

use common::edits::{Story, apply, edit, write_all};
use common::serve::{Preview, built, clean, encoded, until};
use common::{Desk, NOW, assert_equal, flags, numbered, rounds, small_site, tree};
use dateline::base::date::{Moment, Zone};
use dateline::deliver::Preview as Shown;
use dateline::deliver::changes::{self, Changes};
use dateline::deliver::preview::Answer;
use dateline::newsroom::Newsroom;
use dateline::press::Edition;
use dateline::read::sources::Sources;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A site of numbered briefs, with static files of names that need care.
fn archive(briefs: usize) -> (Desk, BTreeMap<usize, Story>) {
    let mut files = small_site();
    files[0].1 = files[0].1.replace("period_limit: 3", "period_limit: 20");
    let desk = Desk::new(files);
    let stories: BTreeMap<usize, Story> = (0..briefs).map(|number| (number, Story::default())).collect();
    write_all(&desk, &stories);
    desk.write("static/notes/a file & more é.txt", "Notes.\n");
    desk.write("static/notes/100%.txt", "All.\n");
    desk.write("static/film.mp4", vec![7; 300_000]);
    desk.write("static/handbook/index.html", "<!doctype html><title>Handbook</title><head></head><p>Text.\n");
    let (path, text) = numbered(1, 0, 0);
    desk.write(&path.replace("brief-1.md", "draft.md"), text.replace("summary:", "status: draft\nsummary:"));
    (desk, stories)
}

/// Every answer is the build's, for GET and HEAD alike, and the preview knows of no other page.
fn compare(preview: &Preview, desk: &Desk, flags: &[&str], when: &str) -> usize {
    let built = clean(desk, flags);
    assert_equal(&preview.all(built.keys()), &built, when);
    let said = preview.running.said();
    assert!(said.contains(&format!(" shows {} pages ", built.len())) || when.contains("edits"), "{said}");
    built.len()
}

#[test]
fn every_answer_is_what_build_writes() {
    let (desk, _) = archive(rounds(200, 2_000) as usize);
    let variants: [&[&str]; 5] = [
        &[],
        &["--drafts"],
        &["--base-url", "https://other.example/"],
        &["--base-url", "https://other.example/a/b%20c/"],
        &["--base-url", "https://other.example/n%C3%A9/"],
    ];
    for flags in variants {
        // The draft is shown by default here, as `build --drafts` prints it.
        let own: Vec<&str> = if flags == ["--drafts"] { vec![] } else { [&["--no-drafts"], flags].concat() };
        let preview = Preview::with(&desk.root(), &[&["--now", NOW], &own[..]].concat());
        let pages = compare(&preview, &desk, flags, &format!("with {flags:?}"));
        println!("{pages} answers with {flags:?} are the build's");
        head_is_get(&preview, &desk, flags);
        addresses(&preview);
    }
    assert!(!desk.root().join("public").exists() && !desk.root().join(".dateline").exists());
}

#[test]
fn every_answer_for_the_repositorys_own_site_is_what_build_writes() {
    let desk = Desk::new([("content/site.yaml", "")]);
    for folder in ["content", "templates", "static"] {
        for (path, bytes) in tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            desk.write(&format!("{folder}/{path}"), bytes);
        }
    }
    let now = ["--now", "2026-12-01T00:00:00Z"];
    let preview = Preview::with(&desk.root(), &[&now[..], &["--no-drafts"]].concat());
    let built = built(&desk.root(), &now);
    assert!(built.len() > 50);
    assert_equal(&preview.all(built.keys()), &built, "the repository's site");
}

/// HEAD says what GET says, and nothing more; kinds are right.
fn head_is_get(preview: &Preview, desk: &Desk, flags: &[&str]) {
    let kinds = [
        ("index.html", "text/html; charset=utf-8"),
        ("timeline.html", "text/html; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
        ("film.mp4", "video/mp4"),
        ("notes/100%.txt", "text/plain; charset=utf-8"),
    ];
    for (path, kind) in kinds {
        assert_eq!(preview.get(path).header("content-type"), Some(kind), "{path}");
    }
    let css = clean(desk, flags).into_keys().find(|path| path.ends_with(".css")).unwrap();
    assert_eq!(preview.get(&css).header("content-type"), Some("text/css; charset=utf-8"));
    let mut client = preview.client();
    for path in kinds.iter().map(|(path, _)| *path).chain(["", "topics", "nothing", "handbook", "../x"]) {
        let path = format!("{}{}", preview.base, encoded(path));
        let (get, head) = (client.ask("GET", &path), client.ask("HEAD", &path));
        let without_date = |headers: Vec<(String, String)>| {
            headers.into_iter().filter(|(name, _)| name != "date").collect::<BTreeMap<_, _>>()
        };
        assert!(head.body.is_empty() && head.status == get.status, "{path}");
        assert_eq!(head.header("content-length"), Some(&*get.body.len().to_string()), "{path}");
        assert_eq!(without_date(head.headers), without_date(get.headers), "{path}");
    }
}

/// Addresses mean what they mean on GitHub Pages.
fn addresses(preview: &Preview) {
    let base = &preview.base.replace('é', "%C3%A9");
    let mut client = preview.client();
    let front = preview.get("index.html").body;
    let mut get = |path: &str| client.ask("GET", path);
    assert_eq!(get(base).body, front);
    assert_eq!(get(&format!("{base}?query=1")).body, front);
    assert_eq!(get(&format!("{base}topics")).body, get(&format!("{base}topics.html")).body);
    assert_eq!(get(&format!("{base}to%70ics.html")).body, get(&format!("{base}topics.html")).body);
    let handbook = get(&format!("{base}handbook/"));
    assert_eq!(handbook.body, preview.get("handbook/index.html").body);
    let moved = get(&format!("{base}handbook"));
    assert_eq!((moved.status, moved.header("location")), (302, Some(&*format!("{base}handbook/"))));
    let missing = preview.get("404.html");
    assert_eq!(missing.status, 200);
    for path in ["nothing", "nothing.html", "topics/", "2010", "handbook/x", "Topics", "topics.html/"] {
        let answer = get(&format!("{base}{path}"));
        assert_eq!((answer.status, answer.body == missing.body), (404, true), "{path}");
    }
    if base == "/" {
        return;
    }
    for above in ["/", base.trim_end_matches('/')] {
        let moved = get(above);
        assert_eq!((moved.status, moved.header("location")), (302, Some(&**base)), "{above}");
    }
    for beside in ["/topics.html", "/index.html", "/newsx/", &format!("{}x", base.trim_end_matches('/'))] {
        assert_eq!(get(beside).status, 404, "{beside}");
    }
}

#[test]
fn after_random_edits_every_answer_still_is_what_build_writes() {
    let (edits, each) = (rounds(24, 100) as usize, 6);
    let (desk, mut stories) = archive(rounds(120, 2_000) as usize);
    desk.write("content/pages/sentinel.md", "---\ntitle: Turn start\n---\n\nText.\n");
    let preview = Preview::start(&desk.root(), &[]);
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (mut compared, mut refused) = (0, 0);
    for turn in 0..edits {
        let edit = edit().new_tree(&mut runner).unwrap().current();
        apply(&desk, &mut stories, &edit, turn);
        write_all(&desk, &stories);
        desk.write("content/pages/sentinel.md", format!("---\ntitle: Turn {turn}\n---\n\nText.\n"));
        let good = desk.run("warm", &[]).0 == Some(0);
        until("the round is shown", || match good {
            true => preview.page("sentinel.html").contains(&format!("Turn {turn}<")),
            false => preview.errors() > 0,
        });
        refused += usize::from(!good);
        if good && (turn % each == 0 || turn + 1 == edits) {
            let when = format!("after {edit:?}, {} edits", turn + 1);
            preview.becomes_clean(&desk, &[], &when);
            compared += compare(&preview, &desk, &[], &when);
        }
    }
    assert!(refused * 2 < edits && compared > 0, "{refused} of {edits} edits were refused");
    println!("{edits} edits, {refused} with errors: {compared} answers are the build's");
}

#[test]
fn one_edited_body_is_one_file_read_one_brief_made_and_one_page_printed() {
    let (desk, _) = archive(15);
    let mut sources = Sources::look(&desk.root(), |_| None).unwrap();
    let mut newsroom = Newsroom::default();
    let (before, said) = newsroom.compose(&mut sources, &flags());
    assert!(!said.has_errors() && newsroom.briefs_read() == 16);
    let shown = Shown::new(desk.root(), None);
    shown.show(before.clone(), &said, &sources);
    let first = sheets(&shown, &before);

    // No other brief is there to be read any more.
    let (path, text) = numbered(7, 0, 1);
    for number in 0..15 {
        desk.delete(&numbered(number, 0, 0).0);
    }
    desk.write(&path, text);
    assert!(sources.look_at(&[path].into()).unwrap());
    let (after, said) = newsroom.compose(&mut sources, &flags());
    assert_eq!((newsroom.briefs_read(), said.has_errors()), (1, false));
    shown.show(after.clone(), &said, &sources);
    let second = sheets(&shown, &after);
    let printed: Vec<&str> = second
        .iter()
        .filter(|(path, sheet)| !Arc::ptr_eq(sheet, &first[*path]))
        .map(|(path, _)| path.as_str())
        .collect();
    let page = printed.iter().find(|path| path.ends_with("/brief-7.html")).copied();
    assert_eq!((printed.len(), page.is_some()), (1, true), "{printed:?}");
    assert_eq!(changes::between(&before, &after), Changes::Pages(vec![page.unwrap().into()]));
}

/// Every page that readers look at, as the preview prints it or kept it.
fn sheets(shown: &Shown, edition: &Edition) -> BTreeMap<String, Arc<[u8]>> {
    let now = shown.shown().unwrap();
    let answer = |path: &str| match shown.answer(&now, &format!("/news/{}", encoded(path))) {
        Answer::Sheet { bytes, missing: false, .. } => Some((path.to_owned(), bytes)),
        Answer::File { .. } => None,
        _ => panic!("{path} is no page"),
    };
    let pages = edition.plan.pages.iter().filter(|page| !page.is_for_programs());
    pages.filter_map(|page| answer(&page.path)).collect()
}

#[test]
fn an_embargo_and_an_expiry_fall_due_without_an_edit() {
    let (desk, _) = archive(5);
    let clock = || Moment(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() as i64);
    let (embargo, expires) = (Moment(clock().0 + 4), Moment(clock().0 + 6));
    let stamp = |moment: Moment| Zone::utc().stamp(moment);
    let brief = |name: &str, line: &str| {
        let text = format!(
            "---\ntitle: {name}\ndate: 2019-01-01\ntopics: [Syria]\nagencies: [AP]\nsummary: S.\n{line}\n---\n\nT.\n"
        );
        desk.write(&format!("content/briefs/{name}.md"), text);
    };
    brief("held", &format!("embargo: {}", stamp(embargo)));
    brief("spent", &format!("expires: {}", stamp(expires)));
    let preview = Preview::with(&desk.root(), &[]);
    // An embargoed brief is filed at the day when it may be read.
    let page = format!("{}/held.html", stamp(embargo)[..10].replace('-', "/"));
    let held = preview.get(&page).status;
    assert!(held == 404 || clock() >= embargo, "an embargoed brief is shown");
    let lists = |name: &str| preview.page("topics/syria.html").contains(name);
    until("the embargo is over", || preview.get(&page).status == 200 && lists("held.html"));
    assert!(clock() >= embargo, "an embargoed brief was shown too early");
    until("the expiry is over", || !lists("spent.html"));
    assert!(clock() >= expires, "a brief expired too early");
    let built = built(&desk.root(), &["--now", &stamp(clock()), "--drafts"]);
    assert_equal(&preview.all(built.keys()), &built, "after both fell due");
}

#[test]
fn while_there_are_errors_the_last_good_edition_stays() {
    let (desk, _) = archive(30);
    let preview = Preview::start(&desk.root(), &[]);
    let good = clean(&desk, &[]);
    let stays = |when: &str| {
        until(when, || preview.errors() > 0);
        assert_equal(&preview.all(good.keys()), &good, when);
    };
    let mended = |when: &str| {
        until(when, || preview.errors() == 0);
        preview.becomes_clean(&desk, &[], when);
    };
    let settings = desk.read("content/site.yaml");
    desk.delete("content/site.yaml");
    stays("site.yaml is gone");
    desk.write("content/site.yaml", &settings);
    mended("site.yaml is back");
    desk.write("content/site.yaml", "title: [\n");
    stays("site.yaml is broken");
    desk.write("content/site.yaml", &settings);
    mended("site.yaml is mended");

    let (path, text) = numbered(3, 0, 0);
    desk.write(&path, text.replace("date: ", "date: x"));
    stays("a brief is broken");
    desk.write(&path, text.replace("date: ", "date: x").replace("First", "Second"));
    stays("a brief is still broken");
    desk.write(&path, text.replace("First", "Second"));
    mended("the brief is mended");
    desk.write(&path, text);
    until("the brief is as it was", || preview.differing(&desk, &[]).is_empty());

    desk.write(
        "templates/brief.html",
        "{% extends \"default/brief.html\" %}{% block head %}{{ nothing. }}{% endblock %}",
    );
    stays("a template is broken");
    desk.write(
        "templates/brief.html",
        "{% extends \"default/brief.html\" %}{% block head %}{{ missing_name }}{% endblock %}",
    );
    stays("a template fails");
    desk.delete("templates/brief.html");
    mended("the template is mended");

    fs::rename(desk.root().join("content"), desk.beside("content")).unwrap();
    stays("content is gone");
    fs::rename(desk.beside("content"), desk.root().join("content")).unwrap();
    mended("content is back");
    let said = preview.running.said();
    assert!(
        said.contains("the last good edition is shown") && said.contains("no `content/site.yaml`"),
        "{said}"
    );
    assert!(!desk.root().join("public").exists() && !desk.root().join(".dateline").exists());
}

#[test]
fn with_errors_from_the_start_there_is_something_to_show() {
    let (desk, _) = archive(10);
    let (path, text) = numbered(3, 0, 0);
    desk.write(&path, text.replace("date: ", "date: x"));
    let preview = Preview::start(&desk.root(), &[]);
    assert!(preview.errors() > 0 && preview.get("").status == 200);
    desk.write(&path, text);
    until("it is mended", || preview.errors() == 0);
    preview.becomes_clean(&desk, &[], "mended after a bad start");
}
