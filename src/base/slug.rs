//! Slugs and relative addresses: how names become parts of paths, and how one page names another.

use unicode_normalization::UnicodeNormalization;

/// The longest slug allowed, in bytes.
pub const LONGEST: usize = 80;

/// A slug made from any name: Latin letters, digits and single hyphens; empty when nothing of the name is left.
pub fn slug(name: &str) -> String {
    let mut made = String::with_capacity(name.len());
    for letter in deunicode::deunicode(&name.nfc().collect::<String>()).chars() {
        match letter {
            'a'..='z' | '0'..='9' => made.push(letter),
            'A'..='Z' => made.push(letter.to_ascii_lowercase()),
            '\'' => {}
            _ if !made.is_empty() && !made.ends_with('-') => made.push('-'),
            _ => {}
        }
        if made.len() == LONGEST {
            break;
        }
    }
    made.trim_end_matches('-').to_owned()
}

/// Whether `text` is a slug as written: `a-z`, `0-9` and `-`, 1 to 80 long.
pub fn is_slug(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// What two names have in common when only case, accents' form and surrounding space differ.
pub fn folded(name: &str) -> String {
    name.trim().nfc().collect::<String>().to_lowercase()
}

/// The way from a page up to the root: `../` for each folder it lies in.
pub fn way_up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// The shortest way from a page to an address of its edition.
pub fn way(from: &str, to: &str) -> String {
    let here = folder(from);
    let mut shared = 0;
    for (at, _) in to.split('#').next().unwrap_or_default().match_indices('/') {
        let inside =
            here.strip_prefix(&to[..at]).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if !inside {
            break;
        }
        shared = at + 1;
    }
    let rest = here.get(shared..).unwrap_or_default();
    let up = if rest.is_empty() { 0 } else { 1 + rest.bytes().filter(|byte| *byte == b'/').count() };
    let mut way = String::with_capacity(3 * up + to.len() - shared + 2);
    (0..up).for_each(|_| way.push_str("../"));
    // A colon in the first part would be read as the end of a scheme.
    if up == 0 && to[shared..].contains(':') {
        way.push_str("./");
    }
    way + &to[shared..]
}

/// `path` made relative to the folder `from`, with `.` and `..` resolved; `None` when it leaves the root.
pub fn joined(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        from.split('/').filter(|part| !part.is_empty()).collect()
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The folder that a path lies in, without a slash at its end.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_as_short_as_it_may_be() {
        let cases = [
            ("2017/11/22/call.html", "2017/11/20/sochi.html#then", "../20/sochi.html#then"),
            ("2017/11/22/call.html", "2017/12/22/call.html", "../../12/22/call.html"),
            ("2017/11/22/call.html", "2017/1/22/call.html", "../../1/22/call.html"),
            ("2017/11/22/call.html", "2017/11/22/hall.png", "hall.png"),
            ("2017/11/22/call.html", "2017/11/22/a:b.png", "./a:b.png"),
            ("2017/11/22/call.html", "topics/syria.html", "../../../topics/syria.html"),
            ("2017/11/22/call.html", "../media/hall.png", "../../../../media/hall.png"),
            ("topics/syria.html", "topics/syria/2017.html", "syria/2017.html"),
            ("topics/syria/2017.html", "topics/syria.html", "../syria.html"),
            ("index.html", "about.html", "about.html"),
        ];
        for (from, to, expected) in cases {
            assert_eq!(way(from, to), expected, "from {from} to {to}");
        }
    }

    #[test]
    fn names_become_slugs() {
        let cases = [
            ("North Korea", "north-korea"),
            ("  Côte d'Ivoire! ", "cote-divoire"),
            ("Сирия", "siriia"),
            ("…", ""),
            ("a--b", "a-b"),
        ];
        for (name, expected) in cases {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert_eq!(slug(&"x".repeat(200)).len(), LONGEST);
    }

    #[test]
    fn paths_are_joined_inside_the_root() {
        assert_eq!(
            joined("content/briefs/2017", "../2018/a.md").as_deref(),
            Some("content/briefs/2018/a.md")
        );
        assert_eq!(joined("a", "/b/./c").as_deref(), Some("b/c"));
        assert_eq!(joined("a", "../../b"), None);
    }
}
