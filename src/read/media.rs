//! What a picture's first bytes say: its size, and whether it carries a place. It knows nothing of where pictures are shown.

/// What is known of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Whether it says where it was taken.
    pub located: bool,
}

impl Picture {
    /// Reads a picture's head; `None` where it is no picture that is known.
    pub fn of(head: &[u8]) -> Option<Picture> {
        let size = imagesize::blob_size(head).ok()?;
        let located = exif(head).is_some_and(|tiff| has_place(tiff) == Some(true));
        Some(Picture { width: size.width as u32, height: size.height as u32, located })
    }
}

/// The TIFF part of a picture's Exif data: behind `Exif\0\0` in JPEG, bare in PNG's and WebP's chunks.
fn exif(head: &[u8]) -> Option<&[u8]> {
    let find =
        |mark: &[u8]| head.windows(mark.len()).position(|window| window == mark).map(|at| at + mark.len());
    let start = find(b"Exif\0\0").or_else(|| find(b"eXIf")).or_else(|| find(b"EXIF").map(|at| at + 4))?;
    head.get(start..)
}

/// Whether the first directory of a TIFF has the pointer to one of places (tag 0x8825, Exif 2.32, 4.6.3).
fn has_place(tiff: &[u8]) -> Option<bool> {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = *tiff.get(4..)?.first_chunk::<4>()?;
    let first = if little { u32::from_le_bytes(long) } else { u32::from_be_bytes(long) } as usize;
    let entries = usize::from(short(first)?);
    Some((0..entries.min(1000)).any(|entry| short(first + 2 + 12 * entry) == Some(0x8825)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a JPEG of 1 × 2 pixels whose Exif data has one entry.
    fn jpeg(tag: u16) -> Vec<u8> {
        let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
        tiff.extend(tag.to_be_bytes());
        tiff.extend([0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
        let mut made = vec![0xff, 0xd8, 0xff, 0xe1];
        made.extend((tiff.len() as u16 + 2).to_be_bytes());
        made.extend(tiff);
        made.extend([0xff, 0xc0, 0, 11, 8, 0, 2, 0, 1, 1, 1, 0x11, 0, 0xff, 0xd9]);
        made
    }

    #[test]
    fn a_picture_tells_its_size_and_whether_it_tells_its_place() {
        assert_eq!(Picture::of(&jpeg(0x8825)), Some(Picture { width: 1, height: 2, located: true }));
        assert_eq!(Picture::of(&jpeg(0x0112)), Some(Picture { width: 1, height: 2, located: false }));
        assert_eq!(Picture::of(b"no picture"), None);
    }
}
