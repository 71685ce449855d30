//! What a browser's address means: a page of the edition, as GitHub Pages answers. Addresses are looked up among
//! the pages' paths and never joined to a folder, so that nothing outside the edition can be asked for.

use crate::plan::Page;
use crate::press::Edition;

/// What an address means.
#[derive(Debug)]
pub enum Meant<'a> {
    /// A page.
    Page(&'a Page),
    /// A page of another address of this site: its path, from `/`.
    Moved(String),
    /// Nothing.
    Missing,
}

/// What an address path, as it stands in a request, means below the path of `base_url`.
pub fn meant<'a>(edition: &'a Edition, asked: &str) -> Meant<'a> {
    let settings = &edition.plan.archive.settings;
    let (Some(base), Some(path)) = (decoded(settings.base_path()), decoded(asked)) else {
        return Meant::Missing;
    };
    let Some(inside) = path.strip_prefix(&base) else {
        let above = path == "/" || path == base.trim_end_matches('/');
        return if above { Meant::Moved(settings.base_path().to_owned()) } else { Meant::Missing };
    };
    if inside.is_empty() || inside.ends_with('/') {
        return found(edition, &format!("{inside}index.html"));
    }
    let page = edition.page(inside).or_else(|| edition.page(&format!("{inside}.html")));
    match (page, edition.page(&format!("{inside}/index.html"))) {
        (Some(page), _) => Meant::Page(page),
        (None, Some(_)) => Meant::Moved(format!("{asked}/")),
        (None, None) => Meant::Missing,
    }
}

fn found<'a>(edition: &'a Edition, path: &str) -> Meant<'a> {
    edition.page(path).map_or(Meant::Missing, Meant::Page)
}

/// A path with its percent-encoded bytes decoded, once.
pub fn decoded(path: &str) -> Option<String> {
    percent_encoding::percent_decode_str(path).decode_utf8().ok().map(Into::into)
}
