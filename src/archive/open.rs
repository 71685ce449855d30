//! Open vocabulary: terms that nobody declared and that briefs may have all the same. Each gets a plain page, as long as
//! a brief that is out has it.

use crate::archive::model::{Entry, Filed};
use crate::archive::terms::Terms;
use crate::read::agency::Agency;
use crate::read::markdown::Body;
use crate::read::settings::Settings;
use crate::read::topic::Topic;
use std::sync::Arc;

/// An entry's terms of one kind, to read and to change.
type Of = (fn(&Entry) -> &Vec<u32>, fn(&mut Entry) -> &mut Vec<u32>);

/// Adds the terms that open vocabulary let pass, and takes out what has nothing to show: in another language a term
/// that says nothing there, and in any one that only briefs have which are not out; it would be a trace of them.
pub fn add(
    (topics, agencies): (&mut Vec<Topic>, &mut Vec<Agency>),
    vocabulary: &mut (Terms, Terms),
    filed: &mut [Filed],
    settings: &Settings,
) {
    let declared = (topics.len(), agencies.len());
    topics.extend(vocabulary.0.opened.drain(..).map(|(name, slug)| plain_topic(name, slug)));
    agencies.extend(vocabulary.1.opened.drain(..).map(|(name, slug)| plain_agency(name, slug)));
    let is_first = settings.folder.is_empty();
    if is_first && declared == (topics.len(), agencies.len()) {
        return;
    }
    let suffix = format!(".{}.md", settings.language());
    let stays = |at, topic: &Topic| if is_first { at < declared.0 } else { topic.file.ends_with(&suffix) };
    keep_used(topics, filed, (|entry| &entry.topics, |entry| &mut entry.topics), stays);
    let of: Of = (|entry| &entry.agencies, |entry| &mut entry.agencies);
    keep_used(agencies, filed, of, |at, _| is_first && at < declared.1);
}

/// Keeps the terms that a brief has and those that stay without one, by their numbers, and where one went numbers them
/// anew in the briefs.
fn keep_used<T>(
    terms: &mut Vec<T>,
    filed: &mut [Filed],
    (of, of_mut): Of,
    stays: impl Fn(usize, &T) -> bool,
) {
    let mut used: Vec<bool> = terms.iter().enumerate().map(|(at, term)| stays(at, term)).collect();
    filed.iter().flat_map(|filed| of(&filed.entry)).for_each(|term| used[*term as usize] = true);
    if used.iter().all(|used| *used) {
        return;
    }
    let mut next = 0;
    let numbers: Vec<u32> = used.iter().map(|used| (next, next += u32::from(*used)).0).collect();
    let renumber = |term: &mut u32| *term = numbers[*term as usize];
    filed.iter_mut().flat_map(|filed| of_mut(Arc::make_mut(&mut filed.entry))).for_each(renumber);
    let mut kept = used.iter();
    terms.retain(|_| kept.next() == Some(&true));
}

/// A topic that open vocabulary let pass.
fn plain_topic(name: String, slug: String) -> Topic {
    Topic {
        file: format!("content/topics/{slug}.md").into(),
        slug,
        name,
        aliases: Vec::new(),
        known_as: Vec::new(),
        wikidata: None,
        iptc: None,
        extra: None,
        order: None,
        status: None,
        status_date: None,
        key_dates: Vec::new(),
        image: None,
        reviewed: None,
        redirect_from: Vec::new(),
        body: Body::default(),
    }
}

/// An agency that open vocabulary let pass.
fn plain_agency(name: String, slug: String) -> Agency {
    Agency {
        slug,
        name,
        span: 0..0,
        full_name: None,
        aliases: Vec::new(),
        known_as: Vec::new(),
        country: None,
        founded: None,
        kind: None,
        url: None,
        wikidata: None,
        note: None,
        redirect_from: Vec::new(),
    }
}
