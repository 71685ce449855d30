//! The links of a page as they must be where they are read elsewhere: absolute. The HTML is our own: each `<` in it
//! begins a tag, and attributes stand in double quotes.

/// The attributes that hold an address.
const ADDRESSES: [&str; 4] = [" href=\"", " src=\"", " poster=\"", " cite=\""];

/// HTML whose addresses are absolute; `page` is the absolute address of the page that it is from.
pub fn html(html: &str, page: &str) -> String {
    let mut made = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let end = end_of_tag(&rest[open..]) + open;
        made.push_str(&rest[..open]);
        tag(&rest[open..end], page, &mut made);
        rest = &rest[end..];
    }
    made + rest
}

/// Where a tag ends: after the first `>` that stands in no quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    let closes = |(_, letter): &(usize, u8)| {
        quoted ^= *letter == b'"';
        *letter == b'>' && !quoted
    };
    text.bytes().enumerate().find(closes).map_or(text.len(), |(at, _)| at + 1)
}

fn tag(tag: &str, page: &str, made: &mut String) {
    if !tag.contains('"') {
        return made.push_str(tag);
    }
    let mut rest = tag;
    let first = |text: &str| ADDRESSES.iter().filter_map(|name| Some(text.find(name)? + name.len())).min();
    while let Some(at) = first(rest) {
        let end = rest[at..].find('"').map_or(rest.len(), |length| at + length);
        made.push_str(&rest[..at]);
        made.push_str(&join(page, &rest[at..end]));
        rest = &rest[end..];
    }
    made.push_str(rest);
}

/// The address that a link on a page leads to (RFC 3986, section 5.2, as far as our pages go).
pub fn join(page: &str, link: &str) -> String {
    let scheme = link.find(':').is_some_and(|at| !link[..at].contains(['/', '#', '?']));
    if scheme || link.starts_with("//") {
        return link.to_owned();
    }
    if link.starts_with('#') || link.is_empty() {
        return format!("{page}{link}");
    }
    let host = page.find("://").map_or(0, |at| at + 3);
    let root = page[host..].find('/').map_or(page.len(), |at| host + at);
    if link.starts_with('/') {
        return format!("{}{link}", &page[..root]);
    }
    let (mut folder, mut rest) = (&page[..page.rfind('/').map_or(root, |at| at.max(root))], link);
    loop {
        match rest.split_once('/') {
            Some(("..", after)) => {
                folder = &folder[..folder.rfind('/').map_or(root, |at| at.max(root))];
                rest = after;
            }
            Some((".", after)) => rest = after,
            _ => return format!("{folder}/{rest}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_joined_to_the_page() {
        let join = |link| join("https://a.example:8/b/c/d.html", link);
        assert_eq!(join("e.html"), "https://a.example:8/b/c/e.html");
        assert_eq!(join("../../e/f.html#g"), "https://a.example:8/e/f.html#g");
        assert_eq!(join("../../../../e"), "https://a.example:8/e");
        assert_eq!(join("#fn-1"), "https://a.example:8/b/c/d.html#fn-1");
        assert_eq!(join("/x"), "https://a.example:8/x");
        assert_eq!(join("./x"), "https://a.example:8/b/c/x");
        for same in ["mailto:a@b.example", "https://c.example/", "//c.example/d", "tel:+1"] {
            assert_eq!(join(same), same);
        }
        assert_eq!(super::join("https://a.example/", "b:c/d"), "b:c/d");
    }

    #[test]
    fn only_attributes_of_tags_are_addresses() {
        let made =
            html("x href=\"y\" <a title=\"&gt; >\" href=\"y\">src=\"z\"</a><img src=\"p.png\">", "h://i/j");
        assert_eq!(
            made,
            "x href=\"y\" <a title=\"&gt; >\" href=\"h://i/y\">src=\"z\"</a><img src=\"h://i/p.png\">"
        );
    }
}
