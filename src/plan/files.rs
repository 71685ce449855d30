//! Static files: the theme's and the site's, file by file the site's first. Stylesheets and scripts carry
//! their digest in their name, so that a page never meets the wrong one.

use crate::base::digest::Digest;
use crate::base::report::Place;
use crate::plan::page::{Kind, Page};
use crate::plan::part::{self, Part, Value};
use std::sync::Arc;

/// A static file.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The path below `static/`.
    pub name: String,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Where its bytes are.
    pub bytes: Bytes,
}

/// Where a static file's bytes are.
#[derive(Clone, Debug)]
pub enum Bytes {
    /// In the binary.
    Embedded(&'static [u8]),
    /// On the disk, at a path from the site's root.
    Source(Arc<str>),
}

impl Asset {
    /// Where it is printed.
    pub fn path(&self) -> String {
        self.digest.in_name(&self.name).unwrap_or_else(|| self.name.clone())
    }
}

/// The addresses that templates name, `up` from an edition's root to the site's: `css`, `icon`, `custom`, and under
/// `files` those whose names carry a digest.
pub fn assets(assets: &[Asset], up: &str) -> Part {
    let way = |asset: &Asset| format!("{up}{}", asset.path());
    let find = |name: &str| assets.iter().find(|asset| asset.name == name).map(way);
    let named: Vec<&Asset> = assets.iter().filter(|asset| asset.path() != asset.name).collect();
    let files = named.iter().map(|asset| (asset.name.clone(), part::text(&way(asset))));
    let address = |name: &str| -> Value { part::optional(find(name).as_deref()) };
    let value = part::record("assets").of([
        // the theme's stylesheet
        ("css", address("dateline.css")),
        // the site's `static/custom.css`, or none
        ("custom", address("custom.css")),
        // the icon
        ("icon", address("favicon.svg")),
        // every stylesheet and script by its name in `static/`: `assets.files["search.js"]`
        ("files", part::map(files)),
    ]);
    let sources = named.iter().filter_map(|asset| match &asset.bytes {
        Bytes::Source(path) => Some(path.clone()),
        Bytes::Embedded(_) => None,
    });
    Part::seal(value, sources.collect())
}

/// A page for each static file.
pub fn pages(assets: Vec<Asset>) -> impl Iterator<Item = Page> {
    assets.into_iter().map(|asset| {
        let path: Arc<str> = asset.path().into();
        let (kind, file) = match asset.bytes {
            Bytes::Embedded(bytes) => (Kind::Embedded(bytes), format!("static/{}", asset.name).into()),
            Bytes::Source(source) => (Kind::Copy(source.clone()), source),
        };
        Page { path, kind, claim: Place::whole(&file), edition: 0 }
    })
}
