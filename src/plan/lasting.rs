//! Lasting addresses: those that must go on answering once they were out. What they are is told by the address alone,
//! since of a site that was out nothing else may be left.

use crate::base::date::{Day, Truncated};
use crate::base::slug;

/// Pages that a setting may turn off, and the one that answers for what is not there.
const FREE: [&str; 2] = ["404.html", "search.html"];

/// The names of feeds.
const FEEDS: [&str; 3] = ["feed.atom", "feed.rss", "feed.json"];

/// Whether an address must go on answering: of a page or a feed, but not of a period's page, which may be empty.
pub fn lasts(path: &str) -> bool {
    let (folder, name) = (slug::folder(path), slug::file_name(path));
    if FEEDS.contains(&name) {
        return true;
    }
    let Some(stem) = name.strip_suffix(".html") else { return false };
    let is_period = !folder.is_empty() && Truncated::parse(stem).is_ok();
    is_of_brief(path) || !is_period && !FREE.contains(&name)
}

/// Whether an address is below a day, as those of briefs are.
pub fn is_of_brief(path: &str) -> bool {
    let mut folders = slug::folder(path).rsplit('/');
    let (day, month, year) = (folders.next(), folders.next(), folders.next());
    let (Some(day), Some(month), Some(year)) = (day, month, year) else { return false };
    Day::parse(&format!("{year}-{month}-{day}")).is_ok()
}

/// What had an address, as far as the address tells.
pub fn owner(path: &str) -> String {
    let (folder, name) = (slug::folder(path), slug::file_name(path));
    let stem = name.strip_suffix(".html").unwrap_or(name);
    let of_term = |folder: &str, slug: &str| match slug::file_name(folder) {
        "topics" => Some(format!("the topic `{slug}`")),
        "agencies" => Some(format!("the agency `{slug}`")),
        _ => None,
    };
    if FEEDS.contains(&name) {
        let whose = of_term(slug::folder(folder), slug::file_name(folder));
        return whose.map_or("a feed".to_owned(), |whose| format!("a feed of {whose}"));
    }
    match of_term(folder, stem) {
        Some(term) => term,
        None if is_of_brief(path) => "a brief".to_owned(),
        None => "a page".to_owned(),
    }
}

/// The page by whose old address an address moves along: itself, or the page whose feed it is.
pub fn page(path: &str) -> String {
    match slug::folder(path) {
        folder if !folder.is_empty() && FEEDS.contains(&slug::file_name(path)) => format!("{folder}.html"),
        _ => path.to_owned(),
    }
}

/// The file that answers at an address: `…/` is its `index.html`, a name without an ending is that with `.html`.
pub fn file(address: &str) -> String {
    let inside = address.trim_start_matches('/');
    match inside.rsplit('/').next() {
        Some("") => format!("{inside}index.html"),
        Some(name) if name.contains('.') => inside.to_owned(),
        _ => format!("{inside}.html"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn briefs_pages_terms_and_feeds_last_and_periods_do_not() {
        for path in [
            "index.html",
            "2017/11/22/call.html",
            "2017/11/22/2017.html",
            "de/2017/11/22/404.html",
            "topics/syria.html",
            "topics/syria/feed.atom",
            "feed.json",
            "about.html",
            "2017.html",
            "old/place.html",
        ] {
            assert!(lasts(path), "{path}");
        }
        for path in [
            "timeline/2017.html",
            "topics/syria/2017-11.html",
            "de/agencies/ap/2017-11-22.html",
            "404.html",
            "search.html",
            "de/search.html",
            "dateline-abc.css",
            "2017/11/22/aleppo.jpg",
            "data/timeline-2017.json",
        ] {
            assert!(!lasts(path), "{path}");
        }
    }

    #[test]
    fn an_address_tells_what_had_it() {
        let told = |path| owner(path);
        assert_eq!(told("2017/11/22/call.html"), "a brief");
        assert_eq!(told("de/topics/syria.html"), "the topic `syria`");
        assert_eq!(told("agencies/ap/feed.rss"), "a feed of the agency `ap`");
        assert_eq!(told("feed.rss"), "a feed");
        assert_eq!(told("about.html"), "a page");
        assert_eq!(page("de/agencies/ap/feed.rss"), "de/agencies/ap.html");
        assert_eq!([page("feed.rss"), page("about.html")], ["feed.rss", "about.html"]);
    }
}
