//! The forms of values as regular expressions, for schemas. Each says what the reader's own check of that kind
//! says, in the dialect of ECMAScript with its `u` flag; a test holds the two together.

use crate::base::date::Zone;
use crate::base::slug;

/// Something other than white space.
pub const NOT_EMPTY: &str = r"\S";
/// Something in one line.
pub const LINE: &str = r"^[^\n]*\S\s*$";
/// A whole number that was written as text.
pub const DIGITS: &str = "^[0-9]+$";
/// A BCP 47 tag.
pub const LANGUAGE: &str = "^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$";
/// An item of Wikidata.
pub const ITEM: &str = "^Q[0-9]+$";
/// A number of IPTC's Media Topics.
pub const MEDIA_TOPIC: &str = "^(?:medtop:)?[0-9]{8}$";
/// A host or an address that a page's policy may name.
pub const HOST: &str = "^[A-Za-z0-9:/*_-]*[.][A-Za-z0-9.:/*_-]*$";
/// `M:SS` or `H:MM:SS`.
pub const DURATION: &str = "^[0-9]{1,2}(?::[0-5][0-9]){1,2}$";

/// A year from 1 to 9999.
const YEAR: &str = "(?!0000)[0-9]{4}";
const MONTH: &str = "(?:0[1-9]|1[0-2])";
/// A month and a day that every year has.
const MONTH_AND_DAY: &str = "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))";
/// The years that have a 29th of February.
const LEAP_YEAR: &str = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)";
const CLOCK: &str = "(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?";
const OFFSET: &str = "(?:[Zz]|[+-](?:[01][0-9]|2[0-5])(?::?[0-5][0-9])?)";

/// A slug.
pub fn slug() -> String {
    format!("^[a-z0-9-]{{1,{}}}$", slug::LONGEST)
}

/// A day.
pub fn day() -> String {
    format!("^{}$", bare_day())
}

fn bare_day() -> String {
    format!("(?:{YEAR}-{MONTH_AND_DAY}|{LEAP_YEAR}-02-29)")
}

/// A day or a time.
pub fn when() -> String {
    format!("^{}(?:[Tt ]{CLOCK}{OFFSET}?)?$", bare_day())
}

/// A time with an offset.
pub fn moment() -> String {
    format!("^{}[Tt ]{CLOCK}{OFFSET}$", bare_day())
}

/// A truncated date, or a span of two.
pub fn event() -> String {
    let date = format!("(?:{YEAR}(?:-{MONTH})?|{})", bare_day());
    format!("^{date}(?:/{date})?$")
}

/// A path inside the site.
pub fn path() -> String {
    let part = r"[^./\\?#:%\x00-\x1f\x7f-\x9f][^/\\?#:%\x00-\x1f\x7f-\x9f]{0,199}";
    format!(r"^(?=.*\S)/?{part}(?:/{part})*/?$")
}

/// A web address.
pub fn url() -> String {
    let rest = r#"[^\s<"\x00-\x1f\x7f-\x9f]"#;
    let host = r#"[^/\s<"\x00-\x1f\x7f-\x9f]"#;
    let (web, other) = (caseless("http"), [caseless("mailto"), caseless("tel")].join("|"));
    format!("^(?:{web}[Ss]?://{host}{rest}*|(?:{other}):{rest}+)$")
}

/// A web address that a site can have.
pub fn home() -> String {
    let label = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    let host = format!(r"(?:{label}(?:\.{label})*|\[(?=[^\]]*:)[0-9A-Fa-f:.]+\])");
    let port = "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
    let part = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+";
    format!(r"^https?://{host}(?::{port})?(?:/(?!\.{{1,2}}(?:/|$)){part})*/?$")
}

/// Every time zone, by name.
pub fn zones() -> Vec<String> {
    Zone::names()
}

/// One of these names, in any case.
pub fn any_case(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| caseless(name)).collect();
    format!(r"^\s*(?:{})\s*$", names.join("|"))
}

fn caseless(text: &str) -> String {
    text.chars().map(letter).collect()
}

fn letter(letter: char) -> String {
    let lower: String = letter.to_lowercase().collect();
    let upper: String = letter.to_uppercase().collect();
    match letter {
        _ if lower != upper && lower.chars().count() == 1 && upper.chars().count() == 1 => {
            format!("[{upper}{lower}]")
        }
        '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' => {
            format!("\\{letter}")
        }
        other => other.to_string(),
    }
}
