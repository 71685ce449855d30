//! The theme: templates of the site and, where it has none of that name, of the default theme. A site's
//! `brief.html` replaces the default one, and may extend it as `default/brief.html`.

use crate::base::codes;
use crate::base::digest::Digest;
use crate::base::report::{Place, Report};
use crate::base::spelling;
use crate::plan::Page;
use crate::press::faults;
use crate::press::filters;
use crate::press::reach;
use crate::read::sources::{Source, Sources};
use crate::read::text;
use crate::read::theme as default;
use std::collections::BTreeMap;
use tera::{ErrorKind, Tera};

/// The prefix of the default theme's templates.
const DEFAULT: &str = "default/";

/// Templates, ready to print with.
#[derive(Debug)]
pub struct Theme {
    /// Tera with every template.
    pub tera: Tera,
    /// The digest of each layout with every template that it reaches.
    pub layouts: BTreeMap<&'static str, Digest>,
}

/// Makes the theme of a site; what is wrong with its templates is in the report, and then the default theme
/// stands in, so that everything else can be checked in the same run.
pub fn theme(sources: &Sources, report: &mut Report) -> Theme {
    let defaults = default_templates();
    let own = own_templates(sources, report);
    let mut all = defaults.clone();
    all.extend(own.clone());
    if syntax_is_sound(&own, report) {
        match loaded(&all) {
            Ok(tera) => return made_of(tera, &all),
            Err(error) => faults::loading(&error, &|name| all.get(name).cloned(), report),
        }
    }
    let tera = loaded(&defaults).unwrap_or_default();
    made_of(tera, &defaults)
}

/// The text of a default template by its file in diagnostics, `default/brief.html`.
pub fn default_text(file: &str) -> Option<String> {
    default_templates().remove(file)
}

fn made_of(tera: Tera, templates: &BTreeMap<String, String>) -> Theme {
    let resolve = |name: &str| {
        let fallback = format!("{DEFAULT}{name}");
        let own = templates.contains_key(name).then(|| name.to_owned());
        own.or_else(|| templates.contains_key(&fallback).then_some(fallback))
    };
    let layouts = reach::digests(templates, resolve, Page::LAYOUTS);
    Theme { tera, layouts }
}

fn loaded(templates: &BTreeMap<String, String>) -> Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    tera.autoescape_on([""]);
    tera.set_fallback_prefixes([DEFAULT])?;
    filters::register(&mut tera);
    tera.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    Ok(tera)
}

fn default_templates() -> BTreeMap<String, String> {
    let all = default::templates().into_iter().filter(|(path, _)| !path.starts_with("strings/"));
    all.map(|(path, text)| (format!("{DEFAULT}{path}"), text.to_owned())).collect()
}

fn own_templates(sources: &Sources, report: &mut Report) -> BTreeMap<String, String> {
    let mut own = BTreeMap::new();
    for source in sources.below("templates/") {
        let Some(name) = source.path.strip_prefix("templates/").filter(|name| !name.starts_with("strings/"))
        else {
            continue;
        };
        let Some(text) = text::text(source, report) else { continue };
        own.insert(name.to_owned(), text.text[text.start..].to_owned());
    }
    own
}

/// Reads each template by itself, so that one run reports the mistakes of all.
fn syntax_is_sound(own: &BTreeMap<String, String>, report: &mut Report) -> bool {
    let mut sound = true;
    for (name, text) in own {
        if let Err(error) = Tera::new().add_raw_template(name, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            faults::loading(&error, &|_| Some(text.clone()), report);
            sound = false;
        }
    }
    sound
}

/// Warns of templates that no page can use: their names are misspelt, or they are left over.
pub fn check_unused(sources: &Sources, report: &mut Report) {
    let known = default_templates();
    let all = sources.below("templates/");
    for source in all {
        let name = source.path.strip_prefix("templates/").filter(|name| !name.starts_with("strings/"));
        let Some(name) = name.filter(|name| !known.contains_key(&format!("{DEFAULT}{name}"))) else {
            continue;
        };
        let elsewhere = all.iter().filter(|other| other.path != source.path);
        if !holds(source, "component ") && !elsewhere.into_iter().any(|other| holds(other, name)) {
            let message = format!("no page uses the template `{name}`");
            let names = known.keys().filter_map(|known| known.strip_prefix(DEFAULT));
            let help = if name.ends_with(".css") || name.ends_with(".js") {
                "stylesheets and scripts stand in `static/`; `static/custom.css` is loaded by itself"
                    .to_owned()
            } else {
                spelling::offer(
                    name,
                    names,
                    "it must have the name of one of the default theme's, or be included",
                )
            };
            report.add(codes::UNKNOWN_TEMPLATE, Place::whole(&source.path), message).help(help);
        }
    }
}

/// Whether a template's text holds a piece of text.
fn holds(source: &Source, piece: &str) -> bool {
    let bytes = source.bytes.as_deref().unwrap_or_default();
    String::from_utf8_lossy(bytes).contains(piece)
}
