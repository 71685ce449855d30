//! Publishing: what should be out is compared with what is out; what differs is printed, what no page claims is
//! withdrawn. There is one way of it, for the first build and the last.

use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::report::Report;
use crate::deliver::folder::Folder;
use crate::deliver::ledger::PageEntry;
use crate::deliver::staging::{self, Staging};
use crate::deliver::weight;
use crate::plan::{Kind, Page};
use crate::press::{Edition, Setting};
use crate::read::sources::{Source, Sources, Stat};
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Mutex;

/// What one publishing changed.
#[derive(Default, Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// The paths that were printed.
    pub printed: Vec<String>,
    /// The paths that were withdrawn.
    pub withdrawn: Vec<String>,
    /// How many stayed as they were.
    pub kept: usize,
    /// Files in the folder that no page claims and that are not ours, when the folder was taken over.
    pub foreign: Vec<String>,
}

/// Is told after each page how many there are to print; called from several threads.
pub type Progress<'a> = &'a (dyn Fn(usize) + Sync);

/// What the ledger takes down of a round beside its pages.
pub struct Composed<'a> {
    /// The sources that the edition was composed from.
    pub sources: &'a Sources,
    /// The digest of all that the edition was composed from.
    pub inputs: Digest,
    /// What was said of it; warnings only, or nothing would go out.
    pub report: &'a Report,
}

/// What is to be done.
struct Work<'a> {
    print: Vec<&'a Page>,
    keep: Vec<PageEntry>,
    withdraw: Vec<String>,
}

/// Whether nothing has to be composed at all: the inputs are those of what is out, and every file is as it was
/// written. What was learnt of the sources on the way is taken down.
pub fn is_out(
    folder: &mut Folder,
    sources: &Sources,
    inputs: Digest,
    now: Moment,
) -> Result<Option<Delivery>> {
    let ledger = &folder.ledger;
    let same = ledger.inputs == Some(inputs) && ledger.covers(now);
    let whole = || ledger.pages.par_iter().all(|entry| is_as_written(&folder.path, entry));
    if !same || folder.path.join(staging::NAME).exists() || !whole() {
        return Ok(None);
    }
    let kept = ledger.pages.len();
    let unread = |source: &Source| ledger.known(&source.path).is_some_and(|known| known.stat == source.stat);
    if !sources.list.iter().all(unread) {
        folder.ledger.note_sources(sources);
        folder.write_ledger()?;
    }
    Ok(Some(Delivery { kept, ..Delivery::default() }))
}

/// Brings a folder up to an edition. Where templates fail while printing, the report says so and nothing goes
/// out; an error is the world's.
pub fn publish(
    edition: &Edition,
    folder: &mut Folder,
    round: &Composed<'_>,
    progress: Progress<'_>,
) -> Result<(Delivery, Report)> {
    make_folder(&folder.path)?;
    let pages: Vec<&Page> =
        edition.plan.pages.iter().filter(|page| in_shard(&page.path, folder.shard)).collect();
    let work = compare(edition, folder, pages);
    let foreign = refuse_foreign(folder, &work)?;
    let staging = Staging::new(&folder.path, &folder.root)?;
    let (printed, mut report) = print(edition, &staging, &work.print, progress)?;
    if report.has_errors() {
        return Ok((Delivery::default(), report));
    }
    let delivery = Delivery {
        printed: work.print.iter().map(|page| page.path.to_string()).collect(),
        withdrawn: work.withdraw.clone(),
        kept: work.keep.len(),
        foreign,
    };
    if !delivery.printed.is_empty() || !delivery.withdrawn.is_empty() {
        announce(folder, &work)?;
        let (in_the_way, last) = part_withdrawals(&work);
        withdraw(&folder.path, &in_the_way)?;
        staging.release(&folder.path, &safe_order(folder, &work.print))?;
        withdraw(&folder.path, &last)?;
    }
    take_down(folder, work, printed);
    let weight = weight::check(folder.ledger.pages.iter().map(|entry| entry.size).sum(), folder.shard);
    let mut said = round.report.clone();
    said.extend(weight.clone());
    report.extend(weight);
    folder.ledger.inputs = Some(round.inputs);
    folder.ledger.due = edition.due();
    folder.ledger.note_warnings(&said);
    folder.ledger.note_sources(round.sources);
    folder.write_ledger()?;
    Ok((delivery, report))
}

/// Whether a path belongs to a shard; every path belongs to one.
fn in_shard(path: &str, shard: Option<(u32, u32)>) -> bool {
    shard.is_none_or(|(number, of)| Digest::of(path.as_bytes()).share(of) == number - 1)
}

