//! What templates are handed, as theme makers read it: `src/plan/handed.md` and a table in the README, made of the
//! comments over the keys in `src/plan/` and of sites that have everything. Every name that a layout is handed is in it,
//! and nothing else is. `UPDATE=1 cargo test --test handed` writes both anew: read the diff.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the sources are read from the disk")]

mod common;

use dateline::base::report::Report;
use dateline::newsroom::{self, Flags};
use dateline::plan::part::Value;
use dateline::plan::{Page, handed};
use dateline::press::{Edition, frame, stock};
use dateline::read::sources::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tera::value::Key;

/// How long an example may be.
const LONGEST: usize = 60;

/// How the type of a list begins.
const LIST: &str = "list of ";

/// Where the README holds its table.
const MARKS: [&str; 2] = ["<!-- what layouts are handed -->\n", "<!-- as far as here -->"];

/// A record as the sources write it.
struct Kind {
    name: String,
    keys: Vec<(String, String)>,
    place: String,
}

/// What was seen of a name: the types of its values, and one of them.
#[derive(Default)]
struct Seen {
    types: BTreeSet<String>,
    example: Option<String>,
}

/// All that was seen: names of layouts in the order they are handed, and keys of kinds.
#[derive(Default)]
struct Survey {
    layouts: BTreeMap<&'static str, Vec<(String, Seen)>>,
    keys: BTreeMap<(usize, String), Seen>,
}

#[test]
fn theme_makers_are_told_all_that_layouts_are_handed_and_nothing_else() {
    let kinds = kinds();
    let survey = survey(&kinds);
    let mut wrong = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        for (key, comment) in &kind.keys {
            let always = comment.starts_with("none");
            if always != survey.keys.get(&(at, key.clone())).is_none_or(|seen| seen.example.is_none()) {
                wrong.push(format!("{}: no site here shows `{key}` of `{}`", kind.place, kind.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let (text, table) = (text(&kinds, &survey), table(&survey));
    let readme = read("README.md");
    let (before, rest) = readme.split_once(MARKS[0]).expect("the README has a table of layouts");
    let (_, after) = rest.split_once(MARKS[1]).expect("the table has an end");
    let readme_now = [before, MARKS[0], &table, MARKS[1], after].concat();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("src/plan/handed.md"), &text).unwrap();
        fs::write(root().join("README.md"), &readme_now).unwrap();
        return;
    }
    let hint = "`UPDATE=1 cargo test --test handed` writes it anew";
    let told: Vec<&str> = handed::TEXT.lines().collect();
    let mut lines = text.lines().zip(told.iter().copied().chain(std::iter::repeat("")));
    let differs = lines.find(|(now, told)| now != told);
    assert!(text == handed::TEXT, "src/plan/handed.md is not what the sources say; {hint}: {differs:?}");
    assert!(readme == readme_now, "the README's table of layouts is not what the sources say; {hint}");
}

/// Asked for a name that nobody is handed, Tera names those that there are: exactly the ones that are told.
#[test]
fn a_template_that_asks_for_what_it_is_not_handed_is_told_what_it_is() {
    let files = all_files(&root().join("tests/browser/everything"));
    let frames = frame::TEMPLATES.map(|(_, template)| template);
    for template in Page::LAYOUTS.into_iter().chain(frames) {
        let mut files = files.clone();
        files.insert(format!("templates/{template}"), b"{{ zzzz }}".to_vec());
        let (edition, mut report) = compose(&files);
        edition.try_layouts(&mut report);
        let found = report.errors().next().unwrap_or_else(|| panic!("{template}: nothing is said"));
        let help = found.help.clone().unwrap_or_default();
        let listed: BTreeSet<&str> = help.split('`').skip(1).step_by(2).collect();
        assert!(found.message.contains("`zzzz` is not defined"), "{}", found.message);
        let told: BTreeSet<&str> = match frames.contains(&template) {
            true => frame::HANDED.into_iter().chain(["front"]).collect(),
            false if template == "robots.txt" => handed::names(template).into_iter().collect(),
            false => handed::names(template).into_iter().chain(handed::names("every layout")).collect(),
        };
        assert_eq!(listed, told, "{template}");
    }
}

/// A copy of a default file changes no byte of any page, so that a theme maker begins with what there was.
#[test]
fn a_copy_of_every_template_changes_nothing() {
    let mut files = all_files(&root().join("tests/browser/everything"));
    let printed = |files: &BTreeMap<String, Vec<u8>>| {
        let (edition, report) = compose(files);
        assert!(!report.has_errors(), "{:?}", report.sorted());
        let mut pages = common::printed(&edition, &root().join("tests/browser/everything"));
        pages.retain(|path, _| path.ends_with(".html") || path.ends_with(".txt"));
        pages
    };
    let before = printed(&files);
    let mut copied = 0;
    for item in stock::items().into_iter().filter(|item| item.file.starts_with("templates/")) {
        assert!(item.kind == stock::Kind::Words || item.copy().starts_with("{#- "), "{}", item.name);
        assert!(!item.about().is_empty(), "{}", item.name);
        files.insert(item.file.clone(), item.copy().into_bytes());
        copied += 1;
    }
    assert!(copied > 50, "{copied}");
    common::assert_equal(&before, &printed(&files), "every template copied");
}

/// The records of the sources, and no two alike.
fn kinds() -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for (path, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some((_, rest)) = line.split_once("record(\"") else { continue };
            let Some((name, _)) = rest.split_once("\").of([") else { continue };
            if path.ends_with("part.rs") {
                continue;
            }
            let place = format!("{path}:{}", at + 1);
            let keys = commented(&lines[at + 1..], indent(line), &place);
            kinds.push(Kind { name: name.to_owned(), keys, place });
        }
    }
    for (at, kind) in kinds.iter().enumerate() {
        let like = |other: &&Kind| other.name == kind.name || names(other) == names(kind);
        if let Some(other) = kinds[..at].iter().find(like) {
            panic!("{} and {} hold the same keys or have one name", kind.place, other.place);
        }
    }
    assert!(kinds.len() > 40, "only {} records were found", kinds.len());
    kinds.sort_by(|a, b| a.name.cmp(&b.name));
    kinds
}

