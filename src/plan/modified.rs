//! When a brief was last changed, as machines are told: feeds, sitemaps and data.

use crate::archive::corrections::is_told;
use crate::archive::model::Filed;
use crate::base::date::{Moment, When, Zone};

/// When it was published, or what readers were told of last: a correction, a clarification, an update, its withdrawal.
/// Refiled slips move nothing. A change of which only the day is known, and that day is not after what came before,
/// counts as one second later, since a reader's program must see that there was one.
pub fn modified(filed: &Filed, zone: &Zone) -> Moment {
    let extras = filed.brief.extras.as_deref();
    let corrections = extras.iter().flat_map(|extras| &extras.corrections);
    let mut changes: Vec<When> = corrections.filter(|one| is_told(one)).map(|one| one.date).collect();
    let withdrawn = extras.and_then(|extras| extras.withdrawn.as_ref()).filter(|_| filed.withdrawn());
    changes.extend(withdrawn.map(|withdrawn| When {
        day: withdrawn.date,
        at: None,
        from: zone.start_of(withdrawn.date),
    }));
    // What `updated` says is mostly what a correction says too.
    let told = |when: &When| changes.iter().any(|change| change.day == when.day);
    let updated = filed.brief.updated.filter(|when| when.at.is_some() || !told(when));
    changes.extend(updated);
    changes.sort_by_key(|change| change.from);
    let later = |last: Moment, change: When| match change.from > last {
        true => change.from,
        false if change.at.is_none() => Moment(last.0 + 1),
        false => last,
    };
    changes.into_iter().fold(filed.published.from, later)
}