/// Compares two sorted lists of paths: the edition's and the ledger's.
fn compare<'a>(edition: &Edition, folder: &Folder, pages: Vec<&'a Page>) -> Work<'a> {
    let claimed: HashSet<&str> = pages.iter().map(|page| &*page.path).collect();
    let withdraw = folder.ledger.pages.iter().filter(|entry| !claimed.contains(&*entry.path));
    let withdraw = withdraw.map(|entry| entry.path.clone()).collect();
    let kept: Vec<Option<PageEntry>> =
        pages.par_iter().map(|page| unchanged(edition, folder, page)).collect();
    let print = pages.iter().zip(&kept).filter(|(_, kept)| kept.is_none()).map(|(page, _)| *page).collect();
    Work { print, keep: kept.into_iter().flatten().collect(), withdraw }
}

/// The entry of a page that is out as it should be.
fn unchanged(edition: &Edition, folder: &Folder, page: &Page) -> Option<PageEntry> {
    let entry = folder.ledger.page(&page.path).filter(|entry| !entry.in_flight)?;
    let same = is_as_written(&folder.path, entry) && edition.set(page).fingerprint == entry.fingerprint;
    same.then(|| entry.clone())
}

fn is_as_written(out: &Path, entry: &PageEntry) -> bool {
    let written = |stat: Stat| stat.size == entry.size && stat.time == entry.time;
    !entry.in_flight
        && fs::symlink_metadata(out.join(&entry.path))
            .is_ok_and(|data| data.is_file() && written(Stat::of(&data)))
}

/// What stands where a page should go and is not ours is never touched. Files are taken over when the folder is;
/// then what is left of others is listed.
fn refuse_foreign(folder: &Folder, work: &Work<'_>) -> Result<Vec<String>> {
    if folder.empty {
        return Ok(Vec::new());
    }
    let taken = in_the_way(folder, work);
    if taken.is_empty() {
        return Ok(if folder.adopt { foreign(folder, work) } else { Vec::new() });
    }
    let shown = taken.iter().take(5).map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
    let or = if folder.adopt { "" } else { ", or take files over by `--adopt`" };
    bail!(
        "{} file(s) or folder(s) in `{}` are in the way and are not dateline's: {shown}: nothing was touched\n  \
         move them away{or}",
        taken.len(),
        folder.path.display()
    )
}

/// What must not be replaced: a file of others at a page's path or where one of its folders should be, and a
/// folder at a page's path, unless all of it is withdrawn in the same round.
fn in_the_way<'a>(folder: &Folder, work: &Work<'a>) -> BTreeSet<&'a str> {
    let withdrawn: HashSet<&str> = work.withdraw.iter().map(String::as_str).collect();
    let stands = |path: &str| fs::symlink_metadata(folder.path.join(path)).ok();
    let folders: BTreeSet<&str> = work.print.iter().flat_map(|page| staging::folders(&page.path)).collect();
    let is_blocked =
        |path: &&str| stands(path).is_some_and(|data| !data.is_dir()) && !withdrawn.contains(path);
    let is_taken = |path: &&str| match stands(path) {
        None => false,
        Some(data) if data.is_dir() => !is_leaving(&folder.path, path, &withdrawn),
        Some(_) => !folder.adopt && folder.ledger.page(path).is_none(),
    };
    let pages = work.print.iter().map(|page| &*page.path);
    folders.into_iter().filter(is_blocked).chain(pages.filter(is_taken)).collect()
}

/// Whether a folder goes away when these paths are withdrawn.
fn is_leaving(out: &Path, path: &str, withdrawn: &HashSet<&str>) -> bool {
    let ours = withdrawn.iter().any(|gone| staging::folders(gone).any(|folder| folder == path));
    let entries = fs::read_dir(out.join(path)).into_iter().flatten().flatten();
    ours && entries.into_iter().all(|entry| {
        let inside = format!("{path}/{}", entry.file_name().to_string_lossy());
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder { is_leaving(out, &inside, withdrawn) } else { withdrawn.contains(inside.as_str()) }
    })
}

fn foreign(folder: &Folder, work: &Work<'_>) -> Vec<String> {
    let pages = work.print.iter().map(|page| &*page.path);
    let ours: HashSet<&str> =
        pages.chain(folder.ledger.pages.iter().map(|entry| entry.path.as_str())).collect();
    let mut found = Vec::new();
    list(&folder.path, "", &mut found);
    found.retain(|path| !ours.contains(path.as_str()));
    found.sort();
    found
}

fn list(out: &Path, inside: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(out.join(inside)).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list(out, &path, found),
            _ => found.push(path),
        }
    }
}

