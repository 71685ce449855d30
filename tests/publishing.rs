//! Publishing by difference, counted: what is printed, what is withdrawn, what is refused, and that nothing else
//! in an output folder is touched.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk")]
#![cfg(unix)]

mod common;

use common::{Desk, Random, assert_same, flags, looks, numbered, rounds, small_site, tree};
use dateline::deliver::folder::Opening;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, UNIX_EPOCH};

/// A site of so many briefs.
fn desk(briefs: usize) -> Desk {
    Desk::new(small_site().into_iter().chain((0..briefs).map(|number| numbered(number, 0, 0))))
}

/// Fails unless a build is refused, and touches nothing in the folder.
fn check_refused(desk: &Desk, out: &str, says: &str, when: &str) {
    let before = looks(&desk.beside(out));
    let (status, said) = desk.run(out, &[]);
    assert_eq!(status, Some(2), "{when}: {said}");
    assert!(said.contains(says) && said.contains("nothing was touched"), "{when}: {said}");
    assert_eq!(looks(&desk.beside(out)), before, "{when}");
}

/// Fails unless the folder equals a clean build, `foreign` files aside.
fn check_clean(desk: &Desk, out: &str, foreign: &[&str], when: &str) {
    let clean = tempfile::tempdir_in(desk.folder.path()).unwrap();
    let name = clean.path().file_name().unwrap().to_str().unwrap();
    desk.publish(name);
    let mut found = tree(&desk.beside(out));
    for path in foreign {
        assert!(found.remove(*path).is_some(), "{when}: `{path}` is gone");
    }
    let paths = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    let wanted = tree(clean.path());
    assert_eq!(paths(&found), paths(&wanted), "{when}");
    assert!(found == wanted, "{when}: bytes differ");
}

fn none() -> (Vec<String>, Vec<String>) {
    (Vec::new(), Vec::new())
}

#[test]
fn when_nothing_has_changed_nothing_is_touched() {
    let desk = desk(40);
    assert_eq!(desk.publish("out").0.len(), tree(&desk.beside("out")).len());
    let before = looks(&desk.beside("out"));
    assert_eq!(desk.publish("out"), none());
    assert_eq!(looks(&desk.beside("out")), before);
    assert_eq!(desk.run("again", &[]).0, Some(0));
    let before = looks(&desk.beside("again"));
    let (status, said) = desk.run("again", &[]);
    assert!(status == Some(0) && said.contains("0 printed, 0 withdrawn"), "{said}");
    assert_eq!(looks(&desk.beside("again")), before);
}

#[test]
fn a_source_that_is_only_touched_or_written_again_prints_nothing() {
    let desk = desk(40);
    desk.publish("out");
    let before = looks(&desk.beside("out"));
    let (path, text) = numbered(7, 0, 0);
    for seconds in [0, 1_000_000_000, 4_000_000_000] {
        let file = File::options().write(true).open(desk.root().join(&path)).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        assert_eq!(desk.publish("out"), none(), "at {seconds}");
    }
    desk.delete(&path);
    desk.write(&path, text);
    assert_eq!(desk.publish("out"), none(), "written again");
    assert_eq!(looks(&desk.beside("out")), before);
}

/// What may be done by hand to a page that is out.
type Spoil = fn(&Path);

#[test]
fn an_output_that_was_spoilt_by_hand_is_mended_and_no_other() {
    let spoils: [(&str, Spoil); 6] = [
        ("deleted", |path| fs::remove_file(path).unwrap()),
        ("of the same size", |path| {
            let size = fs::read(path).unwrap().len();
            fs::write(path, vec![b'x'; size]).unwrap();
        }),
        ("of another size", |path| fs::write(path, "mine").unwrap()),
        ("only its time", |path| {
            File::options().write(true).open(path).unwrap().set_modified(UNIX_EPOCH).unwrap()
        }),
        ("moved", |path| fs::rename(path, path.with_extension("old")).unwrap()),
        ("a link", |path| {
            fs::rename(path, path.with_extension("old")).unwrap();
            symlink(path.with_extension("old"), path).unwrap();
        }),
    ];
    let desk = desk(40);
    desk.publish("out");
    let out = desk.beside("out");
    for (name, spoil) in spoils {
        for path in [
            "index.html".to_owned(),
            "topics/syria.html".to_owned(),
            "favicon.svg".to_owned(),
            brief_page(&out, 7),
        ] {
            let before = looks(&out);
            spoil(&out.join(&path));
            assert_eq!(desk.publish("out"), (vec![path.clone()], Vec::new()), "{name}: {path}");
            let _ = fs::remove_file(out.join(&path).with_extension("old"));
            assert!(fs::symlink_metadata(out.join(&path)).unwrap().is_file(), "{name}: {path}");
            let after = looks(&out);
            let touched = |other: &&String| before.get(*other) != after.get(*other);
            assert_eq!(after.keys().filter(touched).collect::<Vec<_>>(), [&path], "{name}");
        }
    }
    check_clean(&desk, "out", &[], "after all was mended");
}

