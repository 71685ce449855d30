//! The arguments of what a desk does with its files.

use crate::cli::{Messages, Site};
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

/// Which site, for commands that print none of its pages.
#[derive(Args, Debug, Clone)]
pub struct Desk {
    /// The site's root [default: this folder, or the nearest above it with content/site.yaml]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The moment that counts as now [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

impl From<&Desk> for Site {
    fn from(desk: &Desk) -> Site {
        let (root, now) = (desk.root.clone(), desk.now.clone());
        Site { root, now, out: None, base_url: None, drafts: false, shard: None, threads: None }
    }
}

/// `dateline init`.
#[derive(Args, Debug, Clone)]
pub struct Init {
    /// The site's folder; it may hold other files, but none that would be written
    #[arg(default_value = ".", hide_default_value = true)]
    pub dir: PathBuf,
    /// The site's name
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Where the site will be published, such as `https://desk.github.io/news/`
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// What its briefs are about, separated by commas
    #[arg(long, value_name = "NAMES")]
    pub topics: Option<String>,
    /// The agencies that may be credited, separated by commas
    #[arg(long, value_name = "NAMES")]
    pub agencies: Option<String>,
    /// The language of its pages, as a tag
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,
    /// The moment that counts as now [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

/// `dateline new`.
#[derive(Args, Debug, Clone)]
pub struct New {
    /// The headline
    #[arg(value_name = "HEADLINE")]
    pub title: String,
    /// What it is about: a name, alias or slug; the first is primary (repeat for more)
    #[arg(long = "topic", value_name = "NAME")]
    pub topics: Vec<String>,
    /// Who reported it, in the order of the credit (repeat for more)
    #[arg(long = "agency", value_name = "NAME")]
    pub agencies: Vec<String>,
    /// It is our own reporting
    #[arg(long)]
    pub original: bool,
    /// The dateline's place
    #[arg(long, value_name = "NAME")]
    pub place: Option<String>,
    /// When it is published: a day, or a time [default: now]
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// When it happened: a day, month, year, or a span A/B [default: the day of the date]
    #[arg(long, value_name = "DATE")]
    pub event_date: Option<String>,
    /// How far it is: a draft, so that nothing half-written goes out, unless you say otherwise
    #[arg(long, value_enum, default_value_t = Stage::Draft, value_name = "STATUS")]
    pub status: Stage,
    /// The same as --status published
    #[arg(long, conflicts_with = "status")]
    pub publish: bool,
    /// The last part of its address [default: made of the headline]
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,
    /// Its language, as a tag [default: the site's first]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Open it in $VISUAL, else in $EDITOR
    #[arg(long)]
    pub edit: bool,
    /// Which site.
    #[command(flatten)]
    pub desk: Desk,
}

/// How far a new brief is.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Not printed until its `status` is taken out
    Draft,
    /// Out with the next build
    Published,
    /// Out, and not yet the whole story
    Developing,
}

/// `dateline check`.
#[derive(Args, Debug, Clone)]
pub struct Check {
    /// Only what is wrong with these files and folders, and with site.yaml
    pub files: Vec<PathBuf>,
    /// Which site.
    #[command(flatten)]
    pub desk: Desk,
    /// Where the site will be published [default: base_url of site.yaml]
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Check drafts as if they were out
    #[arg(long)]
    pub drafts: bool,
    /// End with status 1 where there are only warnings, too
    #[arg(long)]
    pub warnings_as_errors: bool,
    /// How diagnostics are shown.
    #[command(flatten)]
    pub messages: Messages,
}

/// `dateline list`.
#[derive(Args, Debug, Clone)]
pub struct List {
    /// About this topic: a name, alias or slug (repeat: about all of them)
    #[arg(long = "topic", value_name = "NAME")]
    pub topics: Vec<String>,
    /// Credited to this agency (repeat: to all of them)
    #[arg(long = "agency", value_name = "NAME")]
    pub agencies: Vec<String>,
    /// Published on this day or later; a month or a year will do
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// Published on this day, or in this month or year
    #[arg(long, value_name = "DAY", conflicts_with_all = ["since", "until"])]
    pub day: Option<String>,
    /// In this state (several: separated by commas)
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATE")]
    pub status: Vec<State>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// The form of the list
    #[arg(long, value_enum, default_value_t = Listing::Table, value_name = "FORM")]
    pub format: Listing,
    /// Which site.
    #[command(flatten)]
    pub desk: Desk,
}

/// `dateline due`.
#[derive(Args, Debug, Clone)]
pub struct Due {
    /// What changed after this time up to now, too: the moment of the last build
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// The form of the list
    #[arg(long, value_enum, default_value_t = Tabular::Table, value_name = "FORM")]
    pub format: Tabular,
    /// Which site.
    #[command(flatten)]
    pub desk: Desk,
}

/// `dateline diff`.
#[derive(Args, Debug, Clone)]
pub struct Diff {
    /// The root of the site as it was, such as another checkout
    #[arg(value_name = "BEFORE", value_hint = ValueHint::DirPath)]
    pub before: PathBuf,
    /// The root of the site as it is [default: this folder, or the nearest above it with content/site.yaml]
    #[arg(value_name = "AFTER", value_hint = ValueHint::DirPath)]
    pub after: Option<PathBuf>,
    /// Compare drafts too
    #[arg(long)]
    pub drafts: bool,
    /// The moment that counts as now for both [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    /// The form of the list
    #[arg(long, value_enum, default_value_t = Tabular::Table, value_name = "FORM")]
    pub format: Tabular,
}

/// The forms of what is due, and of what differs.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tabular {
    /// As wide as the terminal; whole lines where it is piped
    Table,
    /// One JSON object a line
    Json,
}

/// In which state a brief is.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// Printed by --drafts only
    Draft,
    /// Held until its embargo ends or its date comes
    Embargoed,
    /// Withdrawn, with a reason
    Withdrawn,
    /// Past its time: a page, and in no list
    Expired,
    /// Out, and not yet the whole story
    Developing,
    /// Out
    Published,
}

/// The forms of a list.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listing {
    /// As wide as the terminal; whole lines where it is piped
    Table,
    /// One JSON object a line
    Json,
    /// The files alone, from the site's root
    Paths,
}
