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
    /// Whether "now" was given, and does not go on.
    pub fixed: bool,
}

impl Site {
    /// Finds the site that arguments mean.
    pub fn find(arguments: &cli::Site) -> Result<Site> {
        let site = Site::named(arguments)?;
        // This thread is the first of the pool, so that small sites are built without waking another.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.threads.unwrap_or(0));
        pool.use_current_thread().build_global().context("cannot start threads")?;
        Ok(site)
    }

    /// Finds a site that will be followed, from a thread that does not work for the pool itself.
    pub fn follow(arguments: &cli::Site) -> Result<Site> {
        let site = Site::named(arguments)?;
        let pool = rayon::ThreadPoolBuilder::new().num_threads(arguments.threads.unwrap_or(0));
        pool.build_global().context("cannot start threads")?;
        Ok(site)
    }

    /// The site as it is at this moment, or at the one that was given.
    pub fn flags_now(&self) -> Result<Flags> {
        let now = if self.fixed { self.flags.now } else { clock()? };
        Ok(Flags { now, ..self.flags.clone() })
    }

    fn named(arguments: &cli::Site) -> Result<Site> {
        let root = match &arguments.root {
            Some(root) => root.clone(),
            None => nearest()?,
        };
        check(&root)?;
        if let Some(mistake) = arguments.base_url.as_deref().and_then(settings::base_url_mistake) {
            bail!("--base-url: {mistake}");
        }
        let out = arguments.out.clone().unwrap_or_else(|| root.join("public"));
        let given = fixed_now(arguments.now.as_deref())?;
        let flags = Flags {
            now: given.map_or_else(clock, Ok)?,
            drafts: arguments.drafts,
            base_url: arguments.base_url.clone(),
            build_id: newsroom::build_id(),
        };
        Ok(Site { root, out, flags, fixed: given.is_some() })
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
        bail!(
            "`{}` is no site: it has no `content/site.yaml`\n  name one by `--root`, or begin one by `dateline init`",
            root.display()
        );
    }
    Ok(())
}

/// This folder, or the nearest above it that is a site; this folder where there is none.
fn nearest() -> Result<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "the current folder enters here")]
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    let site = here.ancestors().find(|folder| folder.join(settings::FILE).is_file()).map(Path::to_owned);
    Ok(site.unwrap_or(here))
}

/// The way from the repository's root to a site's: empty, or with a closing `/`. Where there is no repository, the
/// current folder stands for it.
pub fn in_repository(root: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "the current folder enters here")]
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let Ok(root) = root.canonicalize() else { return String::new() };
    let repository = root.ancestors().find(|folder| folder.join(".git").exists());
    let inside = match (repository, &here) {
        (Some(repository), _) => root.strip_prefix(repository),
        (None, Ok(here)) => root.strip_prefix(here),
        (None, Err(_)) => return String::new(),
    };
    let parts = inside.unwrap_or(Path::new("")).iter();
    parts.map(|part| format!("{}/", part.to_string_lossy())).collect()
}

/// The moment that counts as now: as given, else as the environment says, else the clock's.
pub fn now(given: Option<&str>) -> Result<Moment> {
    fixed_now(given)?.map_or_else(clock, Ok)
}

/// The moment that was given, by argument or environment.
fn fixed_now(given: Option<&str>) -> Result<Option<Moment>> {
    if let Some(text) = given {
        return moment("--now", text).map(Some);
    }
    #[expect(clippy::disallowed_methods, reason = "the environment enters here")]
    let Ok(text) = std::env::var("SOURCE_DATE_EPOCH") else { return Ok(None) };
    let seconds = text
        .trim()
        .parse()
        .with_context(|| format!("SOURCE_DATE_EPOCH: `{text}` is not a number of seconds"))?;
    Ok(Some(Moment(seconds)))
}

/// The time that a flag was given.
pub fn moment(flag: &str, text: &str) -> Result<Moment> {
    match Moment::parse(text) {
        Ok(moment) => Ok(moment),
        Err(Mistake::NoOffset) => bail!("{flag}: `{text}` has no offset; write `2017-11-22T14:30:00Z`"),
        Err(_) => bail!("{flag}: `{text}` is not a time; write `2017-11-22T14:30:00Z`"),
    }
}

/// The clock, in whole seconds.
fn clock() -> Result<Moment> {
    #[expect(clippy::disallowed_methods, reason = "the clock enters here")]
    let since = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?;
    Ok(Moment(since.as_secs() as i64))
}
