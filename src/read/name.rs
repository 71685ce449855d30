//! What the name of a file says: of a brief its id, its language, the last part of its address; of others whether
//! they are of the site's own language.

use crate::base::codes::{self, Code};
use crate::base::date::Day;
use crate::base::language;
use crate::base::slug;
use crate::read::brief;
use crate::read::settings::Settings;

/// What a file's name says: its path below `briefs/` without language and ending, and the language.
pub struct Name {
    /// The path below `briefs/` without language and ending.
    pub id: String,
    /// The language.
    pub lang: String,
    /// Whether that is another than the site's.
    pub translation: bool,
}

/// Reads the name of a brief's file.
pub fn name(path: &str, settings: &Settings) -> Name {
    let stem = path.strip_prefix(brief::FOLDER).unwrap_or(path).trim_end_matches(".md");
    let name = slug::file_name(stem);
    let (id, lang) = match name.rsplit_once('.') {
        Some((_, tag)) if language::is_tag(tag) => (&stem[..stem.len() - tag.len() - 1], tag),
        _ => (stem, settings.default_language()),
    };
    Name {
        id: id.to_owned(),
        lang: lang.to_owned(),
        translation: id.len() < stem.len() && lang != settings.default_language(),
    }
}

/// The file that a file is the version of in another language: `call.ar.md` is one of `call.md`.
pub fn original(path: &str, settings: &Settings) -> Option<String> {
    let stem = path.strip_suffix(".md")?;
    let (original, tag) = stem.rsplit_once('.').filter(|(_, tag)| !tag.contains('/'))?;
    let other = language::is_tag(tag) && tag != settings.default_language();
    other.then(|| format!("{original}.md"))
}

/// Whether a file is a topic or page: Markdown right in a folder, whose name ends in `/`; of the language that its
/// name gives, or of the site's own where it gives none.
pub fn is_right_in(path: &str, folder: &str, language: Option<&str>) -> bool {
    let name = path.strip_prefix(folder).and_then(|name| name.strip_suffix(".md"));
    name.is_some_and(|name| !name.contains('/') && name.split_once('.').map(|(_, tag)| tag) == language)
}

/// A file's name without a leading date: `2017-11-22-apec` is `apec`.
pub fn without_date(name: &str) -> &str {
    match (name.get(..10), name.get(10..11), name.get(11..)) {
        (Some(date), Some("-" | "_"), Some(rest)) if Day::parse(date).is_ok() => rest,
        _ => name,
    }
}

/// A slug to offer instead.
pub fn suggestion(name: &str) -> String {
    let made = slug::slug(name);
    if made.is_empty() { "a-few-words".to_owned() } else { made }
}

/// Why no address can be made of a name, if none can.
pub fn mistake(name: &str) -> Option<(Code, String)> {
    if slug::is_slug(name) {
        return None;
    }
    let length = name.len();
    Some(match slug::slug(name).is_empty() {
        _ if length > slug::LONGEST => {
            (codes::BAD_SLUG, format!("the file's name has {length} letters, over {}", slug::LONGEST))
        }
        true => (codes::EMPTY_SLUG, format!("no address can be made of the file's name `{name}`")),
        false => (codes::BAD_SLUG, format!("the file's name `{name}` is not a slug")),
    })
}
