//! The shapes of everything a desk writes, key by key: briefs, topics, agencies, standing pages and `site.yaml`.
//! The reader checks by them, and whatever else must know the keys (schemas, completion) is made from them.

use crate::read::kind::{Kind, Known};
use crate::read::shape::{Condition, Key};

const LINES: Kind = Kind::List(&Kind::Line, usize::MAX);
const TOPICS: Kind = Kind::List(&Kind::Known(Known::Topic), usize::MAX);
const AGENCIES: Kind = Kind::List(&Kind::Known(Known::Agency), usize::MAX);
const EDITORS: Kind = Kind::List(&Kind::Known(Known::Editor), usize::MAX);
const HOSTS: Kind = Kind::List(&Kind::Host, usize::MAX);
const PATHS: Kind = Kind::List(&Kind::Path, usize::MAX);
const ANYTHING: Kind = Kind::Map(&Kind::Any);
const LONG: usize = 20_000;

/// The longest summary, in characters.
pub const SUMMARY: usize = 400;

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    let (needed, allowed) = (Condition::Never, Condition::Always);
    Key { name, kind, about, needed, allowed, usual: None }
}

/// A key that a map must have.
const fn need(name: &'static str, kind: Kind, about: &'static str) -> Key {
    key(name, kind, about).needed(Condition::Always)
}

/// A brief's front matter.
pub const BRIEF: &[Key] = &[
    key("title", Kind::Line, "the headline"),
    need("date", Kind::When, "when it was published"),
    need("topics", TOPICS, "what it is about; the first is primary"),
    key("agencies", AGENCIES, "who reported it, in the order of the credit"),
    key("summary", Kind::Text(SUMMARY), "one or two sentences"),
    key("event_date", Kind::Event, "when it happened"),
    key("updated", Kind::When, "when it was last updated"),
    key("editors", EDITORS, "initials or names"),
    key("authors", EDITORS, "initials or names"),
    key("place", Kind::Line, "the dateline's place"),
    key("slug", Kind::Slug, "the last part of the address"),
    key("id", Kind::Line, "what feeds and data call it for ever"),
    key("lang", Kind::Known(Known::Language), "its language"),
    key("redirect_from", PATHS, "old addresses"),
    key("status", Kind::Choice(&["draft", "published", "developing", "withdrawn"]), "how far it is")
        .usually("published"),
    key("withdrawn", Kind::Record(WITHDRAWN), "why and when it was withdrawn")
        .needed(IS_WITHDRAWN)
        .allowed(IS_WITHDRAWN),
    key("embargo", Kind::Moment, "no trace of it before"),
    key("expires", Kind::Moment, "no list has it after"),
    key("original", Kind::Flag, "our own reporting").usually("false"),
    key(
        "kind",
        Kind::Choice(&["brief", "report", "analysis", "background", "explainer", "opinion", "live"]),
        "what sort of text it is",
    )
    .usually("brief"),
    key("urgency", Kind::Count(1, 9), "1 is most urgent").usually("5"),
    key("key_points", Kind::List(&Kind::Text(500), 5), "at most five"),
    key("corrections", Kind::List(&Kind::Record(CORRECTION), usize::MAX), "what was changed, and when"),
    key("media", Kind::List(&Kind::Record(MEDIA), usize::MAX), "images, videos and audio"),
    key("related", Kind::List(&Kind::TextOr(RELATED), usize::MAX), "recommended briefs or pages"),
    key("sources", Kind::List(&Kind::Record(SOURCE), usize::MAX), "documents it rests on"),
    key("people", LINES, "people it names"),
    key("places", LINES, "places it names"),
    key("iptc", Kind::List(&Kind::MediaTopic, usize::MAX), "IPTC Media Topic numbers"),
    key("notes", Kind::Text(LONG), "the desk's own; in no output"),
    key("extra", ANYTHING, "handed to templates as it is"),
];

const IS_WITHDRAWN: Condition = Condition::Where("status", &["withdrawn"]);
const IS_IMAGE: Condition = Condition::Where("kind", &["image"]);

