//! References: what authors link to, by the path of a file, becomes an address. A link to nothing, to a place
//! that is not there, or to a brief that is not out is reported.

use crate::archive::editions::Elsewhere;
use crate::archive::model::{Copied, Filed, Link};
use crate::archive::picture;
use crate::base::codes;
use crate::base::report::Report;
use crate::base::slug;
use crate::base::spelling;
use crate::read::brief::FOLDER;
use crate::read::fields::Spanned;
use crate::read::markdown::Body;
use crate::read::media::Picture;
use crate::read::name;
use crate::read::settings::Settings;
use crate::read::standing::Standing;
use crate::read::topic::Topic;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A file that pages may show or link to.
#[derive(Clone, Debug)]
pub struct FileFacts {
    /// Bytes.
    pub size: u64,
    /// A picture's size.
    pub picture: Option<Picture>,
    /// The path it is printed at, where its digest is in its name: a stylesheet's or a script's.
    pub named: Option<String>,
}

/// Everything that a reference may lead to, by the path of its file.
pub struct Directory<'a> {
    goals: HashMap<&'a str, Goal<'a>>,
    files: &'a BTreeMap<Arc<str>, FileFacts>,
    briefs: &'a [Filed],
    /// Files with mistakes of their own: a reference to one of them is not one to nothing.
    pub broken: HashSet<Arc<str>>,
    /// Whether a link to a brief that is not out becomes plain text.
    as_text: bool,
    /// The way from the edition's root to the site's.
    up: &'static str,
    /// Whether a reference led to a file whose address changes with its bytes.
    leans: AtomicBool,
}

/// What a site holds that references may lead to.
#[derive(Clone, Copy)]
pub struct Contents<'a> {
    /// The briefs that are out.
    pub briefs: &'a [Filed],
    /// The files of those that are not, with the reason.
    pub aside: &'a [(Arc<str>, String)],
    /// Every topic.
    pub topics: &'a [Topic],
    /// Every standing page.
    pub standing: &'a [Standing],
    /// Files that pages may show or link to.
    pub files: &'a BTreeMap<Arc<str>, FileFacts>,
    /// What is of other languages.
    pub elsewhere: &'a Elsewhere,
}

