//! What time alone changes: an embargo ends, a date comes, a brief expires or is news no more. It knows
//! nothing of pages, and nothing of what is out.

use crate::archive::filing;
use crate::base::date::{Due, Moment, Zone};
use crate::read::brief::{Brief, Status};
use std::sync::Arc;

/// How long a brief is news, in seconds: what sitemaps for news hold.
const FRESH: i64 = 48 * 3600;

/// How a brief changes at a moment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Turn {
    /// Its embargo ends: it goes out.
    Embargo,
    /// Its date comes: it goes out.
    Date,
    /// It expires: it leaves every list.
    Expiry,
}

/// The moments at which a brief changes by itself, in their order. A draft has none: it waits for its desk.
pub fn turns(brief: &Brief, zone: &Zone) -> Vec<(Moment, Turn)> {
    if brief.status == Status::Draft {
        return Vec::new();
    }
    let out = filing::published(brief, zone).from;
    let how = if out == brief.date.from { Turn::Date } else { Turn::Embargo };
    let expiry = brief.expires.filter(|expires| *expires > out).map(|expires| (expires, Turn::Expiry));
    [Some((out, how)), expiry].into_iter().flatten().collect()
}

/// Whether what was published at a moment is still news.
pub fn is_fresh(published: Moment, now: Moment) -> bool {
    now.0 < published.0 + FRESH
}

/// The last moment at which "now" changed what is out or what is said of it, and the next one.
pub fn due(briefs: &[Arc<Brief>], now: Moment) -> Due {
    let moments = briefs.iter().flat_map(|brief| {
        let stale = Moment(published(brief).0 + FRESH);
        [Some(brief.date.from), brief.embargo, brief.expires, Some(stale)]
    });
    let moments = moments.flatten();
    moments.fold((None, None), |(last, next), moment| match moment <= now {
        true => (last.max(Some(moment)), next),
        false => (last, Some(next.map_or(moment, |next: Moment| next.min(moment)))),
    })
}

/// Whether a brief, or part of it, is in its source and on no page.
pub fn keeps_back(brief: &Brief, now: Moment) -> bool {
    brief.notes || brief.status == Status::Draft || published(brief) > now
}

fn published(brief: &Brief) -> Moment {
    brief.embargo.map_or(brief.date.from, |embargo| embargo.max(brief.date.from))
}
