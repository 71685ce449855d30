//! Floor 2: briefs become the archive: ordered, indexed, their references resolved, the desk's rules applied.
//! It knows nothing of pages.
//!
//! **Order.** Briefs are numbered newest first by the moment they were published (a day counts from its first
//! moment in the site's zone; where an embargo is later, it counts). Ties go by the file's path, ascending.
//! Chronologies go by the event's date, newest first, a bare year or month before its days; ties by number.

pub mod corrections;
pub mod due;
pub mod editions;
pub mod filing;
pub mod imprint;
pub mod last;
pub mod model;
pub mod open;
pub mod outline;
pub mod period;
pub mod picture;
pub mod reference;
pub mod related;
pub mod shelves;
pub mod terms;

pub use model::{Archive, Filed, Link, Shelf};