/// Prints pages into the staging folder, on all threads.
fn print(
    edition: &Edition,
    staging: &Staging,
    pages: &[&Page],
    progress: Progress<'_>,
) -> Result<(Vec<Printed>, Report)> {
    let report = Mutex::new(Report::default());
    let one = |buffer: &mut Vec<u8>, page: &&Page| -> Result<Option<Printed>> {
        let setting = edition.set(page);
        let mut found = Report::default();
        let sheet = edition.print(&setting, buffer, &mut found);
        if let (false, Ok(mut report)) = (found.is_empty(), report.lock()) {
            report.extend(found);
        }
        let Some(sheet) = sheet else { return Ok(None) };
        let stat = staging.write(&page.path, &sheet)?;
        progress(pages.len());
        Ok(Some(Printed::new(&setting, stat)))
    };
    let printed: Result<Vec<Option<Printed>>> = pages.par_iter().map_init(Vec::new, one).collect();
    Ok((printed?.into_iter().flatten().collect(), report.into_inner().unwrap_or_default()))
}

/// What the ledger takes down of a printed page.
struct Printed {
    path: String,
    fingerprint: Digest,
    parts: Vec<(&'static str, Digest)>,
    stat: Stat,
}

impl Printed {
    fn new(setting: &Setting<'_>, stat: Stat) -> Printed {
        let parts = setting.parts.iter().map(|(name, part)| (*name, part.digest)).collect();
        Printed { path: setting.page.path.to_string(), fingerprint: setting.fingerprint, parts, stat }
    }
}

/// The first writing of the ledger: every path that is about to change is marked as in flight.
fn announce(folder: &mut Folder, work: &Work<'_>) -> Result<()> {
    let mut pages = work.keep.clone();
    pages.extend(work.print.iter().map(|page| PageEntry::in_flight(&page.path)));
    pages.extend(work.withdraw.iter().map(|path| PageEntry::in_flight(path)));
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    folder.ledger.pages = pages;
    folder.ledger.inputs = None;
    folder.write_ledger()
}

/// The order in which readers are safe at every instant: assets, new briefs before the lists that name them,
/// then what changed, lists last.
fn safe_order<'a>(folder: &Folder, pages: &[&'a Page]) -> Vec<&'a str> {
    let rank = |page: &&Page| {
        let fresh = folder.empty || !folder.path.join(&*page.path).exists();
        match page.kind {
            Kind::Copy(_) | Kind::Embedded(_) => 0,
            Kind::Brief(_) | Kind::Standing(_) => {
                if fresh {
                    1
                } else {
                    3
                }
            }
            _ => {
                if fresh {
                    2
                } else {
                    4
                }
            }
        }
    };
    let mut ordered: Vec<(u8, &str)> = pages.iter().map(|page| (rank(page), &*page.path)).collect();
    ordered.sort_unstable();
    ordered.into_iter().map(|(_, path)| path).collect()
}

/// Withdrawals that must come first, since a folder is to stand where a file is or the other way round; and
/// those that come last.
fn part_withdrawals<'a>(work: &'a Work<'_>) -> (Vec<&'a str>, Vec<&'a str>) {
    let all = work.withdraw.iter().map(String::as_str);
    if work.withdraw.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let paths: HashSet<&str> = work.print.iter().map(|page| &*page.path).collect();
    let folders: HashSet<&str> = paths.iter().flat_map(|path| staging::folders(path)).collect();
    all.partition(|path| {
        folders.contains(path) || staging::folders(path).any(|folder| paths.contains(folder))
    })
}

/// Removes files that no page claims, and the folders that are empty without them. Where an interrupted run has
/// put a folder in place of the file, or a file in place of its folder, it is gone already.
fn withdraw(out: &Path, paths: &[&str]) -> Result<()> {
    for path in paths {
        let file = out.join(path);
        #[expect(clippy::disallowed_methods, reason = "what no page claims any more is withdrawn here")]
        match fs::remove_file(&file) {
            Err(error)
                if !file.is_dir()
                    && !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Err(error).with_context(|| format!("cannot withdraw `{path}`"));
            }
            _ => remove_empty(out, path),
        }
    }
    Ok(())
}

fn remove_empty(out: &Path, path: &str) {
    for (at, _) in path.rmatch_indices('/') {
        #[expect(clippy::disallowed_methods, reason = "only a folder that is empty is removed")]
        if fs::remove_dir(out.join(&path[..at])).is_err() {
            return;
        }
    }
}

/// The pages that are out now, for the second writing of the ledger.
fn take_down(folder: &mut Folder, work: Work<'_>, printed: Vec<Printed>) {
    folder.ledger.pages = Vec::new();
    let mut pages = work.keep;
    pages.reserve_exact(printed.len());
    for printed in printed {
        let parts = printed.parts.iter().map(|(name, digest)| (folder.ledger.name(name), *digest)).collect();
        let (path, fingerprint) = (printed.path, printed.fingerprint);
        let (size, time) = (printed.stat.size, printed.stat.time);
        pages.push(PageEntry { path, fingerprint, parts, size, time, in_flight: false });
    }
    pages.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    folder.ledger.pages = pages;
}

fn make_folder(path: &Path) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the output folder is made here")]
    fs::create_dir_all(path).with_context(|| format!("cannot make the output folder `{}`", path.display()))
}
