//! Storms, and editors' ways of saving: whatever happens to a site's files, the preview shows it, without a restart;
//! and `watch` publishes it. The real binary runs here; nothing asserts on seconds.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk and the clock")]
#![cfg(unix)]

mod common;

use common::serve::{PATIENCE, Preview, Running, clean, command, until};
use common::{Desk, NOW, assert_equal, numbered, rounds, small_site, tree};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// A site of numbered briefs.
fn archive(briefs: usize) -> Desk {
    let mut files = small_site();
    files[0].1 = files[0].1.replace("period_limit: 3", "period_limit: 100");
    files.extend((0..briefs).map(|number| numbered(number, 0, 0)));
    Desk::new(files)
}

/// The brief that editors edit, and its page.
const EDITED: (&str, &str) = ("content/briefs/2013/01/brief-3.md", "2013/01/22/brief-3.html");

fn text(mark: &str) -> String {
    numbered(3, 0, 0).1.replace("Text 0.", mark)
}

/// A way of saving a file.
type Save = fn(&Path, &str);

/// The ways of editors, as strace shows them.
const WAYS: [(&str, Save); 13] = [
    ("write in place", |path, text| fs::write(path, text).unwrap()),
    ("write in place, in two goes", |path, text| {
        use std::io::Write;
        let mut file = fs::File::create(path).unwrap();
        file.write_all(&text.as_bytes()[..40]).unwrap();
        std::thread::sleep(Duration::from_millis(15));
        file.write_all(&text.as_bytes()[40..]).unwrap();
    }),
    ("temporary file and rename", |path, text| {
        let temporary = path.with_extension("md.tmp~");
        fs::write(&temporary, text).unwrap();
        fs::rename(temporary, path).unwrap();
    }),
    ("temporary file in another folder and rename", |path, text| {
        let temporary = path.ancestors().nth(5).unwrap().join("temporary");
        fs::write(&temporary, text).unwrap();
        fs::rename(temporary, path).unwrap();
    }),
    ("delete and create", |path, text| {
        fs::remove_file(path).unwrap();
        fs::write(path, text).unwrap();
    }),
    ("delete, wait and create", |path, text| {
        fs::remove_file(path).unwrap();
        std::thread::sleep(Duration::from_millis(40));
        fs::write(path, text).unwrap();
    }),
    ("vim", |path, text| {
        let swap = path.with_file_name(".brief-3.md.swp");
        let (probe, backup) = (path.with_file_name("4913"), path.with_file_name("brief-3.md~"));
        fs::write(&swap, "b0VIM").unwrap();
        fs::write(&probe, "").unwrap();
        fs::remove_file(probe).unwrap();
        fs::rename(path, &backup).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(backup).unwrap();
        fs::remove_file(swap).unwrap();
    }),
    ("emacs", |path, text| {
        let lock = path.with_file_name(".#brief-3.md");
        let (auto, backup) = (path.with_file_name("#brief-3.md#"), path.with_file_name("brief-3.md~"));
        symlink("editor@desk.1234:1700000000", &lock).unwrap();
        fs::write(&auto, text).unwrap();
        let _ = fs::remove_file(&backup);
        fs::rename(path, &backup).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(auto).unwrap();
        fs::remove_file(lock).unwrap();
    }),
    ("JetBrains", |path, text| {
        let (new, old) =
            (path.with_file_name("brief-3.md___jb_tmp___"), path.with_file_name("brief-3.md___jb_old___"));
        fs::write(&new, text).unwrap();
        fs::rename(path, &old).unwrap();
        fs::rename(new, path).unwrap();
        fs::remove_file(old).unwrap();
    }),
    ("nano and gedit", |path, text| {
        let hidden = path.with_file_name(".goutputstream-A1B2C3");
        fs::write(&hidden, text).unwrap();
        let backup = path.with_file_name("brief-3.md~");
        let _ = fs::remove_file(&backup);
        fs::hard_link(path, &backup).unwrap();
        fs::rename(hidden, path).unwrap();
    }),
    ("cp over", |path, text| {
        let other = path.ancestors().nth(5).unwrap().join("other.md");
        fs::write(&other, text).unwrap();
        assert!(Command::new("cp").arg(&other).arg(path).status().unwrap().success());
    }),
    ("cp with an old time", |path, text| {
        let other = path.ancestors().nth(5).unwrap().join("older.md");
        fs::write(&other, text).unwrap();
        set_back(&other);
        assert!(Command::new("cp").arg("-p").arg(&other).arg(path).status().unwrap().success());
    }),
    ("in place, and the time set back", |path, text| {
        fs::write(path, text).unwrap();
        set_back(path);
    }),
];