fn names(kind: &Kind) -> Vec<&str> {
    kind.keys.iter().map(|(key, _)| key.as_str()).collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The keys of a list of pairs as rustfmt sets it, each with the comment over it.
fn commented(lines: &[&str], outer: usize, place: &str) -> Vec<(String, String)> {
    let inside = lines.iter().take_while(|line| indent(line) > outer || line.trim().is_empty());
    let inside: Vec<&str> = inside.copied().collect();
    let mut keys = Vec::new();
    for (at, line) in inside.iter().enumerate().filter(|(_, line)| indent(line) == outer + 4) {
        let opened = line.trim().strip_prefix('(');
        let written = opened.map(|rest| if rest.is_empty() { inside[at + 1].trim() } else { rest });
        let Some(key) = written.and_then(|rest| rest.strip_prefix('"')?.split('"').next()) else { continue };
        let above = at.checked_sub(1).and_then(|above| inside[above].trim().strip_prefix("// "));
        if key != "head" || above.is_some() {
            let comment = above.unwrap_or_else(|| panic!("{place}: no comment says what `{key}` is"));
            keys.push((key.to_owned(), comment.to_owned()));
        }
    }
    keys
}

/// What `plan/page.rs` says of each layout: by which function its parts are made.
fn parts_of(layout: &str) -> Vec<(String, String)> {
    let page = read("src/plan/page.rs");
    let kind = page.lines().find_map(|line| {
        let (kind, named) = line.trim().strip_prefix("Kind::")?.split_once(" => ")?;
        (named == format!("\"{layout}\",")).then(|| kind.split('(').next().unwrap_or_default().to_owned())
    });
    let kind = kind.unwrap_or_else(|| panic!("no kind of page has the layout {layout}"));
    let made = page.lines().find_map(|line| {
        let (own, made) = line.trim().strip_prefix("Kind::")?.split_once(" => ")?;
        let made = made.trim_start_matches("return ");
        let is_own = own.split('(').next() == Some(&kind) && made.contains("(self");
        is_own.then(|| made.split('(').next().unwrap_or_default().to_owned())
    });
    let made = made.unwrap_or_else(|| panic!("nothing makes the parts of {kind}"));
    let (module, function) = made.split_once("::").unwrap();
    let file = [format!("src/plan/{module}.rs"), format!("src/plan/{module}/mod.rs")];
    let file = file.iter().find(|file| root().join(file).is_file()).unwrap();
    let text = read(file);
    let from = text.find(&format!("pub fn {function}(")).unwrap();
    let lines: Vec<&str> = text[from..].lines().collect();
    let at = lines.iter().position(|line| line.trim_start().starts_with("vec![")).unwrap();
    let mut told = match lines[at].trim() {
        "vec![" => commented(&lines[at + 1..], indent(lines[at]), file),
        _ => panic!("{file}: the parts of {layout} need comments"),
    };
    let lines: Vec<&str> = page.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        if let Some(rest) = line.trim().strip_prefix("parts.push((\"") {
            let key = rest.split('"').next().unwrap();
            let comment = lines[at - 1].trim().strip_prefix("// ");
            told.push((
                key.to_owned(),
                comment.unwrap_or_else(|| panic!("no comment over {key}")).to_owned(),
            ));
        }
    }
    told.push((
        "frame".to_owned(),
        "what is set once for many pages, as HTML: `policy`, `assets`, `skip`, `masthead`, `footer`; `base.html` prints it".to_owned(),
    ));
    told
}