const WITHDRAWN: &[Key] = &[
    need("date", Kind::Day, "the day it was withdrawn"),
    need("reason", Kind::Text(LONG), "why"),
    key("replaced_by", Kind::Line, "the brief that replaces it"),
];

const CORRECTION: &[Key] = &[
    need("date", Kind::When, "when it was corrected"),
    key(
        "kind",
        Kind::Choice(&["correction", "clarification", "update", "refile"]),
        "what sort of change it is",
    )
    .usually("correction"),
    need("text", Kind::Text(LONG), "what was wrong and what is right"),
];

/// An image, a video or audio of a brief.
pub const MEDIA: &[Key] = &[
    need("kind", Kind::Choice(&["image", "video", "audio"]), "what it is"),
    key("title", Kind::Line, "its title").needed(Condition::Where("kind", &["video", "audio"])),
    key("src", Kind::Line, "a file beside the brief, or `/…` in static/")
        .needed(IS_IMAGE)
        .allowed(Condition::Without("url")),
    key("url", Kind::Url, "where it can be seen elsewhere"),
    key("duration", Kind::Duration, "minutes and seconds"),
    key("poster", Kind::Line, "a still, as `src`"),
    key("alt", Kind::Text(LONG), "what an image shows").needed(IS_IMAGE),
    key("caption", Kind::Text(LONG), "the line below"),
    key("credit", Kind::Line, "whose it is").needed(IS_IMAGE),
    key("transcript", Kind::Text(LONG), "what is said in it"),
];

const RELATED: &[Key] = &[need("title", Kind::Line, "its title"), need("url", Kind::Url, "its address")];

const SOURCE: &[Key] = &[
    need("name", Kind::Line, "what it is called"),
    key("url", Kind::Url, "where it is"),
    key("kind", Kind::Line, "what sort of document"),
    key("accessed", Kind::Day, "when it was read"),
];

/// A topic's front matter.
pub const TOPIC: &[Key] = &[
    need("name", Kind::ByLanguage, "its name"),
    key("aliases", LINES, "other names"),
    key("wikidata", Kind::Item, "its item in Wikidata"),
    key("iptc", Kind::MediaTopic, "its IPTC Media Topic number"),
    key("order", Kind::Count(1, 10_000), "its place in the bar and on the front page"),
    key("status", Kind::Choice(&["escalating", "stable", "easing", "frozen"]), "how the matter stands"),
    key("status_date", Kind::Day, "since when"),
    key("key_dates", Kind::List(&Kind::Record(KEY_DATE), usize::MAX), "dates to know"),
    key("image", Kind::Line, "a picture in static/"),
    key("reviewed", Kind::Day, "when the backgrounder was last checked"),
    key("redirect_from", PATHS, "old addresses; they carry its periods too"),
    key("extra", ANYTHING, "handed to templates as it is"),
];

const KEY_DATE: &[Key] = &[need("date", Kind::Event, "the date"), need("text", Kind::Line, "what happened")];

/// An agency in `agencies.yaml`.
pub const AGENCY: &[Key] = &[
    need("name", Kind::ByLanguage, "its name in credits"),
    key("full_name", Kind::ByLanguage, "its full name"),
    key("slug", Kind::Slug, "the last part of its address"),
    key("aliases", LINES, "other names"),
    key("country", Kind::ByLanguage, "where it sits"),
    key("founded", Kind::Count(1, 9999), "the year"),
    key(
        "kind",
        Kind::Choice(&["cooperative", "public", "private", "state", "intergovernmental"]),
        "who owns it",
    ),
    key("url", Kind::Url, "its site"),
    key("wikidata", Kind::Item, "its item in Wikidata"),
    key("note", Kind::Text(LONG), "a line on it"),
    key("redirect_from", PATHS, "old addresses"),
];

