//! The newsroom: the engine of one round, from sources to an edition. It cannot fail: it gives what could be
//! understood, and the report. It knows nothing of what is out.
//!
//! A newsroom keeps what it made. A round makes again only what is made of something else now: a file that
//! differs is read; while no brief's outline changes, the archive's indexes and the list of pages stay, and the
//! briefs that changed take their old versions' place.

mod briefs;
mod desk;
mod memo;
mod tongue;
mod versions;

use crate::archive::Archive;
use crate::archive::editions;
use crate::archive::filing::{self, Read, Round};
use crate::archive::reference::FileFacts;
use crate::base::date::{self, Moment};
use crate::base::digest::{Digest, Digester};
use crate::base::report::Report;
use crate::plan::{self, Plan};
use crate::press::edition::Edition;
use crate::press::frame::Frames;
use crate::press::theme::{self, Theme};
use crate::read::brief;
use crate::read::settings::Wanted;
use crate::read::sources::{Source, Sources};
use crate::read::strings::Strings;
use briefs::{Briefs, Change, Manner};
use memo::{Memo, digest_of, together};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tongue::{Desk, Tongue};
use versions::Versions;

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
    /// By language, the default one first.
    tongues: Vec<Tongue>,
    versions: Versions,
    files: Memo<BTreeMap<Arc<str>, FileFacts>>,
    facts: Memo<Digest>,
    copies: Memo<HashMap<Arc<str>, Digest>>,
    theme: Memo<Theme>,
    laid: Option<Laid>,
}

/// What a round reads beside briefs, with its digest; and the briefs that took others' places.
struct Reading {
    /// By language, the default one first.
    desks: Vec<Desk>,
    files: Arc<BTreeMap<Arc<str>, FileFacts>>,
    copies: Arc<HashMap<Arc<str>, Digest>>,
    changes: Vec<Change>,
    /// Of all that briefs are filed by.
    digest: Digest,
    /// Of all files that are copied.
    copies_of: Digest,
}

/// The last plans, what they were made of, and what was said of them.
struct Laid {
    filed_of: Digest,
    copies_of: Digest,
    plans: Vec<Plan>,
    filing: Report,
    planning: Report,
}

/// Composes one edition from nothing.
pub fn compose(sources: &mut Sources, flags: &Flags) -> (Arc<Edition>, Report) {
    Newsroom::default().compose(sources, flags)
}

/// Reads every file that briefs are made of, as far as it can be understood: what is out, and what is not; in the
/// default language, versions in others as they are written.
pub fn read(sources: &mut Sources, base_url: Option<&str>, now: Moment, report: &mut Report) -> Read {
    let mut newsroom = Newsroom::default();
    let reading = newsroom.read(sources, (base_url, now), report);
    reading.desks[0].all(newsroom.briefs.all(), reading.files)
}

impl Newsroom {
    /// Composes an edition. Sources whose bytes are wanted and not in hand are read. What comes out depends on
    /// sources and flags alone, never on earlier rounds.
    pub fn compose(&mut self, sources: &mut Sources, flags: &Flags) -> (Arc<Edition>, Report) {
        let mut report = Report::default();
        let reading = self.read(sources, (flags.base_url.as_deref(), flags.now), &mut report);
        let sources = &*sources;
        let mut of_theme = Report::default();
        let mut theme = std::mem::take(&mut self.theme);
        let (made, mut plans) = rayon::join(
            || {
                theme.get(digest_of(sources.below("templates/")), &mut of_theme, |said| {
                    theme::check_unused(sources, said);
                    theme::theme(sources, said)
                })
            },
            || self.lay(sources, &reading, flags, &mut report),
        );
        self.theme = theme;
        report.extend(of_theme);
        let theme = made;
        let (plan, others) = (plans.remove(0), plans);
        let (copies, build_id, frames) = (reading.copies, flags.build_id, Frames::default());
        (Arc::new(Edition { plan, others, theme, frames, build_id, copies }), report)
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
        let desks = self.desks(sources, base_url, report);
        let strings: Vec<Arc<Strings>> = desks.iter().map(|desk| desk.strings.clone()).collect();
        let digest = together(desks.iter().map(|desk| desk.read_with));
        let manner = Manner { settings: &desks[0].settings, strings: &strings, now, digest };
        let changes = self.briefs.read(sources, manner, report);
        let others = others(sources, &self.briefs);
        desk::check_places(&others, &desks[0].settings, report);
        let copied: Vec<&Source> = others.into_iter().filter(|source| !source.is_text()).collect();
        let copies_of = digest_of(copied.iter().copied());
        let copies = self.copies.get(copies_of, report, |_| {
            copied.iter().map(|source| (source.path.clone(), source.digest)).collect()
        });
        let files = self.files.get(copies_of, report, |_| desk::files(&copied));
        let facts = self.facts.get(copies_of, report, |_| desk::facts_of(&files));
        let digest = together(desks.iter().map(|desk| desk.digest).chain([*facts]));
        Reading { desks, files, copies, changes, digest, copies_of }
    }

