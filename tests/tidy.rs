//! The law of the house, held by reading the sources as text: floors, owners of crates, charters, sizes, words
//! and codes. It must know nothing of what the sources do. A law that is broken names every place at once.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the sources are read from the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

/// The floor of each folder and file right in `src/`.
const FLOORS: [(&str, u8); 10] = [
    ("base", 0),
    ("read", 1),
    ("archive", 2),
    ("plan", 3),
    ("press", 4),
    ("newsroom", 5),
    ("deliver", 5),
    ("cli", 6),
    ("command", 6),
    ("main", 6),
];

/// Files that import nothing of the crate: its map, the build script, and the command line.
const SELF_CONTAINED: [&str; 3] = ["lib", "build_id", "cli"];

/// Imports within a floor: between folders of one floor there are no others.
const WITHIN_A_FLOOR: [(&str, &str); 3] = [("command", "cli"), ("main", "cli"), ("main", "command")];

/// The dependencies of Linux alone.
const LINUX: &str = "target.'cfg(all(target_os = \"linux\", target_env = \"gnu\"))'.dependencies";

/// Who imports which crate: files without their ending, or folders with a closing `/`.
const OWNERS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["base/show"]),
    ("anstream", &["command/messages"]),
    ("anyhow", &["command/", "deliver/"]),
    ("clap", &["cli/", "main", "command/completions", "command/man"]),
    ("clap_complete", &["command/completions"]),
    ("clap_mangen", &["command/man"]),
    ("csv", &["plan/data/counts"]),
    ("ctrlc", &["command/follow"]),
    ("deunicode", &["base/slug"]),
    ("granit_parser", &["read/guard"]),
    ("html5gum", &["deliver/published/mod", "read/raw_html"]),
    ("http_body_util", &["deliver/respond"]),
    ("hyper", &["deliver/server", "deliver/respond"]),
    ("hyper_util", &["deliver/server"]),
    ("icu_locale_core", &["base/language"]),
    ("icu_plurals", &["base/language"]),
    ("imagesize", &["read/media"]),
    ("include_dir", &["read/theme"]),
    ("indicatif", &["command/build"]),
    ("jiff", &["base/date"]),
    ("memchr", &["plan/brief", "plan/search/plain"]),
    ("mime_guess", &["deliver/respond", "plan/feed/entry"]),
    ("notify", &["read/watch"]),
    (
        "percent_encoding",
        &[
            "archive/reference",
            "deliver/address",
            "deliver/published/mod",
            "deliver/respond",
            "deliver/tab",
            "plan/feed/entry",
        ],
    ),
    ("postcard", &["deliver/ledger"]),
    ("pulldown_cmark", &["read/markdown/"]),
    ("quick_xml", &["deliver/published/sitemap", "plan/xml", "read/media"]),
    (
        "rayon",
        &[
            "read/sources",
            "archive/filing",
            "archive/shelves",
            "plan/card",
            "plan/dates",
            "plan/claims",
            "newsroom/mod",
            "press/difference",
            "press/edition",
            "newsroom/briefs",
            "deliver/changes",
            "deliver/publish",
            "command/check",
            "command/follow",
            "command/site",
        ],
    ),
    ("rustc_hash", &["plan/search/index"]),
    (
        "serde",
        &[
            "base/date",
            "base/digest",
            "plan/data/",
            "plan/feed/json",
            "plan/part",
            "plan/structured/mod",
            "read/front",
            "read/stat",
            "deliver/ledger",
        ],
    ),
    (
        "serde_json",
        &[
            "base/show",
            "command/diff",
            "command/due",
            "command/list",
            "command/theme",
            "deliver/tab",
            "plan/data/",
            "plan/feed/json",
            "plan/search/",
            "plan/structured/mod",
            "read/schema",
        ],
    ),
    ("shell_words", &["command/init", "command/new"]),
    ("serde_yaml", &["read/front"]),
    ("strsim", &["base/spelling"]),
    ("tera", &["plan/part", "press/"]),
    ("terminal_size", &["command/table"]),
    ("tikv_jemallocator", &["main"]),
    ("tokio", &["deliver/server"]),
    ("tokio_io_timeout", &["deliver/server"]),
    ("unicode_normalization", &["base/fold", "base/slug"]),
    ("unicode_width", &["command/table"]),
    ("walkdir", &["read/sources"]),
    ("xxhash_rust", &["base/digest", "build_id"]),
];