/// The page of a numbered brief.
fn brief_page(out: &Path, number: usize) -> String {
    let name = format!("/brief-{number}.html");
    tree(out).into_keys().find(|path| path.ends_with(&name)).unwrap()
}

#[test]
fn pages_of_a_topic_that_is_gone_are_withdrawn_with_their_folders() {
    let desk = desk(12);
    desk.write("content/topics/moon.md", "---\nname: Moon\n---\n");
    for (number, month) in (0..4).flat_map(|number| [(number, 1), (number, 2)]) {
        let text = format!(
            "---\ntitle: Moon {number} {month}\ndate: 1969-{month:02}-0{}\ntopics: [Moon]\nagencies: [AP]\n---\nText.\n",
            number + 1
        );
        desk.write(&format!("content/briefs/1969/{month:02}/moon-{number}.md"), text);
    }
    desk.publish("out");
    let out = desk.beside("out");
    let pages: Vec<String> =
        tree(&out).into_keys().filter(|path| path.contains("moon") || path.contains("1969")).collect();
    assert!(
        out.join("topics/moon").is_dir() && out.join("1969/01").is_dir() && pages.len() > 10,
        "{pages:?}"
    );
    fs::write(out.join("1969/02/mine.txt"), "mine").unwrap();
    fs::remove_dir_all(desk.root().join("content/briefs/1969")).unwrap();
    desk.delete("content/topics/moon.md");
    let (_, withdrawn) = desk.publish("out");
    assert_eq!(withdrawn, pages);
    for (path, stays) in
        [("topics/moon", false), ("1969/01", false), ("1969/02/mine.txt", true), ("topics", true)]
    {
        assert_eq!(out.join(path).exists(), stays, "{path}");
    }
    check_clean(&desk, "out", &["1969/02/mine.txt"], "without the topic");
    assert_eq!(desk.publish("out"), none());
}

#[test]
fn a_static_file_may_take_the_place_of_a_folder_and_the_other_way_round() {
    let desk = desk(3);
    let forms: [&[&str]; 5] = [&["a/b/c.txt", "a/d.txt"], &["a"], &["a/b"], &["a/b/c.txt"], &["a"]];
    for (turn, form) in (0..).zip(forms) {
        let _ = fs::remove_dir_all(desk.root().join("static"));
        form.iter().for_each(|path| desk.write(&format!("static/{path}"), format!("turn {turn}")));
        let (printed, withdrawn) = desk.publish("out");
        assert!(
            form.iter().all(|path| printed.iter().any(|printed| printed == path)),
            "{form:?}: {printed:?}"
        );
        assert_eq!(withdrawn.is_empty(), turn == 0, "{form:?}");
        check_clean(&desk, "out", &[], &format!("{form:?}"));
        assert_eq!(desk.publish("out"), none(), "{form:?}");
    }
}