    /// What each language is read and shown with.
    fn desks(&mut self, sources: &Sources, base_url: Option<&str>, report: &mut Report) -> Vec<Desk> {
        if self.tongues.is_empty() {
            self.tongues.push(Tongue::default());
        }
        let first = self.tongues[0].desk(sources, Wanted { base_url, language: None }, report);
        let languages = first.settings.languages.clone();
        self.tongues.resize_with(languages.len(), Tongue::default);
        let mut desks = vec![first];
        for (tongue, language) in self.tongues.iter_mut().zip(&languages).skip(1) {
            // What is wrong with files of all languages was said with the first.
            desks.push(tongue.desk(sources, Wanted { base_url, language: Some(language) }, report));
        }
        desks
    }

    /// Files the briefs and plans the pages; where no outline changed, the briefs that did take their places, and where
    /// only files that are copied did, their pages do.
    fn lay(&mut self, sources: &Sources, reading: &Reading, flags: &Flags, report: &mut Report) -> Vec<Plan> {
        let changes = &reading.changes;
        let drafts = Digest::of(&[u8::from(flags.drafts)]);
        let filed_of = together([reading.digest, self.briefs.outlines(), drafts, broken(report)]);
        let laid = match self.laid.take() {
            Some(laid) if laid.filed_of == filed_of && laid.stands(flags.now, changes, reading.copies_of) => {
                let mut laid = Laid { plans: self.revised(&laid.plans, reading), ..laid };
                if laid.copies_of != reading.copies_of {
                    laid.bind(sources, reading);
                }
                laid
            }
            last => {
                let last = last.map(|laid| laid.plans).unwrap_or_default();
                self.anew(sources, (reading, &last), (flags, report), filed_of)
            }
        };
        report.extend(laid.filing.clone());
        report.extend(laid.planning.clone());
        let plans = laid.plans.clone();
        self.laid = Some(laid);
        plans
    }

    /// Files the briefs and plans the pages anew.
    fn anew(
        &mut self,
        sources: &Sources,
        (reading, last): (&Reading, &[Plan]),
        round: (&Flags, &Report),
        filed_of: Digest,
    ) -> Laid {
        let mut filing = Report::default();
        let archives = self.file((reading, last), round, &mut filing);
        let plan = |(at, archive)| plan::plan(archive, last.get(at));
        let plans = archives.into_iter().enumerate().map(plan).collect();
        let (planning, copies_of) = (Report::default(), reading.copies_of);
        let mut laid = Laid { filed_of, copies_of, plans, filing, planning };
        laid.bind(sources, reading);
        laid
    }

    /// The last plans with the briefs that took others' places.
    fn revised(&mut self, plans: &[Plan], reading: &Reading) -> Vec<Plan> {
        let [plan] = plans else {
            let changes = self.versions.changes(&self.briefs.all(), &reading.desks);
            return plans.iter().zip(changes).map(|(plan, changes)| plan.revised(&changes)).collect();
        };
        vec![plan.revised(&reading.changes)]
    }

    /// The archive of each language, which shares what it can with that of its last plan.
    fn file(
        &mut self,
        (reading, last): (&Reading, &[Plan]),
        (flags, known): (&Flags, &Report),
        report: &mut Report,
    ) -> Vec<Archive> {
        let round = Round { now: flags.now, drafts: flags.drafts };
        let all = self.briefs.all();
        editions::check(&all, &reading.desks[0].settings, known, report);
        let briefs = self.versions.of(&all, &reading.desks);
        let reads = reading.desks.iter().zip(briefs);
        let mut reads: Vec<Read> =
            reads.map(|(desk, briefs)| desk.all(briefs, reading.files.clone())).collect();
        for (read, last) in reads.iter_mut().zip(last) {
            read.last = Some(last.archive.clone());
        }
        if reads.len() > 1 {
            let addresses: Vec<_> = reads.iter().map(|read| filing::addresses(read, round)).collect();
            for (at, read) in reads.iter_mut().enumerate() {
                read.elsewhere = versions::elsewhere(&addresses, at, read.settings.up());
            }
        }
        reads.into_iter().map(|read| filing::file(read, round, known, report)).collect()
    }
}

impl Laid {
    /// Whether it stands for a round in which these briefs took others' places: nothing was said of their files,
    /// where a place may have moved, "now" still decides what it decided, and no reference leads to a stylesheet or a
    /// script where one may have another address.
    fn stands(&self, now: Moment, changes: &[Change], copies_of: Digest) -> bool {
        let decides = |plan: &Plan| date::is_between(plan.archive.due, now);
        let leads = |plan: &Plan| self.copies_of == copies_of || !plan.archive.leans;
        let said = |file: &str| self.filing.speaks_of(file) || self.planning.speaks_of(file);
        let holds = |plan: &Plan| decides(plan) && leads(plan);
        self.plans.iter().all(holds) && !changes.iter().any(|(_, brief)| said(&brief.file))
    }

    /// Gives the plans their static files and the pages of all.
    fn bind(&mut self, sources: &Sources, reading: &Reading) {
        (self.planning, self.copies_of) = (Report::default(), reading.copies_of);
        plan::bind(&mut self.plans, desk::assets(sources), &mut self.planning);
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
