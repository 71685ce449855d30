//! Related briefs: chosen among the 5 before and the 5 after in each of a brief's topics, most shared topics
//! first, then the nearest in time. So one brief moves at most 10 others a topic. Where its page names a brief for
//! another reason, it is not named again. Those chosen hang from a line of time: they are told newest first.

use crate::archive::model::{Archive, Filed};

/// How far to each side a topic is looked through.
pub const REACH: usize = 5;

/// How many are chosen at most, the authors' own counted.
pub const CHOSEN: usize = 2;

/// How many of the briefs that mention one are shown.
pub const MENTIONED: usize = 20;

/// The briefs chosen as related to a brief: none that its authors recommend, that mentions it, or that stands right
/// before or after it. Newest first.
pub fn related(archive: &Archive, number: u32) -> Vec<u32> {
    let filed = archive.filed(number);
    let (earlier, later) = neighbours(archive, number);
    let named: Vec<u32> = recommended(filed)
        .chain(mentioned(archive, number))
        .chain(earlier)
        .chain(later)
        .chain([number])
        .collect();
    let mut candidates: Vec<u32> = Vec::with_capacity(2 * REACH * filed.topics.len());
    for &topic in &filed.topics {
        candidates.extend(neighbourhood(&archive.by_topic[topic as usize].latest, number));
    }
    candidates.sort_unstable();
    candidates.dedup();
    candidates.retain(|candidate| !named.contains(candidate));
    candidates.retain(|candidate| !archive.filed(*candidate).withdrawn());
    candidates.sort_by_cached_key(|candidate| nearness(archive, filed, *candidate));
    candidates.truncate(CHOSEN.saturating_sub(filed.recommended.len()));
    candidates.sort_unstable();
    candidates
}

/// The newest of the briefs that mention a brief, without those that its page names as recommended or beside it.
pub fn mentioned(archive: &Archive, number: u32) -> Vec<u32> {
    let filed = archive.filed(number);
    let (earlier, later) = neighbours(archive, number);
    let beside = |other: u32| Some(other) == earlier || Some(other) == later;
    let named = |other: &u32| beside(*other) || recommended(filed).any(|one| one == *other);
    filed.mentioned.iter().copied().filter(|other| !named(other)).take(MENTIONED).collect()
}

fn recommended(filed: &Filed) -> impl Iterator<Item = u32> {
    filed.recommended.iter().flatten().copied()
}

/// The brief before and the brief after in a brief's first topic: `(earlier, later)`.
pub fn neighbours(archive: &Archive, number: u32) -> (Option<u32>, Option<u32>) {
    let Some(&topic) = archive.filed(number).topics.first() else { return (None, None) };
    let shelf = &archive.by_topic[topic as usize].latest;
    let Ok(at) = shelf.binary_search(&number) else { return (None, None) };
    let later = at.checked_sub(1).map(|at| shelf[at]);
    (shelf.get(at + 1).copied(), later)
}

fn neighbourhood(shelf: &[u32], number: u32) -> &[u32] {
    match shelf.binary_search(&number) {
        Ok(at) => &shelf[at.saturating_sub(REACH)..(at + REACH + 1).min(shelf.len())],
        Err(_) => &[],
    }
}

fn nearness(archive: &Archive, filed: &Filed, candidate: u32) -> (std::cmp::Reverse<usize>, i64, u32) {
    let other = archive.filed(candidate);
    let shared = other.topics.iter().filter(|topic| filed.topics.contains(topic)).count();
    let apart = (filed.published.from.0 - other.published.from.0).abs();
    (std::cmp::Reverse(shared), apart, candidate)
}
