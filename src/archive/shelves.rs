//! Shelves: the briefs of a term in their two orders, and how often terms meet.

use crate::archive::model::{Filed, Shelf};
use crate::archive::period::{Periods, newest_first};
use crate::base::date::Truncated;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// When the event of each brief began, and all briefs that lists may show.
pub fn all(filed: &[Filed], limit: usize) -> (Vec<Truncated>, Shelf) {
    let events: Vec<Truncated> = filed.iter().map(|filed| filed.brief.event.start).collect();
    let numbers = (0..).zip(filed).filter(|(_, filed)| filed.listed());
    let latest: Vec<u32> = numbers.map(|(number, _)| number).collect();
    let mut dated: Vec<(Truncated, u32)> =
        latest.iter().map(|&number| (events[number as usize], number)).collect();
    dated.par_sort_by_key(|(date, number)| (newest_first(*date), *number));
    let periods = Periods::new(&dated, limit);
    (events, Shelf { latest, periods })
}

/// The briefs that lists may show, in both orders, to be told apart by terms.
#[derive(Clone, Copy)]
pub struct Listed<'a> {
    /// All briefs, those too that no list shows.
    pub filed: &'a [Filed],
    /// When the event of each began.
    pub events: &'a [Truncated],
    /// Those that lists may show.
    pub all: &'a Shelf,
    /// How many briefs a period's page lists at most.
    pub limit: usize,
}

/// The briefs of each term, and how often terms meet.
pub struct Terms {
    /// The briefs of each topic.
    pub by_topic: Vec<Shelf>,
    /// The briefs of each agency.
    pub by_agency: Vec<Shelf>,
    /// How many briefs each agency reported on each topic: `(agency, topic)`.
    pub pairs: Pairs,
    /// How many briefs each two topics share: `(lower, higher)`.
    pub topic_pairs: Pairs,
    /// How many briefs credit each two agencies together: `(lower, higher)`.
    pub agency_pairs: Pairs,
}

/// The terms of a brief.
type TermsOf = fn(&Filed) -> &[u32];

/// How many briefs two terms share.
type Pairs = BTreeMap<(u32, u32), u32>;

impl Listed<'_> {
    /// Tells them apart by so many topics and so many agencies.
    pub fn by_terms(self, topics: usize, agencies: usize) -> Terms {
        let ((by_topic, topic_pairs, pairs), (by_agency, agency_pairs)) = rayon::join(
            || {
                let of: TermsOf = |filed| &filed.topics;
                (self.shelves(topics, of), self.same_kind(of), self.pairs())
            },
            || {
                let of: TermsOf = |filed| &filed.agencies;
                (self.shelves(agencies, of), self.same_kind(of))
            },
        );
        Terms { by_topic, by_agency, pairs, topic_pairs, agency_pairs }
    }

    /// The briefs of each of `count` terms.
    fn shelves(self, count: usize, of: TermsOf) -> Vec<Shelf> {
        let by_term = |order: &[u32]| {
            let mut numbers: Vec<Vec<u32>> = vec![Vec::new(); count];
            for &number in order {
                of(&self.filed[number as usize]).iter().for_each(|&term| numbers[term as usize].push(number));
            }
            numbers
        };
        let shelf = |(latest, order): (Vec<u32>, Vec<u32>)| {
            let dated: Vec<(Truncated, u32)> =
                order.into_iter().map(|number| (self.events[number as usize], number)).collect();
            Shelf { latest, periods: Periods::new(&dated, self.limit) }
        };
        by_term(&self.all.latest).into_iter().zip(by_term(&self.all.periods.order)).map(shelf).collect()
    }

    /// How often a term of the one kind meets one of the other.
    fn pairs(self) -> Pairs {
        counted(self.briefs().flat_map(|filed| {
            let topics = &filed.topics;
            filed.agencies.iter().flat_map(move |&agency| topics.iter().map(move |&topic| (agency, topic)))
        }))
    }

    /// How often two terms of one kind meet.
    fn same_kind(self, of: TermsOf) -> Pairs {
        counted(self.briefs().flat_map(|filed| {
            let terms = of(filed);
            let with_later = move |(turn, &one): (usize, &u32)| {
                terms[turn + 1..].iter().map(move |&other| (one.min(other), one.max(other)))
            };
            terms.iter().enumerate().flat_map(with_later)
        }))
    }

    fn briefs(&self) -> impl Iterator<Item = &Filed> {
        self.all.latest.iter().map(|&number| &self.filed[number as usize])
    }
}

/// Pairs are few, and each is met often.
fn counted(pairs: impl Iterator<Item = (u32, u32)>) -> Pairs {
    let mut counts: HashMap<(u32, u32), u32> = HashMap::new();
    pairs.for_each(|pair| *counts.entry(pair).or_default() += 1);
    counts.into_iter().collect()
}
