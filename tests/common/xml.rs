//! XML read into a tree, so that a test asks for elements by name. What is not well-formed fails.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// An element.
#[derive(Default, Debug)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The text right in it.
    pub text: String,
    pub children: Vec<Element>,
}

/// Reads a document; its root.
pub fn read(bytes: &[u8]) -> Element {
    let text = std::str::from_utf8(bytes).unwrap();
    let forbidden =
        |letter: char| letter < ' ' && !"\t\n\r".contains(letter) || "\u{fffe}\u{ffff}".contains(letter);
    assert!(!text.contains(forbidden), "XML 1.0 has no place for what is here");
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_comments = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(element(&start)),
            Event::End(_) => {
                let closed = open.pop().unwrap();
                open.last_mut().unwrap().children.push(closed);
            }
            Event::Text(text) => open.last_mut().unwrap().text += &text.xml10_content(),
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().unwrap().map(String::from);
                let known =
                    || quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).map(str::to_owned);
                open.last_mut().unwrap().text += &letter.or_else(known).unwrap();
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} was not written"),
        }
    }
    let mut whole = open.pop().unwrap();
    assert!(open.is_empty() && whole.children.len() == 1, "one root, closed");
    whole.children.pop().unwrap()
}

fn element(start: &BytesStart<'_>) -> Element {
    let attribute = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let attribute = attribute.unwrap();
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned();
        (attribute.key.as_ref().to_owned(), value)
    };
    let attributes = start.attributes().map(attribute).collect();
    Element { name: start.name().as_ref().to_owned(), attributes, ..Element::default() }
}

impl Element {
    /// The children of that name.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the only child of that name.
    pub fn only(&self, name: &str) -> &str {
        let found: Vec<&Element> = self.all(name).collect();
        assert_eq!(found.len(), 1, "one `{name}` in `{}`", self.name);
        &found[0].text
    }

    /// An attribute's value, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}
