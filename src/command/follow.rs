//! Following a site: compose, hand the round on, look again; for as long as the process lives. What is heard of is
//! looked at and composed at once, since that is what an editor waits for; a look at everything follows behind
//! when it is quiet, since that is the truth.

use crate::base::date::Moment;
use crate::base::report::Report;
use crate::command::messages;
use crate::command::site::Site;
use crate::newsroom::Newsroom;
use crate::press::Edition;
use crate::read::sources::Sources;
use crate::read::watch::{Hint, Polling, Watcher};
use anyhow::{Context, Result};
use std::io;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long it has to be quiet before everything is looked at.
const BEHIND: Duration = Duration::from_millis(250);

/// How often everything is looked at although nothing was heard: systems lose events.
const CHECK: Duration = Duration::from_secs(10);

/// At most one part in so many of the time goes into looks that nothing asked for.
const SHARE: u32 = 50;

/// The same where nothing is ever heard, and looks are all there is.
const SHARE_OF_POLLING: u32 = 5;

/// For how long a look at everything gives way to what is heard.
const GIVE_WAY: Duration = Duration::from_secs(3);

/// What one round came to.
pub struct Round<'a> {
    /// The edition.
    pub edition: Arc<Edition>,
    /// What was said of it.
    pub report: Report,
    /// What it was composed from.
    pub sources: &'a Sources,
    /// When the round began: what was heard was quiet by then.
    pub began: Instant,
}

/// Someone who follows a site from round to round.
pub struct Follower<'a> {
    site: &'a Site,
    sources: Sources,
    newsroom: Newsroom,
    watcher: Watcher,
    /// Which thread of the pool composed last.
    turn: usize,
    /// When "now" changes the edition next.
    due: Option<Moment>,
    /// When everything is to be looked at next, and since when that is put off.
    next_look: Instant,
    waits_since: Option<Instant>,
    /// Why the last look failed.
    trouble: Option<String>,
}

/// Runs what follows a site on a thread of its own, and ends with it, or at once when the terminal says so: then
/// all is well, since whatever was under way can be broken off at any moment.
pub fn until_interrupted(work: impl FnOnce() -> Result<()> + Send + 'static) -> Result<u8> {
    let (say, heard) = mpsc::channel();
    let interrupted = say.clone();
    ctrlc::set_handler(move || {
        let _ = interrupted.send(Ok(()));
    })
    .context("cannot listen to the terminal")?;
    std::thread::Builder::new()
        .name("newsroom".into())
        .spawn(move || {
            let _ = say.send(work());
        })
        .context("cannot start a thread")?;
    heard.recv().context("the newsroom failed")??;
    Ok(crate::command::FINE)
}

