//! Languages by tag: whether a tag is well formed, which way its script runs, and which form of a word a number
//! takes in it. Words live in the theme's strings.

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use std::borrow::Cow;

/// Whether `tag` has the form of a BCP 47 tag: a language of 2 or 3 letters, then subtags of 2 to 8.
pub fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// `rtl` for the languages whose usual script runs from the right, else `ltr`.
pub fn direction(tag: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 11] = ["ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"];
    let language = tag.split('-').next().unwrap_or_default();
    let latin = tag.split('-').any(|part| part == "Latn" || part == "Cyrl");
    if RIGHT_TO_LEFT.contains(&language) && !latin { "rtl" } else { "ltr" }
}

/// A name in a list or a line that runs in `direction`: between Unicode's isolates where its own letters run the
/// other way, so that it takes its place in the list's order, and the signs beside it stay on their side.
pub fn isolated<'a>(name: &'a str, direction: &str) -> Cow<'a, str> {
    let other_way = |letter: char| letter.is_alphabetic() && from_the_right(letter) != (direction == "rtl");
    if name.chars().any(other_way) { format!("\u{2068}{name}\u{2069}").into() } else { name.into() }
}

/// Whether a letter is of a script that runs from the right: Hebrew, Arabic, their kin and their older forms (the
/// blocks that Unicode reserves for them).
fn from_the_right(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
        || matches!(letter, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// What its speakers call a language; its tag where that is not known here.
pub fn own_name(tag: &str) -> &str {
    OWN_NAMES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, name)| name)
}

/// Languages by their own names (CLDR).
const OWN_NAMES: [(&str, &str); 31] = [
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("bg", "български"),
    ("bn", "বাংলা"),
    ("cs", "čeština"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "español"),
    ("fa", "فارسی"),
    ("fr", "français"),
    ("ha", "Hausa"),
    ("hi", "हिन्दी"),
    ("hr", "hrvatski"),
    ("id", "Indonesia"),
    ("ko", "한국어"),
    ("mk", "македонски"),
    ("pl", "polski"),
    ("ps", "پښتو"),
    ("pt", "português"),
    ("pt-BR", "português (Brasil)"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sq", "shqip"),
    ("sr", "српски"),
    ("sw", "Kiswahili"),
    ("tr", "Türkçe"),
    ("uk", "українська"),
    ("ur", "اردو"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

/// The form that a number of things takes, by its name in Unicode's CLDR: `one`, `few`, `other` …
pub fn form(tag: &str, number: u64) -> &'static str {
    rules(tag).map_or("other", |rules| name(rules.category_for(number)))
}

/// The forms that a language has; `other` alone where nothing is known of it.
pub fn forms(tag: &str) -> Vec<&'static str> {
    rules(tag).map_or_else(|| vec!["other"], |rules| rules.categories().map(name).collect())
}

fn rules(tag: &str) -> Option<PluralRules> {
    PluralRules::try_new_cardinal(tag.parse::<Locale>().ok()?.into()).ok()
}

fn name(form: PluralCategory) -> &'static str {
    match form {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

/// A text in which no line ends with a short word that belongs to the next: a Cyrillic one of one or two letters, as
/// Russian and its neighbours set prepositions, or a Hangul one of one syllable, as a determiner is.
pub fn with_next(text: &str) -> Cow<'_, str> {
    // The first bytes of both scripts in UTF-8, and of few others.
    if !text.bytes().any(|byte| matches!(byte, 0xd0..=0xd4 | 0xea..=0xed)) {
        return Cow::Borrowed(text);
    }
    let is_cyrillic = |letter: char| ('\u{400}'..='\u{52f}').contains(&letter);
    let is_hangul = |letter: char| ('\u{ac00}'..='\u{d7a3}').contains(&letter);
    let (mut made, mut cyrillic, mut hangul, mut others) = (String::with_capacity(text.len() + 8), 0, 0, 0);
    for letter in text.chars() {
        let short = others == 0 && matches!((cyrillic, hangul), (1 | 2, 0) | (0, 1));
        let ends = made.chars().next_back().is_some_and(char::is_alphabetic);
        made.push(if letter == ' ' && short && ends { '\u{a0}' } else { letter });
        match letter {
            letter if letter.is_whitespace() => (cyrillic, hangul, others) = (0, 0, 0),
            letter if is_cyrillic(letter) => cyrillic += 1,
            letter if is_hangul(letter) => hangul += 1,
            letter if letter.is_alphanumeric() => others += 1,
            _ => {}
        }
    }
    Cow::Owned(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_other_words() {
        for good in ["en", "pt-BR", "zh-Hans", "ckb"] {
            assert!(is_tag(good), "{good}");
        }
        for bad in ["", "e", "EN", "english", "en_GB", "en-"] {
            assert!(!is_tag(bad), "{bad}");
        }
        assert_eq!((direction("ar"), direction("en"), direction("ku-Latn")), ("rtl", "ltr", "ltr"));
    }

    #[test]
    fn a_name_that_runs_the_other_way_is_set_apart() {
        for (name, direction) in
            [("Reuters", "ltr"), ("Київ", "ltr"), ("يونهاب", "rtl"), ("24", "rtl"), ("·", "rtl")]
        {
            assert_eq!(isolated(name, direction), name);
        }
        assert_eq!(isolated("Reuters", "rtl"), "\u{2068}Reuters\u{2069}");
        assert_eq!(isolated("يونهاب", "ltr"), "\u{2068}يونهاب\u{2069}");
        assert_eq!(isolated("فرانس 24 TV", "rtl"), "\u{2068}فرانس 24 TV\u{2069}");
    }

    #[test]
    fn numbers_take_the_forms_of_their_language() {
        let taken = |tag, numbers: [u64; 5]| numbers.map(|number| form(tag, number)).join(" ");
        assert_eq!(taken("en", [0, 1, 2, 11, 21]), "other one other other other");
        assert_eq!(taken("ru", [0, 1, 2, 11, 21]), "many one few many one");
        assert_eq!(taken("ar", [0, 1, 2, 3, 11]), "zero one two few many");
        assert_eq!(taken("zh-Hans", [0, 1, 2, 11, 21]), "other other other other other");
        assert_eq!(forms("pl"), ["one", "few", "many", "other"]);
        assert_eq!(forms("tlh"), ["other"]);
    }

    #[test]
    fn short_words_stay_with_the_next() {
        assert_eq!(
            with_next("упали на дорогу, и «не могут» у моря"),
            "упали на\u{a0}дорогу, и\u{a0}«не\u{a0}могут» у\u{a0}моря"
        );
        assert_eq!(with_next("열리면서 새 방파제와"), "열리면서 새\u{a0}방파제와");
        assert_eq!(with_next("Он, а 5 км"), "Он, а\u{a0}5 км");
        assert!(matches!(with_next("to be or"), Cow::Borrowed(_)));
    }
}