fn survey(kinds: &[Kind]) -> Survey {
    let mut survey = Survey::default();
    for files in sites() {
        let (edition, report) = compose(&files);
        assert!(!report.has_errors(), "{:?}", report.sorted());
        for page in edition.plan.pages.iter() {
            let Some(layout) = page.layout() else { continue };
            let mut parts: Vec<(String, Value)> = Vec::new();
            for (name, part) in edition.set(page).parts {
                match part.value.as_map().filter(|_| name == "head") {
                    Some(head) => {
                        survey.walk(kinds, &part.value);
                        let own = head.iter().map(|(key, value)| (text_of(key), value.clone()));
                        parts.extend(own);
                    }
                    None => parts.push((name.to_owned(), part.value)),
                }
            }
            if layout.ends_with(".html") {
                let frames = frame::TEMPLATES.iter().map(|(name, _)| ((*name).to_owned(), Value::none()));
                parts.push(("frame".to_owned(), dateline::plan::part::map(frames)));
            }
            for (name, value) in parts {
                let described = survey.walk(kinds, &value);
                let handed = survey.layouts.entry(layout).or_default();
                let at = handed.iter().position(|(own, _)| *own == name).unwrap_or_else(|| {
                    handed.push((name, Seen::default()));
                    handed.len() - 1
                });
                handed[at].1.add(described);
            }
        }
    }
    survey
}

fn text_of(key: &Key<'_>) -> String {
    key.as_str().unwrap_or_default().to_owned()
}

impl Seen {
    fn add(&mut self, (types, example): (Vec<String>, Option<String>)) {
        self.types.extend(types);
        if self.example.as_ref().is_none_or(|own| own == "[]" || own == "\"\"") {
            self.example = example.or(self.example.take());
        }
    }
}

