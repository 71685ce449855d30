//! How much is out, and whether it is nearly more than hosts of static sites take. It knows sizes alone.

use crate::base::codes;
use crate::base::report::{Place, Report};
use crate::read::settings;

/// From how many bytes on it is said: GitHub Pages takes 1 GB, and the next year of briefs is still to come.
const MUCH: u64 = 900_000_000;

const MEGABYTE: u64 = 1_000_000;

/// A warning where files of so many bytes in all are nearly too much. Paths are spread evenly over shards, so one of
/// them tells what all come to.
pub fn check(bytes: u64, shard: Option<(u32, u32)>) -> Report {
    let mut report = Report::default();
    let whole = bytes * shard.map_or(1, |(_, of)| u64::from(of));
    if whole > MUCH {
        let about = if shard.is_some() { "about " } else { "" };
        let size = whole.div_ceil(MEGABYTE);
        let message = format!("the site comes to {about}{size} MB, over {} MB", MUCH / MEGABYTE);
        report.add(codes::HEAVY, Place::whole(&settings::FILE.into()), message).help(
            "GitHub Pages takes no more than 1 GB: store large pictures and recordings elsewhere, or publish on another server",
        );
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: u64, shard: Option<(u32, u32)>) -> Vec<String> {
        let report = check(bytes, shard);
        report
            .sorted()
            .iter()
            .map(|found| format!("{} {}: {}", found.code.name(), found.place.file, found.message))
            .collect()
    }

    #[test]
    fn a_site_of_over_900_mb_is_warned_of() {
        assert!(check(MUCH, None).is_empty());
        assert_eq!(said(MUCH + 1, None), ["W0603 content/site.yaml: the site comes to 901 MB, over 900 MB"]);
        assert_eq!(
            said(1_241_362_317, None),
            ["W0603 content/site.yaml: the site comes to 1242 MB, over 900 MB"]
        );
        assert!(!check(MUCH + 1, None).has_errors());
    }

    #[test]
    fn a_shard_speaks_for_all() {
        assert!(check(225_000_000, Some((3, 4))).is_empty());
        assert_eq!(
            said(250_000_000, Some((3, 4))),
            ["W0603 content/site.yaml: the site comes to about 1000 MB, over 900 MB"]
        );
    }
}
