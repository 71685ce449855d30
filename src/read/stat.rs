//! What tells whether a file may have changed without reading it: size, time and inode.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

/// The coarsest file time in use (FAT's two seconds), in nanoseconds: a file as young as this when it was
/// looked at may have been written again without a new time.
const COARSEST_TIME: i64 = 2_000_000_000;

/// What tells whether a file may have changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Stat {
    /// Bytes.
    pub size: u64,
    /// Last modification, in nanoseconds since 1970.
    pub time: i64,
    /// The inode's number; 0 where there is none.
    pub inode: u64,
}

impl Stat {
    /// The stat of a file's metadata.
    pub fn of(metadata: &Metadata) -> Stat {
        let time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let time = time.map_or(0, |since| since.as_nanos() as i64);
        Stat { size: metadata.len(), time, inode: inode(metadata) }
    }

    /// Whether a digest taken at `looked` stands for the file for as long as this stat is its own.
    pub fn settled(&self, looked: i64) -> bool {
        self.time < looked - COARSEST_TIME
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}
