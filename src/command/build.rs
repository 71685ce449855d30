//! `dateline build`: composes the edition and brings the output folder up to it.

use crate::base::report::Report;
use crate::cli;
use crate::command::site::Site;
use crate::command::{DIAGNOSTICS, FINE, messages};
use crate::deliver::folder::{Folder, Opening};
use crate::deliver::publish::{self, Composed, Delivery, Progress};
use crate::deliver::published::{Published, gone, list};
use crate::newsroom;
use crate::press::Edition;
use crate::read::sources::Sources;
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a build may take before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// What a build came to.
pub struct Outcome {
    /// What was changed; `None` where there are errors: then nothing went out.
    pub delivery: Option<Delivery>,
    /// What was found.
    pub report: Report,
    /// The sources, for the text of diagnostics.
    pub sources: Sources,
    /// The edition, where one was composed. A process that is about to end need not take it apart.
    pub edition: Option<Arc<Edition>>,
}

/// What is known of earlier builds, and kept for later ones.
#[derive(Clone, Copy, Default, Debug)]
pub struct Kept<'a> {
    /// What was out, and must go on answering.
    pub published: Option<&'a Path>,
    /// Where the addresses that are out now are written.
    pub addresses: Option<&'a Path>,
}

impl Kept<'_> {
    /// Whether an edition is composed although nothing may have changed.
    fn needs_edition(self) -> bool {
        self.published.is_some() || self.addresses.is_some()
    }
}

/// Runs the command.
pub fn run(arguments: &cli::Build) -> Result<u8> {
    let start = clock();
    let site = Site::find(&arguments.site)?;
    let opening =
        Opening { adopt: arguments.adopt, shard: arguments.site.shard, paranoid: arguments.paranoid };
    let mut folder = Folder::open(&site.root, &site.out, opening, |holder| {
        messages::note(&format!("{holder} is publishing to `{}`; waiting for it", site.out.display()));
    })?;
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style());
    let progress = |of: usize| {
        bar.set_length(of as u64);
        bar.inc(1);
        if bar.is_hidden() && start.elapsed() > PATIENCE && !arguments.quiet {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    };
    let kept = Kept { published: arguments.published.as_deref(), addresses: arguments.addresses.as_deref() };
    let outcome = build_with(&site, &mut folder, kept, &progress)?;
    bar.finish_and_clear();
    messages::show(&outcome.report, arguments.messages, &outcome.sources, messages::NOT_PUBLISHED);
    std::mem::forget(outcome.edition);
    let Some(delivery) = outcome.delivery else { return Ok(DIAGNOSTICS) };
    tell(arguments, &delivery, &site.out, start);
    Ok(FINE)
}

/// Brings an output folder up to its site.
pub fn build(site: &Site, folder: &mut Folder, progress: Progress<'_>) -> Result<Outcome> {
    build_with(site, folder, Kept::default(), progress)
}

/// Brings an output folder up to its site, if no address vanishes by it.
pub fn build_with(
    site: &Site,
    folder: &mut Folder,
    kept: Kept<'_>,
    progress: Progress<'_>,
) -> Result<Outcome> {
    let mut sources =
        Sources::look(&site.root, |path| folder.ledger.known(path)).context("cannot read the site")?;
    let inputs = newsroom::inputs(&sources, &site.flags);
    let is_out = |folder: &mut Folder| publish::is_out(folder, &sources, inputs, site.flags.now);
    if let Some(delivery) = if kept.needs_edition() { None } else { is_out(folder)? } {
        return Ok(Outcome {
            delivery: Some(delivery),
            report: folder.ledger.warnings(),
            sources,
            edition: None,
        });
    }
    let (edition, mut report) = newsroom::compose(&mut sources, &site.flags);
    sources.forget();
    let inputs = newsroom::inputs(&sources, &site.flags);
    if let Some(source) = kept.published.filter(|_| !report.has_errors()) {
        let home = &edition.plan.archive.settings.base_url;
        report.extend(gone::check(&edition, &Published::read(source, home)?));
    }
    if report.has_errors() {
        return Ok(Outcome { delivery: None, report, sources, edition: Some(edition) });
    }
    let composed = Composed { sources: &sources, inputs, report: &report };
    let (delivery, found) = publish::publish(&edition, folder, &composed, progress)?;
    report.extend(found);
    let delivery = (!report.has_errors()).then_some(delivery);
    if let Some(file) = kept.addresses.filter(|_| delivery.is_some()) {
        list::write(&edition, site.flags.now, file)?;
    }
    Ok(Outcome { delivery, report, sources, edition: Some(edition) })
}

/// indicatif draws on terminals only.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {pos}/{len} pages")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn tell(arguments: &cli::Build, delivery: &Delivery, out: &Path, start: Instant) {
    if !delivery.foreign.is_empty() && !arguments.quiet {
        messages::note(&format!("in `{}` these are not dateline's and were left:", out.display()));
        delivery.foreign.iter().for_each(|path| messages::note(&format!("  {path}")));
    }
    if arguments.quiet {
        return;
    }
    if arguments.verbose {
        delivery.printed.iter().for_each(|path| messages::say(&format!("printed {path}")));
        delivery.withdrawn.iter().for_each(|path| messages::say(&format!("withdrew {path}")));
    }
    let (printed, withdrawn, kept) = (delivery.printed.len(), delivery.withdrawn.len(), delivery.kept);
    let seconds = start.elapsed().as_secs_f64();
    let front = out.join("index.html");
    let open = if front.is_file() { format!("; open {}", front.display()) } else { String::new() };
    messages::say(&format!("{printed} printed, {withdrawn} withdrawn, {kept} kept in {seconds:.2} s{open}"));
}

fn clock() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "the command says how long it took")]
    Instant::now()
}
