//! XML as feeds and sitemaps are written in it: elements are opened, filled and closed in order, a line each. What
//! XML 1.0 forbids even as a reference is replaced. It knows nothing of what the elements mean.

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;

/// An attribute: its name and its value.
pub type Attribute<'a> = (&'a str, &'a str);

/// A document under way.
pub struct Xml<'a>(Writer<&'a mut Vec<u8>>);

impl<'a> Xml<'a> {
    /// Begins a document.
    pub fn new(out: &'a mut Vec<u8>) -> Xml<'a> {
        let mut xml = Xml(Writer::new(out));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.line();
        xml
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.event(Event::Start(start(name, attributes)));
        self.line();
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
        self.line();
    }

    /// An element that holds only text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// An element that holds only text, with attributes.
    pub fn text_with(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.event(Event::Start(start(name, attributes)));
        self.event(Event::Text(BytesText::from_escaped(partial_escape(legal(text)))));
        self.close(name);
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.event(Event::Empty(start(name, attributes)));
        self.line();
    }

    fn event(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("memory takes what is written");
    }

    fn line(&mut self) {
        self.0.get_mut().push(b'\n');
    }
}

fn start<'a>(name: &'a str, attributes: &[Attribute<'_>]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*legal(value)));
    }
    start
}

/// Text in which each character that XML 1.0 (section 2.2) has no place for is a replacement character.
pub fn legal(text: &str) -> Cow<'_, str> {
    if text.bytes().fold(true, |legal, byte| legal & is_surely_legal(byte)) || text.chars().all(is_legal) {
        return Cow::Borrowed(text);
    }
    let legal = |letter| if is_legal(letter) { letter } else { char::REPLACEMENT_CHARACTER };
    Cow::Owned(text.chars().map(legal).collect())
}

/// Whether a byte can be of no character that XML forbids: those are below a space, or U+FFFE and U+FFFF.
fn is_surely_legal(byte: u8) -> bool {
    (byte >= b' ') & (byte != 0xef) | (byte == b'\n') | (byte == b'\t')
}

/// A carriage return is legal, and every parser makes a line feed of it; here it is none of our lines.
fn is_legal(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_replaced_and_the_rest_escaped() {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out);
        xml.open("a", &[("b", "\"<&>\u{1}")]);
        xml.text("c", "]]> \u{0}\u{b}\u{fffe}\u{ffff} \u{1f600} é\t</c>");
        xml.close("a");
        let text = String::from_utf8(out).unwrap();
        let wanted = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"&quot;&lt;&amp;&gt;\u{fffd}\">\n\
                      <c>]]&gt; \u{fffd}\u{fffd}\u{fffd}\u{fffd} \u{1f600} é\t&lt;/c&gt;</c>\n</a>\n";
        assert_eq!(text, wanted);
    }
}
