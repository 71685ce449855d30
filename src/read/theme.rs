//! The default theme's files, embedded in the binary. Which file of which theme wins is the press's business.

use include_dir::{Dir, include_dir};

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static STATIC: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The default templates and strings: path below `templates/`, text.
pub fn templates() -> Vec<(String, &'static str)> {
    files(&TEMPLATES)
        .into_iter()
        .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
        .collect()
}

/// The default static files: path below `static/`, bytes.
pub fn static_files() -> Vec<(String, &'static [u8])> {
    files(&STATIC)
}

/// The default strings of a language.
pub fn strings(language: &str) -> Option<&'static str> {
    TEMPLATES.get_file(format!("strings/{language}.yaml"))?.contents_utf8()
}

fn files(dir: &'static Dir<'static>) -> Vec<(String, &'static [u8])> {
    let mut found = Vec::new();
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let name = path.rsplit('/').next().unwrap_or_default();
        if !crate::read::sources::is_junk(name) {
            found.push((path, file.contents()));
        }
    }
    for inner in dir.dirs() {
        found.extend(files(inner));
    }
    found.sort();
    found
}
