//! The briefs of a round: those whose files are as they were are kept, the others are read. The first round
//! reads all of them by the same way.

use crate::archive::outline;
use crate::base::date::Moment;
use crate::base::digest::Digest;
use crate::base::report::Report;
use crate::newsroom::memo;
use crate::read::brief::{self, Brief, Desk};
use crate::read::name;
use crate::read::settings::Settings;
use crate::read::sources::{Source, Sources};
use crate::read::strings::Strings;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::iter::Peekable;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::vec::IntoIter;

/// What briefs are read with.
#[derive(Clone, Copy)]
pub struct Manner<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The words of each language, the default one first.
    pub strings: &'a [Arc<Strings>],
    /// What is in the future.
    pub now: Moment,
    /// The digest of settings and words.
    pub digest: Digest,
}

/// A brief and the version that took its place, of one outline or not.
pub type Change = (Arc<Brief>, Arc<Brief>);

/// Every file below the briefs' folder as it was read last, by path.
#[derive(Default)]
pub struct Briefs {
    entries: Vec<Entry>,
    desk: Digest,
    now: Option<Moment>,
    /// How many files the last round read.
    pub read: usize,
}

/// A file below the briefs' folder.
struct Entry {
    path: Arc<str>,
    digest: Digest,
    /// What became of it; `None` where it is not a brief's.
    reading: Option<Reading>,
}

/// What became of a brief's file.
#[derive(Default)]
struct Reading {
    brief: Option<Arc<Brief>>,
    outline: Digest,
    said: Option<Box<Report>>,
    /// Whether it has to be read in this round.
    open: bool,
}

impl Briefs {
    /// Reads the files that differ from what they were, or all where what they are read with differs; `key` is
    /// its digest. Gives the briefs that took another's place.
    pub fn read(&mut self, sources: &mut Sources, manner: Manner<'_>, report: &mut Report) -> Vec<Change> {
        let range = sources.range(brief::FOLDER);
        let anew = self.desk != manner.digest;
        let moved = self.now != Some(manner.now);
        self.line_up(&sources.list[range.clone()]);
        for (entry, source) in self.entries.iter_mut().zip(&sources.list[range.clone()]) {
            if let Some(reading) = &mut entry.reading {
                let waits = moved && reading.said.as_ref().is_some_and(|said| said.has_errors());
                reading.open |= anew || waits || entry.digest != source.digest || source.trouble.is_some();
            }
        }
        (self.desk, self.now) = (manner.digest, Some(manner.now));
        let changes = self.read_open(sources, range, manner);
        self.entries.iter().filter_map(|entry| entry.reading.as_ref()?.said.as_deref()).for_each(|said| {
            report.extend(said.clone());
        });
        changes
    }

    /// Makes the entries those of these files. Where none came or went, they are already.
    fn line_up(&mut self, files: &[Source]) {
        let paired = self.entries.iter().zip(files).all(|(entry, file)| entry.order(file) == Ordering::Equal);
        if paired && self.entries.len() == files.len() {
            return;
        }
        let mut last = std::mem::take(&mut self.entries).into_iter().peekable();
        let entry = |file: &Source| taken(&mut last, file).unwrap_or_else(|| Entry::new(file));
        self.entries = files.iter().map(entry).collect();
    }

    /// Reads the open ones, on all threads.
    fn read_open(&mut self, sources: &mut Sources, range: Range<usize>, manner: Manner<'_>) -> Vec<Change> {
        let root = Some(sources.root.clone()).filter(|_| sources.on_disk());
        let open = self.entries.iter_mut().zip(&mut sources.list[range]).filter(|(entry, _)| entry.is_open());
        let mut open: Vec<(&mut Entry, &mut Source)> = open.collect();
        self.read = open.len();
        let read =
            |(entry, source): &mut (&mut Entry, &mut Source)| entry.read(source, manner, root.as_deref());
        open.par_iter_mut().filter_map(read).collect()
    }

    /// Every brief that could be understood, by the path of its file.
    pub fn all(&self) -> Vec<Arc<Brief>> {
        self.entries.iter().filter_map(|entry| entry.reading.as_ref()?.brief.clone()).collect()
    }

    /// The digest of all outlines.
    pub fn outlines(&self) -> Digest {
        memo::together(self.entries.iter().filter_map(|entry| Some(entry.reading.as_ref()?.outline)))
    }

    /// The files of the briefs' folder that are not briefs, by their place among its files.
    pub fn others(&self) -> impl Iterator<Item = usize> + '_ {
        self.entries.iter().enumerate().filter(|(_, entry)| entry.reading.is_none()).map(|(at, _)| at)
    }
}

impl Entry {
    fn new(source: &Source) -> Entry {
        let open = || Reading { open: true, ..Reading::default() };
        let reading = source.path.ends_with(".md").then(open);
        Entry { path: source.path.clone(), digest: source.digest, reading }
    }

    /// How its path stands to a file's.
    fn order(&self, file: &Source) -> Ordering {
        match Arc::ptr_eq(&self.path, &file.path) {
            true => Ordering::Equal,
            false => self.path.cmp(&file.path),
        }
    }

    fn is_open(&self) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.open)
    }

    /// Reads a brief. The bytes of one that is read are let go of at once, since with the text made of them they
    /// would be most of what an archive takes in memory.
    fn read(&mut self, source: &mut Source, manner: Manner<'_>, root: Option<&Path>) -> Option<Change> {
        if let Some(root) = root {
            source.load(root);
        }
        let mut said = Report::default();
        let lang = name::name(&source.path, manner.settings).lang;
        let own = manner.strings.iter().find(|strings| strings.language == lang);
        let strings = own.unwrap_or(&manner.strings[0]);
        let desk = Desk { settings: manner.settings, strings, now: manner.now };
        let brief = brief::brief(source, desk, &mut said).map(Arc::new);
        source.bytes.take_if(|_| root.is_some());
        let outline = brief.as_deref().map(outline::outline).unwrap_or_default();
        let said = (!said.is_empty()).then(|| Box::new(said));
        let reading = Reading { brief: brief.clone(), outline, said, open: false };
        let last = self.reading.replace(reading)?.brief;
        (self.path, self.digest) = (source.path.clone(), source.digest);
        last.zip(brief)
    }
}

/// The entry of a source among the last round's, which are by path like the sources.
fn taken(last: &mut Peekable<IntoIter<Entry>>, source: &Source) -> Option<Entry> {
    while last.next_if(|entry| entry.order(source) == Ordering::Less).is_some() {}
    last.next_if(|entry| entry.order(source) == Ordering::Equal)
}
