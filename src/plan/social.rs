//! Social cards: what a page is shown as where somebody shares it (Open Graph, Twitter).

use crate::archive::Link;
use crate::archive::model::{Archive, Filed};
use crate::plan::dates::stamp;
use crate::plan::page::Plan;
use crate::plan::part::{self, Part, Value};

/// A picture that stands for a page.
pub struct Image {
    /// Its address, absolute.
    pub address: String,
    /// What it shows, where that is known.
    pub alt: Option<String>,
}

/// The card of a brief.
pub fn of_brief(plan: &Plan, filed: &Filed) -> Part {
    let (brief, settings) = (&filed.brief, &plan.archive.settings);
    let modified = Some(filed.modified(&settings.zone)).filter(|modified| *modified != filed.published);
    let topics = filed.topics.iter().map(|&topic| &plan.archive.topics[topic as usize]);
    let value = part::record([
        ("kind", part::text("article")),
        ("title", part::text(&brief.title)),
        ("image", image_value(image(plan, filed))),
        ("published", part::text(&stamp(filed.published, &settings.zone))),
        ("modified", part::optional(modified.map(|when| stamp(when, &settings.zone)).as_deref())),
        ("section", part::optional(settings.section.as_deref())),
        ("tags", part::texts(topics.clone().map(|topic| &*topic.name))),
    ]);
    let files = topics.map(|topic| topic.file.clone());
    Part::seal(value, [brief.file.clone(), settings.file.clone()].into_iter().chain(files).collect())
}

/// The card of a page that is no article.
pub fn of_page(archive: &Archive, title: &str, image: Option<&Link>) -> Part {
    let image = image.or(archive.imprint.image.as_ref()).map(|link| shown(archive, link, None));
    let value = part::record([
        ("kind", part::text("website")),
        ("title", part::text(title)),
        ("image", image_value(image)),
        ("published", part::none()),
        ("modified", part::none()),
        ("section", part::none()),
        ("tags", part::texts([])),
    ]);
    Part::seal(value, vec![archive.settings.file.clone()])
}

/// The picture of a brief: its first, else its topics' first, else the site's. A withdrawn brief shows none of its own.
pub fn image(plan: &Plan, filed: &Filed) -> Option<Image> {
    let imprint = &plan.archive.imprint;
    let own = || own_images(filed).find(|(link, _)| is_shown_elsewhere(link));
    let own = own().filter(|_| !filed.withdrawn());
    if let Some((link, alt)) = own {
        return Some(shown(&plan.archive, link, alt));
    }
    let of_topics = filed.topics.iter().find_map(|&topic| imprint.topic_images[topic as usize].as_ref());
    of_topics.or(imprint.image.as_ref()).map(|link| shown(&plan.archive, link, None))
}

/// The pictures that go with a brief, then those in its text.
fn own_images(filed: &Filed) -> impl Iterator<Item = (&Link, Option<&str>)> {
    let media = filed.brief.extras.iter().flat_map(|extras| &extras.media);
    let media = media.zip(&filed.media).filter(|(media, _)| media.kind == "image");
    let media = media.filter_map(|(media, (file, _))| Some((file.as_ref()?, media.alt.as_deref())));
    let slots = filed.brief.body.html.slots.iter().zip(&filed.links);
    let inside = slots.filter(|(slot, _)| slot.picture).filter_map(|(_, link)| Some((link.as_ref()?, None)));
    media.chain(inside)
}

/// Whether those who show cards can show a picture: none of them draws SVG.
fn is_shown_elsewhere(link: &Link) -> bool {
    !link.address.ends_with(".svg")
}

fn shown(archive: &Archive, link: &Link, alt: Option<&str>) -> Image {
    Image { address: archive.settings.absolute(&link.address), alt: alt.map(str::to_owned) }
}

fn image_value(image: Option<Image>) -> Value {
    let value = |image: Image| {
        part::record([("address", part::text(&image.address)), ("alt", part::optional(image.alt.as_deref()))])
    };
    image.map_or_else(part::none, value)
}
