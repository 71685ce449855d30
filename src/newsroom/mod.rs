//! The newsroom: the engine of one round, from sources to an edition. It cannot fail: it gives what could be
//! understood, and the report. It knows nothing of what is out.
//!
//! A newsroom keeps what it made. A round makes again only what is made of something else now: a file that
//! differs is read; while no brief's outline changes, the archive's indexes and the list of pages stay, and the
//! briefs that changed take their old versions' place.

mod briefs;
mod desk;
mod memo;

use crate::archive::filing::{self, Read, Round};
use crate::archive::reference::FileFacts;
use crate::base::date::Moment;
use crate::base::digest::{Digest, Digester};
use crate::base::report::Report;
use crate::plan::{self, Plan};
use crate::press::edition::Edition;
use crate::press::frame::Frames;
use crate::press::theme::{self, Theme};
use crate::read::agency::{self, Agency};
use crate::read::brief::{self, Desk};
use crate::read::settings::{self, Settings};
use crate::read::sources::{Source, Sources};
use crate::read::standing::{self, Standing};
use crate::read::strings::Strings;
use crate::read::topic::{self, Topic};
use briefs::{Briefs, Change};
use memo::{Memo, digest_of, together};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

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

/// The newsroom of one site.
#[derive(Default)]
pub struct Newsroom {
    briefs: Briefs,
    settings: Memo<Settings>,
    strings: Memo<Strings>,
    topics: Memo<Vec<Topic>>,
    standing: Memo<Vec<Standing>>,
    agencies: Memo<Vec<Agency>>,
    files: Memo<BTreeMap<Arc<str>, FileFacts>>,
    copies: Memo<HashMap<Arc<str>, Digest>>,
    theme: Memo<Theme>,
    laid: Option<Laid>,
}

/// What a round reads beside briefs, with its digest; and the briefs that took others' places.
struct Reading {
    settings: Arc<Settings>,
    strings: Arc<Strings>,
    files: Arc<BTreeMap<Arc<str>, FileFacts>>,
    copies: Arc<HashMap<Arc<str>, Digest>>,
    terms: Terms,
    changes: Vec<Change>,
    digest: Digest,
}

/// What briefs name and the footer links to.
struct Terms {
    topics: Arc<Vec<Topic>>,
    standing: Arc<Vec<Standing>>,
    agencies: Arc<Vec<Agency>>,
}

/// The last plan, what it was made of, and what was said of it.
struct Laid {
    filed_of: Digest,
    assets_of: Digest,
    plan: Plan,
    filing: Report,
    planning: Report,
}

/// Composes one edition from nothing.
pub fn compose(sources: &mut Sources, flags: &Flags) -> (Arc<Edition>, Report) {
    Newsroom::default().compose(sources, flags)
}

/// Reads every file that briefs are made of, as far as it can be understood: what is out, and what is not.
pub fn read(sources: &mut Sources, base_url: Option<&str>, now: Moment, report: &mut Report) -> Read {
    let mut newsroom = Newsroom::default();
    let reading = newsroom.read(sources, (base_url, now), report);
    newsroom.all(&reading)
}

impl Newsroom {
    /// Composes an edition. Sources whose bytes are wanted and not in hand are read. What comes out depends on
    /// sources and flags alone, never on earlier rounds.
    pub fn compose(&mut self, sources: &mut Sources, flags: &Flags) -> (Arc<Edition>, Report) {
        let mut report = Report::default();
        let reading = self.read(sources, (flags.base_url.as_deref(), flags.now), &mut report);
        let theme = self.theme.get(digest_of(sources.below("templates/")), &mut report, |said| {
            theme::check_unused(sources, said);
            theme::theme(sources, said)
        });
        let plan = self.lay(sources, &reading, flags, &mut report);
        let copies = reading.copies;
        let build_id = flags.build_id;
        (Arc::new(Edition { plan, theme, frames: Frames::default(), build_id, copies }), report)
    }

    /// How many briefs the last round read.
    pub fn briefs_read(&self) -> usize {
        self.briefs.read
    }

    /// Reads every file that pages are made of, but for the theme's.
    fn read(
        &mut self,
        sources: &mut Sources,
        (base_url, now): (Option<&str>, Moment),
        report: &mut Report,
    ) -> Reading {
        sources.load_all_but(brief::FOLDER);
        let (settings, strings, desk_of) = self.desk(sources, base_url, report);
        let desk = Desk { settings: &settings, strings: &strings, now };
        let changes = self.briefs.read(sources, (desk, desk_of), report);
        let others = others(sources, &self.briefs);
        desk::check_places(&others, &settings, report);
        let copied: Vec<&Source> = others.into_iter().filter(|source| !source.is_text()).collect();
        let copies_of = digest_of(copied.iter().copied());
        let copies = self.copies.get(copies_of, report, |_| {
            copied.iter().map(|source| (source.path.clone(), source.digest)).collect()
        });
        let files = self.files.get(copies_of, report, |_| desk::files(&copied));
        let (terms, terms_of) = self.terms(sources, (&settings, &strings), desk_of, report);
        let digest = together([terms_of, copies_of]);
        Reading { settings, strings, files, copies, terms, changes, digest }
    }

