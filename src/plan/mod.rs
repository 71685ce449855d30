//! Floor 3: the archive becomes pages: what to show at each path, as values. One file a kind of page. It knows
//! nothing of how a page looks, nor of what is out already.
//!
//! Further kinds (sitemaps, feeds, corrections, editions in other languages) each become a file here
//! and a variant of [`Kind`].

pub mod about;
pub mod agency;
pub mod axis;
pub mod body;
pub mod brief;
pub mod card;
pub mod chrome;
pub mod claims;
pub mod counts;
pub mod dates;
pub mod density;
pub mod description;
pub mod files;
pub mod front;
pub mod handed;
pub mod languages;
pub mod lasting;
pub mod media;
pub mod missing;
pub mod page;
pub mod part;
pub mod period;
pub mod redirect;
pub mod robots;
pub mod rule;
pub mod search;
pub mod shown;
pub mod social;
pub mod standing;
pub mod structured;
pub mod timeline;
pub mod topic;

pub use page::{Kind, Page, Plan, bind, plan};
pub use part::{Part, Parts};
pub use shown::Shown;
