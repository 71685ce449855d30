//! `dateline watch`: the loop of `serve` that publishes to the output folder instead.

use crate::cli;
use crate::command::follow::{self, Round};
use crate::command::messages;
use crate::command::site::Site;
use crate::deliver::folder::{Folder, Opening};
use crate::deliver::publish::{self, Composed, Delivery};
use crate::newsroom;
use crate::read::watch::Polling;
use anyhow::Result;

/// Runs the command.
pub fn run(arguments: cli::Watch) -> Result<u8> {
    let site = Site::follow(&arguments.site)?;
    open(&site, &arguments)?;
    if !arguments.quiet {
        let (root, out) = (site.root.display(), site.out.display());
        messages::say(&format!("watching `{root}`, publishing to `{out}`; Ctrl-C ends"));
    }
    follow::until_interrupted(move || {
        let polling = if arguments.poll { Polling::Always } else { Polling::IfNeeded };
        follow::follow(&site, polling, |round| {
            show(&site, &arguments, round);
            Ok(())
        })
    })
}

/// Opens the folder for one round: between rounds others may build.
fn open(site: &Site, arguments: &cli::Watch) -> Result<Folder> {
    let opening = Opening { adopt: arguments.adopt, shard: arguments.site.shard, paranoid: false };
    Folder::open(&site.root, &site.out, opening, |holder| {
        messages::note(&format!("{holder} is publishing to `{}`; waiting for it", site.out.display()));
    })
}

/// Publishes a round and says what became of it. What the world refuses (a full disk) is said, and tried again
/// with the next round.
fn show(site: &Site, arguments: &cli::Watch, mut round: Round<'_>) {
    let delivered = if round.report.has_errors() { Ok(None) } else { deliver(site, arguments, &mut round) };
    messages::show(&round.report, arguments.messages, round.sources, messages::NOT_PUBLISHED);
    match delivered {
        Ok(Some(delivery)) if !arguments.quiet => tell(arguments, &delivery, &round),
        Ok(_) => {}
        Err(error) => messages::note(&format!("error: {error:#}\n  the next change is published again")),
    }
}

fn deliver(site: &Site, arguments: &cli::Watch, round: &mut Round<'_>) -> Result<Option<Delivery>> {
    let mut folder = open(site, arguments)?;
    let inputs = newsroom::inputs(round.sources, &site.flags);
    let composed = Composed { sources: round.sources, inputs, report: &round.report };
    let (delivery, found) = publish::publish(&round.edition, &mut folder, &composed, &|_| {})?;
    round.report.extend(found);
    Ok((!round.report.has_errors()).then_some(delivery))
}

fn tell(arguments: &cli::Watch, delivery: &Delivery, round: &Round<'_>) {
    if arguments.verbose {
        delivery.printed.iter().for_each(|path| messages::say(&format!("printed {path}")));
        delivery.withdrawn.iter().for_each(|path| messages::say(&format!("withdrew {path}")));
    }
    let (printed, withdrawn, kept) = (delivery.printed.len(), delivery.withdrawn.len(), delivery.kept);
    let seconds = round.began.elapsed().as_secs_f64();
    messages::say(&format!("{printed} printed, {withdrawn} withdrawn, {kept} kept in {seconds:.2} s"));
}
