//! Frames: the masthead, the footer, the skip links and what is constant in the head, which are the same on every page
//! of one depth and section. They are set once for each and kept, since setting them again for every page would be most of a
//! page's cost. They are handed `root`, `here`, `front`, `site`, `words` and `assets`, and nothing of the page.

use crate::base::digest::Digest;
use crate::base::report::Report;
use crate::plan::part::{self, Value};
use crate::press::edition::Setting;
use crate::press::faults;
use std::collections::HashMap;
use std::sync::Mutex;
use tera::{Context, Tera};

/// The templates of a frame, and the names by which layouts print them: `{{ frame.masthead }}`.
pub const TEMPLATES: [(&str, &str); 5] = [
    ("policy", "partials/policy.html"),
    ("assets", "partials/assets.html"),
    ("skip", "partials/skip.html"),
    ("masthead", "partials/masthead.html"),
    ("footer", "partials/footer.html"),
];

/// What frames are handed beside `front`, which says whether the page is the front page.
pub const HANDED: [&str; 5] = ["root", "here", "site", "words", "assets"];

/// What frames differ by: the language, `root`, `here`, `front` and the digest of `site`.
type Key = (u8, String, String, bool, Digest);

/// The frames that were set.
#[derive(Default, Debug)]
pub struct Frames {
    set: Mutex<HashMap<Key, Value>>,
}

impl Frames {
    /// The frame of a page, from the page's own context; `None` when its templates fail, which the report says.
    pub fn frame(
        &self,
        tera: &Tera,
        context: &Context,
        setting: &Setting<'_>,
        report: &mut Report,
    ) -> Option<Value> {
        let page = setting.page;
        let text = |name: &str| context.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let front = page.inside() == "index.html";
        let site = setting.parts.iter().find(|(name, _)| *name == "site").map(|(_, site)| site.digest);
        let key = (page.edition, text("root"), text("here"), front, site.unwrap_or_default());
        if let Some(frame) = self.set.lock().ok().and_then(|set| set.get(&key).cloned()) {
            return Some(frame);
        }
        let mut handed = Context::new();
        handed.insert_value("front", part::flag(front));
        for name in HANDED {
            handed.insert_value(name, context.get(name).cloned().unwrap_or_else(part::none));
        }
        let mut parts = Vec::new();
        for (name, template) in TEMPLATES {
            match tera.render(template, &handed) {
                Ok(html) => parts.push((name.to_owned(), part::html(&html))),
                Err(error) => {
                    faults::printing(&error, template, &page.path, report);
                    return None;
                }
            }
        }
        let frame = part::map(parts);
        if let Ok(mut set) = self.set.lock() {
            set.insert(key, frame.clone());
        }
        Some(frame)
    }
}
