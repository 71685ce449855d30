//! Bad input, case by case, with the exact text of what is said of it. The cases stand in `bad_input/*.txt`:
//!
//! ```text
//! === name of the case
//! --- content/briefs/talks.md          a file; it takes the place of the good site's file of that path
//! ---
//! urgency: 0
//! {{good}}
//! ---
//! Text.
//! --- content/agencies.yaml (none)     a file that the site does not have
//! --- expect                           what is said, a line for each diagnostic
//! --- expect human                     the same as a terminal shows it, without colour
//! ```
//!
//! `{{good}}` stands for the four keys that a brief needs, `{{strings}}` for whole interface strings, `{{bytes:ff 0d}}` for bytes that no text can hold,
//! `{{repeat:[:20000}}` for a long repetition. When a case has no errors, all of its pages are printed, and
//! what the templates say is added. `UPDATE=1 cargo test --test bad_input` writes the expectations anew: read
//! the diff.

#![expect(clippy::disallowed_methods, reason = "the cases are read from the disk, and written on request")]

mod common;

use common::Desk;
use dateline::base::codes;
use dateline::base::date::Moment;
use dateline::base::report::Report;
use dateline::base::show::{self, Form};
use dateline::command::check;
use dateline::command::site::Site;
use dateline::newsroom::{self, Flags};
use dateline::press::theme;
use dateline::read::sources::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The chapters, in the order of the codes.
const CHAPTERS: [&str; 7] =
    ["files", "front_matter", "fields", "settings", "body", "references", "templates"];

/// What stands for `{{good}}`.
const GOOD: &str = "title: Talks resume\ndate: 2017-11-22\ntopics: [Syria]\nagencies: [AP]";

/// The good site that every case spoils.
const SITE: [(&str, &str); 4] = [
    ("content/site.yaml", "title: Dateline\nbase_url: https://example.org/\nlanguages: [en]\n"),
    ("content/agencies.yaml", "- name: AP\n- name: Reuters\n"),
    ("content/topics/syria.md", "---\nname: Syria\n---\n"),
    ("content/briefs/talks.md", "---\n{{good}}\n---\nText.\n"),
];

/// Codes that no table can show, with the reason.
const ELSEWHERE: [(&str, &str); 6] = [
    ("E0101", "a file without the right to read it needs a disk: `what_only_a_disk_can_hold`"),
    ("E0102", "a symbolic link or a pipe needs a disk: `what_only_a_disk_can_hold`"),
    ("E0105", "a name that is not UTF-8 needs a disk: `what_only_a_disk_can_hold`"),
    ("E0601", "what was out is no file of a site: `commands/published.txt`"),
    ("E0602", "what was out is no file of a site: `commands/published.txt`"),
    ("W0603", "no test writes 900 MB: `deliver/weight.rs`"),
];

/// A case, cut at its headings.
#[derive(Default)]
struct Case {
    /// The line with its name, and all up to its expectations.
    given: String,
    name: String,
    files: Vec<(String, Vec<u8>)>,
    without: Vec<String>,
    /// Whether the human form is wanted too.
    human: bool,
    expected: String,
    expected_human: String,
}

#[test]
fn every_mistake_is_said_with_its_place_and_what_to_do() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for chapter in CHAPTERS {
        let path = folder().join(format!("{chapter}.txt"));
        let text = fs::read_to_string(&path).expect("a chapter of cases");
        let (head, cases) = cases(&text);
        let mut written = head;
        for case in &cases {
            let (short, human) = said(case);
            written += &format!("{}--- expect\n{short}", case.given);
            if case.human {
                written += &format!("--- expect human\n{human}");
            }
            written.push('\n');
            if short != case.expected || (case.human && human != case.expected_human) {
                wrong.push(format!("{chapter}: {}\n{}", case.name, difference(case, &short, &human)));
            }
        }
        if update {
            fs::write(&path, written.trim_end().to_owned() + "\n").expect("the chapter can be written");
        }
    }
    assert!(update || wrong.is_empty(), "{} cases differ:\n\n{}", wrong.len(), wrong.join("\n"));
}

