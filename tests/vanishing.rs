//! Nothing vanishes: through random edits, renames and deletions every address that was out goes on answering, or the
//! build fails and names it, and nothing is published. What it says to do mends it.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk")]

mod common;

use common::edits::{Edit, Story, apply, edit, write_all};
use common::{Desk, assert_equal, rounds, small_site, tree};
use dateline::base::codes;
use dateline::base::report::Diagnostic;
use dateline::command::build::{Kept, Outcome};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// How many edits one site goes through.
const EDITS: usize = 10;

/// What became of many rounds.
#[derive(Default, Debug, Clone, Copy)]
struct Count {
    published: usize,
    refused: usize,
    mended: usize,
}

#[test]
fn what_was_out_answers_or_the_build_fails_and_names_it() {
    let cases = rounds(8, 500);
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let n = || 0..40usize;
    // Renames and deletions are what it is about.
    let moves = prop_oneof![n().prop_map(Edit::Rename), n().prop_map(Edit::Delete)];
    let any = prop_oneof![1 => moves, 1 => edit()];
    let plan = (4..16usize, proptest::collection::vec(any, EDITS));
    let all = std::cell::Cell::new(Count::default());
    runner
        .run(&plan, |(briefs, edits)| {
            let (one, mut sum) = (play(briefs, &edits), all.get());
            sum.published += one.published;
            sum.refused += one.refused;
            sum.mended += one.mended;
            all.set(sum);
            Ok(())
        })
        .unwrap();
    let all = all.get();
    println!("{cases} sites: {all:?}");
    let least = cases as usize;
    assert!(
        all.published > least && all.refused > least && all.mended > least,
        "too little happened: {all:?}"
    );
}

/// One site through all its edits.
fn play(briefs: usize, edits: &[Edit]) -> Count {
    let desk = Desk::new(small_site());
    let mut archive: BTreeMap<usize, Story> = (0..briefs).map(|number| (number, Story::default())).collect();
    write_all(&desk, &archive);
    let mut count = Count::default();
    build(&desk, &["list"]);
    for (turn, edit) in edits.iter().enumerate() {
        let before = tree(&desk.beside("warm"));
        let was: BTreeSet<&String> = before.keys().filter(|path| lasts(path)).collect();
        apply(&desk, &mut archive, edit, turn);
        write_all(&desk, &archive);
        // Each way of saying what was out, in turn. What an edit did to the folder itself was not the desk's.
        let source = ["list", "kept"][turn % 2];
        keep(&desk, &before);
        let spoilt = tree(&desk.beside("warm"));
        let outcome = build(&desk, &[source, "list"]);
        let gone = named(&outcome);
        if outcome.delivery.is_some() {
            let after = tree(&desk.beside("warm"));
            let lost: Vec<_> = was.iter().filter(|path| !after.contains_key(**path)).collect();
            assert!(lost.is_empty() && gone.is_empty(), "after {edit:?} of {edits:?}: {lost:?} are gone");
            count.published += 1;
            continue;
        }
        assert_equal(&spoilt, &tree(&desk.beside("warm")), "nothing may be published");
        if outcome.report.errors().any(|found| found.code != codes::GONE) {
            // It is refused for what no address has a part in.
            continue;
        }
        let fresh = format!("fresh{turn}");
        desk.publish(&fresh);
        let clean = tree(&desk.beside(&fresh));
        let expected: BTreeSet<String> =
            was.iter().filter(|path| !clean.contains_key(**path)).map(|path| (*path).clone()).collect();
        assert_eq!(gone, expected, "after {edit:?} of {edits:?}, from {source}");
        count.refused += 1;
        count.mended += mend(&desk, &outcome, source);
        // The desk wants it so: what is gone is forgotten.
        build(&desk, &["list"]);
        fs::remove_dir_all(desk.beside(&fresh)).unwrap();
    }
    count
}

/// A build into `warm`: with the source of what was out, if there is one, and where the list goes.
fn build(desk: &Desk, names: &[&str]) -> Outcome {
    let list = desk.beside("list");
    let source = desk.beside(names[0]);
    let published = (names.len() > 1).then_some(source.as_path());
    desk.build_keeping("warm", Kept { published, addresses: Some(&list) }).unwrap()
}

/// Keeps what is out as a folder.
fn keep(desk: &Desk, files: &BTreeMap<String, Vec<u8>>) {
    let kept = desk.beside("kept");
    fs::remove_dir_all(&kept).ok();
    for (path, bytes) in files {
        let path = kept.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// Does what is offered, one address after the other; how many it was offered for.
fn mend(desk: &Desk, outcome: &Outcome, source: &str) -> usize {
    let offered = outcome.report.errors().filter_map(|found| {
        let help = found.help.clone().unwrap_or_default();
        let mut quoted = help.split('`').skip(1).step_by(2).map(str::to_owned);
        let (line, file, _now) = (quoted.next()?, quoted.next()?, quoted.next()?);
        Some((path(found), line, file))
    });
    let mut mended = 0;
    for (path, line, file) in offered {
        let text = desk.read(&file);
        if text.contains("redirect_from") || !file.ends_with(".md") {
            continue;
        }
        desk.write(&file, text.replacen("---\n", &format!("---\n{line}\n"), 1));
        let kept = Kept { published: Some(&desk.beside(source)), addresses: None };
        let again = desk.build_keeping("mended", kept).unwrap();
        assert!(!named(&again).contains(&path), "{path}: `{line}` in {file} mends nothing");
        desk.write(&file, text);
        mended += 1;
    }
    fs::remove_dir_all(desk.beside("mended")).ok();
    desk.own("ledger").iter().filter(|path| path.to_string_lossy().contains("mended")).for_each(|path| {
        fs::remove_file(path).unwrap();
    });
    mended
}

/// The addresses that are named as gone.
fn named(outcome: &Outcome) -> BTreeSet<String> {
    outcome.report.errors().filter(|found| found.code == codes::GONE).map(path).collect()
}

fn path(found: &Diagnostic) -> String {
    found.message.split('`').nth(1).unwrap().trim_start_matches('/').to_owned()
}

/// The rule, said another way: all pages and feeds, but for periods, search and the page for what is not there.
fn lasts(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap();
    let is_period = name.bytes().take(4).all(|byte| byte.is_ascii_digit()) && path.contains('/');
    name.starts_with("feed.")
        || name.ends_with(".html") && !is_period && !["404.html", "search.html"].contains(&name)
}
