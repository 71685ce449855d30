//! Editions: which briefs there are in each language. A version of a brief in another language, `call.ar.md`, is
//! that brief with its own headline, summary, key points, corrections and text; everything else is its original's.

use crate::base::codes;
use crate::base::report::{Place, Report};
use crate::read::brief::{Brief, Status};
use crate::read::extras::Extras;
use crate::read::name;
use crate::read::settings::Settings;
use std::collections::HashMap;
use std::sync::Arc;

/// The briefs of one language, by the path of their files; those that are versions are made of their original and
/// what is written of them by `make`.
pub fn briefs_in(
    all: &[Arc<Brief>],
    settings: &Settings,
    mut make: impl FnMut(&Arc<Brief>, &Arc<Brief>) -> Arc<Brief>,
) -> Vec<Arc<Brief>> {
    let language = settings.language();
    let find = |path: &str| all.binary_search_by(|brief| (*brief.file).cmp(path)).ok().map(|at| &all[at]);
    let made = |brief: &Arc<Brief>| match brief.translation {
        false => Some(brief.clone()),
        true => {
            let original = find(&name::original(&brief.file, settings)?)?;
            if original.lang == brief.lang {
                return None;
            }
            Some(make(original, brief))
        }
    };
    all.iter().filter(|brief| brief.lang == language).filter_map(made).collect()
}

/// Reports ids that two briefs have, versions of nothing, and two versions of one brief in one language.
pub fn check(all: &[Arc<Brief>], settings: &Settings, known: &Report, report: &mut Report) {
    let mut ids: HashMap<&str, &Arc<str>> = HashMap::with_capacity(all.len());
    for brief in all.iter().filter(|brief| !brief.translation) {
        if let Some(other) = ids.insert(&brief.id.text, &brief.file) {
            let message = format!("the id `{}` is also that of `{other}`", brief.id.text);
            report
                .add(codes::SAME_ID, brief.id.place(&brief.file), message)
                .help("give one of them an `id:` of its own");
        }
    }
    let mut versions: HashMap<(String, &str), &Arc<str>> = HashMap::new();
    for brief in all.iter().filter(|brief| brief.translation) {
        let Some(original) = name::original(&brief.file, settings) else { continue };
        let found = all.binary_search_by(|other| (*other.file).cmp(&*original)).ok().map(|at| &all[at]);
        if found.is_none() && !known.errors().any(|found| *found.place.file == *original) {
            let message = format!("a version of nothing: there is no `{original}`");
            let found = report.add(codes::NO_ORIGINAL, Place::whole(&brief.file), message);
            found.help("a brief in one language only is named without the language, and says `lang: …`");
        }
        let same = found.filter(|original| original.lang == brief.lang).map(|original| &original.file);
        if let Some(other) = same.or(versions.insert((original, &brief.lang), &brief.file)) {
            let message = format!("`{other}` is that brief in `{}` already", brief.lang);
            let found = report.add(codes::SAME_VERSION, Place::whole(&brief.file), message);
            found.help("keep one of them");
        }
    }
}

/// A brief in another language.
pub fn version(original: &Brief, version: &Brief) -> Brief {
    let draft = original.status == Status::Draft || version.status == Status::Draft;
    Brief {
        file: version.file.clone(),
        lang: version.lang.clone(),
        translation: true,
        title: version.title.clone(),
        summary: version.summary.clone(),
        updated: version.updated.or(original.updated),
        place: version.place.clone().or_else(|| original.place.clone()),
        status: if draft { Status::Draft } else { original.status },
        notes: version.notes,
        redirect_from: version.redirect_from.clone(),
        extras: extras(original.extras.as_deref(), version.extras.as_deref()).map(Box::new),
        body: version.body.clone(),
        ..original.clone()
    }
}

/// What few briefs have, in another language: media, documents and names where the version has its own.
fn extras(original: Option<&Extras>, version: Option<&Extras>) -> Option<Extras> {
    let none = Extras::default();
    let (Some(original), version) = (original, version.unwrap_or(&none)) else { return version.cloned() };
    let own = |own: &Vec<_>, others: &Vec<_>| if own.is_empty() { others.clone() } else { own.clone() };
    Some(Extras {
        key_points: version.key_points.clone(),
        corrections: version.corrections.clone(),
        withdrawn: version.withdrawn.clone().or_else(|| original.withdrawn.clone()),
        media: if version.media.is_empty() { original.media.clone() } else { version.media.clone() },
        sources: if version.sources.is_empty() { original.sources.clone() } else { version.sources.clone() },
        people: own(&version.people, &original.people),
        places: own(&version.places, &original.places),
        extra: version.extra.clone().or_else(|| original.extra.clone()),
        ..original.clone()
    })
}

/// Where files lead to that are not of an edition's language, by their paths: an address from that edition's root,
/// or why there is none.
pub type Elsewhere = HashMap<Arc<str>, Result<String, String>>;

/// A file, and the address that it leads to, or why there is none.
pub type Led = (Arc<str>, Result<String, String>);
