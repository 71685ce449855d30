//! What an editor wants to know of a brief's page that readers are not told.

use crate::plan::page::{Kind, Page, Plan};
use crate::read::brief::Status;

/// What an editor wants to know of a brief.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct About {
    /// Whether it is a draft.
    pub draft: bool,
    /// How many words its text has.
    pub words: usize,
}

impl Plan {
    /// What an editor wants to know of a page; `None` where it is not a brief's.
    pub fn about(&self, page: &Page) -> Option<About> {
        let Kind::Brief(number) = page.kind else { return None };
        let brief = &self.archive.filed(number).brief;
        Some(About { draft: brief.status == Status::Draft, words: words(&brief.body.html.text) })
    }
}

/// How many words an HTML text has; signs of scripts that write without spaces count one each.
fn words(html: &str) -> usize {
    let mut inside = true;
    let text: String = html
        .chars()
        .map(|letter| {
            inside = (inside || letter == '>') && letter != '<';
            if inside && letter != '>' { letter } else { ' ' }
        })
        .collect();
    let spaceless = |letter: &char| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let word = |word: &str| match word.chars().filter(spaceless).count() {
        0 => usize::from(word.chars().any(char::is_alphanumeric)),
        signs => signs,
    };
    text.split_whitespace().map(word).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_a_reader_reads() {
        assert_eq!(words("<p>One <em>two</em>, <a href=\"three four\">five</a> – six</p><p>seven</p>"), 5);
        assert_eq!(words("<p>普京和特朗普通话。</p>"), 8);
        assert_eq!(words(""), 0);
    }
}
