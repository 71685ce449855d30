//! The credit line that pasted wire copy ends with: `dj/cmk (AP, Interfax, Reuters)`.

use crate::read::fields::Spanned;
use std::ops::Range;

/// A credit line: who edited, and which agencies reported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credit {
    /// Initials.
    pub editors: Vec<String>,
    /// Names of agencies, with their places in the file.
    pub agencies: Vec<Spanned>,
    /// Where the line begins in the file; the body ends there.
    pub start: usize,
}

/// The credit line at the end of the body at `range` of a file's text, if its last paragraph is one.
pub fn credit(text: &str, range: Range<usize>) -> Option<Credit> {
    let body = text[range.clone()].trim_end();
    let line = body.rsplit('\n').next()?;
    let start = range.start + body.len() - line.len();
    let before = text[range.start..start].strip_suffix('\n').unwrap_or_default();
    let alone = before.is_empty() || before.trim_end_matches([' ', '\t', '\r']).ends_with('\n');
    let (initials, agencies) = line.trim().strip_suffix(')')?.split_once(" (")?;
    let editors: Vec<String> = initials.split('/').map(str::to_owned).collect();
    if !alone
        || !editors.iter().all(|name| is_initials(name))
        || agencies.contains(['(', ')', '[', ']', ':', '*'])
    {
        return None;
    }
    let first = start + line.find(" (")? + 2;
    Some(Credit { editors, agencies: names(agencies, first), start })
}

/// Two to five small letters: initials as desks sign with them.
fn is_initials(name: &str) -> bool {
    (2..=5).contains(&name.len()) && name.bytes().all(|letter| letter.is_ascii_lowercase())
}

fn names(list: &str, first: usize) -> Vec<Spanned> {
    let mut at = first;
    let mut found = Vec::new();
    for piece in list.split(',') {
        let lead = piece.len() - piece.trim_start().len();
        let start = (at + lead) as u32;
        let text = piece.trim().to_owned();
        found.push(Spanned { end: start + text.len() as u32, start, text });
        at += piece.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_last_paragraph_of_its_form_is_a_credit() {
        let text = "Text.\n\ndj/cmk (AP, Reuters)\n";
        let found = credit(text, 0..text.len()).unwrap();
        assert_eq!(found.editors, ["dj", "cmk"]);
        assert_eq!(&text[found.agencies[1].start as usize..found.agencies[1].end as usize], "Reuters");
        assert_eq!(found.start, 7);
        for other in ["Text\ndj/cmk (AP)", "\n\nHe said (AP)", "\n\ndj/cmk (AP) said", "\n\ndj (see [x](y))"]
        {
            assert_eq!(credit(other, 0..other.len()), None, "{other}");
        }
    }
}
