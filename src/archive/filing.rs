//! Filing: briefs that were read become the archive, and the desk's rules over all of them are checked.

use crate::archive::corrections;
use crate::archive::due;
use crate::archive::editions::{Elsewhere, Led};
use crate::archive::imprint::Imprint;
use crate::archive::last::Last;
use crate::archive::model::{Archive, Entry, Filed, Index, Link};
use crate::archive::open;
use crate::archive::reference::{Contents, Directory, FileFacts, Origin};
use crate::archive::shelves::{self, Listed};
use crate::archive::terms::{self, Terms};
use crate::base::codes;
use crate::base::date::{Day, Moment, When, Zone};
use crate::base::report::{Place, Report};
use crate::read::agency::{self, Agency};
use crate::read::brief::{Brief, Status};
use crate::read::extras::Related;
use crate::read::fields::Spanned;
use crate::read::settings::Settings;
use crate::read::standing::Standing;
use crate::read::strings::Strings;
use crate::read::topic::Topic;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that was read of a site.
pub struct Read {
    /// `site.yaml`.
    pub settings: Arc<Settings>,
    /// The words of the default language.
    pub strings: Arc<Strings>,
    /// Every brief that could be understood, by the path of its file.
    pub briefs: Vec<Arc<Brief>>,
    /// Every topic.
    pub topics: Vec<Topic>,
    /// Every agency.
    pub agencies: Vec<Agency>,
    /// Every standing page.
    pub standing: Vec<Standing>,
    /// Files that pages may show or link to, by their path.
    pub files: Arc<BTreeMap<Arc<str>, FileFacts>>,
    /// What is of other languages.
    pub elsewhere: Elsewhere,
    /// The archive before this one, to share with.
    pub last: Option<Archive>,
}

/// What decides which briefs are out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Round {
    /// The moment that counts as now.
    pub now: Moment,
    /// Whether drafts are out.
    pub drafts: bool,
}

/// What decides whether a brief is out, and on which day.
#[derive(Clone, Copy)]
struct Rules<'a> {
    round: Round,
    settings: &'a Settings,
    last: &'a Last<'a>,
}

/// Files what was read; `known` is what was said of the files themselves. Briefs that are not out leave no trace
/// but in the report.
pub fn file(read: Read, round: Round, known: &Report, report: &mut Report) -> Archive {
    let Read { settings, strings, briefs, mut topics, mut agencies, standing, files, elsewhere, last } = read;
    let last = Last::of(last.as_ref());
    topics.sort_by_key(in_order);
    let due = due::due(&briefs, round.now);
    let keeps_back = briefs.iter().any(|brief| due::keeps_back(brief, round.now));
    let mut vocabulary = (
        topic_terms(&topics, &settings, (known, report)),
        agency_terms(&agencies, &settings, (known, report)),
    );
    let (mut filed, aside) =
        sort_out(briefs, Rules { round, settings: &settings, last: &last }, &mut vocabulary, report);
    open::add((&mut topics, &mut agencies), &mut vocabulary, &mut filed, &settings);
    filed.par_sort_by(|a, b| (b.published.from, &a.brief.file).cmp(&(a.published.from, &b.brief.file)));
    let contents = Contents {
        briefs: &filed,
        aside: &aside,
        topics: &topics,
        standing: &standing,
        files: &files,
        elsewhere: &elsewhere,
    };
    let mut directory = Directory::new(contents, &settings);
    directory.broken = known.errors().chain(report.errors()).map(|found| found.place.file.clone()).collect();
    let resolved = resolve_all(&filed, &directory, report);
    let topic_links = topics.iter().map(|topic| directory.links(topic_origin(topic), report)).collect();
    let standing_links = standing.iter().map(|page| directory.links(standing_origin(page), report)).collect();
    let lead = settings.lead.as_ref().and_then(|lead| directory.brief(lead, &settings.file, report));
    let imprint = Imprint::new(&settings, &topics, &directory, report);
    let leans = directory.leans();
    settle(&mut filed, resolved);
    let limit = settings.period_limit;
    let (events, all) = shelves::all(&filed, limit);
    let listed = Listed { filed: &filed, events: &events, all: &all, limit };
    let terms = listed.by_terms(topics.len(), agencies.len());
    let index = Index {
        events,
        all,
        by_topic: terms.by_topic,
        by_agency: terms.by_agency,
        pairs: terms.pairs,
        topic_pairs: terms.topic_pairs,
        agency_pairs: terms.agency_pairs,
        corrections: corrections::corrections(&filed, &settings.zone, limit),
        settings,
        strings,
        topics,
        agencies,
        standing,
        topic_links,
        standing_links,
        fresh: filed.iter().take_while(|filed| due::is_fresh(filed.published.from, round.now)).count(),
        lead,
        imprint,
        due,
        keeps_back,
        leans,
    };
    Archive { briefs: filed.into(), index: Arc::new(index) }
}

