//! What the tests share: a site in a folder of its own, built by the library as the command does it.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests touch the disk, and stop where it fails"
)]
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod edits;
pub mod serve;
pub mod xml;

use dateline::base::date::Moment;
use dateline::base::digest::Digest;
use dateline::base::report::Report;
use dateline::base::show::{self, Form};
use dateline::command::build::{self, Kept, Outcome};
use dateline::command::site::Site;
use dateline::deliver::folder::{Folder, Opening};
use dateline::newsroom::Flags;
use dateline::press::{Edition, Sheet};
use dateline::read::sources::Stat;
use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The moment that counts as now in tests.
pub const NOW: &str = "2026-01-01T00:00:00Z";

/// How many rounds a property test does: a fixed small sample, or the counts that the issues name.
pub fn rounds(sample: u32, long: u32) -> u32 {
    if std::env::var_os("DATELINE_LONG").is_some() { long } else { sample }
}

/// A site in a temporary folder.
pub struct Desk {
    /// Keeps the folder.
    pub folder: TempDir,
}

impl Desk {
    /// A site of these files.
    pub fn new<P: AsRef<str>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            desk.write(path.as_ref(), text.as_ref());
        }
        desk
    }

    /// The site's root.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// A folder beside the site.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the site.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads a file of the site.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// Deletes a file of the site.
    pub fn delete(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    /// Builds into a folder beside the site.
    pub fn build(&self, out: &str) -> Outcome {
        self.build_with(out, flags(), Opening::default()).unwrap()
    }

    /// Builds with flags.
    pub fn build_with(&self, out: &str, flags: Flags, opening: Opening) -> anyhow::Result<Outcome> {
        let site = Site { root: self.root(), out: self.beside(out), flags, fixed: true };
        let mut folder = Folder::open(&site.root, &site.out, opening, |_| {})?;
        build::build(&site, &mut folder, &|_| {})
    }

    /// Builds with what was out in mind.
    pub fn build_keeping(&self, out: &str, kept: Kept<'_>) -> anyhow::Result<Outcome> {
        let site = Site { root: self.root(), out: self.beside(out), flags: flags(), fixed: true };
        let mut folder = Folder::open(&site.root, &site.out, Opening::default(), |_| {})?;
        build::build_with(&site, &mut folder, kept, &|_| {})
    }

    /// Builds, and expects that there are no errors; returns the paths that were printed and withdrawn.
    pub fn publish(&self, out: &str) -> (Vec<String>, Vec<String>) {
        let outcome = self.build(out);
        let said = show::show(&outcome.report, Form::Short, 20, &|file| outcome.sources.text(file));
        let delivery = outcome.delivery.unwrap_or_else(|| panic!("{said}"));
        (delivery.printed, delivery.withdrawn)
    }

    /// The real binary, about to build into a folder beside the site, with the `now` of tests.
    pub fn command(&self, out: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(["build", "--now", NOW, "--root"]).arg(self.root()).arg("--out").arg(self.beside(out));
        command.env_remove("SOURCE_DATE_EPOCH");
        command
    }

    /// Runs the real binary; returns its exit status and all that it said.
    pub fn run(&self, out: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.command(out).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
        (output.status.code(), said.into_owned())
    }

    /// Files of the site's `.dateline/` with an ending, such as `ledger`; sorted.
    pub fn own(&self, ending: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.root().join(".dateline")).into_iter().flatten();
        let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| path.extension().is_some_and(|own| own == ending));
        found.sort();
        found
    }
}

/// Whether a program is here; where it must be and is not, the test fails.
pub fn has(program: &str) -> bool {
    let found = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .any(|folder| folder.join(program).is_file());
    assert!(found || std::env::var_os("DATELINE_TOOLS").is_none(), "`{program}` is not installed");
    if !found {
        // Not by `println!`, which is caught while a test passes.
        let _ = writeln!(std::io::stderr(), "left out: {program} is not installed; `tests/run` installs it");
    }
    found
}

/// Numbers that look random and are the same in every run (Knuth's MMIX).
pub struct Random(pub u64);

