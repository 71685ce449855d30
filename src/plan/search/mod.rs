//! Search: a page with a field, and an index of our own: for each year, shards that tell which briefs hold a term,
//! and blocks of what a result shows. A query loads the few that it needs, newest year first.
//!
//! A year's part is the digest of its briefs as search knows them, which costs a glance at their texts. The
//! postings of a year are made when the first of its files is printed, once, and shared by the others; so a round
//! of the preview pays for nothing. An edition knows nothing of another: paths and addresses go from its own root.

mod index;
mod plain;

use crate::archive::model::{Archive, Filed};
use crate::base::digest::{Digest, Digester};
use crate::plan::chrome::{self, Head};
use crate::plan::description;
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts};
use index::Index;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The theme's files that only search uses.
pub const FILES: [&str; 2] = ["search.js", "search.css"];

/// The name of the file that names the years.
const YEARS: &str = "years";

/// How many briefs a shard is for, and the most shards that a year has.
const SHARD: usize = 16;
const MOST_SHARDS: usize = 96;
/// How many briefs a block shows, and the most blocks that a year has.
const BLOCK: usize = 32;
const MOST_BLOCKS: usize = 24;

/// The years of an edition, newest first.
#[derive(Clone, Default, Debug)]
pub struct Search {
    /// Empty where the site wants no search.
    pub years: Vec<Arc<Year>>,
}

/// The briefs that were published in one year.
#[derive(Debug)]
pub struct Year {
    /// The year, in four digits.
    pub name: String,
    /// The numbers of its briefs, newest first; those that are expired are not among them.
    briefs: Arc<[u32]>,
    part: OnceLock<Part>,
    index: OnceLock<Index>,
}

/// A file of the index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slice {
    /// The years there are, with the digest of each.
    Years,
    /// Which briefs hold the terms of a shard.
    Shard(usize, usize),
    /// What results show of a block of briefs.
    Block(usize, usize),
}

impl Search {
    /// The years of an archive's briefs.
    pub fn new(archive: &Archive) -> Search {
        if !archive.settings.search {
            return Search::default();
        }
        let mut years: BTreeMap<i16, Vec<u32>> = BTreeMap::new();
        for (number, filed) in archive.briefs.iter().enumerate().filter(|(_, filed)| filed.listed()) {
            years.entry(filed.published.day.year).or_default().push(number as u32);
        }
        let years = years.into_iter().rev();
        Search {
            years: years
                .map(|(year, briefs)| Arc::new(Year::new(format!("{year:04}"), briefs.into())))
                .collect(),
        }
    }

    /// The same years where briefs of these numbers have changed.
    pub fn revised(&self, numbers: &[u32]) -> Search {
        let renewed = |year: &Arc<Year>| match numbers.iter().any(|number| year.holds(*number)) {
            true => Arc::new(Year::new(year.name.clone(), year.briefs.clone())),
            false => year.clone(),
        };
        Search { years: self.years.iter().map(renewed).collect() }
    }
}

impl Year {
    fn new(name: String, briefs: Arc<[u32]>) -> Year {
        Year { name, briefs, part: OnceLock::new(), index: OnceLock::new() }
    }

    fn holds(&self, number: u32) -> bool {
        self.briefs.binary_search(&number).is_ok()
    }

    /// The name of one of its files, without its ending.
    fn file(&self, slice: Slice) -> String {
        match slice {
            Slice::Years => YEARS.to_owned(),
            Slice::Shard(_, shard) => format!("{}/{shard}", self.name),
            Slice::Block(_, block) => format!("{}/b{block}", self.name),
        }
    }

    fn shards(&self) -> usize {
        self.briefs.len().div_ceil(SHARD).min(MOST_SHARDS)
    }

    fn blocks(&self) -> usize {
        self.briefs.len().div_ceil(BLOCK).min(MOST_BLOCKS)
    }

    /// All that its files are made of.
    fn part(&self, plan: &Plan) -> &Part {
        self.part.get_or_init(|| {
            let mut digester = Digester::default();
            let mut sources = Vec::with_capacity(self.briefs.len());
            for &number in self.briefs.iter() {
                let filed = plan.archive.filed(number);
                digester.digest(plan.cards[number as usize].digest);
                add(&mut digester, plan, filed);
                sources.push(filed.brief.file.clone());
            }
            Part { value: part::none(), digest: digester.finish(), sources: sources.into() }
        })
    }

    fn digest(&self, plan: &Plan) -> Digest {
        self.part(plan).digest
    }
}

