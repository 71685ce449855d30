//! Completions and manual in the real programs: bash, zsh, fish; `man` and mandoc. `tests/run` installs them and sets
//! DATELINE_TOOLS, by which one that is not there fails; without it, its tests say that they were left out.
//! PowerShell is not to be had where these run: of its script only the making is tested.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may touch the disk, and panic")]

mod common;

use clap::{Arg, CommandFactory};
use common::{Desk, has, small_site};
use dateline::cli::Cli;
use dateline::command::completions::with_values;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The binary.
const DATELINE: &str = env!("CARGO_BIN_EXE_dateline");

/// A site with a topic of two words, and one whose file's name a shell must never be given.
fn desk() -> Desk {
    let desk = Desk::new(small_site());
    desk.write("content/topics/north-korea.md", "---\nname: \"North \\e[31mKorea\"\naliases: [DPRK]\n---\n");
    desk.write("content/topics/$(touch hacked).md", "---\nname: Trap\n---\n");
    desk
}

/// Runs a program at a site's root, with `dateline` on its path and no settings of the user's.
fn run(desk: &Desk, program: &str, arguments: &[&str]) -> Output {
    let own = Path::new(DATELINE).parent().unwrap().display().to_string();
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new(program)
        .args(arguments)
        .current_dir(desk.root())
        .env_clear()
        .env("PATH", format!("{own}:{path}"))
        .env("HOME", desk.beside("home"))
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What a program says, where all is well.
fn said(desk: &Desk, program: &str, arguments: &[&str]) -> String {
    let output = run(desk, program, arguments);
    let (said, noted) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && noted.is_empty(), "{program} {arguments:?}: {said}{noted}");
    said.into_owned()
}

/// A line under way, and what its last word may become; `…` at the end: among others.
const LINES: [(&str, &[&str]); 6] = [
    ("dateline b", &["build"]),
    ("dateline ex", &["explain"]),
    ("dateline completions ", &["bash", "zsh", "fish", "powershell", "…"]),
    ("dateline build --message-format ", &["human", "short", "json", "…"]),
    ("dateline explain E040", &["E0401", "E0402", "E0403", "…"]),
    ("dateline build --root cont", &["content/"]),
];

/// The lines of commands that take a topic or an agency, whichever these are.
fn lines_of_terms() -> Vec<String> {
    let commands = Cli::command();
    let takes = |command: &clap::Command, name: &str| {
        command.get_arguments().any(|argument| argument.get_long() == Some(name))
    };
    let line = |name: &str| {
        let taking = commands.get_subcommands().filter(move |command| takes(command, name));
        taking.map(|command| format!("dateline {} --{name} ", command.get_name())).collect::<Vec<_>>()
    };
    [line("topic"), line("agency")].concat()
}

fn check(line: &str, expected: &[&str], found: &[String]) {
    let among = expected.last() == Some(&"…");
    let expected = &expected[..expected.len() - usize::from(among)];
    let missing: Vec<&&str> = expected.iter().filter(|word| !found.iter().any(|one| one == *word)).collect();
    let right = missing.is_empty() && (among || found.len() == expected.len());
    assert!(right, "`{line}` becomes {found:?}, not {expected:?}");
}

fn check_all(complete: impl Fn(&str) -> Vec<String>) {
    for (line, expected) in LINES {
        check(line, expected, &complete(line));
    }
    for line in lines_of_terms() {
        let slug = if line.contains("--topic") { "north-korea" } else { "ap" };
        let found = complete(&line);
        check(&line, &[slug, "…"], &found);
        assert!(!found.iter().any(|word| word.contains("touch")), "`{line}` becomes {found:?}");
    }
}