/// What no source says outside its tests, and why.
const FORBIDDEN: [(&str, &str); 9] = [
    (".unwrap()", "say why it cannot be, with `expect`"),
    ("process::exit", "only `main` ends the process, by its return"),
    ("todo!", "unfinished"),
    ("unimplemented!", "unfinished"),
    ("dbg!", "left over from a search"),
    ("println!", "it panics where a pipe is closed; `command/messages` says things"),
    ("eprintln!", "it panics where a pipe is closed; `command/messages` says things"),
    ("print!", "it panics where a pipe is closed; `command/messages` says things"),
    ("super::super::", "name the floor"),
];

/// What the top level of the repository holds, beside dot-files and licences.
const TOP_LEVEL: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "CHANGELOG.md",
    "src",
    "templates",
    "static",
    "content",
    "tests",
];

/// Words that templates look up by a value: the expression, and the words that it may find.
const LOOKED_UP: [(&str, &[&str]); 8] = [
    (
        r#""kind_" ~ a.kind"#,
        &["kind_cooperative", "kind_public", "kind_private", "kind_state", "kind_intergovernmental"],
    ),
    (r#""status_" ~ of"#, &["status_escalating", "status_stable", "status_easing", "status_frozen"]),
    (r#""by_" ~ plot.unit"#, &["by_year", "by_month", "by_day"]),
    (r#""most_" ~ plot.unit"#, &["most_year", "most_month", "most_day"]),
    ("plot.rows_unit", &["year", "month", "day"]),
    ("c.kind", &["correction", "clarification", "update", "withdrawn"]),
    ("lead.state", &["draft", "developing", "withdrawn", "expired"]),
    ("m.kind", &["image", "video", "audio"]),
];

/// How words are named that stand with a number, and the one that is no word of a language.
const COUNTED: &str = "counted.";
const NUMBER: &str = "counted.number";

/// Addresses that templates may name: name spaces, and where an item of Wikidata is linked to.
const ADDRESSES: [&str; 2] = ["http://www.w3.org/", "https://www.wikidata.org/wiki/"];

/// How a template may name a script: one of the theme's own files.
const OWN_SCRIPT: &str = r#"<script src="{{ root }}{{ assets.files["#;

/// How a template may hold structured data: a data block is no script.
const DATA: &str = r#"<script type="application/ld+json">{{ structured }}</script>"#;

/// How many lines a file may have without its tests, and a function with its braces.
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;
/// How many parameters a function may have beside `self`.
const MOST_PARAMETERS: usize = 4;

/// `pub` functions with a `bool` for a value, where it is no switch between two ways.
const FLAG_IS_THE_VALUE: [&str; 1] = ["src/plan/part.rs: flag"];

/// A Rust file.
struct Source {
    /// Its path from the repository.
    path: String,
    /// Its path below `src/` without its ending.
    name: String,
    /// As written.
    text: String,
    /// As written, with comments and what is in quotes blank: same length, same lines.
    masked: String,
    /// As `masked`, with tests blank too.
    code: String,
}

impl Source {
    /// The folder or file right in `src/` that it is or belongs to.
    fn area(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    fn line(&self, at: usize) -> String {
        format!("{}:{}", self.path, self.text[..at].matches('\n').count() + 1)
    }
}

/// A function of a source.
struct Function {
    name: String,
    at: usize,
    is_public: bool,
    parameters: Vec<String>,
    lines: usize,
}

#[test]
fn every_import_points_to_its_own_folder_or_down() {
    let mut wrong = Vec::new();
    let floor = |area: &str| FLOORS.iter().find(|(name, _)| *name == area).map(|(_, floor)| *floor);
    for source in sources("src") {
        let from = source.area();
        if SELF_CONTAINED.contains(&from) {
            let imports = imports(&source).into_iter().filter(|(_, to)| to != from);
            wrong.extend(imports.map(|(at, to)| format!("{}: `{from}` imports `{to}`", source.line(at))));
            continue;
        }
        let Some(own) = floor(from) else {
            wrong.push(format!("{}: `{from}` is on no floor", source.path));
            continue;
        };
        for (at, to) in imports(&source) {
            let lower = floor(&to).is_some_and(|other| other < own);
            if to != from && !lower && !WITHIN_A_FLOOR.contains(&(from, to.as_str())) {
                wrong.push(format!("{}: `{from}` imports `{to}`", source.line(at)));
            }
        }
    }
    hold("imports point down the floors", &wrong);
}

#[test]
fn only_its_owners_import_a_crate() {
    let manifest = read("Cargo.toml");
    let mut declared = dependencies(&manifest, "dependencies");
    declared.extend(dependencies(&manifest, "build-dependencies"));
    declared.extend(dependencies(&manifest, LINUX));
    let declared: BTreeSet<String> = declared.into_iter().map(|(name, _)| name).collect();
    let owned: BTreeMap<&str, &[&str]> = OWNERS.iter().copied().collect();
    let mut wrong = Vec::new();
    let nobody = declared.iter().filter(|name| !owned.contains_key(name.as_str()));
    wrong.extend(nobody.map(|name| format!("Cargo.toml: nobody owns `{name}`")));
    let sources = sources("src");
    for (name, owners) in &owned {
        if !declared.contains(*name) {
            wrong.push(format!("tests/tidy.rs: `{name}` is not in Cargo.toml"));
        }
        let importers: Vec<(&Source, usize)> =
            sources.iter().filter_map(|source| Some((source, paths(&source.code, name).next()?))).collect();
        let owns = |owner: &str, source: &Source| {
            source.name == owner || owner.ends_with('/') && source.name.starts_with(owner)
        };
        for (source, at) in &importers {
            if !owners.iter().any(|owner| owns(owner, source)) {
                wrong.push(format!("{}: `{name}` belongs to {owners:?}", source.line(*at)));
            }
        }
        let idle = owners.iter().filter(|owner| !importers.iter().any(|(source, _)| owns(owner, source)));
        wrong.extend(
            idle.map(|owner| format!("tests/tidy.rs: `{owner}` owns `{name}` and does not import it")),
        );
    }
    hold("a crate is imported by its owners alone", &wrong);
}

#[test]
fn every_dependency_is_used_and_has_a_reason() {
    let manifest = read("Cargo.toml");
    let mut wrong = Vec::new();
    for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
        for (name, line) in dependencies(&manifest, section) {
            let reason = line.rsplit_once(" # ").map(|(_, reason)| reason.trim()).unwrap_or_default();
            if reason.len() < 5 {
                wrong.push(format!("Cargo.toml: `{name}` has no reason"));
            }
        }
    }
    let (tests, own) = (sources("tests").into_iter().chain(sources("benches")), sources("src"));
    let all: Vec<String> =
        tests.map(|source| source.masked).chain(own.into_iter().map(|source| source.masked)).collect();
    for (name, _) in dependencies(&manifest, "dev-dependencies") {
        if !all.iter().any(|masked| paths(masked, &name).next().is_some()) {
            wrong.push(format!("Cargo.toml: no test uses `{name}`"));
        }
    }
    hold("a dependency is used, and Cargo.toml says for what", &wrong);
}

#[test]
fn every_file_opens_with_its_charter() {
    let all = sources("src").into_iter().chain(sources("tests")).chain(sources("benches"));
    let lacking = all.filter(|source| !source.text.starts_with("//! "));
    let wrong: Vec<String> =
        lacking.map(|source| format!("{}: no `//!` on its first line", source.path)).collect();
    hold("a file opens with its charter", &wrong);
}

#[test]
fn no_source_says_what_is_forbidden() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        for (word, why) in FORBIDDEN {
            let build_script =
                source.name == "build_id" && word.ends_with("print!") | word.ends_with("println!");
            let found = occurrences(&source.code, word).filter(|_| !build_script);
            wrong.extend(found.map(|at| format!("{}: `{word}`: {why}", source.line(at))));
        }
    }
    hold("some words stand only in tests", &wrong);
}

#[test]
fn files_and_functions_are_short() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let without_tests = lines_without_tests(&source);
        if without_tests > LONGEST_FILE {
            wrong.push(format!("{}: {without_tests} lines without its tests", source.path));
        }
        for function in functions(&source.code) {
            if function.lines > LONGEST_FUNCTION {
                wrong.push(format!(
                    "{}: `{}` has {} lines",
                    source.line(function.at),
                    function.name,
                    function.lines
                ));
            }
        }
    }
    hold(&format!("files have {LONGEST_FILE} lines, functions {LONGEST_FUNCTION} at most"), &wrong);
}

