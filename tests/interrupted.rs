//! Builds that are killed, that fail, that find no room: what was out stays whole, and the next build ends as a
//! clean build would. The real binary runs here; nothing asserts on seconds.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk and the clock")]
#![cfg(unix)]

mod common;

use common::{Desk, Random, flags, looks, numbered, rounds, small_site, tree};
use dateline::base::digest::Digest;
use dateline::deliver::folder::Opening;
use dateline::deliver::staging;
use dateline::read::sources::Stat;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How many briefs the sites that are killed have.
const BRIEFS: usize = 300;

/// Files by their path.
type Tree = BTreeMap<String, Vec<u8>>;

/// When a build is killed.
#[derive(Clone, Copy, Debug)]
enum Kill {
    /// Some time after its start.
    After(Duration),
    /// While sheets are put out: when the ledger says what is in flight, and so many yields later.
    InFlight(u64),
}

/// A desk whose sources change by numbers.
struct Newsroom {
    desk: Desk,
    random: Random,
    /// The number and the version of each brief.
    briefs: BTreeMap<usize, usize>,
    turn: usize,
    killed: u32,
}

impl Newsroom {
    fn new(briefs: usize, seed: u64) -> Newsroom {
        let desk = Desk::new(small_site());
        let briefs: BTreeMap<usize, usize> = (0..briefs).map(|number| (number, 0)).collect();
        for number in briefs.keys() {
            let (path, text) = numbered(*number, 0, 0);
            desk.write(&path, text);
        }
        Newsroom { desk, random: Random(seed), briefs, turn: 0, killed: 0 }
    }

    /// Changes, deletes and adds briefs; on some turns every page, or a folder becomes a file or a file a folder.
    fn edit(&mut self) {
        self.turn += 1;
        for _ in 0..8 {
            let number = self.random.below(BRIEFS as u64 + 50) as usize;
            match self.random.below(4) {
                0 if self.briefs.remove(&number).is_some() => self.desk.delete(&numbered(number, 0, 0).0),
                _ => {
                    let (path, text) = numbered(number, self.turn, self.turn);
                    self.desk.write(&path, text);
                    self.briefs.insert(number, self.turn);
                }
            }
        }
        match self.random.below(3) {
            0 => self.swap(),
            1 => self.entitle(&format!("Desk {}", self.turn)),
            _ => {}
        }
    }

    /// Gives the site another title, which every page shows.
    fn entitle(&self, title: &str) {
        let settings = "base_url: https://desk.example/news/\nlanguages: [en]\nperiod_limit: 3\n";
        self.desk.write("content/site.yaml", format!("title: {title}\n{settings}"));
    }

    /// A static file where a folder was, and the other way round.
    fn swap(&self) {
        if self.desk.root().join("static/notes").is_file() {
            self.desk.delete("static/notes");
            self.desk.write("static/notes/list.txt", "a list\n");
            return;
        }
        if self.desk.root().join("static/notes/list.txt").is_file() {
            self.desk.delete("static/notes/list.txt");
            fs::remove_dir(self.desk.root().join("static/notes")).unwrap();
        }
        self.desk.write("static/notes", "a file\n");
    }

    /// What a clean build of the sources as they are makes; into memory where there is a folder for that.
    fn clean(&self) -> Tree {
        let out = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        self.desk.publish(out.path().to_str().unwrap());
        tree(out.path())
    }

    /// A clean build that nobody kills; how long it takes.
    fn measure(&self, out: &str) -> Duration {
        let start = Instant::now();
        let (status, said) = self.desk.run(out, &[]);
        let elapsed = start.elapsed();
        assert_eq!(status, Some(0), "{said}");
        same_trees(&tree(&self.desk.beside(out)), &self.clean(), "a clean build");
        elapsed
    }

    /// A moment in a build that takes about `whole`: anywhere in it, or while sheets are put out.
    fn moment(&mut self, whole: Duration) -> Kill {
        match self.random.below(3) {
            0 => {
                let most = 1 << self.random.below(9);
                Kill::InFlight(self.random.below(most))
            }
            _ => Kill::After(whole * self.random.below(1200) as u32 / 1000),
        }
    }

