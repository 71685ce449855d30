//! A topic: `content/topics/slug.md`, its names in front matter, its backgrounder as the body.

use crate::base::codes;
use crate::base::date::{Day, EventDate};
use crate::base::report::{Place, Report};
use crate::base::slug;
use crate::read::fields::{Fields, Spanned};
use crate::read::front::{self, Value};
use crate::read::markdown::{self, Body, Manner};
use crate::read::name;
use crate::read::settings::Settings;
use crate::read::shape::Check;
use crate::read::shapes;
use crate::read::sources::Source;
use crate::read::strings::Strings;
use crate::read::text;
use std::sync::Arc;

/// The folder of the topics.
pub const FOLDER: &str = "content/topics/";

/// What a brief is about.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The file it is from.
    pub file: Arc<str>,
    /// The file's name.
    pub slug: String,
    /// Its name in the default language.
    pub name: String,
    /// Other names.
    pub aliases: Vec<Spanned>,
    /// Its names in every language: briefs may use any of them.
    pub known_as: Vec<String>,
    /// Its item in Wikidata.
    pub wikidata: Option<String>,
    /// Its IPTC Media Topic number.
    pub iptc: Option<String>,
    /// Its place among topics; the named come first, by this, the others by name.
    pub order: Option<u32>,
    /// How the matter stands.
    pub status: Option<String>,
    /// Since when.
    pub status_date: Option<Day>,
    /// Dates to know.
    pub key_dates: Vec<(EventDate, String)>,
    /// The picture that stands for it, in `static/`, and the file that names it.
    pub image: Option<(Arc<str>, Spanned)>,
    /// When the backgrounder was last checked.
    pub reviewed: Option<Day>,
    /// Old addresses.
    pub redirect_from: Vec<Spanned>,
    /// Handed to templates as it is.
    pub extra: Option<Value>,
    /// The backgrounder.
    pub body: Body,
}

/// Reads a topic, or its version in another language, where nothing but what differs has to be written.
pub fn topic(source: &Source, settings: &Settings, strings: &Strings, report: &mut Report) -> Option<Topic> {
    let version = name::original(&source.path, settings).is_some();
    let text = text::text(source, report)?;
    let split = front::split(&text, report)?;
    let read = front::entries(&text, split.front.clone(), report);
    let named = read.as_ref().is_none_or(|entries| entries.iter().any(|entry| entry.name == "name"));
    let mut entries = read.unwrap_or_default();
    let mut check = Check { file: text.file, report };
    check.entries(&mut entries, shapes::TOPIC, "a topic");
    if !named && !version {
        let found =
            check.found(codes::MISSING_KEY, split.front.start..split.front.start, "a topic needs `name`");
        found.help("add `name: …`");
    }
    let manner = Manner { strings, raw_html: settings.raw_html, may_have_title: false, want_first: false };
    let body = markdown::body(&text, split.body..text.text.len(), &manner, report);
    check_name(name_of(source, settings), source, report);
    Some(made_of(Fields(entries), body, source, settings))
}

fn made_of(mut fields: Fields, body: Body, source: &Source, settings: &Settings) -> Topic {
    let slug = name_of(source, settings).to_owned();
    let version = name::original(&source.path, settings).is_some();
    let known_as = fields.in_all_languages("name");
    let named = fields.by_language("name", settings.language());
    let key_dates = fields.records("key_dates").into_iter();
    Topic {
        name: named.unwrap_or_else(|| if version { String::new() } else { slug.clone() }),
        aliases: fields.spanned_list("aliases"),
        known_as,
        wikidata: fields.text("wikidata"),
        iptc: fields.text("iptc"),
        extra: fields.take("extra").map(|node| node.value),
        order: fields.count("order"),
        status: fields.text("status"),
        status_date: fields.day("status_date"),
        key_dates: key_dates.filter_map(|(mut f, _)| Some((f.event("date")?, f.text("text")?))).collect(),
        image: fields.spanned("image").map(|image| (source.path.clone(), image)),
        reviewed: fields.day("reviewed"),
        redirect_from: fields.spanned_list("redirect_from"),
        file: source.path.clone(),
        slug,
        body,
    }
}

impl Topic {
    /// The topic in another language: what its version there says, and for the rest what it says itself. Its
    /// backgrounder is the version's or none.
    pub fn in_language(self, version: Option<Topic>) -> Topic {
        let Some(version) = version else {
            return Topic { body: Body::default(), redirect_from: Vec::new(), ..self };
        };
        Topic {
            name: if version.name.is_empty() { self.name } else { version.name },
            aliases: self.aliases.into_iter().chain(version.aliases).collect(),
            known_as: self.known_as.into_iter().chain(version.known_as).collect(),
            wikidata: version.wikidata.or(self.wikidata),
            iptc: version.iptc.or(self.iptc),
            extra: version.extra.or(self.extra),
            order: version.order.or(self.order),
            status: version.status.or(self.status),
            status_date: version.status_date.or(self.status_date),
            key_dates: if version.key_dates.is_empty() { self.key_dates } else { version.key_dates },
            image: version.image.or(self.image),
            reviewed: version.reviewed.or(self.reviewed),
            redirect_from: version.redirect_from,
            file: version.file,
            slug: self.slug,
            body: version.body,
        }
    }
}

/// The slug that a file's name is; one that is none is reported.
pub fn slug_of(source: &Source, settings: &Settings, report: &mut Report) -> String {
    let name = name_of(source, settings);
    check_name(name, source, report);
    name.to_owned()
}

fn check_name(name: &str, source: &Source, report: &mut Report) {
    if !slug::is_slug(name) {
        let message = format!("the file's name `{name}` is not a slug");
        let found = report.add(codes::BAD_SLUG, Place::whole(&source.path), message);
        found.help(format!("name it with `a-z`, `0-9` and `-`, such as `{}.md`", slug::slug(name)));
    }
}

fn name_of<'a>(source: &'a Source, settings: &Settings) -> &'a str {
    let name = slug::file_name(&source.path).trim_end_matches(".md");
    let version = name::original(&source.path, settings).is_some();
    name.rsplit_once('.').filter(|_| version).map_or(name, |(name, _)| name)
}