#[test]
fn functions_have_few_parameters_and_no_switches() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        for function in functions(&source.code) {
            let (own, name) = (is_receiver(&function), &function.name);
            let given = function.parameters.len() - usize::from(own);
            if given > MOST_PARAMETERS {
                wrong.push(format!("{}: `{name}` has {given} parameters", source.line(function.at)));
            }
            let switch = |parameter: &&String| parameter.ends_with(": bool");
            let is_value = FLAG_IS_THE_VALUE.contains(&format!("{}: {name}", source.path).as_str());
            if let Some(parameter) =
                function.parameters.iter().find(switch).filter(|_| function.is_public && !is_value)
            {
                wrong.push(format!("{}: `{name}` is switched by `{parameter}`", source.line(function.at)));
            }
        }
    }
    hold("functions have four parameters at most, and no `bool` among them", &wrong);
}

#[test]
fn the_top_level_holds_only_what_the_layout_allows() {
    let listed = Command::new("git").arg("-C").arg(root()).args(["ls-files", "-z"]).output();
    let listed = match listed {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).into_owned(),
        Ok(output) => return skip(&String::from_utf8_lossy(&output.stderr)),
        Err(error) => return skip(&format!("no git: {error}")),
    };
    let top: BTreeSet<&str> = listed.split('\0').filter_map(|path| path.split('/').next()).collect();
    assert!(top.contains("src"), "git names no file of ours");
    let allowed = |name: &&str| {
        name.is_empty()
            || name.starts_with('.')
            || name.starts_with("LICENSE")
            || *name == "benches"
            || TOP_LEVEL.contains(name)
    };
    let wrong: Vec<String> =
        top.iter().filter(|name| !allowed(name)).map(|name| format!("{name}: not allowed")).collect();
    hold("the top level is that of the layout", &wrong);
}