/// Gives a file an old time that no other file has.
fn set_back(path: &Path) {
    static TIMES: AtomicU64 = AtomicU64::new(1_000_000_000);
    let seconds = TIMES.fetch_add(60, Ordering::Relaxed);
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    fs::File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
}

/// Saves many times in every way, and waits each time until the page shows it.
fn save_in_every_way(preview: &Preview, desk: &Desk, root: &Path, times: u32) {
    for (way, (name, save)) in WAYS.into_iter().enumerate() {
        let mut took: Vec<Duration> = Vec::new();
        for turn in 0..times {
            // All of one length, so that no size tells.
            let mark = format!("Saved {way:02}-{turn:04}.");
            save(&root.join(EDITED.0), &text(&mark));
            let what = format!("{name}, time {turn}");
            took.push(until(&what, || preview.page(EDITED.1).contains(&mark)));
        }
        took.sort();
        println!(
            "{name}: {times} edits, none missed; median {:?}, worst {:?}",
            took[took.len() / 2],
            took.last()
        );
        let _ = fs::remove_file(root.join(EDITED.0.to_owned() + "~"));
        preview.becomes_clean(desk, &[], name);
    }
    assert_eq!(preview.errors(), 0);
}

#[test]
fn no_way_of_saving_is_missed() {
    let desk = archive(30);
    let preview = Preview::start(&desk.root(), &[]);
    save_in_every_way(&preview, &desk, &desk.root(), rounds(3, 100));
}

#[test]
fn no_way_of_saving_is_missed_behind_a_linked_root_or_folder() {
    let desk = archive(30);
    let link = desk.beside("link");
    symlink(desk.root(), &link).unwrap();
    fs::rename(desk.root().join("content"), desk.beside("real-content")).unwrap();
    symlink(desk.beside("real-content"), desk.root().join("content")).unwrap();
    let preview = Preview::start(&link, &[]);
    save_in_every_way(&preview, &desk, &desk.root(), rounds(1, 20));
}

#[test]
fn no_way_of_saving_is_missed_where_everything_is_looked_at_by_time() {
    let desk = archive(30);
    let preview = Preview::start(&desk.root(), &["--poll"]);
    save_in_every_way(&preview, &desk, &desk.root(), rounds(1, 10));
}

#[test]
fn where_the_system_has_no_watches_left_everything_is_looked_at_by_time() {
    for limit in ["max_inotify_watches", "max_inotify_instances"] {
        let desk = archive(30);
        let mut command = Command::new("unshare");
        let script = format!("echo 0 > /proc/sys/user/{limit} && exec \"$@\"");
        command.args(["--user", "--map-root-user", "sh", "-c", &script, "sh"]);
        if !Command::new("unshare")
            .args(["--user", "--map-root-user", "true"])
            .status()
            .is_ok_and(|it| it.success())
        {
            println!("skipped: this user may make no namespace to take its watches away");
            return;
        }
        command.arg(env!("CARGO_BIN_EXE_dateline")).args([
            "serve",
            "--port",
            "0",
            "--now",
            NOW,
            "--no-drafts",
        ]);
        command.arg("--root").arg(desk.root()).env_remove("SOURCE_DATE_EPOCH");
        let preview = Preview::of(command);
        let said = preview.running.said();
        let told = said.matches("everything is looked at twice a second instead").count();
        assert_eq!(told, 1, "{limit}: {said}");
        save_in_every_way(&preview, &desk, &desk.root(), 1);
    }
}

