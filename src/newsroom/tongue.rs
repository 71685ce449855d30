//! What one language of a site is read and shown with: settings, words, topics, standing pages and agencies in it.

use crate::archive::filing::Read;
use crate::archive::reference::FileFacts;
use crate::base::digest::Digest;
use crate::base::report::Report;
use crate::newsroom::desk;
use crate::newsroom::memo::{Memo, digest_of, together};
use crate::read::agency::{self, Agency};
use crate::read::brief::Brief;
use crate::read::settings::{self, Settings, Wanted};
use crate::read::sources::{Source, Sources};
use crate::read::standing::{self, Standing};
use crate::read::strings::Strings;
use crate::read::topic::{self, Topic};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A language from round to round.
#[derive(Default)]
pub struct Tongue {
    settings: Memo<Settings>,
    strings: Memo<Strings>,
    topics: Memo<Vec<Topic>>,
    standing: Memo<Vec<Standing>>,
    agencies: Memo<Vec<Agency>>,
}

/// A language in one round.
pub struct Desk {
    /// The settings.
    pub settings: Arc<Settings>,
    /// The words.
    pub strings: Arc<Strings>,
    /// The digest of both.
    pub read_with: Digest,
    /// The digest of everything here.
    pub digest: Digest,
    topics: Arc<Vec<Topic>>,
    standing: Arc<Vec<Standing>>,
    agencies: Arc<Vec<Agency>>,
}

impl Tongue {
    /// What the language is read and shown with in this round.
    pub fn desk(&mut self, sources: &Sources, wanted: Wanted<'_>, report: &mut Report) -> Desk {
        let asked =
            [wanted.base_url, wanted.language].map(|text| Digest::of(text.unwrap_or_default().as_bytes()));
        let settings_of = together([digest_of(sources.get(settings::FILE))].into_iter().chain(asked));
        let settings =
            self.settings.get(settings_of, report, |said| settings::settings(sources, wanted, said));
        let read_with = together([settings_of, digest_of(sources.below("templates/strings/"))]);
        let strings = self.strings.get(read_with, report, |said| desk::words(sources, &settings, said));
        let made_of = |folder| together([read_with, digest_of(sources.below(folder))]);
        let topics_of = made_of(TOPICS);
        let topics = self.topics.get(topics_of, report, |said| topics(sources, (&settings, &strings), said));
        let standing_of = made_of(PAGES);
        let standing = self
            .standing
            .get(standing_of, report, |said| standing_pages(sources, (&settings, &strings), said));
        let agencies_of = together([read_with, digest_of(sources.get(agency::FILE))]);
        let agencies =
            self.agencies.get(agencies_of, report, |said| agency::agencies(sources, &settings, said));
        let digest = together([topics_of, standing_of, agencies_of]);
        Desk { settings, strings, read_with, digest, topics, standing, agencies }
    }
}

impl Desk {
    /// Everything that was read in this language.
    pub fn all(&self, briefs: Vec<Arc<Brief>>, files: Arc<BTreeMap<Arc<str>, FileFacts>>) -> Read {
        Read {
            settings: self.settings.clone(),
            strings: self.strings.clone(),
            briefs,
            topics: self.topics.to_vec(),
            agencies: self.agencies.to_vec(),
            standing: self.standing.to_vec(),
            files,
            elsewhere: HashMap::new(),
            last: None,
        }
    }
}

/// The folder of the topics.
const TOPICS: &str = "content/topics/";

/// The folder of the standing pages.
const PAGES: &str = "content/pages/";

/// The topics; in a further language with what their versions say.
fn topics(sources: &Sources, (settings, strings): (&Settings, &Strings), report: &mut Report) -> Vec<Topic> {
    let read = |source: &Source, said: &mut Report| topic::topic(source, settings, strings, said);
    let topics = desk::read_all(sources, (TOPICS, None), report, read);
    if settings.folder.is_empty() {
        return topics;
    }
    let mut versions = desk::read_all(sources, (TOPICS, Some(settings.language())), report, read);
    let mut version_of = |topic: &Topic| {
        let at = versions.iter().position(|version| version.slug == topic.slug)?;
        Some(versions.swap_remove(at))
    };
    topics
        .into_iter()
        .map(|topic| (version_of(&topic), topic))
        .map(|(version, topic)| topic.in_language(version))
        .collect()
}

/// The standing pages: in a further language those that have a version, in the same place of the footer.
fn standing_pages(
    sources: &Sources,
    (settings, strings): (&Settings, &Strings),
    report: &mut Report,
) -> Vec<Standing> {
    let read = |source: &Source, said: &mut Report| standing::standing(source, settings, strings, said);
    let pages = desk::read_all(sources, (PAGES, None), report, read);
    if settings.folder.is_empty() {
        return pages;
    }
    let mut versions = desk::read_all(sources, (PAGES, Some(settings.language())), report, read);
    for version in &mut versions {
        let original = pages.iter().find(|page| page.slug == version.slug);
        version.nav = version.nav.or(original.and_then(|page| page.nav));
    }
    versions
}
