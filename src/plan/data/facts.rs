//! What open data says of a brief. Its digest stands for all of it, so what writes data takes nothing else of a brief.

use crate::archive::corrections::is_told;
use crate::base::date::{Day, EventDate, Moment};
use crate::plan::feed;
use crate::plan::page::Plan;
use crate::read::brief::Status;
use crate::read::extras::Extras;

/// A brief's facts.
#[derive(Hash)]
pub struct Facts<'a> {
    /// Its permanent id in its sources.
    pub id: &'a str,
    /// Whether it is a version in another language.
    pub version: bool,
    /// Its address from its edition's root.
    pub address: &'a str,
    /// Its language.
    pub language: &'a str,
    /// The headline.
    pub headline: &'a str,
    /// One or two sentences, as inline HTML, where a desk wrote them.
    pub summary: Option<&'a str>,
    /// When it was published: the day, the moment where a time was given, or the day's first.
    pub published: (Day, Option<Moment>, Moment),
    /// When it was last changed.
    pub modified: Moment,
    /// When it happened.
    pub event: EventDate,
    /// Its topics: slug and name.
    pub topics: Vec<(&'a str, &'a str)>,
    /// Who reported it: slug and name.
    pub agencies: Vec<(&'a str, &'a str)>,
    /// Who wrote or edited it, as signed.
    pub editors: &'a [String],
    /// Those of them whose names are known.
    pub authors: Vec<String>,
    /// The dateline's place.
    pub place: Option<&'a str>,
    /// What sort of text it is.
    pub kind: &'a str,
    /// How far it is.
    pub status: &'static str,
    /// 1 (most) to 9.
    pub urgency: u8,
    /// How many corrections readers were told of.
    pub corrections: usize,
}

impl<'a> Facts<'a> {
    /// What data calls it for ever: its id, with its language where it is a version in another.
    pub fn key(&self) -> String {
        if self.version { format!("{}.{}", self.id, self.language) } else { self.id.to_owned() }
    }

    /// The facts of a brief.
    pub fn new(plan: &'a Plan, number: u32) -> Facts<'a> {
        let (archive, filed) = (&plan.archive, plan.archive.filed(number));
        let brief = &*filed.brief;
        let told = |extras: &Extras| extras.corrections.iter().filter(|one| is_told(one)).count();
        let topic = |&topic: &u32| {
            let topic = &archive.topics[topic as usize];
            (&*topic.slug, &*topic.name)
        };
        let agency = |&agency: &u32| {
            let agency = &archive.agencies[agency as usize];
            (&*agency.slug, &*agency.name)
        };
        Facts {
            id: &brief.id.text,
            version: brief.translation,
            address: &filed.address,
            language: &brief.lang,
            headline: &brief.title,
            summary: brief.summary.as_deref().filter(|_| brief.status != Status::Withdrawn),
            published: (filed.published.day, filed.published.at, filed.published.from),
            modified: filed.modified(&archive.settings.zone).from,
            event: brief.event,
            topics: filed.topics.iter().map(topic).collect(),
            agencies: filed.agencies.iter().map(agency).collect(),
            editors: &brief.editors,
            authors: feed::authors(plan, filed).into_iter().map(|(name, _)| name).collect(),
            place: brief.place.as_deref(),
            kind: &brief.kind,
            status: feed::status(filed),
            urgency: brief.urgency,
            corrections: brief.extras.as_deref().map_or(0, told),
        }
    }
}