impl Survey {
    /// The types of a value and an example, after all that it holds was walked.
    fn walk(&mut self, kinds: &[Kind], value: &Value) -> (Vec<String>, Option<String>) {
        if let Some(items) = value.as_array() {
            let mut all = Seen::default();
            items.iter().for_each(|item| all.add(self.walk(kinds, item)));
            let is_plain = all.types.iter().all(|name| !name.starts_with('['));
            let lists = all.types.into_iter().map(|name| format!("{LIST}{name}")).collect();
            return (lists, Some(if is_plain { shortened(&shown(value)) } else { String::new() }));
        }
        if let Some(map) = value.as_map() {
            let keys: Vec<String> = map.iter().map(|(key, _)| text_of(key)).collect();
            let own = made_of(kinds, &keys);
            if own.is_empty() {
                let free = map.iter().all(|(key, _)| !matches!(key, Key::Str(_)));
                assert!(free, "a record of {keys:?} is made by no `record(…)`");
                map.iter().for_each(|(_, value)| drop(self.walk(kinds, value)));
                let first = map.iter().next().map(|(key, _)| format!("{:?}", text_of(key)));
                return (
                    vec!["map".to_owned()],
                    Some(format!("its first key is `{}`", first.unwrap_or_default())),
                );
            }
            for (key, value) in map.iter() {
                let described = self.walk(kinds, value);
                let key = text_of(key);
                let at = own.iter().rev().find(|at| names(&kinds[**at]).contains(&key.as_str())).unwrap();
                self.keys.entry((*at, key)).or_default().add(described);
            }
            let links =
                own.iter().map(|at| format!("[{0}](#{1})", kinds[*at].name, anchor(&kinds[*at].name)));
            return (vec![links.collect::<Vec<_>>().join(" and ")], Some(String::new()));
        }
        if value.is_none() {
            return (Vec::new(), None);
        }
        let name = match (value.as_str(), value.as_bool()) {
            (Some(_), _) if value.is_safe() => "HTML",
            (Some(_), _) => "text",
            (_, Some(_)) => "flag",
            _ => "number",
        };
        (vec![name.to_owned()], Some(shortened(&shown(value))))
    }
}

/// The kinds that a map is made of: one, or two that were joined.
fn made_of(kinds: &[Kind], keys: &[String]) -> Vec<usize> {
    let whole = kinds.iter().position(|kind| names(kind) == *keys);
    if let Some(whole) = whole {
        return vec![whole];
    }
    let first = kinds.iter().enumerate().filter(|(_, kind)| {
        let names = names(kind);
        keys.len() > names.len() && names == keys[..names.len()]
    });
    let both = first.filter_map(|(at, first)| {
        let rest = &keys[first.keys.len()..];
        kinds.iter().position(|second| names(second) == *rest).map(|second| vec![at, second])
    });
    both.max_by_key(|both| kinds[both[0]].keys.len()).unwrap_or_default()
}

fn shown(value: &Value) -> String {
    if let Some(items) = value.as_array() {
        return format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", "));
    }
    value.as_str().map_or_else(|| value.to_string(), |text| format!("{text:?}"))
}

/// One line that is not long, without the digests of files.
fn shortened(example: &str) -> String {
    let quiet = example.replace('`', "'").replace("\\\"", "'");
    let mut pieces: Vec<String> = Vec::new();
    for piece in quiet.split('-') {
        let digest = piece.split('.').next().unwrap_or_default();
        let is_digest = digest.len() == 8 && digest.bytes().all(|letter| letter.is_ascii_hexdigit());
        pieces.push(if is_digest { piece.replacen(digest, "01234567", 1) } else { piece.to_owned() });
    }
    let plain = pieces.join("-");
    match plain.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &plain[..at]),
        None => plain,
    }
}

fn anchor(name: &str) -> String {
    name.replace(' ', "-")
}

/// The text: what every layout is handed, each layout's own, the kinds.
fn text(kinds: &[Kind], survey: &Survey) -> String {
    let common = common_names(survey);
    let mut text = HEAD.to_owned();
    let told = parts_of("brief.html");
    let head: Vec<(String, String)> = kinds.iter().find(|kind| kind.name == "head").unwrap().keys.clone();
    let line = |told: &[(String, String)], name: &String, seen: &Seen| {
        let comment = told.iter().chain(&head).find(|(own, _)| own == name);
        entry(name, &comment.unwrap_or_else(|| panic!("no comment says what `{name}` is")).1, seen)
    };
    text += "\n## every layout\n\nBut for `robots.txt`, which is told below.\n\n";
    for (name, seen) in survey.layouts["brief.html"].iter().filter(|(name, _)| common.contains(name)) {
        text += &line(&told, name, seen);
    }
    for (layout, handed) in &survey.layouts {
        let about = stock::items().into_iter().find(|item| item.name == **layout).unwrap().about();
        text += &format!("\n## {layout}\n\n{about}.\n\n");
        let told = parts_of(layout);
        let own = handed.iter().filter(|(name, _)| *layout == "robots.txt" || !common.contains(name));
        own.for_each(|(name, seen)| text += &line(&told, name, seen));
    }
    text += "\n## kinds\n\nWhat the names in brackets hold.\n";
    for (at, kind) in kinds.iter().enumerate() {
        text += &format!("\n### {}\n\n", kind.name);
        for (key, comment) in &kind.keys {
            text += &entry(key, comment, &survey.keys[&(at, key.clone())]);
        }
    }
    text
}

