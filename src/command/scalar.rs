//! Text as YAML: unquoted where nobody could take it for anything else, else in double quotes.

/// Words that YAML, or an older YAML, takes for something else.
const TAKEN: [&str; 11] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"];

/// A text as the value of a key, on one line.
pub fn scalar(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || " ,.;'’‘“”„«»()/-–—!?%$€£…".contains(letter);
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    let taken = TAKEN.iter().any(|word| text.eq_ignore_ascii_case(word));
    if first && !taken && !text.ends_with(' ') && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if is_printable(letter) => quoted.push(letter),
            _ => quoted += &format!("\\U{:08X}", u32::from(letter)),
        }
    }
    quoted.push('"');
    quoted
}

/// A path as the value of a key: with a slash and nothing unusual it is taken for nothing else.
pub fn path(path: &str) -> String {
    let usual = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'/');
    let plain = path.contains('/') && !path.starts_with(['-', '/']) && path.bytes().all(usual);
    if plain { path.to_owned() } else { scalar(path) }
}

/// A list on one line: `[Syria, "Bosnia, Herzegovina"]`.
pub fn list(texts: &[String]) -> String {
    let item = |text: &String| match scalar(text) {
        plain if plain.contains(',') && !plain.starts_with('"') => format!("\"{plain}\""),
        scalar => scalar,
    };
    format!("[{}]", texts.iter().map(item).collect::<Vec<_>>().join(", "))
}

/// Whether a letter may stand in quotes as it is: no line break of any YAML, and nothing that is no letter.
fn is_printable(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Why a text cannot be the value of a key that wants one line, if it cannot.
pub fn not_one_line(text: &str) -> Option<&'static str> {
    let breaks = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    if text.trim().is_empty() {
        return Some("is empty");
    }
    text.contains(breaks).then_some("must be one line, without control characters")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::report::Report;
    use crate::read::front::{self, Value};
    use crate::read::text::Text;
    use proptest::prelude::*;
    use std::sync::Arc;

    /// What dateline reads under a key, and whether it says anything of it.
    fn read(yaml: &str) -> (Option<Value>, Report) {
        let (file, mut report): (Arc<str>, Report) = ("a.md".into(), Report::default());
        let text = Text { file: &file, text: yaml, start: 0 };
        let entries = front::entries(&text, 0..yaml.len(), &mut report);
        (entries.and_then(|mut entries| Some(entries.pop()?.node.value)), report)
    }

    fn check(text: &str) {
        let (value, report) = read(&format!("a: {}\n", scalar(text)));
        assert!(report.is_empty(), "{text:?}: {:?}", report.sorted());
        assert!(matches!(&value, Some(Value::Text(read, false)) if read == text), "{text:?}: {value:?}");
        let (value, report) = read(&format!("a: {}\n", list(&[text.to_owned(), "x".to_owned()])));
        assert!(report.is_empty(), "{text:?}: {:?}", report.sorted());
        let Some(Value::List(items)) = value else { panic!("{text:?}: {value:?}") };
        assert_eq!(items.len(), 2, "{text:?}");
        assert!(matches!(&items[0].value, Value::Text(read, false) if read == text), "{text:?}: {items:?}");
    }

    #[test]
    fn texts_that_yaml_takes_for_something_else_are_quoted() {
        let nasty = "yes|No|null|~|1|1.5|0x1F|2017-11-22|12:30|- a|# a|a # b|a: b|a:|\"a\"|'a'|a\"b|\\|\\n|[a]|{a: b}|\
                     &a|*a|!a|@a|`a`|%a|? a|> a|, a|a, b|a  b|---|...|=|<<|.inf|e5|👍 yes|مرحبا: بالعالم|\u{301}a|١٢|\
                     \u{200f}ب|한국어|\u{1f468}\u{200d}\u{1f469}|a\u{a0}b|a\u{feff}b|it's|“quoted”|100 %|$5";
        nasty.split('|').for_each(check);
        assert_eq!(scalar("Talks on Syria, Ukraine resume"), "Talks on Syria, Ukraine resume");
        assert_eq!(scalar("Korea: \"yes\""), r#""Korea: \"yes\"""#);
        assert_eq!(list(&["a, b".to_owned(), "c".to_owned()]), r#"["a, b", c]"#);
    }

    proptest! {
        #[test]
        fn every_line_is_read_as_it_was(text in r"\PC{1,40}") {
            prop_assume!(not_one_line(&text).is_none() && !text.chars().any(|letter| {
                matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            }));
            check(&text);
        }
    }
}