/// Follows a site: `show` is handed every round. It ends only with an error, and not with one that may pass: what
/// cannot be read for a while is looked at again.
pub fn follow(site: &Site, polling: Polling, mut show: impl FnMut(Round<'_>) -> Result<()>) -> Result<()> {
    let (watcher, trouble) = Watcher::new(&site.root, polling);
    say_polling(trouble);
    let began = clock();
    let sources = Sources::look(&site.root, |_| None).context("cannot read the site")?;
    let newsroom = Newsroom::default();
    let next_look = began + BEHIND;
    let (due, waits_since, trouble) = (None, Some(began), None);
    let mut follower =
        Follower { site, sources, newsroom, watcher, turn: 0, due, next_look, waits_since, trouble };
    show(follower.compose(began)?)?;
    loop {
        let (differs, began) = follower.wait()?;
        if differs {
            show(follower.compose(began)?)?;
        }
    }
}

impl Follower<'_> {
    fn compose(&mut self, began: Instant) -> Result<Round<'_>> {
        let flags = self.site.flags_now()?;
        let (edition, report) = self.in_turn(|newsroom, sources| newsroom.compose(sources, &flags))?;
        self.due = edition.due().1.filter(|_| !self.site.fixed);
        Ok(Round { edition, report, sources: &self.sources, began })
    }

    /// Works on one thread of the pool after another. They made the first edition, and an allocator keeps memory by
    /// thread: what rounds let go of is then where the next ones look for room, on all of them alike.
    fn in_turn<T: Send>(&mut self, work: impl Fn(&mut Newsroom, &mut Sources) -> T + Sync) -> Result<T> {
        self.turn = (self.turn + 1) % rayon::current_num_threads();
        let (turn, held) = (self.turn, Mutex::new((&mut self.newsroom, &mut self.sources)));
        let done = rayon::broadcast(|thread| {
            if thread.index() != turn {
                return None; // it is free to help
            }
            let mut held = held.lock().ok()?;
            let (newsroom, sources) = &mut *held;
            Some(work(newsroom, sources))
        });
        done.into_iter().flatten().next().context("a thread of the pool failed")
    }

    /// Waits for something to hear, a look that is due, or a moment that changes the edition; whether to compose.
    fn wait(&mut self) -> Result<(bool, Instant)> {
        if self.waits_since.is_some_and(|since| since.elapsed() >= GIVE_WAY) {
            let began = clock();
            return Ok((self.look_in_passing(), began));
        }
        let due = self.until_due()?;
        let until = due.map_or(self.next_look, |due| due.min(self.next_look));
        let hint = self.watcher.wait(until);
        let began = clock();
        let differs = match hint {
            Hint::Paths(paths) => {
                self.look_behind();
                let differs = self.sources.look_at(&paths);
                // Where one path could not be looked at, others may differ.
                self.seen(differs).unwrap_or(true)
            }
            Hint::Everything => self.look(|| true).unwrap_or(false),
            Hint::Nothing if began >= self.next_look => self.look_in_passing(),
            Hint::Nothing => false,
        };
        Ok((differs || due.is_some_and(|due| due <= began), began))
    }

    /// When "now" changes the edition, on this machine's clock that only goes on.
    fn until_due(&self) -> Result<Option<Instant>> {
        let Some(due) = self.due else { return Ok(None) };
        let seconds = due.0.saturating_sub(self.site.flags_now()?.now.0);
        Ok(Some(clock() + Duration::from_secs(u64::try_from(seconds).unwrap_or_default())))
    }

    /// A look at everything is to follow soon.
    fn look_behind(&mut self) {
        let now = clock();
        self.waits_since.get_or_insert(now);
        self.next_look = now + BEHIND;
    }

    /// Looks at everything, unless something is heard meanwhile; but it cannot be put off for ever.
    fn look_in_passing(&mut self) -> bool {
        let patient = self.waits_since.is_none_or(|since| clock() - since < GIVE_WAY);
        let news = self.watcher.news();
        let differs = self.look(|| !(patient && news()));
        if differs.is_none() {
            self.look_behind();
        }
        differs.unwrap_or(false)
    }

    /// Looks at everything; `None` where it was given up.
    fn look(&mut self, go_on: impl Fn() -> bool + Sync) -> Option<bool> {
        say_polling(self.watcher.watch_new());
        let start = clock();
        let looked = self.sources.look_again(go_on);
        let differs = match self.seen(looked) {
            Some(None) => return None,
            Some(Some(differs)) => {
                self.trouble = None;
                differs
            }
            None => false,
        };
        let (interval, share) =
            self.watcher.interval().map_or((CHECK, SHARE), |poll| (poll, SHARE_OF_POLLING));
        self.next_look = clock() + interval.max(start.elapsed() * share);
        self.waits_since = None;
        Some(differs)
    }

    /// What a look saw; where it failed, it says so, once.
    fn seen<T>(&mut self, looked: io::Result<T>) -> Option<T> {
        match looked {
            Ok(seen) => Some(seen),
            Err(error) => {
                let trouble = Some(error.to_string());
                if self.trouble != trouble {
                    messages::note(&format!("cannot read the site: {error}\n  it is looked at again"));
                }
                self.trouble = trouble;
                None
            }
        }
    }
}

/// Says, once, that the system cannot tell of changes.
fn say_polling(trouble: Option<String>) {
    if let Some(trouble) = trouble {
        messages::note(&format!(
            "the system cannot tell of changes ({trouble}): everything is looked at twice a second instead"
        ));
    }
}

/// A clock that only goes on.
pub fn clock() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "looks and rounds are timed by the command")]
    Instant::now()
}
