//! What a tab of the browser is told of the page it shows: its digest, where it comes from, what is wrong. It is
//! the state of things, never a change of it, so that a tab that missed some rounds knows all after one message.

use crate::base::digest::{Digest, Digester};
use crate::base::show::Drawn;
use crate::deliver::address::{Meant, meant};
use crate::deliver::preview::{Preview, Problems, Shown};
use crate::plan::{Page, Part};
use crate::press::{Edition, Setting};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};

/// How many sources of a part are named.
const NAMED: usize = 5;

/// What would end a path in an address.
const IN_PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?');

/// What a tab says of itself when it asks.
#[derive(Default, Clone, Debug)]
pub struct Tab {
    /// The path of its address.
    pub address: String,
    /// The path of the page it was given.
    pub page: String,
    /// The source that the page was made of.
    pub source: String,
}

/// What a tab is told, as JSON.
pub fn told(preview: &Preview, shown: &Shown, tab: &Tab) -> String {
    let edition = &*shown.edition;
    let found = match meant(edition, &tab.address) {
        Meant::Moved(to) => meant(edition, &to),
        other => other,
    };
    let (page, missing) = match found {
        Meant::Page(page) => (Some(page), false),
        Meant::Moved(_) | Meant::Missing => (edition.page("404.html"), true),
    };
    let gone = missing && tab.page != "404.html";
    json!({
        "base": edition.plan.archive.settings.base_path(),
        "page": page.filter(|_| !gone).map(|page| described(preview, edition, page)),
        "moved": successor(edition, tab).filter(|_| gone),
        "styles": styles(edition),
        "problems": problems(preview, &shown.problems),
    })
    .to_string()
}

/// The digest of a page but for the names of stylesheets, which are exchanged without loading it anew.
pub fn digest(edition: &Edition, setting: &Setting<'_>) -> Digest {
    let layout = setting.page.layout().and_then(|layout| edition.theme.layouts.get(layout));
    let mut digester = Digester::default();
    digester.digest(edition.build_id).text(&setting.page.path).digest(layout.copied().unwrap_or_default());
    for (name, part) in setting.parts.iter().filter(|(name, _)| *name != "assets") {
        digester.text(name).digest(part.digest);
    }
    for (name, address) in assets(edition) {
        digester.text(&name).text(if name.ends_with(".css") { "" } else { &address });
    }
    digester.finish()
}

/// What is wrong, as a tab is told it.
pub fn problems(preview: &Preview, problems: &Problems) -> Value {
    let one = |drawn: &Drawn| {
        json!({
            "place": format!("{}:{}:{}", drawn.file, drawn.line, drawn.column),
            "open": opened(preview, &drawn.file, drawn.line),
            "text": drawn.text,
        })
    };
    let all: Vec<Value> = problems.drawn.iter().map(one).collect();
    json!({ "errors": problems.errors, "warnings": problems.warnings, "outcome": problems.outcome, "all": all })
}

fn described(preview: &Preview, edition: &Edition, page: &Page) -> Value {
    let setting = edition.set(page);
    let file = &page.claim.file;
    let parts: Vec<Value> = setting.parts.iter().map(|(name, part)| made_from(name, part)).collect();
    let brief = edition.plan_of(page).about(page);
    json!({
        "path": &*page.path,
        "digest": format!("{:?}", digest(edition, &setting)),
        "source": &**file,
        "open": opened(preview, file, 1),
        "draft": brief.is_some_and(|about| about.draft),
        "words": brief.map(|about| about.words),
        "layout": page.layout(),
        "parts": parts,
    })
}

fn made_from(name: &str, part: &Part) -> Value {
    let mut sources: Vec<&str> = part.sources.iter().map(|source| &**source).collect();
    sources.sort_unstable();
    sources.dedup();
    let more = sources.len().saturating_sub(NAMED);
    json!({ "name": name, "sources": &sources[..sources.len() - more], "more": more })
}

/// The page that a source has now, for a tab whose page is gone.
fn successor(edition: &Edition, tab: &Tab) -> Option<String> {
    let of_source = |page: &&Page| *page.claim.file == *tab.source && page.layout().is_some();
    let page = edition.plan.pages.iter().find(of_source)?;
    let base = edition.plan.archive.settings.base_path();
    Some(format!("{base}{}", utf8_percent_encode(&page.path, IN_PATH)))
}

/// The address that opens a file in the editor.
fn opened(preview: &Preview, file: &str, line: usize) -> Option<String> {
    let form = preview.editor_url.as_deref()?;
    let path = preview.root.join(file);
    let path = path.to_str().filter(|_| path.is_file())?;
    let path = utf8_percent_encode(path, IN_PATH).to_string();
    Some(form.replace("{path}", &path).replace("{line}", &line.to_string()))
}

/// The stylesheets by their names without digest.
fn styles(edition: &Edition) -> Map<String, Value> {
    let css = assets(edition).filter(|(name, _)| name.ends_with(".css"));
    css.map(|(name, address)| (name, address.into())).collect()
}

/// The static files whose names carry a digest, by their names without it.
fn assets(edition: &Edition) -> impl Iterator<Item = (String, String)> + '_ {
    let map = edition.plan.assets.value.as_map();
    let files = map.into_iter().flatten().find(|(name, _)| name.as_str() == Some("files"));
    let files = files.and_then(|(_, files)| files.as_map()).into_iter().flatten();
    files.filter_map(|(name, address)| Some((name.as_str()?.to_owned(), address.as_str()?.to_owned())))
}
