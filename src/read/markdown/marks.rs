//! What the parser makes of marks and references: smart punctuation, which it knows in English alone, as the text's
//! language sets it; and letters that no page may hold, which a reference can name.

use crate::read::quotes::{self, Open, Quotes, Straight};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// Markdown's events with the marks of a language, each with its place.
pub(super) fn events<'a>(
    markdown: &'a str,
    quotes: &'a Quotes,
) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    let mut open = Open::default();
    Parser::new_ext(markdown, options()).into_offset_iter().map(move |(event, span)| match event {
        Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) => {
            open = Open::default();
            (event, span)
        }
        Event::Text(text) => match straight(markdown, &text, &span) {
            Some(straight) => (Event::Text(CowStr::from(quotes.set_with(&mut open, straight))), span),
            None => (Event::Text(kept_together(printable(text))), span),
        },
        event => (event, span),
    })
}

/// The mark that the parser set in place of a typewriter's, and what the author wrote around it.
fn straight(markdown: &str, text: &str, span: &Range<usize>) -> Option<Straight> {
    let opens = matches!(text, "“" | "‘");
    let double = matches!(text, "“" | "”");
    if !opens && !matches!(text, "”" | "’") || markdown.get(span.clone())? != if double { "\"" } else { "'" }
    {
        return None;
    }
    let (before, after) = (markdown[..span.start].chars().next_back(), markdown[span.end..].chars().next());
    Some(Straight { before, double, opens, after })
}

/// A text whose closing marks stay with the particles behind them.
fn kept_together(text: CowStr<'_>) -> CowStr<'_> {
    match quotes::joined(&text) {
        Cow::Owned(joined) => joined.into(),
        Cow::Borrowed(_) => text,
    }
}

/// A text without the letters that HTML and XML forbid. Those in the source were reported: only what the parser made
/// itself, such as that of `&#1;`, is looked at.
pub(super) fn printable(text: CowStr<'_>) -> CowStr<'_> {
    if matches!(text, CowStr::Borrowed(_)) || !text.chars().any(is_forbidden) {
        return text;
    }
    text.replace(is_forbidden, "\u{fffd}").into()
}

/// Controls and noncharacters (HTML, 13.2.3.5).
fn is_forbidden(letter: char) -> bool {
    let is_space = matches!(letter, '\t' | '\n' | '\r');
    let number = letter as u32;
    letter.is_control() && !is_space || number & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&number)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_SMART_PUNCTUATION
}