#[test]
fn what_others_put_in_the_way_of_a_page_is_left_and_nothing_goes_out() {
    // A page that is new or that is out already; what stands there; what stands in the way; `--adopt` takes it.
    let cases = [
        ("a file at a new page", "a/b.txt", "a/b.txt", "a/b.txt", true),
        ("a folder at a new page", "a/b.txt", "a/b.txt/mine", "a/b.txt", false),
        ("a file as a new page's folder", "a/b.txt", "a", "a", false),
        ("a folder at a page that is out", "old/c.txt", "old/c.txt/mine", "old/c.txt", false),
        ("a file as the folder of a page that is out", "old/c.txt", "old", "old", false),
        ("a folder of ours and others at a new page", "old", "old/mine", "old", false),
    ];
    for (when, source, mine, way, adopts) in cases {
        let desk = desk(3);
        desk.write("static/old/c.txt", "old");
        desk.publish("out");
        let out = desk.beside("out");
        if source == "old" || mine != "old/mine" && source.starts_with("old") {
            let _ = fs::remove_file(out.join("old/c.txt")).and_then(|()| fs::remove_dir(out.join("old")));
            fs::remove_dir_all(desk.root().join("static")).unwrap();
        }
        desk.write(&format!("static/{source}"), "new");
        desk.write("content/topics/moon.md", "---\nname: Moon\n---\n");
        fs::create_dir_all(out.join(mine).parent().unwrap()).unwrap();
        fs::write(out.join(mine), "mine").unwrap();
        check_refused(&desk, "out", &format!("`{way}`"), when);
        let (status, said) = desk.run("out", &["--adopt"]);
        assert_eq!(status, Some(if adopts { 0 } else { 2 }), "{when}: {said}");
        if !adopts {
            assert_eq!(fs::read_to_string(out.join(mine)).unwrap(), "mine", "{when}");
            fs::remove_file(out.join(mine)).unwrap();
            let _ = fs::remove_dir(out.join(mine).parent().unwrap());
            desk.publish("out");
        }
        check_clean(&desk, "out", &[], when);
    }
}

/// Everything in a folder without following links, with its bytes or where it points; locks aside.
fn bystanders(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap();
        let is_ours = entry.path().extension().is_some_and(|ending| ending == "lock")
            || entry.file_name() == ".gitignore";
        let what = match entry.file_type() {
            kind if kind.is_dir() => "a folder".to_owned(),
            kind if kind.is_symlink() => format!("{:?}", fs::read_link(entry.path()).unwrap()),
            _ => format!(
                "{:?} {:?}",
                fs::read(entry.path()).unwrap(),
                entry.metadata().unwrap().modified().unwrap()
            ),
        };
        if !is_ours {
            found.insert(entry.path().to_string_lossy().into_owned(), what);
        }
    }
    found
}

/// A way to set a site up.
type Prepare = fn(&Desk);

fn plain(_: &Desk) {}

fn with_links(desk: &Desk) {
    symlink(desk.root().join("content"), desk.root().join("link")).unwrap();
    symlink(desk.root().join("content/not-yet"), desk.root().join("dangling")).unwrap();
    symlink("..", desk.root().join("up")).unwrap();
    symlink(desk.root(), desk.beside("root-link")).unwrap();
}

fn with_content_elsewhere(desk: &Desk) {
    fs::rename(desk.root().join("content"), desk.beside("common")).unwrap();
    symlink(desk.beside("common"), desk.root().join("content")).unwrap();
}

fn without_some_folders(desk: &Desk) {
    ["static", ".git", ".dateline"]
        .iter()
        .for_each(|folder| fs::remove_dir_all(desk.root().join(folder)).unwrap());
    fs::remove_dir_all(desk.root().join("public")).unwrap();
}

#[test]
fn an_output_folder_that_is_not_ours_to_write_to_is_refused() {
    let of_site = "is or holds the site itself";
    let cases: [(&str, &[&str], Prepare); 18] = [
        (of_site, &[".", "./", "..", "../..", "/", "../site", "public/.."], plain),
        (
            "the site's `content/`",
            &["content", "./content/", "content/briefs", "content/not-yet/deep"],
            plain,
        ),
        ("the site's `content/`", &["public/../content", "public/../content/new"], plain),
        ("the site's `templates/`", &["templates", "templates/partials", "templates/new"], plain),
        ("the site's `static/`", &["static", "static/img"], plain),
        ("the site's `static/`", &["static", "static/new"], without_some_folders),
        ("the site's `.git/`", &[".git", ".git/refs"], plain),
        ("the site's `.git/`", &[".git", ".git/new"], without_some_folders),
        ("the site's `.dateline/`", &[".dateline", ".dateline/out"], plain),
        ("the site's `.dateline/`", &[".dateline", ".dateline/out"], without_some_folders),
        (of_site, &["link/..", "up", "up/site", "../root-link"], with_links),
        (
            "the site's `content/`",
            &["link", "link/new", "up/site/content", "../root-link/content"],
            with_links,
        ),
        ("cannot make the output folder", &["dangling", "dangling/new"], with_links),
        (
            "the site's `content/`",
            &["content", "content/briefs", "../common", "../common/briefs"],
            with_content_elsewhere,
        ),
        ("a folder above it does not exist", &["not-yet/../content"], plain),
        ("cannot read the output folder", &["README.md"], plain),
        ("cannot make the output folder", &["README.md/out"], plain),
        ("`filled` holds files", &["filled"], plain),
    ];
    for (says, outs, prepare) in cases {
        outs.iter().for_each(|out| check_wrong_folder(out, says, prepare));
    }
}

