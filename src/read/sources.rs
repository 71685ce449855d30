//! Sources: the bytes of a site's `content/`, `templates/` and `static/`, with what tells whether they changed.
//! One of the two places where the world is touched. It knows nothing of what the bytes mean.

use crate::base::digest::Digest;
use crate::read::media::Picture;
use rayon::prelude::*;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use walkdir::{DirEntry, WalkDir};

/// The folders of a site that are read.
pub const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// The largest text file that is read, in bytes.
pub const LARGEST_TEXT: u64 = 5 * 1024 * 1024;

/// The coarsest file time in use (FAT's two seconds), in nanoseconds: a file as young as this when it was
/// looked at may have been written again without a new time.
const COARSEST_TIME: i64 = 2_000_000_000;

/// How much of a picture is read to learn its size.
const PICTURE_HEAD: u64 = 256 * 1024;

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

/// Why a source could not be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// A symbolic link, a pipe, a socket or a device.
    NotAFile(&'static str),
    /// The system refused, in its own words.
    Unreadable(String),
    /// A name that is not UTF-8, or holds a control character.
    Name,
    /// More bytes than a text may have.
    TooLarge,
}

/// One file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path from the site's root, with `/`.
    pub path: Arc<str>,
    /// Size, time and inode when it was looked at.
    pub stat: Stat,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its bytes, where they are text of content or theme and were read.
    pub bytes: Option<Arc<[u8]>>,
    /// What a picture's first bytes say of it.
    pub picture: Option<Picture>,
    /// Why it has no bytes.
    pub trouble: Option<Trouble>,
}

/// A digest that an earlier run took, with the look it was taken at.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// What the file's stat was.
    pub stat: Stat,
    /// Its digest.
    pub digest: Digest,
}

/// All files of a site, by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The site's root.
    pub root: PathBuf,
    /// Sorted by path.
    pub list: Vec<Source>,
    /// When the look began, in nanoseconds since 1970.
    pub looked: i64,
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

impl Sources {
    /// Looks at every file of the site. `known` gives the digests of an earlier run: a file whose stat is the
    /// same keeps its digest unread. An error means that the root itself cannot be walked.
    pub fn look(root: &Path, known: impl Fn(&str) -> Option<Known> + Sync) -> io::Result<Sources> {
        Sources::look_at(root, &FOLDERS, known)
    }

    /// Looks at some folders and files of the site, as if it had no others.
    pub fn look_at(
        root: &Path,
        places: &[&str],
        known: impl Fn(&str) -> Option<Known> + Sync,
    ) -> io::Result<Sources> {
        let looked = clock();
        let files = places.iter().flat_map(|place| walk(root, place));
        let look = |file: io::Result<DirEntry>| Ok(source(root, file?, &known));
        let mut list = files.par_bridge().map(look).collect::<io::Result<Vec<Source>>>()?;
        list.par_sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Sources { root: root.to_owned(), list, looked })
    }

    /// Reads the bytes of every text and the head of every picture that has not been read yet.
    pub fn load(&mut self) {
        let root = &self.root;
        self.list.par_iter_mut().for_each(|source| {
            if source.trouble.is_none() && source.bytes.is_none() {
                source.take(&root.join(&*source.path));
            }
        });
    }

    /// Lets go of the bytes of what is on the disk; a diagnostic reads them again.
    pub fn forget(&mut self) {
        if self.on_disk() {
            self.list.iter_mut().for_each(|source| source.bytes = None);
        }
    }

    /// Whether the sources can be read again.
    pub fn on_disk(&self) -> bool {
        !self.root.as_os_str().is_empty()
    }

    /// Sources that never were on a disk, for tests and tools.
    pub fn of<P: AsRef<str>, T: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, T)>) -> Sources {
        let mut list: Vec<Source> =
            files.into_iter().map(|(path, text)| in_memory(path.as_ref(), text.as_ref())).collect();
        list.sort_by(|a, b| a.path.cmp(&b.path));
        Sources { list, ..Sources::default() }
    }

    /// The source at a path.
    pub fn get(&self, path: &str) -> Option<&Source> {
        let at = self.list.binary_search_by(|source| (*source.path).cmp(path)).ok()?;
        Some(&self.list[at])
    }

    /// The Markdown files right in a folder, but for those in another language.
    pub fn right_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Source> {
        let is_right_in = move |source: &&Source| {
            let name = source.path.strip_prefix(folder).and_then(|name| name.strip_suffix(".md"));
            name.is_some_and(|name| !name.contains(['/', '.']))
        };
        self.list.iter().filter(is_right_in)
    }

    /// The text of a file for a diagnostic: the one held, or read again from the disk. A file that is only
    /// copied has none to show.
    pub fn text(&self, path: &str) -> Option<String> {
        let source = self.get(path).filter(|source| source.is_text())?;
        let bytes = match &source.bytes {
            Some(bytes) => bytes.to_vec(),
            None if source.trouble.is_none() => {
                read(&self.root.join(path), LARGEST_TEXT, source.stat).ok()?
            }
            None => return None,
        };
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

impl Source {
    /// Whether the file is text that dateline reads (a brief, a setting, a template), not one it copies.
    pub fn is_text(&self) -> bool {
        is_text(&self.path)
    }

    fn take(&mut self, path: &Path) {
        if self.is_text() {
            match read(path, LARGEST_TEXT + 1, self.stat) {
                Ok(bytes) if bytes.len() as u64 > LARGEST_TEXT => self.trouble = Some(Trouble::TooLarge),
                Ok(bytes) => {
                    self.digest = Digest::of(&bytes);
                    self.bytes = Some(bytes.into());
                }
                Err(error) => self.trouble = Some(Trouble::Unreadable(error.to_string())),
            }
        } else if is_picture(&self.path) && self.picture.is_none() {
            self.picture = read(path, PICTURE_HEAD, self.stat).ok().and_then(|head| Picture::of(&head));
        }
    }
}

/// Reads at most `most` bytes of a file; room for all of them is made at once.
fn read(path: &Path, most: u64, stat: Stat) -> io::Result<Vec<u8>> {
    #[expect(clippy::disallowed_methods, reason = "sources are read here")]
    let file = File::open(path)?;
    let mut bytes = Vec::with_capacity(stat.size.min(most) as usize + 1);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn clock() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "a file's time is compared with the clock to tell young files"
    )]
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |since| since.as_nanos() as i64)
}

