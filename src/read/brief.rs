//! A brief: one short news item, one Markdown file, read and checked by itself. Whether its topics, agencies
//! and references exist is the archive's business.

use crate::base::codes;
use crate::base::date::{EventDate, Moment, When};
use crate::base::report::Report;
use crate::base::slug;
use crate::read::credit::{self, Credit};
use crate::read::extras::{self, Extras};
use crate::read::fields::{Fields, Spanned};
use crate::read::front::{self, Entry, Value};
use crate::read::markdown::{self, Body, Manner};
use crate::read::name::{self, Name};
use crate::read::settings::Settings;
use crate::read::shape::{Check, Key};
use crate::read::shapes;
use crate::read::sources::Source;
use crate::read::strings::Strings;
use crate::read::text;
use std::ops::Range;
use std::sync::Arc;

/// The folder of the briefs.
pub const FOLDER: &str = "content/briefs/";

/// The longest headline that is not warned about, in characters.
const LONG_TITLE: usize = 110;

/// How far a brief is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Built only when drafts are asked for.
    Draft,
    /// Out.
    Published,
    /// Out, and not yet the whole story.
    Developing,
    /// Keeps its address, with the reason and no body.
    Withdrawn,
}

/// One short news item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brief {
    /// The file it is from.
    pub file: Arc<str>,
    /// What feeds and data call it for ever.
    pub id: Spanned,
    /// The last part of its address.
    pub slug: String,
    /// Its language.
    pub lang: String,
    /// Whether it is a version of a brief in another language, by its file's name.
    pub translation: bool,
    /// The headline.
    pub title: String,
    /// When it was published.
    pub date: When,
    /// When the event happened.
    pub event: EventDate,
    /// When it was last updated.
    pub updated: Option<When>,
    /// What it is about; the first is primary.
    pub topics: Vec<Spanned>,
    /// Who reported it.
    pub agencies: Vec<Spanned>,
    /// Who edited or wrote it: initials or names.
    pub editors: Vec<String>,
    /// Whether it is our own reporting.
    pub original: bool,
    /// One or two sentences, as inline HTML.
    pub summary: Option<String>,
    /// The dateline's place.
    pub place: Option<String>,
    /// How far it is.
    pub status: Status,
    /// No trace of it before.
    pub embargo: Option<Moment>,
    /// No list has it after.
    pub expires: Option<Moment>,
    /// What sort of text it is.
    pub kind: String,
    /// 1 (most) to 9.
    pub urgency: u8,
    /// Whether the desk keeps notes in it.
    pub notes: bool,
    /// Old addresses.
    pub redirect_from: Vec<Spanned>,
    /// What few briefs have.
    pub extras: Option<Box<Extras>>,
    /// The text.
    pub body: Body,
    /// The `date` key's place, for what the desk says of it.
    pub date_at: Range<u32>,
}

/// What a brief is read with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The site's settings.
    pub settings: &'a Settings,
    /// The words of its default language.
    pub strings: &'a Strings,
    /// What is in the future.
    pub now: Moment,
}

/// Reads a brief.
pub fn brief(source: &Source, desk: Desk<'_>, report: &mut Report) -> Option<Brief> {
    let text = text::text(source, report)?;
    let split = front::split(&text, report)?;
    let Some(mut entries) = front::entries(&text, split.front.clone(), report) else {
        let manner = Manner {
            strings: desk.strings,
            raw_html: desk.settings.raw_html,
            may_have_title: true,
            want_first: false,
        };
        markdown::body(&text, split.body..text.text.len(), &manner, report);
        return None;
    };
    let written: Vec<(String, Range<usize>)> =
        entries.iter().map(|e| (e.name.clone(), e.at.clone())).collect();
    let mut check = Check { file: text.file, report };
    refuse_aliases(&mut entries, &mut check);
    check.entries(&mut entries, shapes::BRIEF, "a brief");
    let file = File {
        written,
        at: split.front.start..split.front.start,
        check,
        desk,
        name: name::name(&source.path, desk.settings),
    };
    let credit = credit::credit(text.text, split.body..text.text.len());
    let end = credit.as_ref().map_or(text.text.len(), |credit| credit.start);
    let manner = Manner {
        strings: desk.strings,
        raw_html: desk.settings.raw_html,
        may_have_title: !file.wrote("title"),
        want_first: !file.wrote("summary"),
    };
    let body = markdown::body(&text, split.body..end, &manner, file.check.report);
    Some(file.brief(Fields(entries), credit, body))
}

