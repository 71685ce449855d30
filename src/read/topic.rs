//! A topic: `content/topics/slug.md`, its names in front matter, its backgrounder as the body.

use crate::base::codes;
use crate::base::date::{Day, EventDate};
use crate::base::report::{Place, Report};
use crate::base::slug;
use crate::read::fields::{Fields, Spanned};
use crate::read::front;
use crate::read::markdown::{self, Body, Manner};
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
    /// Its item in Wikidata.
    pub wikidata: Option<String>,
    /// Its place among topics; the named come first, by this, the others by name.
    pub order: Option<u32>,
    /// How the matter stands.
    pub status: Option<String>,
    /// Since when.
    pub status_date: Option<Day>,
    /// Dates to know.
    pub key_dates: Vec<(EventDate, String)>,
    /// When the backgrounder was last checked.
    pub reviewed: Option<Day>,
    /// Old addresses.
    pub redirect_from: Vec<Spanned>,
    /// The backgrounder.
    pub body: Body,
}

/// Reads a topic.
pub fn topic(source: &Source, settings: &Settings, strings: &Strings, report: &mut Report) -> Option<Topic> {
    let text = text::text(source, report)?;
    let split = front::split(&text, report)?;
    let read = front::entries(&text, split.front.clone(), report);
    let named = read.as_ref().is_none_or(|entries| entries.iter().any(|entry| entry.name == "name"));
    let mut entries = read.unwrap_or_default();
    let mut check = Check { file: text.file, report };
    check.entries(&mut entries, shapes::TOPIC, "a topic");
    if !named {
        let found =
            check.found(codes::MISSING_KEY, split.front.start..split.front.start, "a topic needs `name`");
        found.help("add `name: …`");
    }
    let manner = Manner { strings, raw_html: settings.raw_html, may_have_title: false, want_first: false };
    let body = markdown::body(&text, split.body..text.text.len(), &manner, report);
    check_name(source, report);
    Some(made_of(Fields(entries), body, source, settings))
}

fn made_of(mut fields: Fields, body: Body, source: &Source, settings: &Settings) -> Topic {
    let slug = name_of(source).to_owned();
    let key_dates = fields.records("key_dates").into_iter();
    Topic {
        name: fields.by_language("name", settings.language()).unwrap_or_else(|| slug.clone()),
        aliases: fields.spanned_list("aliases"),
        wikidata: fields.text("wikidata"),
        order: fields.count("order"),
        status: fields.text("status"),
        status_date: fields.day("status_date"),
        key_dates: key_dates.filter_map(|(mut f, _)| Some((f.event("date")?, f.text("text")?))).collect(),
        reviewed: fields.day("reviewed"),
        redirect_from: fields.spanned_list("redirect_from"),
        file: source.path.clone(),
        slug,
        body,
    }
}

/// The slug that a file's name is; one that is none is reported.
pub fn slug_of(source: &Source, report: &mut Report) -> String {
    check_name(source, report);
    name_of(source).to_owned()
}

fn check_name(source: &Source, report: &mut Report) {
    let name = name_of(source);
    if !slug::is_slug(name) {
        let message = format!("the file's name `{name}` is not a slug");
        let found = report.add(codes::BAD_SLUG, Place::whole(&source.path), message);
        found.help(format!("name it with `a-z`, `0-9` and `-`, such as `{}.md`", slug::slug(name)));
    }
}

fn name_of(source: &Source) -> &str {
    slug::file_name(&source.path).trim_end_matches(".md")
}
