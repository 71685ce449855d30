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

/// What a card says.
#[derive(Default)]
struct Card<'a> {
    kind: &'a str,
    title: &'a str,
    image: Option<Image>,
    published: Option<String>,
    modified: Option<String>,
    section: Option<&'a str>,
    tags: Vec<&'a str>,
}

impl Card<'_> {
    fn value(self) -> Value {
        part::record("shared card").of([
            // `article` or `website`
            ("kind", part::text(self.kind)),
            // its title
            ("title", part::text(self.title)),
            // the picture that stands for it, or none
            ("image", self.image.map_or_else(part::none, image_value)),
            // when it was published, as machines read it, or none
            ("published", part::optional(self.published.as_deref())),
            // when it last changed, likewise
            ("modified", part::optional(self.modified.as_deref())),
            // the site's section, or none
            ("section", part::optional(self.section)),
            // the names of its topics
            ("tags", part::texts(self.tags)),
        ])
    }
}

/// The card of a brief.
pub fn of_brief(plan: &Plan, filed: &Filed) -> Part {
    let (brief, settings) = (&filed.brief, &plan.archive.settings);
    let modified = Some(filed.modified(&settings.zone)).filter(|modified| *modified != filed.published);
    let topics = filed.topics.iter().map(|&topic| &plan.archive.topics[topic as usize]);
    let card = Card {
        kind: "article",
        title: &brief.title,
        image: image(plan, filed),
        published: Some(stamp(filed.published, &settings.zone)),
        modified: modified.map(|when| stamp(when, &settings.zone)),
        section: settings.section.as_deref(),
        tags: topics.clone().map(|topic| &*topic.name).collect(),
    };
    let files = topics.map(|topic| topic.file.clone());
    let files = [brief.file.clone(), settings.file.clone()].into_iter().chain(files).collect();
    Part::seal(card.value(), files)
}

/// The card of a page that is no article.
pub fn of_page(archive: &Archive, title: &str, image: Option<&Link>) -> Part {
    let image = image.or(archive.imprint.image.as_ref()).map(|link| shown(archive, link, None));
    let card = Card { kind: "website", title, image, ..Card::default() };
    Part::seal(card.value(), vec![archive.settings.file.clone()])
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

fn image_value(image: Image) -> Value {
    part::record("shared picture").of([
        // its whole address
        ("address", part::text(&image.address)),
        // what is to be seen, or none
        ("alt", part::optional(image.alt.as_deref())),
    ])
}
