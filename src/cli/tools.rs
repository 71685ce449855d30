//! The arguments of what helps others to work with dateline: schemas for editors, completions for shells, the manual.

use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

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
