//! What templates are handed, as theme makers read it. The text is made of the comments that stand over the keys in
//! this folder, and of a site that has everything; `tests/handed.rs` makes it, and fails where it tells too little or
//! too much.

/// All of it, in Markdown.
pub const TEXT: &str = include_str!("handed.md");

/// What opens the section of a layout, and ends the one before.
const HEADING: &str = "\n## ";

/// The section of a layout, or of what every layout is handed.
pub fn section(of: &str) -> Option<&'static str> {
    let (_, rest) = TEXT.split_once(&format!("{HEADING}{of}\n"))?;
    Some(rest.split(HEADING).next().unwrap_or(rest).trim())
}

/// The names that a layout is handed and not every other one.
pub fn names(layout: &str) -> Vec<&'static str> {
    let lines = section(layout).unwrap_or_default().lines();
    lines.filter_map(|line| line.strip_prefix("- `")?.split('`').next()).collect()
}

/// The headings there are.
pub fn sections() -> impl Iterator<Item = &'static str> {
    TEXT.split(HEADING).skip(1).filter_map(|section| section.lines().next())
}
