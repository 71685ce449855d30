//! Bodies with their addresses filled in, relative to the page that shows them.

use crate::archive::Link;
use crate::base::slug;
use crate::read::markdown::{Html, escaped};
use std::borrow::Cow;

/// HTML with every open address filled in, as the page at `path` needs it. A link that leads nowhere loses its
/// address, not its text.
pub fn filled<'a>(html: &'a Html, links: &[Option<Link>], path: &str) -> Cow<'a, str> {
    if html.slots.is_empty() {
        return Cow::Borrowed(&html.text);
    }
    let mut made = String::with_capacity(html.text.len() + html.slots.len() * 48);
    let mut at = 0;
    for (slot, link) in html.slots.iter().zip(links) {
        made.push_str(&html.text[at..slot.at as usize]);
        at = slot.at as usize;
        match link {
            Some(link) if slot.picture => picture(&mut made, link, path),
            Some(link) => attribute(&mut made, "href", link, path),
            None => {}
        }
    }
    made.push_str(&html.text[at..]);
    Cow::Owned(made)
}

fn picture(made: &mut String, link: &Link, path: &str) {
    attribute(made, "src", link, path);
    if let Some(size) = link.file.as_ref().and_then(|file| file.picture) {
        made.push_str(&format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
    }
}

fn attribute(made: &mut String, name: &str, link: &Link, path: &str) {
    let address = &link.address;
    let way = if address.starts_with('#') { address.clone() } else { slug::way(path, address) };
    for piece in [" ", name, "=\"", &escaped(&way), "\""] {
        made.push_str(piece);
    }
}
