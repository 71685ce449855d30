//! The outline of a brief: a digest of what decides where it stands, what leads to it and where it leads. Filing
//! and the plan's list of pages use nothing else of a brief, so that two versions of it with one outline may take
//! each other's place. What only its own page and its card show (headline, summary, text, credit of editors, what
//! corrections say) is not in it. Places of mistakes are not either: a file that anything was said of is filed again.

use crate::base::date::{EventDate, Moment, Truncated, When};
use crate::base::digest::{Digest, Digester};
use crate::read::brief::Brief;
use crate::read::extras::{Correction, Extras, Media, Related, Withdrawn};
use crate::read::fields::Spanned;
use crate::read::markdown::Body;

/// The outline of a brief. Every field is named here, so that a new one cannot be forgotten.
pub fn outline(brief: &Brief) -> Digest {
    let Brief {
        file,
        id,
        slug,
        lang,
        translation,
        status,
        date,
        event,
        embargo,
        expires,
        topics,
        agencies,
        redirect_from,
        extras,
        body,
        notes,
        title: _,
        updated: _,
        editors: _,
        original: _,
        summary: _,
        place: _,
        kind: _,
        urgency: _,
        date_at: _,
    } = brief;
    let mut digester = Digester::default();
    digester.text(file).text(&id.text).text(slug).text(lang);
    digester.number(u64::from(*translation)).number(*status as u64).number(u64::from(*notes));
    add_when(&mut digester, *date);
    add_event(&mut digester, *event);
    add_moment(&mut digester, *embargo);
    add_moment(&mut digester, *expires);
    for list in [topics, agencies, redirect_from] {
        add_all(&mut digester, list.iter().map(|item| Some(&*item.text)));
    }
    add_body(&mut digester, body);
    if let Some(extras) = extras {
        add_extras(&mut digester, extras);
    }
    digester.finish()
}

/// Whether two versions of a brief, of one outline, differ in nothing but their text below its first paragraph, as far
/// as that is known: then its own page alone can show it. What the outline holds is alike but for its place in the
/// file, which moves with the text.
pub fn differ_in_text_alone(before: &Brief, after: &Brief) -> bool {
    let Brief { agencies, body: Body { html, anchors, .. }, .. } = before.clone();
    let body = Body { html, anchors, ..after.body.clone() };
    *before == Brief { agencies, body, ..after.clone() }
}

fn add_when(digester: &mut Digester, When { day, at, from }: When) {
    add_date(digester, day.into());
    add_moment(digester, at);
    add_moment(digester, Some(from));
}

fn add_event(digester: &mut Digester, EventDate { start, end }: EventDate) {
    add_date(digester, start);
    add_date(digester, end.unwrap_or(start));
    digester.number(u64::from(end.is_some()));
}

fn add_date(digester: &mut Digester, Truncated { year, month, day }: Truncated) {
    digester.number(year as u64).number(u64::from(month) << 8 | u64::from(day));
}

fn add_moment(digester: &mut Digester, moment: Option<Moment>) {
    digester.number(u64::from(moment.is_some())).number(moment.map_or(0, |moment| moment.0 as u64));
}

fn add_all<'a>(digester: &mut Digester, texts: impl ExactSizeIterator<Item = Option<&'a str>>) {
    digester.number(texts.len() as u64);
    for text in texts {
        digester.number(u64::from(text.is_some())).text(text.unwrap_or_default());
    }
}

fn add_body(digester: &mut Digester, body: &Body) {
    let Body { html, anchors, first_paragraph: _, heading: _ } = body;
    add_all(digester, html.slots.iter().map(|slot| Some(&*slot.target.text)));
    add_all(digester, html.slots.iter().map(|slot| slot.picture.then_some("")));
    add_all(digester, anchors.iter().map(|anchor| Some(&**anchor)));
}

fn add_extras(digester: &mut Digester, extras: &Extras) {
    let Extras {
        withdrawn,
        media,
        related,
        corrections,
        key_points: _,
        sources: _,
        people: _,
        places: _,
        iptc: _,
        extra: _,
    } = extras;
    let text = |spanned: &Option<Spanned>| spanned.as_ref().map(|spanned| spanned.text.clone());
    let files: Vec<Option<String>> =
        media.iter().flat_map(|Media { src, poster, .. }| [text(src), text(poster)]).collect();
    add_all(digester, files.iter().map(Option::as_deref));
    add_all(
        digester,
        related.iter().map(|related| match related {
            Related::Brief(target) => Some(&*target.text),
            Related::Outer(..) => None,
        }),
    );
    for Correction { date, kind, text: _ } in corrections {
        add_when(digester, *date);
        digester.text(kind);
    }
    if let Some(Withdrawn { date, reason: _, replaced_by }) = withdrawn {
        add_date(digester, (*date).into());
        add_all(digester, [replaced_by.as_ref().map(|target| &*target.text)].into_iter());
    }
}
