//! The lock of an output folder: one run at a time; a second one says who holds it, and waits.

use anyhow::{Context, Error, Result, anyhow};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

/// Held for as long as it lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the lock at a path. `waiting` is told who holds it, when it has to be waited for.
pub fn lock(path: &Path, waiting: impl FnOnce(&str)) -> Result<Lock> {
    let open = || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let mut file = open().map_err(|why| unwritable(path, &why))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            file.read_to_string(&mut holder).context("cannot read who holds the lock")?;
            // It may have taken the lock and not yet written its name.
            waiting(if holder.trim().is_empty() { "another process" } else { holder.trim() });
            file.lock().with_context(|| format!("cannot take the lock `{}`", path.display()))?;
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("cannot take the lock `{}`", path.display()));
        }
    }
    file.rewind()?;
    file.set_len(0)?;
    writeln!(file, "process {}", std::process::id())?;
    Ok(Lock { _file: file })
}

/// What is said where the folder of ledgers and locks cannot be made or written to.
pub fn unwritable(path: &Path, why: &io::Error) -> Error {
    anyhow!(
        "cannot write `{}`: {why}\n  \
         what is out is noted there, wherever the output folder lies: make the site's folder one that can be \
         written to, or build a copy of it",
        path.display()
    )
}
