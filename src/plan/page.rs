//! Pages: which there are, and what each shows. The parts of a page are made when they are asked for, so that
//! an edition of any size costs little memory until it is printed.

use crate::archive::model::{Archive, Shelf};
use crate::archive::period::Period;
use crate::base::date::Truncated;
use crate::base::pieces::Pieces;
use crate::base::report::{Place, Report};
use crate::plan::card;
use crate::plan::chrome;
use crate::plan::dates::Dates;
use crate::plan::files::{self, Asset};
use crate::plan::languages::Language;
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::{
    agency, brief, claims, corrections, data, feed, front, missing, period, redirect, robots, search,
    sitemap, standing, timeline, topic, years,
};
use crate::read::brief::Brief;
use std::sync::Arc;

/// All pages of an edition, and what they are made from. A copy is cheap.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The archive.
    pub archive: Archive,
    /// The card of each brief, by its number.
    pub cards: Pieces<Part>,
    /// Dates, made once.
    pub dates: Arc<Dates>,
    /// Each topic as a term, by its number.
    pub topic_terms: Arc<[Value]>,
    /// Each agency as a term, by its number.
    pub agency_terms: Arc<[Value]>,
    /// What every page shows around its own.
    pub site: Part,
    /// The same for a brief: without the bar of topics, so that another topic, name or order prints no brief again.
    pub site_of_briefs: Part,
    /// The interface's words.
    pub words: Part,
    /// The addresses of stylesheets and icons.
    pub assets: Part,
    /// The briefs as feeds hold them.
    pub entries: feed::Entries,
    /// The briefs that go to programs, by year.
    pub years: years::Years,
    /// What search knows, by year.
    pub search: search::Search,
    /// Every page of the site, in every language, by path.
    pub pages: Arc<Vec<Page>>,
    /// Its place among the site's languages.
    pub edition: u8,
    /// The languages of the site.
    pub languages: Arc<[Language]>,
    /// What a page shows of other languages where the site has none.
    pub alone: Part,
}

/// What to show at one path.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path from the site's root.
    pub path: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Where in the sources the path is claimed.
    pub claim: Place,
    /// The place of its language among the site's.
    pub edition: u8,
}

/// The kinds of pages.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A brief, by its number.
    Brief(u32),
    /// The front page.
    Front,
    /// The timeline's index.
    Timeline,
    /// A year, month or day of a chronology.
    Period(Of, Truncated),
    /// The index of topics.
    Topics,
    /// A topic.
    Topic(u32),
    /// The index of agencies.
    Agencies,
    /// An agency.
    Agency(u32),
    /// What was corrected: all, or in a year, a month or a day.
    Corrections(Option<Truncated>),
    /// A feed in a format.
    Feed(feed::Whose, feed::Form),
    /// The page that explains feeds.
    Feeds,
    /// The list of feeds, for programs.
    FeedList,
    /// A standing page.
    Standing(u32),
    /// An old address, and where it leads now.
    Redirect(redirect::To),
    /// What is shown for an address that is not there.
    Missing,
    /// The page of search.
    Search,
    /// A file of search's index.
    Index(search::Slice),
    /// A file of open data.
    Data(data::File),
    /// The page on open data.
    OpenData,
    /// A sitemap.
    Sitemap(sitemap::Map),
    /// What crawlers may read.
    Robots,
    /// Tells GitHub Pages to serve files as they are.
    NoJekyll,
    /// A file that is copied.
    Copy(Arc<str>),
    /// A stylesheet, script or icon of the theme, from the binary.
    Embedded(&'static [u8]),
}

/// Whose chronology a period is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// The whole archive's.
    Timeline,
    /// A topic's.
    Topic(u32),
    /// An agency's.
    Agency(u32),
}

/// Plans an archive, all but its list of pages and its static files. What the last plan has is shared with it: where
/// all is made anew, both are held for a while, and most of it says the same.
pub fn plan(archive: Archive, last: Option<&Plan>) -> Plan {
    let same_words = |last: &&Plan| Arc::ptr_eq(&last.archive.strings, &archive.strings);
    let last_dates = last.filter(same_words).map(|last| &last.dates);
    let dates = Dates::new(&archive.strings, all_dates(&archive), last_dates);
    let cards = card::all(&archive, &dates, last);
    let languages =
        archive.settings.languages.iter().map(|tag| Language::new(tag, &archive.settings)).collect();
    let nothing = Part::seal(part::list(Vec::new()), Vec::new());
    let place = archive.settings.languages.iter().position(|tag| tag == archive.settings.language());
    Plan {
        topic_terms: archive.topics.iter().map(chrome::topic_term).collect(),
        agency_terms: archive.agencies.iter().map(chrome::agency_term).collect(),
        cards,
        dates,
        site: chrome::site(&archive, chrome::bar(&archive)),
        site_of_briefs: chrome::site(&archive, &[]),
        words: chrome::words(&archive),
        assets: nothing.clone(),
        entries: feed::unmade(archive.briefs.len()),
        years: years::years(&archive),
        search: search::Search::new(&archive),
        pages: Arc::default(),
        edition: place.unwrap_or_default() as u8,
        languages,
        alone: nothing,
        archive,
    }
}

