//! Open data: the archive in files that programs read, each year in files of its own, and the page that says what
//! stands in them. Bodies are in the feeds and, where a site wants it, in ninjs.

mod briefs;
mod citations;
mod counts;
mod facts;
mod ninjs;
mod timeline;

use crate::base::digest::{Digest, Digester};
use crate::base::report::Place;
use crate::plan::chrome::{self, Head};
use crate::plan::feed;
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts};
use crate::plan::years::Year;
use crate::read::brief::{Brief, Status};
use facts::Facts;
use std::sync::Arc;

/// A file of data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum File {
    /// The briefs of a year, by its place among the years: one JSON object a line.
    Briefs(usize),
    /// The same for citation managers (CSL-JSON).
    Citations(usize),
    /// The same for TimelineJS 3.
    Timeline(usize),
    /// A topic's key dates and newest briefs for TimelineJS 3.
    Topic(u32),
    /// How many briefs there were in each month.
    Counts,
    /// A brief in the news industry's format (IPTC ninjs 3.0).
    Ninjs(u32),
}

/// The files of an edition, and the page on them.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let archive = &plan.archive;
    let mut pages = vec![
        Page::of_site(plan, "data.html", Kind::OpenData),
        Page::of_site(plan, "data/counts.csv", Kind::Data(File::Counts)),
    ];
    for (at, year) in plan.years.iter().enumerate() {
        let files =
            of_year(&year.name).into_iter().zip([File::Briefs(at), File::Citations(at), File::Timeline(at)]);
        pages.extend(files.map(|(path, file)| Page::of_site(plan, &path, Kind::Data(file))));
    }
    for (topic, number) in archive.topics.iter().zip(0..) {
        let path = format!("topics/{}/timeline.json", topic.slug);
        pages.push(Page::new(&path, Kind::Data(File::Topic(number)), Place::whole(&topic.file)));
    }
    if archive.settings.ninjs {
        let sent = plan.years.iter().flat_map(|year| year.briefs.iter());
        pages.extend(sent.map(|&number| {
            let filed = archive.filed(number);
            let path = format!("ninjs/{}.json", filed.address.trim_end_matches(".html"));
            Page::new(&path, Kind::Data(File::Ninjs(number)), Place::whole(&filed.brief.file))
        }));
    }
    pages
}

fn of_year(year: &str) -> [String; 3] {
    [
        format!("data/briefs-{year}.ndjson"),
        format!("data/citations-{year}.json"),
        format!("data/timeline-{year}.json"),
    ]
}

/// The part of a file: the digest of all that it says.
pub fn parts(plan: &Plan, file: File) -> Parts {
    let (digest, sources) = match file {
        File::Briefs(at) | File::Citations(at) | File::Timeline(at) => {
            let year = &plan.years[at];
            let facts = year.facts.get_or_init(|| facts(plan, &year.briefs));
            (*facts, files(plan, &year.briefs))
        }
        File::Topic(number) => {
            let newest = timeline::newest(plan, number);
            let mut digester = Digester::default();
            digester.digest(facts(plan, &newest)).digest(timeline::key_dates(plan, number));
            let text = |&number: &u32| summary(&plan.archive.filed(number).brief).unwrap_or_default();
            newest.iter().map(text).for_each(|text| _ = digester.text(text));
            (digester.finish(), files(plan, &newest))
        }
        File::Counts | File::Ninjs(_) => {
            let mut out = Vec::new();
            write(plan, file, &mut out);
            (Digest::of(&out), [plan.archive.settings.file.clone()].into())
        }
    };
    vec![("data", Part { value: part::none(), digest, sources })]
}

fn files(plan: &Plan, briefs: &[u32]) -> Arc<[Arc<str>]> {
    briefs.iter().map(|&number| plan.archive.filed(number).brief.file.clone()).collect()
}

/// The digest of what data says of briefs, and of the site beside them.
fn facts(plan: &Plan, briefs: &[u32]) -> Digest {
    let settings = &plan.archive.settings;
    let mut digester = Digester::default();
    for text in [&settings.title, &settings.base_url, &settings.tag_authority, &settings.zone_name] {
        digester.text(text);
    }
    digester.number(settings.since as u64).text(settings.publisher.as_deref().unwrap_or_default());
    for &number in briefs {
        digester.digest(Digest::of_value(&Facts::new(plan, number)));
    }
    digester.finish()
}

/// Writes a file.
pub fn write(plan: &Plan, file: File, out: &mut Vec<u8>) {
    match file {
        File::Briefs(at) => briefs::write(plan, &plan.years[at].briefs, out),
        File::Citations(at) => citations::write(plan, &plan.years[at].briefs, out),
        File::Timeline(at) => timeline::of_year(plan, at, out),
        File::Topic(number) => timeline::of_topic(plan, number, out),
        File::Counts => counts::write(plan, out),
        File::Ninjs(number) => ninjs::write(plan, number, out),
    }
}

/// The parts of the page that says what there is.
pub fn explained(plan: &Plan, page: &Page) -> Parts {
    let archive = &plan.archive;
    let head = Head {
        path: page.inside(),
        title: chrome::title(archive, archive.strings.word("open_data")),
        description: Some(archive.strings.word("data_text").to_owned()),
        noindex: false,
        here: "",
    };
    let year = |year: &Arc<Year>| {
        let [briefs, citations, timeline] = of_year(&year.name).map(|path| part::text(&path));
        let name = part::text(&archive.strings.year_alone(year.name.parse().unwrap_or_default()));
        part::record("data of a year").of([
            // the year
            ("name", name),
            // its briefs, as NDJSON
            ("briefs", briefs),
            // its briefs, as CSL-JSON
            ("citations", citations),
            // its briefs, for TimelineJS
            ("timeline", timeline),
        ])
    };
    let years = plan.years.iter().rev().map(year).collect();
    let topics = archive.topics.iter().map(|topic| topic.file.clone()).collect();
    vec![
        ("head", chrome::head(archive, &head)),
        // the years that have files, newest first
        ("years", Part::seal(part::list(years), Vec::new())),
        // all topics
        ("topics", Part::seal(part::list(plan.topic_terms.to_vec()), topics)),
        // whether each brief is also written as ninjs
        ("ninjs", Part::seal(part::flag(archive.settings.ninjs), vec![archive.settings.file.clone()])),
    ]
}

/// The kind of a brief's text, and its id: what several files say alike.
fn id(plan: &Plan, number: u32) -> String {
    feed::id(plan, plan.archive.filed(number))
}

/// Its summary or first paragraph, as inline HTML; a withdrawn brief says nothing.
fn summary(brief: &Brief) -> Option<&str> {
    let html = brief.summary.as_deref().or(brief.body.first_paragraph.as_deref());
    html.filter(|_| brief.status != Status::Withdrawn)
}
