//! Equality 1: after any sequence of edits, additions, renames and deletions, the folder that warm builds leave
//! equals a clean build's, byte for byte; and so does the edition of a newsroom that lived through all of them.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk")]

mod common;

use common::edits::{Edit, Story, apply, edit, write_all};
use common::{Desk, assert_equal, assert_same, flags, numbered, printed, rounds, small_site, tree};
use dateline::base::digest::Digest;
use dateline::base::report::Report;
use dateline::deliver::changes::{self, Changes};
use dateline::newsroom::{self, Newsroom};
use dateline::plan::Shown;
use dateline::press::Edition;
use dateline::read::sources::{FOLDERS, Sources};
use proptest::test_runner::{Config, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

/// How many edits one site goes through.
const EDITS: usize = 8;

#[test]
fn warm_builds_leave_what_a_clean_build_leaves() {
    let cases = rounds(8, 100);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let seed = proptest::test_runner::RngAlgorithm::ChaCha;
    let rng = proptest::test_runner::TestRng::deterministic_rng(seed);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let plan = (5..30usize, proptest::collection::vec(edit(), EDITS));
    let done = std::cell::Cell::new(0);
    runner
        .run(&plan, |(briefs, edits)| {
            done.set(done.get() + play(briefs, &edits));
            Ok(())
        })
        .unwrap();
    println!("{} rounds of {cases} sites: warm equals clean", done.get());
    assert!(done.get() as u32 >= cases * (EDITS as u32 - 3), "too many rounds were refused");
}

/// One site through all its edits; the number of rounds in which something was published.
fn play(briefs: usize, edits: &[Edit]) -> usize {
    let desk = Desk::new(small_site());
    let mut archive: BTreeMap<usize, Story> = BTreeMap::new();
    for number in 0..briefs {
        archive.insert(number, Story::default());
    }
    write_all(&desk, &archive);
    desk.publish("warm");
    let mut lasting = Lasting::new(&desk);
    let mut published = 0;
    for (turn, edit) in edits.iter().enumerate() {
        apply(&desk, &mut archive, edit, turn);
        write_all(&desk, &archive);
        let outcome = desk.build("warm");
        let clean = format!("clean{turn}");
        let fresh = desk.build(&clean);
        assert_eq!(outcome.delivery.is_some(), fresh.delivery.is_some(), "{edit:?}");
        let edition = lasting.look(&desk, turn);
        if outcome.delivery.is_some() {
            assert_same(&desk.beside("warm"), &desk.beside(&clean), &format!("after {edit:?} of {edits:?}"));
            let when = format!("in a lasting newsroom, after {edit:?} of {edits:?}");
            assert_equal(&printed(&edition, &desk.root()), &tree(&desk.beside(&clean)), &when);
            published += 1;
        }
        fs::remove_dir_all(desk.beside(&clean)).ok();
    }
    published
}

/// A newsroom that lives through all edits.
struct Lasting {
    sources: Sources,
    newsroom: Newsroom,
    last: Option<Arc<Edition>>,
}

impl Lasting {
    fn new(desk: &Desk) -> Lasting {
        let mut sources = Sources::look(&desk.root(), |_| None).unwrap();
        let mut newsroom = Newsroom::default();
        newsroom.compose(&mut sources, &flags());
        Lasting { sources, newsroom, last: None }
    }

    /// The edition after another look: at everything, or at each of the site's folders; what is said of it is what
    /// a new newsroom says.
    fn look(&mut self, desk: &Desk, turn: usize) -> Arc<Edition> {
        match turn % 2 {
            0 => self.sources.look_again(|| true).unwrap().is_some(),
            _ => self.sources.look_at(&FOLDERS.map(str::to_owned).into()).unwrap(),
        };
        let (edition, said) = self.newsroom.compose(&mut self.sources, &flags());
        self.compare(&edition);
        let mut sources = Sources::look(&desk.root(), |_| None).unwrap();
        let (_, expected) = newsroom::compose(&mut sources, &flags());
        assert_eq!(said.sorted(), expected.sorted());
        edition
    }
}

impl Lasting {
    /// What is said to have changed since the last edition is what fingerprints say of every page.
    fn compare(&mut self, edition: &Arc<Edition>) {
        let set = |edition: &Edition| -> BTreeMap<String, Digest> {
            let pages = edition.plan.pages.iter().filter(|page| !page.is_for_programs());
            pages.map(|page| (page.path.to_string(), edition.set(page).fingerprint)).collect()
        };
        if let Some(last) = self.last.replace(edition.clone()) {
            let (before, after) = (set(&last), set(edition));
            let differs = |path: &&String| before.get(*path) != after.get(*path);
            let all = before.keys().chain(after.keys());
            let expected: BTreeSet<String> = all.filter(differs).cloned().collect();
            match changes::between(&last, edition) {
                Changes::Pages(paths) => assert!(paths.iter().map(|path| &**path).eq(&expected), "{paths:?}"),
                Changes::All(pages) => assert_eq!(pages, edition.plan.pages.len()),
                Changes::Unknown(_) => panic!("a small archive is compared"),
            }
        }
    }
}

#[test]
fn a_round_makes_nothing_of_search_and_feeds_until_it_is_asked_for() {
    let mut files = small_site();
    files.extend((0..40).map(|number| numbered(number, 0, 0)));
    let desk = Desk::new(files);
    let mut newsroom = Newsroom::default();
    let mut last = None;
    for body in 1..4 {
        let mut sources = Sources::look(&desk.root(), |_| None).unwrap();
        let edition = newsroom.compose(&mut sources, &flags()).0;
        let unmade = || format!("{:?}", edition.plan.search).matches("<uninit>").count();
        let entries = || format!("{:?}", edition.plan.entries).matches("<uninit>").count();
        assert_eq!(edition.plan.search.years.len(), 10);
        if let Some(last) = last.replace(edition.clone()) {
            changes::between(&last, &edition);
            assert_eq!(unmade(), 2, "what an edited brief's year is made of is unknown, and that alone");
            assert_eq!(entries(), 1, "the edited brief as feeds hold it, and that alone");
        } else {
            assert_eq!((unmade(), entries()), (20, 40), "a round has made what no one asked for");
        }
        for page in edition.plan.pages.iter().filter(|page| page.is_for_programs()) {
            let mut buffer = Vec::new();
            edition.print(&edition.set(page), &mut buffer, &mut Report::default());
        }
        assert_eq!((unmade(), entries()), (0, 0));
        let (path, text) = numbered(3, 0, body);
        desk.write(&path, text);
    }
}

#[test]
fn an_edited_text_leaves_lists_alone_and_an_edited_headline_does_not() {
    let path = "content/briefs/2017/11/talks.md";
    let brief = |title: &str, text: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2017-11-21\ntopics: [Syria]\n---\n\nFirst.\n\n{text} [A day later](next.md).\n\n\
             dj/es (AP, dpa)\n"
        )
    };
    let mut files = small_site();
    files.extend((0..20).map(|number| numbered(number, 0, 0)));
    files.push((path.to_owned(), brief("Talks", "They talked.")));
    files.push((
        "content/briefs/2017/11/next.md".to_owned(),
        brief("Next", "More.").replace("next.md", "talks.md"),
    ));
    let desk = Desk::new(files);
    let mut newsroom = Newsroom::default();
    let mut compose = || newsroom.compose(&mut Sources::look(&desk.root(), |_| None).unwrap(), &flags()).0;
    let before = compose();
    let named = |after: &Edition, before: &Edition| {
        let shown = Shown::since(&after.plan, &before.plan);
        after.plan.pages.iter().filter(|page| shown.may_be_on(page)).count()
    };
    desk.write(path, brief("Talks", "They talked, and for long."));
    let text = compose();
    assert_eq!(named(&text, &before), 1);
    desk.write(path, brief("Talks go on", "They talked, and for long."));
    let headline = compose();
    assert!(named(&headline, &text) > 8, "{}", named(&headline, &text));
}

