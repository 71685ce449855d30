//! Digests: what stands for bytes when they are compared. It knows nothing of what the bytes mean.

use serde::{Deserialize, Serialize};
use std::fmt;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// 128 bits that stand for some bytes (XXH3; no defence against an adversary is promised).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Digest(u128);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(xxh3_128(bytes))
    }

    /// The first 8 hexadecimal digits, for names of files.
    pub fn short(self) -> String {
        format!("{:08x}", (self.0 >> 96) as u32)
    }

    /// An even spread over `shares`, the same on every machine.
    pub fn share(self, shares: u32) -> u32 {
        (self.0 % u128::from(shares)) as u32
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Takes a digest of several things in order. Each is added with its length, so that `ab c` and `a bc` differ.
pub struct Digester(Xxh3);

impl Default for Digester {
    fn default() -> Self {
        Digester(Xxh3::new())
    }
}

impl Digester {
    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.0.update(&number.to_le_bytes());
        self
    }

    /// Adds a digest.
    pub fn digest(&mut self, digest: Digest) -> &mut Self {
        self.0.update(&digest.0.to_le_bytes());
        self
    }

    /// The digest of all that was added.
    pub fn finish(&self) -> Digest {
        Digest(self.0.digest128())
    }
}
