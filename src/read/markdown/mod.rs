//! Markdown becomes HTML with slots for the addresses that only the archive knows. It decides nothing about
//! where a link leads; it refuses what no page may carry.

mod blocks;
mod links;
mod marks;

use crate::base::codes;
use crate::base::report::{Place, Report};
use crate::base::slug;
use crate::read::fields::Spanned;
use crate::read::raw_html::Sanitizer;
use crate::read::strings::Strings;
use crate::read::text::Text;
use blocks::{Footnotes, Table};
use links::{Taken, opened};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd, html};
use std::ops::Range;
use std::sync::Arc;

/// HTML in which some addresses are still open: the attribute that names each is missing.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Html {
    /// The HTML without the open addresses.
    pub text: String,
    /// Where each belongs, in order.
    pub slots: Vec<Slot>,
}

/// An address that is still open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slot {
    /// The byte of the HTML before which its attribute belongs.
    pub at: u32,
    /// What the author wrote, and where.
    pub target: Spanned,
    /// Whether it is a picture's.
    pub picture: bool,
}

/// A body as read.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Body {
    /// What is printed.
    pub html: Html,
    /// The ids of its headings.
    pub anchors: Vec<String>,
    /// Its first paragraph, inline, without links.
    pub first_paragraph: Option<String>,
    /// The text of its `#` heading.
    pub heading: Option<Spanned>,
}

/// How a body is to be read.
pub struct Manner<'a> {
    /// The words of its language.
    pub strings: &'a Strings,
    /// Whether HTML is kept, sanitized.
    pub raw_html: bool,
    /// Whether a `#` heading may be the title.
    pub may_have_title: bool,
    /// Whether the first paragraph is wanted.
    pub want_first: bool,
}

/// Reads the body at `range` of a file.
pub fn body(text: &Text<'_>, range: Range<usize>, manner: &Manner<'_>, report: &mut Report) -> Body {
    let markdown = &text.text[range.clone()];
    let mut setter = Setter::new(text, range, manner, report);
    for (event, span) in marks::events(markdown, &manner.strings.quotes) {
        setter.event(event, span);
    }
    setter.finish()
}

/// One or more lines of Markdown as inline HTML, without links.
pub fn inline(markdown: &str, strings: &Strings) -> String {
    let keep = |event: &Event<'_>| match event {
        Event::Start(tag) => matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough),
        Event::End(tag) => matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough),
        Event::FootnoteReference(_) => false,
        _ => true,
    };
    let plain = |event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::HardBreak => Event::SoftBreak,
        event => event,
    };
    let events = marks::events(markdown, &strings.quotes).map(|(event, _)| event).filter(keep).map(plain);
    let mut made = String::with_capacity(markdown.len() + 16);
    html::push_html(&mut made, events);
    made
}

/// Sets a body: takes Markdown's events, gives those that are printed.
struct Setter<'a, 'r> {
    file: &'r Arc<str>,
    markdown: &'a str,
    base: usize,
    manner: &'r Manner<'r>,
    report: &'r mut Report,
    out: Vec<Event<'a>>,
    slots: Vec<(Spanned, bool)>,
    anchors: Vec<String>,
    taken: Taken,
    heading: Option<Spanned>,
    /// Where the open heading begins in `out`, and its text so far.
    open_heading: Option<(usize, String)>,
    /// The picture being described: its tag's opening, and its description so far.
    open_picture: Option<(String, String, Range<usize>)>,
    /// An HTML block being gathered.
    open_html: Option<(String, Range<usize>)>,
    /// What closes each open quote.
    quotes: Vec<&'static str>,
    /// While the marker of a quote is skipped.
    skipping: bool,
    depth: usize,
    first: Option<Range<usize>>,
    table: Table,
    notes: Footnotes<'a>,
    sanitizer: Sanitizer,
}

impl<'a, 'r> Setter<'a, 'r> {
    fn new(text: &'r Text<'a>, range: Range<usize>, manner: &'r Manner<'r>, report: &'r mut Report) -> Self {
        Setter {
            file: text.file,
            base: range.start,
            markdown: &text.text[range],
            manner,
            report,
            out: Vec::with_capacity(64),
            slots: Vec::new(),
            anchors: Vec::new(),
            taken: Taken::default(),
            heading: None,
            open_heading: None,
            open_picture: None,
            open_html: None,
            quotes: Vec::new(),
            skipping: false,
            depth: 0,
            first: None,
            table: Table::default(),
            notes: Footnotes::default(),
            sanitizer: Sanitizer::default(),
        }
    }

    fn event(&mut self, event: Event<'a>, span: Range<usize>) {
        if self.skipping {
            self.skip(event);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Html(text) => self.html(text, span),
            Event::InlineHtml(text) => self.inline_html(text, span),
            Event::FootnoteReference(label) => self.footnote(&label),
            Event::Text(text) => self.text(text),
            Event::Rule => self.raw("<hr>\n".to_owned()),
            Event::HardBreak => {
                self.gather(" ");
                self.raw("<br>\n".to_owned());
            }
            event => {
                self.gather(" ");
                self.out.push(event);
            }
        }
    }