/// Those with an order first, by it; the others by name.
fn in_order(topic: &Topic) -> (u32, String, String) {
    (topic.order.unwrap_or(u32::MAX), topic.name.to_lowercase(), topic.slug.clone())
}

/// The names of topics; `known` is what was said of their files.
pub fn topic_terms(topics: &[Topic], settings: &Settings, (known, report): (&Report, &mut Report)) -> Terms {
    let mut terms = Terms::new(terms::TOPIC, settings);
    terms.whole = !known.unread_in("content/topics/");
    for topic in topics {
        let own = [(&*topic.name, Place::whole(&topic.file)), (&*topic.slug, Place::whole(&topic.file))];
        let aliases = topic.aliases.iter().map(|alias| (&*alias.text, alias.place(&topic.file)));
        let others = topic.known_as.iter().map(|name| (&**name, Place::whole(&topic.file)));
        terms.declare(own.into_iter().chain(aliases).chain(others), report);
    }
    terms
}

/// The names of agencies; `known` is what was said of their file.
pub fn agency_terms(
    agencies: &[Agency],
    settings: &Settings,
    (known, report): (&Report, &mut Report),
) -> Terms {
    let mut terms = Terms::new(terms::AGENCY, settings);
    let nothing = agencies.is_empty() && known.errors().any(|found| *found.place.file == *agency::FILE);
    terms.whole = !nothing && !known.unread_in(agency::FILE);
    let file = agency::file();
    for agency in agencies {
        let place = Place::new(&file, agency.span.clone());
        let own = agency.own_names().map(|name| (name, place.clone()));
        let aliases = agency.aliases.iter().map(|alias| (&*alias.text, alias.place(&file)));
        let others = agency.known_as.iter().map(|name| (&**name, place.clone()));
        terms.declare(own.chain(aliases).chain(others), report);
    }
    terms
}

/// Where the files of an edition lead to, from a site's root, or why they lead nowhere: for other editions.
pub fn addresses(read: &Read, round: Round) -> Vec<Led> {
    let (settings, mut unsaid) = (&read.settings, Report::default());
    let inside = |address: String| Ok(format!("{}{address}", settings.folder));
    let rules = Rules { round, settings, last: &Last::default() };
    let brief = |brief: &Arc<Brief>| match held(brief, rules, &mut unsaid) {
        Some(why) => (brief.file.clone(), Err(why)),
        None => {
            let published = published(brief, &settings.zone);
            (brief.file.clone(), inside(address(published.day, &brief.slug)))
        }
    };
    let mut found: Vec<_> = read.briefs.iter().map(brief).collect();
    let topics =
        read.topics.iter().filter(|topic| !topic.body.html.text.is_empty() || settings.folder.is_empty());
    found.extend(topics.map(|topic| (topic.file.clone(), inside(format!("topics/{}.html", topic.slug)))));
    found.extend(read.standing.iter().map(|page| (page.file.clone(), inside(format!("{}.html", page.slug)))));
    found
}

