//! Sources: the bytes of a site's `content/`, `templates/` and `static/`, with what tells whether they changed.
//! One of the two places where the world is touched. It knows nothing of what the bytes mean.

use crate::base::digest::Digest;
use crate::read::media::Picture;
pub use crate::read::stat::Stat;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use walkdir::{DirEntry, WalkDir};

/// The folders of a site that are read.
pub const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// The largest text file that is read, in bytes.
pub const LARGEST_TEXT: u64 = 5 * 1024 * 1024;

/// How much of a picture is read to learn its size.
const PICTURE_HEAD: u64 = 256 * 1024;

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
    /// Whether there is none, or it was read.
    pub head_read: bool,
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

impl Sources {
    /// Looks at every file of the site. `known` gives the digests of an earlier run: a file whose stat is the
    /// same keeps its digest unread. An error means that the root itself cannot be walked.
    pub fn look(root: &Path, known: impl Fn(&str) -> Option<Known> + Sync) -> io::Result<Sources> {
        let looked = clock();
        let list = Sources::look_for(root, known, |source| Ok(Some(source)))?;
        Ok(Sources { root: root.to_owned(), list, looked })
    }

    /// The same, but of every file only what `wanted` makes of it, by path; an error of its ends the look.
    pub fn look_for(
        root: &Path,
        known: impl Fn(&str) -> Option<Known> + Sync,
        wanted: impl Fn(Source) -> io::Result<Option<Source>> + Sync,
    ) -> io::Result<Vec<Source>> {
        let files = FOLDERS.iter().flat_map(|folder| walk(root, folder));
        let look = |file: io::Result<DirEntry>| found(root, file?, &known).map_or(Ok(None), &wanted);
        let mut list = files
            .par_bridge()
            .filter_map(|file| look(file).transpose())
            .collect::<io::Result<Vec<Source>>>()?;
        list.par_sort_by(|a, b| a.path.cmp(&b.path));
        Ok(list)
    }

    /// Looks at a path of the site and at all that is below it, and reads what is text; by path.
    pub fn look_below(root: &Path, path: &str) -> io::Result<Vec<Source>> {
        let look = |file: io::Result<DirEntry>| Ok(found(root, file?, &|_| None));
        let mut list = walk(root, path)
            .filter_map(|file| look(file).transpose())
            .collect::<io::Result<Vec<Source>>>()?;
        list.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(list)
    }

    /// Reads the bytes of every text and the head of every picture that is not in hand and does not lie below a
    /// folder.
    pub fn load_all_but(&mut self, folder: &str) {
        let range = self.range(folder);
        let root = &self.root;
        let (before, rest) = self.list.split_at_mut(range.start);
        let (inside, after) = rest.split_at_mut(range.len());
        let pictures = inside.iter_mut().filter(|source| !source.head_read);
        before.par_iter_mut().chain(after).for_each(|source| source.load(root));
        pictures.for_each(|source| source.load(root));
    }

    /// Where in the list the files below a folder are; its name ends in `/`.
    pub fn range(&self, folder: &str) -> Range<usize> {
        let start = self.list.partition_point(|source| &*source.path < folder);
        let inside = self.list[start..].partition_point(|source| source.path.starts_with(folder));
        start..start + inside
    }

    /// The files below a folder, whose name ends in `/`.
    pub fn below(&self, folder: &str) -> &[Source] {
        &self.list[self.range(folder)]
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
        self.place(path).map(|at| &self.list[at])
    }

    /// Where in the list the source at a path is.
    pub fn place(&self, path: &str) -> Option<usize> {
        self.list.binary_search_by(|source| (*source.path).cmp(path)).ok()
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

    /// Reads the bytes of a text, or the head of a picture, that is not in hand.
    pub fn load(&mut self, root: &Path) {
        let wanted = if self.is_text() { self.bytes.is_none() } else { !self.head_read };
        if wanted && self.trouble.is_none() {
            self.take(&root.join(&*self.path));
        }
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
        } else {
            self.head_read = true;
            self.picture = read(path, PICTURE_HEAD, self.stat).ok().and_then(|head| Picture::of(&head));
        }
    }
}

