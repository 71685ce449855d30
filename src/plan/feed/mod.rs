//! Feeds: the newest briefs of the site, of a topic, of an agency, and the newest corrections, in three formats; the
//! page that explains them, and the list of them for programs. Entries are made once and shared.

mod atom;
mod entry;
mod json;
mod opml;
mod rss;
mod text;

use crate::archive::corrections::Told;
use crate::base::date::{Day, Moment};
use crate::base::digest::{Digest, Digester};
use crate::base::pieces::Pieces;
use crate::base::report::Place;
use crate::plan::chrome::{self, Head};
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::redirect;
use crate::plan::years::is_sent;
use crate::read::agency;
use entry::Stamp;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

pub use entry::{Enclosure, Entry, Sealed, authors, id, status, tag_of};

/// The entry of each brief by its number, made when it is first asked for.
pub type Entries = Pieces<OnceLock<Arc<Sealed>>>;

/// Of what a feed holds the newest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    /// The whole site.
    Site,
    /// The corrections.
    Corrections,
    /// A topic.
    Topic(u32),
    /// An agency.
    Agency(u32),
}

/// A format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Atom 1.0 (RFC 4287).
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

/// A feed before it is written in a format.
#[derive(Hash)]
struct Feed {
    title: String,
    id: String,
    /// Its address without the format's ending.
    stem: String,
    /// The page that shows the same.
    home: String,
    updated: Stamp,
    language: String,
    subtitle: Option<String>,
    author: String,
    rights: Option<String>,
    /// Where the topics' pages lie.
    topics: String,
    /// The page that explains feeds.
    about: String,
    entries: Vec<Arc<Sealed>>,
}

impl Hash for Sealed {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

impl Form {
    /// Every format.
    pub const ALL: [Form; 3] = [Form::Atom, Form::Rss, Form::Json];

    fn ending(self) -> &'static str {
        match self {
            Form::Atom => "atom",
            Form::Rss => "rss",
            Form::Json => "json",
        }
    }
}

/// No entry, for a number of briefs.
pub fn unmade(briefs: usize) -> Entries {
    vec![OnceLock::new(); briefs].into()
}

/// Forgets the entries that show one of these briefs, which have changed.
pub fn forget(plan: &mut Plan, numbers: &[u32]) {
    let replaced =
        |number: &u32| plan.archive.filed(*number).replaced_by.is_some_and(|by| numbers.contains(&by));
    let withdrawn: Vec<u32> = match numbers.is_empty() {
        true => Vec::new(),
        false => (0..plan.archive.briefs.len() as u32).filter(replaced).collect(),
    };
    for &number in numbers.iter().chain(&withdrawn) {
        plan.entries.replace(number as usize, OnceLock::new());
    }
}

/// Three files for each feed, those at a topic's or an agency's old address too; the list, and the page on them.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let archive = &plan.archive;
    let mut pages = vec![
        Page::of_site(plan, "feeds.html", Kind::Feeds),
        Page::of_site(plan, "feeds.opml", Kind::FeedList),
    ];
    let mut add = |stem: &str, whose, claim: &Place| {
        let path = |form: Form| format!("{stem}.{}", form.ending());
        pages.extend(Form::ALL.map(|form| Page::new(&path(form), Kind::Feed(whose, form), claim.clone())));
    };
    let site = Place::whole(&archive.settings.file);
    for whose in [Whose::Site, Whose::Corrections] {
        add(&stem(plan, whose), whose, &site);
    }
    let topics = archive.topics.iter().zip(0..);
    let topics = topics.map(|(topic, at)| (Whose::Topic(at), topic.file.clone(), &topic.redirect_from));
    let agencies = archive.agencies.iter().zip(0..);
    let agencies = agencies.map(|(one, at)| (Whose::Agency(at), agency::file(), &one.redirect_from));
    for (whose, file, old) in topics.chain(agencies) {
        add(&stem(plan, whose), whose, &Place::whole(&file));
        for old in old {
            let claim = Place { file: file.clone(), start: old.start, end: old.end };
            add(&format!("{}/feed", redirect::stem(&old.text)), whose, &claim);
        }
    }
    pages
}

/// The path of a feed from its edition's root, without its ending.
fn stem(plan: &Plan, whose: Whose) -> String {
    match whose {
        Whose::Site => "feed".to_owned(),
        Whose::Corrections => "corrections/feed".to_owned(),
        Whose::Topic(number) => format!("topics/{}/feed", plan.archive.topics[number as usize].slug),
        Whose::Agency(number) => format!("agencies/{}/feed", plan.archive.agencies[number as usize].slug),
    }
}

/// The part of a feed's file: the digest of all that it says.
pub fn parts(plan: &Plan, whose: Whose) -> Parts {
    let feed = feed(plan, whose);
    let numbers = numbers(plan, whose);
    let files = numbers.iter().map(|&number| plan.archive.filed(number).brief.file.clone());
    let sources = std::iter::once(plan.archive.settings.file.clone()).chain(files).collect();
    vec![("feed", Part { value: part::none(), digest: Digest::of_value(&feed), sources })]
}

/// Writes a feed.
pub fn write(plan: &Plan, (whose, form): (Whose, Form), out: &mut Vec<u8>) {
    let feed = feed(plan, whose);
    match form {
        Form::Atom => atom::write(&feed, out),
        Form::Rss => rss::write(&feed, out),
        Form::Json => json::write(&feed, out),
    }
}