/// Adds what search knows of a brief and its card does not show.
fn add(digester: &mut Digester, plan: &Plan, filed: &Filed) {
    plain::texts(&plan.archive, filed, |_, text| {
        digester.text(text);
    });
    plain::marks(&plan.archive, filed, |mark, slug| {
        digester.text(mark).text(slug);
    });
}

/// The page of search, and the files of its index.
pub fn pages(plan: &Plan) -> Vec<Page> {
    if !plan.archive.settings.search {
        return Vec::new();
    }
    let mut pages = vec![Page::of_site(plan, "search.html", Kind::Search)];
    let mut add = |name: &str, slice| {
        pages.push(Page::of_site(plan, &format!("search/{name}.js"), Kind::Index(slice)));
    };
    add(YEARS, Slice::Years);
    for (at, year) in plan.search.years.iter().enumerate() {
        let shards = (0..year.shards()).map(|shard| Slice::Shard(at, shard));
        let blocks = (0..year.blocks()).map(|block| Slice::Block(at, block));
        shards.chain(blocks).for_each(|slice| add(&year.file(slice), slice));
    }
    pages
}

/// The parts of the page.
pub fn parts(plan: &Plan, page: &Page) -> Parts {
    let archive = &plan.archive;
    let label = archive.strings.word("search_label");
    let topics = description::topics(plan).map(|topics| format!(" · {topics}")).unwrap_or_default();
    let head = Head {
        path: page.inside(),
        title: chrome::title(archive, archive.strings.word("search")),
        description: Some(format!("{label}{topics}")),
        noindex: false,
        here: "search",
    };
    let years = plan.search.years.iter().map(|year| {
        part::record("searched year").of([
            // the year in four digits, as the form asks for it
            ("name", part::text(&year.name)),
            // the same as the language writes it
            ("label", part::text(&archive.strings.year_alone(year.name.parse().unwrap_or_default()))),
        ])
    });
    let topics = archive.topics.iter().map(|topic| topic.file.clone()).collect();
    vec![
        ("head", chrome::head(archive, &head)),
        // all topics
        ("topics", Part::seal(part::list(plan.topic_terms.to_vec()), topics)),
        // all agencies
        ("agencies", Part::seal(part::list(plan.agency_terms.to_vec()), Vec::new())),
        // the years that have briefs, newest first
        ("years", Part::seal(part::list(years.collect()), Vec::new())),
    ]
}

/// The part of a file of the index: its year's, or all of them.
pub fn slice_parts(plan: &Plan, slice: Slice) -> Parts {
    let part = match slice {
        Slice::Years => {
            let parts = plan.search.years.iter().map(|year| year.part(plan));
            let digest = parts.fold(&mut Digester::default(), |all, part| all.digest(part.digest)).finish();
            Part { value: part::none(), digest, sources: Arc::default() }
        }
        Slice::Shard(at, _) | Slice::Block(at, _) => plan.search.years[at].part(plan).clone(),
    };
    vec![("briefs", part)]
}

/// Writes a file of the index. Each is a script, which a browser also loads from a disk.
pub fn write(plan: &Plan, slice: Slice, out: &mut Vec<u8>) {
    match slice {
        Slice::Years => put(out, (YEARS, ""), &years(plan)),
        Slice::Shard(at, shard) => {
            let year = &plan.search.years[at];
            let index = year.index.get_or_init(|| Index::new(plan, &year.briefs, year.shards()));
            put(out, (&year.file(slice), &year.digest(plan).short()), &index.shards[shard]);
        }
        Slice::Block(at, block) => {
            let year = &plan.search.years[at];
            let size = year.briefs.len().div_ceil(year.blocks());
            let briefs = year.briefs.chunks(size).nth(block).unwrap_or_default();
            put(out, (&year.file(slice), &year.digest(plan).short()), &index::cards(plan, briefs));
        }
    }
}

/// What a file says: its name, its year's digest so that files of two versions are not taken for one, and what
/// it holds.
fn put(out: &mut Vec<u8>, (name, digest): (&str, &str), holds: &str) {
    for piece in ["dateline.put(\"", name, "\",\"", digest, "\",", holds, ")\n"] {
        out.extend(piece.bytes());
    }
}

fn years(plan: &Plan) -> String {
    let one = |year: &Arc<Year>| {
        let (name, digest) = (&year.name, year.digest(plan).short());
        format!("[\"{name}\",\"{digest}\",{},{},{}]", year.briefs.len(), year.shards(), year.blocks())
    };
    let all: Vec<String> = plan.search.years.iter().map(one).collect();
    format!("[{}]", all.join(","))
}