/// Gives the plans of all languages of a site its static files, those of theme and site, and the pages of all.
pub fn bind(plans: &mut [Plan], assets: Vec<Asset>, report: &mut Report) {
    let search = plans.iter().any(|plan| plan.archive.settings.search);
    let used = |asset: &Asset| search || !search::FILES.contains(&&*asset.name);
    for plan in &mut *plans {
        plan.assets = files::assets(&assets, plan.archive.settings.up());
    }
    let mut all: Vec<Page> = files::pages(assets.into_iter().filter(used).collect()).collect();
    for plan in &*plans {
        let folder = &plan.archive.settings.folder;
        let inside = |page: Page| match folder.is_empty() {
            true => page,
            false => Page { path: format!("{folder}{}", page.path).into(), edition: plan.edition, ..page },
        };
        all.extend(pages(plan).into_iter().map(inside));
    }
    claims::check(&mut all, report);
    let all = Arc::new(all);
    plans.iter_mut().for_each(|plan| plan.pages = all.clone());
}

/// The days of all briefs, and the months and years that they are in.
fn all_dates(archive: &Archive) -> impl Iterator<Item = Truncated> {
    let days = archive.briefs.iter().flat_map(|filed| [filed.published.day.into(), filed.brief.event.start]);
    days.flat_map(|date: Truncated| [date, date.in_month(), date.in_year()])
}

fn pages(plan: &Plan) -> Vec<Page> {
    let mut pages = brief::pages(plan);
    pages.extend(front::pages(plan));
    pages.extend(timeline::pages(plan));
    pages.extend(topic::pages(plan));
    pages.extend(agency::pages(plan));
    pages.extend(corrections::pages(plan));
    pages.extend(feed::pages(plan));
    pages.extend(data::pages(plan));
    pages.extend(standing::pages(plan));
    pages.extend(search::pages(plan));
    pages.extend(redirect::pages(plan));
    if plan.edition == 0 {
        pages.extend(missing::pages(plan));
        pages.extend(robots::pages(plan));
    }
    pages.extend(sitemap::pages(plan, &pages));
    pages
}

impl Page {
    /// A page that no single source claims.
    pub fn of_site(plan: &Plan, path: &str, kind: Kind) -> Page {
        Page::new(path, kind, Place::whole(&plan.archive.settings.file))
    }

    /// A page at a path from its edition's root.
    pub fn new(path: &str, kind: Kind, claim: Place) -> Page {
        Page { path: path.into(), kind, claim, edition: 0 }
    }

    /// The path from its edition's root.
    pub fn inside(&self) -> &str {
        let inside = self.path.split_once('/').filter(|_| self.edition > 0);
        inside.map_or(&*self.path, |(_, inside)| inside)
    }

    /// Whether it is for programs that come by themselves, and no reader looks at it.
    pub fn is_for_programs(&self) -> bool {
        let feeds = matches!(self.kind, Kind::Feed(..) | Kind::FeedList);
        feeds || matches!(self.kind, Kind::Index(_) | Kind::Sitemap(_) | Kind::Data(_))
    }

    /// The name of the template it is set in; `None` for a file that is copied.
    pub fn layout(&self) -> Option<&'static str> {
        Some(match self.kind {
            Kind::Brief(_) => "brief.html",
            Kind::Front => "front.html",
            Kind::Timeline => "timeline.html",
            Kind::Period(..) => "period.html",
            Kind::Topics => "topics.html",
            Kind::Topic(_) => "topic.html",
            Kind::Agencies => "agencies.html",
            Kind::Agency(_) => "agency.html",
            Kind::Corrections(_) => "corrections.html",
            Kind::Feeds => "feeds.html",
            Kind::OpenData => "data.html",
            Kind::Standing(_) => "page.html",
            Kind::Redirect(_) => "redirect.html",
            Kind::Missing => "404.html",
            Kind::Search => "search.html",
            Kind::Robots => "robots.txt",
            _ => return None,
        })
    }

    /// The layouts there are.
    pub const LAYOUTS: [&'static str; 16] = [
        "404.html",
        "agencies.html",
        "agency.html",
        "brief.html",
        "corrections.html",
        "data.html",
        "feeds.html",
        "front.html",
        "page.html",
        "period.html",
        "redirect.html",
        "robots.txt",
        "search.html",
        "timeline.html",
        "topic.html",
        "topics.html",
    ];
}

