//! What of a brief can be searched for, as plain text. A withdrawn brief has only its headline.

use crate::archive::model::{Archive, Filed};
use memchr::{memchr, memchr2};

/// How much it says of a brief that a term is found there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// In the text, which is HTML.
    Text,
    /// In a name: of its topics, its agencies, its place.
    Name,
    /// In the headline.
    Headline,
}

/// Hands over the texts of a brief, the weightiest first.
pub fn texts<'a>(archive: &'a Archive, filed: &'a Filed, mut take: impl FnMut(Weight, &'a str)) {
    let brief = &filed.brief;
    take(Weight::Headline, &brief.title);
    if filed.withdrawn() {
        return;
    }
    for &topic in &filed.topics {
        let topic = &archive.topics[topic as usize];
        take(Weight::Name, &topic.name);
        topic.aliases.iter().for_each(|alias| take(Weight::Name, &alias.text));
    }
    for &agency in &filed.agencies {
        let agency = &archive.agencies[agency as usize];
        take(Weight::Name, &agency.name);
        agency.full_name.iter().for_each(|name| take(Weight::Name, name));
        agency.aliases.iter().for_each(|alias| take(Weight::Name, &alias.text));
    }
    brief.place.iter().for_each(|place| take(Weight::Name, place));
    let points = brief.extras.iter().flat_map(|extras| &extras.key_points);
    brief.summary.iter().chain(points).for_each(|text| take(Weight::Text, text));
    take(Weight::Text, &brief.body.html.text);
}

/// Hands over the marks by which a brief is filtered: `#` and a topic's slug, `@` and an agency's.
pub fn marks<'a>(archive: &'a Archive, filed: &Filed, mut take: impl FnMut(&'static str, &'a str)) {
    filed.topics.iter().for_each(|&topic| take("#", &archive.topics[topic as usize].slug));
    filed.agencies.iter().for_each(|&agency| take("@", &archive.agencies[agency as usize].slug));
}

/// Tags that stand inside words.
const INLINE: [&str; 7] = ["a", "b", "code", "del", "em", "i", "strong"];

/// The text of our own HTML, in a buffer that is emptied first. Other tags than those inside words part them.
pub fn text<'a>(html: &str, into: &'a mut String) -> &'a str {
    into.clear();
    let mut rest = html;
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        into.push_str(&rest[..at]);
        let end = if rest.as_bytes()[at] == b'<' { b'>' } else { b';' };
        let Some(length) = memchr(end, &rest.as_bytes()[at..]) else { break };
        let inside = &rest[at + 1..at + length];
        rest = &rest[at + length + 1..];
        match end {
            b'>' => part_words(inside, into),
            _ => into.push(entity(inside)),
        }
    }
    into.push_str(rest);
    into
}

fn part_words(tag: &str, into: &mut String) {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag.bytes().position(|byte| matches!(byte, b' ' | b'/' | b'\n')).unwrap_or(tag.len());
    if !INLINE.contains(&&tag[..end]) {
        into.push(' ');
    }
}

/// What the writer of our HTML escapes; none of it belongs to a word.
fn entity(name: &str) -> char {
    match name {
        "#39" | "#x27" | "apos" => '\'',
        _ => ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_part_words_but_for_those_inside_them() {
        let mut found = String::new();
        text(
            "<p>Re<em>port</em>s of A&amp;B<sup><a>1</a></sup></p><ul><li>one</li><li>two &lt; 3</li></ul>",
            &mut found,
        );
        let words: Vec<&str> = found.split_whitespace().collect();
        assert_eq!(words, ["Reports", "of", "A", "B", "1", "one", "two", "3"]);
    }
}
