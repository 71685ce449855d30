//! What a desk is warned of in a picture that it shows. It knows nothing of where the picture stands.

use crate::archive::reference::FileFacts;
use crate::base::codes;
use crate::base::report::Report;
use crate::read::fields::Spanned;
use crate::read::sources::is_picture;
use std::sync::Arc;

/// The largest picture that is not warned about, in bytes.
const LARGE: u64 = 500_000;

/// Warns of a picture that is none, that is large, or that carries the place where it was taken.
pub fn warn((source, facts): (&str, &FileFacts), target: &Spanned, file: &Arc<str>, report: &mut Report) {
    if is_picture(source) && facts.size > LARGE {
        let message = format!("`{}` has {} kB, over 500", target.text, facts.size / 1000);
        let found = report.add(codes::LARGE_PICTURE, target.place(file), message);
        found.help("make it smaller: readers pay for every byte");
    }
    if facts.picture.is_some_and(|picture| picture.located) {
        let message = format!("`{}` carries the place where it was taken", target.text);
        let found = report.add(codes::LOCATED_PICTURE, target.place(file), message);
        found.help("take the GPS data out before it is published: it can give people away");
    }
    if is_picture(source) && !is_drawing(source) && facts.picture.is_none() {
        let message = format!("`{}` is no picture that is known: its size cannot be told", target.text);
        let found = report.add(codes::NO_PICTURE, target.place(file), message);
        found.help("see whether the file is whole, and is what its name says");
    }
}

/// Whether it is made of lines, and so has no size in pixels.
fn is_drawing(path: &str) -> bool {
    path.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"))
}
