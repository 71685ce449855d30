//! A standing page: `content/pages/slug.md`, such as an imprint or a corrections policy.

use crate::base::codes;
use crate::base::report::Report;
use crate::read::fields::{Fields, Spanned};
use crate::read::front;
use crate::read::markdown::{self, Body, Manner};
use crate::read::name;
use crate::read::settings::Settings;
use crate::read::shape::Check;
use crate::read::shapes;
use crate::read::sources::Source;
use crate::read::strings::Strings;
use crate::read::text;
use crate::read::topic::slug_of;
use std::sync::Arc;

/// A page that stands apart from the archive.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The file it is from.
    pub file: Arc<str>,
    /// Its address without `.html`.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its place in the footer; not there where there is none.
    pub nav: Option<u32>,
    /// Old addresses.
    pub redirect_from: Vec<Spanned>,
    /// Its text.
    pub body: Body,
    /// Whether it is a version in another language, by its file's name.
    pub version: bool,
}

/// Reads a standing page.
pub fn standing(
    source: &Source,
    settings: &Settings,
    strings: &Strings,
    report: &mut Report,
) -> Option<Standing> {
    let text = text::text(source, report)?;
    let split = front::split(&text, report)?;
    let mut entries = front::entries(&text, split.front.clone(), report)?;
    let titled = entries.iter().any(|entry| entry.name == "title");
    let mut check = Check { file: text.file, report };
    check.entries(&mut entries, shapes::STANDING, "a page");
    let mut fields = Fields(entries);
    let manner = Manner { strings, raw_html: settings.raw_html, may_have_title: !titled, want_first: false };
    let body = markdown::body(&text, split.body..text.text.len(), &manner, report);
    let title = fields.by_language("title", settings.language());
    let title = title.or_else(|| body.heading.as_ref().map(|heading| heading.text.clone()));
    if title.is_none() && !titled {
        let mut check = Check { file: text.file, report };
        let found =
            check.found(codes::MISSING_KEY, split.front.start..split.front.start, "a page needs `title`");
        found.help("add `title: …`");
    }
    Some(Standing {
        version: name::original(&source.path, settings).is_some(),
        file: source.path.clone(),
        slug: fields.text("slug").unwrap_or_else(|| slug_of(source, settings, report)),
        title: title.unwrap_or_default(),
        nav: fields.count("nav"),
        redirect_from: fields.spanned_list("redirect_from"),
        body,
    })
}
