//! Looking again: what became of a site's files since they were looked at last. A look at named paths is quick and
//! believes no file time; a look at everything is the truth.

use crate::read::sources::{self, FOLDERS, Known, Source, Sources};
use std::collections::BTreeSet;
use std::io::{self, ErrorKind};

impl Sources {
    /// Looks at everything again, and says whether anything differs. `go_on` is asked all the time; when it says
    /// no, the look is given up and `None` comes back.
    pub fn look_again(&mut self, go_on: impl Fn() -> bool + Sync) -> io::Result<Option<bool>> {
        let known = |path: &str| {
            let source = self.get(path).filter(|source| source.trouble.is_none())?;
            let settled = source.stat.settled(self.looked);
            settled.then_some(Known { stat: source.stat, digest: source.digest })
        };
        let mut fresh = match Sources::look_while(&self.root, known, go_on) {
            Ok(fresh) => fresh,
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(None),
            Err(error) => return Err(error),
        };
        let last = std::mem::take(&mut self.list);
        let differs = carry_over(last, &mut fresh.list);
        *self = fresh;
        Ok(Some(differs))
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
            differs |= carry_over(last, &mut fresh);
            for source in fresh {
                let at = self.list.partition_point(|other| other.path < source.path);
                self.list.insert(at, source);
            }
        }
        Ok(differs)
    }
}

/// The path, or the first symbolic link on the way to it: nothing behind one is a site's.
fn unlinked<'a>(sources: &Sources, path: &'a str) -> &'a str {
    let slashes = path.match_indices('/').skip(1).map(|(at, _)| &path[..at]);
    let mut links = slashes.filter(|folder| sources.root.join(folder).is_symlink());
    links.next().unwrap_or(path)
}

/// Takes what is known of the same files over from the last look; whether anything differs. Both are by path.
fn carry_over(last: Vec<Source>, fresh: &mut [Source]) -> bool {
    let mut differs = last.len() != fresh.len();
    let mut last = last.into_iter().peekable();
    for source in fresh {
        while last.next_if(|other| other.path < source.path).is_some() {}
        let Some(other) = last.next_if(|other| other.path == source.path) else {
            differs = true;
            continue;
        };
        source.path = other.path;
        if other.digest == source.digest && other.trouble == source.trouble {
            (source.bytes, source.picture, source.head_read) = (other.bytes, other.picture, other.head_read);
        } else {
            differs = true;
        }
    }
    differs
}
