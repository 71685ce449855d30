//! HTML that authors wrote, made harmless: known elements and attributes pass, the rest is shown as text, and
//! nothing can close what it did not open.

use crate::read::kind;
use crate::read::markdown::escaped;
use html5gum::{StartTag, Token, Tokenizer};

const ELEMENTS: [&str; 42] = [
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "time",
    "u",
    "ul",
];
const TABLE: [&str; 6] = ["tbody", "td", "tfoot", "th", "thead", "tr"];
const ATTRIBUTES: [&str; 9] =
    ["cite", "colspan", "datetime", "dir", "href", "id", "lang", "rowspan", "title"];
const VOID: [&str; 2] = ["br", "hr"];

/// Remembers which elements are open from one piece of HTML in a body to the next.
#[derive(Default)]
pub struct Sanitizer {
    open: Vec<String>,
}

impl Sanitizer {
    /// A piece of HTML without anything that could do harm.
    pub fn clean(&mut self, html: &str) -> String {
        let mut made = String::with_capacity(html.len());
        for token in Tokenizer::new(html) {
            match token {
                Ok(Token::StartTag(tag)) => self.start(&tag, &mut made),
                Ok(Token::EndTag(tag)) => self.end(&String::from_utf8_lossy(&tag.name), &mut made),
                Ok(Token::String(text)) => made.push_str(&escaped(&String::from_utf8_lossy(&text))),
                _ => {}
            }
        }
        made
    }

    /// What closes the elements that were left open.
    pub fn closing(&mut self) -> String {
        self.open.drain(..).rev().map(|name| format!("</{name}>")).collect()
    }

    fn start(&mut self, tag: &StartTag<()>, made: &mut String) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if !ELEMENTS.contains(&name.as_str()) && !TABLE.contains(&name.as_str()) {
            made.push_str(&format!("&lt;{}&gt;", escaped(&name)));
            return;
        }
        made.push_str(&format!("<{name}"));
        for (attribute, value) in &tag.attributes {
            let attribute = String::from_utf8_lossy(attribute);
            let value = String::from_utf8_lossy(&value.value);
            if ATTRIBUTES.contains(&&*attribute) && (!is_address(&attribute) || kind::is_url(&value)) {
                made.push_str(&format!(" {attribute}=\"{}\"", escaped(&value)));
            }
        }
        made.push('>');
        if !VOID.contains(&name.as_str()) {
            self.open.push(name);
        }
    }

    fn end(&mut self, name: &str, made: &mut String) {
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            for name in self.open.drain(at..).rev() {
                made.push_str(&format!("</{name}>"));
            }
        }
    }
}

fn is_address(attribute: &str) -> bool {
    attribute == "href" || attribute == "cite"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_html_passes() {
        let cases = [
            ("<b>x</b>", "<b>x</b>"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)"),
            ("<a href=\"javascript:x\" onclick=\"y\">z</a>", "<a>z</a>"),
            (
                "<a href=\"https://example.org/?a&amp;b\">z</a>",
                "<a href=\"https://example.org/?a&amp;b\">z</a>",
            ),
            ("</div></main><i>x", "<i>x</i>"),
        ];
        for (html, expected) in cases {
            let mut sanitizer = Sanitizer::default();
            let clean = sanitizer.clean(html) + &sanitizer.closing();
            assert_eq!(clean, expected, "{html}");
        }
    }
}
