//! Staging: sheets are written whole into a folder of our own inside the output folder, and then moved to their
//! places by renaming, whole folders at once where there is none yet. So no file under its final name is ever
//! half written, and when printing or the disk fails, what is out is untouched.

use crate::press::Sheet;
use crate::read::sources::Stat;
use anyhow::{Context, Result};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The folder's name in the output folder. What an interrupted run left there is ours to remove.
pub const NAME: &str = ".dateline-staging";

/// A staging folder.
#[derive(Debug)]
pub struct Staging {
    path: PathBuf,
    root: PathBuf,
    made: Mutex<HashSet<PathBuf>>,
}

impl Staging {
    /// An empty staging folder in an output folder; files to be copied are read below `root`.
    pub fn new(out: &Path, root: &Path) -> Result<Staging> {
        let path = out.join(NAME);
        remove(&path)?;
        Ok(Staging { path, root: root.to_owned(), made: Mutex::default() })
    }

    /// Writes a sheet for a path. Returns the file's size and time.
    pub fn write(&self, path: &str, sheet: &Sheet<'_>) -> Result<Stat> {
        let target = self.path.join(path);
        self.make_folder(target.parent().unwrap_or(&self.path))
            .with_context(|| failed("make a folder for", path))?;
        write(&target, sheet, &self.root).with_context(|| failed("write", path))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let known = self.made.lock().is_ok_and(|made| made.contains(folder));
        if !known {
            make_all(folder)?;
            if let Ok(mut made) = self.made.lock() {
                made.insert(folder.to_owned());
            }
        }
        Ok(())
    }

    /// Moves staged files to their places below `out`, in the order of `paths`. A folder that `out` lacks is
    /// moved as a whole, with all that is staged in it.
    pub fn release(&self, out: &Path, paths: &[&str]) -> Result<()> {
        let mut moved: HashSet<String> = HashSet::new();
        let mut there: HashSet<String> = HashSet::new();
        for path in paths {
            if folders(path).any(|folder| moved.contains(folder)) {
                continue;
            }
            match folders(path).find(|folder| !exists(out, folder, &mut there)) {
                Some(folder) => {
                    self.rename(out, folder)?;
                    moved.insert(folder.to_owned());
                }
                None => self.rename(out, path)?,
            }
        }
        remove(&self.path)
    }

    fn rename(&self, out: &Path, path: &str) -> Result<()> {
        #[expect(clippy::disallowed_methods, reason = "sheets are put out here")]
        fs::rename(self.path.join(path), out.join(path)).with_context(|| failed("put out", path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = remove(&self.path);
    }
}

/// The folders that a path lies in, outermost first.
pub fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn exists(out: &Path, folder: &str, there: &mut HashSet<String>) -> bool {
    if there.contains(folder) {
        return true;
    }
    let exists = out.join(folder).is_dir();
    if exists {
        there.insert(folder.to_owned());
    }
    exists
}

fn write(target: &Path, sheet: &Sheet<'_>, root: &Path) -> io::Result<Stat> {
    #[expect(clippy::disallowed_methods, reason = "sheets are written here")]
    let mut file = File::create(target)?;
    match sheet {
        Sheet::Bytes(bytes) => file.write_all(bytes)?,
        Sheet::Copy(source) => {
            #[expect(clippy::disallowed_methods, reason = "a file that is copied is read here")]
            io::copy(&mut File::open(root.join(&**source))?, &mut file)?;
        }
    }
    Ok(Stat::of(&file.metadata()?))
}

fn make_all(folder: &Path) -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "folders of the output are made here")]
    fs::create_dir_all(folder)
}

fn remove(path: &Path) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the staging folder is our own, by its name")]
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error)
            .with_context(|| format!("cannot remove what an interrupted run left in `{}`", path.display())),
        _ => Ok(()),
    }
}

fn failed(what: &str, path: &str) -> String {
    format!("cannot {what} `{path}`; what was out is untouched or will be finished by the next run")
}
