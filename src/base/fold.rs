//! Terms: what search compares instead of words. Case, accents and the letters that press and readers write
//! differently are folded away; scripts that are written without spaces, and Hangul, are taken in pairs of letters.
//! `static/search.js` folds queries by the same rules, which a table holds equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many letters of a word count: longer ones are cut, in the index and in queries alike.
pub const LONGEST: usize = 32;

/// Hands over each term of a text, as often as it occurs. `small` is room for the text in small letters.
pub fn terms(text: &str, small: &mut String, mut take: impl FnMut(&str)) {
    small.clear();
    small.push_str(text);
    small.make_ascii_lowercase();
    let (bytes, mut begin) = (small.as_bytes(), 0);
    while let Some(more) = bytes[begin..].iter().position(|byte| !PARTS[usize::from(*byte)]) {
        begin += more;
        let end = bytes[begin..].iter().position(|byte| PARTS[usize::from(*byte)]);
        let end = end.map_or(bytes.len(), |length| begin + length);
        match &small[begin..end] {
            piece if piece.is_ascii() => take(&piece[..piece.len().min(LONGEST)]),
            piece => foreign(piece, &mut take),
        }
        begin = end;
    }
}

/// Which bytes part terms: every sign of ASCII but letters and digits.
const PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        parts[byte as usize] = !byte.is_ascii_alphanumeric();
        byte += 1;
    }
    parts
};

/// The letters that decide which part of an index holds a term: one of a script taken in pairs, else two.
pub fn key(term: &str) -> &str {
    let is_pair = term.chars().next().is_some_and(is_paired);
    let end = term.char_indices().nth(if is_pair { 1 } else { 2 });
    &term[..end.map_or(term.len(), |(at, _)| at)]
}

/// The terms of a piece of text with letters beyond ASCII.
fn foreign(piece: &str, take: &mut impl FnMut(&str)) {
    let folded: String = piece.nfkd().flat_map(char::to_lowercase).flat_map(plain).nfc().collect();
    let is_letter = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
    for run in folded.split(|letter| !is_letter(letter)) {
        let mut rest = run;
        while let Some(first) = rest.chars().next() {
            let paired = is_paired(first);
            let end = rest.find(|letter| is_paired(letter) != paired).unwrap_or(rest.len());
            let (own, others) = rest.split_at(end);
            if paired {
                pairs(own, take)
            } else {
                take(cut(own))
            }
            rest = others;
        }
    }
}

/// Each letter with the next one; the last by itself, so that a letter is found wherever it stands.
fn pairs(run: &str, take: &mut impl FnMut(&str)) {
    let mut pair = String::with_capacity(8);
    let seconds = run.chars().skip(1).map(Some).chain([None]);
    for (letter, second) in run.chars().zip(seconds) {
        pair.clear();
        pair.push(letter);
        pair.extend(second);
        take(&pair);
    }
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).map_or(word, |(end, _)| &word[..end])
}

/// Scripts written without spaces, and Hangul, whose words carry particles.
fn is_paired(letter: char) -> bool {
    matches!(u32::from(letter),
        0xe00..=0xeff | 0x1000..=0x11ff | 0x1780..=0x17ff | 0x3005..=0x31ff | 0x3400..=0x9fff
        | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Marks that are left out: accents, points of Hebrew and Arabic, tatweel, nuktas, joiners, variation selectors.
fn is_left_out(letter: char) -> bool {
    matches!(u32::from(letter),
        0xad | 0x300..=0x36f | 0x591..=0x5bd | 0x5bf..=0x5c7 | 0x610..=0x61a | 0x640
        | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6ed | 0x93c | 0x9bc | 0x200b..=0x200f | 0xfe00..=0xfe0f)
}

/// The zeros of the digits that presses write.
const ZEROS: [u32; 16] = [
    0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040,
    0x17e0, 0x1810,
];

/// Letters that stand for another, or for two.
const PLAIN: [(char, &str); 18] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('ð', "d"),
    ('ø', "o"),
    ('þ', "th"),
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('œ', "oe"),
    ('ς', "σ"),
    ('ى', "ي"),
    ('ی', "ي"),
    ('ک', "ك"),
    ('ة', "ه"),
    ('ہ', "ه"),
    ('ە', "ه"),
    ('ٱ', "ا"),
];

/// What a letter is compared as.
fn plain(letter: char) -> impl Iterator<Item = char> {
    let (mut same, mut other) = (Some(letter), "");
    if is_left_out(letter) {
        same = None;
    } else if !letter.is_ascii() {
        let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&u32::from(letter)));
        match zero.and_then(|zero| char::from_digit(u32::from(letter) - zero, 10)) {
            Some(digit) => same = Some(digit),
            None => {
                if let Some((_, written)) = PLAIN.iter().find(|(odd, _)| *odd == letter) {
                    (same, other) = (None, written);
                }
            }
        }
    }
    same.into_iter().chain(other.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_folded_as_the_table_says() {
        let table = include_str!("../../tests/folding.txt");
        let (mut seen, mut wrong) = (0, Vec::new());
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (text, expected) = line.split_once(" => ").unwrap_or_else(|| panic!("no arrow: {line}"));
            let (mut word, mut found) = (String::new(), Vec::new());
            terms(text, &mut word, |term| found.push(term.to_owned()));
            if found.join(" ") != expected {
                wrong.push(format!("{text} => {} and not {expected}", found.join(" ")));
            }
            seen += 1;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(seen > 40, "the table holds {seen} lines");
    }

    #[test]
    fn the_key_is_one_letter_of_a_pair_and_two_of_a_word() {
        assert_eq!(
            ["syria", "a", "#syria", "сирия", "대통", "大"].map(key),
            ["sy", "a", "#s", "си", "대", "大"]
        );
    }
}