#[test]
fn every_word_is_there_and_used() {
    let words = declared_words(&read("templates/strings/en.yaml"));
    assert!(words.len() > 50, "the words of en.yaml were not found");
    let looked_up: BTreeMap<&str, &[&str]> = LOOKED_UP.iter().copied().collect();
    let (mut used, mut expressions, mut wrong) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
    for (path, text) in templates() {
        let names = text.match_indices("words.").map(|(at, found)| word_name(&text[at + found.len()..]));
        used.extend(names.filter(|name| name != NUMBER).map(|name| (name, path.clone())));
        for (at, found) in text.match_indices("words[") {
            let expression = text[at + found.len()..].split(']').next().unwrap_or_default();
            match looked_up.get(expression) {
                Some(names) => used.extend(names.iter().map(|name| ((*name).to_owned(), path.clone()))),
                None => wrong
                    .push(format!("{path}: LOOKED_UP does not say which words `words[{expression}]` finds")),
            }
            expressions.insert(expression.to_owned());
        }
    }
    for source in sources("src") {
        for (call, section) in [(".word(\"", ""), (".number_of(\"", COUNTED)] {
            let calls = source.text.match_indices(call);
            let names = calls.map(|(at, found)| identifier(&source.text[at + found.len()..]));
            used.extend(names.map(|name| (format!("{section}{name}"), source.path.clone())));
        }
    }
    let unknown = used.iter().filter(|(name, _)| !words.contains(*name));
    wrong.extend(unknown.map(|(name, path)| format!("{path}: en.yaml has no word `{name}`")));
    let idle = words.iter().filter(|name| !used.contains_key(*name));
    wrong.extend(idle.map(|name| format!("templates/strings/en.yaml: nothing uses the word `{name}`")));
    let left = LOOKED_UP.iter().filter(|(expression, _)| !expressions.contains(*expression));
    wrong.extend(
        left.map(|(expression, _)| format!("tests/tidy.rs: no template looks up `words[{expression}]`")),
    );
    hold("words and their uses are the same", &wrong);
}

