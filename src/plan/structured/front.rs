//! The front page in the terms of schema.org: who publishes, by which rules, and the site.

use crate::plan::page::Plan;
use crate::plan::part::Part;
use crate::plan::structured::{Said, part, publisher, publisher_id, text};

/// What the front page says of the site.
pub fn structured(plan: &Plan) -> Part {
    let (settings, imprint) = (&plan.archive.settings, &plan.archive.imprint);
    let image = imprint.image.as_ref().map(|image| settings.absolute(&image.address));
    let site = Said::thing(
        "WebSite",
        [
            ("name", text(&settings.title)),
            ("url", text(settings.absolute(""))),
            ("description", settings.description.as_deref().into()),
            ("inLanguage", text(settings.language())),
            ("image", image.into()),
        ],
    );
    part(vec![organization(plan), site], vec![settings.file.clone()])
}

/// The publisher with its address, logo and policies, which no other page repeats.
fn organization(plan: &Plan) -> Said<'_> {
    let Said::Thing(mut said) = publisher(plan) else { return Said::Nothing };
    let logo = plan.archive.imprint.logo.as_ref().map(|logo| plan.archive.settings.absolute(&logo.address));
    said.extend([("url", publisher_id(plan)), ("logo", logo.into())]);
    for (name, address) in &plan.archive.imprint.policies {
        let elsewhere = address.contains("://");
        said.push((
            name,
            if elsewhere { text(address) } else { text(plan.archive.settings.absolute(address)) },
        ));
    }
    Said::Thing(said)
}
