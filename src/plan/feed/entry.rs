//! An entry of a feed: a brief in full, or a correction. Made once, when a feed that holds it is first set, and shared
//! by all feeds and their formats. Every address in it is absolute.

use crate::archive::Link;
use crate::archive::corrections::{Told, is_told};
use crate::archive::model::Filed;
use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::slug;
use crate::plan::dates::stamp;
use crate::plan::feed::text;
use crate::plan::page::Plan;
use crate::plan::{absolute, brief, corrections, signed, xml};
use crate::read::brief::Status;
use crate::read::extras::{Extras, Media};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a `tag:` URI holds as it is (RFC 4151, section 2.1).
const IN_A_TAG: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// An entry with the digest of all that it says.
#[derive(Debug)]
pub struct Sealed {
    /// What it says.
    pub entry: Entry,
    /// The digest of that.
    pub digest: Digest,
}

/// What feeds say of a brief or a correction.
#[derive(Hash, Debug)]
pub struct Entry {
    /// What it is called for ever.
    pub id: String,
    /// Its page.
    pub address: String,
    /// The headline as plain text, marked where the brief was withdrawn.
    pub title: String,
    /// One or two sentences, as plain text.
    pub summary: Option<String>,
    /// The text in full, as HTML.
    pub html: String,
    /// When it was published.
    pub published: Stamp,
    /// When it was last changed.
    pub modified: Stamp,
    /// Its language.
    pub language: String,
    /// Its topics: slug and name.
    pub topics: Vec<(String, String)>,
    /// Who reported it: name and page.
    pub agencies: Vec<(String, String)>,
    /// Who wrote or edited it, where their names are known: name and page.
    pub authors: Vec<(String, Option<String>)>,
    /// Files that go with it.
    pub enclosures: Vec<Enclosure>,
    /// Its versions in other languages: tag and address.
    pub versions: Vec<(String, String)>,
    /// When it happened: a truncated date or a span.
    pub event: String,
    /// `published`, `developing` or `withdrawn`.
    pub status: &'static str,
    /// What was corrected: when, of which kind, and as HTML.
    pub corrections: Vec<(String, String, String)>,
}

/// A moment as formats write it.
#[derive(Hash, Debug)]
pub struct Stamp {
    /// The moment.
    pub moment: Moment,
    /// RFC 3339.
    pub iso: String,
    /// RFC 5322, for RSS.
    pub mail: String,
}

/// A file that goes with an entry.
#[derive(Hash, Debug)]
pub struct Enclosure {
    /// Its address.
    pub address: String,
    /// Its media type.
    pub kind: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its title.
    pub title: Option<String>,
    /// How long it lasts, in seconds.
    pub seconds: Option<u32>,
}

impl Stamp {
    /// A moment in the site's zone.
    pub fn new(plan: &Plan, moment: Moment) -> Stamp {
        let zone = &plan.archive.settings.zone;
        Stamp { moment, iso: zone.stamp(moment), mail: zone.mail_stamp(moment) }
    }
}

impl Sealed {
    /// Seals an entry.
    pub fn new(entry: Entry) -> Sealed {
        let digest = Digest::of_value(&entry);
        Sealed { entry, digest }
    }
}

/// The id of something of the site, for ever: a `tag:` URI (RFC 4151).
pub fn tag(plan: &Plan, of: &str) -> String {
    let settings = &plan.archive.settings;
    let mut tag = format!("tag:{},{:04}:", settings.tag_authority, settings.since);
    tag.extend(utf8_percent_encode(of, IN_A_TAG));
    tag
}

/// The id of a brief; a version in another language is another entry.
pub fn id(plan: &Plan, filed: &Filed) -> String {
    let brief = &filed.brief;
    tag_of(plan, &brief.id.text, brief.translation.then_some(&*brief.lang))
}

/// The id of the brief of an id, or of its version in a language.
pub fn tag_of(plan: &Plan, id: &str, version: Option<&str>) -> String {
    version.map_or_else(|| tag(plan, id), |language| tag(plan, &format!("{id}.{language}")))
}

