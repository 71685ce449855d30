//! Bodies with their addresses filled in, relative to the page that shows them.

use crate::archive::Link;
use crate::read::markdown::{Html, escaped};

/// HTML with every open address filled in. A link that leads nowhere loses its address, not its text.
pub fn filled(html: &Html, links: &[Option<Link>], root: &str) -> String {
    let mut made = String::with_capacity(html.text.len() + html.slots.len() * 48);
    let mut at = 0;
    for (slot, link) in html.slots.iter().zip(links) {
        made.push_str(&html.text[at..slot.at as usize]);
        at = slot.at as usize;
        match link {
            Some(link) if slot.picture => picture(&mut made, link, root),
            Some(link) => made.push_str(&format!(" href=\"{}\"", address(link, root))),
            None => {}
        }
    }
    made.push_str(&html.text[at..]);
    made
}

fn picture(made: &mut String, link: &Link, root: &str) {
    made.push_str(&format!(" src=\"{}\"", address(link, root)));
    if let Some((_, Some(size))) = &link.file {
        made.push_str(&format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
    }
}

fn address(link: &Link, root: &str) -> String {
    if link.address.starts_with('#') {
        escaped(&link.address)
    } else {
        format!("{root}{}", escaped(&link.address))
    }
}
