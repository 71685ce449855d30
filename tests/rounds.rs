//! Equality 1: after any sequence of edits, additions, renames and deletions, the folder that warm builds leave
//! equals a clean build's, byte for byte; and so does the edition of a newsroom that lived through all of them.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk")]

mod common;

use common::{Desk, assert_equal, assert_same, flags, numbered, printed, rounds, small_site, tree};
use dateline::base::digest::Digest;
use dateline::base::report::Report;
use dateline::deliver::changes::{self, Changes};
use dateline::newsroom::{self, Newsroom};
use dateline::press::Edition;
use dateline::read::sources::{FOLDERS, Sources};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

/// How many edits one site goes through.
const EDITS: usize = 8;

/// What an editor may do between two builds.
#[derive(Clone, Debug)]
enum Edit {
    Body(usize),
    Headline(usize),
    Add(usize),
    Delete(usize),
    Rename(usize),
    Retopic(usize, usize),
    Recredit(usize),
    Redate(usize, usize),
    Link(usize, usize),
    Draft(usize),
    Expire(usize),
    Withdraw(usize),
    Redirect(usize),
    Title(usize),
    PeriodLimit(usize),
    TopicName(usize),
    NewTopic(usize),
    Agencies(usize),
    Template(usize),
    Partial(usize),
    Strings(usize),
    Static(usize, usize),
    Stylesheet(usize),
    Page(usize),
    Touch,
    LoseOutput(usize),
    SpoilOutput(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let n = || 0..40usize;
    prop_oneof![
        4 => n().prop_map(Edit::Body),
        4 => n().prop_map(Edit::Headline),
        4 => n().prop_map(Edit::Add),
        4 => n().prop_map(Edit::Delete),
        2 => n().prop_map(Edit::Rename),
        3 => (n(), n()).prop_map(|(a, b)| Edit::Retopic(a, b)),
        2 => n().prop_map(Edit::Recredit),
        3 => (n(), n()).prop_map(|(a, b)| Edit::Redate(a, b)),
        3 => (n(), n()).prop_map(|(a, b)| Edit::Link(a, b)),
        1 => n().prop_map(Edit::Draft),
        1 => n().prop_map(Edit::Expire),
        1 => n().prop_map(Edit::Withdraw),
        1 => n().prop_map(Edit::Redirect),
        1 => n().prop_map(Edit::Title),
        2 => (1..9usize).prop_map(Edit::PeriodLimit),
        1 => n().prop_map(Edit::TopicName),
        1 => n().prop_map(Edit::NewTopic),
        1 => n().prop_map(Edit::Agencies),
        1 => n().prop_map(Edit::Template),
        1 => n().prop_map(Edit::Partial),
        1 => n().prop_map(Edit::Strings),
        2 => (0..3usize, n()).prop_map(|(a, b)| Edit::Static(a, b)),
        1 => n().prop_map(Edit::Stylesheet),
        1 => n().prop_map(Edit::Page),
        1 => Just(Edit::Touch),
        1 => n().prop_map(Edit::LoseOutput),
        1 => n().prop_map(Edit::SpoilOutput),
    ]
}

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
            let pages = edition.plan.pages.iter();
            pages.map(|page| (page.path.to_string(), edition.set(page).fingerprint)).collect()
        };
        if let Some(last) = self.last.replace(edition.clone()) {
            let (before, after) = (set(&last), set(edition));
            let differs = |path: &&String| before.get(*path) != after.get(*path);
            let is_index = |path: &&String| path.starts_with("search/");
            let all = before.keys().chain(after.keys()).filter(|path| !is_index(path));
            let expected: BTreeSet<String> = all.filter(differs).cloned().collect();
            match changes::between(&last, edition) {
                Changes::Pages(paths) => assert_eq!(paths, expected.into_iter().collect::<Vec<_>>()),
                Changes::All(pages) => assert_eq!(pages, after.len()),
                Changes::Unknown(_) => panic!("a small archive is compared"),
            }
        }
    }
}

/// What edits have made of a brief.
#[derive(Default, Clone)]
struct Story {
    body: usize,
    headline: usize,
    renamed: usize,
    topics: Option<usize>,
    agencies: Option<usize>,
    date: Option<usize>,
    links: Option<usize>,
    lines: Vec<&'static str>,
    redirect: bool,
}

