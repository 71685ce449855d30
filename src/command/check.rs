//! `dateline check`: everything that `build` would say, templates that fail while printing included, and nothing
//! written: neither output nor ledger.

use crate::base::report::{Diagnostic, Report, Severity};
use crate::base::spelling;
use crate::cli;
use crate::command::site::Site;
use crate::command::{DIAGNOSTICS, FINE, messages};
use crate::newsroom;
use crate::press::Edition;
use crate::read::kind;
use crate::read::settings;
use crate::read::sources::Sources;
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is said where the sources hold what pages keep back.
pub const PUBLIC: &str = "in a public repository a draft, an embargo and `notes` hide nothing from someone who reads the repository";

/// What a check came to.
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// The sources, for the text of diagnostics.
    pub sources: Sources,
    /// The edition that would go out. A process that is about to end need not take it apart.
    pub edition: Arc<Edition>,
}

/// Runs the command.
pub fn run(arguments: &cli::Check) -> Result<u8> {
    let desk = cli::Site::from(&arguments.desk);
    let site =
        Site::find(&cli::Site { base_url: arguments.base_url.clone(), drafts: arguments.drafts, ..desk })?;
    let Checked { report, sources, edition } = check(&site)?;
    let (wanted, form) = (wanted(&arguments.files, &sources)?, arguments.messages.message_format);
    let is_wanted = |file: &str| arguments.files.is_empty() || is_in(&wanted, file);
    let (shown, others) = report.part(|found| is_wanted(&found.place.file) || breaks_settings(found));
    messages::show(&shown, arguments.messages, &sources, "");
    let checked = sources.list.iter().filter(|source| is_wanted(&source.path)).count();
    if shown.is_empty() && checked > 0 && form != cli::Form::Json {
        messages::say(&format!("{} checked: all is well", messages::counted(checked, "file")));
    }
    if others.has_errors() {
        let errors = messages::counted(others.counts().0, "error");
        messages::note(&format!("{errors} in other files; `dateline check` shows all"));
    }
    if edition.plans().any(|plan| plan.archive.keeps_back) {
        messages::notice(PUBLIC, form);
    }
    if let Some(text) = unreviewed(&edition) {
        messages::notice(&text, form);
    }
    std::mem::forget(edition);
    let failed = shown.has_errors() || arguments.warnings_as_errors && !shown.is_empty();
    Ok(if failed { DIAGNOSTICS } else { FINE })
}

/// What is said of words that were translated, and that no one has read who speaks the language.
fn unreviewed(edition: &Edition) -> Option<String> {
    let strings = edition.plans().map(|plan| &plan.archive.strings).filter(|strings| strings.unreviewed);
    let languages: Vec<&str> = strings.map(|strings| strings.language.as_str()).collect();
    (!languages.is_empty()).then(|| {
        let languages = kind::listed(&languages);
        format!("no reader of {languages} has checked its interface strings yet (they say `reviewed: false`)")
    })
}

/// Whether everything else was read with settings that are not the site's.
fn breaks_settings(found: &Diagnostic) -> bool {
    &*found.place.file == settings::FILE && found.severity() == Severity::Error
}

/// Composes a site and, where that finds no error, prints every page and keeps none.
pub fn check(site: &Site) -> Result<Checked> {
    let mut sources = Sources::look(&site.root, |_| None).context("cannot read the site")?;
    let (edition, mut report) = newsroom::compose(&mut sources, &site.flags);
    sources.forget();
    if !report.has_errors() {
        report.extend(proof(&edition));
    }
    Ok(Checked { report, sources, edition })
}

/// What is said when every page is printed.
pub fn proof(edition: &Edition) -> Report {
    let one = |buffer: &mut Vec<u8>, page| {
        let mut report = Report::default();
        edition.print(&edition.set(page), buffer, &mut report);
        report
    };
    let pages = edition.plan.pages.par_iter().map_init(Vec::new, one);
    let found: Vec<Report> = pages.filter(|report| !report.is_empty()).collect();
    let mut report = Report::default();
    found.into_iter().for_each(|one| report.extend(one));
    report
}

/// The files and folders that were named, from the site's root; empty for the root itself.
fn wanted(files: &[PathBuf], sources: &Sources) -> Result<Vec<String>> {
    let root = sources.root.canonicalize().context("cannot read the site")?;
    let mut wanted = Vec::new();
    for file in files {
        let Some(real) = real(file, &root) else {
            let known = sources.list.iter().map(|source| &*source.path);
            let written = file.to_string_lossy();
            let help = spelling::offer(&written, known, "paths begin at this folder, or at the site's root");
            bail!("there is no file `{written}`; {help}");
        };
        let parts = real.strip_prefix(&root).map(|path| path.iter().map(|part| part.to_string_lossy()));
        let path = parts.map(|parts| parts.collect::<Vec<_>>().join("/"));
        match path {
            Ok(path) if sources.list.iter().any(|source| is_in(&[&path], &source.path)) => wanted.push(path),
            _ => messages::note(&format!("`{}` is no file of the site: not checked", file.display())),
        }
    }
    Ok(wanted)
}

/// Where a file lies that is named from this folder, or from the site's root; `None` where there is none.
fn real(file: &Path, root: &Path) -> Option<PathBuf> {
    let exists = |path: &PathBuf| path.symlink_metadata().is_ok();
    let found = [file.to_owned(), root.join(file)].into_iter().find(exists)?;
    let real = match (found.is_symlink(), found.parent(), found.file_name()) {
        // The link itself is meant, not what it leads to.
        (true, Some(folder), Some(name)) => Path::new(".").join(folder).canonicalize().ok()?.join(name),
        _ => found.canonicalize().ok()?,
    };
    Some(real)
}

/// Whether a file is one of those, or lies in one of them.
fn is_in(wanted: &[impl AsRef<str>], file: &str) -> bool {
    wanted.iter().map(AsRef::as_ref).any(|wanted| {
        wanted.is_empty()
            || file.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
