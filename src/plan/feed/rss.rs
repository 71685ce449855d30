//! A feed as RSS 2.0, with what its profile recommends: `atom:link`, `content:encoded` after `description`, and
//! people by Dublin Core, since RSS itself wants their mail addresses.

use crate::plan::feed::Feed;
use crate::plan::feed::entry::Entry;
use crate::plan::xml::Xml;

/// Writes it.
pub fn write(feed: &Feed, out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    let spaces = [
        ("version", "2.0"),
        ("xmlns:atom", "http://www.w3.org/2005/Atom"),
        ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.open("rss", &spaces);
    xml.open("channel", &[]);
    xml.text("title", &feed.title);
    xml.text("link", &feed.home);
    xml.text("description", feed.subtitle.as_deref().unwrap_or(&feed.title));
    let own = format!("{}.rss", feed.stem);
    xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &own)]);
    xml.text("language", &feed.language);
    if let Some(rights) = &feed.rights {
        xml.text("copyright", rights);
    }
    xml.text("lastBuildDate", &feed.updated.mail);
    xml.text("generator", "dateline");
    xml.text("docs", "https://www.rssboard.org/rss-specification");
    feed.entries.iter().for_each(|sealed| item(&mut xml, feed, &sealed.entry));
    xml.close("channel");
    xml.close("rss");
}

fn item(xml: &mut Xml<'_>, feed: &Feed, entry: &Entry) {
    xml.open("item", &[]);
    xml.text("title", &entry.title);
    xml.text("link", &entry.address);
    xml.text_with("guid", &[("isPermaLink", "false")], &entry.id);
    xml.text("pubDate", &entry.published.mail);
    xml.text("atom:updated", &entry.modified.iso);
    for (name, _) in &entry.authors {
        xml.text("dc:creator", name);
    }
    for (name, _) in &entry.agencies {
        xml.text("dc:contributor", name);
    }
    for (_, name) in &entry.topics {
        xml.text_with("category", &[("domain", &feed.topics)], name);
    }
    for (language, address) in &entry.versions {
        let attributes = [("rel", "related"), ("hreflang", &**language), ("href", &**address)];
        xml.empty("atom:link", &attributes);
    }
    // More than one of them confuses readers.
    if let Some(file) = entry.enclosures.first() {
        let size = file.size.to_string();
        xml.empty("enclosure", &[("url", &file.address), ("length", &size), ("type", &file.kind)]);
    }
    xml.text("description", entry.summary.as_deref().unwrap_or(&entry.title));
    xml.text("content:encoded", &entry.html);
    xml.close("item");
}
