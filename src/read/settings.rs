//! `site.yaml`: what a desk decides once for its whole site.

use crate::base::codes;
use crate::base::date::Zone;
use crate::base::report::{Place, Report};
use crate::read::fields::{Fields, Spanned};
use crate::read::front::{self, Value};
use crate::read::home;
use crate::read::shape::{self, Check};
use crate::read::shapes;
use crate::read::sources::Sources;
use crate::read::text::{self, Text};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where the settings stand.
pub const FILE: &str = "content/site.yaml";

/// A site's settings, with the defaults where nothing is said.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The file they are from.
    pub file: Arc<str>,
    /// The site's name.
    pub title: String,
    /// Where it will be published, ending in `/`.
    pub base_url: String,
    /// Its languages; the first is the default.
    pub languages: Vec<String>,
    /// The language of the edition that they are for.
    pub language: String,
    /// Where the file names that language.
    pub language_at: Place,
    /// Where that edition lies below the site's root: empty for the default language, else with a closing `/`.
    pub folder: String,
    /// One sentence on the site.
    pub description: Option<String>,
    /// The second half of the masthead.
    pub section: Option<String>,
    /// In which a day is a day.
    pub zone: Zone,
    /// The zone's IANA name.
    pub zone_name: String,
    /// The form of a page's title.
    pub title_format: Option<String>,
    /// Initials and the names they stand for.
    pub editors: BTreeMap<String, Editor>,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// The publisher's site.
    pub publisher_url: Option<String>,
    /// The publisher's sign, in `static/`.
    pub logo: Option<Spanned>,
    /// The publisher's policies by their names in schema.org: standing pages, or addresses.
    pub policies: Vec<(&'static str, Spanned)>,
    /// The picture that stands for pages without one, in `static/`.
    pub image: Option<Spanned>,
    /// Under which licence the texts stand.
    pub licence: Option<String>,
    /// Whether unknown topics and agencies pass.
    pub open_vocabulary: bool,
    /// Whether HTML in bodies is kept, sanitized.
    pub raw_html: bool,
    /// The most briefs on a page of a period.
    pub period_limit: usize,
    /// The year in permanent ids.
    pub since: i16,
    /// The host in permanent ids.
    pub tag_authority: String,
    /// Whether each brief is also written as ninjs.
    pub ninjs: bool,
    /// How many entries a feed holds.
    pub feed_items: usize,
    /// The brief that leads the front page.
    pub lead: Option<Spanned>,
    /// Handed to templates as it is.
    pub extra: Option<Value>,
    /// Further links: title and address.
    pub nav: Vec<(String, String)>,
    /// Whether a link to a brief that is not out becomes plain text instead of an error.
    pub embargoed_links_as_text: bool,
    /// Hosts added to the pages' policy.
    pub policy: Vec<String>,
    /// Whether correction boxes stand above the body.
    pub corrections_on_top: bool,
    /// Whether there is a search page.
    pub search: bool,
    /// The labels of "Read more" by language.
    pub read_more: BTreeMap<String, String>,
}

/// Someone who signs briefs.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Editor {
    /// The name in full.
    pub name: Option<String>,
    /// What they do.
    pub role: Option<String>,
    /// A page on them.
    pub url: Option<String>,
}

impl Settings {
    /// The language of the edition.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The default language.
    pub fn default_language(&self) -> &str {
        &self.languages[0]
    }

    /// The way from the edition's root to the site's.
    pub fn up(&self) -> &'static str {
        if self.folder.is_empty() { "" } else { "../" }
    }

    /// An address of the edition as it must be where links are absolute. This is the only place that makes one.
    pub fn absolute(&self, address: &str) -> String {
        let folder = if address.starts_with("../") { "" } else { &self.folder };
        let address = address.strip_prefix("../").unwrap_or(address);
        let address = if address == "index.html" { "" } else { address };
        [&self.base_url, folder, address].concat()
    }

    /// The path of `base_url`, from `/` to `/`.
    pub fn base_path(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or("/", |slash| &rest[slash..])
    }
}

/// Which edition settings are read for.
#[derive(Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Where the site will be published, when not where `site.yaml` says.
    pub base_url: Option<&'a str>,
    /// The language, when not the default.
    pub language: Option<&'a str>,
}

/// Reads the settings. Where they cannot be read, what is missing is made up, so that everything else can be
/// checked in the same run; the report then has errors.
pub fn settings(sources: &Sources, wanted: Wanted<'_>, report: &mut Report) -> Settings {
    let file: Arc<str> = FILE.into();
    let Some(source) = sources.get(FILE) else {
        report.add(codes::NO_SITE, Place::whole(&file), "there is no `content/site.yaml`").help(
            "a site is a folder with `content/site.yaml`: `title`, `base_url` and `languages` are enough",
        );
        return made_of(Fields(Vec::new()), file, wanted);
    };
    let Some(text) = text::text(source, report) else { return made_of(Fields(Vec::new()), file, wanted) };
    made_of(checked(&text, report), file, wanted)
}