/// Fails unless an output folder is refused and everything around it is as it was, when another is not.
fn check_wrong_folder(out: &str, says: &str, prepare: Prepare) {
    let desk = desk(2);
    let others = [
        "templates/partials/own.html",
        "static/img/a.txt",
        ".git/HEAD",
        ".git/refs/a",
        "README.md",
        "filled/mine",
    ];
    others.iter().for_each(|path| desk.write(path, path));
    assert_eq!(desk.run("site/public", &[]).0, Some(0));
    prepare(&desk);
    let before = bystanders(desk.folder.path());
    let build = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"));
        let output = command.arg("build").args(arguments).current_dir(desk.root()).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (status, said) = build(&["--out", out]);
    assert!(
        status == Some(2) && said.starts_with("error: ") && said.contains(says),
        "`{out}`: {status:?} {said}"
    );
    let after = bystanders(desk.folder.path());
    let differing = before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path));
    assert_eq!(differing.collect::<BTreeSet<_>>(), BTreeSet::new(), "`{out}`: {said}");
    let (status, said) = build(&[]);
    assert_ne!(status, Some(2), "`{out}`: another folder: {said}");
}

#[test]
fn an_output_folder_may_lie_in_another_file_system() {
    let Ok(memory) = tempfile::tempdir_in("/dev/shm") else {
        return println!("skipped: there is no /dev/shm");
    };
    let desk = desk(12);
    let out = memory.path().join("out");
    for turn in 0..3 {
        desk.write("static/a.txt", format!("turn {turn}"));
        let (status, said) = desk.run(out.to_str().unwrap(), &[]);
        assert_eq!(status, Some(0), "{said}");
        desk.publish("clean");
        assert_same(&out, &desk.beside("clean"), "in memory");
        desk.delete("static/a.txt");
    }
}

#[test]
fn builds_at_once_all_end_well_and_leave_a_clean_build() {
    let mut random = Random(10);
    for round in 0..rounds(2, 50) {
        let desk = desk(60);
        for turn in 0..2 {
            let mut builds: Vec<Child> = (0..8).map(|_| quiet(&desk)).collect();
            let mut killed = builds.swap_remove(random.below(8) as usize);
            killed.kill().unwrap();
            killed.wait().unwrap();
            for build in builds {
                let ended = build.wait_with_output().unwrap();
                let said = String::from_utf8_lossy(&ended.stderr);
                assert_eq!(ended.status.code(), Some(0), "round {round}: {said}");
                assert!(said.is_empty() || said.contains(" is publishing to `"), "round {round}: {said}");
            }
            check_clean(&desk, "out", &[], &format!("round {round}, turn {turn}"));
            desk.delete(&numbered(turn, 0, 0).0);
        }
    }
}