    /// Starts a build and kills it.
    fn kill(&mut self, out: &str, kill: Kill) {
        let ledgers = self.ledgers();
        let mut child = self.desk.command(out).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        match kill {
            Kill::After(delay) => thread::sleep(delay),
            Kill::InFlight(yields) => {
                while self.ledgers() == ledgers && child.try_wait().unwrap().is_none() {
                    thread::yield_now();
                }
                (0..yields).for_each(|_| thread::yield_now());
            }
        }
        child.kill().unwrap();
        let ended = child.wait_with_output().unwrap();
        self.killed += u32::from(ended.status.signal() == Some(9));
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.signal() == Some(9) || ended.status.success(), "killed at {kill:?}: {said}");
    }

    fn ledgers(&self) -> Vec<(PathBuf, Stat)> {
        let look = |path: PathBuf| fs::metadata(&path).map(|data| (path, Stat::of(&data)));
        self.desk.own("ledger").into_iter().filter_map(|path| look(path).ok()).collect()
    }

    /// Builds undisturbed, and compares with a clean build.
    fn finish(&self, out: &str, foreign: &Tree, when: &str) -> Tree {
        let (status, said) = self.desk.run(out, &[]);
        assert_eq!(status, Some(0), "{when}: {said}");
        let clean = self.clean();
        let mut wanted = clean.clone();
        wanted.extend(foreign.clone());
        same_trees(&tree(&self.desk.beside(out)), &wanted, when);
        assert!(!self.desk.beside(out).join(staging::NAME).exists(), "{when}: the staging folder is left");
        assert_eq!(self.desk.own("new"), Vec::<PathBuf>::new(), "{when}: half a ledger is left");
        clean
    }
}

fn same_trees(found: &Tree, wanted: &Tree, when: &str) {
    let paths = found.keys().chain(wanted.keys());
    let differing: Vec<&String> = paths.filter(|path| found.get(*path) != wanted.get(*path)).collect();
    assert!(differing.is_empty(), "{when}: these differ: {differing:?}");
}

/// After a kill: each file is whole and of one of the `states` since the last build that ended, or foreign; what
/// every state has is there.
fn check_whole(out: &Path, states: &[Tree], foreign: &Tree, when: &str) {
    let found = tree(out);
    for (path, bytes) in found.iter().filter(|(path, _)| !path.starts_with(staging::NAME)) {
        let known = states.iter().chain([foreign]).any(|state| state.get(path) == Some(bytes));
        assert!(known, "{when}: `{path}` is half written");
    }
    let lasting = states[0].keys().filter(|path| states.iter().all(|state| state.contains_key(*path)));
    for path in lasting.chain(foreign.keys()) {
        assert!(found.contains_key(path), "{when}: `{path}` is missing");
    }
}

/// Puts files of others into an output folder.
fn put_foreign(out: &Path) -> Tree {
    let files =
        [("CNAME", "desk.example\n"), ("photos/moon.raw", "\u{0}\u{1}"), ("topics/mine.txt", "mine\n")];
    for (path, text) in files {
        fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
        fs::write(out.join(path), text).unwrap();
    }
    files.into_iter().map(|(path, text)| (path.to_owned(), text.into())).collect()
}

#[test]
fn a_first_build_that_is_killed_is_finished_by_the_next() {
    let mut room = Newsroom::new(BRIEFS, 1);
    let whole = ["a", "b", "c"].map(|out| room.measure(out)).into_iter().min().unwrap();
    let kills = rounds(6, 60);
    for round in 0..kills * 20 {
        if room.killed >= kills {
            break;
        }
        let out = format!("first-{round}");
        let mut states = vec![Tree::new()];
        for again in 0..=room.random.below(2) {
            if again > 0 && room.random.below(2) > 0 {
                room.edit();
            }
            states.push(room.clean());
            let kill = room.moment(whole);
            room.kill(&out, kill);
            check_whole(
                &room.desk.beside(&out),
                &states,
                &Tree::new(),
                &format!("round {round}, {again}, {kill:?}"),
            );
        }
        if room.random.below(2) > 0 {
            room.edit();
        }
        room.finish(&out, &Tree::new(), &format!("round {round}"));
    }
    assert!(room.killed >= kills, "only {} builds were killed while they ran", room.killed);
    println!("{} builds were killed", room.killed);
}

