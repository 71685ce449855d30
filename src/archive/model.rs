//! The archive: all briefs of a site that are out, with every index that a page may need. Immutable; a copy is
//! cheap, and shares all that did not change.

use crate::archive::corrections::{Corrections, is_told};
use crate::archive::imprint::Imprint;
use crate::archive::period::Periods;
use crate::base::date::{Due, Moment, Truncated, When, Zone};
use crate::base::pieces::Pieces;
use crate::read::agency::Agency;
use crate::read::brief::{Brief, Status};
use crate::read::media::Picture;
use crate::read::settings::Settings;
use crate::read::standing::Standing;
use crate::read::strings::Strings;
use crate::read::topic::Topic;
use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::Arc;

/// All briefs of a site, ordered and indexed. It reads as its index does.
#[derive(Clone, Debug)]
pub struct Archive {
    /// The briefs that have a page, newest first; a brief's number is its place here.
    pub briefs: Pieces<Filed>,
    /// What is the same for as long as no brief's outline changes.
    pub index: Arc<Index>,
}

/// Where each brief stands: a function of the outlines of all briefs, and of topics, agencies and settings.
#[derive(Debug)]
pub struct Index {
    /// What the desk decided.
    pub settings: Arc<Settings>,
    /// The words of the default language.
    pub strings: Arc<Strings>,
    /// When the event of each brief began, by number: close together, since chronologies ask for all at once.
    pub events: Vec<Truncated>,
    /// The briefs that lists may show, newest first.
    pub all: Shelf,
    /// Topics: those with an order first, by it; the others by name.
    pub topics: Vec<Topic>,
    /// Agencies, in the order of `agencies.yaml`.
    pub agencies: Vec<Agency>,
    /// The briefs of each topic.
    pub by_topic: Vec<Shelf>,
    /// The briefs of each agency.
    pub by_agency: Vec<Shelf>,
    /// How many briefs each agency reported on each topic: `(agency, topic)`.
    pub pairs: BTreeMap<(u32, u32), u32>,
    /// How many briefs each two topics share: `(lower, higher)`.
    pub topic_pairs: BTreeMap<(u32, u32), u32>,
    /// How many briefs credit each two agencies together: `(lower, higher)`.
    pub agency_pairs: BTreeMap<(u32, u32), u32>,
    /// What readers are told of changes.
    pub corrections: Corrections,
    /// Pages that stand apart from the archive.
    pub standing: Vec<Standing>,
    /// The links of each topic's backgrounder.
    pub topic_links: Vec<Vec<Option<Link>>>,
    /// The links of each standing page.
    pub standing_links: Vec<Vec<Option<Link>>>,
    /// How many briefs, the newest, were published in the 48 hours before "now".
    pub fresh: usize,
    /// The brief that leads the front page, where `site.yaml` names one.
    pub lead: Option<u32>,
    /// What the site says of itself where machines read.
    pub imprint: Imprint,
    /// Between which moments "now" decides what it decided here: since the first, before the second.
    pub due: Due,
    /// Whether the sources hold what the pages keep back: a draft, an embargo that has not ended, notes.
    pub keeps_back: bool,
    /// Whether something refers to a stylesheet or a script in `static/`, whose address changes with its bytes.
    pub leans: bool,
}

/// A brief with its place in the archive, which it reads as.
#[derive(Clone, Debug)]
pub struct Filed {
    /// The brief.
    pub brief: Arc<Brief>,
    /// Its place.
    pub entry: Arc<Entry>,
}

/// What the archive knows of a brief: a function of outlines.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When it was published, an embargo considered.
    pub published: When,
    /// Its address from the site's root.
    pub address: Arc<str>,
    /// Its topics, in its own order.
    pub topics: Vec<u32>,
    /// Its agencies, in the order of the credit.
    pub agencies: Vec<u32>,
    /// Where each open address of its body leads.
    pub links: Vec<Option<Link>>,
    /// The file and the still of each of its media.
    pub media: Vec<(Option<Link>, Option<Link>)>,
    /// The briefs its authors recommend, in their order.
    pub recommended: Vec<Option<u32>>,
    /// The brief that replaces it.
    pub replaced_by: Option<u32>,
    /// The briefs whose bodies link here, newest first.
    pub mentioned: Vec<u32>,
    /// Whether it is past its time: a page, and in no list.
    pub expired: bool,
}

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// From the site's root, with the fragment; only the fragment where it is on the same page.
    pub address: String,
    /// The brief it leads to.
    pub brief: Option<u32>,
    /// The file that it leads to, to be copied.
    pub file: Option<Copied>,
}

