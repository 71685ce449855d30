//! Deliveries: what is out (the ledger) is brought up to what should be out (the edition). The other of the
//! two places where the world is touched. It knows nothing of briefs.

pub mod folder;
pub mod ledger;
pub mod lock;
pub mod publish;
pub mod staging;

pub use folder::Folder;
pub use ledger::Ledger;
pub use publish::{Delivery, publish};
