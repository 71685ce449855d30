//! Sitemaps, by the protocol of sitemaps.org: an index at the site's root, and for each edition a file for each year of
//! briefs, one for its other pages, and the news of the last 48 hours.
//!
//! Briefs carry the moment of their last change, from their content alone. The other pages carry none: they follow from
//! the briefs, and were theirs told, one more brief would print every file again. No file can grow beyond what the
//! protocol allows: how many addresses it may hold follows from the most that each can take.

use crate::base::digest::{Digest, Digester};
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts};
use crate::plan::xml::Xml;
use crate::plan::years::is_sent;
use crate::read::markdown::escaped;
use std::sync::Arc;

/// The most addresses of a file, its most bytes, and the most addresses of the news.
const ADDRESSES: usize = 50_000;
const BYTES: usize = 50_000_000;
const NEWS: usize = 1_000;

/// The most that a path takes, and the elements around an address.
const PATH: usize = 400;
const AROUND: usize = 120;

const SITEMAP: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// A file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Map {
    /// The index of all files, of every edition.
    Index,
    /// Briefs of a year, by its place among the years; which of its files.
    Year(usize, usize),
    /// Pages that are not briefs; which of their files.
    Pages(usize),
    /// The briefs of the last 48 hours.
    News,
}

/// An address with its versions.
#[derive(Hash)]
struct Address {
    address: String,
    modified: Option<String>,
    /// Language and address of each version, its own among them; empty where there is but one.
    versions: Vec<(String, String)>,
}

/// The files of an edition; `pages` are its others.
pub fn pages(plan: &Plan, pages: &[Page]) -> Vec<Page> {
    let others = pages.iter().filter(|page| is_told(page)).count();
    let files = |count: usize| 0..count.div_ceil(limit(plan)).max(1);
    let mut maps: Vec<Map> = vec![Map::News];
    maps.extend(files(others).map(Map::Pages));
    for (at, year) in plan.years.iter().enumerate() {
        maps.extend(files(year.briefs.len()).map(|file| Map::Year(at, file)));
    }
    if plan.edition == 0 {
        maps.push(Map::Index);
    }
    maps.into_iter().map(|map| Page::of_site(plan, &name(plan, map), Kind::Sitemap(map))).collect()
}

/// Whether a page is told of that is not a brief's.
fn is_told(page: &Page) -> bool {
    match page.kind {
        Kind::Brief(_) | Kind::Redirect(_) | Kind::Missing => false,
        _ => page.layout().is_some_and(|layout| layout.ends_with(".html")),
    }
}

fn name(plan: &Plan, map: Map) -> String {
    let file = |of: &str, file: usize| match file {
        0 => format!("sitemap-{of}.xml"),
        more => format!("sitemap-{of}-{}.xml", more + 1),
    };
    match map {
        Map::Index => "sitemap.xml".to_owned(),
        Map::Year(at, number) => file(&plan.years[at].name, number),
        Map::Pages(number) => file("pages", number),
        Map::News => file("news", 0),
    }
}

/// How many addresses a file holds at most.
fn limit(plan: &Plan) -> usize {
    let home = escaped(&plan.archive.settings.base_url).len();
    let versions = if plan.languages.len() > 1 { plan.languages.len() + 1 } else { 0 };
    most(versions, home)
}

/// How many addresses with so many versions a file has room for, where the site's own address takes `home` bytes.
fn most(versions: usize, home: usize) -> usize {
    (BYTES / ((versions + 1) * (home + PATH + AROUND))).clamp(1, ADDRESSES)
}

/// The part of a file: the digest of all that it says.
pub fn parts(plan: &Plan, map: Map) -> Parts {
    let digest = match map {
        Map::Index => files(plan).fold(&mut Digester::default(), |all, path| all.text(path)).finish(),
        Map::News => {
            let mut out = Vec::new();
            write(plan, map, &mut out);
            Digest::of(&out)
        }
        Map::Year(..) | Map::Pages(_) => {
            let addresses = addresses(plan, map).map(|told| Digest::of_value(&told));
            addresses.fold(&mut Digester::default(), |all, told| all.digest(told)).finish()
        }
    };
    let sources: Arc<[Arc<str>]> = [plan.archive.settings.file.clone()].into();
    vec![("addresses", Part { value: part::none(), digest, sources })]
}

