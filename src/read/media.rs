//! What a picture's first bytes say: its size, and whether it carries a place. It knows nothing of where pictures are
//! shown.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How wide a drawing is that has a shape and no size, in pixels: as wide as a page's content at most.
const WIDEST: f64 = 1216.0;

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
        if let Some((width, height)) = drawing(head) {
            return Some(Picture { width, height, located: false });
        }
        let size = imagesize::blob_size(head).ok()?;
        let located = exif(head).is_some_and(|tiff| has_place(tiff) == Some(true));
        Some(Picture { width: size.width as u32, height: size.height as u32, located })
    }
}

/// The size of an SVG (SVG 2, 8.2): as its root says in pixels, or the shape of its view box, as wide as the place it
/// has.
fn drawing(head: &[u8]) -> Option<(u32, u32)> {
    if head.trim_ascii_start().first() != Some(&b'<') {
        return None;
    }
    let (mut reader, mut gathered) = (Reader::from_reader(head), Vec::new());
    let root = loop {
        match reader.read_event_into(&mut gathered).ok()? {
            Event::Start(root) | Event::Empty(root) if root.local_name().as_ref() == "svg" => {
                break root.into_owned();
            }
            Event::Start(_) | Event::Empty(_) | Event::Eof => return None,
            _ => gathered.clear(),
        }
    };
    let pixels = |name: &str| said(&root, name)?.trim_end_matches("px").parse().ok();
    let (width, height): (f64, f64) = match (pixels("width"), pixels("height")) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let shape = said(&root, "viewBox")?;
            let mut sides = shape.split([' ', ',', '\n', '\t']).filter(|side| !side.is_empty()).skip(2);
            let mut side = || sides.next()?.parse::<f64>().ok();
            let (across, down) = (side()?, side()?);
            (WIDEST, WIDEST * down / across)
        }
    };
    let whole = |side: f64| (0.5..100_000.0).contains(&side).then(|| side.round() as u32);
    Some((whole(width)?, whole(height)?))
}

/// What an attribute of an element says.
fn said(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let given = element.try_get_attribute(name).ok()??;
    Some(given.value.trim().to_owned())
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

    #[test]
    fn a_drawing_has_the_size_or_the_shape_that_its_root_says() {
        let size = |svg: &str| Picture::of(svg.as_bytes()).map(|picture| (picture.width, picture.height));
        let begun = "<?xml version=\"1.0\"?>\n<!-- <svg width='9' height='9'> -->\n<!DOCTYPE svg>\n";
        assert_eq!(
            size(&format!("{begun}<svg width=\"120\" height='80.4px'><rect/></svg>")),
            Some((120, 80))
        );
        assert_eq!(size("<svg viewBox=\"0 0 200,100\"/>"), Some((1216, 608)));
        assert_eq!(
            size("<s:svg width=\"100%\" height=\"100%\" viewBox=\"-5 -5 10 10\">"),
            Some((1216, 1216))
        );
        for nothing in [
            "<svg>",
            "<svg viewBox=\"0 0 0 0\"/>",
            "<svg width=\"-1\" height=\"1\"/>",
            "<html><svg width=\"1\" height=\"1\"/>",
            "<svg",
        ] {
            assert_eq!(size(nothing), None, "{nothing}");
        }
    }
}
