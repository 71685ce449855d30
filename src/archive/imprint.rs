//! The imprint: what a site says of itself where machines read, with its references resolved: pictures that stand for
//! it and its topics, the publisher's sign and policies. It knows nothing of how that is written.

use crate::archive::model::Link;
use crate::archive::reference::{Directory, Origin};
use crate::base::codes;
use crate::base::report::Report;
use crate::read::fields::Spanned;
use crate::read::markdown::Body;
use crate::read::settings::Settings;
use crate::read::topic::Topic;
use std::sync::Arc;

/// What a site says of itself.
#[derive(Debug)]
pub struct Imprint {
    /// The picture that stands for pages without one.
    pub image: Option<Link>,
    /// The picture of each topic.
    pub topic_images: Vec<Option<Link>>,
    /// The publisher's sign.
    pub logo: Option<Link>,
    /// The publisher's policies by their names in schema.org: addresses from the edition's root, or elsewhere.
    pub policies: Vec<(&'static str, String)>,
}

impl Imprint {
    /// Resolves what settings and topics refer to.
    pub fn new(
        settings: &Settings,
        topics: &[Topic],
        directory: &Directory<'_>,
        report: &mut Report,
    ) -> Imprint {
        let mut picture = |file: &Arc<str>, image: &Spanned| picture(directory, file, image, report);
        let image = settings.image.as_ref().and_then(|image| picture(&settings.file, image));
        let logo = settings.logo.as_ref().and_then(|logo| picture(&settings.file, logo));
        let topic_images =
            topics.iter().map(|topic| topic.image.as_ref().and_then(|(file, image)| picture(file, image)));
        let topic_images = topic_images.collect();
        let policies = settings.policies.iter();
        let policies = policies
            .filter_map(|(name, target)| Some((*name, policy(directory, &settings.file, target, report)?)));
        Imprint { policies: policies.collect(), image, topic_images, logo }
    }
}

/// A picture in `static/`: no page of its own copies it.
fn picture(directory: &Directory<'_>, file: &Arc<str>, image: &Spanned, report: &mut Report) -> Option<Link> {
    let body = Body::default();
    let link = directory.file(image, Origin { file, body: &body, address: "" }, report)?;
    let copied = link.file.as_ref().is_some_and(|file| file.source.starts_with("static/"));
    if !copied {
        let message = format!("`{}` is not in `static/`", image.text);
        let found = report.add(codes::NO_SUCH_FILE, image.place(file), message);
        found.help("move it there, and write its path with a slash before it: `/logo.png`");
    }
    Some(link).filter(|_| copied)
}

fn policy(
    directory: &Directory<'_>,
    file: &Arc<str>,
    target: &Spanned,
    report: &mut Report,
) -> Option<String> {
    if target.text.starts_with("https://") || target.text.starts_with("http://") {
        return Some(target.text.clone());
    }
    let body = Body::default();
    directory.link(target, Origin { file, body: &body, address: "" }, report).map(|link| link.address)
}
