//! The arguments of what helps to change how a site looks.

use crate::cli::Listing;
use clap::{Args, Subcommand, ValueHint};
use std::path::PathBuf;

/// `dateline theme`.
#[derive(Args, Debug, Clone)]
pub struct Theme {
    /// What to do.
    #[command(subcommand)]
    pub command: ThemeCommand,
}

/// What there is to do with the theme.
#[derive(Subcommand, Debug, Clone)]
pub enum ThemeCommand {
    /// List the files of the default theme: what each is, and whether the site has its own
    #[command(after_help = "Example: dateline theme list --format json")]
    List(ThemeList),
    /// Say what templates are handed: every layout, every part, each with an example
    #[command(after_help = "Example: dateline theme parts brief.html")]
    Parts(ThemeParts),
    /// Copy a file of the default theme into the site, to be changed there; it is never put over another
    #[command(after_help = "Example: dateline theme eject partials/footer.html")]
    Eject(ThemeEject),
}

/// `dateline theme list`.
#[derive(Args, Debug, Clone)]
pub struct ThemeList {
    /// The form of the list
    #[arg(long, value_enum, default_value_t = Listing::Table, value_name = "FORM")]
    pub format: Listing,
    /// The site's root [default: this folder, or the nearest above it with content/site.yaml]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub root: Option<PathBuf>,
}

/// `dateline theme parts`.
#[derive(Args, Debug, Clone)]
pub struct ThemeParts {
    /// The layout, such as brief.html [default: all, and the kinds of values]
    pub layout: Option<String>,
}

/// `dateline theme eject`.
#[derive(Args, Debug, Clone)]
pub struct ThemeEject {
    /// The file as `theme list` names it, such as partials/footer.html
    #[arg(id = "theme_file", value_name = "FILE")]
    pub file: String,
    /// The site's root [default: this folder, or the nearest above it with content/site.yaml]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub root: Option<PathBuf>,
}