#[test]
fn where_watches_run_out_later_it_is_said_once_and_nothing_is_missed() {
    let desk = archive(3);
    let mut command = Command::new("unshare");
    // Root, three folders and those of the briefs: then a few more, and no others.
    command.args(["--user", "--map-root-user", "sh", "-c"]);
    command.args(["echo 30 > /proc/sys/user/max_inotify_watches && exec \"$@\"", "sh"]);
    if !Command::new("unshare")
        .args(["--user", "--map-root-user", "true"])
        .status()
        .is_ok_and(|it| it.success())
    {
        println!("skipped: this user may make no namespace to take its watches away");
        return;
    }
    command.arg(env!("CARGO_BIN_EXE_dateline")).args(["serve", "--port", "0", "--now", NOW, "--no-drafts"]);
    command.arg("--root").arg(desk.root()).env_remove("SOURCE_DATE_EPOCH");
    let mut preview = Preview::of(command);
    assert!(!preview.running.said().contains("twice a second"));
    for number in 0..60 {
        let (_, text) = numbered(number, 0, 0);
        desk.write(&format!("content/briefs/new/{number}/folder-{number}.md"), text);
    }
    preview.running.says("everything is looked at twice a second instead");
    preview.becomes_clean(&desk, &[], "60 folders where 30 can be watched");
    for number in 0..60 {
        let (_, text) = numbered(number, 1, 1);
        desk.write(&format!("content/briefs/new/{number}/folder-{number}.md"), text);
    }
    preview.becomes_clean(&desk, &[], "edits in all of them");
    assert_eq!(preview.running.said().matches("twice a second").count(), 1);
}

#[test]
fn what_is_not_told_is_seen_although_someone_else_never_stops_saving() {
    let desk = archive(10);
    let (quiet, page) = EDITED;
    let (_, text) = numbered(3, 0, 0);
    let (busy, _) = numbered(4, 0, 0);
    let outside = desk.beside("outside.md");
    fs::hard_link(desk.root().join(quiet), &outside).unwrap();
    let preview = Preview::start(&desk.root(), &[]);
    // Written under a name outside the site: no event tells of it.
    fs::write(&outside, text.replace("Text 0.", "Text that nothing told of.")).unwrap();
    let mut turn = 0;
    until("the quiet edit is seen", || {
        turn += 1;
        desk.write(&busy, numbered(4, 0, turn).1);
        std::thread::sleep(Duration::from_millis(20));
        preview.page(page).contains("Text that nothing told of.")
    });
}

#[test]
fn two_edits_within_a_tick_of_the_clock_are_both_seen() {
    let desk = archive(10);
    for arguments in [&[][..], &["--poll"]] {
        let preview = Preview::start(&desk.root(), arguments);
        for turn in 0..rounds(3, 50) {
            let (first, second) = (format!("First {turn:04}."), format!("Other {turn:04}."));
            let path = desk.root().join(EDITED.0);
            fs::write(&path, text(&first)).unwrap();
            if turn % 2 == 0 {
                until("the first is shown", || preview.page(EDITED.1).contains(&first));
            }
            let time = fs::metadata(&path).unwrap().modified().unwrap();
            fs::write(&path, text(&second)).unwrap();
            fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
            until("the second is shown", || preview.page(EDITED.1).contains(&second));
        }
    }
}

