//! The postings of a year: for each term, the briefs that hold it; and what results show of them. Same briefs,
//! same bytes.
//!
//! A shard is lines of a term, a space and its briefs. These are counted from the year's newest; each is written
//! as three times the distance from the one before plus its weight, in digits: `a` to `~` (base 30) go on, `%` to
//! `[` (base 55) end a number. None of them has a meaning inside a script's quotes.

use crate::archive::model::Filed;
use crate::base::fold;
use crate::plan::page::Plan;
use crate::plan::part::Value;
use crate::plan::search::plain::{self, Weight};
use rustc_hash::FxHashMap;

/// The text of each shard of a year.
#[derive(Debug)]
pub struct Index {
    /// By number.
    pub shards: Vec<String>,
}

/// The briefs that hold a term.
#[derive(Default)]
struct Posting {
    /// One more than the place of the last brief.
    next: u32,
    written: String,
}

/// The terms of a year.
type Postings = FxHashMap<String, Posting>;

impl Index {
    /// The index of a year's briefs, in so many shards.
    pub fn new(plan: &Plan, briefs: &[u32], shards: usize) -> Index {
        let mut postings = Postings::default();
        let (mut text, mut word) = (String::new(), String::new());
        for (at, &number) in briefs.iter().enumerate() {
            let filed = plan.archive.filed(number);
            plain::texts(&plan.archive, filed, |weight, written| {
                let text = if weight == Weight::Text { plain::text(written, &mut text) } else { written };
                fold::terms(text, &mut word, |term| note(&mut postings, term, (at as u32, weight)));
            });
            mark(&mut postings, plan, (at as u32, filed), &mut word);
        }
        let mut terms: Vec<(&String, &Posting)> = postings.iter().collect();
        terms.sort_unstable_by_key(|(term, _)| *term);
        let mut index = Index { shards: vec!["`\n".to_owned(); shards] };
        for (term, posting) in terms {
            let shard = &mut index.shards[shard_of(term, shards)];
            for piece in [term, " ", &posting.written, "\n"] {
                shard.push_str(piece);
            }
        }
        index.shards.iter_mut().for_each(|shard| shard.push('`'));
        index
    }
}

fn mark(postings: &mut Postings, plan: &Plan, (at, filed): (u32, &Filed), word: &mut String) {
    plain::marks(&plan.archive, filed, |mark, slug| {
        word.clear();
        word.push_str(mark);
        word.push_str(slug);
        note(postings, word, (at, Weight::Text));
    });
}

/// Notes a brief under a term, once: what is weightiest comes first.
fn note(postings: &mut Postings, term: &str, (at, weight): (u32, Weight)) {
    let posting = match postings.get_mut(term) {
        Some(posting) => posting,
        None => postings.entry(term.to_owned()).or_default(),
    };
    if posting.next <= at {
        let distance = at - posting.next;
        write(distance * 3 + weight as u32, &mut posting.written);
        posting.next = at + 1;
    }
}

fn write(number: u32, into: &mut String) {
    let (mut rest, mut digits, mut count) = (number / 55, [0; 8], 0);
    while rest > 0 {
        digits[count] = b'a' + (rest % 30) as u8;
        (rest, count) = (rest / 30, count + 1);
    }
    into.extend(digits[..count].iter().rev().map(|digit| char::from(*digit)));
    into.push(char::from(b'%' + (number % 55) as u8));
}

/// The shard that holds a term, and all that begin as it does.
fn shard_of(term: &str, shards: usize) -> usize {
    let sum = fold::key(term).chars().fold(0, |sum, letter| (sum * 31 + u32::from(letter)) % 65_521);
    sum as usize % shards
}

/// What results show of briefs: the address without the year, headline, soft line, date, and where they have them
/// a mark and a class.
pub fn cards(plan: &Plan, briefs: &[u32]) -> String {
    let one = |number: &u32| {
        let card = &plan.cards[*number as usize].value;
        let field = |name: &'static str| card.get_from_path(name).and_then(Value::as_str).unwrap_or_default();
        let tail = field("address").split_once('/').map_or("", |(_, tail)| tail);
        let tail = tail.strip_suffix(".html").unwrap_or(tail);
        let fields =
            [tail, field("headline"), field("line"), field("published.short"), field("mark"), field("class")];
        let last = fields.iter().rposition(|field| !field.is_empty()).unwrap_or_default();
        serde_json::to_string(&fields[..=last]).unwrap_or_default()
    };
    let all: Vec<String> = briefs.iter().map(one).collect();
    format!("[\n{}\n]", all.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_as_few_digits_as_they_need() {
        let written = [0, 54, 55, 1649, 1650, 300_000].map(|number| {
            let mut made = String::new();
            write(number, &mut made);
            made
        });
        assert_eq!(written, ["%", "[", "b%", "~[", "ba%", "gbyC"]);
    }

    #[test]
    fn a_brief_is_noted_once_with_its_first_weight() {
        let mut postings = Postings::default();
        for (at, weight) in [(0, Weight::Headline), (0, Weight::Text), (3, Weight::Text)] {
            note(&mut postings, "a", (at, weight));
        }
        assert_eq!(postings["a"].written, "'+");
    }
}
