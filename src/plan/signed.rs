//! Who signed a brief: its credit line as plain text, and those of its editors whose names are known. What programs are
//! told of people, in whatever form, is from here.

use crate::archive::model::Filed;
use crate::plan::page::Plan;

/// The credit line as plain text: `dj/cmk (AP, Reuters)`.
pub fn credit(plan: &Plan, filed: &Filed) -> String {
    let mut line = filed.brief.editors.join("/");
    let agencies = filed.agencies.iter().map(|&agency| &*plan.archive.agencies[agency as usize].name);
    let both = !line.is_empty() && !filed.agencies.is_empty();
    line.push_str(if both { " (" } else { "" });
    for (turn, name) in agencies.enumerate() {
        line.push_str(if turn > 0 { ", " } else { "" });
        line.push_str(name);
    }
    line.push_str(if both { ")" } else { "" });
    line
}

/// Name and page of each who is known by name: initials alone, which `site.yaml` does not know, are no name.
pub fn authors<'a>(plan: &'a Plan, filed: &'a Filed) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
    let known = |signed: &'a String| {
        let (name, url) = match plan.archive.settings.editors.get(signed) {
            Some(editor) => (editor.name.as_ref()?, editor.url.as_deref()),
            None => (signed, None),
        };
        (!is_initials(name)).then_some((&**name, url))
    };
    filed.brief.editors.iter().filter_map(known)
}

/// `dj`, `CMK` or `D. J.`: single letters, or up to four of one case. Scripts without case have names so short.
fn is_initials(name: &str) -> bool {
    let one_case = |part: &str| part.chars().all(char::is_lowercase) || part.chars().all(char::is_uppercase);
    let short = |part: &str, most: usize| part.chars().take(most + 1).count() <= most && one_case(part);
    let mut parts = name.split([' ', '.', '\u{a0}']).filter(|part| !part.is_empty());
    match (parts.next(), parts.next()) {
        (Some(part), None) => short(part, 4),
        (first, second) => first.into_iter().chain(second).chain(parts).all(|part| short(part, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_told_from_names() {
        for initials in ["dj", "CMK", "D. J.", "d.j.", "A B C", "юг"] {
            assert!(is_initials(initials), "{initials}");
        }
        for name in
            ["Doris Jensen", "D. Jensen", "Li Na", "Anna", "김철수", "سارة", "World in Brief", "jensen"]
        {
            assert!(!is_initials(name), "{name}");
        }
    }
}