#[test]
fn templates_hold_nothing_that_the_policy_forbids() {
    let mut wrong = Vec::new();
    for (path, text) in templates() {
        for word in ["style=", "<script", "http://", "https://"] {
            for (at, _) in text.match_indices(word) {
                let known =
                    ADDRESSES.iter().chain([&OWN_SCRIPT, &DATA]).any(|known| text[at..].starts_with(known));
                if !known {
                    let line = text[..at].matches('\n').count() + 1;
                    wrong.push(format!("{path}:{line}: `{word}`"));
                }
            }
        }
    }
    hold("templates have no inline style or script, and no address elsewhere", &wrong);
}

#[test]
fn every_code_is_used() {
    let sources = sources("src");
    let codes = read("src/base/codes.rs");
    let declared = codes.lines().filter_map(|line| line.trim().split_once(" = \"")).filter(|(name, code)| {
        name.bytes().all(|letter| letter.is_ascii_uppercase() || matches!(letter, b'_' | b'0'..=b'9'))
            && code.starts_with(['E', 'W'])
    });
    let declared: Vec<&str> = declared.map(|(name, _)| name).collect();
    assert!(declared.len() > 50, "the codes were not found");
    let is_used = |name: &&&str| {
        let of_that_name =
            |(at, found): (usize, &str), code: &str| identifier(&code[at + found.len()..]) == **name;
        sources
            .iter()
            .any(|source| source.code.match_indices("codes::").any(|found| of_that_name(found, &source.code)))
    };
    let wrong: Vec<String> = declared
        .iter()
        .filter(|name| !is_used(name))
        .map(|name| format!("src: `codes::{name}` is never said"))
        .collect();
    hold("every code is said somewhere", &wrong);
}

#[test]
fn the_reader_of_sources_is_not_deceived() {
    let text = "fn a<T: Fn(&str) -> u8>(&self, b: (u8, u8), c: impl Fn(u8, u8) -> u8) -> u8 {\n  // {\n  '{'; \"}\\\"{\"; r#\"\"}\"#;\n  'a: loop { break 'a }\n}\n#[cfg(test)]\nmod tests {\n  fn t() { x.unwrap() }\n}\n";
    let masked = masked(text);
    assert_eq!(masked.len(), text.len());
    let code = without_tests(&masked);
    assert!(masked.contains(".unwrap()") && !code.contains(".unwrap()"), "{code}");
    let found = functions(&code);
    assert_eq!(
        found.iter().map(|function| (function.name.as_str(), function.lines)).collect::<Vec<_>>(),
        [("a", 5)]
    );
    assert_eq!(found[0].parameters, ["&self", "b: (u8, u8)", "c: impl Fn(u8, u8) -> u8"]);
    assert!(paths("use a::tera_b::c; x.tera::y", "tera").next().is_none());
    assert!(paths("use tera::Value;", "tera").next().is_some());
}

/// Fails with every place where a law is broken.
fn hold(law: &str, wrong: &[String]) {
    assert!(wrong.is_empty(), "{law}; {} places:\n  {}", wrong.len(), wrong.join("\n  "));
}

