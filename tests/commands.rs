//! Transcripts of the real binary. Each file of `commands/` is a session at a small site of its own: what is typed,
//! what comes of it on both streams, and the status where it is not 0. They know nothing of the library.
//!
//! ```text
//! A line of prose.
//! $ dateline build                 a line for `sh`, at the site's root
//!   18 printed, 0 withdrawn …      what it says, set in by two blanks
//! ? 1                              its status
//! ```
//!
//! `[ROOT]` is the site's folder, `[BESIDE]` the folder it lies in, `[T]` a number of seconds, `[VERSION]` ours.
//! The clock stands at 2026-01-01. `UPDATE=1 cargo test --test commands` writes what comes anew: read the diff.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test may touch the disk, and panic")]

mod common;

use clap::CommandFactory;
use common::{Desk, numbered, small_site};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The binary.
const DATELINE: &str = env!("CARGO_BIN_EXE_dateline");

/// 2026-01-01T00:00:00Z, in seconds.
const NOW: &str = "1767225600";

/// How many lines a command's help may have: about a screen and a half.
const LONGEST_HELP: usize = 60;

#[test]
fn every_session_goes_as_written() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    let mut sessions = 0;
    for path in transcripts() {
        let written = fs::read_to_string(&path).unwrap();
        let played = play(&written);
        sessions += 1;
        if update && played != written {
            fs::write(&path, &played).unwrap();
        } else if played != written {
            wrong.push(format!("{}\n{}", path.display(), difference(&written, &played)));
        }
    }
    assert!(sessions >= 8, "only {sessions} transcripts were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_command_has_a_short_help_with_an_example() {
    let desk = desk();
    let commands = dateline::cli::Cli::command();
    for name in names(&commands, "") {
        for flag in ["--help", "-h"] {
            let output = shell(&desk, &format!("dateline {name} {flag}"));
            let text = String::from_utf8(output.stdout).unwrap();
            assert_eq!(output.status.code(), Some(0), "{name} {flag}");
            assert!(text.contains("Example"), "`{name} {flag}` has no example:\n{text}");
            assert!(text.lines().count() <= LONGEST_HELP, "`{name} {flag}` is long:\n{text}");
            assert!(text.lines().all(|line| line.chars().count() <= 100), "`{name} {flag}` is wide:\n{text}");
        }
    }
}

#[test]
fn examples_in_help_are_read() {
    let mut commands = dateline::cli::Cli::command();
    let mut read = 0;
    for help in helps(&mut commands) {
        let typed = |line: &str| line.find("dateline ").map(|at| line[at..].to_owned());
        for line in help.lines().filter_map(typed) {
            let line = line.split([')', '|']).next().unwrap_or_default();
            if !help.contains(&format!("Usage: {line}")) && !line.contains('[') && !line.contains('<') {
                let parsed =
                    dateline::cli::Cli::command().try_get_matches_from(shell_words::split(line).unwrap());
                assert!(parsed.is_ok(), "`{line}`: {}", parsed.unwrap_err());
                read += 1;
            }
        }
    }
    assert!(read >= 3, "only {read} examples were found");
}

/// How a command and all below it are called, behind the program's name.
fn names(command: &clap::Command, own: &str) -> Vec<String> {
    let below = command.get_subcommands();
    let below = below.flat_map(|below| names(below, &format!("{own} {}", below.get_name())));
    std::iter::once(own.to_owned()).chain(below).collect()
}

/// The help of a command and of all below it.
fn helps(command: &mut clap::Command) -> Vec<String> {
    let own = command.render_long_help().to_string();
    std::iter::once(own).chain(command.get_subcommands_mut().flat_map(helps)).collect()
}

/// The site of every session: three briefs, their topics and agencies.
fn desk() -> Desk {
    let desk = Desk::new(small_site().into_iter().chain((1..=3).map(|number| numbered(number, 0, 0))));
    let path = Path::new("content/briefs/2011/01");
    desk.write(path.join("draft.md").to_str().unwrap(), DRAFT);
    desk
}

const DRAFT: &str = "---
title: A brief under way
date: 2012-01-02
topics: [Syria]
agencies: [AP]
status: draft
---

It is not out.
";

fn transcripts() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    paths.sort();
    paths
}

/// Types what a transcript says, and writes the transcript of what comes of it.
fn play(written: &str) -> String {
    let desk = desk();
    let mut played = String::new();
    let mut after_output = false;
    for line in
        written.lines().filter(|line| !line.is_empty() && !line.starts_with("  ") && !line.starts_with("? "))
    {
        if after_output {
            played.push('\n');
        }
        played.push_str(line);
        played.push('\n');
        after_output = false;
        if let Some(typed) = line.strip_prefix("$ ") {
            played.push_str(&said(&desk, typed));
            after_output = true;
        }
    }
    played
}

/// What a line says, set in, and its status.
fn said(desk: &Desk, typed: &str) -> String {
    let output = shell(desk, &format!("exec 2>&1\n{typed}"));
    let text = normal(&String::from_utf8_lossy(&output.stdout), desk);
    let mut said = String::new();
    for line in text.lines().map(str::trim_end) {
        said.push_str(if line.is_empty() { "" } else { "  " });
        said.push_str(line);
        said.push('\n');
    }
    match output.status.code() {
        Some(0) => said,
        Some(status) => format!("{said}? {status}\n"),
        None => format!("{said}? killed\n"),
    }
}

/// Runs a line by `sh` at the site's root, in an environment that holds nothing else.
fn shell(desk: &Desk, line: &str) -> Output {
    let own = Path::new(DATELINE).parent().unwrap().display().to_string();
    let path = std::env::var("PATH").unwrap_or_default();
    Command::new("sh")
        .args(["-c", line])
        .current_dir(desk.root())
        .env_clear()
        .env("PATH", format!("{own}:{path}"))
        .env("SOURCE_DATE_EPOCH", NOW)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What is the same wherever and however fast it runs.
fn normal(text: &str, desk: &Desk) -> String {
    let root = desk.root();
    let whole = root.canonicalize().unwrap();
    let mut text = text.to_owned();
    for (folder, name) in [(&*whole, "[ROOT]"), (&*root, "[ROOT]")] {
        text = text.replace(&folder.display().to_string(), name);
        text = text.replace(&folder.parent().unwrap().display().to_string(), "[BESIDE]");
    }
    let text = text.replace(&format!("dateline {}", env!("CARGO_PKG_VERSION")), "dateline [VERSION]");
    text.lines().map(|line| without_seconds(line) + "\n").collect()
}

fn without_seconds(line: &str) -> String {
    let Some((before, rest)) = line.split_once(" kept in ") else { return line.to_owned() };
    let after = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    format!("{before} kept in [T]{after}")
}

/// The lines from the first that differs.
fn difference(written: &str, played: &str) -> String {
    let same = written.lines().zip(played.lines()).take_while(|(left, right)| left == right).count();
    let shown = |text: &str, sign: &str| -> String {
        text.lines().skip(same).take(15).map(|line| format!("{sign} {line}\n")).collect()
    };
    format!("from line {}:\n{}{}", same + 1, shown(written, "-"), shown(played, "+"))
}
