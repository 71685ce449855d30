//! Links and pictures: outer ones as they are, inner ones as slots, and none that a page may not carry; and the
//! anchors that links lead to.

use super::{Html, Setter, Slot, escaped};
use crate::base::codes;
use crate::read::fields::Spanned;
use crate::read::kind;
use pulldown_cmark::LinkType;
use std::collections::HashMap;
use std::ops::Range;

impl Setter<'_, '_> {
    pub(super) fn open_link(&mut self, kind: LinkType, target: &str, title: &str, span: Range<usize>) {
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        if kind::is_url(&target) {
            return self.raw(format!("<a href=\"{}\" rel=\"noopener\"{title}>", escaped(&target)));
        }
        if !self.inner(&target, &span) {
            return self.raw("<a>".to_owned());
        }
        let spanned = self.spanned(target, span);
        let slot = self.slot((spanned, false));
        self.raw(format!("<a{slot}{title}>"));
    }

    /// Whether an address is one inside the site; one that no page may carry is reported.
    pub(super) fn inner(&mut self, target: &str, span: &Range<usize>) -> bool {
        let scheme = target.split(['/', '#', '?']).next().is_some_and(|head| head.contains(':'));
        if !scheme && !target.starts_with("//") && !target.contains(['\\', '\0']) {
            return true;
        }
        let message = format!("a link to `{target}` is not allowed");
        let place = self.place(span.clone());
        self.report
            .add(codes::FORBIDDEN_LINK, place, message)
            .help("link to a file of the site, or by `https:`, `http:`, `mailto:` or `tel:`");
        false
    }

    pub(super) fn open_picture(&mut self, target: &str, title: &str, span: Range<usize>) {
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
        let inner = !kind::is_url(target) && self.inner(target, &span);
        if kind::is_url(target) {
            let place = self.place(span.clone());
            let message = "a picture from another site: pages show none but their own";
            self.report.add(codes::FORBIDDEN_LINK, place, message).help("put the file beside the brief");
        }
        let spanned = self.spanned(target.to_owned(), span.clone());
        let slot = if inner { self.slot((spanned, true)) } else { String::new() };
        self.open_picture = Some((format!("<img{slot}{title} loading=\"lazy\""), String::new(), span));
    }

    pub(super) fn close_picture(&mut self) {
        let Some((opening, alt, span)) = self.open_picture.take() else { return };
        if alt.trim().is_empty() {
            let place = self.place(span);
            let found = self.report.add(codes::PICTURE_WITHOUT_ALT, place, "a picture without a description");
            found.help("say what it shows: `![A convoy near Aleppo](convoy.jpg)`");
        }
        self.raw(format!("{opening} alt=\"{}\">", escaped(&alt)));
    }

    /// Keeps a place for the address of a link, or of a picture, by a mark in the HTML.
    pub(super) fn slot(&mut self, slot: (Spanned, bool)) -> String {
        self.slots.push(slot);
        format!("\0{}\0", self.slots.len() - 1)
    }
}

/// Takes the marks of the slots out of the HTML and keeps their places.
pub(super) fn opened(printed: String, targets: Vec<(Spanned, bool)>) -> Html {
    if targets.is_empty() {
        return Html { text: printed, slots: Vec::new() };
    }
    let mut html = Html { text: String::with_capacity(printed.len()), slots: Vec::new() };
    for (turn, piece) in printed.split('\0').enumerate() {
        if turn % 2 == 0 {
            html.text.push_str(piece);
        } else if let Some((target, picture)) =
            piece.parse().ok().and_then(|number: usize| targets.get(number))
        {
            let at = html.text.len() as u32;
            html.slots.push(Slot { at, target: target.clone(), picture: *picture });
        }
    }
    html
}

/// The anchors that are taken, and the turn at which each was last asked for.
#[derive(Default)]
pub(super) struct Taken(HashMap<String, usize>);

impl Taken {
    pub(super) fn free(&mut self, wanted: String) -> String {
        let base = if wanted.is_empty() { "section".to_owned() } else { wanted };
        let mut turn = self.0.get(&base).copied().unwrap_or(0) + 1;
        let numbered = |turn| if turn == 1 { base.clone() } else { format!("{base}-{turn}") };
        while turn > 1 && self.0.contains_key(&numbered(turn)) {
            turn += 1;
        }
        let anchor = numbered(turn);
        self.0.insert(base, turn);
        self.0.entry(anchor.clone()).or_insert(1);
        anchor
    }
}
