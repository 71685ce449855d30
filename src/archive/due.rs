//! What time alone changes: an embargo ends, a date comes, a brief expires. It knows nothing of pages, and nothing of
//! what is out.

use crate::archive::filing;
use crate::base::date::{Due, Moment, Zone};
use crate::read::brief::{Brief, Status};
use std::sync::Arc;

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

/// The last moment at which "now" changed what is out or what is said of it, and the next one.
pub fn due(briefs: &[Arc<Brief>], now: Moment) -> Due {
    let moments =
        briefs.iter().flat_map(|brief| [Some(brief.date.from), brief.embargo, brief.expires]).flatten();
    moments.fold((None, None), |(last, next), moment| match moment <= now {
        true => (last.max(Some(moment)), next),
        false => (last, Some(next.map_or(moment, |next: Moment| next.min(moment)))),
    })
}
