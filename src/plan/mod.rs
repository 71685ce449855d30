//! Floor 3: the archive becomes pages: what to show at each path, as values. One file a kind of page. It knows
//! nothing of how a page looks, nor of what is out already.
//!
//! A further kind becomes a file here and a variant of [`Kind`].

pub mod about;
pub mod absolute;
pub mod agency;
pub mod axis;
pub mod body;
pub mod brief;
pub mod card;
pub mod chrome;
pub mod claims;
pub mod corrections;
pub mod counts;
pub mod data;
pub mod dates;
pub mod density;
pub mod description;
pub mod feed;
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
pub mod signed;
pub mod sitemap;
pub mod social;
pub mod standing;
pub mod structured;
pub mod timeline;
pub mod topic;
pub mod xml;
pub mod years;

pub use page::{Kind, Page, Plan, bind, plan};
pub use part::{Part, Parts};
pub use shown::Shown;
