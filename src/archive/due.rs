//! What "now" decides: which briefs are out, expired or news. It reads no clock.

use crate::base::date::{Due, Moment};
use crate::read::brief::{Brief, Status};
use std::sync::Arc;

/// How long a brief is news, in seconds: what sitemaps for news hold.
const FRESH: i64 = 48 * 3600;

/// Whether what was published at a moment is still news.
pub fn is_fresh(published: Moment, now: Moment) -> bool {
    now.0 < published.0 + FRESH
}

/// The last moment at which "now" changed what is out, and the next one.
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
