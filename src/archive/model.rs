//! The archive: all briefs of a site that are out, with every index that a page may need. Immutable.

use crate::archive::period::Periods;
use crate::base::date::{Moment, When};
use crate::read::agency::Agency;
use crate::read::brief::{Brief, Status};
use crate::read::settings::Settings;
use crate::read::standing::Standing;
use crate::read::strings::Strings;
use crate::read::topic::Topic;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All briefs of a site, ordered and indexed.
#[derive(Debug)]
pub struct Archive {
    /// What the desk decided.
    pub settings: Arc<Settings>,
    /// The words of the default language.
    pub strings: Arc<Strings>,
    /// The briefs that have a page, newest first; a brief's number is its place here.
    pub briefs: Vec<Filed>,
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
    /// Pages that stand apart from the archive.
    pub standing: Vec<Standing>,
    /// The links of each topic's backgrounder.
    pub topic_links: Vec<Vec<Option<Link>>>,
    /// The links of each standing page.
    pub standing_links: Vec<Vec<Option<Link>>>,
    /// The brief that leads the front page, where `site.yaml` names one.
    pub lead: Option<u32>,
    /// Between which moments "now" decides what it decided here: since the first, before the second.
    pub due: (Option<Moment>, Option<Moment>),
    /// Whether the sources hold what the pages keep back: a draft, an embargo that has not ended, notes.
    pub keeps_back: bool,
}

/// A brief with its place in the archive.
#[derive(Debug)]
pub struct Filed {
    /// The brief.
    pub brief: Arc<Brief>,
    /// When it was published, an embargo considered.
    pub published: When,
    /// Its address from the site's root.
    pub address: String,
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
    /// The source of a file to be copied, and of a picture its size.
    pub file: Option<(Arc<str>, Option<crate::read::media::Picture>)>,
}

/// The briefs of a topic, an agency or the whole archive.
#[derive(Default, Debug)]
pub struct Shelf {
    /// Newest first by publication: ascending numbers.
    pub latest: Vec<u32>,
    /// The same by the event's date, split into periods.
    pub periods: Periods,
}

impl Archive {
    /// The brief of a number.
    pub fn filed(&self, number: u32) -> &Filed {
        &self.briefs[number as usize]
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

    /// Whether it was withdrawn.
    pub fn withdrawn(&self) -> bool {
        self.brief.status == Status::Withdrawn
    }
}
