//! A feed as JSON Feed 1.1. What the format has no word for stands under `_dateline`.

use crate::plan::feed::Feed;
use crate::plan::feed::entry::{Enclosure, Entry};
use serde::Serialize;
use serde_json::{Value, json};

/// Writes it.
pub fn write(feed: &Feed, out: &mut Vec<u8>) {
    let author = Author { name: &feed.author, url: None };
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.home,
        feed_url: format!("{}.json", feed.stem),
        description: feed.subtitle.as_deref(),
        language: &feed.language,
        authors: vec![author],
        items: feed.entries.iter().map(|sealed| item(feed, &sealed.entry)).collect(),
    };
    serde_json::to_writer(&mut *out, &document).expect("memory takes what is written");
    out.push(b'\n');
}

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    language: &'a str,
    authors: Vec<Author<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    content_html: &'a str,
    date_published: &'a str,
    date_modified: &'a str,
    language: &'a str,
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
    _dateline: Value,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    size_in_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u32>,
}

fn item<'a>(feed: &'a Feed, entry: &'a Entry) -> Item<'a> {
    let files = &entry.enclosures;
    let attachment = |file: &'a Enclosure| Attachment {
        url: &file.address,
        mime_type: &file.kind,
        size_in_bytes: file.size,
        title: file.title.as_deref(),
        duration_in_seconds: file.seconds,
    };
    let authors = entry.authors.iter().map(|(name, url)| Author { name, url: url.as_deref() });
    Item {
        id: &entry.id,
        url: &entry.address,
        title: &entry.title,
        summary: entry.summary.as_deref(),
        content_html: &entry.html,
        date_published: &entry.published.iso,
        date_modified: &entry.modified.iso,
        language: &entry.language,
        tags: entry.topics.iter().map(|(_, name)| &**name).collect(),
        authors: authors.collect(),
        image: files.iter().find(|file| file.kind.starts_with("image/")).map(|file| &*file.address),
        attachments: files.iter().map(attachment).collect(),
        _dateline: extension(feed, entry),
    }
}

fn extension(feed: &Feed, entry: &Entry) -> Value {
    let correction = |(date, kind, html): &(String, String, String)| json!({"date": date, "kind": kind, "content_html": html});
    let version = |(language, url): &(String, String)| json!({"language": language, "url": url});
    json!({
        "about": feed.about,
        "agencies": entry.agencies.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "corrections": entry.corrections.iter().map(correction).collect::<Vec<_>>(),
        "event_date": entry.event,
        "status": entry.status,
        "versions": entry.versions.iter().map(version).collect::<Vec<_>>(),
    })
}
