//! The preview: the edition that is shown, printed a page at a time when it is asked for. While there are errors
//! the last good edition stays. It knows nothing of sockets.

use crate::base::digest::Digest;
use crate::base::report::Report;
use crate::base::show::{self, Drawn, TextOf};
use crate::deliver::address::{Meant, meant};
use crate::deliver::tab;
use crate::plan::Page;
use crate::press::{Edition, Sheet, theme};
use crate::read::sources::{self, Sources};
use std::collections::{HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many diagnostics a page shows.
const MOST: usize = 50;

/// How many bytes of printed pages are kept.
const KEPT: usize = 512 * 1024;

/// The preview of one site.
pub struct Preview {
    /// The site's root.
    pub root: PathBuf,
    /// The form of addresses that open a file in an editor: `{path}` and `{line}` are filled in.
    pub editor_url: Option<String>,
    shown: Mutex<Option<Arc<Shown>>>,
    sheets: Mutex<Sheets>,
}

/// What is shown since a round.
pub struct Shown {
    /// The round's number, from 1.
    pub round: u64,
    /// The edition.
    pub edition: Arc<Edition>,
    /// What is wrong with the sources as they are now.
    pub problems: Problems,
    /// Whether the edition is one without errors.
    good: bool,
}

/// What a page says is wrong.
pub struct Problems {
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// The first of them.
    pub drawn: Vec<Drawn>,
    /// What is shown in spite of the errors.
    pub outcome: &'static str,
}

/// What is shown while there are errors: what was good last, or, before anything was, what there is.
const LAST_GOOD: &str = "the last good edition is shown";
const WHAT_THERE_IS: &str = "what could be understood is shown";
const NOT_PRINTED: &str = "this page cannot be printed";

/// Pages that were printed, for as long as their fingerprints hold.
#[derive(Default)]
struct Sheets {
    printed: HashMap<Arc<str>, (Digest, Arc<[u8]>)>,
    order: VecDeque<Arc<str>>,
    bytes: usize,
}

/// What answers a request.
pub enum Answer {
    /// A page, printed.
    Sheet {
        /// Its path.
        page: Arc<str>,
        /// Its bytes.
        bytes: Arc<[u8]>,
        /// Whether it stands for a page that is not there.
        missing: bool,
    },
    /// A file of the site that is copied as it is.
    File {
        /// Its path in the edition.
        page: Arc<str>,
        /// Where it lies.
        path: PathBuf,
    },
    /// Another address of this site.
    Moved(String),
    /// Nothing has that address, and the theme has no page for that; or its file is gone.
    Nothing,
    /// The page's templates failed.
    Failed {
        /// Its path.
        page: Arc<str>,
        /// What is wrong with them.
        problems: Problems,
    },
}

impl Preview {
    /// The preview of a site, with nothing to show yet.
    pub fn new(root: PathBuf, editor_url: Option<String>) -> Preview {
        Preview { root, editor_url, shown: Mutex::default(), sheets: Mutex::default() }
    }

    /// Shows an edition, or what is wrong with it beside the last good one.
    pub fn show(&self, edition: Arc<Edition>, report: &Report, sources: &Sources) -> Arc<Shown> {
        let mut shown = held(&self.shown);
        let round = shown.as_ref().map_or(1, |last| last.round + 1);
        let last_good = shown.as_ref().filter(|last| last.good && report.has_errors());
        let outcome = if last_good.is_some() { LAST_GOOD } else { WHAT_THERE_IS };
        let edition = last_good.map_or(edition, |last| last.edition.clone());
        let good = last_good.is_some() || !report.has_errors();
        let problems = Problems::of(report, outcome, &|file| sources.text(file));
        shown.insert(Arc::new(Shown { round, edition, problems, good })).clone()
    }

    /// What is shown now.
    pub fn shown(&self) -> Option<Arc<Shown>> {
        held(&self.shown).clone()
    }

    /// What answers an address path, as it stands in a request.
    pub fn answer(&self, shown: &Shown, asked: &str) -> Answer {
        match meant(&shown.edition, asked) {
            Meant::Page(page) => self.print(&shown.edition, page, false),
            Meant::Moved(to) => Answer::Moved(to),
            Meant::Missing => match shown.edition.page("404.html") {
                Some(page) => self.print(&shown.edition, page, true),
                None => Answer::Nothing,
            },
        }
    }

    /// What a browser's tab is told of the page it shows.
    pub fn tab(&self, shown: &Shown, tab: &tab::Tab) -> String {
        tab::told(self, shown, tab)
    }

    fn print(&self, edition: &Edition, page: &Page, missing: bool) -> Answer {
        let setting = edition.set(page);
        let path = page.path.clone();
        if let Some(bytes) = held(&self.sheets).get(&path, setting.fingerprint) {
            return Answer::Sheet { page: path, bytes, missing };
        }
        let (mut buffer, mut report) = (Vec::new(), Report::default());
        match edition.print(&setting, &mut buffer, &mut report) {
            Some(Sheet::Bytes(bytes)) => {
                let bytes: Arc<[u8]> = bytes.into();
                held(&self.sheets).keep(path.clone(), setting.fingerprint, bytes.clone());
                Answer::Sheet { page: path, bytes, missing }
            }
            Some(Sheet::Copy(source)) => match place(&self.root, &source) {
                Some(file) => Answer::File { page: path, path: file },
                None => Answer::Nothing,
            },
            None => {
                let text = |file: &str| sources::text(&self.root, file);
                Answer::Failed { page: path, problems: Problems::of(&report, NOT_PRINTED, &text) }
            }
        }
    }
}

impl Problems {
    fn of(report: &Report, outcome: &'static str, text: TextOf<'_>) -> Problems {
        let (errors, warnings) = report.counts();
        let text_of = |file: &str| text(file).or_else(|| theme::default_text(file));
        Problems { errors, warnings, drawn: show::drawn(report, MOST, &text_of), outcome }
    }
}

impl Sheets {
    fn get(&self, path: &str, fingerprint: Digest) -> Option<Arc<[u8]>> {
        let (of, bytes) = self.printed.get(path)?;
        (*of == fingerprint).then(|| bytes.clone())
    }

    /// Keeps a sheet; the oldest are let go of when there are too many bytes.
    fn keep(&mut self, path: Arc<str>, fingerprint: Digest, bytes: Arc<[u8]>) {
        self.bytes += bytes.len();
        match self.printed.insert(path.clone(), (fingerprint, bytes)) {
            Some((_, last)) => self.bytes -= last.len(),
            None => self.order.push_back(path),
        }
        while self.bytes > KEPT {
            let Some(oldest) = self.order.pop_front() else { break };
            self.bytes -= self.printed.remove(&oldest).map_or(0, |(_, bytes)| bytes.len());
        }
    }
}

/// Where a file of the site lies; `None` where it became a link, or lies behind one, since it was looked at. A
/// site's folder itself may be one.
fn place(root: &Path, source: &str) -> Option<PathBuf> {
    let (folder, inside) = source.split_once('/')?;
    let mut path = root.join(folder).canonicalize().ok()?;
    path.extend(inside.split('/'));
    (path.is_file() && path.canonicalize().ok()? == path).then_some(path)
}

/// What a lock holds, also after another thread failed while it held it: every value here is whole at any time.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
