//! The edition: every page that should be out, set in a theme. A page set has a fingerprint, the digest of
//! exactly what it is made of; printing it gives its bytes.

use crate::base::date::Due;
use crate::base::digest::{Digest, Digester};
use crate::base::report::Report;
use crate::plan::{Kind, Page, Parts, Plan};
use crate::press::faults;
use crate::press::frame::Frames;
use crate::press::theme::Theme;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use tera::Context;
use tera::value::Key;

/// Every page that should be out.
pub struct Edition {
    /// What to show in the default language; it knows the pages of all.
    pub plan: Plan,
    /// What to show in the others.
    pub others: Vec<Plan>,
    /// How it looks.
    pub theme: Arc<Theme>,
    /// What is the same on many pages.
    pub frames: Frames,
    /// The generator's own digest: other code, other bytes.
    pub build_id: Digest,
    /// The digests of files that are copied, by their source's path.
    pub copies: Arc<HashMap<Arc<str>, Digest>>,
}

/// A page with its parts in hand.
pub struct Setting<'a> {
    /// The page.
    pub page: &'a Page,
    /// What its layout is handed.
    pub parts: Parts,
    /// The digest of what it is made of.
    pub fingerprint: Digest,
}

/// A printed page.
pub enum Sheet<'a> {
    /// Its bytes.
    Bytes(&'a [u8]),
    /// A source that is copied as it is, by its path from the site's root.
    Copy(Arc<str>),
}

impl Edition {
    /// Sets a page: makes its parts, and takes its fingerprint.
    pub fn set<'a>(&self, page: &'a Page) -> Setting<'a> {
        let parts = self.plan_of(page).parts(page);
        let mut digester = Digester::default();
        digester.digest(self.build_id).text(&page.path);
        match (&page.kind, page.layout()) {
            (Kind::Copy(source), _) => digester.digest(self.copies.get(source).copied().unwrap_or_default()),
            (Kind::Embedded(bytes), _) => digester.digest(Digest::of(bytes)),
            (_, Some(layout)) => digester.digest(self.theme.layouts.get(layout).copied().unwrap_or_default()),
            (_, None) => &mut digester,
        };
        for (name, part) in &parts {
            digester.text(name).digest(part.digest);
        }
        Setting { page, fingerprint: digester.finish(), parts }
    }

    /// Prints a page that is set, into a buffer that may be used again; `None` when its templates fail, which
    /// the report then says.
    pub fn print<'a>(
        &self,
        setting: &Setting<'_>,
        buffer: &'a mut Vec<u8>,
        report: &mut Report,
    ) -> Option<Sheet<'a>> {
        let page = setting.page;
        let layout = match (&page.kind, page.layout()) {
            (Kind::Copy(source), _) => return Some(Sheet::Copy(source.clone())),
            (Kind::Embedded(bytes), _) => return Some(Sheet::Bytes(bytes)),
            (_, Some(layout)) => layout,
            (_, None) => {
                buffer.clear();
                self.plan_of(page).write(page, buffer);
                return Some(Sheet::Bytes(buffer));
            }
        };
        buffer.clear();
        let mut context = context(&setting.parts);
        if layout.ends_with(".html") {
            let frame = self.frames.frame(&self.theme.tera, &context, setting, report)?;
            context.insert_value("frame", frame);
        }
        match self.theme.tera.render_to(layout, &context, &mut *buffer) {
            Ok(()) => Some(Sheet::Bytes(buffer)),
            Err(error) => {
                faults::printing(&error, layout, &page.path, report);
                None
            }
        }
    }

    /// What a page is shown from: the plan of its language.
    pub fn plan_of(&self, page: &Page) -> &Plan {
        let other = usize::from(page.edition).checked_sub(1).and_then(|at| self.others.get(at));
        other.unwrap_or(&self.plan)
    }

    /// What to show in each language, the default one first.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        std::iter::once(&self.plan).chain(&self.others)
    }

    /// Between which moments "now" decides what it decided here: since the first, before the second.
    pub fn due(&self) -> Due {
        let all = || self.plans().map(|plan| plan.archive.due);
        (all().filter_map(|due| due.0).max(), all().filter_map(|due| due.1).min())
    }

    /// Prints a page of each layout, so that a template that fails is known before someone asks for its page. On all
    /// threads, since an edition with another template is shown only after it.
    pub fn try_layouts(&self, report: &mut Report) {
        let mut firsts: Vec<(&str, &Page)> = Vec::new();
        for page in self.plan.pages.iter() {
            if let Some(layout) =
                page.layout().filter(|layout| firsts.iter().all(|(tried, _)| tried != layout))
            {
                firsts.push((layout, page));
            }
        }
        let print = |(_, page): &(&str, &Page)| {
            let mut found = Report::default();
            self.print(&self.set(page), &mut Vec::new(), &mut found);
            found
        };
        let found: Vec<Report> = firsts.par_iter().with_max_len(1).map(print).collect();
        found.into_iter().for_each(|found| report.extend(found));
    }

    /// The page at a path.
    pub fn page(&self, path: &str) -> Option<&Page> {
        self.plan.find(path)
    }
}

fn context(parts: &Parts) -> Context {
    let mut context = Context::new();
    for (name, part) in parts {
        match (*name, part.value.as_map()) {
            ("head", Some(map)) => {
                for (key, value) in map {
                    let name = match key {
                        Key::Str(name) => Cow::Borrowed(*name),
                        other => Cow::Owned(other.as_str().unwrap_or_default().to_owned()),
                    };
                    context.insert_value(name, value.clone());
                }
            }
            _ => context.insert_value(*name, part.value.clone()),
        }
    }
    context
}
