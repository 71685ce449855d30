//! Which templates a layout reaches: those it extends and includes, and those whose components it calls. Their
//! names are constants in Tera 2, so a reading of the text tells them all; where it errs, it names too many.

use crate::base::digest::{Digest, Digester};
use crate::press::frame::TEMPLATES;
use std::collections::{BTreeMap, BTreeSet};

/// What the text of a template names.
#[derive(Default, PartialEq, Eq, Debug)]
struct Names {
    templates: BTreeSet<String>,
    calls: BTreeSet<String>,
    defines: BTreeSet<String>,
}

/// What every template names.
pub struct Reach<'a> {
    named: BTreeMap<&'a str, Names>,
    defined: BTreeMap<String, Vec<&'a str>>,
}

impl<'a> Reach<'a> {
    /// Reads templates: all texts by name.
    pub fn of(templates: &'a BTreeMap<String, String>) -> Reach<'a> {
        let named: BTreeMap<&str, Names> =
            templates.iter().map(|(name, text)| (&**name, names(text))).collect();
        let mut defined: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, names) in &named {
            for component in &names.defines {
                defined.entry(component.clone()).or_default().push(name);
            }
        }
        Reach { named, defined }
    }

    /// The names of a layout and every template it reaches, those of the frame around every page included. `resolve`
    /// gives the name that a name written in a template stands for.
    pub fn from(&self, layout: &str, resolve: &dyn Fn(&str) -> Option<String>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let frames = TEMPLATES.iter().map(|(_, template)| *template).filter(|_| layout.ends_with(".html"));
        let mut open: Vec<String> = std::iter::once(layout).chain(frames).filter_map(resolve).collect();
        while let Some(name) = open.pop() {
            let Some(names) = self.named.get(&*name) else { continue };
            if found.insert(name) {
                open.extend(names.templates.iter().filter_map(|name| resolve(name)));
                let defining = names.calls.iter().filter_map(|call| self.defined.get(call)).flatten();
                open.extend(defining.map(|name| (*name).to_owned()));
            }
        }
        found
    }
}

/// The digest of each layout with every template it reaches.
pub fn digests<'a>(
    templates: &BTreeMap<String, String>,
    resolve: impl Fn(&str) -> Option<String>,
    layouts: impl IntoIterator<Item = &'a str>,
) -> BTreeMap<&'a str, Digest> {
    let reach = Reach::of(templates);
    layouts.into_iter().map(|layout| (layout, digest(templates, &reach.from(layout, &resolve)))).collect()
}

fn digest(templates: &BTreeMap<String, String>, reached: &BTreeSet<String>) -> Digest {
    let mut digester = Digester::default();
    for name in reached {
        digester.text(name).text(&templates[name]);
    }
    digester.finish()
}

fn names(text: &str) -> Names {
    let mut names = Names::default();
    let mut rest = text;
    while let Some(open) = rest.find("{%").into_iter().chain(rest.find("{{")).min() {
        let close = if rest[open..].starts_with("{%") { "%}" } else { "}}" };
        let inside = &rest[open + 2..];
        let end = inside.find(close).unwrap_or(inside.len());
        read_tag(&inside[..end], &mut names);
        rest = &inside[end..];
    }
    names
}

fn read_tag(tag: &str, names: &mut Names) {
    let tag = tag.trim_matches(['-', ' ', '\n', '\t', '\r']);
    if tag.starts_with("extends") || tag.starts_with("include") {
        names.templates.extend(tag.split(['"', '\'', '`']).skip(1).step_by(2).map(str::to_owned));
    }
    if let Some(definition) = tag.strip_prefix("component ") {
        names.defines.insert(identifier(definition.trim_start()));
    }
    names.calls.extend(tag.split('<').skip(1).map(|call| identifier(call.trim_start_matches('/'))));
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(templates: &[(&str, &str)], layout: &str) -> Digest {
        let map: BTreeMap<String, String> =
            templates.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect();
        let resolve = |name: &str| map.contains_key(name).then(|| name.to_owned());
        digests(&map, resolve, [layout])[layout]
    }

    #[test]
    fn a_digest_moves_with_all_that_is_reached_and_nothing_else() {
        let base = [
            ("a.html", "{% extends \"b.html\" %}{{<row n={1} />}}"),
            ("b.html", "{%- include 'c.html' -%}"),
            ("c.html", "c"),
            ("d.html", "{% component row(n) %}{% include \"e.html\" %}{% endcomponent %}"),
            ("e.html", "e"),
            ("f.html", "not reached"),
        ];
        let before = reached(&base, "a.html");
        for (at, (name, _)) in base.iter().enumerate() {
            let mut changed = base;
            let text = format!("{} ", base[at].1);
            changed[at].1 = &text;
            assert_eq!(reached(&changed, "a.html") != before, *name != "f.html", "{name}");
        }
    }
}