#[test]
fn storms_are_weathered() {
    let desk = archive(30);
    let preview = Preview::start(&desk.root(), &[]);
    let (many, folders) = (rounds(500, 5_000) as usize, 200);
    let took = until("written", || {
        for number in 100..100 + many {
            let (path, text) = numbered(number, 0, 0);
            desk.write(&path, text);
        }
        true
    });
    println!("{many} files were written in {took:?}");
    preview.becomes_clean(&desk, &[], "many files at once");
    for number in 100..100 + many {
        let (path, text) = numbered(number, 0, number);
        fs::write(desk.root().join(path), text).unwrap();
    }
    preview.becomes_clean(&desk, &[], "many files edited at once");
    for number in 0..folders {
        let text = numbered(number, 0, 0).1;
        desk.write(&format!("content/briefs/new/deep-{number}/er/in-{number}.md"), text);
    }
    preview.becomes_clean(&desk, &[], "new folders with a file each");
    for number in 0..folders {
        let text = numbered(number, 0, 1).1;
        fs::write(desk.root().join(format!("content/briefs/new/deep-{number}/er/in-{number}.md")), text)
            .unwrap();
    }
    preview.becomes_clean(&desk, &[], "files of new folders edited");
    for number in 100..100 + many {
        desk.delete(&numbered(number, 0, 0).0);
    }
    fs::remove_dir_all(desk.root().join("content/briefs/new")).unwrap();
    preview.becomes_clean(&desk, &[], "all of them gone");
    assert_eq!(preview.errors(), 0);
}

#[test]
fn edits_while_a_storm_goes_on_are_shown() {
    let desk = archive(30);
    let preview = Preview::start(&desk.root(), &[]);
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let start = Instant::now();
            for turn in 0.. {
                if ended.load(Ordering::Relaxed) || start.elapsed() > PATIENCE {
                    return;
                }
                desk.write("content/briefs/log.md", numbered(29, 0, turn).1);
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        for turn in 0..rounds(5, 100) {
            let mark = format!("Beside {turn:06}.");
            fs::write(desk.root().join(EDITED.0), text(&mark)).unwrap();
            until("an edit in a storm is shown", || preview.page(EDITED.1).contains(&mark));
        }
        ended.store(true, Ordering::Relaxed);
    });
    preview.becomes_clean(&desk, &[], "after the storm");
}

#[test]
fn a_checkout_of_another_branch_is_shown() {
    let changes = rounds(200, 1_000) as usize;
    let desk = archive(changes);
    let git = |arguments: &[&str]| {
        let names =
            ["-c", "user.name=Desk", "-c", "user.email=desk@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(names).args(arguments).current_dir(desk.root()).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q", "-b", "main"]) {
        println!("skipped: there is no git");
        return;
    }
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "one"]) && git(&["checkout", "-qb", "two"]));
    for number in 0..changes {
        match number % 4 {
            0 => desk.delete(&numbered(number, 0, 0).0),
            1 => desk.write(&format!("content/briefs/moved/{number}.md"), numbered(number, 1, 1).1),
            _ => desk.write(&numbered(number, 0, 0).0, numbered(number, 1, 1).1),
        }
    }
    assert!(git(&["add", "-A"]) && git(&["commit", "-qm", "two"]) && git(&["checkout", "-q", "main"]));
    let preview = Preview::start(&desk.root(), &[]);
    for branch in ["two", "main", "two"].into_iter().take(rounds(2, 3) as usize) {
        assert!(git(&["checkout", "-q", branch]));
        preview.becomes_clean(&desk, &[], &format!("a checkout of {branch}"));
    }
}

#[test]
fn folders_may_be_renamed_deleted_and_restored() {
    let desk = archive(60);
    let preview = Preview::start(&desk.root(), &[]);
    let at = |path: &str| desk.root().join(path);
    let rename = |from: &str, to: &str| {
        fs::rename(at(from), at(to)).unwrap();
        preview.becomes_clean(&desk, &[], &format!("{from} became {to}"));
    };
    // After each, an edit below the folder shows that it is watched.
    let edit = |path: &str, body: usize| {
        fs::write(at(path), numbered(3, 0, body).1).unwrap();
        until("an edit below it", || preview.page(EDITED.1).contains(&format!("Text {body}.")));
    };
    rename("content/briefs/2013", "content/briefs/other");
    edit("content/briefs/other/01/brief-3.md", 1);
    rename("content/briefs/other", "content/briefs/2013");
    edit(EDITED.0, 2);
    for turn in 0..rounds(2, 10) as usize {
        fs::rename(at("content"), desk.beside("away")).unwrap();
        until("content is gone", || preview.errors() > 0);
        fs::rename(desk.beside("away"), at("content")).unwrap();
        until("content is back", || preview.errors() == 0);
        edit(EDITED.0, 10 + turn);
        let saved = tree(&at("content"));
        fs::remove_dir_all(at("content")).unwrap();
        until("content is deleted", || preview.errors() > 0);
        saved.iter().for_each(|(path, bytes)| desk.write(&format!("content/{path}"), bytes));
        until("content is restored", || preview.errors() == 0);
        edit(EDITED.0, 20 + turn);
        preview.becomes_clean(&desk, &[], "content was deleted and restored");
    }
    desk.write("templates/partials/footer.html", "<footer id=\"footer\">New</footer>");
    until("a new folder of templates", || preview.page("index.html").contains(">New<"));
    fs::remove_dir_all(at("templates")).unwrap();
    until("they are gone", || !preview.page("index.html").contains(">New<"));
    preview.becomes_clean(&desk, &[], "after all of it");
}

