//! The text of an entry in full, as HTML that stands alone: key points, body, media, credit, what was corrected.

use crate::archive::Link;
use crate::archive::corrections::is_told;
use crate::archive::model::Filed;
use crate::plan::page::Plan;
use crate::plan::{absolute, body, signed};
use crate::read::extras::{Extras, Media};
use crate::read::markdown::escaped;

/// The text of a brief; `address` is its page's.
pub fn of_brief(plan: &Plan, filed: &Filed, address: &str) -> String {
    let none = Extras::default();
    let extras = filed.brief.extras.as_deref().unwrap_or(&none);
    let mut made = String::with_capacity(filed.brief.body.html.text.len() + 512);
    if filed.withdrawn() {
        withdrawal(plan, filed, extras, &mut made);
        credit(plan, filed, &mut made);
        return made;
    }
    if !extras.key_points.is_empty() {
        made.push_str("<ul>");
        extras.key_points.iter().for_each(|point| element(&mut made, "li", point));
        made.push_str("</ul>\n");
    }
    let text = body::filled(&filed.brief.body.html, &filed.links, &filed.address);
    made.push_str(&absolute::html(&text, &escaped(address)));
    for (media, (file, poster)) in extras.media.iter().zip(&filed.media) {
        medium(plan, (media, file.as_ref(), poster.as_ref()), &mut made);
    }
    credit(plan, filed, &mut made);
    corrections(plan, extras, &mut made);
    made
}

fn element(made: &mut String, name: &str, html: &str) {
    for piece in ["<", name, ">", html, "</", name, ">"] {
        made.push_str(piece);
    }
}

fn paragraph(made: &mut String, html: &str) {
    element(made, "p", html);
    made.push('\n');
}

fn withdrawal(plan: &Plan, filed: &Filed, extras: &Extras, made: &mut String) {
    let strings = &plan.archive.strings;
    if let Some(withdrawn) = &extras.withdrawn {
        let on = strings.word("withdrawn_on").replace("{date}", &strings.day_long(withdrawn.date));
        paragraph(made, &format!("<strong>{}</strong>", escaped(&on)));
        paragraph(made, &escaped(&withdrawn.reason));
    }
    if let Some(other) = filed.replaced_by.map(|number| plan.archive.filed(number)) {
        let address = escaped(&plan.archive.settings.absolute(&other.address));
        let (word, title) = (escaped(strings.word("replaced_by")), escaped(&other.brief.title));
        paragraph(made, &format!("{word} <a href=\"{address}\">{title}</a>"));
    }
}

/// Pictures are shown; sound and film are links.
fn medium(plan: &Plan, (media, file, poster): (&Media, Option<&Link>, Option<&Link>), made: &mut String) {
    let (settings, strings) = (&plan.archive.settings, &plan.archive.strings);
    let address = |link: &Link| escaped(&absolute::join(&settings.absolute(""), &link.address));
    let optional = |text: &Option<String>| text.as_deref().map(escaped).unwrap_or_default();
    let credit = media.credit.as_ref().map(|credit| match &*media.kind {
        "image" => strings.word("photo_credit").replace("{credit}", credit),
        _ => credit.clone(),
    });
    let lines = [optional(&media.caption), optional(&credit)].into_iter().filter(|line| !line.is_empty());
    let caption = lines.collect::<Vec<_>>().join(" · ");
    made.push_str("<figure>");
    let picture = if media.kind == "image" { file } else { poster };
    if let Some(link) = picture {
        let size = link.file.as_ref().and_then(|file| file.picture);
        let size = size.map(|size| format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
        let (size, alt) = (size.unwrap_or_default(), optional(&media.alt));
        made.push_str(&format!("<img src=\"{}\"{size} alt=\"{alt}\">", address(link)));
    }
    if media.kind != "image" {
        let title = media.title.as_deref().unwrap_or_else(|| strings.word(&media.kind));
        let title = escaped(&strings.typeset(title));
        let goal = file.map(address).or_else(|| media.url.as_deref().map(escaped));
        let linked = goal.map_or(title.clone(), |goal| format!("<a href=\"{goal}\">{title}</a>"));
        paragraph(made, &linked);
    }
    if !caption.is_empty() {
        element(made, "figcaption", &caption);
    }
    made.push_str("</figure>\n");
}

/// `dj/cmk (AP, Reuters)`, as on the page.
fn credit(plan: &Plan, filed: &Filed, made: &mut String) {
    let own = plan.archive.strings.word("own_reporting");
    let line = match signed::credit(plan, filed) {
        line if !filed.agencies.is_empty() => line,
        line if line.is_empty() => own.to_owned(),
        editors => format!("{editors} · {own}"),
    };
    paragraph(made, &escaped(&line));
}

fn corrections(plan: &Plan, extras: &Extras, made: &mut String) {
    let strings = &plan.archive.strings;
    for one in extras.corrections.iter().filter(|one| is_told(one)) {
        let dated = strings.word("dated").replace("{what}", strings.word(&one.kind));
        let dated = dated.replace("{date}", &strings.day_long(one.date.day));
        paragraph(made, &format!("<strong>{}</strong> {}", escaped(&dated), one.text));
    }
}
