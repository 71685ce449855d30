//! Terms: the closed vocabulary of topics and agencies, found by name, alias or slug.

use crate::base::codes::{self, Code};
use crate::base::report::{Place, Report};
use crate::base::slug;
use crate::base::spelling;
use crate::read::fields::Spanned;
use crate::read::settings::Settings;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What terms of one kind are called, and where new ones are declared.
#[derive(Clone, Copy)]
pub struct Kind {
    /// `topic` or `agency`.
    pub name: &'static str,
    /// The code for one that is unknown.
    pub unknown: Code,
    /// Where to declare a new one.
    pub declare: &'static str,
}

/// Topics.
pub const TOPIC: Kind = Kind {
    name: "topic",
    unknown: codes::UNKNOWN_TOPIC,
    declare: "declare a new one as `content/topics/slug.md` with `name: …`",
};

/// Agencies.
pub const AGENCY: Kind = Kind {
    name: "agency",
    unknown: codes::UNKNOWN_AGENCY,
    declare: "declare a new one in `content/agencies.yaml` as `- name: …`",
};

/// A vocabulary under way.
pub struct Terms {
    kind: Kind,
    /// Whether what declares terms could be read as a whole; else an unknown one may be in what could not.
    pub whole: bool,
    names: BTreeMap<String, u32>,
    /// Spellings that were looked up, so that the thousandth `Syria` is found at once.
    spelt: HashMap<String, u32>,
    shown: Vec<String>,
    /// The first name of each declared term.
    first: Vec<String>,
    /// Terms that open vocabulary let pass: name and slug, numbered after the declared ones.
    pub opened: Vec<(String, String)>,
    declared: u32,
    open: bool,
}

impl Terms {
    /// An empty vocabulary, open or closed as `site.yaml` says.
    pub fn new(kind: Kind, settings: &Settings) -> Terms {
        let open = settings.open_vocabulary;
        let (names, spelt, shown, opened) = (BTreeMap::new(), HashMap::new(), Vec::new(), Vec::new());
        Terms { kind, whole: true, names, spelt, shown, first: Vec::new(), opened, declared: 0, open }
    }

    /// Declares the next term by all of its names, each with its place.
    pub fn declare<'a>(&mut self, names: impl IntoIterator<Item = (&'a str, Place)>, report: &mut Report) {
        let mut taken = Vec::new();
        for (name, place) in names {
            if self.first.len() == self.declared as usize {
                self.first.push(name.to_owned());
            }
            let folded = slug::folded(name);
            match self.names.get(&folded) {
                Some(other) if *other != self.declared && !taken.contains(&folded) => {
                    let (kind, owner) = (self.kind.name, &self.first[*other as usize]);
                    let message = format!("`{name}` is a name of the {kind} `{owner}` already");
                    report
                        .add(codes::SAME_NAME, place, message)
                        .help("names, aliases and slugs are each of one only");
                    taken.push(folded);
                }
                Some(_) => {}
                None => {
                    self.names.insert(folded, self.declared);
                    self.shown.push(name.to_owned());
                }
            }
        }
        self.declared += 1;
    }

    /// The numbers of terms as a brief names them, each once; unknown ones are reported.
    pub fn find_all(&mut self, wanted: &[Spanned], file: &Arc<str>, report: &mut Report) -> Vec<u32> {
        let mut found = Vec::with_capacity(wanted.len());
        for spanned in wanted {
            let number = self.find(spanned, file, report);
            if let Some(number) = number.filter(|number| !found.contains(number)) {
                found.push(number);
            }
        }
        found
    }

    fn find(&mut self, wanted: &Spanned, file: &Arc<str>, report: &mut Report) -> Option<u32> {
        if let Some(number) = self.spelt.get(&wanted.text) {
            return Some(*number);
        }
        if let Some(number) = self.names.get(&slug::folded(&wanted.text)).copied() {
            self.spelt.insert(wanted.text.clone(), number);
            return Some(number);
        }
        if !self.whole {
            return None;
        }
        if self.open {
            return self.let_pass(wanted, file, report);
        }
        let message = format!("unknown {} `{}`", self.kind.name, wanted.text);
        let help = spelling::offer(&wanted.text, self.shown.iter().map(String::as_str), self.kind.declare);
        let help = if help == self.kind.declare { help } else { format!("{help} or {}", self.kind.declare) };
        report.add(self.kind.unknown, wanted.place(file), message).help(help);
        None
    }

    fn let_pass(&mut self, wanted: &Spanned, file: &Arc<str>, report: &mut Report) -> Option<u32> {
        let slug = slug::slug(&wanted.text);
        if slug.is_empty() {
            let message = format!("no address can be made of the {} `{}`", self.kind.name, wanted.text);
            report.add(codes::EMPTY_SLUG, wanted.place(file), message).help(self.kind.declare);
            return None;
        }
        if let Some(number) = self.names.get(&slug) {
            return Some(*number);
        }
        let message = format!("the {} `{}` is not declared", self.kind.name, wanted.text);
        report.add(codes::OPEN_TERM, wanted.place(file), message).help(self.kind.declare);
        let number = self.declared + self.opened.len() as u32;
        self.opened.push((wanted.text.clone(), slug.clone()));
        self.names.insert(slug::folded(&wanted.text), number);
        self.names.insert(slug, number);
        self.shown.push(wanted.text.clone());
        Some(number)
    }
}
