//! Files that a command makes for an author: each whole, and never in place of another.

use anyhow::{Context, Result};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Makes a file and the folders it lies in. Where there is one already, that is an error, and it stays as it is.
pub fn make(path: &Path, text: &str) -> Result<()> {
    let cannot = || format!("cannot make `{}`", path.display());
    #[expect(clippy::disallowed_methods, reason = "an author asked for this file")]
    fs::create_dir_all(path.parent().unwrap_or(path)).with_context(cannot)?;
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).with_context(cannot)?;
    if let Err(error) = file.write_all(text.as_bytes()) {
        #[expect(clippy::disallowed_methods, reason = "half a file, and it was made a moment ago")]
        let _ = fs::remove_file(path);
        return Err(error).with_context(cannot);
    }
    Ok(())
}