fn checked(text: &Text<'_>, report: &mut Report) -> Fields {
    let Some(mut entries) = front::entries(text, text.start..text.text.len(), report) else {
        return Fields(Vec::new());
    };
    let lacking = shape::lacking(shapes::SITE, &entries);
    let mut check = Check { file: text.file, report };
    check.entries(&mut entries, shapes::SITE, "`site.yaml`");
    for key in lacking {
        let example = match key.name {
            "title" => "Dateline",
            "base_url" => "https://example.org/",
            "languages" => "[en]",
            _ => "…",
        };
        let message = format!("`site.yaml` needs `{}`", key.name);
        let found = check.found(codes::MISSING_KEY, text.start..text.start, message);
        found.help(format!("add `{}: {example}`", key.name));
    }
    Fields(entries)
}

fn made_of(mut fields: Fields, file: Arc<str>, wanted: Wanted<'_>) -> Settings {
    let named = fields.spanned_list("languages");
    let mut languages: Vec<String> = named.iter().map(|language| language.text.clone()).collect();
    if languages.is_empty() {
        languages.push("en".to_owned());
    }
    let language = wanted.language.unwrap_or(&languages[0]).to_owned();
    let language_at = named.iter().find(|named| named.text == language);
    let language_at = language_at.map_or_else(|| Place::whole(&file), |named| named.place(&file));
    let folder = if language == languages[0] { String::new() } else { format!("{language}/") };
    let written = fields.text("base_url");
    let url =
        wanted.base_url.map(str::to_owned).or(written).unwrap_or_else(|| "https://example.org/".to_owned());
    let zone_name = fields.text("time_zone").unwrap_or_else(|| "UTC".to_owned());
    let authority = host(&url);
    let nav = fields.records("nav").into_iter();
    let feeds = fields.record("feeds").and_then(|mut feeds| feeds.count("items"));
    let mut publisher = fields.record("publisher").unwrap_or(Fields(Vec::new()));
    Settings {
        file,
        title: fields.by_language("title", &language).unwrap_or_else(|| "Untitled".to_owned()),
        base_url: if url.ends_with('/') { url } else { url + "/" },
        description: fields.by_language("description", &language),
        section: fields.by_language("section", &language),
        zone: Zone::named(&zone_name).unwrap_or_else(Zone::utc),
        zone_name,
        title_format: fields.text("title_format"),
        editors: editors(&mut fields),
        publisher: publisher.by_language("name", &language),
        publisher_url: publisher.text("url"),
        logo: publisher.spanned("logo"),
        policies: policies(&mut publisher),
        image: fields.spanned("image"),
        licence: fields.text("licence"),
        open_vocabulary: fields.text("vocabulary").as_deref() == Some("open"),
        raw_html: fields.flag("raw_html"),
        period_limit: fields.count("period_limit").unwrap_or(500) as usize,
        since: fields.count("since").unwrap_or(2000) as i16,
        tag_authority: fields.text("tag_authority").unwrap_or(authority),
        ninjs: fields.flag("ninjs"),
        feed_items: feeds.unwrap_or(50) as usize,
        lead: fields.spanned("lead"),
        nav: nav.filter_map(|(mut link, _)| Some((link.text("title")?, link.text("url")?))).collect(),
        embargoed_links_as_text: fields.text("embargo_links").as_deref() == Some("text"),
        policy: fields.texts("policy"),
        corrections_on_top: fields.text("corrections_position").as_deref() == Some("top"),
        search: !fields.is_off("search"),
        extra: fields.take("extra").map(|node| node.value),
        read_more: labels(&mut fields),
        languages,
        language,
        language_at,
        folder,
    }
}

/// The host of an address, without a user or a port.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().to_lowercase()
}

fn editors(fields: &mut Fields) -> BTreeMap<String, Editor> {
    let Some(map) = fields.record("editors") else { return BTreeMap::new() };
    let editor = |entry: front::Entry| {
        let front::Value::Map(entries) = entry.node.value else { return None };
        let mut fields = Fields(entries);
        let editor = Editor { name: fields.text("name"), role: fields.text("role"), url: fields.text("url") };
        Some((entry.name, editor))
    };
    map.0.into_iter().filter_map(editor).collect()
}

fn policies(publisher: &mut Fields) -> Vec<(&'static str, Spanned)> {
    let Some(mut policies) = publisher.record("policies") else { return Vec::new() };
    shapes::POLICIES.iter().filter_map(|key| Some((key.name, policies.spanned(key.name)?))).collect()
}

fn labels(fields: &mut Fields) -> BTreeMap<String, String> {
    let Some(map) = fields.record("read_more") else { return BTreeMap::new() };
    let label = |entry: front::Entry| match entry.node.value {
        front::Value::Text(text, _) => Some((entry.name, text)),
        _ => None,
    };
    map.0.into_iter().filter_map(label).collect()
}

/// What is wrong with an address given as `--base-url`, if anything.
pub fn base_url_mistake(url: &str) -> Option<String> {
    let why = home::mistake(url)?;
    Some(format!("`{url}` is not an address that a site can have: {why}; write `https://host/folder/`"))
}
