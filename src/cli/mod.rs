//! The command line: arguments in. It knows nothing of what commands do.

mod desk;
mod follow;
mod theme;
mod tools;

pub use desk::{Check, Desk, Diff, Due, Init, List, Listing, New, Stage, State, Tabular};
pub use follow::{Serve, Watch};
pub use theme::{Theme, ThemeCommand, ThemeEject, ThemeList, ThemeParts};
pub use tools::{Completions, Man, Schema, Shell, Subject};

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
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
    /// Make a small site to begin with
    #[command(
        after_help = "Example: dateline init desk --title 'World in Brief' --topics Syria,Ukraine --agencies Reuters,AFP"
    )]
    Init(Init),
    /// Make a brief: its file, with all that is known filled in
    #[command(
        after_help = "Example: dateline new 'Talks resume in Geneva' --topic Syria --agency Reuters --edit"
    )]
    New(New),
    /// Say what `build` would say, and write nothing
    #[command(
        after_help = "Examples: dateline check\n          dateline check --message-format github --warnings-as-errors\n          dateline check content/briefs/2017/11/apec.md"
    )]
    Check(Check),
    /// List briefs, whatever their state, newest first
    #[command(
        after_help = "Examples: dateline list --topic Syria --since 2017-11\n          dateline list --status draft,embargoed --format paths"
    )]
    List(List),
    /// Say which briefs go out or expire by themselves, and when
    #[command(
        after_help = "With --since the status is 0 where something is due, 1 where nothing is, 2 on trouble.\n\nExamples: dateline due\n          dateline due --since 2017-11-22T06:00:00Z"
    )]
    Due(Due),
    /// Say what differs between two states of a site: by source, page and part
    #[command(after_help = "Example: git worktree add ../before HEAD~1 && dateline diff ../before")]
    Diff(Diff),
    /// Show the default theme's files and what they are handed; copy one to change it
    #[command(
        after_help = "Examples: dateline theme list\n          dateline theme eject partials/footer.html"
    )]
    Theme(Theme),
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
    /// The form of diagnostics: human, short, json (an object a line) or github (annotations)
    #[arg(long, value_enum, default_value_t = Form::Human, value_name = "FORM", hide_possible_values = true)]
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
    /// Annotations of a GitHub workflow, one a line, on standard output
    Github,
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
    /// Publish nothing if an address that was out would be gone: an output folder, a saved sitemap, or what --addresses wrote
    #[arg(long, value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    pub published: Option<PathBuf>,
    /// Write what is out now to a file, for the next --published
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub addresses: Option<PathBuf>,
    /// Say nothing but diagnostics
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Name every page that was printed or withdrawn
    #[arg(long, short)]
    pub verbose: bool,
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

fn shard(text: &str) -> Result<(u32, u32), String> {
    let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match parts {
        Some((number, of)) if 1 <= number && number <= of => Ok((number, of)),
        _ => Err("write I/N with I from 1 to N, such as 1/4".to_owned()),
    }
}
