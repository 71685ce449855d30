//! `dateline build`: composes the edition and brings the output folder up to it.

use crate::cli;
use crate::command::site::Site;
use crate::command::{DIAGNOSTICS, FINE, messages};
use crate::deliver::folder::{Folder, Opening};
use crate::deliver::publish::{self, Delivery};
use crate::newsroom;
use crate::read::sources::Sources;
use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a build may take before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(500);

/// Runs the command.
pub fn run(arguments: &cli::Build) -> Result<u8> {
    let start = clock();
    let site = Site::find(&arguments.site)?;
    let opening = Opening { adopt: arguments.adopt, shard: arguments.site.shard };
    let mut folder = Folder::open(&site.root, &site.out, opening, |holder| {
        messages::note(&format!("{holder} is publishing to `{}`; waiting for it", site.out.display()));
    })?;
    let known = |path: &str| if arguments.paranoid { None } else { folder.ledger.known(path) };
    let mut sources = Sources::look(&site.root, known).context("cannot read the site")?;
    let inputs = newsroom::inputs(&sources, &site.flags);
    let delivery = match publish::is_out(&mut folder, &sources, inputs, site.flags.now)? {
        Some(delivery) => Some(delivery),
        None => compose_and_publish(arguments, &site, &mut sources, &mut folder, start)?,
    };
    let Some(delivery) = delivery else { return Ok(DIAGNOSTICS) };
    tell(arguments, &delivery, &site.out, start);
    Ok(FINE)
}

/// `None` where there are errors: then nothing goes out.
fn compose_and_publish(
    arguments: &cli::Build,
    site: &Site,
    sources: &mut Sources,
    folder: &mut Folder,
    start: Instant,
) -> Result<Option<Delivery>> {
    sources.load();
    let inputs = newsroom::inputs(sources, &site.flags);
    let (edition, mut report) = newsroom::compose(sources, &site.flags);
    sources.forget();
    let mut delivery = Delivery::default();
    if !report.has_errors() {
        let mark = report.is_empty().then_some(inputs);
        let bar = bar(edition.plan.pages.len());
        let progress = || {
            bar.inc(1);
            if bar.is_hidden() && start.elapsed() > PATIENCE && !arguments.quiet {
                bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            }
        };
        let (published, found) = publish::publish(&edition, sources, folder, mark, &progress)?;
        bar.finish_and_clear();
        delivery = published;
        report.extend(found);
    }
    messages::show(&report, arguments.messages, sources);
    Ok((!report.has_errors()).then_some(delivery))
}

/// A bar that is hidden until the build takes long; indicatif draws on terminals only.
fn bar(pages: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(pages as u64), indicatif::ProgressDrawTarget::hidden());
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} pages");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn tell(arguments: &cli::Build, delivery: &Delivery, out: &Path, start: Instant) {
    if !delivery.foreign.is_empty() {
        messages::note(&format!("{} files in `{}` are not dateline's and were left:", delivery.foreign.len(), out.display()));
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
    let open = out.join("index.html");
    messages::say(&format!("{printed} printed, {withdrawn} withdrawn, {kept} kept in {seconds:.2} s; open {}", open.display()));
}

fn clock() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "the command says how long it took")]
    Instant::now()
}