/// A standing page's front matter.
pub const STANDING: &[Key] = &[
    key("title", Kind::ByLanguage, "its title"),
    key("nav", Kind::Count(0, 10_000), "its place in the footer"),
    key("slug", Kind::Slug, "its address"),
    key("redirect_from", PATHS, "old addresses"),
];

/// `site.yaml`.
pub const SITE: &[Key] = &[
    need("title", Kind::ByLanguage, "the site's name"),
    need("base_url", Kind::Home, "where it will be published"),
    need("languages", Kind::List(&Kind::Language, usize::MAX), "the first is the default"),
    key("description", Kind::ByLanguage, "one sentence on the site"),
    key("section", Kind::ByLanguage, "the second half of the masthead"),
    key("time_zone", Kind::Zone, "in which a day is a day").usually("UTC"),
    key("since", Kind::Count(1, 9999), "the year in permanent ids"),
    key("title_format", Kind::Line, "the form of a page's title"),
    key("editors", Kind::Map(&Kind::Record(EDITOR)), "initials and who they are"),
    key("publisher", Kind::Record(PUBLISHER), "who publishes"),
    key("licence", Kind::Line, "under which the texts stand"),
    key("vocabulary", Kind::Choice(&["closed", "open"]), "whether unknown topics are errors")
        .usually("closed"),
    key("raw_html", Kind::Flag, "whether HTML in bodies is kept, sanitized").usually("false"),
    key("feeds", Kind::Record(&[key("items", Kind::Count(1, 500), "how many a feed holds")]), "feeds"),
    key("period_limit", Kind::Count(1, 100_000), "the most briefs on a page of a period").usually("500"),
    key("ninjs", Kind::Flag, "whether each brief is also written as ninjs"),
    key("image", Kind::Line, "the social picture, in static/"),
    key("lead", Kind::Line, "the brief that leads the front page"),
    key("nav", Kind::List(&Kind::Record(RELATED), usize::MAX), "further links"),
    key("tag_authority", Kind::Line, "the host in permanent ids"),
    key("embargo_links", Kind::Choice(&["error", "text"]), "what a link to an embargoed brief becomes")
        .usually("error"),
    key("policy", HOSTS, "hosts added to the pages' policy"),
    key("corrections_position", Kind::Choice(&["bottom", "top"]), "where correction boxes stand")
        .usually("bottom"),
    key("search", Kind::Flag, "whether there is a search page"),
    key("read_more", Kind::Map(&Kind::Line), "labels by language"),
    key("extra", ANYTHING, "handed to templates as it is"),
];

const EDITOR: &[Key] = &[
    key("name", Kind::Line, "the name in full"),
    key("url", Kind::Url, "a page on them"),
    key("role", Kind::Line, "what they do"),
];

const PUBLISHER: &[Key] = &[
    key("name", Kind::ByLanguage, "its name"),
    key("url", Kind::Url, "its site"),
    key("logo", Kind::Line, "a picture in static/"),
    key("policies", Kind::Record(POLICIES), "pages, or addresses, by their names in schema.org"),
];

/// What a publisher may have rules for, by the names of `NewsMediaOrganization` in schema.org.
pub const POLICIES: &[Key] = &[
    key("actionableFeedbackPolicy", Kind::Line, "how readers are heard"),
    key("correctionsPolicy", Kind::Line, "how mistakes are put right"),
    key("diversityPolicy", Kind::Line, "how many voices are sought"),
    key("diversityStaffingReport", Kind::Line, "who works there"),
    key("ethicsPolicy", Kind::Line, "what is done and what is not"),
    key("masthead", Kind::Line, "who is responsible"),
    key("missionCoveragePrioritiesPolicy", Kind::Line, "what it is for"),
    key("noBylinesPolicy", Kind::Line, "why authors are not named"),
    key("ownershipFundingInfo", Kind::Line, "whose it is, and who pays"),
    key("publishingPrinciples", Kind::Line, "the rules of the house"),
    key("unnamedSourcesPolicy", Kind::Line, "when sources are not named"),
    key("verificationFactCheckingPolicy", Kind::Line, "how facts are checked"),
];