/// `check` is what `build` would say: of every case, on a disk, and `check` leaves nothing there.
#[test]
fn check_says_what_build_says() {
    for case in all_cases() {
        let desk = Desk::new(site(&case.files, &case.without));
        let site =
            Site { root: desk.root(), out: desk.beside("public"), flags: common::flags(), fixed: true };
        if !site.root.exists() {
            continue;
        }
        let before = common::looks(desk.folder.path());
        let checked = check::check(&site).expect("a site that can be read");
        assert_eq!(before, common::looks(desk.folder.path()), "{}: `check` wrote something", case.name);
        let built = desk.build("public");
        let short = |report: &Report, sources: &Sources| {
            let text_of = |file: &str| sources.text(file).or_else(|| theme::default_text(file));
            show::show(report, Form::Short, usize::MAX, &text_of)
        };
        let (checked_said, built_said) =
            (short(&checked.report, &checked.sources), short(&built.report, &built.sources));
        assert_eq!(checked_said, built_said, "{}", case.name);
        assert_eq!(checked_said, case.expected, "{}", case.name);
        assert_eq!(built.delivery.is_none(), checked.report.has_errors(), "{}", case.name);
    }
}

#[test]
fn names_of_cases_are_each_of_one() {
    let mut seen = BTreeSet::new();
    let all = all_cases();
    for case in &all {
        assert!(seen.insert(&case.name), "two cases are called `{}`", case.name);
        assert!(!case.files.is_empty() || !case.without.is_empty(), "`{}` spoils nothing", case.name);
    }
    println!("{} cases", all.len());
}

#[test]
fn every_code_has_a_case() {
    let expected: String = all_cases().iter().map(|case| case.expected.clone()).collect();
    for code in codes::ALL {
        let shown = expected.contains(&format!("[{}]", code.name()));
        match ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == code.name()) {
            Some((_, why)) => {
                println!("{}: {why}", code.name());
                assert!(!shown, "{} has a case: take it out of the list", code.name());
            }
            None => assert!(shown, "no case shows {}", code.name()),
        }
    }
}

#[test]
fn messages_are_small_and_have_no_full_stop() {
    for line in all_cases().iter().flat_map(|case| case.expected.lines()) {
        let message = line.split_once("]: ").map(|(_, message)| message);
        let message = message.unwrap_or_else(|| panic!("not a diagnostic: {line}"));
        let first = message.chars().next().expect("a message");
        let proper = ["YAML", "HTML", "Tera"].iter().any(|name| message.starts_with(name));
        assert!(!first.is_uppercase() || proper, "begins with a capital: {line}");
        let ends = message.trim_end_matches(')').ends_with('.') && !message.ends_with("...");
        assert!(!ends, "ends with a full stop: {line}");
        assert!(message.contains(" ("), "says not what to do: {line}");
    }
}

#[test]
fn machines_read_the_same_as_people() {
    let text = "---\nurgensy: 3\ntitle: Großes #1 news\ndate: 2017-02-30\n---\n";
    let mut sources = Sources::of(site(&[("content/briefs/talks.md".to_owned(), text.into())], &[]));
    let report = composed(&mut sources);
    let shown = show::show(&report, Form::Json, usize::MAX, &|file| sources.text(file));
    let lines: Vec<serde_json::Value> =
        shown.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let short = show::show(&report, Form::Short, usize::MAX, &|file| sources.text(file));
    assert_eq!(lines.len(), short.lines().count());
    for (line, short) in lines.iter().zip(short.lines()) {
        let text = |key: &str| line[key].as_str().unwrap_or_else(|| panic!("`{key}` is text in {line}"));
        let number = |value: &serde_json::Value| value.as_u64().expect("a number");
        let start = format!("{}:{}:{}: ", text("file"), number(&line["line"]), number(&line["column"]));
        let rest = format!("{}[{}]: {} ({})", text("severity"), text("code"), text("message"), text("help"));
        assert_eq!(start + &rest, short);
        let at = (number(&line["line"]), number(&line["column"]));
        let end = (number(&line["end"]["line"]), number(&line["end"]["column"]));
        assert!(end >= at, "{line}");
        let keys: Vec<&String> = line.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["code", "column", "end", "file", "help", "line", "message", "severity"]);
    }
    let places: Vec<String> = lines
        .iter()
        .map(|line| format!("{} {}:{}-{}", line["code"], line["line"], line["column"], line["end"]["column"]))
        .collect();
    assert_eq!(
        places,
        ["\"E0203\" 2:1-1", "\"E0224\" 2:1-1", "\"E0201\" 2:1-8", "\"W0119\" 3:8-14", "\"E0205\" 4:7-17"]
    );
}

