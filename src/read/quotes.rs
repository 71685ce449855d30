//! Quotation marks and apostrophes as a language sets them, in place of those of a typewriter. It must not know
//! what kind of text it sets.

use std::borrow::Cow;

/// The marks of a language: outer opening, outer closing, inner opening, inner closing.
#[derive(Clone, Debug)]
pub struct Quotes {
    marks: [String; 4],
}

impl Default for Quotes {
    /// “English ‘marks’”.
    fn default() -> Quotes {
        Quotes { marks: ["“", "”", "‘", "’"].map(str::to_owned) }
    }
}

/// Which quotations are open in a line of text.
#[derive(Clone, Copy, Default, Debug)]
pub struct Open {
    outer: bool,
    inner: bool,
}

/// A mark of a typewriter, and what stands around it.
#[derive(Clone, Copy, Debug)]
pub struct Straight {
    /// The letter before it.
    pub before: Option<char>,
    /// Whether it is `"`, not `'`.
    pub double: bool,
    /// Whether it looks like one that opens.
    pub opens: bool,
    /// The letter behind it.
    pub after: Option<char>,
}

impl Quotes {
    /// The marks, where there are four.
    pub fn of(marks: Vec<String>) -> Option<Quotes> {
        Some(Quotes { marks: marks.try_into().ok()? })
    }

    /// What is set in place of a mark, and kept with the particle behind it.
    pub fn set_with(&self, open: &mut Open, straight: Straight) -> String {
        let mark = self.set(open, straight);
        match straight.after {
            Some(after) if is_particle(after) && mark.ends_with(CLOSING) => format!("{mark}{JOINER}"),
            _ => mark.to_owned(),
        }
    }

    /// What is set in place of a mark.
    fn set(&self, open: &mut Open, straight: Straight) -> &str {
        let (is_open, opening) = if straight.double { (&mut open.outer, 0) } else { (&mut open.inner, 2) };
        // Within a word, and where words have no spaces between them, a mark does not show what it is: they take turns.
        let within = |before: char| is_unspaced(before) || straight.opens && before.is_alphanumeric();
        let takes_turns = straight.double && straight.before.is_some_and(within);
        let opens = if takes_turns { !*is_open } else { straight.opens };
        let closes = straight.double || *is_open && !straight.after.is_some_and(char::is_alphanumeric);
        if opens {
            *is_open = true;
            return &self.marks[opening];
        }
        if closes {
            *is_open = false;
            return &self.marks[opening + 1];
        }
        "’"
    }

    /// Text as a quotation: quotations in it get the inner marks.
    pub fn around(&self, text: &str) -> String {
        let [open, close, inner_open, inner_close] = &self.marks;
        [open, &*text.replace(&**open, inner_open).replace(&**close, inner_close), close].concat()
    }

    /// Plain text with its marks set.
    pub fn typeset(&self, text: &str) -> String {
        if !text.contains(['\'', '"']) {
            return joined(text).into_owned();
        }
        let (mut made, mut open) = (String::with_capacity(text.len() + 8), Open::default());
        let mut letters = text.chars().peekable();
        let (mut before, mut behind_opening) = (None, true);
        while let Some(letter) = letters.next() {
            if matches!(letter, '\'' | '"') {
                let opens = behind_opening || before.is_none_or(opens_behind);
                let straight =
                    Straight { before, double: letter == '"', opens, after: letters.peek().copied() };
                let was = open;
                made.push_str(self.set(&mut open, straight));
                behind_opening = open.outer && !was.outer || open.inner && !was.inner;
            } else {
                behind_opening = false;
                made.push(letter);
            }
            before = Some(letter);
        }
        joined(&made).into_owned()
    }
}

/// A text in which no line breaks between a closing mark and the Korean particle behind it: Korean parts words by spaces
/// alone, but browsers take such a mark for the end of a word.
pub fn joined(text: &str) -> Cow<'_, str> {
    // No other letters begin with these bytes than Hangul's syllables and a few of their neighbours.
    if !text.bytes().any(|byte| (0xea..=0xed).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_particle(letter) && made.ends_with(CLOSING) {
            made.push(JOINER);
        }
        made.push(letter);
    }
    Cow::Owned(made)
}

/// Marks that close a quotation in Korean.
const CLOSING: [char; 5] = ['”', '’', '」', '』', '》'];

/// Where it stands no line breaks (Unicode, U+2060).
const JOINER: char = '\u{2060}';

/// Whether a letter behind a closing mark belongs to it: a syllable of Hangul.
fn is_particle(letter: char) -> bool {
    ('\u{ac00}'..='\u{d7a3}').contains(&letter)
}

/// Whether a mark behind this letter opens.
fn opens_behind(letter: char) -> bool {
    letter.is_whitespace() || "([{—–-/“‘„‚«‹「『".contains(letter)
}

/// Whether a letter or a point is of a script that sets no spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_particle_stays_with_the_mark_before_it() {
        assert_eq!(
            joined("“기다릴 수 없다”고 말한다. “네” 하고"),
            "“기다릴 수 없다”\u{2060}고 말한다. “네” 하고"
        );
    }

    #[test]
    fn a_quotation_holds_others() {
        let around =
            |marks: [&str; 4], text| Quotes::of(marks.map(str::to_owned).into()).unwrap().around(text);
        assert_eq!(around(["“", "”", "‘", "’"], "Crane “Long Tom” stands"), "“Crane ‘Long Tom’ stands”");
        assert_eq!(around(["„", "“", "‚", "‘"], "Kran „Long Tom“ steht"), "„Kran ‚Long Tom‘ steht“");
    }

    #[test]
    fn marks_are_those_of_the_language() {
        let set = |marks: [&str; 4], text| Quotes::of(marks.map(str::to_owned).into()).unwrap().typeset(text);
        let english = ["“", "”", "‘", "’"];
        assert_eq!(set(english, r#"It's "so 'quoted'", isn't it"#), "It’s “so ‘quoted’”, isn’t it");
        assert_eq!(set(english, r#""'Yes'" ("no")"#), "“‘Yes’” (“no”)");
        assert_eq!(set(["„", "“", "‚", "‘"], r#""Das geht's 'so' nicht""#), "„Das geht’s ‚so‘ nicht“");
        assert_eq!(
            set(["«\u{a0}", "\u{a0}»", "“", "”"], r#"L'Élysée : "'oui'""#),
            "L’Élysée : «\u{a0}“oui”\u{a0}»"
        );
        assert_eq!(set(["“", "”", "‘", "’"], r#"他说"你好"。"#), "他说“你好”。");
        assert_eq!(set(["“", "”", "‘", "’"], r#""안녕"이라고"#), "“안녕”\u{2060}이라고");
    }
}