/// Writes a file.
pub fn write(plan: &Plan, map: Map, out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    match map {
        Map::Index => {
            xml.open("sitemapindex", &[SITEMAP]);
            for path in files(plan) {
                xml.open("sitemap", &[]);
                xml.text("loc", &format!("{}{path}", plan.archive.settings.base_url));
                xml.close("sitemap");
            }
            xml.close("sitemapindex");
        }
        Map::News => news(plan, &mut xml),
        Map::Year(..) | Map::Pages(_) => {
            let versions = [SITEMAP, ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")];
            let spaces = if plan.languages.len() > 1 { &versions[..] } else { &versions[..1] };
            xml.open("urlset", spaces);
            addresses(plan, map).for_each(|told| url(&mut xml, &told));
            xml.close("urlset");
        }
    }
}

fn url(xml: &mut Xml<'_>, told: &Address) {
    xml.open("url", &[]);
    xml.text("loc", &told.address);
    if let Some(modified) = &told.modified {
        xml.text("lastmod", modified);
    }
    for (language, address) in &told.versions {
        xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", language), ("href", address)]);
    }
    xml.close("url");
}

/// The paths of all files but the index.
fn files(plan: &Plan) -> impl Iterator<Item = &str> {
    let is_file = |page: &&Page| matches!(page.kind, Kind::Sitemap(map) if map != Map::Index);
    plan.pages.iter().filter(is_file).map(|page| &*page.path)
}

/// What a file tells of.
fn addresses(plan: &Plan, map: Map) -> Box<dyn Iterator<Item = Address> + '_> {
    let limit = limit(plan);
    match map {
        Map::Year(at, file) => {
            let briefs = plan.years[at].briefs.chunks(limit).nth(file).unwrap_or_default();
            let address = |number: &u32| {
                let filed = plan.archive.filed(*number);
                let zone = &plan.archive.settings.zone;
                Address::new(plan, &filed.address, Some(zone.stamp(filed.modified(zone).from)))
            };
            Box::new(briefs.iter().map(address))
        }
        Map::Pages(file) => {
            let own = plan.pages.iter().filter(|page| page.edition == plan.edition && is_told(page));
            let own = own.skip(file * limit).take(limit);
            Box::new(own.map(|page| Address::new(plan, page.inside(), None)))
        }
        Map::Index | Map::News => Box::new(std::iter::empty()),
    }
}

impl Address {
    fn new(plan: &Plan, path: &str, modified: Option<String>) -> Address {
        Address { address: plan.archive.settings.absolute(path), modified, versions: plan.alternates(path) }
    }
}

/// What search engines for news are told, by the rules of Google's news sitemaps: the newest of the last 48 hours, in
/// the order that they came.
fn news(plan: &Plan, xml: &mut Xml<'_>) {
    let settings = &plan.archive.settings;
    let space = ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");
    xml.open("urlset", &[SITEMAP, space]);
    let fresh = (0..plan.archive.fresh as u32).filter(|number| is_sent(&plan.archive, *number));
    let fresh = fresh.map(|number| plan.archive.filed(number)).filter(|filed| !filed.withdrawn());
    for filed in fresh.take(NEWS) {
        let date = match filed.published.at {
            Some(moment) => settings.zone.stamp(moment),
            None => filed.published.day.to_string(),
        };
        xml.open("url", &[]);
        xml.text("loc", &settings.absolute(&filed.address));
        xml.open("news:news", &[]);
        xml.open("news:publication", &[]);
        xml.text("news:name", &settings.title);
        xml.text("news:language", news_language(&filed.brief.lang));
        xml.close("news:publication");
        xml.text("news:publication_date", &date);
        xml.text("news:title", &filed.brief.title);
        xml.close("news:news");
        xml.close("url");
    }
    xml.close("urlset");
}

/// ISO 639, but for the two scripts of Chinese, which have names of their own there.
fn news_language(tag: &str) -> &str {
    match tag {
        "zh-Hans" | "zh-CN" => "zh-cn",
        "zh-Hant" | "zh-TW" => "zh-tw",
        _ => tag.split('-').next().unwrap_or(tag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_that_a_file_can_take_fits() {
        assert_eq!(most(0, 30), ADDRESSES);
        assert!(most(32, 60) * 33 * (60 + PATH + AROUND) <= BYTES);
    }

    #[test]
    fn languages_are_named_as_news_sitemaps_want_them() {
        assert_eq!(["en", "pt-BR", "zh-Hans"].map(news_language), ["en", "pt", "zh-cn"]);
    }
}
