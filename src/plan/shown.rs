//! Where changed briefs may be shown: the pages to compare when only briefs changed and no outline did. It may name
//! a page too many, never one too few; a test holds it against comparing all.

use crate::archive::{outline, related};
use crate::base::date::Truncated;
use crate::plan::page::{Kind, Of, Page, Plan};
use crate::plan::redirect::To;
use std::collections::HashSet;

/// The briefs that changed in more than their text, and all that may show one that changed.
#[derive(Default, Debug)]
pub struct Shown {
    changed: HashSet<u32>,
    briefs: HashSet<u32>,
    topics: HashSet<u32>,
    agencies: HashSet<u32>,
    dates: HashSet<Truncated>,
}

impl Shown {
    /// What changed in a plan since another, which has the same pages.
    pub fn since(plan: &Plan, before: &Plan) -> Shown {
        let mut shown = Shown::default();
        let same = |a: &_, b: &_| std::ptr::eq(a, b);
        let differing =
            plan.archive.briefs.differing(&before.archive.briefs, |a, b| same(&*a.brief, &*b.brief));
        for number in differing {
            let (old, new) = (&before.archive.briefs[number], &plan.archive.briefs[number]);
            match outline::differ_in_text_alone(&old.brief, &new.brief) {
                true => drop(shown.briefs.insert(number as u32)),
                false => shown.add(plan, number as u32),
            }
        }
        if !shown.changed.is_empty() {
            shown.add_recommending(plan);
        }
        shown
    }

    /// Whether a page may show one of the briefs that changed.
    pub fn may_be_on(&self, page: &Page) -> bool {
        match &page.kind {
            Kind::Brief(number) => self.briefs.contains(number),
            Kind::Redirect(To::Brief(number)) => self.changed.contains(number),
            Kind::Topic(number) => self.topics.contains(number),
            Kind::Agency(number) => self.agencies.contains(number),
            Kind::Period(of, date) => self.is_of(*of) && self.dates.contains(date),
            Kind::Corrections(_) => !self.changed.is_empty(),
            Kind::Front | Kind::Timeline | Kind::Topics | Kind::Agencies => !self.changed.is_empty(),
            _ => false,
        }
    }

    fn is_of(&self, of: Of) -> bool {
        match of {
            Of::Timeline => true,
            Of::Topic(number) => self.topics.contains(&number),
            Of::Agency(number) => self.agencies.contains(&number),
        }
    }

    fn add(&mut self, plan: &Plan, number: u32) {
        let filed = plan.archive.filed(number);
        self.changed.insert(number);
        self.briefs.insert(number);
        self.topics.extend(&filed.topics);
        self.agencies.extend(&filed.agencies);
        let day = filed.brief.event.start;
        self.dates.extend([day, day.in_month(), day.in_year()]);
        self.briefs.extend(filed.links.iter().flatten().filter_map(|link| link.brief));
        for &topic in &filed.topics {
            let shelf = &plan.archive.by_topic[topic as usize].latest;
            let at = shelf.partition_point(|other| *other < number);
            self.briefs.extend(
                &shelf[at.saturating_sub(related::REACH)..(at + related::REACH + 1).min(shelf.len())],
            );
        }
    }

    /// Those whose authors name one of them.
    fn add_recommending(&mut self, plan: &Plan) {
        for (number, filed) in plan.archive.briefs.iter().enumerate() {
            let mut named = filed.recommended.iter().flatten().chain(&filed.replaced_by);
            if named.any(|named| self.changed.contains(named)) {
                self.briefs.insert(number as u32);
            }
        }
    }
}