/// Briefs that are out, and the files of those that are not with the reason.
fn sort_out(
    briefs: Vec<Arc<Brief>>,
    rules: Rules<'_>,
    vocabulary: &mut (Terms, Terms),
    report: &mut Report,
) -> (Vec<Filed>, Vec<(Arc<str>, String)>) {
    let (mut out, mut aside) = (Vec::with_capacity(briefs.len()), Vec::new());
    for brief in briefs {
        // What a version inherits is reported where it is written.
        let mut inherited = Report::default();
        let report = if brief.translation { &mut inherited } else { &mut *report };
        let topics = vocabulary.0.find_all(&brief.topics, &brief.file, report);
        let agencies = vocabulary.1.find_all(&brief.agencies, &brief.file, report);
        match held(&brief, rules, report) {
            Some(why) => aside.push((brief.file.clone(), why)),
            None => out.push(filed(brief, (topics, agencies), rules)),
        }
    }
    (out, aside)
}

/// Why a brief is not out, if it is not.
fn held(brief: &Brief, Rules { round, settings, .. }: Rules<'_>, report: &mut Report) -> Option<String> {
    if brief.status == Status::Draft && !round.drafts {
        return Some("it is a draft".to_owned());
    }
    let future = |moment: Moment| moment > round.now;
    if future(brief.date.from) && !brief.embargo.is_some_and(future) {
        let place = Place::new(&brief.file, brief.date_at.start as usize..brief.date_at.end as usize);
        let message = format!(
            "`date` is in the future: the brief is held until {}",
            settings.zone.stamp(brief.date.from)
        );
        report.add(codes::FUTURE, place, message).help("to hold it on purpose, write the time as `embargo`");
    }
    match brief.embargo {
        Some(embargo) if future(embargo) => {
            Some(format!("it is under embargo until {}", settings.zone.stamp(embargo)))
        }
        _ if future(brief.date.from) => Some(format!("its date is {}", settings.zone.stamp(brief.date.from))),
        _ => None,
    }
}

/// When a brief is published: at its date, or at the end of an embargo that is later.
pub fn published(brief: &Brief, zone: &Zone) -> When {
    match brief.embargo {
        Some(embargo) if embargo > brief.date.from => {
            When { day: zone.day_of(embargo), at: Some(embargo), from: embargo }
        }
        _ => brief.date,
    }
}

/// The address of a brief of that slug that is published on that day.
pub fn address(day: Day, slug: &str) -> String {
    [&day.to_string().replace('-', "/"), "/", slug, ".html"].concat()
}

fn filed(
    brief: Arc<Brief>,
    terms: (Vec<u32>, Vec<u32>),
    Rules { round, settings, last }: Rules<'_>,
) -> Filed {
    let published = published(&brief, &settings.zone);
    let entry = Entry {
        address: address(published.day, &brief.slug).into(),
        expired: brief.expires.is_some_and(|expires| expires <= round.now),
        published,
        topics: terms.0,
        agencies: terms.1,
        links: Vec::new(),
        media: Vec::new(),
        recommended: Vec::new(),
        replaced_by: None,
        mentioned: Vec::new(),
    };
    let entry = last.entry(&brief.file, entry);
    Filed { brief, entry }
}

/// What a brief's references lead to.
#[derive(Default)]
struct Resolved {
    links: Vec<Option<Link>>,
    media: Vec<(Option<Link>, Option<Link>)>,
    recommended: Vec<Option<u32>>,
    replaced_by: Option<u32>,
}

impl Resolved {
    /// Whether an entry that is shared has it already.
    fn stands_in(&self, entry: &Entry) -> bool {
        (&self.links, &self.media) == (&entry.links, &entry.media)
            && (&self.recommended, self.replaced_by) == (&entry.recommended, entry.replaced_by)
    }
}

