//! What a picture's first bytes say: its size. It knows nothing of where pictures are shown.

/// A picture's size in pixels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Picture {
    /// Reads the size from a picture's head; `None` where it is no picture that is known.
    pub fn of(head: &[u8]) -> Option<Picture> {
        let size = imagesize::blob_size(head).ok()?;
        Some(Picture { width: size.width as u32, height: size.height as u32 })
    }
}