fn quiet(desk: &Desk) -> Child {
    desk.command("out").arg("--quiet").stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn a_build_says_who_holds_the_lock_and_waits() {
    let desk = desk(3);
    desk.publish("out");
    desk.delete(&numbered(1, 0, 0).0);
    let path = desk.own("lock").pop().unwrap();
    for (holder, says) in
        [("process 4711\n", "process 4711 is publishing to `"), ("", "another process is publishing to `")]
    {
        fs::write(&path, holder).unwrap();
        let lock = File::options().write(true).open(&path).unwrap();
        lock.lock().unwrap();
        let before = looks(&desk.beside("out"));
        let mut build = quiet(&desk);
        let mut said = String::new();
        BufReader::new(build.stderr.take().unwrap()).read_line(&mut said).unwrap();
        assert!(said.starts_with(says), "{said}");
        assert_eq!(build.try_wait().unwrap(), None, "it did not wait");
        assert_eq!(looks(&desk.beside("out")), before, "it did not wait");
        lock.unlock().unwrap();
        assert_eq!(build.wait().unwrap().code(), Some(0));
        check_clean(&desk, "out", &[], "after the wait");
        desk.delete(&numbered(if holder.is_empty() { 0 } else { 2 }, 0, 0).0);
    }
}

/// How many shards the tests make.
const SHARDS: u32 = 3;

fn shard(desk: &Desk, number: u32) -> (Vec<String>, Vec<String>) {
    let opening = Opening { shard: Some((number, SHARDS)), ..Opening::default() };
    let delivery = desk.build_with(&format!("shard-{number}"), flags(), opening).unwrap().delivery.unwrap();
    (delivery.printed, delivery.withdrawn)
}

/// Fails unless the shards are disjoint and are the unsharded build together.
fn check_union(desk: &Desk, when: &str) {
    let mut union = BTreeMap::new();
    for number in 1..=SHARDS {
        for (path, bytes) in tree(&desk.beside(&format!("shard-{number}"))) {
            assert!(union.insert(path.clone(), bytes).is_none(), "{when}: `{path}` is in two shards");
        }
    }
    desk.publish("whole");
    assert!(union == tree(&desk.beside("whole")), "{when}: the shards are not the whole");
}

#[test]
fn shards_are_disjoint_and_together_the_whole() {
    let desk = desk(40);
    for number in 1..=SHARDS {
        let (printed, withdrawn) = shard(&desk, number);
        assert_eq!(
            (printed.len(), withdrawn.len()),
            (tree(&desk.beside(&format!("shard-{number}"))).len(), 0)
        );
        assert!(printed.len() > 10, "shard {number} is next to empty");
    }
    check_union(&desk, "at first");
    assert!((1..=SHARDS).all(|number| shard(&desk, number) == none()), "a second run prints nothing");
    for brief in [3, 17, 20] {
        let page = brief_page(&desk.beside("whole"), brief);
        desk.delete(&numbered(brief, 0, 0).0);
        let withdrew: Vec<u32> = (1..=SHARDS)
            .filter(|number| {
                let before = tree(&desk.beside(&format!("shard-{number}")));
                let (_, withdrawn) = shard(&desk, *number);
                assert!(
                    withdrawn.iter().all(|path| before.contains_key(path)),
                    "shard {number}: {withdrawn:?}"
                );
                withdrawn.contains(&page)
            })
            .collect();
        assert_eq!(withdrew.len(), 1, "{page}");
        check_union(&desk, &page);
    }
}

#[test]
fn shards_must_agree_on_the_moment_and_keep_to_their_folders() {
    let desk = desk(12);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"));
    let output = command.args(["build", "--shard", "1/3", "--root"]).arg(desk.root()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "without --now");
    assert!(!desk.root().join("public").exists());
    for wrong in ["0/3", "4/3", "1/0", "1", "a/b", "-1/3"] {
        assert_eq!(desk.run("out", &["--shard", wrong]).0, Some(2), "{wrong}");
    }
    assert_eq!(desk.run("out", &["--shard", "1/3"]).0, Some(0));
    let before = looks(&desk.beside("out"));
    for other in [&["--shard", "2/3"][..], &["--shard", "1/4"], &[]] {
        assert_eq!(desk.run("out", other).0, Some(2), "{other:?}");
    }
    assert_eq!(looks(&desk.beside("out")), before, "the folder of another shard");
}

#[test]
fn of_shards_at_once_in_one_folder_one_takes_it_and_the_others_are_refused() {
    for round in 0..rounds(3, 30) {
        let desk = desk(40);
        let shards = ["1/3", "2/3", "3/3"];
        let builds: Vec<Child> = shards
            .iter()
            .map(|shard| {
                desk.command("out")
                    .args(["--quiet", "--shard", shard])
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let ended: Vec<_> = builds.into_iter().map(|build| build.wait_with_output().unwrap()).collect();
        let said: Vec<_> = ended.iter().map(|ended| String::from_utf8_lossy(&ended.stderr)).collect();
        let mut statuses: Vec<_> = ended.iter().map(|ended| ended.status.code()).collect();
        let taken =
            statuses.iter().position(|status| *status == Some(0)).unwrap_or_else(|| panic!("{said:#?}"));
        statuses.sort();
        assert_eq!(statuses, [Some(0), Some(2), Some(2)], "round {round}: {said:#?}");
        assert_eq!(desk.run("alone", &["--shard", shards[taken]]).0, Some(0));
        assert_same(&desk.beside("out"), &desk.beside("alone"), &format!("round {round}"));
    }
}
