//! The workflows of the repository and the one that `init` writes: what they may do, what linters say, and every step of
//! going live that is a script, run as GitHub runs it, with the same bytes as a plain build. What GitHub does itself
//! (the cache, artifacts, Pages) is played by copying files.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk, and run programs")]

mod common;

use common::serve::built;
use common::{Desk, assert_equal, has, numbered, small_site, tree};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The binary.
const DATELINE: &str = env!("CARGO_BIN_EXE_dateline");

/// Where the site of these tests will be.
const HOME: &str = "https://desk.github.io/site/";

/// Every action that a workflow may use, by its digest.
const ACTIONS: [&str; 10] = [
    "actions/attest-build-provenance@a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32",
    "actions/cache/restore@27d5ce7f107fe9357f9df03efb73ab90386fccae",
    "actions/cache/save@27d5ce7f107fe9357f9df03efb73ab90386fccae",
    "actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae",
    "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1",
    "actions/configure-pages@983d7736d9b0ae728b81ab479565c72886d7745b",
    "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128",
    "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c",
    "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
    "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9",
];

/// 2026-01-01T00:00:00Z, in seconds.
const BEGIN: i64 = 1_767_225_600;

#[test]
fn workflows_may_do_only_what_they_must() {
    let mut used = BTreeSet::new();
    for (path, text) in workflows() {
        let workflow: Value = serde_yaml::from_str(&text).unwrap();
        assert!(permissions(&workflow).is_empty(), "{path}: rights belong to jobs");
        assert!(workflow["concurrency"]["group"].is_string(), "{path}: two runs may meet");
        for (name, job) in workflow["jobs"].as_mapping().unwrap() {
            let name = name.as_str().unwrap();
            let allowed: &[&str] = match (&*path, name) {
                (path, "build") if path.ends_with("pages.yml") => &["contents: read", "pages: read"],
                (path, "deploy") if path.ends_with("pages.yml") => &["pages: write", "id-token: write"],
                (".github/workflows/release.yml", "build") => {
                    &["contents: read", "id-token: write", "attestations: write"]
                }
                (".github/workflows/release.yml", "release") => &["contents: write"],
                _ => &["contents: read"],
            };
            assert_eq!(permissions(job), allowed, "{path}: {name}");
            assert!(job["timeout-minutes"].is_number(), "{path}: {name} may go on for ever");
            for step in job["steps"].as_sequence().unwrap() {
                // Nothing that others write is put into a script.
                assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{path}: {step:?}");
                used.extend(step["uses"].as_str().map(str::to_owned));
                if step["uses"].as_str() == Some(ACTIONS[4]) {
                    assert_eq!(step["with"]["persist-credentials"].as_bool(), Some(false), "{path}");
                }
                if step["uses"].as_str() == Some(ACTIONS[9]) {
                    assert_eq!(step["with"]["include-hidden-files"].as_bool(), Some(true), "{path}");
                }
            }
        }
    }
    assert_eq!(used, ACTIONS.iter().map(|action| (*action).to_owned()).collect());
}

/// The repository goes live as any site does, but for the binary, which it builds from itself.
#[test]
fn the_two_ways_of_going_live_are_one() {
    let all: BTreeMap<String, String> = workflows().into_iter().collect();
    let same = |text: &String| {
        let body = text.split_once("\nname: Pages\n").unwrap().1;
        let without = |body: &str, from: &str, to: &str| match body.split_once(from) {
            Some((before, rest)) => before.to_owned() + to + rest.split_once(to).unwrap().1,
            None => body.to_owned(),
        };
        let body = without(body, "env:\n  # The repository", "permissions: {}");
        let body = without(&body, "      - name: Say what is missing", "      - uses: actions/checkout");
        without(&body, "          key: dateline-", "      # What the last deployment left")
    };
    let (own, written) = (&all[".github/workflows/pages.yml"], &all["init: pages.yml"]);
    assert_eq!(same(own), same(written));
    assert_eq!(same(own).matches("- name: ").count(), 2, "hardly anything is compared");
}

