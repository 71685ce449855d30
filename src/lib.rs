//! dateline turns a folder of Markdown news briefs into a complete static news site.
//!
//! *An edition is a pure function of the sources; publishing brings what is out up to what should be out.*

pub mod base;
pub mod archive;
pub mod plan;
pub mod read;