/// `aliases` means other names, everywhere; in a brief it is taken for what it is not.
fn refuse_aliases(entries: &mut Vec<Entry>, check: &mut Check<'_>) {
    if let Some(at) = entries.iter().position(|entry| entry.name == "aliases") {
        let entry = entries.remove(at);
        let found = check.found(
            codes::ALIASES_IN_BRIEF,
            entry.at,
            "`aliases` in a brief: they are other names of topics and agencies",
        );
        found.help("old addresses of a brief stand under `redirect_from`");
    }
}

/// A file under way to become a brief.
struct File<'a> {
    written: Vec<(String, Range<usize>)>,
    at: Range<usize>,
    check: Check<'a>,
    desk: Desk<'a>,
    name: Name,
}

impl File<'_> {
    fn wrote(&self, key: &str) -> bool {
        self.written.iter().any(|(name, _)| name == key)
    }

    /// Where a key stands, or the top of the front matter.
    fn at(&self, key: &str) -> Range<usize> {
        self.written.iter().find(|(name, _)| name == key).map_or(self.at.clone(), |(_, at)| at.clone())
    }

    fn brief(mut self, mut fields: Fields, credit: Option<Credit>, body: Body) -> Brief {
        let title = self.title(&mut fields, &body);
        let date_at = fields.spanned_at("date").unwrap_or_else(|| self.at("date"));
        let zone = &self.desk.settings.zone;
        let date = fields
            .spanned("date")
            .and_then(|date| self.check.when("date", &date, zone))
            .unwrap_or_else(nowhen);
        let topics = fields.spanned_list("topics");
        let signed = self.signed(&mut fields, credit);
        self.require(&topics, &signed.1, &fields);
        let status = self.status(&mut fields);
        let lang = self.lang(&mut fields);
        let (id, slug) = self.names(&mut fields);
        let updated = self.updated(&mut fields, date);
        let embargo = fields.moment("embargo");
        let expires = self.expires(&mut fields, embargo.max(Some(date.from)));
        let extras = extras::extras(&mut fields, &mut self.check, self.desk, date);
        self.check_withdrawn(status, extras.as_deref());
        Brief {
            file: self.check.file.clone(),
            id,
            slug,
            lang,
            translation: self.name.translation,
            title: title.unwrap_or_default(),
            date,
            event: fields.event("event_date").unwrap_or_else(|| date.day.into()),
            updated,
            topics,
            editors: signed.0,
            agencies: signed.1,
            original: fields.flag("original"),
            summary: fields.text("summary").map(|text| markdown::inline(&text, self.desk.strings)),
            place: fields.text("place"),
            status,
            embargo,
            expires,
            kind: fields.text("kind").unwrap_or_else(|| "brief".to_owned()),
            urgency: fields.count("urgency").unwrap_or(5) as u8,
            notes: fields.text("notes").is_some(),
            redirect_from: fields.spanned_list("redirect_from"),
            extras,
            body,
            date_at: date_at.start as u32..date_at.end as u32,
        }
    }

    fn title(&mut self, fields: &mut Fields, body: &Body) -> Option<String> {
        let written = fields.spanned("title");
        let title = written.or_else(|| body.heading.clone());
        match &title {
            Some(title) if title.text.chars().count() > LONG_TITLE => {
                let message =
                    format!("a headline of {} characters, over {LONG_TITLE}", title.text.chars().count());
                let found =
                    self.check.found(codes::LONG_TITLE, title.start as usize..title.end as usize, message);
                found.help("search engines and phones cut it off; say the rest in `summary`");
            }
            None if !self.wrote("title") => {
                let found = self.check.found(codes::NO_TITLE, self.at.clone(), "a brief needs a headline");
                found.help("add `title: …`, or begin the body with `# …`");
            }
            _ => {}
        }
        title.map(|title| self.desk.strings.typeset(&title.text))
    }

    /// Editors and agencies: the front matter's, else the credit line's.
    fn signed(&mut self, fields: &mut Fields, credit: Option<Credit>) -> (Vec<String>, Vec<Spanned>) {
        let mut editors = fields.texts("editors");
        editors.extend(fields.texts("authors"));
        let agencies = fields.spanned_list("agencies");
        match credit {
            Some(credit) => (
                if editors.is_empty() { credit.editors } else { editors },
                if self.wrote("agencies") { agencies } else { credit.agencies },
            ),
            None => (editors, agencies),
        }
    }

    fn require(&mut self, topics: &[Spanned], agencies: &[Spanned], fields: &Fields) {
        if self.name.translation {
            return;
        }
        if !self.wrote("date") {
            let found = self.check.found(codes::MISSING_KEY, self.at.clone(), "a brief needs `date`");
            found.help("add `date: 2017-11-22`, or a time such as `2017-11-22T14:30:00+01:00`");
        }
        if topics.is_empty() && !self.wrote("topics") {
            let at = self.at.clone();
            self.check
                .found(codes::MISSING_KEY, at, "a brief needs at least one topic")
                .help("add `topics: [Syria]`");
        }
        let original = fields
            .0
            .iter()
            .any(|entry| entry.name == "original" && matches!(entry.node.value, Value::Flag(true)));
        if agencies.is_empty() && !original && !self.wrote("agencies") {
            let found =
                self.check.found(codes::NO_AGENCY, self.at.clone(), "a brief needs at least one agency");
            found.help("add `agencies: [Reuters]`, or `original: true` for your own reporting");
        }
    }

    fn status(&self, fields: &mut Fields) -> Status {
        match fields.text("status").as_deref() {
            Some("draft") => Status::Draft,
            Some("developing") => Status::Developing,
            Some("withdrawn") => Status::Withdrawn,
            _ => Status::Published,
        }
    }

    fn lang(&mut self, fields: &mut Fields) -> String {
        let Some(written) = fields.spanned("lang") else {
            self.check_language(&self.name.lang.clone(), 0..0);
            return self.name.lang.clone();
        };
        self.check_language(&written.text, written.start as usize..written.end as usize);
        written.text
    }

    fn check_language(&mut self, lang: &str, span: Range<usize>) {
        let languages = &self.desk.settings.languages;
        if !languages.iter().any(|known| known == lang) {
            let message = format!("`{lang}` is not a language of this site");
            let found = self.check.found(codes::BAD_LANGUAGE, span, message);
            found.help(format!(
                "`languages` in `site.yaml` has {}",
                crate::read::kind::listed(&languages.iter().map(String::as_str).collect::<Vec<_>>())
            ));
        }
    }

    fn names(&mut self, fields: &mut Fields) -> (Spanned, String) {
        let id = fields.spanned("id").unwrap_or(Spanned { text: self.name.id.clone(), start: 0, end: 0 });
        if let Some(slug) = fields.text("slug") {
            return (id, slug);
        }
        let name = name::without_date(slug::file_name(&self.name.id));
        let Some((code, message)) = name::mistake(name) else { return (id, name.to_owned()) };
        if !self.wrote("slug") {
            let help = format!("rename the file, or add `slug: {}`", name::suggestion(name));
            self.check.found(code, 0..0, message).help(help);
        }
        (id, slug::slug(name))
    }

    fn expires(&mut self, fields: &mut Fields, out: Option<Moment>) -> Option<Moment> {
        let at = fields.spanned_at("expires")?;
        let expires = fields.moment("expires")?;
        if let Some(out) = out.filter(|out| expires <= *out) {
            let zone = &self.desk.settings.zone;
            let message =
                format!("expires at {}, and is not out before {}", zone.stamp(expires), zone.stamp(out));
            let found = self.check.found(codes::EXPIRES_BEFORE, at, message);
            found.help("write the time after which no list should have it, or take `expires` out");
        }
        Some(expires)
    }

    fn updated(&mut self, fields: &mut Fields, date: When) -> Option<When> {
        let updated = fields.spanned("updated")?;
        let when = self.check.when("updated", &updated, &self.desk.settings.zone)?;
        let before = match (when.at, date.at) {
            (Some(updated), Some(date)) => updated < date,
            _ => when.day < date.day,
        };
        if before {
            let zone = &self.desk.settings.zone;
            let (when, date) = match when.day == date.day {
                true => (zone.stamp(when.from), zone.stamp(date.from)),
                false => (when.day.to_string(), date.day.to_string()),
            };
            let message = format!("updated on {when}, before it was published on {date}");
            let found = self.check.found(
                codes::UPDATED_BEFORE,
                updated.start as usize..updated.end as usize,
                message,
            );
            found.help("`updated` is the day of the last change, never before `date`");
        }
        Some(when)
    }

    fn check_withdrawn(&mut self, status: Status, extras: Option<&Extras>) {
        let reason = extras.is_some_and(|extras| extras.withdrawn.is_some());
        if (status == Status::Withdrawn) == reason || (self.wrote("withdrawn") && !reason) {
            return;
        }
        let (at, message, help) = match reason {
            true => (
                self.at("withdrawn"),
                "`withdrawn` without `status: withdrawn`",
                "add `status: withdrawn`, or take the key out",
            ),
            false => (
                self.at("status"),
                "a withdrawn brief needs `withdrawn`",
                "add `withdrawn: {date: 2017-11-23, reason: …}`",
            ),
        };
        self.check.found(codes::WITHDRAWN, at, message).help(help);
    }
}

/// For a brief without a date: a translation's is its original's, and any other stops the press anyway.
fn nowhen() -> When {
    let day = crate::base::date::Day { year: 1970, month: 1, day: 1 };
    When { day, at: None, from: Moment(0) }
}

/// Every key that a brief may have, for those who list them.
pub fn keys() -> &'static [Key] {
    shapes::BRIEF
}
