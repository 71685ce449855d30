//! A small site that uses everything, and what it is printed as. `UPDATE=1` prints it again: then read the diff.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk")]

mod common;

use common::{Desk, tree};
use std::fs;
use std::path::Path;

#[test]
fn the_harbour_site_is_printed_as_it_was() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let desk = Desk::new(tree(&here.join("site")));
    desk.publish("out");
    let printed = tree(&desk.beside("out"));
    let expected = here.join("expected");
    if std::env::var_os("UPDATE").is_some() {
        fs::remove_dir_all(&expected).ok();
        for (path, bytes) in printed.iter().filter(|(path, _)| is_compared(path)) {
            let path = expected.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, masked(bytes)).unwrap();
        }
    }
    let wanted = tree(&expected);
    let paths: Vec<&String> = printed.keys().filter(|path| is_compared(path)).collect();
    assert_eq!(paths, wanted.keys().collect::<Vec<_>>(), "other paths than expected");
    for (path, bytes) in &wanted {
        let (now, then) = (masked(&printed[path]), String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(now, then, "{path} differs; UPDATE=1 prints it again, then read the diff");
    }
}

/// The theme's own stylesheets, script and icon have tests of their own.
fn is_compared(path: &str) -> bool {
    !path.ends_with(".css") && path != "favicon.svg" && !path.starts_with("search-")
}

/// A page without the digests of stylesheets and scripts, so that its pages change only with their own markup.
fn masked(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut pieces = text.split('-');
    let mut made = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digest = piece.split('.').next().unwrap_or_default();
        let ending = &piece[digest.len()..];
        let is_name = digest.len() == 8 && (ending.starts_with(".css") || ending.starts_with(".js"));
        made += "-";
        made += &if is_name { format!("DIGEST{ending}") } else { piece.to_owned() };
    }
    made
}
