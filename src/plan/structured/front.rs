//! The front page in the terms of schema.org: who publishes, by which rules, and the site.

use crate::plan::page::Plan;
use crate::plan::part::Part;
use crate::plan::structured::{Said, part, publisher, text};

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

/// The publisher with its policies, which no other page repeats.
fn organization(plan: &Plan) -> Said<'_> {
    let Said::Thing(mut said) = publisher(plan) else { return Said::Nothing };
    for (name, address) in &plan.archive.imprint.policies {
        let elsewhere = address.contains("://");
        said.push((
            name,
            if elsewhere { text(address) } else { text(plan.archive.settings.absolute(address)) },
        ));
    }
    Said::Thing(said)
}
