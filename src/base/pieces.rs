//! A long list in pieces that are shared: a copy of it costs a pointer a piece, and changing an entry of the
//! copy makes one piece anew. So two editions that differ in one brief share all others.

use std::ops::Index;
use std::sync::Arc;

/// How many entries a piece has: few enough that making one anew costs microseconds and little memory, enough that
/// the pointers to all pieces cost no more.
const PIECE: usize = 64;

/// A list in shared pieces.
#[derive(Clone, Debug)]
pub struct Pieces<T> {
    pieces: Vec<Arc<Vec<T>>>,
    count: usize,
}

impl<T> Default for Pieces<T> {
    fn default() -> Pieces<T> {
        Pieces { pieces: Vec::new(), count: 0 }
    }
}

impl<T> Pieces<T> {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Every entry, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.pieces.iter().flat_map(|piece| piece.iter())
    }

    /// Where two lists of one length differ, by what makes entries the same; shared pieces are not looked into.
    pub fn differing(&self, other: &Pieces<T>, same: impl Fn(&T, &T) -> bool) -> Vec<usize> {
        let pieces = self.pieces.iter().zip(&other.pieces).enumerate();
        let apart = pieces.filter(|(_, (own, others))| !Arc::ptr_eq(own, others));
        let entries = apart.flat_map(|(piece, (own, others))| {
            let entries = own.iter().zip(others.iter()).enumerate();
            entries.map(move |(at, (own, other))| (piece * PIECE + at, own, other))
        });
        entries.filter(|(_, own, other)| !same(own, other)).map(|(at, ..)| at).collect()
    }

    /// Puts an entry in another's place. Copies of the list keep the old one.
    pub fn replace(&mut self, at: usize, entry: T)
    where
        T: Clone,
    {
        Arc::make_mut(&mut self.pieces[at / PIECE])[at % PIECE] = entry;
    }
}

impl<T> From<Vec<T>> for Pieces<T> {
    fn from(list: Vec<T>) -> Pieces<T> {
        let count = list.len();
        let mut pieces = Vec::with_capacity(count.div_ceil(PIECE));
        let mut rest = list.into_iter();
        while rest.len() > 0 {
            pieces.push(Arc::new(rest.by_ref().take(PIECE).collect()));
        }
        Pieces { pieces, count }
    }
}

impl<T> Index<usize> for Pieces<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.pieces[at / PIECE][at % PIECE]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_shares_every_piece_but_the_one_that_was_changed() {
        let list = Pieces::from((0..2000).collect::<Vec<usize>>());
        let mut copy = list.clone();
        copy.replace(1025, 7);
        assert_eq!((list.len(), copy.len(), list[1025], copy[1025]), (2000, 2000, 1025, 7));
        assert!(list.iter().enumerate().all(|(at, entry)| at == *entry));
        let shared = list.pieces.iter().zip(&copy.pieces).map(|(a, b)| Arc::ptr_eq(a, b));
        assert!(shared.eq((0..2000usize.div_ceil(PIECE)).map(|piece| piece != 1025 / PIECE)));
        assert_eq!(copy.differing(&list, |a, b| a == b), [1025]);
        assert!(Pieces::<u8>::from(Vec::new()).is_empty());
    }
}