/// What a path may stand for.
#[derive(Clone, Copy)]
enum Goal<'a> {
    Brief(u32),
    Page(&'a str, &'static str, &'a Body),
    NotOut(&'a str),
    /// A page of another language.
    Elsewhere(&'a str),
}

/// The page that refers: its file, its body, and the folder of its address.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    /// The file.
    pub file: &'a Arc<str>,
    /// Its body, for places on the same page.
    pub body: &'a Body,
    /// Its own address.
    pub address: &'a str,
}

impl<'a> Directory<'a> {
    /// Gathers what references may lead to.
    pub fn new(contents: Contents<'a>, settings: &Settings) -> Directory<'a> {
        let Contents { briefs, aside, topics, standing, files, elsewhere } = contents;
        let as_text = settings.embargoed_links_as_text;
        let mut goals = HashMap::with_capacity(briefs.len());
        goals.extend(elsewhere.iter().map(|(file, address)| match address {
            Ok(address) => (&**file, Goal::Elsewhere(address)),
            Err(why) => (&**file, Goal::NotOut(why)),
        }));
        goals.extend(aside.iter().map(|(file, why)| (&**file, Goal::NotOut(why))));
        goals.extend(
            topics.iter().map(|topic| (&*topic.file, Goal::Page(&topic.slug, "topics/", &topic.body))),
        );
        goals.extend(standing.iter().map(|page| (&*page.file, Goal::Page(&page.slug, "", &page.body))));
        goals.extend(
            briefs.iter().enumerate().map(|(number, filed)| (&*filed.brief.file, Goal::Brief(number as u32))),
        );
        let (broken, leans, up) = (HashSet::new(), AtomicBool::new(false), settings.up());
        let mut directory = Directory { goals, files, briefs, broken, as_text, up, leans };
        if !elsewhere.is_empty() {
            directory.prefer_own(contents, settings);
        }
        directory
    }

    /// A path without a language leads to the version of this edition's, where there is one.
    fn prefer_own(&mut self, contents: Contents<'a>, settings: &Settings) {
        let Contents { briefs, topics, standing, elsewhere, .. } = contents;
        let files = briefs.iter().map(|filed| &filed.brief.file);
        let files = files.chain(topics.iter().map(|topic| &topic.file));
        for file in files.chain(standing.iter().map(|page| &page.file)) {
            let original = name::original(file, settings).and_then(|path| elsewhere.get_key_value(&*path));
            if let (Some((path, _)), Some(goal)) = (original, self.goals.get(&**file).copied()) {
                self.goals.insert(path, goal);
            }
        }
    }

    /// Whether a reference led to a file whose address changes with its bytes.
    pub fn leans(self) -> bool {
        self.leans.into_inner()
    }

    /// Where each open address of a body leads.
    pub fn links(&self, origin: Origin<'_>, report: &mut Report) -> Vec<Option<Link>> {
        origin
            .body
            .html
            .slots
            .iter()
            .map(|slot| match slot.picture {
                true => self.file(&slot.target, origin, report),
                false => self.link(&slot.target, origin, report),
            })
            .collect()
    }

    /// Where one link leads.
    pub fn link(&self, target: &Spanned, origin: Origin<'_>, report: &mut Report) -> Option<Link> {
        let (path, fragment) =
            target.text.split_once('#').map_or((&*target.text, None), |(path, id)| (path, Some(id)));
        if path.is_empty() {
            let Some(id) = fragment else {
                let found =
                    report.add(codes::DEAD_REFERENCE, target.place(origin.file), "a link without an address");
                found.help("write where it leads: `[the call](putin-trump-call.md)`");
                return None;
            };
            check_place(origin.body, target, origin.file, report);
            return Some(Link { address: format!("#{id}"), brief: None, file: None });
        }
        let shown = fragment.map(|id| format!("#{id}")).unwrap_or_default();
        if let Some(address) = self.elsewhere(path, origin) {
            return Some(Link { address: format!("{address}{shown}"), brief: None, file: None });
        }
        let Some((address, body, brief)) = self.goal(path, target, origin, report)? else {
            let Some(file) = self.find(path, origin.file) else {
                if let Some(help) = self.why_dead(self.path(&decoded(path), origin.file)) {
                    report.add(codes::DEAD_REFERENCE, target.place(origin.file), nowhere(target)).help(help);
                }
                return None;
            };
            let link = self.shown(file, target, origin, report);
            return Some(Link { address: link.address + &shown, ..link });
        };
        check_place(body, target, origin.file, report);
        Some(Link { address: address + &shown, brief, file: None })
    }

    /// The brief that `related`, `replaced_by` or `lead` names: by its path below `briefs/`, or as a link would.
    pub fn brief(&self, target: &Spanned, file: &Arc<str>, report: &mut Report) -> Option<u32> {
        let below = format!("{FOLDER}{}", target.text);
        let found = self.goals.get(&*below).or_else(|| self.goals.get(&*self.path(&target.text, file)?));
        match found {
            Some(Goal::Brief(number)) => Some(*number),
            Some(Goal::NotOut(why)) => {
                self.not_out(why, target, file, report);
                None
            }
            // In that language it is recommended; here it would be a headline that its readers cannot read.
            Some(Goal::Elsewhere(_)) => None,
            Some(Goal::Page(..)) => {
                let message = format!("`{}` is not a brief", target.text);
                report
                    .add(codes::DEAD_REFERENCE, target.place(file), message)
                    .help("name the path of a brief's file");
                None
            }
            None => {
                let path = if target.text.starts_with('/') {
                    self.path(&target.text, file)
                } else {
                    slug::joined("", &below)
                };
                let path = path.filter(|path| path.starts_with(FOLDER));
                if let Some(help) = self.why_dead(path) {
                    report.add(codes::DEAD_REFERENCE, target.place(file), nowhere(target)).help(help);
                }
                None
            }
        }
    }

    /// The file that a picture, a video or a link names: beside the brief, or `/…` in `static/`.
    pub fn file(&self, target: &Spanned, origin: Origin<'_>, report: &mut Report) -> Option<Link> {
        let Some(file) = self.find(&target.text, origin.file) else {
            if let Some(help) = self.why_dead(self.path(&decoded(&target.text), origin.file)) {
                report.add(codes::NO_SUCH_FILE, target.place(origin.file), nowhere(target)).help(help);
            }
            return None;
        };
        Some(self.shown(file, target, origin, report))
    }

    fn find(&self, path: &str, from: &Arc<str>) -> Option<(&'a Arc<str>, &'a FileFacts)> {
        self.files.get_key_value(&*self.path(&decoded(path), from)?)
    }

    /// The link to a file that is there.
    fn shown(
        &self,
        (source, facts): (&Arc<str>, &FileFacts),
        target: &Spanned,
        origin: Origin<'_>,
        report: &mut Report,
    ) -> Link {
        picture::warn((source, facts), target, origin.file, report);
        if facts.named.is_some() {
            self.leans.store(true, Ordering::Relaxed);
        }
        let address = match facts.named.as_deref().or_else(|| source.strip_prefix("static/")) {
            Some(inside) => format!("{}{inside}", self.up),
            None => beside(origin.address, slug::file_name(source)),
        };
        let file = Copied { source: source.clone(), size: facts.size, picture: facts.picture };
        Link { address: encoded(&address), brief: None, file: Some(file) }
    }

    /// The address, body and brief that a path leads to; `Some(None)` where it may be a file to be copied.
    fn goal(
        &self,
        path: &str,
        target: &Spanned,
        origin: Origin<'_>,
        report: &mut Report,
    ) -> Option<Option<(String, &'a Body, Option<u32>)>> {
        let full = self.path(path, origin.file).unwrap_or_default();
        match self.goals.get(&*full) {
            Some(Goal::Brief(number)) => {
                let filed = &self.briefs[*number as usize];
                Some(Some((filed.address.to_string(), &filed.brief.body, Some(*number))))
            }
            Some(Goal::Page(slug, folder, body)) => Some(Some((format!("{folder}{slug}.html"), body, None))),
            Some(Goal::NotOut(why)) => {
                self.not_out(why, target, origin.file, report);
                None
            }
            Some(Goal::Elsewhere(_)) | None => Some(None),
        }
    }

    /// The address of a page of another language.
    fn elsewhere(&self, path: &str, origin: Origin<'_>) -> Option<&'a str> {
        match self.goals.get(&*self.path(path, origin.file)?) {
            Some(Goal::Elsewhere(address)) => Some(address),
            _ => None,
        }
    }

    /// A written path as one from the site's root; it may not leave the site.
    fn path(&self, written: &str, file: &Arc<str>) -> Option<String> {
        if written.starts_with("/content/") {
            return slug::joined("", written);
        }
        match written.strip_prefix('/') {
            Some(inside) => {
                let content = slug::joined("content", inside)?;
                let content_file = inside.ends_with(".md") || self.goals.contains_key(&*content);
                if content_file { Some(content) } else { slug::joined("static", inside) }
            }
            None => slug::joined(slug::folder(file), written),
        }
    }

    fn not_out(&self, why: &str, target: &Spanned, file: &Arc<str>, report: &mut Report) {
        if !self.as_text {
            let message = format!("`{}` is not out: {why}", target.text);
            let found = report.add(codes::NOT_OUT, target.place(file), message);
            found.help("take the reference out until then; for embargoes, `embargo_links: text` in `site.yaml` does it");
        }
    }

    /// What to say of a reference to nothing; nothing where the file is there and its own mistakes are reported.
    /// `path` is the file that was named, `None` where it leads out of the site.
    fn why_dead(&self, path: Option<String>) -> Option<String> {
        let Some(path) = path else { return Some("the path leads out of where such files are".to_owned()) };
        if self.broken.contains(&*path) {
            return None;
        }
        let looked = format!("there is no file `{path}`");
        Some(match self.near(&path) {
            Some(near) => format!("{looked}; did you mean `{}`?", as_written(near)),
            None => looked,
        })
    }

    /// The file that was probably meant: one of that name elsewhere, or of a name like it.
    fn near(&self, path: &str) -> Option<&str> {
        let known = || {
            self.goals
                .keys()
                .copied()
                .chain(self.files.keys().map(|file| &**file))
                .filter(|known| alike(known, path))
        };
        let name = spelling::nearest(stem(path), known().map(stem))?;
        let named = |known: &&str| stem(known) == name;
        let other_name = |known: &str| slug::file_name(known) != slug::file_name(path);
        let other_folder = |known: &str| slug::folder(known) != slug::folder(path);
        known().filter(named).min_by_key(|known| (other_name(known), other_folder(known), *known))
    }
}

/// A file's name without its endings.
fn stem(path: &str) -> &str {
    slug::file_name(path).split('.').next().unwrap_or_default()
}

/// Reports a place, the part behind `#`, that a page does not have.
fn check_place(body: &Body, target: &Spanned, file: &Arc<str>, report: &mut Report) {
    let Some((_, id)) = target.text.split_once('#') else { return };
    if id.is_empty() || id == "top" || body.anchors.iter().any(|anchor| anchor == id) {
        return;
    }
    let message = format!("`{}`: there is no place `#{id}`", target.text);
    let help = spelling::offer(id, body.anchors.iter().map(String::as_str), "places are the ids of headings");
    report.add(codes::DEAD_FRAGMENT, target.place(file), message).help(help);
}

fn nowhere(target: &Spanned) -> String {
    format!("`{}` leads nowhere", target.text)
}

/// A file's path as a reference may have it.
fn as_written(path: &str) -> String {
    match path.strip_prefix("static/") {
        Some(inside) => format!("/{inside}"),
        None => format!("/{path}"),
    }
}

/// A cheap look before the dear one: names of the same ending that begin alike, or lie in the same folder.
fn alike(known: &str, path: &str) -> bool {
    let head = |text: &str| slug::file_name(text).to_ascii_lowercase().bytes().take(2).collect::<Vec<_>>();
    known.ends_with(".md") == path.ends_with(".md")
        && (slug::folder(known) == slug::folder(path) || head(known) == head(path))
}
/// The address of a file in the folder of a page.
fn beside(page: &str, name: &str) -> String {
    match slug::folder(page) {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}

/// A path with its percent-encoded bytes decoded; as it is where that makes no text.
fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8().map_or_else(|_| path.to_owned(), Into::into)
}

/// A path as it stands in an address: what has no place in one (RFC 3986, section 3.3) is encoded, and what would end it
/// or make a scheme of its beginning.
fn encoded(path: &str) -> String {
    let mut made = String::with_capacity(path.len());
    for letter in path.chars() {
        match " \"#%&:<>?[\\]^`{|}".contains(letter) {
            true => made += &format!("%{:02X}", letter as u32),
            false => made.push(letter),
        }
    }
    made
}
