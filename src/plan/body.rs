//! Bodies with their addresses filled in, relative to the page that shows them.

use crate::archive::Link;
use crate::read::markdown::{Html, escaped};
use std::borrow::Cow;

/// HTML with every open address filled in. A link that leads nowhere loses its address, not its text.
pub fn filled<'a>(html: &'a Html, links: &[Option<Link>], root: &str) -> Cow<'a, str> {
    if html.slots.is_empty() {
        return Cow::Borrowed(&html.text);
    }
    let mut made = String::with_capacity(html.text.len() + html.slots.len() * 48);
    let mut at = 0;
    for (slot, link) in html.slots.iter().zip(links) {
        made.push_str(&html.text[at..slot.at as usize]);
        at = slot.at as usize;
        match link {
            Some(link) if slot.picture => picture(&mut made, link, root),
            Some(link) => attribute(&mut made, "href", link, root),
            None => {}
        }
    }
    made.push_str(&html.text[at..]);
    Cow::Owned(made)
}

fn picture(made: &mut String, link: &Link, root: &str) {
    attribute(made, "src", link, root);
    if let Some(size) = link.file.as_ref().and_then(|file| file.picture) {
        made.push_str(&format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
    }
}

fn attribute(made: &mut String, name: &str, link: &Link, root: &str) {
    let root = if link.address.starts_with('#') { "" } else { root };
    for piece in [" ", name, "=\"", root, &escaped(&link.address), "\""] {
        made.push_str(piece);
    }
}