fn story_path(number: usize, story: &Story) -> String {
    let (path, _) = numbered(number, 0, 0);
    if story.renamed == 0 { path } else { path.replace(".md", &format!("-r{}.md", story.renamed)) }
}

fn story_text(number: usize, story: &Story, archive: &BTreeMap<usize, Story>) -> String {
    let (_, mut text) = numbered(number, story.headline, story.body);
    if let Some(turn) = story.topics {
        let topics = ["Syria", "Ukraine", "North Korea", "Syria, Ukraine, DPRK"][turn % 4];
        text = replace_line(&text, "topics: ", &format!("topics: [{topics}]"));
    }
    if let Some(turn) = story.agencies {
        let agencies = ["AP", "Reuters", "dpa", "AP, Reuters, dpa"][turn % 4];
        text = replace_line(&text, "agencies: ", &format!("agencies: [{agencies}]"));
    }
    if let Some(turn) = story.date {
        let date = format!("date: 20{:02}-{:02}-{:02}", 10 + turn % 14, turn % 12 + 1, turn % 28 + 1);
        text = replace_line(&text, "date: ", &format!("{date}\nevent_date: 201{}", turn % 10));
    }
    let mut lines = story.lines.join("\n");
    if story.redirect {
        lines += &format!("\nredirect_from: [/old/{number}.html]");
    }
    text = text.replacen("summary:", &format!("{}\nsummary:", lines.trim()), 1);
    if let Some((target, other)) = story.links.and_then(|target| archive.get_key_value(&target)) {
        text += &format!("\nSee [that](/{}).\n", story_path(*target, other));
    }
    text
}

