//! Blocks that Markdown's own HTML does not give: tables that scroll, boxes, raw HTML, footnotes at the end.

use super::{Setter, escaped};
use crate::base::codes;
use crate::base::language;
use crate::read::quote::{self, Marker};
use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// The table that is open.
#[derive(Default)]
pub(super) struct Table {
    pub(super) alignments: Vec<Alignment>,
    pub(super) column: usize,
    pub(super) in_head: bool,
}

impl Table {
    /// The element of a cell.
    pub(super) fn cell(&self) -> &'static str {
        if self.in_head { "th" } else { "td" }
    }
}

/// The footnotes of a body.
#[derive(Default)]
pub(super) struct Footnotes<'a> {
    pub(super) numbers: BTreeMap<String, (usize, usize)>,
    pub(super) texts: BTreeMap<String, Vec<Event<'a>>>,
    pub(super) open: Option<(String, usize)>,
}

impl<'a> Setter<'a, '_> {
    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>) {
        let label = escaped(self.manner.strings.word("table"));
        self.raw(format!("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">"));
        self.open(Tag::Table(Vec::new()));
        self.table.alignments = alignments;
    }

    /// A cell with its alignment as a class: the pages' policy allows no style of its own.
    pub(super) fn open_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Right) => " class=\"end\"",
            Some(Alignment::Center) => " class=\"middle\"",
            _ => "",
        };
        self.table.column += 1;
        self.raw(format!("<{}{class}>", self.table.cell()));
    }

    pub(super) fn open_quote(&mut self, kind: Option<BlockQuoteKind>, span: Range<usize>) {
        self.depth += 1;
        let strings = self.manner.strings;
        let marker = match kind {
            Some(kind) => Some(Marker::github(kind_name(kind))),
            None => quote::marker(&self.markdown[span]),
        };
        let Some(marker) = marker else {
            self.quotes.push("</blockquote>\n");
            return self.raw("<blockquote>\n".to_owned());
        };
        self.quotes.push("</aside>\n");
        self.raw(marker.opening(strings));
        if kind.is_none() {
            self.skipping = true;
            self.depth += 1;
            self.out.push(Event::Start(Tag::Paragraph));
        }
    }

    pub(super) fn close_quote(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        let closing = self.quotes.pop().unwrap_or_default();
        self.raw(closing.to_owned());
    }

    pub(super) fn html(&mut self, text: CowStr<'a>, span: Range<usize>) {
        match &mut self.open_html {
            Some((gathered, _)) => gathered.push_str(&text),
            None => self.inline_html(text, span),
        }
    }

    pub(super) fn close_html(&mut self) {
        let Some((text, span)) = self.open_html.take() else { return };
        if self.manner.raw_html {
            let clean = self.sanitizer.clean(&text);
            return self.raw(clean);
        }
        if !self.is_comment(&text) {
            self.warn_html(span);
            self.out.push(Event::Start(Tag::Paragraph));
            self.out.push(Event::Text(text.trim_end().to_owned().into()));
            self.out.push(Event::End(TagEnd::Paragraph));
        }
    }

    pub(super) fn inline_html(&mut self, text: CowStr<'a>, span: Range<usize>) {
        if self.manner.raw_html {
            let clean = self.sanitizer.clean(&text);
            self.raw(clean);
        } else if !self.is_comment(&text) {
            if !text.starts_with("</") {
                self.warn_html(span);
            }
            self.gather(&text);
            self.out.push(Event::Text(text));
        }
    }

    /// A comment is the author's own: it is neither shown nor warned about.
    pub(super) fn is_comment(&self, text: &str) -> bool {
        let text = text.trim();
        text.starts_with("<!--") && text.ends_with("-->")
    }

    pub(super) fn warn_html(&mut self, span: Range<usize>) {
        let place = self.place(span.start..span.start + self.markdown[span].trim_end().len());
        let found = self.report.add(codes::RAW_HTML, place, "raw HTML is shown as text");
        found.help("write it in Markdown, or set `raw_html: true` in `site.yaml`");
    }

    pub(super) fn footnote(&mut self, label: &str) {
        let next = self.notes.numbers.len() + 1;
        let (number, uses) = self.notes.numbers.entry(label.to_owned()).or_insert((next, 0));
        *uses += 1;
        let id = if *uses == 1 { format!("ref-{number}") } else { format!("ref-{number}-{uses}") };
        let html = format!("<sup class=\"footnote\"><a href=\"#fn-{number}\" id=\"{id}\">{number}</a></sup>");
        self.raw(html);
    }

    pub(super) fn close_note(&mut self) {
        if let Some((label, at)) = self.notes.open.take() {
            let text = self.out.split_off(at);
            self.notes.texts.entry(label).or_insert(text);
        }
    }

    /// The footnotes that were referred to, in the order of their numbers.
    pub(super) fn set_notes(&mut self) {
        let mut texts = std::mem::take(&mut self.notes.texts);
        let mut order: Vec<(usize, String)> = Vec::new();
        order.extend(self.notes.numbers.iter().map(|(label, (number, _))| (*number, label.clone())));
        order.sort();
        let notes: Vec<_> =
            order.into_iter().filter_map(|(n, label)| Some((n, texts.remove(&label)?))).collect();
        if notes.is_empty() {
            return;
        }
        let strings = self.manner.strings;
        let back = escaped(strings.word("back_to_text"));
        let arrow = if language::direction(&strings.language) == "rtl" { '↪' } else { '↩' };
        self.raw("<div class=\"footnotes\"><ol>\n".to_owned());
        for (number, events) in notes {
            self.raw(format!("<li id=\"fn-{number}\">"));
            self.out.extend(events);
            self.raw(format!("<a href=\"#ref-{number}\" aria-label=\"{back}\">{arrow}</a></li>\n"));
        }
        self.raw("</ol></div>\n".to_owned());
    }
}

fn kind_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
