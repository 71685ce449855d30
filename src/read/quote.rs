//! Quotes that are boxes: `> [!EXPLAINER]` and its kin, which stay readable where they are not known.

use crate::base::date::{When, Zone};
use crate::read::markdown::escaped;
use crate::read::strings::Strings;

/// The kinds beyond GitHub's five.
const KINDS: [&str; 6] = ["explainer", "video", "quote", "update", "known", "unknown"];

/// The first line of such a quote: its kind, and what follows it (a duration, a time).
pub struct Marker<'a> {
    kind: &'a str,
    detail: &'a str,
}

/// The marker of a quote in Markdown, if its first line is one of ours.
pub fn marker(quote: &str) -> Option<Marker<'_>> {
    let first = quote.lines().next()?.trim_start_matches(['>', ' ']);
    let (name, detail) = first
        .strip_prefix("[!")?
        .split_once(']')
        .map(|(inside, _)| inside.split_once(' ').unwrap_or((inside, "")))?;
    let kind = KINDS.into_iter().find(|kind| kind.eq_ignore_ascii_case(name))?;
    Some(Marker { kind, detail: detail.trim() })
}

impl Marker<'_> {
    /// One of GitHub's own kinds.
    pub fn github(kind: &str) -> Marker<'_> {
        Marker { kind, detail: "" }
    }

    /// The opening of the box, with its title.
    pub fn opening(&self, strings: &Strings) -> String {
        let (kind, name) = (self.kind, escaped(strings.box_title(self.kind)));
        let detail = self.shown_detail(strings);
        format!("<aside class=\"box box-{kind}\">\n<p class=\"box-title\">{name}{detail}</p>\n")
    }

    fn shown_detail(&self, strings: &Strings) -> String {
        if self.detail.is_empty() {
            return String::new();
        }
        match When::parse(self.detail, Some(&Zone::utc())) {
            Ok(when) if self.kind == "update" => {
                let (comma, iso) = (strings.word("comma"), escaped(self.detail));
                let day = strings.day_long(when.day);
                let shown = match self.detail.get(11..16) {
                    Some(clock) => strings.moment(&day, &strings.numbers.digits(clock)),
                    None => day,
                };
                format!("{comma}<time datetime=\"{iso}\">{}</time>", escaped(&shown))
            }
            _ => format!(" <bdi>{}</bdi>", escaped(&strings.numbers.digits(self.detail))),
        }
    }
}
