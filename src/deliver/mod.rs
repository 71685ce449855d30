//! Deliveries: what is out (the ledger) is brought up to what should be out (the edition), and the preview shows
//! what would be out. The other of the two places where the world is touched. It knows nothing of briefs.

pub mod address;
pub mod changes;
pub mod folder;
pub mod hosts;
pub mod ledger;
pub mod lock;
pub mod preview;
pub mod publish;
pub mod published;
pub mod respond;
pub mod server;
pub mod staging;
pub mod tab;
pub mod weight;

pub use folder::Folder;
pub use ledger::Ledger;
pub use preview::Preview;
pub use publish::{Delivery, publish};
pub use server::Server;
