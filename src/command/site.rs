//! Which site a command is about, and what decides its pages: the place where clock, environment and current
//! folder enter.

use crate::base::date::{Mistake, Moment};
use crate::cli;
use crate::newsroom::{self, Flags};
use crate::read::settings;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// A site that a command is about.
pub struct Site {
    /// Its root.
    pub root: PathBuf,
    /// Its output folder.
    pub out: PathBuf,
    /// What an edition depends on beside the sources.
    pub flags: Flags,
}

impl Site {
    /// Finds the site that arguments mean.
    pub fn find(arguments: &cli::Site) -> Result<Site> {
        let root = match &arguments.root {
            Some(root) => root.clone(),
            None => nearest()?,
        };
        check(&root)?;
        if let Some(mistake) = arguments.base_url.as_deref().and_then(settings::base_url_mistake) {
            bail!("--base-url: {mistake}");
        }
        let out = arguments.out.clone().unwrap_or_else(|| root.join("public"));
        let flags = Flags {
            now: now(arguments.now.as_deref())?,
            drafts: arguments.drafts,
            base_url: arguments.base_url.clone(),
            build_id: newsroom::build_id(),
        };
        start_threads(arguments.threads)?;
        Ok(Site { root, out, flags })
    }
}

/// The root that arguments mean; `None` where they name none and this folder is in no site.
pub fn root(given: Option<&Path>) -> Result<Option<PathBuf>> {
    if let Some(root) = given {
        check(root)?;
        return Ok(Some(root.to_owned()));
    }
    Ok(Some(nearest()?).filter(|root| check(root).is_ok()))
}

fn check(root: &Path) -> Result<()> {
    if !root.join(settings::FILE).is_file() && !root.join("content").is_dir() {
        bail!("`{}` is no site: it has no `content/site.yaml`", root.display());
    }
    Ok(())
}

/// As many threads as were asked for, or as there are processors; this one is the first of them, so that small
/// sites are built without waking another.
fn start_threads(wanted: Option<usize>) -> Result<()> {
    let threads = wanted.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).use_current_thread();
    pool.build_global().context("cannot start threads")
}

/// This folder, or the nearest above it that is a site; this folder where there is none.
fn nearest() -> Result<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "the current folder enters here")]
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    let site = here.ancestors().find(|folder| folder.join(settings::FILE).is_file()).map(Path::to_owned);
    Ok(site.unwrap_or(here))
}

fn now(given: Option<&str>) -> Result<Moment> {
    if let Some(text) = given {
        return match Moment::parse(text) {
            Ok(moment) => Ok(moment),
            Err(Mistake::NoOffset) => bail!("--now: `{text}` has no offset; write `2017-11-22T14:30:00Z`"),
            Err(_) => bail!("--now: `{text}` is not a time; write `2017-11-22T14:30:00Z`"),
        };
    }
    #[expect(clippy::disallowed_methods, reason = "the environment enters here")]
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds = text
                .trim()
                .parse()
                .with_context(|| format!("SOURCE_DATE_EPOCH: `{text}` is not a number of seconds"))?;
            Ok(Moment(seconds))
        }
        Err(_) => {
            let since =
                SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?;
            Ok(Moment(since.as_secs() as i64))
        }
    }
}
