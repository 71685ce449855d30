//! The output folder: whether it may be written to, and its ledger and lock in the site's `.dateline/`.

use crate::deliver::ledger::Ledger;
use crate::deliver::lock::{self, Lock};
use crate::deliver::staging;
use crate::read::sources::FOLDERS;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Where ledgers and locks lie, below the site's root.
const OWN: &str = ".dateline";

/// How an output folder is opened.
#[derive(Clone, Copy, Default, Debug)]
pub struct Opening {
    /// Whether a folder that holds files of others may be taken over.
    pub adopt: bool,
    /// Which part of the edition goes here: `(number from 1, of how many)`.
    pub shard: Option<(u32, u32)>,
    /// Whether what the ledger knows of the sources is forgotten, so that every one is read.
    pub paranoid: bool,
}

/// An output folder that is ours to write to, locked.
#[derive(Debug)]
pub struct Folder {
    /// The site's root.
    pub root: PathBuf,
    /// The folder.
    pub path: PathBuf,
    /// What is out there.
    pub ledger: Ledger,
    /// Whether there was a ledger.
    pub known: bool,
    /// Whether files of others may be taken over.
    pub adopt: bool,
    /// Whether the folder held nothing of others when it was opened.
    pub empty: bool,
    /// Which part of the edition goes here.
    pub shard: Option<(u32, u32)>,
    ledger_path: PathBuf,
    _lock: Lock,
}

impl Folder {
    /// Opens the output folder `out` of the site at `root`. An error says why it cannot be ours.
    pub fn open(root: &Path, out: &Path, opening: Opening, waiting: impl FnOnce(&str)) -> Result<Folder> {
        let root = root.canonicalize().with_context(|| format!("there is no folder `{}`", root.display()))?;
        let path = resolved(out).with_context(|| format!("cannot tell where `{}` is", out.display()))?;
        refuse_sources(&root, &path)?;
        let own = root.join(OWN);
        #[expect(clippy::disallowed_methods, reason = "the ledger's folder is deliver's own")]
        fs::create_dir_all(&own).map_err(|why| lock::unwritable(&own, &why))?;
        keep_out_of_git(&own);
        // One lock for all shards: one of them may have been given the folder of another.
        let lock = lock::lock(&own.join(format!("{}.lock", name(&root, &path, None))), waiting)?;
        let ledger_path = own.join(format!("{}.ledger", name(&root, &path, opening.shard)));
        let ledger = Ledger::read(&ledger_path);
        let empty = is_empty(&path)?;
        if ledger.is_none() && !empty && !opening.adopt {
            bail!(
                "`{}` holds files, and no ledger says that they are dateline's: nothing was touched\n  \
                 give another folder by `--out`, or take this one over by `--adopt`",
                out.display()
            );
        }
        let known = ledger.is_some();
        let mut ledger = ledger.unwrap_or_default();
        if opening.paranoid {
            ledger.sources.clear();
        }
        let (adopt, shard) = (opening.adopt, opening.shard);
        Ok(Folder { root, path, ledger, known, adopt, empty, shard, ledger_path, _lock: lock })
    }

    /// The ledger of an output folder, to look at only; `None` where there is none.
    pub fn peek(root: &Path, out: &Path, shard: Option<(u32, u32)>) -> Option<Ledger> {
        let root = root.canonicalize().ok()?;
        let name = name(&root, &resolved(out).ok()?, shard);
        Ledger::read(&root.join(OWN).join(format!("{name}.ledger")))
    }

    /// Writes the ledger.
    pub fn write_ledger(&self) -> Result<()> {
        self.ledger.write(&self.ledger_path)
    }
}

/// The name of a folder's ledger: readable, and another for each folder and shard.
fn name(root: &Path, path: &Path, shard: Option<(u32, u32)>) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
    let shard = shard.map(|(number, of)| format!("-{number}-of-{of}")).unwrap_or_default();
    let digest = crate::base::digest::Digest::of(format!("{inside}{shard}").as_bytes());
    let readable =
        crate::base::slug::slug(path.file_name().and_then(|name| name.to_str()).unwrap_or_default());
    format!("{readable}{shard}-{}", digest.short())
}

/// The whole path of a folder that may not exist yet, with links resolved.
fn resolved(out: &Path) -> Result<PathBuf> {
    if let Ok(path) = out.canonicalize() {
        return Ok(path);
    }
    let absolute = std::path::absolute(out)?;
    let mut existing = absolute.as_path();
    let mut rest = Vec::new();
    while let (Some(parent), Some(last)) = (existing.parent(), existing.components().next_back()) {
        if existing.exists() {
            break;
        }
        if last == Component::ParentDir {
            bail!("a folder above it does not exist");
        }
        rest.push(last.as_os_str().to_owned());
        existing = parent;
    }
    let mut path = existing.canonicalize()?;
    path.extend(rest.iter().rev());
    Ok(path)
}

/// Refuses an output folder that is, holds or lies in what a site is made of.
fn refuse_sources(root: &Path, path: &Path) -> Result<()> {
    if root.starts_with(path) {
        bail!("the output folder `{}` is or holds the site itself: nothing was touched", path.display());
    }
    for folder in FOLDERS.iter().chain([&OWN, &".git"]) {
        let source = root.join(folder);
        let source = source.canonicalize().unwrap_or(source);
        if path.starts_with(&source) || source.starts_with(path) {
            bail!(
                "the output folder `{}` is, holds or lies in the site's `{folder}/`: nothing was touched",
                path.display()
            );
        }
    }
    Ok(())
}

/// Whether a folder is absent or holds nothing but what an interrupted run left.
fn is_empty(path: &Path) -> Result<bool> {
    if !path.exists() {
        return Ok(true);
    }
    let entries =
        fs::read_dir(path).with_context(|| format!("cannot read the output folder `{}`", path.display()))?;
    let mut others =
        entries.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.file_name() != staging::NAME));
    Ok(others.next().is_none())
}

/// The ledger is this machine's own.
fn keep_out_of_git(own: &Path) {
    let path = own.join(".gitignore");
    if !path.exists() {
        #[expect(clippy::disallowed_methods, reason = "the ledger's folder is deliver's own")]
        let _ = fs::write(path, "*\n");
    }
}