    /// Settings and words, and the digest of all that they are made of.
    fn desk(
        &mut self,
        sources: &Sources,
        base_url: Option<&str>,
        report: &mut Report,
    ) -> (Arc<Settings>, Arc<Strings>, Digest) {
        let wanted = Digest::of(base_url.unwrap_or_default().as_bytes());
        let settings_of = together([digest_of(sources.get(settings::FILE)), wanted]);
        let settings =
            self.settings.get(settings_of, report, |said| settings::settings(sources, base_url, said));
        let strings_of = together([settings_of, digest_of(sources.below("templates/strings/"))]);
        let strings = self.strings.get(strings_of, report, |said| desk::words(sources, &settings, said));
        (settings, strings, strings_of)
    }

    /// Reads topics, standing pages and agencies.
    fn terms(
        &mut self,
        sources: &Sources,
        (settings, strings): (&Settings, &Strings),
        of: Digest,
        report: &mut Report,
    ) -> (Terms, Digest) {
        let made_of = |folder| together([of, digest_of(sources.below(folder))]);
        let topics_of = made_of("content/topics/");
        let topics = self.topics.get(topics_of, report, |said| {
            let read = |source: &Source, said: &mut Report| topic::topic(source, settings, strings, said);
            desk::read_all(sources, "content/topics/", said, read)
        });
        let standing_of = made_of("content/pages/");
        let standing = self.standing.get(standing_of, report, |said| {
            let read =
                |source: &Source, said: &mut Report| standing::standing(source, settings, strings, said);
            desk::read_all(sources, "content/pages/", said, read)
        });
        let agencies_of = together([of, digest_of(sources.get(agency::FILE))]);
        let agencies =
            self.agencies.get(agencies_of, report, |said| agency::agencies(sources, settings, said));
        (Terms { topics, standing, agencies }, together([topics_of, standing_of, agencies_of]))
    }

    /// Files the briefs and plans the pages; where no outline changed, the briefs that did take their places.
    fn lay(&mut self, sources: &Sources, reading: &Reading, flags: &Flags, report: &mut Report) -> Plan {
        let changes = &reading.changes;
        let drafts = Digest::of(&[u8::from(flags.drafts)]);
        let filed_of = together([reading.digest, self.briefs.outlines(), drafts, broken(report)]);
        let assets_of = digest_of(sources.below("static/"));
        let kept =
            self.laid.take().filter(|laid| laid.filed_of == filed_of && laid.stands(flags.now, changes));
        let laid = match kept {
            Some(laid) if laid.assets_of == assets_of => Laid { plan: laid.plan.revised(changes), ..laid },
            kept => {
                let mut filing = Report::default();
                let archive = match kept {
                    Some(laid) => {
                        filing = laid.filing;
                        laid.plan.archive.revised(changes).0
                    }
                    None => {
                        let round = Round { now: flags.now, drafts: flags.drafts };
                        filing::file(self.all(reading), round, report, &mut filing)
                    }
                };
                let mut planning = Report::default();
                let plan = plan::plan(archive, desk::assets(sources), &mut planning);
                Laid { filed_of, assets_of, plan, filing, planning }
            }
        };
        report.extend(laid.filing.clone());
        report.extend(laid.planning.clone());
        let plan = laid.plan.clone();
        self.laid = Some(laid);
        plan
    }

    fn all(&self, reading: &Reading) -> Read {
        Read {
            settings: reading.settings.clone(),
            strings: reading.strings.clone(),
            briefs: self.briefs.all(),
            topics: reading.terms.topics.to_vec(),
            agencies: reading.terms.agencies.to_vec(),
            standing: reading.terms.standing.to_vec(),
            files: reading.files.clone(),
        }
    }
}

impl Laid {
    /// Whether it stands for a round in which these briefs took others' places: nothing was said of their files,
    /// where a place may have moved, and "now" still decides what it decided.
    fn stands(&self, now: Moment, changes: &[Change]) -> bool {
        let (since, until) = self.plan.archive.due;
        let in_time = since.is_none_or(|since| since <= now) && until.is_none_or(|until| now < until);
        let said = |file: &str| self.filing.speaks_of(file) || self.planning.speaks_of(file);
        in_time && !changes.iter().any(|(_, brief)| said(&brief.file))
    }
}

/// The digest of the files with mistakes of their own, as filing considers them.
fn broken(report: &Report) -> Digest {
    let mut digester = Digester::default();
    report.errors().for_each(|found| {
        digester.text(&found.place.file).text(found.code.name());
    });
    digester.finish()
}

/// Every file that is not a brief's.
fn others<'a>(sources: &'a Sources, briefs: &Briefs) -> Vec<&'a Source> {
    let range = sources.range(brief::FOLDER);
    let (before, after) = (&sources.list[..range.start], &sources.list[range.end..]);
    let beside = briefs.others().map(|at| &sources.list[range.start + at]);
    before.iter().chain(beside).chain(after).collect()
}
