//! dateline turns a folder of Markdown news briefs into a complete static news site.
//!
//! *An edition is a pure function of the sources; publishing brings what is out up to what should be out.*
//!
//! ```text
//!  disk                                                                                  disk or browser
//!   │                                                                                         ▲
//!   ▼                                                                                         │
//! Sources ─parse─▶ Briefs ─file─▶ Archive ─plan─▶ Pages ─set─▶ Edition ─compare─▶ what differs ─print─▶ Sheets
//!  bytes           values          values          values      + theme   with                            bytes
//!  + digests       + diagnostics   indexed                     = finger- Ledger
//!                                                                prints
//! ```
//!
//! # The way of the data, in the order to read it
//!
//! 1. [`read::sources`] looks at every file of a site and gives each a digest.
//! 2. [`read::brief`] makes one [`read::brief::Brief`] of one file. [`read::guard`] and [`read::front`] turn YAML
//!    into values with places, [`read::shape`] checks them against [`read::shapes`], [`read::markdown`] makes HTML
//!    with slots for the addresses that only the archive knows.
//! 3. [`archive::filing`] makes the [`archive::Archive`]: briefs ordered, indexed, their references resolved.
//! 4. [`plan::page`] says which [`plan::Page`]s there are and makes the [`plan::Part`]s of each when asked.
//!    What no template sets [`plan::Plan::write`] writes: [`plan::feed`], [`plan::sitemap`], [`plan::data`] and the
//!    index of [`plan::search`]. What a page tells machines of itself is made in [`plan::structured`].
//! 5. [`press::edition`] sets a page in a [`press::theme`]: its fingerprint is the digest of exactly what it is
//!    made of. Printing it gives a [`press::Sheet`].
//! 6. [`mod@deliver::publish`] compares fingerprints with the [`deliver::Ledger`], prints what differs and withdraws
//!    what no page claims.
//!
//! Beside that way: [`archive::due`] says what time alone changes, and when; [`plan::lasting`] which addresses must not
//! vanish, and [`deliver::published`] which of them would; [`press::difference`] how two editions differ.
//!
//! The tables of [`read::shapes`] are also what [`read::schema`] makes JSON Schemas of, and [`read::choices`] reads a
//! site's names for those and for shells without reading a brief.
//!
//! [`newsroom::compose`] is steps 2 to 5, a pure function; [`command::build`] is all of it. [`command::follow`] takes
//! the same steps again and again: [`read::watch`] says where to look, [`mod@read::again`] looks, a
//! [`newsroom::Newsroom`] makes only what is made of something else now, and [`deliver::preview`] shows the edition.
//!
//! # Floors
//!
//! A module may use its own folder and lower floors; `tests/tidy.rs` holds it.
//!
//! | floor | what | touches |
//! |--:|---|---|
//! | 6 | [`cli`], [`command`] | terminal, clock, environment |
//! | 5 | [`newsroom`], [`deliver`] | disk out, sockets |
//! | 4 | [`press`] | nothing |
//! | 3 | [`plan`] | nothing |
//! | 2 | [`archive`] | nothing |
//! | 1 | [`read`] | disk in (`sources`, `watch`) |
//! | 0 | [`base`] | nothing |

pub mod archive;
pub mod base;
pub mod cli;
pub mod command;
pub mod deliver;
pub mod newsroom;
pub mod plan;
pub mod press;
pub mod read;
