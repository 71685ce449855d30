//! Media of a brief: what its page shows of them, and the files that are copied to the page's folder.

use crate::archive::Link;
use crate::archive::model::Filed;
use crate::base::report::Place;
use crate::base::slug;
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Value};
use crate::read::extras::{Extras, Media};
use std::sync::Arc;

/// The media of a brief as its page shows them.
pub fn values(plan: &Plan, filed: &Filed, extras: &Extras) -> Value {
    let media = extras.media.iter().zip(&filed.media);
    part::list(
        media.map(|(media, (file, poster))| value(plan, media, file.as_ref(), poster.as_ref())).collect(),
    )
}

fn value(plan: &Plan, media: &Media, file: Option<&Link>, poster: Option<&Link>) -> Value {
    let size = file.and_then(|link| link.file.as_ref()).and_then(|file| file.picture);
    let pixels = |pixels: Option<u32>| pixels.map_or_else(part::none, |pixels| part::number(pixels as usize));
    let address = |link: Option<&Link>| part::optional(link.map(|link| &*link.address));
    let strings = &plan.archive.strings;
    let duration = media.duration.as_ref().map(|(written, _)| strings.numbers.digits(written));
    let spoken = media.duration.as_ref().map(|(_, seconds)| strings.duration(*seconds));
    part::record("medium").of([
        // `image`, `video` or `audio`
        ("kind", part::text(&media.kind)),
        // its title, or none
        ("title", part::optional(media.title.as_ref().map(|title| strings.typeset(title)).as_deref())),
        // its file, or none
        ("address", address(file)),
        // where it is elsewhere, or none
        ("url", part::optional(media.url.as_deref())),
        // how long it is: `1:45`, or none
        ("duration", part::optional(duration.as_deref())),
        // the same in words, or none
        ("spoken", part::optional(spoken.as_deref())),
        // of a picture, in pixels, or none
        ("width", pixels(size.map(|size| size.width))),
        // of a picture, in pixels, or none
        ("height", pixels(size.map(|size| size.height))),
        // what is to be seen, for who cannot see it, or none
        ("alt", part::optional(media.alt.as_deref())),
        // the caption, or none
        ("caption", part::optional(media.caption.as_deref())),
        // whose it is, or none
        ("credit", part::optional(media.credit.as_deref())),
        // the picture that stands for a video, or none
        ("poster", address(poster)),
        // what is said, or none
        ("transcript", part::optional(media.transcript.as_deref())),
    ])
}

/// The pages of the files that lie beside a brief and that it shows or links to.
pub fn files_of_brief(filed: &Filed) -> Vec<Page> {
    let media = filed.media.iter().flat_map(|(file, poster)| [file, poster]).flatten();
    files(filed.links.iter().flatten().chain(media), &filed.brief.file)
}

/// The pages of the files among links; those of `static/` have theirs already.
pub fn files<'a>(links: impl Iterator<Item = &'a Link>, claimed_by: &Arc<str>) -> Vec<Page> {
    let page = |link: &Link| {
        let source = &link.file.as_ref()?.source;
        let copied = !source.starts_with("static/");
        let folder = link.address.rfind('/').map_or("", |slash| &link.address[..=slash]);
        let path = format!("{folder}{}", slug::file_name(source)).into();
        copied.then(|| Page {
            path,
            kind: Kind::Copy(source.clone()),
            claim: Place::whole(claimed_by),
            edition: 0,
        })
    };
    links.filter_map(page).collect()
}

/// The same file at the same path, claimed by several pages, is one page.
pub fn once(mut pages: Vec<Page>) -> Vec<Page> {
    let mut seen = std::collections::BTreeSet::new();
    pages.retain(|page| match &page.kind {
        Kind::Copy(source) => seen.insert((page.path.clone(), source.clone())),
        _ => true,
    });
    pages
}
