//! Says what `cargo test` alone leaves out, and holds that `tests/run` does it.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the scripts are read from the disk")]

use std::fs;
use std::io::Write;
use std::path::Path;

#[test]
fn what_is_left_out_here_is_done_by_tests_run() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let run = fs::read_to_string(here.join("run")).unwrap();
    let scripts = fs::read_dir(here.join("browser")).unwrap();
    let names = scripts.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let tests = names.filter(|name| name.ends_with(".test.js")).count();
    assert!(tests > 0 && run.contains("tests/browser") && run.contains("clippy"), "tests/run lacks a step");
    // Not by `println!`, which is caught while a test passes.
    let _ = writeln!(
        std::io::stderr(),
        "left out by cargo test: format, lints, docs, and {tests} files of tests by Node.js, in a browser most of them; `tests/run` does them{}",
        if std::env::var_os("DATELINE_LONG").is_some() {
            ""
        } else {
            ", and `tests/run --long` the long counts"
        }
    );
}