#[test]
fn a_renamed_topic_makes_only_what_shows_its_name() {
    let mut files = small_site();
    files.extend((0..40).map(|number| numbered(number, 0, 0)));
    let desk = Desk::new(files);
    let mut newsroom = Newsroom::default();
    let mut compose = || newsroom.compose(&mut Sources::look(&desk.root(), |_| None).unwrap(), &flags()).0;
    let before = compose();
    desk.write(
        "content/topics/ukraine.md",
        "---\nname: The Ukraine war\naliases: [Ukraine]\norder: 2\n---\n",
    );
    let after = compose();
    assert!(Arc::ptr_eq(&before.plan.dates, &after.plan.dates));
    let text = |edition: &Edition, number: u32, key: &str| {
        let card = edition.plan.cards[number as usize].value.as_map().unwrap();
        let text = card.iter().find(|(name, _)| name.as_str() == Some(key)).unwrap().1.as_str().unwrap();
        (text.to_owned(), text.as_ptr().addr())
    };
    let mut renamed = 0;
    for number in 0..40 {
        let [old, new] = [&before, &after].map(|edition| edition.plan.archive.filed(number));
        assert!(Arc::ptr_eq(&old.entry, &new.entry), "an entry stands as it stood");
        let [old, new] = [&before, &after].map(|edition| text(edition, number, "line"));
        let differs = new.0.contains("The Ukraine war");
        renamed += u32::from(differs);
        assert_eq!(old.0 != new.0, differs);
    }
    assert_eq!(renamed, 24, "three fifths of the briefs are on Ukraine");
    let Changes::Pages(paths) = changes::between(&before, &after) else {
        panic!("not all pages show the name")
    };
    let briefs = paths.iter().filter(|path| path.starts_with("20")).count();
    assert!((24..40).contains(&briefs), "those that name it, and those that recommend one: {paths:?}");
    let (path, another) = numbered(41, 0, 0);
    desk.write(&path, another);
    let more = compose();
    let same = |edition: &Edition, file: &str| {
        let all = &edition.plan.archive.briefs;
        let number = all.iter().position(|filed| &*filed.brief.file == file).unwrap();
        text(edition, number as u32, "address")
    };
    for filed in after.plan.archive.briefs.iter() {
        let file = &*filed.brief.file;
        assert_eq!(same(&after, file), same(&more, file), "where no term is renamed, a card is shared");
    }
}

