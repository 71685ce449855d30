//! The stable codes of diagnostics and, for each, a paragraph with a wrong and a right example (`codes.md`).

use crate::base::report::Severity;

/// A stable code such as `E0401`: an error, or a warning where it begins with `W`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Code(&'static str);

impl Code {
    /// The code as written.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// What its first letter says.
    pub fn severity(self) -> Severity {
        if self.0.starts_with('W') { Severity::Warning } else { Severity::Error }
    }
}

macro_rules! codes {
    ($($name:ident = $code:literal, $about:literal;)*) => {
        $(#[doc = $about] pub const $name: Code = Code($code);)*
        /// Every code there is, in the order of its number within its chapter.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    UNREADABLE = "E0101", "a file cannot be read";
    NOT_A_FILE = "E0102", "a symbolic link, pipe or device where a file should be";
    NOT_UTF8 = "E0103", "bytes that are not UTF-8";
    CONTROL = "E0104", "a control character";
    FILE_NAME = "E0105", "a file's name that cannot be used";
    TOO_LARGE = "E0106", "a file beyond the limit";
    NOT_OURS = "W0107", "a file or folder in content/ that nothing reads";
    BIDI = "W0108", "an invisible character that turns the direction of text";
    NO_SITE = "E0109", "no content/site.yaml";
    NO_FRONT_MATTER = "E0110", "a file without front matter";
    UNCLOSED = "E0111", "front matter that is not closed";
    FRONT_TOO_LARGE = "E0112", "front matter over 64 KiB";
    TOO_DEEP = "E0113", "YAML nested over 16 levels";
    TOO_MANY = "E0114", "YAML of over 5,000 parts";
    YAML_FEATURE = "E0115", "an anchor, an alias, a tag or a directive";
    DUPLICATE_KEY = "E0116", "a key that stands twice";
    YAML_SYNTAX = "E0117", "YAML that cannot be read";
    DOCUMENTS = "E0118", "a second YAML document";
    CUT_BY_COMMENT = "W0119", "an unquoted value cut by ` #`";
    READERS_DISAGREE = "E0120", "a value that two YAML readers take differently";
    UNKNOWN_KEY = "E0201", "a key nobody knows";
    WRONG_TYPE = "E0202", "a value of the wrong type";
    MISSING_KEY = "E0203", "a required key is missing";
    EMPTY = "E0204", "a value is empty";
    BAD_DATE = "E0205", "not a date, or no such day";
    NO_OFFSET = "E0206", "a time without an offset";
    BAD_ZONE = "E0207", "an unknown time zone";
    BAD_CHOICE = "E0208", "a word that is not one of the choices";
    OUT_OF_RANGE = "E0209", "a number out of range";
    TOO_LONG = "E0210", "a value that is too long";
    NOT_ONE_LINE = "E0211", "a line break where one line is wanted";
    BAD_SLUG = "E0212", "not a slug";
    BAD_PATH = "E0213", "not a path inside the site";
    ALIASES_IN_BRIEF = "E0214", "`aliases` in a brief";
    UPDATED_BEFORE = "E0215", "`updated` before `date`";
    REVERSED = "E0216", "a span that ends before it begins";
    BAD_DURATION = "E0217", "not a duration";
    BAD_URL = "E0218", "not a web address";
    PICTURE_INCOMPLETE = "E0219", "an image without `alt` or `credit`";
    BAD_LANGUAGE = "E0220", "not a language tag, or not a language of the site";
    WITHDRAWN = "E0221", "`status: withdrawn` and `withdrawn` do not go together";
    LONG_TITLE = "W0222", "a headline over 110 characters";
    BAD_CORRECTION = "E0223", "a correction older than its brief or in the future";
    NO_AGENCY = "E0224", "neither an agency nor `original: true`";
    MEDIA_SOURCE = "E0225", "media with both `src` and `url`, or an image without `src`";
    EXPIRES_BEFORE = "W0226", "`expires` before the brief is out";
    BAD_MEDIA_TOPIC = "E0227", "not a number of IPTC's Media Topics";
    SECOND_HEADING = "E0301", "a `#` heading beside a `title`";
    FORBIDDEN_LINK = "E0302", "a link of a forbidden scheme";
    RAW_HTML = "W0303", "raw HTML, shown as text";
    NO_TITLE = "E0304", "a brief without a headline";
    PICTURE_WITHOUT_ALT = "E0305", "a picture in a body without a description";
    UNKNOWN_TOPIC = "E0401", "a topic nobody declared";
    UNKNOWN_AGENCY = "E0402", "an agency nobody declared";
    DEAD_REFERENCE = "E0403", "a reference to nothing";
    DEAD_FRAGMENT = "E0404", "a place that a page does not have";
    NOT_OUT = "E0405", "a reference to a brief that is not out";
    SAME_ADDRESS = "E0406", "two sources at one address";
    CASE_ADDRESS = "E0407", "two addresses that differ only in case";
    REDIRECT_TAKEN = "E0408", "an old address that is in use";
    SAME_ID = "E0409", "two briefs with one id";
    SAME_NAME = "E0410", "one name for two topics or agencies";
    FUTURE = "W0411", "a date in the future acts as an embargo";
    NO_SUCH_FILE = "E0412", "media that is not there";
    EMPTY_SLUG = "E0413", "a name of which no slug can be made";
    OPEN_TERM = "W0414", "a topic or agency that open vocabulary lets pass";
    LARGE_PICTURE = "W0415", "a picture over 500 kB";
    LOCATED_PICTURE = "W0416", "a picture that carries the place where it was taken";
    NO_ORIGINAL = "E0418", "a version of nothing";
    SAME_VERSION = "E0419", "two versions of a brief in one language";
    NO_PICTURE = "W0420", "a picture that is none";
    TEMPLATE_SYNTAX = "E0501", "a template that cannot be read";
    TEMPLATE_NAME = "E0502", "a template that names an unknown filter, function, component or template";
    TEMPLATE_VALUE = "E0503", "a template that fails while printing";
    TEMPLATE_LOOP = "E0504", "templates that include or extend each other in a circle";
    MISSING_STRING = "E0505", "an interface string that a language lacks";
    UNKNOWN_TEMPLATE = "W0506", "a template that no page uses";
    GONE = "E0601", "an address that was out would be gone";
    OTHER_SITE = "E0602", "what was out is of another site";
    HEAVY = "W0603", "a site that is nearly too large for GitHub Pages";
}

const EXPLANATIONS: &str = include_str!("codes.md");

/// The code of that name.
pub fn by_name(name: &str) -> Option<Code> {
    ALL.iter().copied().find(|code| code.0 == name)
}

/// The paragraph and the examples for a code, in Markdown; `None` for a code that does not exist.
pub fn explanation(name: &str) -> Option<&'static str> {
    let wanted = name.to_ascii_uppercase();
    EXPLANATIONS
        .split("\n## ")
        .skip(1)
        .find(|section| section.split_whitespace().next() == Some(wanted.as_str()))
        .map(str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_by_a_wrong_and_a_right_example() {
        for code in ALL {
            let text = explanation(code.name()).unwrap_or_default();
            let examples = text.matches("\n```").count();
            assert!(text.contains("Wrong:") && text.contains("Right:"), "{} lacks an example", code.name());
            assert!(examples >= 4 && text.len() > 150, "{} is hardly explained", code.name());
        }
        assert_eq!(
            EXPLANATIONS.matches("\n## ").count(),
            ALL.len(),
            "a code is explained that does not exist"
        );
    }

    #[test]
    fn no_code_stands_twice() {
        let mut names: Vec<&str> = ALL.iter().map(|code| &code.name()[1..]).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len());
    }
}