/// The entry of a brief.
pub fn of_brief(plan: &Plan, filed: &Filed) -> Entry {
    let (settings, strings) = (&plan.archive.settings, &plan.archive.strings);
    let none = Extras::default();
    let extras = filed.brief.extras.as_deref().unwrap_or(&none);
    let withdrawn = filed.withdrawn();
    let title = match withdrawn {
        true => marked(plan, strings.word("withdrawn"), &filed.brief.title),
        false => filed.brief.title.clone(),
    };
    let address = settings.absolute(&filed.address);
    let summary = filed.brief.summary.as_ref().or(filed.brief.body.first_paragraph.as_ref());
    let corrections = extras.corrections.iter().filter(|_| !withdrawn);
    let corrections = corrections.filter(|one| is_told(one));
    Entry {
        id: id(plan, filed),
        title: readable(&title),
        summary: summary.filter(|_| !withdrawn).map(|html| readable(&brief::plain(html))),
        html: xml::legal(&text::of_brief(plan, filed, &address)).into_owned(),
        published: Stamp::new(plan, filed.published.from),
        modified: Stamp::new(plan, filed.modified(&settings.zone).from),
        language: filed.brief.lang.clone(),
        topics: topics(plan, filed),
        agencies: agencies(plan, filed),
        authors: authors(plan, filed),
        enclosures: if withdrawn { Vec::new() } else { enclosures(plan, filed, extras) },
        versions: plan.versions_at(&filed.address),
        event: filed.brief.event.to_string(),
        status: status(filed),
        corrections: corrections
            .map(|one| (stamp(one.date, &settings.zone), one.kind.clone(), one.text.clone()))
            .collect(),
        address,
    }
}

/// The entry of a correction: the brief's, but for what was corrected and when.
pub fn of_correction(plan: &Plan, told: Told, turn: usize) -> Entry {
    let (archive, filed) = (&plan.archive, plan.archive.filed(told.brief));
    let turn = if turn > 0 { format!("-{}", turn + 1) } else { String::new() };
    let html = format!("<p>{}</p>", corrections::text(plan, told));
    let kind = archive.strings.word(corrections::kind(plan, told));
    let title = marked(plan, kind, &filed.brief.title);
    Entry {
        id: format!("{}:corrected:{}{turn}", id(plan, filed), told.date.day),
        address: archive.settings.absolute(&filed.address),
        title: readable(&title),
        summary: None,
        html: xml::legal(&html).into_owned(),
        published: Stamp::new(plan, told.date.from),
        modified: Stamp::new(plan, told.date.from),
        language: filed.brief.lang.clone(),
        topics: topics(plan, filed),
        agencies: agencies(plan, filed),
        authors: authors(plan, filed),
        enclosures: Vec::new(),
        versions: Vec::new(),
        event: filed.brief.event.to_string(),
        status: status(filed),
        corrections: Vec::new(),
    }
}

fn marked(plan: &Plan, mark: &str, headline: &str) -> String {
    plan.archive.strings.word("marked").replace("{mark}", mark).replace("{headline}", headline)
}

/// Plain text as it may stand among others': what XML forbids is out, and no mark of direction stays open.
fn readable(plain: &str) -> String {
    let mut text = xml::legal(plain).into_owned();
    let mut open: Vec<char> = Vec::new();
    for letter in plain.chars() {
        match letter {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push('\u{202c}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            '\u{202c}' | '\u{2069}' if open.last() == Some(&letter) => _ = open.pop(),
            _ => {}
        }
    }
    text.extend(open.into_iter().rev());
    text
}

/// How far a brief is, as machines are told.
pub fn status(filed: &Filed) -> &'static str {
    match filed.brief.status {
        Status::Withdrawn => "withdrawn",
        Status::Developing => "developing",
        Status::Published | Status::Draft => "published",
    }
}

fn topics(plan: &Plan, filed: &Filed) -> Vec<(String, String)> {
    let topics = filed.topics.iter().map(|&topic| &plan.archive.topics[topic as usize]);
    topics.map(|topic| (topic.slug.clone(), readable(&topic.name))).collect()
}

fn agencies(plan: &Plan, filed: &Filed) -> Vec<(String, String)> {
    let agencies = filed.agencies.iter().map(|&agency| &plan.archive.agencies[agency as usize]);
    let page = |slug: &str| plan.archive.settings.absolute(&format!("agencies/{slug}.html"));
    agencies.map(|agency| (readable(&agency.name), page(&agency.slug))).collect()
}

/// Those whose names are known, as entries write names.
pub fn authors(plan: &Plan, filed: &Filed) -> Vec<(String, Option<String>)> {
    signed::authors(plan, filed).map(|(name, url)| (readable(name), url.map(str::to_owned))).collect()
}

fn enclosures(plan: &Plan, filed: &Filed, extras: &Extras) -> Vec<Enclosure> {
    let root = plan.archive.settings.absolute("");
    let one = |(media, (link, _)): (&Media, &(Option<Link>, Option<Link>))| {
        let link = link.as_ref()?;
        let file = link.file.as_ref()?;
        let kind = mime_guess::from_path(slug::file_name(&file.source)).first_raw()?;
        Some(Enclosure {
            address: absolute::join(&root, &link.address),
            kind: kind.to_owned(),
            size: file.size,
            title: media.title.as_ref().or(media.alt.as_ref()).map(|title| readable(title)),
            seconds: media.duration.as_ref().map(|(_, seconds)| *seconds),
        })
    };
    extras.media.iter().zip(&filed.media).filter_map(one).collect()
}
