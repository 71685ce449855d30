//! Looking again: what became of a site's files since they were looked at last. A look at named paths is quick and
//! believes no file time; a look at everything is the truth.

use crate::read::sources::{self, FOLDERS, Known, Source, Sources};
use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicBool, Ordering};

impl Sources {
    /// Looks at everything again, and says whether anything differs. `go_on` is asked all the time; when it says
    /// no, the look is given up and `None` comes back. Only what differs takes memory: a second list of all files
    /// would be most of what a look that finds nothing takes.
    pub fn look_again(&mut self, go_on: impl Fn() -> bool + Sync) -> io::Result<Option<bool>> {
        let looked = sources::clock();
        let known = |path: &str| {
            let source = self.get(path).filter(|source| source.trouble.is_none())?;
            let settled = source.stat.settled(self.looked);
            settled.then_some(Known { stat: source.stat, digest: source.digest })
        };
        let there: Vec<AtomicBool> = self.list.iter().map(|_| AtomicBool::default()).collect();
        let another = |source: Source| {
            if !go_on() {
                return Err(ErrorKind::Interrupted.into());
            }
            let last = self.place(&source.path).map(|at| {
                there[at].store(true, Ordering::Relaxed);
                &self.list[at]
            });
            let same = last.is_some_and(|last| last.stat == source.stat && source.says(last));
            Ok((!same).then_some(source))
        };
        let others = match Sources::look_for(&self.root, known, another) {
            Ok(others) => others,
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(None),
            Err(error) => return Err(error),
        };
        self.looked = looked;
        let gone = self.keep(there);
        Ok(Some(self.take_in(others) || gone))
    }

    /// Lets go of the files that are not there any more; whether there are any.
    fn keep(&mut self, there: Vec<AtomicBool>) -> bool {
        let all = self.list.len();
        let mut there = there.into_iter();
        self.list.retain(|_| there.next().is_some_and(AtomicBool::into_inner));
        self.list.len() < all
    }

    /// Takes in what other files than before were found; whether any says something else.
    fn take_in(&mut self, others: Vec<Source>) -> bool {
        let (known, new): (Vec<Source>, Vec<Source>) =
            others.into_iter().partition(|source| self.place(&source.path).is_some());
        let mut differs = !new.is_empty();
        for mut source in known {
            if let Some(at) = self.place(&source.path) {
                differs |= carry_over(&mut self.list[at], &mut source);
                self.list[at] = source;
            }
        }
        if !new.is_empty() {
            self.list.extend(new);
            self.list.sort_by(|a, b| a.path.cmp(&b.path));
        }
        differs
    }

    /// Looks at these paths (from the site's root, with `/`) and all that is below them, and says whether anything
    /// differs. What lies outside a site's folders is passed over.
    pub fn look_at(&mut self, paths: &BTreeSet<String>) -> io::Result<bool> {
        let mut differs = false;
        for path in paths {
            let mut names = path.split('/');
            let ours = names.next().is_some_and(|top| FOLDERS.contains(&top));
            if !ours || names.any(sources::is_junk) {
                continue;
            }
            let path = unlinked(self, path);
            let mut fresh = Sources::look_below(&self.root, path)?;
            let at = self.list.partition_point(|source| &*source.path < path);
            let itself = usize::from(self.list.get(at).is_some_and(|source| &*source.path == path));
            let below = self.range(&format!("{path}/"));
            // Between a path and what is below it other names may stand: `a`, `a-b`, `a/c`.
            let last: Vec<Source> = self.list.drain(below).collect();
            let last = self.list.drain(at..at + itself).chain(last).collect();
            differs |= carry_all_over(last, &mut fresh);
            for source in fresh {
                let at = self.list.partition_point(|other| other.path < source.path);
                self.list.insert(at, source);
            }
        }
        Ok(differs)
    }
}

impl Source {
    /// Whether a file says what it said.
    fn says(&self, last: &Source) -> bool {
        self.digest == last.digest && self.trouble == last.trouble
    }
}

/// The path, or the first symbolic link on the way to it: nothing behind one is a site's.
fn unlinked<'a>(sources: &Sources, path: &'a str) -> &'a str {
    let slashes = path.match_indices('/').skip(1).map(|(at, _)| &path[..at]);
    let mut links = slashes.filter(|folder| sources.root.join(folder).is_symlink());
    links.next().unwrap_or(path)
}

/// Takes what is known of the same files over from the last look; whether anything differs. Both are by path.
fn carry_all_over(last: Vec<Source>, fresh: &mut [Source]) -> bool {
    let mut differs = last.len() != fresh.len();
    let mut last = last.into_iter().peekable();
    for source in fresh {
        while last.next_if(|other| other.path < source.path).is_some() {}
        differs |= last
            .next_if(|other| other.path == source.path)
            .is_none_or(|mut other| carry_over(&mut other, source));
    }
    differs
}

/// Takes what is known of a file over from the last look; whether it says something else now.
fn carry_over(last: &mut Source, fresh: &mut Source) -> bool {
    std::mem::swap(&mut fresh.path, &mut last.path);
    let same = fresh.says(last);
    if same {
        (fresh.bytes, fresh.picture, fresh.head_read) =
            (last.bytes.take(), last.picture.take(), last.head_read);
    }
    !same
}
