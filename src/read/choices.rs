//! The names that a site gives to choose from: topics, agencies, editors, languages. They are read without the
//! briefs, so that asking for them is quick in any archive.

use crate::base::report::Report;
use crate::read::agency::{self, Agency};
use crate::read::name;
use crate::read::settings;
use crate::read::sources::{Source, Sources};
use crate::read::strings::Strings;
use crate::read::topic::{self, Topic};
use std::io;
use std::path::Path;

/// The folders and files that hold the names.
const PLACES: [&str; 3] = [settings::FILE, agency::FILE, topic::FOLDER];

/// What there is to choose from; nothing where there is no site.
#[derive(Clone, Default, Debug)]
pub struct Choices {
    /// The topics.
    pub topics: Vocabulary,
    /// The agencies.
    pub agencies: Vocabulary,
    /// The initials of the editors.
    pub editors: Vec<String>,
    /// The languages.
    pub languages: Vec<String>,
}

/// Terms of one kind.
#[derive(Clone, Default, Debug)]
pub struct Vocabulary {
    /// The terms, by slug.
    pub terms: Vec<Term>,
    /// Whether there can be no others.
    pub closed: bool,
}

/// A topic or an agency as it can be named.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Term {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
}

impl Vocabulary {
    fn of(mut terms: Vec<Term>, closed: bool) -> Vocabulary {
        terms.sort();
        Vocabulary { terms, closed }
    }

    /// Everything that a term may be called, each once: names first, then slugs, then other names.
    pub fn names(&self) -> Vec<&str> {
        let names = self.terms.iter().map(|term| &term.name);
        let slugs = self.terms.iter().map(|term| &term.slug);
        let aliases = self.terms.iter().flat_map(|term| &term.aliases);
        let mut all: Vec<&str> = Vec::new();
        for name in names.chain(slugs).chain(aliases) {
            if !all.contains(&name.as_str()) {
                all.push(name);
            }
        }
        all
    }
}

/// Looks at what holds the names, and reads it.
pub fn look(root: &Path) -> io::Result<Sources> {
    let places = PLACES.map(|place| Sources::look_below(root, place));
    let list = places.into_iter().collect::<io::Result<Vec<_>>>()?;
    let mut list = list.concat();
    list.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Sources { root: root.to_owned(), list, ..Sources::default() })
}

/// Reads what a site gives to choose from. What cannot be read is not there, and leaves its vocabulary open.
pub fn choices(sources: &Sources, report: &mut Report) -> Choices {
    let settings = settings::settings(sources, settings::Wanted::default(), report);
    let closed = !settings.open_vocabulary && !report.unread_in(settings::FILE);
    let strings = Strings::default();
    let read = |source: &Source, report: &mut Report| topic::topic(source, &settings, &strings, report);
    let in_folder = |source: &&Source| name::is_right_in(&source.path, topic::FOLDER, None);
    let topics = sources.list.iter().filter(in_folder).filter_map(|source| read(source, report));
    let topics: Vec<Term> = topics.map(topic_term).collect();
    let agencies = agency::agencies(sources, &settings, report);
    let agencies: Vec<Term> = agencies.iter().map(agency_term).collect();
    let no_agencies = agencies.is_empty() && report.errors().any(|found| *found.place.file == *agency::FILE);
    Choices {
        topics: Vocabulary::of(topics, closed && !report.unread_in(topic::FOLDER)),
        agencies: Vocabulary::of(agencies, closed && !no_agencies),
        editors: settings.editors.keys().cloned().collect(),
        languages: settings.languages,
    }
}

fn topic_term(topic: Topic) -> Term {
    let aliases = topic.aliases.into_iter().map(|alias| alias.text).chain(topic.known_as);
    Term { slug: topic.slug, name: topic.name, aliases: aliases.collect() }
}

fn agency_term(agency: &Agency) -> Term {
    let aliases = agency.own_names().chain(agency.aliases.iter().map(|alias| alias.text.as_str()));
    let aliases = aliases.chain(agency.known_as.iter().map(String::as_str));
    Term {
        slug: agency.slug.clone(),
        name: agency.name.clone(),
        aliases: aliases.map(str::to_owned).collect(),
    }
}
