//! Floor 4: pages become bytes. Tera lives here. Templates are handed parts and look nothing up. It touches
//! neither disk nor clock, and knows nothing of what is out.

pub mod difference;
pub mod edition;
pub mod faults;
pub mod filters;
pub mod frame;
pub mod reach;
pub mod stock;
pub mod theme;

pub use edition::{Edition, Setting, Sheet};
