//! What the last round made of something, kept for the next: made again only when the digest of all that it is
//! made of is another. It knows nothing of what it keeps.

use crate::base::digest::{Digest, Digester};
use crate::base::report::Report;
use crate::read::sources::Source;
use std::sync::Arc;

/// The last value, with what was said while it was made.
pub struct Memo<T> {
    made: Option<(Digest, Arc<T>, Report)>,
}

impl<T> Default for Memo<T> {
    fn default() -> Memo<T> {
        Memo { made: None }
    }
}

impl<T> Memo<T> {
    /// The value made of what has this digest; what was said of it is said again.
    pub fn get(&mut self, key: Digest, report: &mut Report, make: impl FnOnce(&mut Report) -> T) -> Arc<T> {
        let (value, said) = match self.made.take() {
            Some((of, value, said)) if of == key => (value, said),
            _ => {
                let mut said = Report::default();
                (Arc::new(make(&mut said)), said)
            }
        };
        report.extend(said.clone());
        self.made = Some((key, value.clone(), said));
        value
    }
}

/// The digest of sources by their paths, and of whether they could be taken.
pub fn digest_of<'a>(sources: impl IntoIterator<Item = &'a Source>) -> Digest {
    let mut digester = Digester::default();
    for source in sources {
        digester.text(&source.path).digest(source.digest);
        if let Some(trouble) = &source.trouble {
            digester.text(&format!("{trouble:?}"));
        }
    }
    digester.finish()
}

/// Several digests as one.
pub fn together(digests: impl IntoIterator<Item = Digest>) -> Digest {
    let mut digester = Digester::default();
    digests.into_iter().for_each(|digest| {
        digester.digest(digest);
    });
    digester.finish()
}