#[test]
fn a_stylesheet_of_other_bytes_files_nothing_anew_unless_a_reference_leads_to_it() {
    let mut files = small_site();
    files.extend((0..40).map(|number| numbered(number, 0, 0)));
    let desk = Desk::new(files);
    let mut newsroom = Newsroom::default();
    let mut round = |style: &str| {
        desk.write("static/custom.css", style);
        let look = || Sources::look(&desk.root(), |_| None).unwrap();
        let (edition, said) = newsroom.compose(&mut look(), &flags());
        let (clean, expected) = newsroom::compose(&mut look(), &flags());
        assert_eq!(said.sorted(), expected.sorted());
        assert_equal(&printed(&edition, &desk.root()), &printed(&clean, &desk.root()), style);
        edition
    };
    let same = |a: &Edition, b: &Edition| Arc::ptr_eq(&a.plan.archive.index, &b.plan.archive.index);
    let [first, second] = ["a { color: red }", "a { color: blue }"].map(&mut round);
    assert!(same(&first, &second), "the archive stands");
    desk.write("content/pages/look.md", "---\ntitle: Look\n---\n\n[The colours](/custom.css).\n");
    let [third, fourth] = ["a { color: tan }", "a { color: teal }"].map(&mut round);
    assert!(!same(&third, &fourth), "the page's link leads to another address");
    let pages = printed(&fourth, &desk.root());
    let html = String::from_utf8_lossy(&pages["look.html"]);
    let address = pages.keys().find(|path| path.starts_with("custom-")).unwrap();
    assert!(html.contains(&format!("<a href=\"{address}\">The colours</a>")), "{html}");
}