#[test]
fn the_root_itself_may_go_and_come_back() {
    let desk = archive(20);
    let mut preview = Preview::start(&desk.root(), &[]);
    let good = clean(&desk, &[]);
    let copy = |from: &Path, to: &Path| {
        assert!(Command::new("cp").arg("-r").arg(from).arg(to).status().unwrap().success());
    };
    for turn in 0..rounds(2, 6) as usize {
        fs::rename(desk.root(), desk.beside("away")).unwrap();
        until("the root is gone", || preview.errors() > 0);
        let pages: Vec<String> = good.keys().filter(|path| path.ends_with(".html")).cloned().collect();
        assert!(preview.all(&pages).iter().all(|(path, bytes)| good[path] == *bytes || turn > 0));
        if turn % 2 == 0 {
            fs::rename(desk.beside("away"), desk.root()).unwrap();
        } else {
            // Another folder of the same name: nothing that was watched is there any more.
            copy(&desk.beside("away"), &desk.root());
            fs::remove_dir_all(desk.beside("away")).unwrap();
        }
        until("the root is back", || preview.errors() == 0);
        // The first may come before the folders are watched again; those after it are heard of.
        let mut took = Duration::ZERO;
        for body in 0..4 {
            let mark = format!("Back {turn}-{body}.");
            fs::write(desk.root().join(EDITED.0), text(&mark)).unwrap();
            took = until("an edit after that", || preview.page(EDITED.1).contains(&mark));
        }
        println!("an edit after the root came back took {took:?}");
        preview.becomes_clean(&desk, &[], "the root is back");
    }
    assert!(preview.running.lives());
}

/// `dateline watch` of a desk, publishing beside it.
fn watching(desk: &Desk, out: &Path, more: &[&str]) -> Running {
    let mut command = command(&["watch", "--now", NOW, "--root"]);
    command.arg(desk.root()).arg("--out").arg(out).args(more);
    let mut running = Running::start(command);
    running.says(" printed, ");
    running
}

fn publishes(desk: &Desk, out: &Path, running: &Running, when: &str) {
    let expected = clean(desk, &[]);
    until(&format!("{when}: {}", running.said()), || tree(out) == expected);
}

#[test]
fn watch_publishes_whatever_happens() {
    let desk = archive(40);
    let out = desk.beside("out");
    let mut running = watching(&desk, &out, &[]);
    assert_equal(&tree(&out), &clean(&desk, &[]), "the first round");
    for (way, (name, save)) in WAYS.into_iter().enumerate() {
        for turn in 0..rounds(1, 100) {
            let mark = format!("Saved {way:02}-{turn:04}.");
            save(&desk.root().join(EDITED.0), &text(&mark));
            let shown = || fs::read_to_string(out.join(EDITED.1)).is_ok_and(|page| page.contains(&mark));
            until(&format!("{name} is published"), shown);
        }
        let _ = fs::remove_file(desk.root().join(EDITED.0.to_owned() + "~"));
    }
    publishes(&desk, &out, &running, "after all ways of saving");
    for number in 100..100 + rounds(100, 5_000) as usize {
        let (path, text) = numbered(number, 0, 0);
        desk.write(&path, text);
    }
    publishes(&desk, &out, &running, "after a storm");

    let good = tree(&out);
    let (path, text) = numbered(5, 0, 0);
    desk.write(&path, text.replace("date: ", "date: x"));
    running.says("nothing was published");
    assert_equal(&tree(&out), &good, "while there are errors");
    desk.write(&path, text.replace("Text 0.", "Mended."));
    publishes(&desk, &out, &running, "mended");

    // A build of another process between two rounds is no trouble.
    let (status, said) = desk.run("out", &[]);
    assert_eq!(status, Some(0), "{said}");
    desk.write(&path, text);
    publishes(&desk, &out, &running, "after another's build");
    running.signal("TERM");
    assert_eq!(running.wait().code(), Some(0));
}

