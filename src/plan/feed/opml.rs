//! The list of an edition's feeds as OPML 2.0, by kind: what a reader's program imports at once.

use crate::plan::feed::{self, Whose};
use crate::plan::page::Plan;
use crate::plan::xml::Xml;

/// Writes it.
pub fn write(plan: &Plan, out: &mut Vec<u8>) {
    let archive = &plan.archive;
    let (settings, strings) = (&archive.settings, &archive.strings);
    let mut xml = Xml::new(out);
    xml.open("opml", &[("version", "2.0")]);
    xml.open("head", &[]);
    xml.text("title", &settings.title);
    xml.text("docs", "http://opml.org/spec2.opml");
    xml.close("head");
    xml.open("body", &[]);
    [Whose::Site, Whose::Corrections].into_iter().for_each(|whose| outline(&mut xml, plan, whose));
    let topics = (0..archive.topics.len() as u32).map(Whose::Topic).collect();
    let agencies = (0..archive.agencies.len() as u32).map(Whose::Agency).collect();
    group(&mut xml, plan, strings.word("topics"), topics);
    group(&mut xml, plan, strings.word("agencies"), agencies);
    xml.close("body");
    xml.close("opml");
}

fn group(xml: &mut Xml<'_>, plan: &Plan, name: &str, feeds: Vec<Whose>) {
    if feeds.is_empty() {
        return;
    }
    xml.open("outline", &[("text", name)]);
    feeds.into_iter().for_each(|whose| outline(xml, plan, whose));
    xml.close("outline");
}

fn outline(xml: &mut Xml<'_>, plan: &Plan, whose: Whose) {
    let settings = &plan.archive.settings;
    let (name, home) = feed::name(plan, whose);
    let name = name.unwrap_or_else(|| settings.title.clone());
    let attributes = [
        ("type", "rss"),
        ("text", &*name),
        ("title", &name),
        ("language", settings.language()),
        ("xmlUrl", &settings.absolute(&format!("{}.atom", feed::stem(plan, whose)))),
        ("htmlUrl", &settings.absolute(&home)),
    ];
    xml.empty("outline", &attributes);
}
