//! The build script: a digest of our own sources, theme and lock file, so that other code prints other bytes.
//! It must know nothing of what the sources mean.

use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

fn main() -> std::io::Result<()> {
    let mut digest = Xxh3::new();
    for path in files(&["src", "templates", "static", "Cargo.lock", "Cargo.toml"])? {
        digest.update(path.to_string_lossy().as_bytes());
        #[expect(clippy::disallowed_methods, reason = "a build script reads the sources it stands for")]
        digest.update(&std::fs::read(&path)?);
    }
    println!("cargo:rustc-env=DATELINE_BUILD_ID={:032x}", digest.digest128());
    Ok(())
}

fn files(roots: &[&str]) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for root in roots {
        println!("cargo:rerun-if-changed={root}");
        gather(Path::new(root), &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn gather(path: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            gather(&entry?.path(), found)?;
        }
    } else if path.exists() {
        found.push(path.to_owned());
    }
    Ok(())
}
