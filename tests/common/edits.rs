//! What editors do between two rounds: edits of all kinds, drawn at random, and the archive that they make.

use super::{Desk, numbered, tree};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What an editor may do between two builds.
#[derive(Clone, Debug)]
pub enum Edit {
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
    Correct(usize),
    Embargo(usize),
    Redirect(usize),
    Title(usize),
    PeriodLimit(usize),
    Feeds(usize),
    TopicName(usize),
    NewTopic(usize),
    Agencies(usize),
    Template(usize),
    Partial(usize),
    Strings(usize),
    Static(usize, usize),
    Stylesheet(usize),
    Restyle(usize),
    Page(usize),
    Touch,
    LoseOutput(usize),
    SpoilOutput(usize),
}

/// Any edit.
pub fn edit() -> impl Strategy<Value = Edit> {
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
        2 => n().prop_map(Edit::Correct),
        1 => n().prop_map(Edit::Embargo),
        1 => n().prop_map(Edit::Redirect),
        1 => n().prop_map(Edit::Title),
        2 => (1..9usize).prop_map(Edit::PeriodLimit),
        1 => (1..9usize).prop_map(Edit::Feeds),
        1 => n().prop_map(Edit::TopicName),
        1 => n().prop_map(Edit::NewTopic),
        1 => n().prop_map(Edit::Agencies),
        1 => n().prop_map(Edit::Template),
        1 => n().prop_map(Edit::Partial),
        1 => n().prop_map(Edit::Strings),
        2 => (0..3usize, n()).prop_map(|(a, b)| Edit::Static(a, b)),
        1 => n().prop_map(Edit::Stylesheet),
        1 => n().prop_map(Edit::Restyle),
        1 => n().prop_map(Edit::Page),
        1 => Just(Edit::Touch),
        1 => n().prop_map(Edit::LoseOutput),
        1 => n().prop_map(Edit::SpoilOutput),
    ]
}

/// What edits have made of a brief.
#[derive(Default, Clone)]
pub struct Story {
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
pub fn write_all(desk: &Desk, archive: &BTreeMap<usize, Story>) {
    let wanted: BTreeMap<String, String> = archive
        .iter()
        .map(|(number, story)| (story_path(*number, story), story_text(*number, story, archive)))
        .collect();
    let briefs = desk.root().join("content/briefs");
    for path in tree(&briefs).keys() {
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

/// Does an edit; `turn` makes its text another one.
pub fn apply(desk: &Desk, archive: &mut BTreeMap<usize, Story>, edit: &Edit, turn: usize) {
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
        Edit::Correct(n) => story(*n, &|story| {
            story.lines = match turn % 2 {
                0 => vec![
                    "corrections: [{date: 2025-02-01, text: Wrong.}, {date: 2025-02-01, kind: refile, text: A slip.}]",
                ],
                _ => vec!["corrections: [{date: 2025-02-02, kind: update, text: New.}]"],
            };
        }),
        Edit::Embargo(n) => story(*n, &|story| story.lines = vec!["embargo: 2025-06-01T12:00:00Z"]),
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
        Edit::Feeds(n) => {
            let text = desk.read("content/site.yaml");
            let rest = text.split("feeds:").next().unwrap().to_owned();
            desk.write("content/site.yaml", format!("{rest}feeds: {{items: {n}}}\n"));
        }
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
            let english = include_str!("../../templates/strings/en.yaml");
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
        Edit::Restyle(n) => desk.write("static/custom.css", format!("/* again {n} */")),
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

fn spoil(desk: &Desk, n: usize, how: impl Fn(&Path)) {
    let warm = desk.beside("warm");
    let all = tree(&warm);
    if let Some(path) = all.keys().nth(n % all.len().max(1)) {
        how(&warm.join(path));
    }
}