#[test]
fn a_later_build_that_is_killed_leaves_whole_files_and_is_finished_by_the_next() {
    let mut room = Newsroom::new(BRIEFS, 2);
    let whole = ["a", "b", "out"].map(|out| room.measure(out)).into_iter().min().unwrap();
    let out = room.desk.beside("out");
    let foreign = put_foreign(&out);
    let mut last = room.clean();
    let kills = rounds(6, 60);
    for round in 0..kills * 20 {
        if room.killed >= kills {
            break;
        }
        let mut states = vec![last];
        for again in 0..=room.random.below(3) {
            room.edit();
            states.push(room.clean());
            let kill = room.moment(whole);
            room.kill("out", kill);
            check_whole(&out, &states, &foreign, &format!("round {round}, {again}, {kill:?}"));
        }
        if room.random.below(2) > 0 {
            room.edit();
        }
        last = room.finish("out", &foreign, &format!("round {round}"));
    }
    assert!(room.killed >= kills, "only {} builds were killed while they ran", room.killed);
    println!("{} builds were killed", room.killed);
}

/// `strace` ends the build at its n-th call that changes the disk, for one n after the other.
#[test]
fn a_build_may_be_killed_at_every_call_that_changes_the_disk() {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        return println!("skipped: there is no strace");
    }
    let step = rounds(37, 1) as usize;
    for call in ["rename", "unlink", "unlinkat", "rmdir", "mkdir", "write"] {
        let room = Newsroom::new(12, 3);
        room.swap();
        room.measure("out");
        let foreign = put_foreign(&room.desk.beside("out"));
        let mut last = room.clean();
        for nth in (1..).step_by(step) {
            room.entitle(&format!("Desk {nth}"));
            room.swap();
            room.desk
                .write(&format!("content/topics/topic-{nth}.md"), format!("---\nname: Topic {nth}\n---\n"));
            let _ = fs::remove_file(
                room.desk.root().join(format!("content/topics/topic-{}.md", nth - step.min(nth))),
            );
            let states = [last, room.clean()];
            let ended = strace(&room.desk, call, nth);
            let when = format!("{call} {nth}");
            check_whole(&room.desk.beside("out"), &states, &foreign, &when);
            last = room.finish("out", &foreign, &when);
            if ended {
                println!("{call}: {nth} calls");
                break;
            }
        }
    }
}

