//! Floor 1: files become briefs. Every mistake in them is reported with its place, and reading never fails.
//! It knows nothing of other briefs: what one file means beside another is the archive's business.

pub mod again;
pub mod agency;
pub mod brief;
pub mod choices;
pub mod credit;
pub mod extras;
pub mod fields;
pub mod front;
pub mod guard;
pub mod home;
pub mod kind;
pub mod markdown;
pub mod media;
pub mod name;
pub mod pattern;
pub mod quote;
pub mod quotes;
pub mod raw_html;
pub mod schema;
pub mod settings;
pub mod shape;
pub mod shapes;
pub mod sources;
pub mod standing;
pub mod stat;
pub mod strings;
pub mod text;
pub mod theme;
pub mod topic;
pub mod watch;
