//! The same sources make the same bytes: on any number of threads, in any time zone and language, from any folder
//! and order of files, whatever the umask, and by `SOURCE_DATE_EPOCH` as by `--now`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk")]
#![cfg(unix)]

mod common;

use common::{NOW, Random, numbered, rounds, tree};
use dateline::base::digest::Digester;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, UNIX_EPOCH};
use tempfile::TempDir;

/// `NOW` in seconds since 1970.
const EPOCH: &str = "1767225600";

const ZONES: [&str; 5] =
    ["UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago"];

const LANGUAGES: [&str; 3] = ["C", "de_DE.UTF-8", "tr_TR.UTF-8"];

/// A folder for sites, and what was made so far: the names of the ways by the digest of what they made.
struct Bench {
    folder: TempDir,
    files: Vec<(String, Vec<u8>)>,
    made: BTreeMap<String, Vec<String>>,
}

impl Bench {
    /// The repository's own site and some briefs more.
    fn new() -> Bench {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        let own = tree(&repository.join("content"))
            .into_iter()
            .map(|(path, bytes)| (format!("content/{path}"), bytes));
        let more =
            (0..100).map(|number| numbered(number, 0, 0)).map(|(path, text)| (path, text.into_bytes()));
        let files = [("static/CNAME", "example.org\n"), ("static/custom.css", "p { color: red }\n")];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.into()));
        Bench {
            folder: tempfile::tempdir().unwrap(),
            files: own.chain(more).chain(files).collect(),
            made: BTreeMap::new(),
        }
    }

    /// Writes the site's files to a folder, in an order and with times that a seed decides.
    fn write(&self, name: &str, seed: u64) -> PathBuf {
        let root = self.folder.path().join(name);
        let mut random = Random(seed);
        let mut files: Vec<(u64, &(String, Vec<u8>))> =
            self.files.iter().map(|file| (random.below(u64::MAX), file)).collect();
        files.sort();
        for (number, (path, bytes)) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            let time = UNIX_EPOCH + Duration::from_secs(number % 2_000_000_000);
            File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        }
        root
    }

    /// Builds the site at a root in a way that `with` decides, and notes what was made.
    fn build(&mut self, way: &str, root: &Path, with: impl FnOnce(&mut Command)) {
        let out = tempfile::tempdir_in(self.folder.path()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(["build", "--quiet", "--root"]).arg(root).arg("--out").arg(out.path());
        with(&mut command);
        self.note(way, command, out.path());
    }

    fn note(&mut self, way: &str, mut command: Command, out: &Path) {
        let output = command.output().unwrap();
        assert!(output.status.success(), "{way}: {}", String::from_utf8_lossy(&output.stderr));
        let mut digester = Digester::default();
        let made = tree(out);
        assert!(made.len() > 100, "{way}: {} files", made.len());
        made.iter().for_each(|(path, bytes)| _ = digester.text(path).bytes(bytes));
        self.made.entry(format!("{:?}", digester.finish())).or_default().push(way.to_owned());
    }

    /// Fails unless all ways made the same bytes.
    fn check(&self) {
        let ways: usize = self.made.values().map(Vec::len).sum();
        assert_eq!(self.made.len(), 1, "{:#?}", self.made);
        println!("{ways} ways, one digest");
    }
}

fn at_now(command: &mut Command) {
    command.env_remove("SOURCE_DATE_EPOCH").args(["--now", NOW]);
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let mut bench = Bench::new();
    let root = bench.write("site", 1);
    for _ in 0..rounds(1, 10) {
        for threads in ["1", "2", "8"] {
            bench.build(threads, &root, |command| at_now(command.args(["--threads", threads])));
        }
    }
    bench.check();
}

#[test]
fn the_same_bytes_in_any_time_zone_and_language() {
    let mut bench = Bench::new();
    let root = bench.write("site", 1);
    let all = ZONES
        .iter()
        .enumerate()
        .flat_map(|zone| LANGUAGES.iter().enumerate().map(move |language| (zone, language)));
    let sample = rounds(LANGUAGES.len() as u32, 1) as usize;
    for ((at, zone), (number, language)) in all {
        if at % sample == number % sample {
            bench.build(&format!("{zone} {language}"), &root, |command| {
                at_now(command.env("TZ", zone).env("LANG", language).env("LC_ALL", language));
            });
        }
    }
    bench.check();
}

#[test]
fn the_same_bytes_from_any_folder_and_order_of_files_and_times() {
    let mut bench = Bench::new();
    for round in 0..rounds(3, 20) {
        let name = ["site", "another site/ä/deeper", "s"][round as usize % 3];
        let root = bench.write(&format!("{round}/{name}"), u64::from(round));
        bench.build(&format!("{round}: {name}"), &root, at_now);
    }
    bench.check();
}

#[test]
fn the_same_bytes_whatever_the_umask() {
    let mut bench = Bench::new();
    let root = bench.write("site", 1);
    for umask in ["022", "077", "000"] {
        let out = bench.folder.path().join(umask);
        let mut command = Command::new("sh");
        command.args(["-c", &format!("umask {umask}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_dateline")]);
        command.args(["build", "--quiet", "--root"]).arg(&root).arg("--out").arg(&out);
        at_now(&mut command);
        bench.note(umask, command, &out);
    }
    bench.check();
}

#[test]
fn the_same_bytes_by_the_moment_of_the_environment_and_of_the_arguments() {
    let mut bench = Bench::new();
    let root = bench.write("site", 1);
    bench.build("--now", &root, at_now);
    bench.build("--now with an offset", &root, |command| {
        _ = command.args(["--now", "2026-01-01T05:45:00+05:45"])
    });
    bench.build("SOURCE_DATE_EPOCH", &root, |command| _ = command.env("SOURCE_DATE_EPOCH", EPOCH));
    bench.build("both", &root, |command| _ = command.env("SOURCE_DATE_EPOCH", "0").args(["--now", NOW]));
    bench.check();
}

#[test]
fn other_sources_make_other_bytes() {
    let mut bench = Bench::new();
    let root = bench.write("site", 1);
    bench.build("as it is", &root, at_now);
    fs::write(root.join("static/CNAME"), "example.com\n").unwrap();
    bench.build("one byte is another", &root, at_now);
    bench.build("for another address", &root, |command| {
        at_now(command.args(["--base-url", "https://example.net/"]))
    });
    assert_eq!(bench.made.len(), 3, "{:#?}", bench.made);
}
