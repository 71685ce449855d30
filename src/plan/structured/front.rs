//! The front page in the terms of schema.org: who publishes, by which rules, and the site.

use crate::plan::page::Plan;
use crate::plan::part::Part;
use crate::plan::structured::{part, publisher, thing};
use serde_json::Value;

/// What the front page says of the site.
pub fn structured(plan: &Plan) -> Part {
    let settings = &plan.archive.settings;
    let mut organization = publisher(plan);
    for (name, address) in &plan.archive.imprint.policies {
        let elsewhere = address.contains("://");
        organization[*name] = if elsewhere { address.clone() } else { settings.absolute(address) }.into();
    }
    let site = thing(
        "WebSite",
        [
            ("name", settings.title.as_str().into()),
            ("url", settings.absolute("").into()),
            ("description", settings.description.as_deref().into()),
            ("inLanguage", settings.language().into()),
            ("image", site_image(plan)),
        ],
    );
    part(vec![organization, site], vec![settings.file.clone()])
}

fn site_image(plan: &Plan) -> Value {
    let image = plan.archive.imprint.image.as_ref();
    image.map(|image| plan.archive.settings.absolute(&image.address)).into()
}
