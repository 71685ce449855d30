//! A saved sitemap: the addresses it names, those of the sitemaps beside it that it is an index of included.

use anyhow::{Context, Result, bail};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use std::path::Path;

/// What a sitemap names.
#[derive(Default)]
struct Named {
    /// Addresses of pages.
    pages: Vec<String>,
    /// Addresses of further sitemaps.
    sitemaps: Vec<String>,
}

/// Every address that a sitemap names, in their order.
pub fn addresses(path: &Path, text: &str) -> Result<Vec<String>> {
    let named = read(text).with_context(|| format!("--published: `{}` cannot be read", path.display()))?;
    let mut all = named.pages;
    for address in named.sitemaps {
        let name = address.rsplit('/').next().unwrap_or_default();
        let beside = path.with_file_name(name);
        if !beside.is_file() {
            bail!("--published: `{}` names `{address}`: save it beside, as `{name}`", path.display());
        }
        let inner = read(&super::text(&beside)?);
        let inner = inner.with_context(|| format!("--published: `{}` cannot be read", beside.display()))?;
        if !inner.sitemaps.is_empty() {
            bail!("--published: `{}` is an index inside an index", beside.display());
        }
        all.extend(inner.pages);
    }
    Ok(all)
}

fn read(text: &str) -> Result<Named> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let (mut named, mut open, mut address) = (Named::default(), Vec::<String>::new(), String::new());
    loop {
        let is_in = |path: [&str; 3]| open.iter().map(String::as_str).eq(path);
        let (page, sitemap) = (is_in(["urlset", "url", "loc"]), is_in(["sitemapindex", "sitemap", "loc"]));
        match reader.read_event()? {
            Event::Start(tag) => open.push(tag.name().as_ref().to_owned()),
            Event::Text(text) if page || sitemap => address += &text,
            Event::CData(text) if page || sitemap => address += &text,
            Event::GeneralRef(name) if page || sitemap => match name.resolve_char_ref()? {
                Some(letter) => address.push(letter),
                None => address += resolve_predefined_entity(&name).context("an unknown entity")?,
            },
            Event::End(_) => {
                match (page, sitemap) {
                    (true, _) => named.pages.push(address.trim().to_owned()),
                    (_, true) => named.sitemaps.push(address.trim().to_owned()),
                    _ => {}
                }
                address.clear();
                open.pop();
            }
            Event::Eof if named.pages.is_empty() && named.sitemaps.is_empty() => bail!("it names no address"),
            Event::Eof if !open.is_empty() => bail!("it ends too early"),
            Event::Eof => return Ok(named),
            _ => {}
        }
    }
}
