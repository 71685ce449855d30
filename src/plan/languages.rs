//! The languages of a site, and which of them a page exists in: the same path below each language's root. So links
//! between versions are mutual by construction.

use crate::base::language;
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Value};
use crate::read::brief::Brief;
use crate::read::name;
use crate::read::settings::Settings;

/// A language of a site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Language {
    /// Its tag.
    pub tag: String,
    /// Where its edition lies below the site's root.
    pub folder: String,
}

impl Language {
    /// A language of a site by its tag.
    pub fn new(tag: &str, settings: &Settings) -> Language {
        let default = tag == settings.default_language();
        Language { tag: tag.to_owned(), folder: if default { String::new() } else { format!("{tag}/") } }
    }
}

impl Plan {
    /// The languages as a page shows them: first those that it exists in, then the others with their front page.
    /// Empty where the site has but one.
    pub fn versions(&self, page: &Page) -> Part {
        if self.languages.len() < 2 {
            return self.alone.clone();
        }
        let exists = |language: &&Language| self.is_in(page, language);
        let (own, others): (Vec<&Language>, Vec<&Language>) = self.languages.iter().partition(exists);
        let own = own.into_iter().map(|language| self.version(page.inside(), language, true));
        let others = others.into_iter().map(|language| self.version("index.html", language, false));
        Part::seal(part::list(own.chain(others).collect()), vec![self.archive.settings.file.clone()])
    }

    /// The versions of a page of this edition in other languages: tag and absolute address.
    pub fn versions_at(&self, path: &str) -> Vec<(String, String)> {
        let settings = &self.archive.settings;
        let others = self.languages.iter().filter(|language| language.tag != settings.language());
        let found = others.filter(|language| self.find(&format!("{}{path}", language.folder)).is_some());
        let address =
            |language: &Language| format!("{}{}{}", settings.base_url, language.folder, short(path));
        found.map(|language| (language.tag.clone(), address(language))).collect()
    }

    /// The versions of a page of this edition, its own among them: tag and absolute address, and where readers of other
    /// languages are led. Empty where there is but one.
    pub fn alternates(&self, path: &str) -> Vec<(String, String)> {
        let mut all = if self.languages.len() > 1 { self.versions_at(path) } else { Vec::new() };
        if all.is_empty() {
            return all;
        }
        let settings = &self.archive.settings;
        all.push((settings.language().to_owned(), settings.absolute(path)));
        let place = |tag: &String| self.languages.iter().position(|language| language.tag == *tag);
        all.sort_by_key(|(tag, _)| place(tag));
        let default = all.iter().find(|(tag, _)| tag == settings.default_language());
        let default = default.map(|(_, address)| ("x-default".to_owned(), address.clone()));
        all.extend(default);
        all
    }

    fn is_in(&self, page: &Page, language: &Language) -> bool {
        let path = format!("{}{}", language.folder, page.inside());
        !matches!(page.kind, Kind::Missing) && self.find(&path).is_some()
    }

    /// The page at a path from the site's root.
    pub fn find(&self, path: &str) -> Option<&Page> {
        let at = self.pages.binary_search_by(|page| (*page.path).cmp(path)).ok()?;
        Some(&self.pages[at])
    }

    /// The address of the brief that a brief is a version of, absolute.
    pub fn original(&self, page: &Page, brief: &Brief) -> Option<String> {
        let file = name::original(&brief.file, &self.archive.settings).filter(|_| brief.translation)?;
        let of = |language: &&Language| {
            let path = format!("{}{}", language.folder, page.inside());
            self.find(&path).is_some_and(|page| *page.claim.file == *file)
        };
        let language = self.languages.iter().find(of)?;
        Some(format!("{}{}{}", self.archive.settings.base_url, language.folder, page.inside()))
    }

    fn version(&self, path: &str, language: &Language, exists: bool) -> Value {
        let settings = &self.archive.settings;
        let address = format!("{}{}{path}", settings.up(), language.folder);
        let canonical = format!("{}{}{}", settings.base_url, language.folder, short(path));
        part::record("version").of([
            // its tag
            ("tag", part::text(&language.tag)),
            // `ltr` or `rtl`
            ("dir", part::text(language::direction(&language.tag))),
            // what it calls itself
            ("name", part::text(language::own_name(&language.tag))),
            // this page in it, or its front page where this one does not exist there
            ("address", part::text(&address)),
            // the same as a whole address
            ("canonical", part::text(&canonical)),
            // whether this page exists in it
            ("exists", part::flag(exists)),
            // whether it is the page's own
            ("here", part::flag(language.tag == settings.language())),
            // whether it is the site's first
            ("default", part::flag(language.folder.is_empty())),
        ])
    }
}

/// The front page is its folder.
fn short(path: &str) -> &str {
    if path == "index.html" { "" } else { path }
}