fn skip(why: &str) {
    println!("skipped: {}", why.trim());
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every Rust file below a folder, by path.
fn sources(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    gather(folder, ".rs", &mut paths);
    let source = |path: String| {
        let text = read(&path);
        let masked = masked(&text);
        let code = without_tests(&masked);
        let name = path.trim_start_matches("src/").trim_end_matches(".rs").to_owned();
        Source { path, name, text, masked, code }
    };
    paths.into_iter().map(source).collect()
}

/// Every template, by path.
fn templates() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    gather("templates", ".html", &mut paths);
    assert!(paths.len() > 10, "the templates were not found");
    paths.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

fn gather(folder: &str, ending: &str, found: &mut Vec<String>) {
    let mut names: Vec<(String, bool)> = fs::read_dir(root().join(folder))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path().is_dir()))
        .collect();
    names.sort();
    for (name, is_folder) in names {
        let path = format!("{folder}/{name}");
        if is_folder && !["node_modules", "target"].contains(&name.as_str()) {
            gather(&path, ending, found);
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

/// The names and lines of a section's dependencies, as code writes them.
fn dependencies(manifest: &str, section: &str) -> Vec<(String, String)> {
    let heading = format!("[{section}]");
    let lines = manifest
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let entries = lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let name = |line: &str| line.split([' ', '=', '.']).next().unwrap_or_default().replace('-', "_");
    entries.map(|line| (name(line), line.to_owned())).collect()
}

/// The keys below `words:` in a file of strings.
fn declared_words(strings: &str) -> BTreeSet<String> {
    let section = |head: &'static str, before: &'static str| {
        let lines = strings.lines().skip_while(move |line| *line != head).skip(1);
        let inside = lines.take_while(|line| line.is_empty() || line.starts_with([' ', '#']));
        let keys = inside.filter_map(|line| line.strip_prefix("  ")?.split_once(':'));
        keys.filter(|(key, _)| !key.starts_with(['#', ' '])).map(move |(key, _)| format!("{before}{key}"))
    };
    section("words:", "").chain(section("counted:", COUNTED)).collect()
}

/// The name of a word as a template writes it behind `words.`: `latest`, `counted.brief`.
fn word_name(text: &str) -> String {
    match text.strip_prefix(COUNTED) {
        Some(rest) => format!("{COUNTED}{}", identifier(rest)),
        None => identifier(text).to_owned(),
    }
}

/// The areas of the crate that a source imports, with where.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let name = if source.name == "main" { "dateline" } else { "crate" };
    let own = paths(&source.masked, name);
    own.map(|at| (at, identifier(&source.masked[at + name.len() + 2..]).to_owned())).collect()
}

/// Where paths begin with a name: `name::`, and nothing of a path before it.
fn paths<'a>(masked: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let wanted = format!("{name}::");
    let starts: Vec<usize> = masked.match_indices(&wanted).map(|(at, _)| at).collect();
    let is_start = |at: &usize| {
        !masked[..*at].ends_with(|letter: char| is_letter(letter) || matches!(letter, ':' | '.'))
    };
    starts.into_iter().filter(is_start)
}

/// Where a word stands that no letter leads into.
fn occurrences<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let found = code.match_indices(word).map(|(at, _)| at);
    found.filter(move |at| word.starts_with('.') || !code[..*at].ends_with(is_letter))
}