#[test]
fn linters_have_nothing_to_say() {
    let desk = Desk::new([("../lint/.github/workflows/bad.yml", BAD)]);
    for (path, text) in workflows() {
        let name = path.replace("init: pages.yml", "init.yml").replace(".github/workflows/", "");
        desk.write(&format!("../lint/.github/workflows/{name}"), text);
    }
    let lint = desk.beside("lint");
    let said = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let output = command.args(arguments).current_dir(&lint).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        (output.status.success(), said.into_owned())
    };
    let files = tree(&lint.join(".github/workflows"));
    for name in files.keys() {
        let (path, is_bad) = (format!(".github/workflows/{name}"), name == "bad.yml");
        for (program, arguments) in [
            ("actionlint", &["-no-color"][..]),
            ("zizmor", &["--offline", "--no-progress", "--persona=pedantic"]),
        ] {
            if has(program) {
                let (passes, said) = said(program, &[arguments, &[&path]].concat());
                assert_eq!(passes, !is_bad, "{program} {path}: {said}");
            }
        }
        let workflow: Value = serde_yaml::from_slice(&files[name]).unwrap();
        for (number, step) in steps(&workflow).iter().enumerate().filter(|(_, step)| step["run"].is_string())
        {
            if has("shellcheck") {
                let script = desk.beside(&format!("{number}.sh"));
                fs::write(&script, format!("set -e\n{}", step["run"].as_str().unwrap())).unwrap();
                let (passes, said) = said("shellcheck", &["-s", "bash", script.to_str().unwrap()]);
                assert_eq!(passes, !is_bad, "shellcheck {path}: {said}");
            }
        }
    }
}

/// What each of them must find something in.
const BAD: &str = "on: push\njobs:\n  one:\n    runs-on: ubuntu\n    steps:\n      - uses: actions/checkout@main\n      - run: echo $HOME/${{ github.head_ref }}\n";

#[test]
fn going_live_prints_what_a_plain_build_prints() {
    for (path, text) in workflows().into_iter().filter(|(path, _)| path.ends_with("pages.yml")) {
        let runner = Runner::new(&text);
        // The first push: nothing was out.
        runner.run("push", BEGIN, "").unwrap_or_else(|said| panic!("{path}: {said}"));
        runner.is_plain(BEGIN, &path);
        assert_eq!(runner.log(), "installed\n", "{path}");
        runner.deployed();
        // An hour later nothing is due; after the embargo, something is, however late.
        assert_eq!(runner.run("schedule", BEGIN + 3600, "").unwrap(), "no", "{path}");
        assert_eq!(runner.run("schedule", BEGIN + 7200, "").unwrap(), "yes", "{path}");
        assert!(tree(&runner.desk.root().join("public")).contains_key("2026/01/01/held.html"), "{path}");
        runner.is_plain(BEGIN + 7200, &path);
        runner.deployed();
        assert_eq!(runner.run("schedule", BEGIN + 7200, "").unwrap(), "no", "{path}");
        assert_eq!(runner.run("workflow_dispatch", BEGIN + 7200, "").unwrap(), "yes", "{path}");
        // A deployment that failed leaves what was out before it.
        runner.desk.delete("content/briefs/2011/01/brief-1.md");
        let said = runner.run("push", BEGIN + 7300, "").unwrap_err();
        assert!(said.contains("2011/01/08/brief-1.html") && said.contains("title=E0601"), "{path}: {said}");
        assert!(runner.run("push", BEGIN + 7400, "").is_err(), "{path}: what vanished is forgotten");
        runner.run("workflow_dispatch", BEGIN + 7400, "true").unwrap();
        runner.is_plain(BEGIN + 7400, &path);
        runner.deployed();
        // What cannot be told by `due`, the build tells.
        runner.desk.write("content/briefs/wrong.md", "---\ntitle: Wrong\n");
        let said = runner.run("schedule", BEGIN + 7500, "").unwrap_err();
        assert!(said.contains("E0111"), "{path}: {said}");
    }
}