impl Plan {
    /// The plan in which other versions of briefs stand in the places of the old ones, each of the same outline:
    /// the same pages at the same paths.
    pub fn revised(&self, changes: &[(Arc<Brief>, Arc<Brief>)]) -> Plan {
        let (archive, numbers) = self.archive.revised(changes);
        let (search, years) = (self.search.revised(&numbers), years::revised(&self.years, &numbers));
        let mut plan = Plan { archive, search, years, ..self.clone() };
        feed::forget(&mut plan, &numbers);
        for number in numbers {
            let filed = plan.archive.filed(number);
            let lines = card::Lines::of(&plan.archive, [filed]);
            let card = card::card(&plan.archive, &plan.dates, &lines, filed);
            let card = card.sharing(&plan.cards[number as usize]);
            plan.cards.replace(number as usize, card);
        }
        plan
    }

    /// The parts of a page: all that its layout is handed.
    pub fn parts(&self, page: &Page) -> Parts {
        let mut parts = match &page.kind {
            Kind::Brief(number) => brief::parts(self, page, *number),
            Kind::Front => front::parts(self, page),
            Kind::Timeline => timeline::parts(self, page),
            Kind::Period(of, date) => period::parts(self, page, *of, *date),
            Kind::Topics => topic::index(self, page),
            Kind::Topic(number) => topic::parts(self, page, *number),
            Kind::Agencies => agency::index(self, page),
            Kind::Agency(number) => agency::parts(self, page, *number),
            Kind::Corrections(date) => corrections::parts(self, page, *date),
            Kind::Feeds => feed::explained(self, page),
            Kind::Feed(whose, _) => return feed::parts(self, *whose),
            Kind::FeedList => return feed::list_parts(self),
            Kind::Sitemap(map) => return sitemap::parts(self, *map),
            Kind::OpenData => data::explained(self, page),
            Kind::Data(file) => return data::parts(self, *file),
            Kind::Standing(number) => standing::parts(self, page, *number),
            Kind::Redirect(to) => redirect::parts(self, page, to),
            Kind::Missing => missing::parts(self),
            Kind::Search => search::parts(self, page),
            Kind::Index(slice) => return search::slice_parts(self, *slice),
            Kind::Robots => return robots::parts(self),
            Kind::NoJekyll | Kind::Copy(_) | Kind::Embedded(_) => return Vec::new(),
        };
        // the languages of the site, first those that the page exists in; empty where there is but one
        parts.push(("languages", self.versions(page)));
        // what every page shows of the site
        parts.push(("site", self.site_around(page).clone()));
        // the interface's words, by name: those of `templates/strings/`
        parts.push(("words", self.words.clone()));
        // the addresses of stylesheets, scripts and the icon
        parts.push(("assets", self.assets.clone()));
        parts
    }

    fn site_around(&self, page: &Page) -> &Part {
        if matches!(page.kind, Kind::Brief(_)) { &self.site_of_briefs } else { &self.site }
    }

    /// Writes a file that is set in no template, from what the plan knows.
    pub fn write(&self, page: &Page, out: &mut Vec<u8>) {
        match page.kind {
            Kind::Index(slice) => search::write(self, slice, out),
            Kind::Feed(whose, form) => feed::write(self, (whose, form), out),
            Kind::FeedList => feed::list(self, out),
            Kind::Sitemap(map) => sitemap::write(self, map, out),
            Kind::Data(file) => data::write(self, file, out),
            _ => {}
        }
    }

    /// The briefs of a chronology.
    pub fn shelf(&self, of: Of) -> &Shelf {
        match of {
            Of::Timeline => &self.archive.all,
            Of::Topic(number) => &self.archive.by_topic[number as usize],
            Of::Agency(number) => &self.archive.by_agency[number as usize],
        }
    }

    /// The cards of briefs by their numbers, as one part.
    pub fn cards(&self, numbers: &[u32]) -> Part {
        Part::list(numbers.iter().map(|&number| &self.cards[number as usize]))
    }

    /// Topics as terms, by their numbers.
    pub fn topics(&self, numbers: &[u32]) -> Value {
        part::list(numbers.iter().map(|&number| self.topic_terms[number as usize].clone()).collect())
    }

    /// Agencies as terms, by their numbers.
    pub fn agencies(&self, numbers: &[u32]) -> Value {
        part::list(numbers.iter().map(|&number| self.agency_terms[number as usize].clone()).collect())
    }

    /// A period of a chronology.
    pub fn period(&self, of: Of, date: Truncated) -> Option<&Period> {
        self.shelf(of).periods.find(date)
    }
}