/// Reads at most `most` bytes of a file. A file that is as long as it was when it was looked at is read at once.
fn read(path: &Path, most: u64, stat: Stat) -> io::Result<Vec<u8>> {
    #[expect(clippy::disallowed_methods, reason = "sources are read here")]
    let mut file = File::open(path)?;
    let size = stat.size.min(most);
    let mut bytes = vec![0; size as usize + 1];
    let length = file.read(&mut bytes)?;
    bytes.truncate(length);
    let rest = if length as u64 == size { 0 } else { most.saturating_sub(length as u64) };
    file.take(rest).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The clock that file times are of, in nanoseconds since 1970.
pub fn clock() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "a file's time is compared with the clock to tell young files"
    )]
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |since| since.as_nanos() as i64)
}

/// The files at a path and below it, while they are being found: one thread walks, the others look already. A
/// site's folder itself may be a link; what is gone while it is being walked is no mistake.
fn walk(root: &Path, path: &str) -> impl Iterator<Item = io::Result<DirEntry>> + Send {
    let follow = FOLDERS.contains(&path);
    let top = Some(root.join(path))
        .filter(|top| if follow { top.is_dir() } else { top.symlink_metadata().is_ok() });
    let wanted = |entry: &DirEntry| entry.depth() == 0 || !is_junk(&entry.file_name().to_string_lossy());
    let walk = move |top| {
        WalkDir::new(top).follow_links(false).follow_root_links(follow).into_iter().filter_entry(wanted)
    };
    let gone = |error: &walkdir::Error| {
        let kind = error.io_error().map(io::Error::kind);
        matches!(kind, Some(ErrorKind::NotFound | ErrorKind::NotADirectory))
    };
    let found = top.into_iter().flat_map(walk);
    found
        .filter(move |entry| match entry {
            Ok(entry) => !(entry.file_type().is_dir() || follow && entry.depth() == 0),
            Err(error) => !gone(error),
        })
        .map(|entry| entry.map_err(unread))
}

/// The folder that cannot be looked into, and why: said once.
fn unread(error: walkdir::Error) -> io::Error {
    let path = error.path().unwrap_or(Path::new("")).display().to_string();
    let Some(cause) = error.into_io_error() else { return io::Error::other(path) };
    io::Error::new(cause.kind(), format!("`{path}`: {cause}"))
}

/// The text of a file of the site as it is now.
pub fn text(root: &Path, path: &str) -> Option<String> {
    let bytes = read(&root.join(path), LARGEST_TEXT, Stat::default()).ok().filter(|_| is_text(path))?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Hidden files, and what editors leave beside the file being edited.
pub fn is_junk(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.ends_with(".swp")
        || ["___jb_tmp___", "___jb_old___"].iter().any(|ending| name.ends_with(ending))
        || name == "4913"
}

fn is_text(path: &str) -> bool {
    let text = [".md", ".yaml", ".yml"].iter().any(|ending| path.ends_with(ending));
    path.starts_with("templates/") || path.starts_with("content/") && text
}

/// Whether a file is a picture, by its name.
pub fn is_picture(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let known = ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"];
    known.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// A source, unless it went away while it was looked at.
fn found(root: &Path, entry: DirEntry, known: &impl Fn(&str) -> Option<Known>) -> Option<Source> {
    let source = source(root, entry, known);
    let stays = |path: &str| root.join(path).symlink_metadata().is_ok();
    let there = !matches!(source.trouble, Some(Trouble::Unreadable(_))) || stays(&source.path);
    there.then_some(source)
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
    let head_read = !is_picture(path);
    Source { path: path.into(), stat, digest, bytes: None, picture: None, head_read, trouble: None }
}

fn in_memory(path: &str, bytes: &[u8]) -> Source {
    let mut source = empty(path);
    source.digest = Digest::of(bytes);
    source.stat.size = bytes.len() as u64;
    source.picture = is_picture(path).then(|| Picture::of(bytes)).flatten();
    source.head_read = true;
    if bytes.len() as u64 > LARGEST_TEXT && source.is_text() {
        source.trouble = Some(Trouble::TooLarge);
    } else {
        source.bytes = Some(bytes.into());
    }
    source
}