#[test]
fn github_reads_the_same_as_people() {
    let bad =
        "---\ntitle: Talks\ndate: 2017-11-22\ntopics: [Syria, \"100%, all: ::x\"]\nagencies: [AP]\n---\n";
    let file = "content/briefs/a, b: 100%/talks.md".to_owned();
    let without = ["content/briefs/talks.md".to_owned()];
    let mut sources = Sources::of(site(&[(file, bad.into())], &without));
    let report = composed(&mut sources);
    let text_of = |file: &str| sources.text(file);
    let shown = show::show(&report, Form::GitHub("desk: 1/"), usize::MAX, &text_of);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), show::show(&report, Form::Short, usize::MAX, &text_of).lines().count());
    assert_eq!(
        lines[0],
        "::error file=desk%3A 1/content/briefs/a%2C b%3A 100%25/talks.md,line=4,col=17,title=E0401::unknown topic \
         `100%25, all: ::x`%0Adeclare a new one as `content/topics/slug.md` with `name: …`"
    );
    assert!(lines.iter().all(|line| line.starts_with("::error file=desk%3A 1/content/")), "{shown}");
}

#[test]
fn what_only_a_disk_can_hold() {
    let root = tempfile::tempdir().expect("a folder");
    let briefs = root.path().join("content/briefs");
    fs::create_dir_all(root.path().join("content/topics")).expect("a folder");
    fs::create_dir_all(&briefs).expect("a folder");
    for (path, text) in SITE {
        fs::write(root.path().join(path), text.replace("{{good}}", GOOD)).expect("a file");
    }
    let mut expected = Vec::new();
    if cfg!(unix) {
        expected.extend(special_files(&briefs));
    } else {
        println!("skipped: links, pipes and names that are not UTF-8, which this system does not have");
    }
    let mut sources = Sources::look(root.path(), |_| None).expect("a site");
    let report = composed(&mut sources);
    let shown = show::show(&report, Form::Short, usize::MAX, &|file| sources.text(file));
    assert_eq!(shown.lines().collect::<Vec<_>>(), expected);
}

/// Makes what no table can hold, and says what is to be said of it, by the order of names.
#[cfg(unix)]
fn special_files(briefs: &Path) -> Vec<&'static str> {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    let brief = format!("---\n{GOOD}\n---\nText.\n");
    let mut expected = Vec::new();
    fs::write(briefs.join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), &brief).expect("a file");
    expected.push(
        "content/briefs/caf\u{fffd}.md:1:1: error[E0105]: the name of `content/briefs/caf\u{fffd}.md` cannot \
         be used (use letters, digits, hyphens and dots)",
    );
    let locked = briefs.join("locked.md");
    fs::write(&locked, &brief).expect("a file");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("rights");
    if fs::read(&locked).is_ok() {
        println!("skipped E0101: whoever runs this (root) may read every file");
        fs::remove_file(&locked).expect("the file is ours");
    } else {
        expected.push(
            "content/briefs/locked.md:1:1: error[E0101]: cannot read `content/briefs/locked.md`: Permission \
             denied (os error 13) (give yourself the right to read it, or move it out of the site)",
        );
    }
    let made = Command::new("mkfifo").arg(briefs.join("pipe.md")).status();
    assert!(made.expect("mkfifo runs").success());
    expected.push(
        "content/briefs/pipe.md:1:1: error[E0102]: `content/briefs/pipe.md` is a pipe, a socket or a device, \
         which is never followed or read (put the file itself here)",
    );
    std::os::unix::fs::symlink("talks.md", briefs.join("symbolic.md")).expect("a link");
    expected.push(
        "content/briefs/symbolic.md:1:1: error[E0102]: `content/briefs/symbolic.md` is a symbolic link, \
         which is never followed or read (put the file itself here)",
    );
    expected
}

#[cfg(not(unix))]
fn special_files(_: &Path) -> Vec<&'static str> {
    Vec::new()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_input")
}

fn all_cases() -> Vec<Case> {
    let read =
        |chapter| fs::read_to_string(folder().join(format!("{chapter}.txt"))).expect("a chapter of cases");
    CHAPTERS.iter().flat_map(|chapter| cases(&read(chapter)).1).collect()
}

/// What stands above a chapter's first case, and its cases.
fn cases(text: &str) -> (String, Vec<Case>) {
    let mut parts = text.split_inclusive('\n').fold(vec![String::new()], |mut parts, line| {
        if line.starts_with("=== ") {
            parts.push(String::new());
        }
        parts.last_mut().expect("there is one").push_str(line);
        parts
    });
    let head = parts.remove(0);
    (head, parts.iter().map(|part| case(part)).collect())
}