fn identifier(text: &str) -> &str {
    &text[..text.find(|letter: char| !is_letter(letter)).unwrap_or(text.len())]
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// A source with comments and all that stands in quotes blank.
fn masked(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let quiet = quiet(text, at);
        let end = quiet.as_ref().map_or(at + 1, |quiet| quiet.end);
        if let Some(quiet) = quiet {
            for byte in &mut bytes[quiet] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
        at = end;
    }
    String::from_utf8(bytes).expect("whole characters are blanked")
}

/// The comment, string or character that begins here.
fn quiet(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text.as_bytes()[at..];
    let fresh =
        at == 0 || !(text.as_bytes()[at - 1].is_ascii_alphanumeric() || text.as_bytes()[at - 1] == b'_');
    let hashes = rest.iter().skip(1).take_while(|byte| **byte == b'#').count();
    let length = match rest[0] {
        b'/' if rest.starts_with(b"//") => find(rest, b"\n", 0),
        b'/' if rest.starts_with(b"/*") => find(rest, b"*/", 2) + 2,
        b'r' if fresh && rest.get(1 + hashes) == Some(&b'"') => {
            let end = format!("\"{}", "#".repeat(hashes));
            find(rest, end.as_bytes(), hashes + 2) + end.len()
        }
        b'"' => closed(rest, b'"'),
        b'\'' if rest.get(1) == Some(&b'\\') => closed(rest, b'\''),
        b'\'' => {
            let letter = text[at + 1..].chars().next().map_or(1, char::len_utf8);
            if rest.get(1 + letter) == Some(&b'\'') { letter + 2 } else { return None }
        }
        _ => return None,
    };
    Some(at..(at + length).min(text.len()))
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> usize {
    let found = bytes[from..].windows(wanted.len()).position(|window| window == wanted);
    found.map_or(bytes.len(), |found| from + found)
}

/// The length of what begins and ends with a quote, where a backslash takes the next byte's meaning.
fn closed(bytes: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// A masked source with its test modules blank.
fn without_tests(masked: &str) -> String {
    let mut code = masked.to_owned();
    for range in tests(masked).into_iter().rev() {
        let blank: String =
            masked[range.clone()].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        code.replace_range(range, &blank);
    }
    code
}

/// Where the test modules of a masked source stand.
fn tests(masked: &str) -> Vec<Range<usize>> {
    let starts = masked.match_indices("#[cfg(test)]").map(|(at, _)| at);
    starts.filter_map(|at| Some(at..body(masked, at)?.end)).collect()
}

/// The lines of a source that are neither tests nor their heading.
fn lines_without_tests(source: &Source) -> usize {
    let tests: usize =
        tests(&source.masked).into_iter().map(|range| source.masked[range].lines().count()).sum();
    source.text.lines().count() - tests
}

/// The next braces and what they hold.
fn body(masked: &str, from: usize) -> Option<Range<usize>> {
    let open = from + masked[from..].find('{')?;
    let mut depth = 0;
    for (at, letter) in masked[open..].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(open..open + at + 1),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Every function with a body.
fn functions(code: &str) -> Vec<Function> {
    let mut found = Vec::new();
    for at in occurrences(code, "fn ") {
        let rest = &code[at + 3..];
        let name = identifier(rest);
        let Some(open) = (!name.is_empty()).then(|| opening(rest)).flatten() else { continue };
        let (parameters, end) = parameters(&rest[open + 1..]);
        let after = at + 3 + open + 1 + end;
        let declared_only =
            code[after..].find(';').unwrap_or(code.len()) < code[after..].find('{').unwrap_or(code.len());
        let Some(body) = body(code, after).filter(|_| !declared_only) else { continue };
        let line = code[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let lines = code[at..body.end].matches('\n').count() + 1;
        let is_public = code[line..at].trim_start().starts_with("pub ");
        found.push(Function { name: name.to_owned(), at, is_public, parameters, lines });
    }
    found
}

/// The parenthesis that opens a function's parameters, past its generics.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '<' => depth += 1,
            '>' if !text[..at].ends_with('-') => depth -= 1,
            '(' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// Parameters up to the closing parenthesis, and where that stands.
fn parameters(text: &str) -> (Vec<String>, usize) {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            ')' if depth == 0 => {
                found.push(&text[start..at]);
                let found = found.into_iter().map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
                return (found.filter(|one| !one.is_empty()).collect(), at);
            }
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if text[..at].ends_with('-') => {}
            ')' | ']' | '}' | '>' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    (Vec::new(), text.len())
}

fn is_receiver(function: &Function) -> bool {
    let first = function.parameters.first().map(String::as_str).unwrap_or_default();
    first.rsplit([' ', '&']).next() == Some("self")
}
