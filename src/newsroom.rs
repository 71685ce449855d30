//! The newsroom: the engine of one round, from sources to an edition. It cannot fail: it gives what could be
//! understood, and the report. It knows nothing of what is out.

use crate::archive::filing::{self, Read, Round};
use crate::archive::reference::FileFacts;
use crate::base::codes;
use crate::base::date::Moment;
use crate::base::digest::{Digest, Digester};
use crate::base::report::{Place, Report};
use crate::base::spelling;
use crate::plan;
use crate::plan::files::{Asset, Bytes};
use crate::press::edition::Edition;
use crate::press::frame::Frames;
use crate::press::theme;
use crate::read::agency;
use crate::read::brief::{self, Brief, Desk};
use crate::read::front;
use crate::read::kind;
use crate::read::settings::{self, Settings};
use crate::read::sources::{Source, Sources};
use crate::read::standing;
use crate::read::strings::{self, Strings};
use crate::read::text;
use crate::read::theme as default;
use crate::read::topic;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How many strings that a language lacks are named.
const NAMED: usize = 8;

/// What a round depends on beside the sources.
#[derive(Clone, Debug)]
pub struct Flags {
    /// The moment that counts as now.
    pub now: Moment,
    /// Whether drafts are out.
    pub drafts: bool,
    /// Where the site will be published, when not where `site.yaml` says.
    pub base_url: Option<String>,
    /// The generator's own digest.
    pub build_id: Digest,
}

/// The digest of our own sources, theme and lock file, taken when compiling.
pub fn build_id() -> Digest {
    Digest::of(env!("DATELINE_BUILD_ID").as_bytes())
}

/// The digest of all that an edition is a function of, but for what "now" decides.
pub fn inputs(sources: &Sources, flags: &Flags) -> Digest {
    let mut digester = Digester::default();
    digester
        .digest(flags.build_id)
        .number(u64::from(flags.drafts))
        .text(flags.base_url.as_deref().unwrap_or_default());
    for source in &sources.list {
        digester.text(&source.path).digest(source.digest).number(u64::from(source.trouble.is_some()));
    }
    digester.finish()
}

/// Composes an edition from sources whose bytes were loaded.
pub fn compose(sources: &mut Sources, flags: &Flags) -> (Edition, Report) {
    let mut report = Report::default();
    let settings = Arc::new(settings::settings(sources, flags.base_url.as_deref(), &mut report));
    let strings = Arc::new(words(sources, &settings, &mut report));
    let desk = Desk { settings: &settings, strings: &strings, now: flags.now };
    check_places(sources, &settings, &mut report);
    let briefs = briefs(sources, desk, &mut report);
    let topics = read_all(sources, topic::FOLDER, &mut report, |source, report| {
        topic::topic(source, &settings, &strings, report)
    });
    let standing = read_all(sources, "content/pages/", &mut report, |source, report| {
        standing::standing(source, &settings, &strings, report)
    });
    let agencies = agency::agencies(sources, &settings, &mut report);
    let theme = theme::theme(sources, &mut report);
    theme::check_unused(sources, &mut report);
    let files = files(sources);
    let read = Read {
        settings: settings.clone(),
        strings: strings.clone(),
        briefs,
        topics,
        agencies,
        standing,
        files,
    };
    let archive = filing::file(read, Round { now: flags.now, drafts: flags.drafts }, &mut report);
    let plan = plan::plan(archive, assets(sources), &mut report);
    let copies = sources.list.iter().filter(|source| !source.is_text());
    let copies: HashMap<Arc<str>, Digest> =
        copies.map(|source| (source.path.clone(), source.digest)).collect();
    (Edition { plan, theme, frames: Frames::default(), build_id: flags.build_id, copies }, report)
}

/// Reads every brief. The bytes of one that is read are let go of at once, since with the text made of them they
/// would be most of what an archive takes in memory.
fn briefs(sources: &mut Sources, desk: Desk<'_>, report: &mut Report) -> Vec<Arc<Brief>> {
    let on_disk = sources.on_disk();
    let first = sources.list.partition_point(|source| &*source.path < brief::FOLDER);
    let read = |source: &mut Source| {
        let mut report = Report::default();
        let brief = brief::brief(source, desk, &mut report).map(Arc::new);
        source.bytes.take_if(|_| on_disk);
        (brief, report)
    };
    let all = sources.list[first..].par_iter_mut().filter(|source| is_brief(source));
    let read: Vec<(Option<Arc<Brief>>, Report)> = all.map(read).collect();
    let mut briefs = Vec::with_capacity(read.len());
    for (brief, found) in read {
        briefs.extend(brief);
        report.extend(found);
    }
    briefs
}

fn is_brief(source: &Source) -> bool {
    source.path.starts_with(brief::FOLDER) && source.path.ends_with(".md")
}

/// Reads every Markdown file right in a folder.
fn read_all<T>(
    sources: &Sources,
    folder: &str,
    report: &mut Report,
    read: impl Fn(&Source, &mut Report) -> Option<T>,
) -> Vec<T> {
    sources.right_in(folder).filter_map(|source| read(source, report)).collect()
}

/// The words of the default language: the site's own file, or the default theme's.
fn words(sources: &Sources, settings: &Settings, report: &mut Report) -> Strings {
    let language = settings.language();
    let path = format!("templates/strings/{language}.yaml");
    let own = sources.get(&path).cloned();
    let embedded = || Sources::of([(path.as_str(), default::strings(language)?)]).list.pop();
    let Some(source) = own.or_else(embedded) else {
        let message = format!("there are no interface strings for `{language}`");
        let found = report.add(codes::MISSING_STRING, Place::whole(&settings.file), message);
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

/// Warns of files in `content/` that nothing reads, and reports those that no one can read.
fn check_places(sources: &Sources, settings: &Settings, report: &mut Report) {
    for source in &sources.list {
        let read = is_brief(source) || source.path.starts_with("templates/") || is_known(&source.path);
        if let Some(trouble) = source.trouble.as_ref().filter(|_| !read || !source.is_text()) {
            text::report_trouble(&source.path, trouble, report);
        }
        if !read && source.trouble.is_none() && source.path.starts_with("content/") && !is_media(source) {
            let message = format!("nothing reads `{}`", source.path);
            report.add(codes::NOT_OURS, Place::whole(&source.path), message).help(where_to(&source.path));
        }
        if read && !is_brief(source) {
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

fn files(sources: &Sources) -> BTreeMap<Arc<str>, FileFacts> {
    let copied = sources.list.iter().filter(|source| source.trouble.is_none() && !source.is_text());
    copied
        .map(|source| (source.path.clone(), FileFacts { size: source.stat.size, picture: source.picture }))
        .collect()
}

/// The static files: the site's, and the default theme's where the site has none of that name.
fn assets(sources: &Sources) -> Vec<Asset> {
    let mut all: BTreeMap<String, Asset> = BTreeMap::new();
    for (name, bytes) in default::static_files() {
        let digest = Digest::of(bytes);
        all.insert(name.clone(), Asset { name, digest, bytes: Bytes::Embedded(bytes) });
    }
    for source in sources.list.iter().filter(|source| source.trouble.is_none()) {
        if let Some(name) = source.path.strip_prefix("static/") {
            let (name, digest) = (name.to_owned(), source.digest);
            all.insert(name.clone(), Asset { name, digest, bytes: Bytes::Source(source.path.clone()) });
        }
    }
    all.into_values().collect()
}
