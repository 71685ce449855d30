//! The watcher: where to look again. The system's events are hints, never the truth: they say that something may
//! have happened at a path, not what. Where the system gives none, time passes and everything is looked at.

use crate::read::sources::{FOLDERS, Stat};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// How long nothing may happen before a burst counts as over: an editor's write and rename are closer together.
const QUIET: Duration = Duration::from_millis(10);

/// How long a burst may last before it is looked at while it goes on: what a reader takes for at once.
const STORM: Duration = Duration::from_millis(100);

/// How many paths are looked at one by one; more of them are a checkout or a copy, and everything is looked at.
const MANY: usize = 64;

/// How often everything is looked at where the system tells of nothing.
const POLL: Duration = Duration::from_millis(500);

/// Where to look again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hint {
    /// At these paths from the site's root, and below them.
    Paths(BTreeSet<String>),
    /// Everywhere: there was too much to name, or some of it was lost.
    Everything,
    /// Nothing was heard by the time that was given.
    Nothing,
}

/// Hears where something may have changed in a site.
pub struct Watcher {
    root: PathBuf,
    heard: Receiver<Heard>,
    system: Option<RecommendedWatcher>,
    /// Whether something was heard and not yet given out.
    news: Arc<AtomicBool>,
    /// Whether folders came, which the system may not be watching yet.
    folders: bool,
    /// Which the root and the site's folders were when they were watched.
    watched: Places,
}

/// The inodes of the root and of the site's folders; 0 where there is none.
type Places = [u64; 1 + FOLDERS.len()];

enum Heard {
    Path(PathBuf),
    Lost,
}

impl Watcher {
    /// Watches a site; by time alone where `polling` is [`Polling::Always`] or the system cannot watch: then the
    /// reason comes too.
    pub fn new(root: &Path, polling: Polling) -> (Watcher, Option<String>) {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let (say, heard) = mpsc::channel();
        let news = Arc::new(AtomicBool::new(false));
        let watched = Places::default();
        let mut watcher = Watcher { root, heard, system: None, news, folders: false, watched };
        if polling == Polling::Always {
            return (watcher, None);
        }
        let trouble = match system(say, watcher.news.clone()) {
            Ok(system) => {
                watcher.system = Some(system);
                watcher.watch()
            }
            Err(error) => Some(reason(&error)),
        };
        if trouble.is_some() {
            watcher.system = None;
        }
        (watcher, trouble)
    }

    /// Waits until something is heard and the burst is over, but not longer than until the moment given.
    pub fn wait(&mut self, until: Instant) -> Hint {
        let mut hint = match self.hear(until) {
            Some(heard) => self.added(Hint::Nothing, heard),
            None => return Hint::Nothing,
        };
        let storm = clock() + STORM;
        while let Some(heard) = self.hear(storm.min(clock() + QUIET)) {
            hint = self.added(hint, heard);
        }
        self.news.store(false, Ordering::Relaxed);
        hint
    }

    /// Tells whether something was heard that has not been given out.
    pub fn news(&self) -> impl Fn() -> bool + Sync + use<> {
        let news = self.news.clone();
        move || news.load(Ordering::Relaxed)
    }

    /// How often everything has to be looked at, where nothing is heard; `None` where the system tells.
    pub fn interval(&self) -> Option<Duration> {
        (self.system.is_none() || !self.root.is_dir()).then_some(POLL)
    }

    /// Watches the folders that came since, and those that took others' places. What comes before the look that
    /// follows is seen by it, what comes after it is heard. What is wrong, if the system cannot: then time alone
    /// is left.
    pub fn watch_new(&mut self) -> Option<String> {
        let came = std::mem::take(&mut self.folders) || self.watched != self.places();
        if !came || self.system.is_none() {
            return None;
        }
        let trouble = self.watch();
        if trouble.is_some() {
            self.system = None;
        }
        trouble
    }

    fn watch(&mut self) -> Option<String> {
        self.watched = self.places();
        let system = self.system.as_mut()?;
        let mut watch = |path: &Path, mode| match system.watch(path, mode) {
            Ok(()) => None,
            Err(_) if !path.exists() => None,
            Err(error) => Some(reason(&error)),
        };
        let folders = FOLDERS.map(|folder| self.root.join(folder));
        let trouble = watch(&self.root, RecursiveMode::NonRecursive);
        trouble.or_else(|| folders.iter().find_map(|folder| watch(folder, RecursiveMode::Recursive)))
    }

    fn places(&self) -> Places {
        let [content, templates, of_static] = FOLDERS.map(|folder| self.root.join(folder));
        let inode = |path: PathBuf| path.metadata().map_or(0, |metadata| Stat::of(&metadata).inode);
        [self.root.clone(), content, templates, of_static].map(inode)
    }

    fn hear(&self, until: Instant) -> Option<Heard> {
        match self.heard.recv_timeout(until.saturating_duration_since(clock())) {
            Ok(heard) => Some(heard),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(until.saturating_duration_since(clock()));
                None
            }
        }
    }

    fn added(&mut self, hint: Hint, heard: Heard) -> Hint {
        let Heard::Path(path) = heard else { return Hint::Everything };
        // The root itself went, or came back.
        let Some(inside) = self.inside(&path) else {
            return if path == self.root { Hint::Everything } else { hint };
        };
        self.folders |= path.is_dir();
        match hint {
            Hint::Everything => Hint::Everything,
            Hint::Paths(paths) if paths.len() >= MANY => Hint::Everything,
            Hint::Paths(mut paths) => {
                paths.insert(inside);
                Hint::Paths(paths)
            }
            Hint::Nothing => Hint::Paths(BTreeSet::from([inside])),
        }
    }

    /// The path from the site's root, where it is one of a site's folders or below it.
    fn inside(&self, path: &Path) -> Option<String> {
        let inside = path.strip_prefix(&self.root).ok()?.to_str()?;
        let inside = inside.replace(std::path::MAIN_SEPARATOR, "/");
        let top = inside.split('/').next()?;
        FOLDERS.contains(&top).then_some(inside)
    }
}

/// Whether the system is asked at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Polling {
    /// Only where the system cannot tell.
    IfNeeded,
    /// From the start: for network disks.
    Always,
}

fn system(say: Sender<Heard>, news: Arc<AtomicBool>) -> notify::Result<RecommendedWatcher> {
    let hear = move |event: notify::Result<Event>| {
        let heard: Vec<Heard> = match event {
            // Our own reading is told too, and would never end.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
            Ok(event) if event.need_rescan() || event.paths.is_empty() => vec![Heard::Lost],
            Ok(event) => event.paths.into_iter().map(Heard::Path).collect(),
            Err(_) => vec![Heard::Lost],
        };
        news.store(true, Ordering::Relaxed);
        for heard in heard {
            // Nobody listens any more when the preview ends.
            let _ = say.send(heard);
        }
    };
    RecommendedWatcher::new(hear, Config::default().with_follow_symlinks(false))
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system has no watches left".to_owned(),
        notify::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

fn clock() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "a burst is over when nothing happens for a while")]
    Instant::now()
}
