//! A feed as Atom 1.0 (RFC 4287).

use crate::plan::feed::Feed;
use crate::plan::feed::entry::Entry;
use crate::plan::xml::Xml;

/// Writes it.
pub fn write(feed: &Feed, out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.language)]);
    xml.text("id", &feed.id);
    xml.text("title", &feed.title);
    if let Some(subtitle) = &feed.subtitle {
        xml.text("subtitle", subtitle);
    }
    xml.text("updated", &feed.updated.iso);
    let own = format!("{}.atom", feed.stem);
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home)]);
    person(&mut xml, "author", &feed.author, None);
    if let Some(rights) = &feed.rights {
        xml.text("rights", rights);
    }
    xml.text("generator", "dateline");
    feed.entries.iter().for_each(|sealed| entry(&mut xml, feed, &sealed.entry));
    xml.close("feed");
}

fn person(xml: &mut Xml<'_>, role: &str, name: &str, address: Option<&str>) {
    xml.open(role, &[]);
    xml.text("name", name);
    if let Some(address) = address {
        xml.text("uri", address);
    }
    xml.close(role);
}

fn entry(xml: &mut Xml<'_>, feed: &Feed, entry: &Entry) {
    xml.open("entry", &[("xml:lang", &entry.language)]);
    xml.text("id", &entry.id);
    xml.text("title", &entry.title);
    xml.text("published", &entry.published.iso);
    xml.text("updated", &entry.modified.iso);
    let link = |rel, language, address| {
        [("rel", rel), ("type", "text/html"), ("hreflang", language), ("href", address)]
    };
    xml.empty("link", &link("alternate", &*entry.language, &*entry.address));
    // Of several alternates some readers follow the first, some the last.
    for (language, address) in &entry.versions {
        xml.empty("link", &link("related", language, address));
    }
    for file in &entry.enclosures {
        let (size, title) = (file.size.to_string(), file.title.as_deref().unwrap_or_default());
        let mut attributes = vec![("rel", "enclosure"), ("type", &*file.kind), ("length", &*size)];
        attributes.extend(Some(("title", title)).filter(|_| !title.is_empty()));
        attributes.push(("href", &*file.address));
        xml.empty("link", &attributes);
    }
    for (name, address) in &entry.authors {
        person(xml, "author", name, address.as_deref());
    }
    for (name, address) in &entry.agencies {
        person(xml, "contributor", name, Some(address));
    }
    for (slug, name) in &entry.topics {
        xml.empty("category", &[("term", slug), ("scheme", &feed.topics), ("label", name)]);
    }
    if let Some(summary) = &entry.summary {
        xml.text("summary", summary);
    }
    xml.text_with("content", &[("type", "html")], &entry.html);
    xml.close("entry");
}