impl Random {
    /// The next number below a limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// The flags of tests.
pub fn flags() -> Flags {
    let build_id = Digest::of(b"tests");
    Flags { now: Moment::parse(NOW).unwrap(), drafts: false, base_url: None, build_id }
}

/// Every file of a folder by its path, with its bytes.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    gather(folder, folder, &mut found);
    found
}

/// Every page of an edition by its path, printed into memory.
pub fn printed(edition: &Edition, root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut said = Report::default();
    let mut all = BTreeMap::new();
    for page in edition.plan.pages.iter() {
        let mut buffer = Vec::new();
        let bytes = match edition.print(&edition.set(page), &mut buffer, &mut said) {
            Some(Sheet::Bytes(bytes)) => bytes.to_vec(),
            Some(Sheet::Copy(source)) => fs::read(root.join(&*source)).unwrap(),
            None => panic!("{}: {said:?}", page.path),
        };
        all.insert(page.path.to_string(), bytes);
    }
    all
}

/// Fails, naming the paths, when two sets of files differ.
pub fn assert_equal(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>, when: &str) {
    let paths = left.keys().chain(right.keys());
    let mut differing: Vec<&String> = paths.filter(|path| left.get(*path) != right.get(*path)).collect();
    differing.sort();
    differing.dedup();
    assert!(differing.is_empty(), "{when}: these differ: {differing:?}");
}

/// Size, time and inode of every file of a folder: whether it was touched at all.
pub fn looks(folder: &Path) -> BTreeMap<String, Stat> {
    let stat = |path: &String| Stat::of(&fs::metadata(folder.join(path)).unwrap());
    tree(folder).keys().map(|path| (path.clone(), stat(path))).collect()
}

fn gather(top: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(top, &path, found);
        } else {
            let inside = path.strip_prefix(top).unwrap().to_string_lossy().into_owned();
            match fs::read(&path) {
                Ok(bytes) => drop(found.insert(inside, bytes)),
                // A file on its way to its name, while another process publishes.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => panic!("{inside}: {error}"),
            }
        }
    }
}

/// Fails, naming the paths, when two folders differ.
pub fn assert_same(left: &Path, right: &Path, when: &str) {
    assert_equal(&tree(left), &tree(right), when);
}

/// The smallest good site: three topics, three agencies, and no brief.
pub fn small_site() -> Vec<(String, String)> {
    let mut files = vec![
        (
            "content/site.yaml",
            "title: Desk\nbase_url: https://desk.example/news/\nlanguages: [en]\nperiod_limit: 3\n",
        ),
        ("content/agencies.yaml", "- name: AP\n- name: Reuters\n- name: dpa\n"),
        ("content/topics/syria.md", "---\nname: Syria\norder: 1\n---\n\nA background.\n"),
        ("content/topics/ukraine.md", "---\nname: Ukraine\norder: 2\n---\n"),
        ("content/topics/north-korea.md", "---\nname: North Korea\naliases: [DPRK]\n---\n"),
        ("content/pages/about.md", "---\ntitle: About\nnav: 1\n---\n\nWho we are.\n"),
    ];
    files.drain(..).map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// A brief of an archive made by numbers: its path and text. `turn` changes the headline, `body` the text.
pub fn numbered(number: usize, turn: usize, body: usize) -> (String, String) {
    let day = number * 7 % 28 + 1;
    let (year, month) = (2010 + number % 10, number / 10 % 12 + 1);
    let topics = ["Syria", "Ukraine", "North Korea", "Syria, Ukraine", "Ukraine, DPRK"][number % 5];
    let agencies = ["AP", "Reuters", "AP, Reuters", "dpa, AP"][number / 3 % 4];
    let path = format!("content/briefs/{year}/{month:02}/brief-{number}.md");
    let text = format!(
        "---\ntitle: Brief {number} in its version {turn}\ndate: {year}-{month:02}-{day:02}\ntopics: [{topics}]\n\
         agencies: [{agencies}]\nsummary: What brief {number} says.\n---\n\nFirst paragraph of {number}.\n\nText {body}.\n"
    );
    (path, text)
}