#[test]
fn watch_survives_a_full_disk() {
    let desk = archive(40);
    let disk = desk.beside("disk");
    fs::create_dir(&disk).unwrap();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(&disk).status();
    if !mount.is_ok_and(|status| status.success()) {
        println!("skipped: this user may not mount a small disk");
        return;
    }
    let _mounted = Mounted(disk.clone());
    let out = disk.join("out");
    let mut running = watching(&desk, &out, &[]);
    let filler = disk.join("filler");
    fs::write(&filler, vec![0; 3_900_000]).ok();
    let mut rest = fs::File::options().append(true).open(&filler).unwrap();
    while std::io::Write::write_all(&mut rest, &[0; 512]).is_ok() {}
    desk.write(
        "content/site.yaml",
        desk.read("content/site.yaml").replace("title: Desk", "title: A long title"),
    );
    let said = running.says("the next change is published again");
    assert!(said.contains("error: ") && said.contains("No space left on device"), "{said}");
    assert!(running.lives());
    drop(rest);
    fs::remove_file(filler).unwrap();
    desk.write(EDITED.0, text("There is room."));
    publishes(&desk, &out, &running, "there is room again");
    running.signal("INT");
    assert_eq!(running.wait().code(), Some(0));
}

/// A disk that is taken away at the end.
struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn watch_survives_an_output_that_cannot_be_written() {
    let desk = archive(20);
    let out = desk.beside("out");
    let mut running = watching(&desk, &out, &[]);
    let page = out.join(EDITED.1);
    let folder = page.parent().unwrap();
    // What even root may not do: put a file where a folder is that is not ours.
    fs::remove_file(&page).unwrap();
    fs::create_dir(&page).unwrap();
    fs::write(page.join("theirs.txt"), "theirs").unwrap();
    desk.write(EDITED.0, text("Held up."));
    let said = running.says("the next change is published again");
    assert!(running.lives() && said.contains("brief-3.html"), "{said}");
    fs::remove_dir_all(&page).unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    desk.write(EDITED.0, text("Goes on."));
    publishes(&desk, &out, &running, "the way is free");
    running.signal("INT");
    assert_eq!(running.wait().code(), Some(0));
}

