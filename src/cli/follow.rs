//! The arguments of what follows a site while it is written.

use crate::cli::{Messages, Site};
use clap::Args;
use std::net::IpAddr;
use std::path::PathBuf;

/// `dateline serve`.
#[derive(Args, Debug, Clone)]
pub struct Serve {
    /// The site's root [default: this folder, or the nearest above it with content/site.yaml]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The port, or the next free one after it
    #[arg(long, value_name = "N", default_value_t = 4000)]
    pub port: u16,
    /// The address to listen at; others on the network may look only where it is not this machine's own
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// Answer to this name too, such as the one by which a phone reaches this machine
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
    /// Open the front page in the browser
    #[arg(long)]
    pub open: bool,
    /// Show drafts, as it does unless told otherwise
    #[arg(long, overrides_with = "no_drafts")]
    pub drafts: bool,
    /// Leave drafts out
    #[arg(long)]
    pub no_drafts: bool,
    /// The moment that counts as now [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// Where the site will be published [default: base_url of site.yaml]
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Open sources in an editor by links of this form, such as vscode://file/{path}:{line}
    #[arg(long, value_name = "FORM")]
    pub editor_url: Option<String>,
    /// Look at everything twice a second instead of asking the system: for network disks
    #[arg(long)]
    pub poll: bool,
    /// How many threads to use [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// How diagnostics are shown.
    #[command(flatten)]
    pub messages: Messages,
}

/// `dateline watch`.
#[derive(Args, Debug, Clone)]
pub struct Watch {
    /// Which site.
    #[command(flatten)]
    pub site: Site,
    /// How diagnostics are shown.
    #[command(flatten)]
    pub messages: Messages,
    /// Take over an output folder that holds files and has no ledger
    #[arg(long)]
    pub adopt: bool,
    /// Look at everything twice a second instead of asking the system: for network disks
    #[arg(long)]
    pub poll: bool,
    /// Say nothing but diagnostics
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Name every page that was printed or withdrawn
    #[arg(long, short)]
    pub verbose: bool,
}

impl Serve {
    /// Which site, and what decides its pages.
    pub fn site(&self) -> Site {
        Site {
            root: self.root.clone(),
            out: None,
            base_url: self.base_url.clone(),
            drafts: !self.no_drafts,
            now: self.now.clone(),
            shard: None,
            threads: self.threads,
        }
    }
}
