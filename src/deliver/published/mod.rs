//! What was out, as someone kept it: an output folder, a saved sitemap, or the list that a build left. It is read to see
//! that nothing vanishes, and is never written to.

pub mod gone;
pub mod list;
mod sitemap;

use crate::plan::lasting;
use anyhow::{Context, Result, bail};
use html5gum::{Token, Tokenizer};
use percent_encoding::percent_decode_str;
use std::fs;
use std::path::Path;

/// What was out.
#[derive(Default, Debug)]
pub struct Published {
    /// The source, as it was named.
    pub source: String,
    /// An address of another site, where it has one.
    pub stranger: Option<String>,
    /// The addresses that must go on answering, each once, sorted.
    pub addresses: Vec<Was>,
}

/// An address that was out.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Was {
    /// The path of its file, from the site's root.
    pub path: String,
    /// The source that claimed it, where that is known.
    pub file: Option<String>,
    /// The brief's id, where it was a brief's.
    pub id: Option<String>,
}

impl Published {
    /// Reads what was out of a site that is to be at `home`.
    pub fn read(source: &Path, home: &str) -> Result<Published> {
        let named = source.display();
        let mut published = match source.metadata() {
            Err(error) => return Err(error).with_context(|| format!("--published: cannot read `{named}`")),
            Ok(data) if !data.is_dir() => of_file(source, home)?,
            Ok(_) if source.join("index.html").is_file() => of_folder(source, home)?,
            Ok(_) if source.join("sitemap.xml").is_file() => of_file(&source.join("sitemap.xml"), home)?,
            Ok(_) => bail!("--published: in `{named}` there is neither `index.html` nor `sitemap.xml`"),
        };
        published.source = named.to_string();
        published.addresses.retain(|was| lasting::lasts(&was.path));
        published.addresses.sort();
        published.addresses.dedup_by(|later, first| later.path == first.path);
        Ok(published)
    }
}

fn of_file(path: &Path, home: &str) -> Result<Published> {
    let text = text(path)?;
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return Ok(of_addresses(&sitemap::addresses(path, &text)?, home));
    }
    let Some((addresses, of)) = list::read(&text) else {
        bail!(
            "--published: `{}` is no sitemap and no list that a build left: give one of them, or an output folder",
            path.display()
        )
    };
    Ok(Published { stranger: (of != home).then_some(of), addresses, ..Published::default() })
}

fn of_addresses(all: &[String], home: &str) -> Published {
    let inside = |address: &str| match address.strip_prefix(home) {
        None if address == home.trim_end_matches('/') => Some("index.html".to_owned()),
        inside => inside.map(|inside| lasting::file(&decoded(inside))),
    };
    let stranger = all.iter().find(|address| inside(address).is_none()).cloned();
    let paths = all.iter().filter_map(|address| inside(address));
    let addresses = paths.map(|path| Was { path, ..Was::default() }).collect();
    Published { stranger, addresses, ..Published::default() }
}

fn of_folder(folder: &Path, home: &str) -> Result<Published> {
    let mut addresses = Vec::new();
    gather(folder, "", &mut addresses)?;
    let stranger = canonical(&text(&folder.join("index.html"))?).filter(|own| own != home);
    Ok(Published { stranger, addresses, ..Published::default() })
}

/// Every file below a folder; what begins with a dot is no page.
fn gather(top: &Path, inside: &str, found: &mut Vec<Was>) -> Result<()> {
    let entries = fs::read_dir(top.join(inside));
    let entries =
        entries.with_context(|| format!("--published: cannot read `{}`", top.join(inside).display()));
    for entry in entries? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if inside.is_empty() { name.clone() } else { format!("{inside}/{name}") };
        match entry.file_type()?.is_dir() {
            _ if name.starts_with('.') => {}
            true => gather(top, &path, found)?,
            false => found.push(Was { path, ..Was::default() }),
        }
    }
    Ok(())
}

/// The address that a front page gives as its own.
fn canonical(page: &str) -> Option<String> {
    Tokenizer::new(page).flatten().find_map(|token| {
        let Token::StartTag(tag) = token else { return None };
        let value = |name: &[u8]| {
            let value = tag.attributes.iter().find(|(own, _)| own.as_slice() == name)?.1;
            Some(String::from_utf8_lossy(value).into_owned())
        };
        let is_it = tag.name.as_slice() == b"link" && value(b"rel")? == "canonical";
        value(b"href").filter(|_| is_it)
    })
}

fn text(path: &Path) -> Result<String> {
    #[expect(clippy::disallowed_methods, reason = "what was out is kept beside the site")]
    let bytes = fs::read(path).with_context(|| format!("--published: cannot read `{}`", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn decoded(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    percent_decode_str(path).decode_utf8().map_or_else(|_| path.to_owned(), Into::into)
}
