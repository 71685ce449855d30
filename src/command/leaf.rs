//! Files that a command puts into a folder of the user's choice: whole, and never over a file that is not its own.

use anyhow::{Context, Result, bail};
use std::path::Path;

/// A file to put: its name and its text.
pub type Leaf = (String, String);

/// Puts files into a folder, which is made where there is none. A file that is there already is replaced if it
/// has the mark of our own, which every text must have; else nothing is written.
pub fn put(folder: &Path, leaves: &[Leaf], mark: &str) -> Result<()> {
    for (name, _) in leaves {
        check(&folder.join(name), mark)?;
    }
    #[expect(clippy::disallowed_methods, reason = "the user names the folder to write into")]
    let made = std::fs::create_dir_all(folder);
    made.with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    for (name, text) in leaves {
        let path = folder.join(name);
        #[expect(clippy::disallowed_methods, reason = "the user names the folder to write into")]
        let written = std::fs::write(&path, text);
        written.with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

fn check(path: &Path, mark: &str) -> Result<()> {
    let Ok(metadata) = path.symlink_metadata() else { return Ok(()) };
    #[expect(clippy::disallowed_methods, reason = "whether a file is our own is read from it")]
    let is_ours = metadata.is_file() && std::fs::read_to_string(path).is_ok_and(|text| text.contains(mark));
    if !is_ours {
        bail!(
            "`{}` is not dateline's: nothing was written\n  move it away, or name another folder",
            path.display()
        );
    }
    Ok(())
}
