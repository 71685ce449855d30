//! The marks of smart punctuation, which the parser knows in English alone, as the text's language sets them.

use crate::read::quotes::{Open, Quotes, Straight};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};
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
            Some(straight) => (Event::Text(CowStr::from(quotes.set(&mut open, straight).to_owned())), span),
            None => (Event::Text(text), span),
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

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_SMART_PUNCTUATION
}
