//! What a desk does from the first minute on: `init`, `new`, `check` and `list` by the real binary, where a transcript
//! cannot show it: headlines of every kind, habits, rights, terminals.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may touch the disk, and panic")]

mod common;

use common::{Desk, NOW, looks, numbered, small_site, tree};
use dateline::base::report::Report;
use dateline::newsroom;
use dateline::read::sources::Sources;
use dateline::read::strings::Strings;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The binary.
const DATELINE: &str = env!("CARGO_BIN_EXE_dateline");

/// Headlines that YAML, Markdown, a shell or a file system may take for something else.
const HEADLINES: &[&str] = &[
    "Talks: resumed",
    "- A list?",
    "# No heading",
    "Hash #1 and more # hashes",
    "\"Quoted\" from end to end \"so\"",
    "'Single' and 'so'",
    "It's over",
    "yes",
    "No",
    "null",
    "~",
    "2017-11-22",
    "12:30",
    "1e3",
    "0x1F",
    "[bracketed]",
    "{braced: yes}",
    "&anchor *alias !tag",
    "%directive",
    "@at `tick`",
    "--- three",
    "a\\b\\n\\u0041 C:\\dir",
    "Tab\u{a0}and no-break",
    "👍 Emoji 🇺🇦 in front",
    "👨‍👩‍👧 family",
    "محادثات: \"سوريا\" تستأنف",
    "שיחות על סוריה",
    "북한, 탄도미사일 발사",
    "Сирия: переговоры",
    "e\u{301}te\u{301} and ete",
    "<b>Not bold</b> & {{ not.tera }}",
    "100 % of $5, €3",
    "A headline that is so long that its slug has to be cut at the end of a word, since it would be too long",
    "  Space around  ",
    "Ends with a colon:",
    "Ends with a backslash\\",
];