#[test]
fn the_terminal_ends_it_at_once_and_all_is_well() {
    let desk = archive(30);
    for signal in ["INT", "TERM", "HUP"] {
        let mut preview = Preview::start(&desk.root(), &[]);
        let mut tab = preview.client();
        tab.send(b"GET /.dateline/events?address=/news/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
        tab.read_some();
        preview.running.signal(signal);
        assert_eq!(preview.running.wait().code(), Some(0), "serve, {signal}");
        let mut running = watching(&desk, &desk.beside("out"), &[]);
        running.signal(signal);
        assert_eq!(running.wait().code(), Some(0), "watch, {signal}");
    }
    // Before the first round is done, too.
    for turn in 0..rounds(4, 40) {
        let mut command = command(&["serve", "--port", "0", "--root"]);
        command.arg(desk.root());
        let mut running = Running::start(command);
        until("its handler stands", || caught(running.id()));
        std::thread::sleep(Duration::from_millis(u64::from(turn)));
        running.signal("INT");
        assert_eq!(running.wait().code(), Some(0), "turn {turn}: {}", running.said());
    }
}

/// Whether a process listens to SIGINT.
fn caught(id: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or("0");
    u64::from_str_radix(mask.trim(), 16).unwrap() & 2 != 0
}

#[test]
fn a_second_server_on_the_same_site_is_fine() {
    let desk = archive(20);
    let first = Preview::start(&desk.root(), &[]);
    let mut command = command(&["serve", "--now", NOW, "--no-drafts", "--root"]);
    command.arg(desk.root()).args(["--port", &first.port.to_string()]);
    let second = Preview::of(command);
    assert!(second.port > first.port);
    let said = second.running.said();
    assert!(said.contains(&format!("port {} is taken", first.port)), "{said}");
    desk.write(EDITED.0, text("Seen by both."));
    for preview in [&first, &second] {
        until("both show it", || preview.page(EDITED.1).contains("Seen by both."));
        preview.becomes_clean(&desk, &[], "a second server");
    }
}

#[test]
fn what_cannot_be_served_is_said_with_what_to_do() {
    let desk = archive(3);
    let root = desk.root().to_str().unwrap().to_owned();
    let empty = desk.beside("empty");
    fs::create_dir(&empty).unwrap();
    let run = |arguments: &[&str]| {
        let mut running = Running::start(command(arguments));
        let status = running.wait().code();
        until("all is said", || !running.said().is_empty());
        (status, running.said())
    };
    for name in ["serve", "watch"] {
        let (status, said) = run(&[name, "--root", empty.to_str().unwrap()]);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains("is no site: it has no `content/site.yaml`"), "{said}");
    }
    let (status, said) = run(&["serve", "--root", &root, "--bind", "192.0.2.1"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(
        said.contains("192.0.2.1 is no address of this machine; give one of its own by `--bind`"),
        "{said}"
    );
    let (status, said) = run(&["serve", "--root", &root, "--editor-url", "vscode://file"]);
    assert!(status == Some(2) && said.contains("has no `{path}`"), "{said}");
    let (status, said) = run(&["serve", "--root", &root, "--base-url", "ftp://x/"]);
    assert!(status == Some(2) && said.contains("--base-url"), "{said}");

    let mut command = Command::new("setpriv");
    command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps=-all"]);
    command.arg(env!("CARGO_BIN_EXE_dateline")).args(["serve", "--port", "80", "--root"]).arg(&root);
    fs::set_permissions(desk.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let ports = fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start").unwrap_or_default();
    match command.output() {
        Ok(output)
            if ports.trim() == "1024" && !String::from_utf8_lossy(&output.stderr).contains("setpriv") =>
        {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("may not listen at port 80; give one over 1023 by `--port`"), "{said}");
        }
        _ => println!("skipped: no user here is refused a port"),
    }
}

#[test]
fn a_folder_that_cannot_be_read_for_a_while_ends_nothing() {
    let desk = archive(20);
    fs::set_permissions(desk.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new("setpriv");
    command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
    command.arg(env!("CARGO_BIN_EXE_dateline")).args(["serve", "--port", "0", "--now", NOW, "--no-drafts"]);
    command.arg("--root").arg(desk.root()).env_remove("SOURCE_DATE_EPOCH");
    let may = Command::new("setpriv").args(["--reuid", "65534", "--clear-groups", "true"]).status();
    if !may.is_ok_and(|status| status.success()) {
        println!("skipped: this user may not become another one, whom the system refuses a folder");
        return;
    }
    let mut preview = Preview::of(command);
    let folder = desk.root().join("content/briefs/2013");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
    preview.running.says(&format!("cannot read the site: `{}`: Permission denied", folder.display()));
    assert_eq!(preview.page(EDITED.1).matches("Text 0.").count(), 1);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    desk.write(EDITED.0, text("Read again."));
    until("it is read again", || preview.page(EDITED.1).contains("Read again."));
    preview.becomes_clean(&desk, &[], "read again");
    assert!(preview.running.lives());
}