/// Resolves the references of all briefs, on all threads; what is found is said in their order. Nothing for a brief
/// whose entry has them already: let go of at once, thousands of them take no room.
fn resolve_all(filed: &[Filed], directory: &Directory<'_>, report: &mut Report) -> Vec<Option<Resolved>> {
    let one = |filed: &Filed| {
        let mut found = Report::default();
        let resolved = resolve(filed, directory, &mut found);
        (Some(resolved).filter(|resolved| !resolved.stands_in(&filed.entry)), found)
    };
    let all: Vec<(Option<Resolved>, Report)> = filed.par_iter().map(one).collect();
    let mut resolved = Vec::with_capacity(all.len());
    for (one, found) in all {
        resolved.push(one);
        report.extend(found);
    }
    resolved
}

fn resolve(filed: &Filed, directory: &Directory<'_>, report: &mut Report) -> Resolved {
    let mut inherited = Report::default();
    let brief = &filed.brief;
    let origin = Origin { file: &brief.file, body: &brief.body, address: &filed.address };
    let links = directory.links(origin, report);
    let Some(extras) = &brief.extras else {
        return Resolved { links, ..Resolved::default() };
    };
    let report = if brief.translation { &mut inherited } else { report };
    let mut file = |file: &Option<Spanned>| directory.file(file.as_ref()?, origin, report);
    let media = extras.media.iter().map(|media| (file(&media.src), file(&media.poster))).collect();
    let mut recommend = |related: &Related| match related {
        Related::Brief(target) => Some(directory.brief(target, &brief.file, report)),
        Related::Outer(..) => None,
    };
    let recommended = extras.related.iter().filter_map(&mut recommend).collect();
    let replaced = extras.withdrawn.as_ref().and_then(|withdrawn| withdrawn.replaced_by.as_ref());
    let replaced_by = replaced.and_then(|target| directory.brief(target, &brief.file, report));
    Resolved { links, media, recommended, replaced_by }
}

fn topic_origin(topic: &Topic) -> Origin<'_> {
    Origin { file: &topic.file, body: &topic.body, address: "topics/" }
}

fn standing_origin(page: &Standing) -> Origin<'_> {
    Origin { file: &page.file, body: &page.body, address: "" }
}

/// Puts resolved references into the briefs, and then into each brief those that mention it. An entry that is shared,
/// and has them already, stays.
fn settle(filed: &mut [Filed], resolved: Vec<Option<Resolved>>) {
    for (filed, resolved) in filed.iter_mut().zip(resolved) {
        if let Some(Resolved { links, media, recommended, replaced_by }) = resolved {
            let own = Arc::make_mut(&mut filed.entry);
            (own.links, own.media) = (links, media);
            (own.recommended, own.replaced_by) = (recommended, replaced_by);
        }
    }
    let mentioned = mentioned(filed);
    for (filed, mentioned) in filed.iter_mut().zip(mentioned) {
        if filed.entry.mentioned != mentioned {
            Arc::make_mut(&mut filed.entry).mentioned = mentioned;
        }
    }
}

/// The briefs whose bodies link to each, newest first. One that is older points onward, as `Read more` does: it could
/// not mention what had not been.
fn mentioned(filed: &[Filed]) -> Vec<Vec<u32>> {
    let mut mentioned: Vec<Vec<u32>> = vec![Vec::new(); filed.len()];
    let day = |number: u32| filed[number as usize].published.day;
    for (number, filed) in (0..).zip(filed) {
        let shown = filed.listed() && !filed.withdrawn();
        let targets = filed.links.iter().flatten().filter_map(|link| link.brief);
        let mentions = |target: &u32| shown && *target != number && day(*target) <= day(number);
        for target in targets.filter(mentions) {
            let mentioned = &mut mentioned[target as usize];
            if mentioned.last() != Some(&number) {
                mentioned.push(number);
            }
        }
    }
    mentioned
}
