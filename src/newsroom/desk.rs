//! What a desk decides for its whole site, and the files that are no briefs: words, places, static files.

use crate::archive::reference::FileFacts;
use crate::base::codes;
use crate::base::digest::{Digest, Digester};
use crate::base::report::{Place, Report};
use crate::base::spelling;
use crate::plan::files::{Asset, Bytes};
use crate::read::agency;
use crate::read::front;
use crate::read::kind;
use crate::read::name;
use crate::read::settings::{self, Settings};
use crate::read::sources::{Source, Sources};
use crate::read::strings::{self, Strings};
use crate::read::text;
use crate::read::theme as default;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many strings that a language lacks are named.
const NAMED: usize = 8;

/// Reads every Markdown file right in a folder: those in a language by their names, or those without one.
pub fn read_all<T>(
    sources: &Sources,
    (folder, language): (&str, Option<&str>),
    report: &mut Report,
    read: impl Fn(&Source, &mut Report) -> Option<T>,
) -> Vec<T> {
    let in_folder = |source: &&Source| name::is_right_in(&source.path, folder, language);
    sources.below(folder).iter().filter(in_folder).filter_map(|source| read(source, report)).collect()
}

/// The words of the default language: the site's own file, or the default theme's.
pub fn words(sources: &Sources, settings: &Settings, report: &mut Report) -> Strings {
    let language = settings.language();
    let path = format!("templates/strings/{language}.yaml");
    let own = sources.get(&path).cloned();
    let embedded = || Sources::of([(path.as_str(), default::strings(language)?)]).list.pop();
    let Some(source) = own.or_else(embedded) else {
        let message = format!("there are no interface strings for `{language}`");
        let found = report.add(codes::MISSING_STRING, settings.language_at.clone(), message);
        found.help(format!("add `{path}`, in the form of the default theme's `en.yaml`"));
        return english(report);
    };
    let Some(mut strings) = strings_of(&source, language, report) else { return english(report) };
    let lacking = strings.lacks(&english(report));
    if !lacking.is_empty() {
        let named = lacking[..lacking.len().min(NAMED)].join("`, `");
        let more = lacking.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("the strings of `{language}` lack `{named}`{more}");
        let found = report.add(codes::MISSING_STRING, Place::whole(&source.path), message);
        found.help("add them; the default theme's `strings/en.yaml` has every one");
    }
    if let Some(label) = settings.read_more.get(language) {
        strings.set_read_more(label);
    }
    strings
}

fn english(report: &mut Report) -> Strings {
    let path = "templates/strings/en.yaml";
    let source = Sources::of([(path, default::strings("en").unwrap_or_default())]);
    source.list.first().and_then(|source| strings_of(source, "en", report)).unwrap_or_default()
}

/// The strings of a file; `None` where it cannot be read, which the report says.
fn strings_of(source: &Source, language: &str, report: &mut Report) -> Option<Strings> {
    let text = text::text(source, report)?;
    let entries = front::entries(&text, text.start..text.text.len(), report)?;
    Some(strings::strings(language, &text, entries))
}

/// Warns of files that are no briefs in `content/` that nothing reads, and reports those that no one can read.
pub fn check_places(others: &[&Source], settings: &Settings, report: &mut Report) {
    for source in others {
        let read = source.path.starts_with("templates/") || is_known(&source.path);
        if let Some(trouble) = source.trouble.as_ref().filter(|_| !read || !source.is_text()) {
            text::report_trouble(&source.path, trouble, report);
        }
        if !read && source.trouble.is_none() && source.path.starts_with("content/") && !is_media(source) {
            let message = format!("nothing reads `{}`", source.path);
            report.add(codes::NOT_OURS, Place::whole(&source.path), message).help(where_to(&source.path));
        }
        if read {
            check_language(source, settings, report);
        }
    }
}

/// Where a file that nothing reads may belong.
fn where_to(path: &str) -> String {
    let folder = path.split('/').nth(1).unwrap_or_default();
    match folder {
        "briefs" => "the names of briefs end in `.md`; files to copy stand in `static/`".to_owned(),
        "topics" | "pages" => {
            format!("its files lie right in `content/{folder}/`, and their names end in `.md`")
        }
        _ => {
            let known = ["site.yaml", "agencies.yaml", "briefs", "topics", "pages"];
            spelling::offer(
                folder,
                known,
                "briefs are `.md` files in `content/briefs/`; files to copy stand in `static/`",
            )
        }
    }
}

/// Reports a topic or a page, `name.xx.md`, in a language that the site does not have.
fn check_language(source: &Source, settings: &Settings, report: &mut Report) {
    let name = source.path.rsplit('/').next().and_then(|name| name.strip_suffix(".md")).unwrap_or_default();
    let Some((_, tag)) = name.rsplit_once('.') else { return };
    if !settings.languages.iter().any(|language| language == tag) {
        let message = format!("`{tag}` is not a language of this site");
        let known = kind::listed(&settings.languages.iter().map(String::as_str).collect::<Vec<_>>());
        let help = format!("`languages` in `site.yaml` has {known}; without a language the name has no dot");
        report.add(codes::BAD_LANGUAGE, Place::whole(&source.path), message).help(help);
    }
}

fn is_known(path: &str) -> bool {
    let page = |folder: &str| {
        path.strip_prefix(folder).is_some_and(|name| name.ends_with(".md") && !name.contains('/'))
    };
    path == settings::FILE || path == agency::FILE || page("content/topics/") || page("content/pages/")
}

/// Files that may lie beside a brief, a topic or a page: everything that is not text, in Markdown above all.
fn is_media(source: &Source) -> bool {
    let folders = ["content/briefs/", "content/topics/", "content/pages/"];
    let ending = source.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let markdown = ["md", "markdown", "mdown", "mkd"].contains(&ending.as_str());
    !source.is_text() && !markdown && folders.iter().any(|folder| source.path.starts_with(folder))
}

/// The files that pages may show or link to.
pub fn files(others: &[&Source]) -> BTreeMap<Arc<str>, FileFacts> {
    let copied = others.iter().filter(|source| source.trouble.is_none() && !source.is_text());
    let facts = |source: &Source| FileFacts {
        size: source.stat.size,
        picture: source.picture,
        named: source.path.strip_prefix("static/").and_then(|name| source.digest.in_name(name)),
    };
    copied.map(|source| (source.path.clone(), facts(source))).collect()
}

/// The digest of what briefs are filed by: which files there are, and what is known of those whose addresses do not
/// change with their bytes.
pub fn facts_of(files: &BTreeMap<Arc<str>, FileFacts>) -> Digest {
    let mut digester = Digester::default();
    for (path, facts) in files {
        digester.text(path);
        if facts.named.is_none() {
            digester.number(facts.size).text(&format!("{:?}", facts.picture));
        }
    }
    digester.finish()
}

/// The static files: the site's, and the default theme's where the site has none of that name.
pub fn assets(sources: &Sources) -> Vec<Asset> {
    let mut all: BTreeMap<String, Asset> = BTreeMap::new();
    for (name, bytes) in default::static_files() {
        let digest = Digest::of(bytes);
        all.insert(name.clone(), Asset { name, digest, bytes: Bytes::Embedded(bytes) });
    }
    for source in sources.below("static/").iter().filter(|source| source.trouble.is_none()) {
        if let Some(name) = source.path.strip_prefix("static/") {
            let (name, digest) = (name.to_owned(), source.digest);
            all.insert(name.clone(), Asset { name, digest, bytes: Bytes::Source(source.path.clone()) });
        }
    }
    all.into_values().collect()
}
