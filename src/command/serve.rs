//! `dateline serve`: shows the site in a browser while it is being written, and publishes nothing.

use crate::cli;
use crate::command::follow::{self, Round};
use crate::command::messages;
use crate::command::site::Site;
use crate::deliver::Preview;
use crate::deliver::changes::{self, Changes};
use crate::deliver::server::{Options, Server};
use crate::press::Edition;
use crate::read::watch::Polling;
use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// How many changed pages of a round are named.
const NAMED: usize = 5;

/// A round that was shown.
struct Last {
    edition: Arc<Edition>,
    /// Whether a page of each of its theme's layouts could be printed.
    prints: bool,
}

/// Runs the command.
pub fn run(arguments: cli::Serve) -> Result<u8> {
    let site = Site::follow(&arguments.site())?;
    let root = site.root.canonicalize().context("cannot tell where the site is")?;
    if let Some(form) = arguments.editor_url.as_deref().filter(|form| !form.contains("{path}")) {
        bail!("--editor-url: `{form}` has no `{{path}}`; write `vscode://file/{{path}}:{{line}}`");
    }
    let preview = Preview::new(root, arguments.editor_url.clone());
    let allowed = arguments.allow_host.clone();
    let options = Options { bind: arguments.bind, port: arguments.port, allowed };
    let server = Server::start(&options, preview)?;
    if server.address.port() != arguments.port && arguments.port != 0 {
        messages::note(&format!("port {} is taken", arguments.port));
    }
    if !arguments.bind.is_loopback() {
        messages::note(&format!(
            "warning: everyone who reaches {} can read this preview, drafts included",
            server.address
        ));
    }
    follow::until_interrupted(move || {
        let polling = if arguments.poll { Polling::Always } else { Polling::IfNeeded };
        let mut presenter = Presenter { server, arguments, last: None };
        follow::follow(&site, polling, |round| {
            presenter.show(round);
            Ok(())
        })
    })
}

/// Shows rounds, in the browser first, and then says in the terminal what became of them.
struct Presenter {
    server: Server,
    arguments: cli::Serve,
    /// The last good round, or the first.
    last: Option<Last>,
}

impl Presenter {
    fn show(&mut self, mut round: Round<'_>) {
        let same_theme = |last: &Last| last.prints && Arc::ptr_eq(&last.edition.theme, &round.edition.theme);
        if !self.last.as_ref().is_some_and(same_theme) && !round.report.has_errors() {
            round.edition.try_layouts(&mut round.report);
        }
        let shown = self.server.show(round.edition.clone(), &round.report, round.sources);
        let took = round.began.elapsed();
        let outcome = format!(": {}", shown.problems.outcome);
        messages::show(&round.report, self.arguments.messages, round.sources, &outcome);
        self.tell(&round, took.as_secs_f64() * 1000.0);
        let prints = !round.report.has_errors();
        if prints || self.last.is_none() {
            self.last = Some(Last { edition: round.edition, prints });
        }
    }

    fn tell(&self, round: &Round<'_>, milliseconds: f64) {
        let Some(last) = &self.last else {
            return first(&self.server, &self.arguments, round, milliseconds);
        };
        if !round.report.has_errors() {
            let changed = match changes::between(&last.edition, &round.edition) {
                Changes::All(pages) => format!("all {pages} pages changed"),
                Changes::Pages(paths) => named(&paths),
                Changes::Unknown(pages) => format!("the list of {pages} pages changed"),
            };
            messages::say(&format!("{changed} ({milliseconds:.0} ms)"));
        }
    }
}

/// Says where to look, after the first round.
fn first(server: &Server, arguments: &cli::Serve, round: &Round<'_>, milliseconds: f64) {
    let pages = round.edition.plan.pages.len();
    let address = format!("http://{}{}", server.address, round.edition.plan.archive.settings.base_path());
    messages::say(&format!("{address} shows {pages} pages ({milliseconds:.0} ms); Ctrl-C ends"));
    if arguments.open
        && let Err(error) = open(&address)
    {
        messages::note(&format!("cannot open a browser ({error}); open {address}"));
    }
}

fn named(paths: &[Arc<str>]) -> String {
    let rest = paths.len().saturating_sub(NAMED);
    let shown = paths[..paths.len() - rest].join(", ");
    match (paths.len(), rest) {
        (0, _) => "no page changed".to_owned(),
        (1, _) => format!("1 page changed: {shown}"),
        (many, 0) => format!("{many} pages changed: {shown}"),
        (many, rest) => format!("{many} pages changed: {shown} and {rest} more"),
    }
}

/// Opens an address of ours by what the system opens addresses with.
fn open(address: &str) -> Result<()> {
    let program = match () {
        () if cfg!(target_os = "macos") => "open",
        () if cfg!(windows) => "explorer",
        () => "xdg-open",
    };
    let mut command = Command::new(program);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().with_context(|| format!("there is no `{program}`"))?;
    Ok(())
}
