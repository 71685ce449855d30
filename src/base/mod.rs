//! Floor 0: words that every other floor speaks. It knows nothing of briefs, files or pages.

pub mod codes;
pub mod date;
pub mod digest;
pub mod fold;
pub mod language;
pub mod number;
pub mod pieces;
pub mod report;
pub mod show;
pub mod slug;
pub mod spelling;
