//! Agencies: `content/agencies.yaml`, the list of those who may be credited.

use crate::base::codes;
use crate::base::report::{Place, Report};
use crate::base::slug;
use crate::read::fields::{Fields, Spanned};
use crate::read::front::{self, Node, Value};
use crate::read::settings::Settings;
use crate::read::shape::Check;
use crate::read::shapes;
use crate::read::sources::Sources;
use crate::read::text::{self, Text};
use std::ops::Range;
use std::sync::Arc;

/// Where agencies stand.
pub const FILE: &str = "content/agencies.yaml";

/// Who reported a brief.
#[derive(Clone, Debug)]
pub struct Agency {
    /// Its last part of an address.
    pub slug: String,
    /// Its name in credits.
    pub name: String,
    /// Where the entry stands in `agencies.yaml`.
    pub span: Range<usize>,
    /// Its full name.
    pub full_name: Option<String>,
    /// Other names.
    pub aliases: Vec<Spanned>,
    /// Its names in every language: briefs may use any of them.
    pub known_as: Vec<String>,
    /// Where it sits.
    pub country: Option<String>,
    /// The year it was founded.
    pub founded: Option<u32>,
    /// Who owns it.
    pub kind: Option<String>,
    /// Its site.
    pub url: Option<String>,
    /// Its item in Wikidata.
    pub wikidata: Option<String>,
    /// A line on it.
    pub note: Option<String>,
    /// Old addresses.
    pub redirect_from: Vec<Spanned>,
}

impl Agency {
    /// What it may be called beside its other names.
    pub fn own_names(&self) -> impl Iterator<Item = &str> {
        [Some(&self.name), Some(&self.slug), self.full_name.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

/// Reads all agencies, in the order of the file.
pub fn agencies(sources: &Sources, settings: &Settings, report: &mut Report) -> Vec<Agency> {
    let Some(source) = sources.get(FILE) else { return Vec::new() };
    let Some(text) = text::text(source, report) else { return Vec::new() };
    let Some(node) = front::node(&text, text.start..text.text.len(), report) else { return Vec::new() };
    match node.value {
        Value::List(items) => {
            items.into_iter().filter_map(|item| agency(item, &text, settings, report)).collect()
        }
        Value::Null => Vec::new(),
        other => {
            let message = format!("`agencies.yaml` must be a list, not {}", other.name());
            let found = report.add(codes::WRONG_TYPE, Place::new(text.file, node.span), message);
            found.help("write `- name: Reuters`, one agency an entry");
            Vec::new()
        }
    }
}

fn agency(node: Node, text: &Text<'_>, settings: &Settings, report: &mut Report) -> Option<Agency> {
    let mut check = Check { file: text.file, report };
    let Value::Map(mut entries) = node.value else {
        let message = format!("an agency must be a map, not {}", node.value.name());
        check.found(codes::WRONG_TYPE, node.span, message).help("write `- name: Reuters`");
        return None;
    };
    let named = entries.iter().any(|entry| entry.name == "name");
    check.entries(&mut entries, shapes::AGENCY, "an agency");
    if !named {
        check.found(codes::MISSING_KEY, node.span.clone(), "an agency needs `name`").help("add `name: …`");
    }
    let agency = made_of(Fields(entries), node.span, settings)?;
    if agency.slug.is_empty() {
        let message = format!("no slug can be made of `{}`", agency.name);
        let place =
            Place { file: text.file.clone(), start: agency.span.start as u32, end: agency.span.end as u32 };
        report.add(codes::EMPTY_SLUG, place, message).help("add `slug: …`");
    }
    Some(agency)
}

fn made_of(mut fields: Fields, span: Range<usize>, settings: &Settings) -> Option<Agency> {
    let known_as = fields.in_all_languages("name");
    let name = fields.by_language("name", settings.language())?;
    Some(Agency {
        slug: fields.text("slug").unwrap_or_else(|| slug::slug(&name)),
        full_name: fields.by_language("full_name", settings.language()),
        aliases: fields.spanned_list("aliases"),
        known_as,
        country: fields.by_language("country", settings.language()),
        founded: fields.count("founded"),
        kind: fields.text("kind"),
        url: fields.text("url"),
        wikidata: fields.text("wikidata"),
        note: fields.text("note"),
        redirect_from: fields.spanned_list("redirect_from"),
        name,
        span,
    })
}

/// The file of the agencies, for a place in it.
pub fn file() -> Arc<str> {
    FILE.into()
}