    /// Drops the marker of a quote's kind, which ends with its line or paragraph.
    fn skip(&mut self, event: Event<'a>) {
        match event {
            Event::SoftBreak | Event::HardBreak => self.skipping = false,
            Event::End(TagEnd::Paragraph) => {
                self.skipping = false;
                self.depth -= 1;
                self.out.pop();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>) {
        match tag {
            Tag::Paragraph => self.paragraph(),
            Tag::Heading { level, id, .. } => self.open_heading(level, id),
            Tag::BlockQuote(kind) => self.open_quote(kind, span),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(link_type, &dest_url, &marks::printable(title), span)
            }
            Tag::Image { dest_url, title, .. } => {
                self.open_picture(&dest_url, &marks::printable(title), span);
            }
            Tag::HtmlBlock => self.open_html = Some((String::new(), span)),
            Tag::FootnoteDefinition(label) => self.notes.open = Some((label.into_string(), self.out.len())),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.open(Tag::TableHead);
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.open(Tag::TableRow);
            }
            Tag::TableCell => self.open_cell(),
            tag => self.open(tag),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.close_paragraph(),
            TagEnd::Heading(level) => self.close_heading(level, span),
            TagEnd::BlockQuote(_) => self.close_quote(),
            TagEnd::Link => self.raw("</a>".to_owned()),
            TagEnd::Image => self.close_picture(),
            TagEnd::HtmlBlock => self.close_html(),
            TagEnd::FootnoteDefinition => self.close_note(),
            TagEnd::Table => {
                self.close(TagEnd::Table);
                self.raw("</div>\n".to_owned());
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.close(TagEnd::TableHead);
            }
            TagEnd::TableCell => self.raw(format!("</{}>", self.table.cell())),
            tag => self.close(tag),
        }
    }

    fn open(&mut self, tag: Tag<'a>) {
        self.depth += 1;
        self.out.push(Event::Start(tag));
    }

    fn close(&mut self, tag: TagEnd) {
        self.depth = self.depth.saturating_sub(1);
        self.out.push(Event::End(tag));
    }

    fn raw(&mut self, html: String) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    /// Adds text to the heading or picture that is open.
    fn gather(&mut self, text: &str) {
        if let Some((_, gathered)) = &mut self.open_heading {
            gathered.push_str(text);
        }
        if let Some((_, gathered, _)) = &mut self.open_picture {
            gathered.push_str(text);
        }
    }

    fn text(&mut self, text: CowStr<'a>) {
        self.gather(&text);
        if let (Some(Event::Start(Tag::Paragraph)), Some(label)) =
            (self.out.last(), self.manner.strings.read_more(&text))
        {
            let rest = CowStr::from(text[label.len()..].to_owned());
            self.out.pop();
            self.raw(format!("<p class=\"read-more\"><b>{}</b>", escaped(label)));
            self.out.push(Event::Text(rest));
            return;
        }
        if self.open_picture.is_none() {
            self.out.push(Event::Text(text));
        }
    }

    fn paragraph(&mut self) {
        self.open(Tag::Paragraph);
        if self.depth == 1 && self.first.is_none() && self.manner.want_first && self.notes.open.is_none() {
            self.first = Some(self.out.len()..usize::MAX);
        }
    }

    fn close_paragraph(&mut self) {
        if let Some(first) = self.first.as_mut().filter(|first| first.end == usize::MAX) {
            let read_more = matches!(self.out.get(first.start - 1), Some(Event::InlineHtml(_)));
            first.end = self.out.len();
            if read_more {
                self.first = None;
            }
        }
        self.close(TagEnd::Paragraph);
    }

    fn open_heading(&mut self, level: HeadingLevel, id: Option<CowStr<'a>>) {
        self.open_heading = Some((self.out.len(), String::new()));
        self.open(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() });
    }

    fn close_heading(&mut self, level: HeadingLevel, span: Range<usize>) {
        self.close(TagEnd::Heading(level));
        let Some((at, text)) = self.open_heading.take() else { return };
        let trimmed = self.markdown[span.clone()].trim_end().len();
        let span = span.start..span.start + trimmed;
        if level == HeadingLevel::H1 {
            self.out.truncate(at);
            self.title(text, span);
            return;
        }
        if let Event::Start(Tag::Heading { id, .. }) = &mut self.out[at] {
            let wanted = id.take().map(CowStr::into_string).unwrap_or_else(|| slug::slug(&text));
            let anchor = self.taken.free(wanted);
            *id = Some(anchor.clone().into());
            self.anchors.push(anchor);
        }
    }

    fn title(&mut self, text: String, span: Range<usize>) {
        if self.manner.may_have_title && self.heading.is_none() {
            self.heading = Some(self.spanned(text, span)).filter(|heading| !heading.text.trim().is_empty());
            return;
        }
        let place = self.place(span);
        let message =
            if self.heading.is_some() { "a second `#` heading" } else { "a `#` heading beside a title" };
        let found = self.report.add(codes::SECOND_HEADING, place, message);
        found.help("crossheads begin with `##`; a page has one headline");
    }

    fn spanned(&self, text: String, span: Range<usize>) -> Spanned {
        Spanned { text, start: (self.base + span.start) as u32, end: (self.base + span.end) as u32 }
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.file, self.base + span.start..self.base + span.end)
    }

    fn finish(mut self) -> Body {
        let closing = self.sanitizer.closing();
        if !closing.is_empty() {
            self.raw(closing);
        }
        self.set_notes();
        let first_paragraph = self.first.clone().map(|range| without_links(&self.out[range]));
        let mut printed = String::with_capacity(self.markdown.len() * 3 / 2 + 64);
        html::push_html(&mut printed, self.out.into_iter());
        printed.shrink_to_fit();
        Body {
            html: opened(printed, self.slots),
            anchors: self.anchors,
            first_paragraph,
            heading: self.heading,
        }
    }
}

fn without_links(events: &[Event<'_>]) -> String {
    let mut made = String::new();
    let inline = events.iter().filter(|event| !matches!(event, Event::InlineHtml(_) | Event::Html(_)));
    html::push_html(&mut made, inline.cloned());
    made
}

/// Text that may stand in HTML, in attributes too.
pub fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => made.push_str("&amp;"),
            '<' => made.push_str("&lt;"),
            '>' => made.push_str("&gt;"),
            '"' => made.push_str("&quot;"),
            other => made.push(other),
        }
    }
    made
}