#[test]
fn bash_completes() {
    if !has("bash") {
        return;
    }
    let desk = desk();
    check_all(|line| {
        let script = format!(
            "source <(dateline completions bash)
            COMP_LINE='{line}' COMP_POINT={} COMP_TYPE=9 COMP_WORDS=({line}) COMP_CWORD=${{#COMP_WORDS[@]}}
            if [[ $COMP_LINE != *' ' ]]; then COMP_CWORD=$((COMP_CWORD - 1)); else COMP_WORDS+=(''); fi
            registered=$(complete -p dateline)
            \"$(sed 's/.*-F \\([^ ]*\\).*/\\1/' <<< \"$registered\")\" \
              dateline \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"
            printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            line.len()
        );
        let said = said(&desk, "bash", &["--norc", "--noprofile", "-c", &script]);
        said.lines().map(|word| word.trim().to_owned()).collect()
    });
}

#[test]
fn fish_completes_and_describes() {
    if !has("fish") {
        return;
    }
    let desk = desk();
    let complete = |line: &str| {
        let script = format!("dateline completions fish | source; complete -C '{line}'");
        said(&desk, "fish", &["--no-config", "-c", &script])
    };
    check_all(|line| {
        let words = complete(line);
        words.lines().map(|word| word.split('\t').next().unwrap_or_default().to_owned()).collect()
    });
    assert!(complete("dateline b").contains("build\tPrint the site"), "{}", complete("dateline b"));
}

/// zsh completes at a terminal only: one is made for it, keys are pressed, and what is shown is read.
#[test]
fn zsh_completes() {
    if !has("zsh") {
        return;
    }
    let desk = desk();
    for (line, expected) in LINES {
        let shown = at_a_terminal(&desk, line);
        let among = expected.iter().filter(|word| **word != "…");
        let missing: Vec<&&str> = among.filter(|word| !shown.contains(word.trim_end_matches('/'))).collect();
        assert!(missing.is_empty(), "`{line}` shows no {missing:?}: {shown}");
    }
    for line in lines_of_terms() {
        let shown = at_a_terminal(&desk, &line);
        let slug = if line.contains("--topic") { "north-korea" } else { "reuters" };
        assert!(shown.contains(slug) && !shown.contains("touch"), "`{line}` shows {shown}");
    }
}

/// What a user's zsh begins with: a key shows the line as it has become.
const ZSHRC: &str = "PS1=
stty -echo
autoload -Uz compinit && compinit -u -D
source <(dateline completions zsh)
LISTMAX=0
become() { print; print -r -- \"LINE $BUFFER DO\"\"NE\" }
zle -N become
bindkey '^X' become
print RE\"\"ADY
";

/// What zsh shows when the tabulator is pressed behind a line, and what the line is then.
fn at_a_terminal(desk: &Desk, line: &str) -> String {
    fs::create_dir_all(desk.beside("home")).unwrap();
    fs::write(desk.beside("home/.zshrc"), ZSHRC).unwrap();
    let script = format!(
        "zmodload zsh/zpty
        zpty shell zsh -d -i
        zpty -r shell seen '*READY*'
        zpty -w -n shell $'{line}\\t\\C-x'
        zpty -r shell seen '*DONE*'
        print -r -- \"$seen\""
    );
    let output = run(desk, "timeout", &["30", "zsh", "-f", "-c", &script]);
    assert!(output.status.success(), "`{line}`: {}", String::from_utf8_lossy(&output.stderr));
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains(&format!("LINE {}", line.trim_end())), "`{line}` was not typed: {shown}");
    shown
}

#[test]
fn the_script_of_powershell_is_made() {
    let desk = desk();
    let script = said(&desk, DATELINE, &["completions", "powershell"]);
    assert!(script.contains("Register-ArgumentCompleter -Native -CommandName dateline"), "{script}");
    assert!(script.contains("DATELINE_COMPLETE"), "{script}");
}

#[test]
fn topics_and_agencies_are_completed_wherever_they_stand() {
    let desk = desk();
    let deep = clap::Command::new("deep").arg(Arg::new("agencies").long("agency").value_name("AGENCY"));
    let new = clap::Command::new("new").arg(Arg::new("topic").long("topic")).subcommand(deep);
    let program = clap::Command::new("program").subcommand(new);
    let complete = |words: &[&str], root: &PathBuf| {
        let mut program = with_values(program.clone(), Some(root));
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        let last = words.len() - 1;
        let found = clap_complete::engine::complete(&mut program, words, last, None).unwrap();
        let shown = |one: &clap_complete::CompletionCandidate| {
            let help = one.get_help().map(ToString::to_string).unwrap_or_default();
            format!("{} {help}", one.get_value().to_string_lossy())
        };
        found.iter().map(shown).collect::<Vec<_>>()
    };
    let root = desk.root();
    let topics = complete(&["program", "new", "--topic", ""], &root);
    assert_eq!(topics, ["north-korea North [31mKorea", "syria Syria", "ukraine Ukraine"]);
    assert_eq!(complete(&["program", "new", "--topic", "sy"], &root), ["syria Syria"]);
    assert_eq!(complete(&["program", "new", "--topic=n"], &root), ["--topic=north-korea North [31mKorea"]);
    assert_eq!(complete(&["program", "new", "deep", "--agency", "a"], &root), ["ap AP"]);
    assert_eq!(complete(&["program", "new", "--topic", "x"], &root), [""; 0]);
    assert_eq!(complete(&["program", "new", "--topic", ""], &desk.beside("nowhere")), [""; 0]);
}

#[test]
fn the_manual_has_a_page_for_each_command_and_the_same_bytes_on_any_day() {
    let desk = desk();
    let (first, second) = (desk.beside("first"), desk.beside("second"));
    for (folder, day) in [(&first, "0"), (&second, "2000000000")] {
        let script = format!("SOURCE_DATE_EPOCH={day} dateline man {}", folder.display());
        said(&desk, "sh", &["-c", &script]);
    }
    let names = names(&first);
    let mut expected: Vec<String> =
        full_names(&Cli::command(), "").into_iter().map(|name| format!("{name}.1")).collect();
    assert!(expected.contains(&"dateline-theme-list.1".to_owned()), "{expected:?}");
    expected.sort();
    assert_eq!(names, expected);
    for name in names {
        let page = fs::read_to_string(first.join(&name)).unwrap();
        assert_eq!(page, fs::read_to_string(second.join(&name)).unwrap(), "{name}");
        for heading in ["NAME", "SYNOPSIS", "\"EXIT STATUS\"", "ENVIRONMENT", "FILES", "EXAMPLES"] {
            assert!(page.contains(&format!("\n.SH {heading}\n")), "{name} lacks {heading}");
        }
        let examples = page.split(".SH EXAMPLES\n.nf\n").nth(1).unwrap();
        assert!(examples.starts_with("dateline "), "{name} has no example: {examples}");
    }
}

/// A command's name with those it is below, and the names of all below it.
fn full_names(command: &clap::Command, above: &str) -> Vec<String> {
    let own = format!("{above}{}", command.get_name());
    let below = command.get_subcommands().filter(|below| !below.is_hide_set());
    let below = below.flat_map(|below| full_names(below, &format!("{own}-")));
    std::iter::once(own.clone()).chain(below).collect()
}

#[test]
fn man_and_mandoc_have_nothing_to_say_against_the_manual() {
    let desk = desk();
    let folder = desk.beside("man");
    said(&desk, DATELINE, &["man", folder.to_str().unwrap()]);
    for name in names(&folder) {
        let page = folder.join(&name).display().to_string();
        if has("man") {
            let shown = said(&desk, "man", &["--warnings", "-E", "UTF-8", "-l", &page]);
            let plain: String = shown.replace('\u{8}', "");
            assert!(plain.contains("EXAMPLES") && plain.contains("dateline "), "{name}: {plain}");
        }
        if has("mandoc") {
            assert_eq!(said(&desk, "mandoc", &["-Tlint", "-W", "warning", &page]), "", "{name}");
        }
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}