/// Whether a build ended before its n-th call.
fn strace(desk: &Desk, call: &str, nth: usize) -> bool {
    let build = desk.command("out");
    let mut command = Command::new("strace");
    command.args(["-f", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e"]);
    command.arg(format!("inject={call}:signal=SIGKILL:when={nth}"));
    command.arg(build.get_program()).args(build.get_args()).args(["--threads", "1"]);
    command.stdout(Stdio::null()).status().unwrap().success()
}

#[test]
fn a_build_that_fails_leaves_what_is_out_untouched() {
    let room = Newsroom::new(40, 4);
    room.measure("out");
    let out = room.desk.beside("out");
    let foreign = put_foreign(&out);
    let before = looks(&out);
    let template = "{% extends \"default/brief.html\" %}{% block body %}{% if brief.headline == \"Brief 7 in its version 0\" %}\
                    {{ brief.nothing }}{% endif %}{{ super() }}{% endblock body %}";
    let failing = [
        ("templates/brief.html", template, "E0503"),
        ("content/briefs/2017/01/broken.md", "---\ntitle: [\n---\n", "E0117"),
        ("content/site.yaml", "title: Desk\nbase_url: nowhere\n", "E0218"),
    ];
    for (path, text, code) in failing {
        let old = fs::read(room.desk.root().join(path)).ok();
        room.desk.write(path, text);
        for out in ["out", "first"] {
            let (status, said) = room.desk.run(out, &[]);
            assert_eq!(status, Some(1), "{path}: {said}");
            assert!(said.contains(code) && said.contains("nothing was published"), "{path}: {said}");
        }
        assert_eq!(looks(&out), before, "{path}");
        assert_eq!(tree(&room.desk.beside("first")), Tree::new(), "{path}");
        assert!(!out.join(staging::NAME).exists(), "{path}: the staging folder is left");
        match old {
            Some(old) => room.desk.write(path, old),
            None => room.desk.delete(path),
        }
    }
    room.finish("out", &foreign, "after it was mended");
    assert_eq!(looks(&out), before, "nothing had changed after all");
    room.finish("first", &Tree::new(), "a first build after failed ones");
}

/// A file system in memory, for as long as it lives.
struct Mount(PathBuf);

impl Mount {
    /// `None`, with the reason printed, where mounting is not possible.
    fn new(path: PathBuf, options: &str) -> Option<Mount> {
        fs::create_dir_all(&path).unwrap();
        match Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&path).output() {
            Ok(output) if output.status.success() => return Some(Mount(path)),
            Ok(output) => println!("skipped: cannot mount: {}", String::from_utf8_lossy(&output.stderr)),
            Err(error) => println!("skipped: cannot mount: {error}"),
        }
        None
    }

    fn again(&self, options: &str) {
        let options = format!("remount,{options}");
        assert!(Command::new("mount").args(["-o", &options]).arg(&self.0).status().unwrap().success());
    }

    /// Fills it up to some bytes.
    fn fill(&self, left: u64) {
        let mut file = fs::File::create(self.0.join("filler")).unwrap();
        let mut size = 0;
        while let Ok(written) = file.write(&[0; 4096]) {
            size += written as u64;
        }
        file.set_len(size.saturating_sub(left)).unwrap();
    }

    /// Uses up its inodes up to some.
    fn fill_inodes(&self, left: usize) {
        let folder = self.0.join("filler");
        fs::create_dir(&folder).unwrap();
        let made = (0..)
            .take_while(|number: &usize| fs::File::create(folder.join(number.to_string())).is_ok())
            .count();
        (0..left.min(made)).for_each(|number| fs::remove_file(folder.join(number.to_string())).unwrap());
    }

    fn empty(&self) {
        let filler = self.0.join("filler");
        fs::remove_file(&filler).or_else(|_| fs::remove_dir_all(&filler)).unwrap();
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_what_is_out_and_the_next_build_with_room_ends() {
    let room = Newsroom::new(20, 5);
    let Some(disk) = Mount::new(room.desk.beside("disk"), "size=16m,nr_inodes=2000") else { return };
    let out = room.desk.beside("disk/out");
    room.measure("disk/out");
    let foreign = put_foreign(&out);
    for (round, left) in [0, 4096, 65_536, 262_144].into_iter().enumerate() {
        room.entitle(&format!("Bytes {round}"));
        disk.fill(left);
        refuse_for_room(&room.desk, "disk/out", &format!("{left} bytes left"));
        disk.empty();
        room.finish("disk/out", &foreign, &format!("{left} bytes left, then room"));
    }
    for left in [0, 1, 2, 9] {
        room.entitle(&format!("Inodes {left}"));
        disk.fill_inodes(left);
        refuse_for_room(&room.desk, "disk/out", &format!("{left} inodes left"));
        disk.empty();
        room.finish("disk/out", &foreign, &format!("{left} inodes left, then room"));
    }
    disk.fill(8192);
    refuse_for_room(&room.desk, "disk/first", "a first build without room");
    disk.empty();
    room.finish("disk/first", &Tree::new(), "a first build with room after one without");
}

fn refuse_for_room(desk: &Desk, out: &str, when: &str) {
    let before = looks(&desk.beside(out));
    let (status, said) = desk.run(out, &[]);
    assert_eq!(status, Some(2), "{when}: {said}");
    assert!(said.contains("No space left"), "{when}: {said}");
    assert_eq!(looks(&desk.beside(out)), before, "{when}");
    assert!(!desk.beside(out).join(staging::NAME).exists(), "{when}: the staging folder is left");
}

/// Here the ledger has no room either: sheets may be out before the ledger is written to the end.
#[test]
fn a_disk_that_is_full_for_site_ledger_and_output_alike_loses_nothing() {
    let mut room = Newsroom::new(20, 6);
    let Some(disk) = Mount::new(room.desk.beside("disk"), "size=128m") else { return };
    let site = disk.0.join("site");
    let copied = Command::new("cp").arg("-a").arg(room.desk.root()).arg(&site).status().unwrap();
    assert!(copied.success());
    std::os::unix::fs::symlink(site.join(".dateline"), room.desk.root().join(".dateline")).unwrap();
    fs::create_dir(site.join(".dateline")).unwrap();
    room.measure("disk/out");
    let foreign = put_foreign(&disk.0.join("out"));
    let mut last = room.clean();
    let mut refused = 0;
    for round in 0..rounds(12, 120) {
        room.edit();
        let states = [last, room.clean()];
        disk.fill(room.random.below(80) * 4096);
        let (status, said) = room.desk.run("disk/out", &[]);
        disk.empty();
        refused += u32::from(status == Some(2));
        assert!(
            status == Some(0) || status == Some(2) && said.contains("No space left"),
            "round {round}: {said}"
        );
        check_whole(&disk.0.join("out"), &states, &foreign, &format!("round {round}"));
        last = room.finish("disk/out", &foreign, &format!("round {round}"));
    }
    assert!(refused > 0, "the disk never was too full");
}

#[test]
fn an_output_folder_that_cannot_be_written_to_is_left_alone() {
    let mut room = Newsroom::new(20, 7);
    let Some(disk) = Mount::new(room.desk.beside("disk"), "size=16m") else { return };
    let out = disk.0.join("out");
    room.measure("disk/out");
    room.edit();
    let before = looks(&out);
    disk.again("ro");
    for out in ["disk/out", "disk/first"] {
        let (status, said) = room.desk.run(out, &[]);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains("Read-only"), "{said}");
    }
    assert_eq!(looks(&out), before);
    disk.again("rw");
    room.finish("disk/out", &Tree::new(), "when it may be written to again");
}

#[test]
fn another_build_of_the_generator_prints_all_and_still_owns_what_is_out() {
    let room = Newsroom::new(20, 8);
    let all = room.desk.publish("out").0.len();
    let foreign = put_foreign(&room.desk.beside("out"));
    let mut flags = flags();
    flags.build_id = Digest::of(b"another");
    let before = looks(&room.desk.beside("out"));
    room.desk.delete(&numbered(3, 0, 0).0);
    let delivery = room.desk.build_with("out", flags, Opening::default()).unwrap().delivery.unwrap();
    assert_eq!((delivery.printed.len(), delivery.kept), (all - delivery.withdrawn.len(), 0));
    assert!(!delivery.withdrawn.is_empty());
    let mut wanted = room.clean();
    wanted.extend(foreign.clone());
    same_trees(&tree(&room.desk.beside("out")), &wanted, "another build id");
    let after = looks(&room.desk.beside("out"));
    assert!(foreign.keys().all(|path| before[path] == after[path]), "files of others were touched");
}

/// What may have become of a ledger; `None` where it is gone.
type Damage = fn(Vec<u8>) -> Option<Vec<u8>>;

#[test]
fn without_a_readable_ledger_a_folder_is_left_alone_until_it_is_taken_over() {
    let damages: [(&str, Damage); 5] = [
        ("deleted", |_| None),
        ("empty", |_| Some(Vec::new())),
        ("cut in half", |bytes| Some(bytes[..bytes.len() / 2].to_vec())),
        ("one bit is another", |mut bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            Some(bytes)
        }),
        ("of something else", |_| Some(b"SQLite format 3\0".repeat(100))),
    ];
    for (name, damage) in damages {
        lose_ledger(name, damage);
    }
}

fn lose_ledger(name: &str, damage: Damage) {
    let room = Newsroom::new(20, 9);
    room.measure("out");
    let out = room.desk.beside("out");
    let mut foreign = put_foreign(&out);
    let is_of_out = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("out-");
    let ledger = room.desk.own("ledger").into_iter().find(is_of_out).unwrap();
    match damage(fs::read(&ledger).unwrap()) {
        Some(bytes) => fs::write(&ledger, bytes).unwrap(),
        None => fs::remove_file(&ledger).unwrap(),
    }
    let (gone, _) = numbered(3, 0, 0);
    room.desk.delete(&gone);
    let before = looks(&out);
    let (status, said) = room.desk.run("out", &[]);
    assert_eq!(status, Some(2), "{name}: {said}");
    assert!(said.contains("--adopt") && said.contains("nothing was touched"), "{name}: {said}");
    assert_eq!(looks(&out), before, "{name}");

    let (status, said) = room.desk.run("out", &["--adopt"]);
    assert_eq!(status, Some(0), "{name}: {said}");
    let clean = room.clean();
    assert!(said.contains(&format!("{} printed, 0 withdrawn, 0 kept", clean.len())), "{name}: {said}");
    let left: Tree = tree(&out).into_iter().filter(|(path, _)| !clean.contains_key(path)).collect();
    assert!(
        left.len() > foreign.len() && left.keys().any(|path| path.ends_with("/brief-3.html")),
        "{name}: {left:?}"
    );
    for path in left.keys() {
        assert!(said.contains(&format!("\n  {path}\n")), "{name}: `{path}` is not listed: {said}");
        assert_eq!(looks(&out)[path], before[path], "{name}: `{path}` was touched");
    }
    foreign.extend(left);
    room.finish("out", &foreign, &format!("{name}: after it was taken over"));
}
