//! A source's bytes as text: UTF-8, without a byte order mark, without control characters.

use crate::base::codes;
use crate::base::report::{Place, Report};
use crate::read::sources::{Source, Trouble};
use std::sync::Arc;

/// How many letters that have no place in a text are reported of a file.
const MOST_LETTERS: usize = 10;

/// A text file in hand, with the file it is of and the report of what is wrong with it.
pub struct Text<'a> {
    /// The path from the site's root.
    pub file: &'a Arc<str>,
    /// The whole file, a byte order mark included, so that spans are the file's own.
    pub text: &'a str,
    /// Where the text begins: behind a byte order mark.
    pub start: usize,
}

/// The text of a source, or what is wrong with it in the report.
pub fn text<'a>(source: &'a Source, report: &mut Report) -> Option<Text<'a>> {
    if let Some(trouble) = &source.trouble {
        report_trouble(&source.path, trouble, report);
        return None;
    }
    let bytes = source.bytes.as_ref()?;
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            lint(&source.path, text, report);
            let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
            Some(Text { file: &source.path, text, start })
        }
        Err(error) => {
            let at = error.valid_up_to();
            let place = Place::new(&source.path, at..at + 1);
            let message = format!("byte {} is not UTF-8", at + 1);
            report.add(codes::NOT_UTF8, place, message).help("save the file as UTF-8");
            None
        }
    }
}

/// Reports why a source could not be taken.
pub fn report_trouble(file: &Arc<str>, trouble: &Trouble, report: &mut Report) {
    let place = Place::whole(file);
    match trouble {
        Trouble::NotAFile(what) => report
            .add(codes::NOT_A_FILE, place, format!("`{file}` is {what}, which is never followed or read"))
            .help("put the file itself here"),
        Trouble::Unreadable(why) => report
            .add(codes::UNREADABLE, place, format!("cannot read `{file}`: {why}"))
            .help("give yourself the right to read it, or move it out of the site"),
        Trouble::Name => report
            .add(codes::FILE_NAME, place, format!("the name of `{file}` cannot be used"))
            .help("use letters, digits, hyphens and dots"),
        Trouble::TooLarge => report
            .add(codes::TOO_LARGE, place, format!("`{file}` is over 5 MiB"))
            .help("split the text, or put the file into `static/` where it is copied as it is"),
    };
}

/// A control character other than a tab or a line break.
pub fn is_forbidden(letter: char) -> bool {
    letter.is_ascii_control() && !matches!(letter, '\n' | '\r' | '\t')
}

/// An invisible character that turns the direction of writing.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Reports a letter that has no place in a text; whether it was one.
pub fn lint_letter(letter: char, place: impl FnOnce() -> Place, report: &mut Report) -> bool {
    let number = letter as u32;
    if is_forbidden(letter) {
        report.add(codes::CONTROL, place(), format!("control character U+{number:04X}")).help("remove it");
    } else if turns(letter) {
        let message = format!("invisible direction character U+{number:04X}");
        report.add(codes::BIDI, place(), message).help("remove it: letters know their direction themselves");
    } else {
        return false;
    }
    true
}

/// Whether any byte could belong to a letter that has no place in a text. Every byte is looked at without a
/// branch, so that the compiler can look at many at once.
fn has_suspects(bytes: &[u8]) -> bool {
    let control =
        |byte: u8| (byte < 0x20) & (byte != b'\n') & (byte != b'\r') & (byte != b'\t') | (byte == 0x7f);
    let turning = |a: u8, b: u8, c: u8| {
        let one = (b == 0x80) & (0xaa..=0xae).contains(&c);
        let other = (b == 0x81) & (0xa6..=0xa9).contains(&c);
        (a == 0xe2) & (one | other)
    };
    let triples = bytes.iter().zip(bytes.iter().skip(1)).zip(bytes.iter().skip(2));
    bytes.iter().fold(false, |found, byte| found | control(*byte))
        | triples.fold(false, |found, ((a, b), c)| found | turning(*a, *b, *c))
}

/// Characters that have no place in a text: control characters, and those that turn the direction of writing.
/// Only the first are reported; a file full of them is no text.
fn lint(file: &Arc<str>, text: &str, report: &mut Report) {
    if !has_suspects(text.as_bytes()) {
        return;
    }
    let mut found = 0;
    for (at, letter) in text.char_indices() {
        let place = || Place::new(file, at..at + letter.len_utf8());
        found += usize::from(lint_letter(letter, place, report));
        if found == MOST_LETTERS {
            return;
        }
    }
}