#[test]
fn a_release_is_packed_checked_and_installed() {
    let all: BTreeMap<String, String> = workflows().into_iter().collect();
    let release: Value = serde_yaml::from_str(&all[".github/workflows/release.yml"]).unwrap();
    let of = |name: &str| -> Value {
        steps(&release).into_iter().find(|step| step["name"].as_str() == Some(name)).unwrap()
    };
    let text = all["init: pages.yml"].replace("DATELINE_RELEASE: \"\"", "DATELINE_RELEASE: v0.1.0");
    let runner = Runner::new(&text);
    let target = "x86_64-unknown-linux-musl";
    let built = runner.desk.beside("release").join("target").join(target).join("release");
    fs::create_dir_all(&built).unwrap();
    fs::copy(DATELINE, built.join("dateline")).unwrap();
    for name in ["Cargo.toml", "README.md", "LICENSE", "CHANGELOG.md"] {
        fs::copy(root().join(name), runner.desk.beside("release").join(name)).unwrap();
    }
    let environment = |tag: &str| {
        [("TARGET", target), ("TAG", tag), ("GH_TOKEN", ""), ("REPOSITORY", "name/dateline")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into()
    };
    let run = |name: &str, tag: &str| {
        runner
            .script(&of(name), &runner.desk.beside("release"), &environment(tag))
            .map_err(|said| format!("{name}: {said}"))
    };
    let version = format!("v{}", env!("CARGO_PKG_VERSION"));
    run("Compare the tag with the version", &version).unwrap();
    run("Compare the tag with the version", "v9.9.9").unwrap_err();
    run("Pack it", &version).unwrap();
    run("Make the release", &version).unwrap();
    assert!(runner.log().contains("gh release create v0.1.0"), "{}", runner.log());
    runner.run("push", BEGIN, "").unwrap();
    runner.is_plain(BEGIN, "from a release");
    assert!(
        runner.log().contains("gh attestation verify") && !runner.log().contains("installed"),
        "{}",
        runner.log()
    );
}

/// `init`'s site and the repository's pass their own check, warnings included.
#[test]
fn the_sites_that_go_live_pass() {
    let desk = Desk::new([("../.keep", "")]);
    let made = Command::new(DATELINE)
        .args(["init", "new"])
        .current_dir(desk.folder.path())
        .stdin(Stdio::null())
        .output();
    assert!(made.unwrap().status.success());
    for site in [desk.beside("new"), root()] {
        let mut command = Command::new(DATELINE);
        let output = command.args(["check", "--warnings-as-errors", "--root"]).arg(&site).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("all is well"), "{}: {said}", site.display());
    }
}

/// A machine of GitHub's, as far as scripts see it: a checkout, a home, and programs that say what they were asked.
struct Runner {
    desk: Desk,
    workflow: Value,
}