const HEAD: &str = "# What templates are handed

<!-- Made by `UPDATE=1 cargo test --test handed`, of the comments in this folder. -->

A template sees these names and looks nothing up. A name in brackets is a kind of value, told under [kinds](#kinds); a
flag is `true` or `false`. A partial that is included sees what is at hand where it is included; those of the frame
(`partials/masthead.html`, `partials/footer.html`, `partials/skip.html`) are handed `root`, `here`, `site`, `words`,
`assets` and `front`, which says whether the page is the front page, and nothing else.
";

fn entry(name: &str, comment: &str, seen: &Seen) -> String {
    let types = seen.types.iter().cloned().collect::<Vec<_>>().join(" or ");
    let types = types.replace(&format!(" or {LIST}"), " or ");
    let types = if types.is_empty() { "none".to_owned() } else { types };
    let example = seen.example.as_deref().unwrap_or_default();
    match (example.is_empty(), example.contains('`')) {
        (true, _) => format!("- `{name}` ({types}): {comment}\n"),
        (_, true) => format!("- `{name}` ({types}): {comment}; {}\n", example.replace('"', "")),
        _ => format!("- `{name}` ({types}): {comment}. `{example}`\n"),
    }
}

/// The names that all layouts of pages are handed.
fn common_names(survey: &Survey) -> BTreeSet<String> {
    let pages = survey.layouts.iter().filter(|(layout, _)| layout.ends_with(".html"));
    let sets = pages.map(|(_, handed)| handed.iter().map(|(name, _)| name.clone()).collect());
    sets.reduce(|all: BTreeSet<String>, own| all.intersection(&own).cloned().collect()).unwrap_or_default()
}

/// The README's table: the names alone.
fn table(survey: &Survey) -> String {
    let common = common_names(survey);
    let listed =
        |names: Vec<&String>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let every = survey.layouts["brief.html"].iter().map(|(name, _)| name);
    let every = listed(every.filter(|name| common.contains(*name)).collect());
    let mut table = format!("\n| layout | is handed |\n|---|---|\n| every one | {every} |\n");
    for (layout, handed) in survey.layouts.iter().filter(|(layout, _)| **layout != "robots.txt") {
        let own = handed.iter().map(|(name, _)| name).filter(|name| !common.contains(*name));
        table += &format!("| `{layout}` | {} |\n", listed(own.collect()));
    }
    table + "\n"
}

/// Sites that together have everything.
fn sites() -> Vec<BTreeMap<String, Vec<u8>>> {
    let brief = "---\ntitle: A\ndate: 2017-11-22\ntopics: [Syria]\nagencies: [AP]\n\
                 media: [{kind: image, src: a.png, alt: A, credit: B}]\n---\nText.\n";
    let texts = [
        ("content/site.yaml", "title: Desk\nbase_url: https://desk.example/\nlanguages: [en, ar]\n"),
        ("content/agencies.yaml", "- name: AP\n"),
        ("content/topics/syria.md", "---\nname: Syria\n---\n"),
        ("content/briefs/a.md", brief),
        ("static/custom.css", ":root {--pencil: red}"),
    ];
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0".to_vec();
    let mut versions: BTreeMap<String, Vec<u8>> =
        texts.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
    versions.insert("content/briefs/a.png".to_owned(), picture);
    vec![all_files(&root().join("tests/browser/everything")), versions]
}

fn compose(files: &BTreeMap<String, Vec<u8>>) -> (Arc<Edition>, Report) {
    let now = dateline::base::date::Moment::parse("2026-11-01T00:00:00Z").unwrap();
    let flags = Flags { now, drafts: true, base_url: None, build_id: newsroom::build_id() };
    newsroom::compose(&mut Sources::of(files), &flags)
}

fn all_files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    common::tree(folder)
}

/// The sources that hand parts, by path.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![root().join("src/plan")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                let path = entry.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((path, fs::read_to_string(&entry).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}