fn feed(plan: &Plan, whose: Whose) -> Feed {
    let settings = &plan.archive.settings;
    let stem = stem(plan, whose);
    let (name, home) = name(plan, whose);
    let entries = entries(plan, whose);
    let since = Day { year: settings.since, month: 1, day: 1 };
    let newest = entries.iter().map(|sealed| sealed.entry.modified.moment).max();
    let updated: Moment = newest.unwrap_or_else(|| settings.zone.start_of(since));
    Feed {
        title: name.map_or_else(|| settings.title.clone(), |name| chrome::title(&plan.archive, &name)),
        id: entry::tag(plan, &format!("{}{stem}", settings.folder)),
        stem: settings.absolute(&stem),
        home: settings.absolute(&home),
        updated: Stamp::new(plan, updated),
        language: settings.language().to_owned(),
        subtitle: settings.description.clone(),
        author: settings.publisher.clone().unwrap_or_else(|| settings.title.clone()),
        rights: settings.licence.clone(),
        topics: settings.absolute("topics/"),
        about: settings.absolute("feeds.html"),
        entries,
    }
}

/// What a feed is of, and the page that shows the same.
fn name(plan: &Plan, whose: Whose) -> (Option<String>, String) {
    let archive = &plan.archive;
    match whose {
        Whose::Site => (None, "index.html".to_owned()),
        Whose::Corrections => {
            (Some(archive.strings.word("corrections").to_owned()), "corrections.html".to_owned())
        }
        Whose::Topic(number) => {
            let topic = &archive.topics[number as usize];
            (Some(topic.name.clone()), format!("topics/{}.html", topic.slug))
        }
        Whose::Agency(number) => {
            let agency = &archive.agencies[number as usize];
            (Some(agency.name.clone()), format!("agencies/{}.html", agency.slug))
        }
    }
}

/// The briefs of a feed, newest first. Drafts go to no reader's program.
fn numbers(plan: &Plan, whose: Whose) -> Vec<u32> {
    let archive = &plan.archive;
    let latest = match whose {
        Whose::Site => &archive.all.latest,
        Whose::Topic(number) => &archive.by_topic[number as usize].latest,
        Whose::Agency(number) => &archive.by_agency[number as usize].latest,
        Whose::Corrections => return told(plan).map(|told| told.brief).collect(),
    };
    latest
        .iter()
        .copied()
        .filter(|number| is_sent(archive, *number))
        .take(archive.settings.feed_items)
        .collect()
}

fn told(plan: &Plan) -> impl Iterator<Item = &Told> {
    let told = plan.archive.corrections.all.iter().filter(|told| is_sent(&plan.archive, told.brief));
    told.take(plan.archive.settings.feed_items)
}

fn entries(plan: &Plan, whose: Whose) -> Vec<Arc<Sealed>> {
    if whose != Whose::Corrections {
        return numbers(plan, whose).into_iter().map(|number| sealed(plan, number)).collect();
    }
    let all = &plan.archive.corrections.all;
    let same = |told: &Told, other: &&Told| {
        other.brief == told.brief && other.date.day == told.date.day && other.at < told.at
    };
    let turn = |told: &Told| all.iter().filter(|other| same(told, other)).count();
    let entry = |told: &Told| Arc::new(Sealed::new(entry::of_correction(plan, *told, turn(told))));
    told(plan).map(entry).collect()
}

/// The entry of a brief, made once.
fn sealed(plan: &Plan, number: u32) -> Arc<Sealed> {
    let make = || Arc::new(Sealed::new(entry::of_brief(plan, plan.archive.filed(number))));
    plan.entries[number as usize].get_or_init(make).clone()
}

/// The entry of a brief, for what has it once: it is not kept.
pub fn entry_of(plan: &Plan, number: u32) -> Arc<Sealed> {
    let made = plan.entries[number as usize].get().cloned();
    made.unwrap_or_else(|| Arc::new(Sealed::new(entry::of_brief(plan, plan.archive.filed(number)))))
}

/// The parts of the page that explains feeds.
pub fn explained(plan: &Plan, page: &Page) -> Parts {
    let archive = &plan.archive;
    let head = Head {
        path: page.inside(),
        title: chrome::title(archive, archive.strings.word("feeds")),
        description: Some(archive.strings.word("feeds_text").to_owned()),
        noindex: false,
        here: "",
    };
    let value = |whose: Whose| -> Value {
        let name = name(plan, whose).0.unwrap_or_else(|| archive.settings.title.clone());
        part::record("feed").of([
            // what it is of
            ("name", part::text(&name)),
            // its address without `.atom`, `.rss` or `.json`
            ("stem", part::text(&stem(plan, whose))),
        ])
    };
    let list = |of: Vec<Whose>| Part::seal(part::list(of.into_iter().map(value).collect()), files(plan));
    vec![
        ("head", chrome::head(archive, &head)),
        // the feeds of the site and of its corrections
        ("site_feeds", list(vec![Whose::Site, Whose::Corrections])),
        // the feed of each topic
        ("topic_feeds", list((0..archive.topics.len() as u32).map(Whose::Topic).collect())),
        // the feed of each agency
        ("agency_feeds", list((0..archive.agencies.len() as u32).map(Whose::Agency).collect())),
    ]
}

fn files(plan: &Plan) -> Vec<Arc<str>> {
    let topics = plan.archive.topics.iter().map(|topic| topic.file.clone());
    topics.chain([agency::file(), plan.archive.settings.file.clone()]).collect()
}

/// The part of the list of feeds.
pub fn list_parts(plan: &Plan) -> Parts {
    let mut out = Vec::new();
    list(plan, &mut out);
    let digest = Digester::default().bytes(&out).finish();
    vec![("feeds", Part { value: part::none(), digest, sources: files(plan).into() })]
}

/// Writes the list of feeds.
pub fn list(plan: &Plan, out: &mut Vec<u8>) {
    opml::write(plan, out);
}