/// A file to be copied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Copied {
    /// Its source.
    pub source: Arc<str>,
    /// Its size in bytes.
    pub size: u64,
    /// Of a picture, what its first bytes say.
    pub picture: Option<Picture>,
}

/// The briefs of a topic, an agency or the whole archive.
#[derive(Default, Debug)]
pub struct Shelf {
    /// Newest first by publication: ascending numbers.
    pub latest: Vec<u32>,
    /// The same by the event's date, split into periods.
    pub periods: Periods,
}

impl Deref for Archive {
    type Target = Index;

    fn deref(&self) -> &Index {
        &self.index
    }
}

impl Deref for Filed {
    type Target = Entry;

    fn deref(&self) -> &Entry {
        &self.entry
    }
}

impl Archive {
    /// The brief of a number.
    pub fn filed(&self, number: u32) -> &Filed {
        &self.briefs[number as usize]
    }

    /// The archive in which other versions of briefs stand in the places of the old ones. Each pair is a brief
    /// and its successor, of one outline. Gives the numbers that changed.
    pub fn revised(&self, changes: &[(Arc<Brief>, Arc<Brief>)]) -> (Archive, Vec<u32>) {
        let mut archive = self.clone();
        let mut numbers = Vec::with_capacity(changes.len());
        let successors: HashMap<*const Brief, &Arc<Brief>> =
            changes.iter().map(|(old, new)| (Arc::as_ptr(old), new)).collect();
        for (number, filed) in self.briefs.iter().enumerate().filter(|_| !changes.is_empty()) {
            if let Some(&new) = successors.get(&Arc::as_ptr(&filed.brief)) {
                archive.briefs.replace(number, Filed { brief: new.clone(), entry: filed.entry.clone() });
                numbers.push(number as u32);
            }
        }
        (archive, numbers)
    }

    /// When the event of a brief began.
    pub fn event(&self, number: u32) -> Truncated {
        self.events[number as usize]
    }

    /// How many briefs of an agency are on a topic.
    pub fn pair(&self, agency: u32, topic: u32) -> u32 {
        self.pairs.get(&(agency, topic)).copied().unwrap_or_default()
    }
}

impl Filed {
    /// Whether lists may show it.
    pub fn listed(&self) -> bool {
        !self.expired
    }

    /// When what readers are told last changed: by an update, a correction or a withdrawal, never by a refile. A change
    /// of which only the day is known, and that day is not after what came before, counts as one second later, since
    /// a reader's program must see that there was one.
    pub fn modified(&self, zone: &Zone) -> When {
        let extras = self.brief.extras.as_deref();
        let corrections = extras.iter().flat_map(|extras| &extras.corrections);
        let mut changes: Vec<When> = corrections.filter(|one| is_told(one)).map(|one| one.date).collect();
        let withdrawn = extras.and_then(|extras| extras.withdrawn.as_ref()).filter(|_| self.withdrawn());
        changes.extend(withdrawn.map(|withdrawn| {
            let day = withdrawn.date;
            When { day, at: None, from: zone.start_of(day) }
        }));
        // What `updated` says is mostly what a correction says too.
        let told = |when: &When| changes.iter().any(|change| change.day == when.day);
        let updated = self.brief.updated.filter(|when| when.at.is_some() || !told(when));
        changes.extend(updated);
        changes.sort_by_key(|change| change.from);
        let later = |last: When, change: When| match change.from > last.from {
            true => change,
            false if change.at.is_none() => When { from: Moment(last.from.0 + 1), ..change },
            false => last,
        };
        changes.into_iter().fold(self.published, later)
    }

    /// Whether it was withdrawn.
    pub fn withdrawn(&self) -> bool {
        self.brief.status == Status::Withdrawn
    }
}