/// The files of a folder (or the file there), while they are being found: one thread walks, the others look already.
fn walk(root: &Path, place: &str) -> impl Iterator<Item = io::Result<DirEntry>> + Send {
    let top = Some(root.join(place)).filter(|top| top.is_dir() || top.is_file());
    let wanted = |entry: &DirEntry| entry.depth() == 0 || !is_junk(&entry.file_name().to_string_lossy());
    let walk = move |top| {
        WalkDir::new(top).follow_links(false).follow_root_links(true).into_iter().filter_entry(wanted)
    };
    let found = top.into_iter().flat_map(walk);
    found
        .filter(|entry| entry.as_ref().map_or(true, |entry| !entry.file_type().is_dir()))
        .map(|entry| Ok(entry?))
}

/// Hidden files, and what editors leave beside the file being edited.
pub fn is_junk(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.ends_with(".swp")
        || name.ends_with("___jb_tmp___")
        || name == "4913"
}

fn is_text(path: &str) -> bool {
    let text = [".md", ".yaml", ".yml"].iter().any(|ending| path.ends_with(ending));
    path.starts_with("templates/") || path.starts_with("content/") && text
}

/// Whether a file is a picture, by its name.
pub fn is_picture(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"].contains(&ending.to_ascii_lowercase().as_str())
}

fn source(root: &Path, entry: DirEntry, known: &impl Fn(&str) -> Option<Known>) -> Source {
    let path = relative(root, entry.path());
    let mut source = empty(&path);
    if entry.path().to_str().is_none() || path.chars().any(char::is_control) {
        source.trouble = Some(Trouble::Name);
        return source;
    }
    source.trouble = special(&entry).map(Trouble::NotAFile);
    if source.trouble.is_some() {
        return source;
    }
    match entry.metadata() {
        Ok(metadata) => source.stat = Stat::of(&metadata),
        Err(error) => source.trouble = Some(Trouble::Unreadable(error.to_string())),
    }
    match known(&path) {
        Some(known) if known.stat == source.stat => source.digest = known.digest,
        _ if source.is_text() => source.take(entry.path()),
        _ => take_digest(&mut source, entry.path()),
    }
    source
}

/// The digest of a file that is only copied, read piece by piece.
fn take_digest(source: &mut Source, path: &Path) {
    let mut digester = crate::base::digest::Digester::default();
    #[expect(clippy::disallowed_methods, reason = "sources are read here")]
    let taken = File::open(path).and_then(|mut file| {
        let mut piece = vec![0; 64 * 1024];
        loop {
            match file.read(&mut piece)? {
                0 => return Ok(()),
                length => digester.bytes(&piece[..length]),
            };
        }
    });
    source.digest = digester.finish();
    if let Err(error) = taken {
        source.trouble = Some(Trouble::Unreadable(error.to_string()));
    }
}

fn special(entry: &DirEntry) -> Option<&'static str> {
    let kind = entry.file_type();
    if kind.is_symlink() {
        return Some("a symbolic link");
    }
    (!kind.is_file()).then_some("a pipe, a socket or a device")
}

fn relative(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
    if std::path::MAIN_SEPARATOR == '/' { inside } else { inside.replace(std::path::MAIN_SEPARATOR, "/") }
}

fn empty(path: &str) -> Source {
    let (stat, digest) = (Stat::default(), Digest::default());
    Source { path: path.into(), stat, digest, bytes: None, picture: None, trouble: None }
}

fn in_memory(path: &str, bytes: &[u8]) -> Source {
    let mut source = empty(path);
    source.digest = Digest::of(bytes);
    source.stat.size = bytes.len() as u64;
    source.picture = is_picture(path).then(|| Picture::of(bytes)).flatten();
    if bytes.len() as u64 > LARGEST_TEXT && source.is_text() {
        source.trouble = Some(Trouble::TooLarge);
    } else {
        source.bytes = Some(bytes.into());
    }
    source
}
