//! The command line: arguments in. It knows nothing of what commands do.

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::net::IpAddr;
use std::path::PathBuf;

/// A static site generator for news briefs.
#[derive(Parser, Debug)]
#[command(name = "dateline", version, about, after_help = "Example: dateline build --root desk --out public")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Print the site: only the pages that differ from what is out
    #[command(after_help = "Example: dateline build --base-url https://desk.github.io/news/")]
    Build(Build),
    /// Show the site in a browser while it is being written: pages follow every save, and nothing is published
    #[command(after_help = "Example: dateline serve --open")]
    Serve(Serve),
    /// Build the site again whenever a source changes
    #[command(after_help = "Example: dateline watch --out /srv/www/desk")]
    Watch(Watch),
    /// Explain a diagnostic by its code, or why a page was or would be printed
    #[command(
        after_help = "Examples: dateline explain E0401\n          dateline explain topics/syria.html\n          dateline explain content/briefs/2017/11/apec.md"
    )]
    Explain(Explain),
    /// Print a JSON Schema, by which editors complete and check front matter and settings
    #[command(
        after_help = "Without a subject it names them all. In a site its topics, agencies, editors and languages are choices.\n\nExamples: dateline schema brief\n          dateline schema --write .vscode/schemas"
    )]
    Schema(Schema),
    /// Print the script by which a shell completes commands, options, topics and agencies
    #[command(
        after_help = "The script asks the program itself at each key, so load it anew with each shell:\n  bash, zsh    source <(dateline completions bash)\n  fish         dateline completions fish | source\n  powershell   dateline completions powershell | Out-String | Invoke-Expression\n\nExample: dateline completions zsh"
    )]
    Completions(Completions),
    /// Write the manual, a page for the program and one for each command
    #[command(after_help = "Example: dateline man ~/.local/share/man/man1")]
    Man(Man),
}

/// Which site, and what decides its pages.
#[derive(Args, Debug, Clone)]
pub struct Site {
    /// The site's root [default: this folder, or the nearest above it with content/site.yaml]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub root: Option<PathBuf>,
    /// The output folder [default: public, at the site's root]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Where the site will be published [default: base_url of site.yaml]
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Print drafts too
    #[arg(long)]
    pub drafts: bool,
    /// The moment that counts as now [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// Only this part of the pages, such as 1/4; needs --now
    #[arg(long, value_name = "I/N", requires = "now", value_parser = shard)]
    pub shard: Option<(u32, u32)>,
    /// How many threads to use [default: as many as there are processors]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// How diagnostics are shown.
#[derive(Args, Debug, Clone, Copy)]
pub struct Messages {
    /// The form of diagnostics
    #[arg(long, value_enum, default_value_t = Form::Human, value_name = "FORM")]
    pub message_format: Form,
    /// Show every diagnostic, not only the first 50
    #[arg(long)]
    pub all: bool,
}

/// The forms of diagnostics.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// With the line itself and a caret
    Human,
    /// One line each
    Short,
    /// One JSON object a line, on standard output
    Json,
}

/// `dateline build`.
#[derive(Args, Debug, Clone)]
pub struct Build {
    /// Which site.
    #[command(flatten)]
    pub site: Site,
    /// How diagnostics are shown.
    #[command(flatten)]
    pub messages: Messages,
    /// Read every source, whatever its size and time say
    #[arg(long)]
    pub paranoid: bool,
    /// Take over an output folder that holds files and has no ledger
    #[arg(long)]
    pub adopt: bool,
    /// Say nothing but diagnostics
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Name every page that was printed or withdrawn
    #[arg(long, short)]
    pub verbose: bool,
}

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
    /// Show drafts [default]
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

/// `dateline explain`.
#[derive(Args, Debug, Clone)]
pub struct Explain {
    /// A code such as E0401, an address such as topics/syria.html, or a source file
    pub what: String,
    /// Which site.
    #[command(flatten)]
    pub site: Site,
}

/// `dateline schema`.
#[derive(Args, Debug, Clone)]
pub struct Schema {
    /// What the schema is of
    #[arg(value_enum, conflicts_with = "write")]
    pub subject: Option<Subject>,
    /// Write all of them into this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub write: Option<PathBuf>,
    /// The site's root [default: this folder, or the nearest above it with content/site.yaml]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub root: Option<PathBuf>,
}

/// What there is a schema of.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// The front matter of a brief
    Brief,
    /// The front matter of a brief in another language
    Translation,
    /// The front matter of a topic
    Topic,
    /// The front matter of a standing page
    Page,
    /// The settings, site.yaml
    Site,
    /// The agencies, agencies.yaml
    Agencies,
}

/// `dateline completions`.
#[derive(Args, Debug, Clone)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// The shells.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shell {
    /// GNU Bash
    Bash,
    /// Z shell
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    #[value(name = "powershell")]
    PowerShell,
}

/// `dateline man`.
#[derive(Args, Debug, Clone)]
pub struct Man {
    /// The folder to write into
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
}

fn shard(text: &str) -> Result<(u32, u32), String> {
    let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match parts {
        Some((number, of)) if 1 <= number && number <= of => Ok((number, of)),
        _ => Err("write I/N with I from 1 to N, such as 1/4".to_owned()),
    }
}