impl Runner {
    fn new(text: &str) -> Runner {
        let desk = Desk::new(small_site().into_iter().chain((1..4).map(|number| numbered(number, 0, 0))));
        desk.write("content/briefs/held.md", HELD);
        let text = text
            .replace("DATELINE_SOURCE: \"\"", "DATELINE_SOURCE: https://github.com/name/dateline")
            .replace("DATELINE_COMMIT: \"\"", "DATELINE_COMMIT: 0123");
        let home = desk.beside("home");
        let install =
            format!("mkdir -p ~/.cargo/bin && cp '{DATELINE}' ~/.cargo/bin/ && echo installed >> ~/log");
        let download = format!("cp '{}'/dist/*.gz .", desk.beside("release").display());
        for (name, script) in [
            ("rustup", "true"),
            ("cargo", &install),
            (
                "gh",
                &format!("echo gh \"$@\" >> ~/log; case \"$*\" in 'release download'*) {download} ;; esac"),
            ),
        ] {
            let path = home.join("programs").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        Runner { desk, workflow: serde_yaml::from_str(&text).unwrap() }
    }

    /// Runs the scripts of a run that an event starts: whether something was due, or what was said by one that failed.
    fn run(&self, event: &str, now: i64, forget: &str) -> Result<String, String> {
        let checkout = self.desk.root();
        // A checkout is new each time, and so is the folder of its output.
        for gone in ["public", ".dateline"] {
            fs::remove_dir_all(checkout.join(gone)).ok();
        }
        fs::remove_file(checkout.join("published.txt")).ok();
        fs::copy(self.desk.beside("cache.txt"), checkout.join("published.txt")).ok();
        fs::remove_file(self.output()).ok();
        for step in self.workflow["jobs"]["build"]["steps"].as_sequence().unwrap() {
            let wanted = match step["if"].as_str() {
                None => true,
                Some("steps.due.outputs.due == 'yes'") => self.due() == "yes",
                Some(other) => panic!("what is `{other}`?"),
            };
            if step["run"].is_string() && wanted {
                let now = now.to_string();
                let values = [
                    ("${{ github.event_name }}", event),
                    ("${{ steps.pages.outputs.base_url }}", HOME.trim_end_matches('/')),
                    ("${{ inputs.forget }}", forget),
                    ("${{ github.token }}", "token"),
                ];
                let value = |value: &Value| {
                    let text = value.as_str().unwrap();
                    values.iter().find(|(name, _)| *name == text).map_or(text, |(_, value)| value).to_owned()
                };
                let of = |map: &Value| -> Vec<(String, String)> {
                    let all = map.as_mapping().into_iter().flatten();
                    all.map(|(name, text)| (name.as_str().unwrap().to_owned(), value(text))).collect()
                };
                let mut environment: BTreeMap<String, String> =
                    of(&self.workflow["env"]).into_iter().collect();
                environment.extend(of(&step["env"]));
                environment.insert("SOURCE_DATE_EPOCH".to_owned(), now);
                assert!(environment.values().all(|value| !value.contains("${{")), "{environment:?}");
                self.script(step, &checkout, &environment)?;
            }
        }
        Ok(self.due())
    }

    /// Runs one script as GitHub does.
    fn script(&self, step: &Value, folder: &Path, with: &BTreeMap<String, String>) -> Result<String, String> {
        let home = self.desk.beside("home");
        let path = format!("{}:{}", home.join("programs").display(), std::env::var("PATH").unwrap());
        let script = self.desk.beside("script.sh");
        fs::write(&script, step["run"].as_str().unwrap()).unwrap();
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail"])
            .arg(script)
            .current_dir(folder)
            .env_clear()
            .env("PATH", path)
            .env("HOME", &home)
            .env("GITHUB_OUTPUT", self.output())
            .envs(with)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        if output.status.success() { Ok(said.into_owned()) } else { Err(said.into_owned()) }
    }

    /// What a deployment leaves in the cache.
    fn deployed(&self) {
        fs::copy(self.desk.root().join("published.txt"), self.desk.beside("cache.txt")).unwrap();
    }

    /// Whether what was printed is what a plain build prints.
    fn is_plain(&self, now: i64, when: &str) {
        let now = dateline::base::date::Zone::utc().stamp(dateline::base::date::Moment(now));
        let plain = built(&self.desk.root(), &["--now", &now, "--base-url", HOME]);
        assert_equal(&tree(&self.desk.root().join("public")), &plain, when);
    }

    fn due(&self) -> String {
        let output = fs::read_to_string(self.output()).unwrap_or_default();
        output.trim().trim_start_matches("due=").to_owned()
    }

    fn output(&self) -> PathBuf {
        self.desk.beside("output")
    }

    /// What programs were asked.
    fn log(&self) -> String {
        fs::read_to_string(self.desk.beside("home/log")).unwrap_or_default()
    }
}

const HELD: &str = "---\ntitle: Held\ndate: 2025-12-31\ntopics: [Syria]\nagencies: [AP]\nembargo: 2026-01-01T01:30:00Z\n---\n\nText.\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every workflow by its name: the repository's, and the one that `init` writes.
fn workflows() -> Vec<(String, String)> {
    let own = tree(&root().join(".github/workflows")).into_iter();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let mut all: Vec<(String, String)> =
        own.map(|(name, bytes)| (format!(".github/workflows/{name}"), text(bytes))).collect();
    assert_eq!(all.len(), 3, "{all:?}");
    let written = fs::read_to_string(root().join("src/command/init/pages.yml")).unwrap();
    all.push(("init: pages.yml".to_owned(), written));
    all
}

fn steps(workflow: &Value) -> Vec<Value> {
    let jobs = workflow["jobs"].as_mapping().unwrap();
    jobs.iter().flat_map(|(_, job)| job["steps"].as_sequence().unwrap().clone()).collect()
}

fn permissions(of: &Value) -> Vec<String> {
    let map = of["permissions"].as_mapping().unwrap();
    map.iter().map(|(key, value)| format!("{}: {}", key.as_str().unwrap(), value.as_str().unwrap())).collect()
}
