//! Languages by tag: whether a tag is well formed and which way its script runs. Words live in the theme's strings.

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
}