fn dateline(desk: &Desk, arguments: &[&str]) -> Output {
    let mut command = Command::new(DATELINE);
    command.args(arguments).current_dir(desk.root()).env("SOURCE_DATE_EPOCH", "1767225600");
    command.stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The punctuation that headlines are set with.
fn english() -> Strings {
    Strings::default()
}

/// The titles of a site's briefs as they are read, and that nothing is wrong with any.
fn titles(desk: &Desk) -> BTreeSet<String> {
    let mut sources = Sources::look(&desk.root(), |_| None).unwrap();
    let mut report = Report::default();
    let read = newsroom::read(&mut sources, None, common::flags().now, &mut report);
    assert!(report.is_empty(), "{:?}", report.sorted());
    read.briefs.iter().map(|brief| brief.title.clone()).collect()
}

#[test]
fn every_headline_is_read_as_it_was_given() {
    let desk = Desk::new(small_site());
    for headline in HEADLINES {
        let output = dateline(
            &desk,
            &["new", "--topic", "Syria", "--agency", "AP", "--publish", "--slug", "s", "--", headline],
        );
        assert_eq!(output.status.code(), Some(0), "{headline}: {}", said(&output));
    }
    let strings = english();
    let expected: BTreeSet<String> =
        HEADLINES.iter().map(|headline| strings.typeset(headline.trim())).collect();
    assert_eq!(titles(&desk), expected);
    let output = dateline(&desk, &["check", "--warnings-as-errors"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn every_headline_gives_an_address_or_asks_for_one() {
    let desk = Desk::new(small_site());
    let mut made = 0;
    for headline in HEADLINES {
        let output =
            dateline(&desk, &["new", "--topic", "Syria", "--agency", "AP", "--publish", "--", headline]);
        match output.status.code() {
            Some(0) => made += 1,
            _ => assert!(said(&output).contains("give one by `--slug"), "{headline}: {}", said(&output)),
        }
    }
    assert!(made > HEADLINES.len() - 3, "only {made} were made");
    let output = dateline(&desk, &["check", "--warnings-as-errors"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: common::rounds(40, 2000), ..ProptestConfig::default() })]
    #[test]
    fn any_line_may_be_a_headline(headline in r#"[ -~«»–’äßжعב한\u{1f44d}]{0,30}[a-z"'\\:#-]"#) {
        let desk = Desk::new(small_site());
        let arguments =
            ["new", "--topic", "Syria", "--agency", "AP", "--publish", "--slug", "s", "--", headline.as_str()];
        let output = dateline(&desk, &arguments);
        prop_assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let strings = english();
        prop_assert_eq!(titles(&desk), BTreeSet::from([strings.typeset(headline.trim())]));
    }
}

#[test]
fn a_new_brief_lies_where_the_desk_keeps_its_briefs() {
    let brief = |topic: &str, date: &str| {
        format!("---\ntitle: T\ndate: {date}\ntopics: [{topic}]\nagencies: [AP]\n---\n")
    };
    let cases: &[(&[&str], &str)] = &[
        (&[], "2026/01/talks"),
        (&["one", "two"], "talks"),
        (&["2017/one", "2018/two"], "2026/talks"),
        (&["2017/11/one", "2018/05/two", "three"], "2026/01/talks"),
        (&["2017/11/22/one"], "2026/01/01/talks"),
        (&["2017-11/one"], "2026-01/talks"),
        (&["2017-11-22-one", "2018-05-06-two"], "2026-01-01-talks"),
        (&["2017/2017-11-22_one"], "2026/2026-01-01_talks"),
        (&["world/one", "world/two"], "world/talks"),
        (&["syria/one", "ukraine/two", "ukraine/three"], "north-korea/talks"),
        (&["north-korea/2017/one"], "north-korea/2026/talks"),
        (&["2003/12/moved", "2003/11/moved-too", "2018/two"], "2026/talks"),
        (&["2017/11/one", "two"], "talks"),
    ];
    for (files, expected) in cases {
        let desk = Desk::new(small_site());
        for file in *files {
            let dates = [("two", "2018-05-06"), ("three", "2019-07-08")];
            let date =
                dates.iter().find(|(name, _)| file.ends_with(name)).map_or("2017-11-22", |(_, date)| *date);
            let slugs = [("syria", "Syria"), ("ukraine", "Ukraine"), ("north", "DPRK")];
            let topic =
                slugs.iter().find(|(slug, _)| file.starts_with(slug)).map_or("Syria", |(_, name)| *name);
            desk.write(&format!("content/briefs/{file}.md"), brief(topic, date));
        }
        let output = dateline(&desk, &["new", "Talks", "--topic", "DPRK", "--agency", "AP"]);
        let path = format!("content/briefs/{expected}.md");
        assert!(said(&output).lines().next().unwrap().ends_with(&path), "{files:?}: {}", said(&output));
        let text = desk.read(&path);
        assert!(text.contains(expected) && text.contains("topics: [North Korea]"), "{files:?}: {text}");
        let output = dateline(&desk, &["check", "--drafts", "--warnings-as-errors"]);
        assert_eq!(output.status.code(), Some(0), "{files:?}: {}", said(&output));
    }
}

#[test]
fn only_the_newest_briefs_are_asked() {
    let brief =
        |year: usize| format!("---\ntitle: T\ndate: {year}-01-01\ntopics: [Syria]\nagencies: [AP]\n---\n");
    let old = (0..80).map(|number| (format!("content/briefs/old-{number}.md"), brief(1900 + number)));
    let new =
        (0..30).map(|number| (format!("content/briefs/{0}/new-{0}.md", 1990 + number), brief(1990 + number)));
    let desk = Desk::new(small_site().into_iter().chain(old).chain(new));
    let output = dateline(&desk, &["new", "Talks", "--topic", "Syria", "--agency", "AP"]);
    assert!(said(&output).contains("content/briefs/2026/talks.md"), "{}", said(&output));
}

#[test]
fn a_brief_in_another_language_has_it_in_its_name() {
    let mut site = small_site();
    site[0].1 = site[0].1.replace("languages: [en]", "languages: [en, ar]\ntime_zone: Asia/Kolkata");
    let desk = Desk::new(site);
    for arguments in [["--lang", "en"], ["--lang", "ar"], ["--lang", "ar"]] {
        let mut all = vec!["new", "Talks", "--topic", "Syria", "--agency", "AP"];
        all.extend(arguments);
        assert_eq!(dateline(&desk, &all).status.code(), Some(0));
    }
    let made: Vec<String> = tree(&desk.root().join("content/briefs")).into_keys().collect();
    assert_eq!(made, ["2026/01/talks-2.ar.md", "2026/01/talks.ar.md", "2026/01/talks.md"]);
    assert!(desk.read("content/briefs/2026/01/talks.md").contains("date: 2026-01-01T05:30:00+05:30\n"));
    let output = dateline(&desk, &["list", "--format", "json"]);
    let listed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(listed.lines().count(), 1);
    assert!(listed.contains(r#""translations":{"ar":"content/briefs/2026/01/talks.ar.md"}"#), "{listed}");
}

#[test]
fn a_new_site_passes_whatever_it_is_called() {
    let long = "x".repeat(300);
    for (title, topics) in [
        ("World in Brief", "Syria"),
        ("- \"Nachrichten\": <b>#1</b> {{ x }} & 'mehr'", "- Syrien, #1, a: b, \"q\", <i>, {{ y }}, yes"),
        ("أخبار", "سوريا, كوريا الشمالية"),
        ("뉴스 🗞", "북한, 시리아, Сирия"),
        ("«title» «year»", "«order», null, 2017"),
        (&long, &long),
    ] {
        let desk = Desk::new(small_site());
        let topics = topics.get(..80).unwrap_or(topics);
        let flags =
            [format!("--title={title}"), format!("--topics={topics}"), format!("--agencies={topics}")];
        let arguments = ["init", "../new", &flags[0], &flags[1], &flags[2]];
        let output = dateline(&desk, &arguments);
        assert_eq!(output.status.code(), Some(0), "{title}: {}", said(&output));
        for command in [&["check", "--warnings-as-errors"][..], &["build", "--quiet"]] {
            let mut arguments = command.to_vec();
            arguments.extend(["--root", "../new"]);
            let output = dateline(&desk, &arguments);
            assert_eq!(output.status.code(), Some(0), "{title}: {}", said(&output));
            assert!(!said(&output).contains("warning"), "{title}: {}", said(&output));
        }
        let settings = fs::read_to_string(desk.beside("new/content/site.yaml")).unwrap();
        assert!(settings.contains("since: 2026"), "{settings}");
    }
}

#[test]
fn checking_leaves_everything_as_it_is() {
    let desk = Desk::new(small_site().into_iter().chain([numbered(1, 0, 0)]));
    assert_eq!(dateline(&desk, &["check"]).status.code(), Some(0));
    assert!(!desk.root().join(".dateline").exists() && !desk.root().join("public").exists());
    dateline(&desk, &["build"]);
    desk.write("content/briefs/wrong.md", "---\ntitle: Wrong\n---\n");
    let before = looks(&desk.root());
    assert_eq!(dateline(&desk, &["check"]).status.code(), Some(1));
    assert_eq!(dateline(&desk, &["list"]).status.code(), Some(1));
    assert_eq!(before, looks(&desk.root()));
}

#[cfg(unix)]
#[test]
fn a_folder_that_must_not_be_written_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new(small_site());
    let locked = desk.beside("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        println!("skipped: whoever runs this (root) may write everywhere");
        return;
    }
    let output = dateline(&desk, &["init", "../locked"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("error: cannot make `../locked/"), "{}", said(&output));
    assert!(said(&output).contains("Permission denied"), "{}", said(&output));
    assert!(tree(&locked).is_empty());
}

/// Runs a line at a terminal of so many columns, typing into it; `None` where no terminal can be had.
#[cfg(target_os = "linux")]
fn at_a_terminal(desk: &Desk, line: &str, typed: &str) -> Option<String> {
    use std::io::Write;
    let line = format!("stty cols 60 rows 20 -echo; {line}");
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(desk.root()).env("NO_COLOR", "1");
    let own = Path::new(DATELINE).parent().unwrap().display().to_string();
    script.env("PATH", format!("{own}:{}", std::env::var("PATH").unwrap_or_default()));
    let child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        println!("skipped: there is no `script` to make a terminal with");
        return None;
    };
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Some(String::from_utf8(output.stdout).unwrap().replace('\r', ""))
}

#[cfg(target_os = "linux")]
#[test]
fn at_a_terminal_a_new_site_is_asked_for() {
    let desk = Desk::new(small_site());
    let line = format!("dateline init ../new --agencies AP --now {NOW}");
    let Some(said) = at_a_terminal(&desk, &line, "Desk: the site\n\nSyria, Libya\n") else { return };
    assert!(said.contains("The site's name [World in Brief]: "), "{said}");
    assert!(said.contains("Where it will be published [https://example.org/]: "), "{said}");
    assert!(!said.contains("The agencies"), "{said}");
    let made = tree(&desk.beside("new"));
    assert!(made.contains_key("content/topics/libya.md"), "{said}");
    assert!(String::from_utf8_lossy(&made["content/site.yaml"]).contains("title: \"Desk: the site\"\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_list_is_as_wide_as_the_terminal() {
    let (path, text) = numbered(3, 0, 0);
    let long = text.replace("title: ", "title: A headline that takes much more than a line of a terminal, ");
    let desk = Desk::new(small_site().into_iter().chain([(path, long)]));
    let Some(shown) = at_a_terminal(&desk, "dateline list", "") else { return };
    assert_eq!(shown.trim_end(), "2013-01-22  published  Syria, Ukra…  Reuters  A headline th…");
    let piped = said(&dateline(&desk, &["list"]));
    assert!(
        piped.contains("Syria, Ukraine  Reuters  A headline that takes much more than a line of"),
        "{piped}"
    );
}