fn replace_line(text: &str, start: &str, line: &str) -> String {
    let lines = text.lines().map(|old| if old.starts_with(start) { line } else { old });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Brings the briefs on the disk to what they should be, touching only those that changed.
fn write_all(desk: &Desk, archive: &BTreeMap<usize, Story>) {
    let wanted: BTreeMap<String, String> = archive
        .iter()
        .map(|(number, story)| (story_path(*number, story), story_text(*number, story, archive)))
        .collect();
    let briefs = desk.root().join("content/briefs");
    for path in common::tree(&briefs).keys() {
        let path = format!("content/briefs/{path}");
        if !wanted.contains_key(&path) {
            desk.delete(&path);
        }
    }
    for (path, text) in wanted {
        if !desk.root().join(&path).exists() || desk.read(&path) != text {
            desk.write(&path, text);
        }
    }
}

fn apply(desk: &Desk, archive: &mut BTreeMap<usize, Story>, edit: &Edit, turn: usize) {
    let pick =
        |n: usize, archive: &BTreeMap<usize, Story>| archive.keys().nth(n % archive.len().max(1)).copied();
    let mut story = |n: usize, change: &dyn Fn(&mut Story)| {
        if let Some(number) = pick(n, archive) {
            change(archive.get_mut(&number).unwrap());
        }
    };
    match edit {
        Edit::Body(n) => story(*n, &|story| story.body += turn + 1),
        Edit::Headline(n) => story(*n, &|story| story.headline += turn + 1),
        Edit::Rename(n) => story(*n, &|story| story.renamed += 1),
        Edit::Retopic(n, to) => story(*n, &|story| story.topics = Some(*to)),
        Edit::Recredit(n) => story(*n, &|story| story.agencies = Some(turn)),
        Edit::Redate(n, to) => story(*n, &|story| story.date = Some(*to)),
        Edit::Link(n, to) => story(*n, &|story| story.links = Some(*to)),
        Edit::Draft(n) => story(*n, &|story| story.lines = vec!["status: draft"]),
        Edit::Expire(n) => story(*n, &|story| story.lines = vec!["expires: 2025-01-01T00:00:00Z"]),
        Edit::Withdraw(n) => {
            story(*n, &|story| {
                story.lines = vec!["status: withdrawn", "withdrawn: {date: 2025-01-01, reason: wrong}"]
            });
        }
        Edit::Redirect(n) => story(*n, &|story| story.redirect = !story.redirect),
        Edit::Add(n) => {
            archive.entry(40 + n).or_default();
        }
        Edit::Delete(n) => {
            if let Some(number) = pick(*n, archive) {
                archive.remove(&number);
            }
        }
        other => apply_to_site(desk, other, turn),
    }
}

fn apply_to_site(desk: &Desk, edit: &Edit, turn: usize) {
    let site = |line: &str| {
        let key = line.split(' ').next().unwrap();
        desk.write("content/site.yaml", replace_line(&desk.read("content/site.yaml"), key, line));
    };
    match edit {
        Edit::Title(n) => site(&format!("title: Desk {n}")),
        Edit::PeriodLimit(n) => site(&format!("period_limit: {n}")),
        Edit::TopicName(n) => desk.write(
            "content/topics/ukraine.md",
            format!("---\nname: Ukraine\norder: {}\n---\n\nText {turn}.\n", n + 1),
        ),
        Edit::NewTopic(n) => desk.write(
            &format!("content/topics/t{n}.md"),
            format!("---\nname: Topic {n}\nredirect_from: [/topics/old{n}.html]\n---\n"),
        ),
        Edit::Agencies(n) => desk.write(
            "content/agencies.yaml",
            format!("- name: AP\n- name: Reuters\n- name: dpa\n  note: Note {n}.\n"),
        ),
        Edit::Template(n) => toggle(
            desk,
            "templates/brief.html",
            &format!(
                "{{% extends \"default/brief.html\" %}}{{% block head %}}<!-- {n} -->{{% endblock head %}}"
            ),
        ),
        Edit::Partial(n) => {
            toggle(desk, "templates/partials/footer.html", &format!("<footer id=\"footer\">{n}</footer>"))
        }
        Edit::Strings(n) => {
            let english = include_str!("../templates/strings/en.yaml");
            toggle(
                desk,
                "templates/strings/en.yaml",
                &english.replace("timeline: Timeline", &format!("timeline: Time {n}")),
            );
        }
        Edit::Static(0, n) => toggle(desk, "static/a.txt", &n.to_string()),
        Edit::Static(1, n) => toggle(desk, "static/deep/er/b.txt", &n.to_string()),
        Edit::Static(_, n) => toggle(desk, "static/favicon.svg", &format!("<svg><!-- {n} --></svg>")),
        Edit::Stylesheet(n) => toggle(desk, "static/custom.css", &format!("/* {n} */")),
        Edit::Page(n) => {
            toggle(desk, "content/pages/policy.md", &format!("---\ntitle: Policy\nnav: {n}\n---\n\nText.\n"))
        }
        Edit::Touch => {
            let text = desk.read("content/agencies.yaml");
            desk.write("content/agencies.yaml", text);
        }
        Edit::LoseOutput(n) => spoil(desk, *n, |path| fs::remove_file(path).unwrap()),
        Edit::SpoilOutput(n) => spoil(desk, *n, |path| fs::write(path, "spoilt").unwrap()),
        _ => {}
    }
}

/// Writes a file that the site may do without, or takes it away again.
fn toggle(desk: &Desk, path: &str, text: &str) {
    if desk.root().join(path).exists() { desk.delete(path) } else { desk.write(path, text) }
}

fn spoil(desk: &Desk, n: usize, how: impl Fn(&std::path::Path)) {
    let warm = desk.beside("warm");
    let all = common::tree(&warm);
    if let Some(path) = all.keys().nth(n % all.len().max(1)) {
        how(&warm.join(path));
    }
}

#[test]
fn a_round_makes_nothing_of_search_until_it_is_asked_for() {
    let mut files = small_site();
    files.extend((0..40).map(|number| numbered(number, 0, 0)));
    let desk = Desk::new(files);
    let mut newsroom = Newsroom::default();
    let mut last = None;
    for body in 1..4 {
        let mut sources = Sources::look(&desk.root(), |_| None).unwrap();
        let edition = newsroom.compose(&mut sources, &flags()).0;
        let unmade = || format!("{:?}", edition.plan.search).matches("<uninit>").count();
        assert_eq!(edition.plan.search.years.len(), 10);
        if let Some(last) = last.replace(edition.clone()) {
            changes::between(&last, &edition);
            assert_eq!(unmade(), 2, "what an edited brief's year is made of is unknown, and that alone");
        } else {
            assert_eq!(unmade(), 20, "a round has made what no one asked for");
        }
        for page in edition.plan.pages.iter().filter(|page| page.path.starts_with("search/")) {
            let mut buffer = Vec::new();
            edition.print(&edition.set(page), &mut buffer, &mut Report::default());
        }
        assert_eq!(unmade(), 0);
        let (path, text) = numbered(3, 0, body);
        desk.write(&path, text);
    }
}