fn case(text: &str) -> Case {
    let cut = text.find("\n--- expect").unwrap_or(text.len());
    let (given, rest) = (text[..cut].trim_end().to_owned() + "\n", &text[cut..]);
    let name = given.lines().next().and_then(|line| line.strip_prefix("=== ")).expect("a name");
    let mut case = Case { name: name.to_owned(), ..Case::default() };
    for (heading, content) in sections(&given) {
        match heading.strip_suffix(" (none)") {
            Some(path) => case.without.push(path.to_owned()),
            None => case.files.push((heading.to_owned(), bytes(content))),
        }
    }
    for (heading, content) in sections(rest) {
        let expected = content.trim_matches('\n').to_owned() + end_of(content);
        match heading {
            "expect human" => (case.human, case.expected_human) = (true, expected),
            _ => case.expected = expected,
        }
    }
    Case { given, ..case }
}

/// Headings and what stands below each.
fn sections(text: &str) -> Vec<(&str, &str)> {
    let starts: Vec<usize> = text.match_indices("\n--- ").map(|(at, _)| at + 1).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let section = |(start, end): (&usize, usize)| text[start + 4..end].split_once('\n').unwrap_or_default();
    starts.iter().zip(ends).map(section).collect()
}

/// The end of a list of lines: an empty one has none.
fn end_of(lines: &str) -> &'static str {
    if lines.trim().is_empty() { "" } else { "\n" }
}

/// The bytes that a file's text in a case stands for.
fn bytes(text: &str) -> Vec<u8> {
    let mut made = Vec::new();
    let mut rest = text;
    let marks = ["{{good}}", "{{strings}}", "{{bytes:", "{{repeat:"];
    while let Some(at) = marks.iter().filter_map(|mark| rest.find(mark)).min() {
        made.extend(rest[..at].bytes());
        let end = at + rest[at..].find("}}").expect("a mark ends with }}");
        let inside = &rest[at + 2..end];
        match inside.split_once(':') {
            Some(("bytes", list)) => {
                let byte = |hex| u8::from_str_radix(hex, 16).expect("a byte");
                made.extend(list.split(' ').map(byte));
            }
            Some((_, repeated)) => {
                let (what, times) = repeated.rsplit_once(':').expect("{{repeat:what:times}}");
                let times = times.parse().expect("a number of times");
                made.extend(what.replace("\\n", "\n").repeat(times).bytes());
            }
            None if inside == "strings" => made.extend(include_bytes!("../templates/strings/en.yaml")),
            None => made.extend(GOOD.bytes()),
        }
        rest = &rest[end + 2..];
    }
    made.extend(rest.bytes());
    made
}

/// The good site, spoilt.
fn site(files: &[(String, Vec<u8>)], without: &[String]) -> BTreeMap<String, Vec<u8>> {
    let mut site: BTreeMap<String, Vec<u8>> =
        SITE.iter().map(|(path, text)| ((*path).to_owned(), bytes(text))).collect();
    site.retain(|path, _| !without.contains(path));
    site.extend(files.iter().cloned());
    site
}

/// All that is said of a site: by the newsroom, and by its templates when they are printed.
fn composed(sources: &mut Sources) -> Report {
    let now = Moment::parse("2026-01-01T00:00:00Z").expect("a time");
    let flags = Flags { now, drafts: false, base_url: None, build_id: newsroom::build_id() };
    let (edition, mut report) = newsroom::compose(sources, &flags);
    if !report.has_errors() {
        let mut buffer = Vec::new();
        for page in edition.plan.pages.iter() {
            edition.print(&edition.set(page), &mut buffer, &mut report);
        }
    }
    report
}

/// What is said of a case: in short, and as a terminal shows it.
fn said(case: &Case) -> (String, String) {
    let mut sources = Sources::of(site(&case.files, &case.without));
    let report = composed(&mut sources);
    let text_of = |file: &str| sources.text(file).or_else(|| theme::default_text(file));
    let short = show::show(&report, Form::Short, usize::MAX, &text_of);
    let human = plain(&show::show(&report, Form::Human, usize::MAX, &text_of));
    let human: String = human.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    (short, human.trim_end().to_owned() + end_of(&human))
}

/// Text without the escapes that colour it.
fn plain(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        made.push_str(&rest[..at]);
        let end = rest[at..].find('m').map_or(rest.len(), |length| at + length + 1);
        rest = &rest[end..];
    }
    made + rest
}

fn difference(case: &Case, short: &str, human: &str) -> String {
    let mut told = format!("expected:\n{}said:\n{short}", case.expected);
    if case.human && human != case.expected_human {
        told += &format!("expected:\n{}shown:\n{human}", case.expected_human);
    }
    told
}
