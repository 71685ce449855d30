//! A site's topics or agencies, as the arguments of commands name them: by any of their names.

use crate::archive::filing::{self, Read};
use crate::archive::terms::Terms;
use crate::base::report::Report;
use crate::read::fields::Spanned;
use anyhow::{Result, bail};
use std::sync::Arc;

/// The declared terms of one kind.
pub struct Vocabulary {
    /// Each term's name and slug.
    pub names: Vec<(String, String)>,
    terms: Terms,
}

impl Vocabulary {
    /// A site's topics.
    pub fn topics(read: &Read) -> Vocabulary {
        let names = read.topics.iter().map(|topic| (topic.name.clone(), topic.slug.clone())).collect();
        let terms =
            filing::topic_terms(&read.topics, &read.settings, (&Report::default(), &mut Report::default()));
        Vocabulary { names, terms }
    }

    /// A site's agencies.
    pub fn agencies(read: &Read) -> Vocabulary {
        let names = read.agencies.iter().map(|agency| (agency.name.clone(), agency.slug.clone())).collect();
        let terms = filing::agency_terms(
            &read.agencies,
            &read.settings,
            (&Report::default(), &mut Report::default()),
        );
        Vocabulary { names, terms }
    }

    /// The names of terms as they are declared; an error where there is no such term.
    pub fn known(&mut self, written: &[String]) -> Result<Vec<String>> {
        let (file, mut report): (Arc<str>, Report) = ("".into(), Report::default());
        let spanned = |text: &String| Spanned { text: text.clone(), start: 0, end: 0 };
        let wanted: Vec<Spanned> = written.iter().map(spanned).collect();
        let found = self.terms.find_all(&wanted, &file, &mut report);
        if let Some(unknown) = report.errors().next() {
            bail!("{}; {}", unknown.message, unknown.help.as_deref().unwrap_or_default());
        }
        Ok(found.into_iter().filter_map(|number| Some(self.term(number)?.0.clone())).collect())
    }

    /// The terms of a brief, by name and slug; one that nobody declared is called as it is written there.
    pub fn of(&mut self, written: &[Spanned]) -> Vec<(String, String)> {
        let (file, mut report): (Arc<str>, Report) = ("".into(), Report::default());
        let mut terms: Vec<(String, String)> = Vec::with_capacity(written.len());
        for one in written {
            let found = self.terms.find_all(std::slice::from_ref(one), &file, &mut report);
            let known = found.first().and_then(|number| self.term(*number));
            let term = known.cloned().unwrap_or_else(|| (one.text.clone(), String::new()));
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }

    /// A declared term, or one that open vocabulary let pass: those are numbered after the declared.
    fn term(&self, number: u32) -> Option<&(String, String)> {
        let number = number as usize;
        self.names.get(number).or_else(|| self.terms.opened.get(number - self.names.len()))
    }
}
