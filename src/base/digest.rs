//! Digests: what stands for bytes when they are compared. It knows nothing of what the bytes mean.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{Hash, Hasher};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// 128 bits that stand for some bytes (XXH3; no defence against an adversary is promised).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Digest([u8; 16]);

impl Digest {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(xxh3_128(bytes).to_be_bytes())
    }

    /// The digest of a value: of all that it hashes.
    pub fn of_value(value: &impl Hash) -> Digest {
        let mut gathered = Gathered::default();
        value.hash(&mut gathered);
        gathered.0.finish()
    }

    /// The first 8 hexadecimal digits, for names of files.
    pub fn short(self) -> String {
        format!("{:08x}", self.number() >> 96)
    }

    /// The first 12 hexadecimal digits, for keys among at most some hundred thousands.
    pub fn long(self) -> String {
        format!("{:012x}", self.number() >> 80)
    }

    /// A file's path with this digest in its name, where it is a stylesheet's or a script's: so a page never meets the
    /// wrong one. Others keep their name, and a new picture prints no page again.
    pub fn in_name(self, path: &str) -> Option<String> {
        match path.rsplit_once('.') {
            Some((stem, ending @ ("css" | "js"))) => Some(format!("{stem}-{}.{ending}", self.short())),
            _ => None,
        }
    }

    /// An even spread over `shares`, the same on every machine.
    pub fn share(self, shares: u32) -> u32 {
        (self.number() % u128::from(shares)) as u32
    }

    fn number(self) -> u128 {
        u128::from_be_bytes(self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.number())
    }
}

/// Takes what values hash.
#[derive(Default)]
struct Gathered(Digester);

impl Hasher for Gathered {
    fn write(&mut self, bytes: &[u8]) {
        self.0.take(bytes);
    }

    /// Half of the digest; the whole is taken otherwise.
    fn finish(&self) -> u64 {
        0
    }
}

/// How much is gathered before it is digested: many small additions are dear one by one.
const GATHERED: usize = 1024;

/// Takes a digest of several things in order. Each is added with its length, so that `ab c` and `a bc` differ.
pub struct Digester {
    state: Option<Box<Xxh3>>,
    gathered: [u8; GATHERED],
    length: usize,
}

impl Default for Digester {
    fn default() -> Self {
        Digester { state: None, gathered: [0; GATHERED], length: 0 }
    }
}

impl Digester {
    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(bytes.len() as u64).take(bytes)
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Adds bytes of some kind; what is added as another kind differs, though its bytes be the same.
    #[inline]
    pub fn kind(&mut self, kind: u8, bytes: &[u8]) -> &mut Self {
        self.number((bytes.len() as u64) << 8 | u64::from(kind)).take(bytes)
    }

    /// Adds a number.
    #[inline]
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.take(&number.to_le_bytes())
    }

    /// Adds a digest.
    pub fn digest(&mut self, digest: Digest) -> &mut Self {
        self.take(&digest.0)
    }

    /// The digest of all that was added.
    pub fn finish(&mut self) -> Digest {
        match &mut self.state {
            None => Digest::of(&self.gathered[..self.length]),
            Some(state) => {
                state.update(&self.gathered[..self.length]);
                self.length = 0;
                Digest(state.digest128().to_be_bytes())
            }
        }
    }

    #[inline]
    fn take(&mut self, bytes: &[u8]) -> &mut Self {
        let end = self.length + bytes.len();
        match self.gathered.get_mut(self.length..end) {
            Some(room) => {
                room.copy_from_slice(bytes);
                self.length = end;
            }
            None => self.take_much(bytes),
        }
        self
    }

    /// Digests what was gathered, and then what has no room beside it.
    #[cold]
    fn take_much(&mut self, bytes: &[u8]) {
        let state = self.state.get_or_insert_with(Box::default);
        state.update(&self.gathered[..self.length]);
        state.update(bytes);
        self.length = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_does_not_matter_in_which_pieces_bytes_are_gathered() {
        let long = vec![7; 10_000];
        let mut pieces = Digester::default();
        pieces.number(10_000);
        long.chunks(999).for_each(|piece| {
            pieces.take(piece);
        });
        let mut whole = Vec::from(10_000u64.to_le_bytes());
        whole.extend(&long);
        assert_eq!(pieces.finish(), Digest::of(&whole));
        assert_eq!(Digester::default().bytes(&long).finish(), Digest::of(&whole));
        let ab = Digester::default().text("ab").text("c").finish();
        assert_ne!(ab, Digester::default().text("a").text("bc").finish());
    }
}
