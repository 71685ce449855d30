//! A part: a template value sealed with its digest and the sources it was made from. A page is a layout and
//! parts, and is fingerprinted by them; so a part must hold everything that a template may show of it.

use crate::base::digest::{Digest, Digester};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::sync::Arc;
use tera::value::Key;

/// What a template is handed.
pub type Value = tera::Value;

/// A value, its digest, and the files it was made from.
#[derive(Clone, Debug)]
pub struct Part {
    /// What templates see.
    pub value: Value,
    /// The digest of exactly that.
    pub digest: Digest,
    /// The paths of the sources, from the site's root.
    pub sources: Arc<[Arc<str>]>,
}

/// The named parts of a page. Those of `head` are handed to templates by their own names.
pub type Parts = Vec<(&'static str, Part)>;

impl Part {
    /// Seals a value.
    pub fn seal(value: Value, sources: Vec<Arc<str>>) -> Part {
        let mut digester = Digester::default();
        add(&mut digester, &value);
        Part { digest: digester.finish(), value, sources: sources.into() }
    }

    /// Seals a value that is made of other parts and of nothing else: its digest is theirs, in order.
    pub fn of<'a>(value: Value, parts: impl Iterator<Item = &'a Part>) -> Part {
        let mut digester = Digester::default();
        let mut sources = Vec::new();
        for part in parts {
            digester.digest(part.digest);
            sources.extend(part.sources.iter().cloned());
        }
        Part { digest: digester.finish(), value, sources: sources.into() }
    }

    /// The same part, which shares with the one that it takes the place of what both say: all of it, or the texts of
    /// a record.
    pub fn sharing(mut self, last: &Part) -> Part {
        if self.digest == last.digest && self.sources == last.sources {
            return last.clone();
        }
        let same = |one: &Value, other: &Value| {
            one.as_str().is_some() && one.as_str() == other.as_str() && one.is_safe() == other.is_safe()
        };
        let (Some(_), Some(others)) = (self.value.as_map(), last.value.as_map()) else { return self };
        let mut map = std::mem::replace(&mut self.value, none()).into_map().unwrap_or_default();
        for (key, value) in &mut map {
            if let Some(other) = others.get(key).filter(|other| same(value, other)) {
                *value = other.clone();
            }
        }
        self.value = Value::from(map);
        self
    }

    /// Seals a list of other parts.
    pub fn list<'a>(parts: impl Iterator<Item = &'a Part> + Clone) -> Part {
        let values = parts.clone().map(|part| part.value.clone()).collect();
        Part::of(list(values), parts)
    }
}

/// A record, by what theme makers call it: `record("term").of([…])`.
pub fn record(kind: &'static str) -> Kind {
    Kind(kind)
}

/// What a record is called.
#[derive(Clone, Copy, Debug)]
pub struct Kind(&'static str);

impl Kind {
    /// A map with fixed keys, in their order, or its fields. The comment over a key tells theme makers what it is:
    /// `handed.md` is made of these.
    pub fn of<const N: usize, T: From<Fields<N>>>(self, fields: [Field; N]) -> T {
        T::from(Fields(self.0, fields))
    }
}

/// The fields of one record, in two parts.
pub fn whole(first: &[Field], second: &[Field]) -> Value {
    Value::from_serializable(&Record("whole", [first, second]))
}

/// All that two records hold.
pub fn joined(first: Value, second: Value) -> Value {
    let mut map = first.into_map().unwrap_or_default();
    map.extend(second.into_map().unwrap_or_default());
    Value::from(map)
}

/// A key and its value.
pub type Field = (&'static str, Value);

/// The fields of a record, by what it is called.
pub struct Fields<const N: usize>(&'static str, [Field; N]);

impl<const N: usize> From<Fields<N>> for Value {
    fn from(fields: Fields<N>) -> Value {
        Value::from_serializable(&Record(fields.0, [&fields.1, &[]]))
    }
}

impl<const N: usize> From<Fields<N>> for Vec<Field> {
    fn from(fields: Fields<N>) -> Vec<Field> {
        Vec::from(fields.1)
    }
}

/// Tera makes a map of it as of any struct: each key is hashed once, and each value is taken as it is.
struct Record<'a>(&'static str, [&'a [Field]; 2]);

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Record(name, [first, second]) = self;
        let mut made = serializer.serialize_struct(name, first.len() + second.len())?;
        for (key, value) in first.iter().chain(*second) {
            made.serialize_field(key, value)?;
        }
        made.end()
    }
}

/// A map with free keys.
pub fn map(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::from(entries.into_iter().map(|(key, value)| (Key::from(key), value)).collect::<tera::Map>())
}

/// Text, which templates escape.
pub fn text(text: &str) -> Value {
    Value::normal_string(text)
}

/// Text, or nothing.
pub fn optional(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::normal_string)
}

/// HTML of our own making, which templates print as it is.
pub fn html(html: &str) -> Value {
    Value::safe_string(html)
}

/// A list.
pub fn list(values: Vec<Value>) -> Value {
    Value::from(values)
}

/// A list of texts.
pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Value {
    list(texts.into_iter().map(text).collect())
}

/// A number.
pub fn number(number: usize) -> Value {
    Value::from(number as u64)
}

/// `true` or `false`.
pub fn flag(flag: bool) -> Value {
    Value::from(flag)
}

/// Nothing.
pub fn none() -> Value {
    Value::none()
}

/// What an author wrote under `extra`, as it is.
pub fn free(value: &crate::read::front::Value) -> Value {
    use crate::read::front::Value as Written;
    match value {
        Written::Null => none(),
        Written::Flag(is) => flag(*is),
        Written::Number(raw) => raw
            .parse::<i64>()
            .map(Value::from)
            .or_else(|_| raw.parse::<f64>().map(Value::from))
            .unwrap_or_else(|_| text(raw)),
        Written::Text(written, _) => text(written),
        Written::List(items) => list(items.iter().map(|item| free(&item.value)).collect()),
        Written::Map(entries) => {
            map(entries.iter().map(|entry| (entry.name.clone(), free(&entry.node.value))))
        }
    }
}

/// Adds a value to a digest: its type, and all that it holds.
fn add(digester: &mut Digester, value: &Value) {
    if let Some(string) = value.as_str() {
        digester.kind(if value.is_safe() { 1 } else { 2 }, string.as_bytes());
    } else if let Some(items) = value.as_array() {
        digester.kind(3, &[]).number(items.len() as u64);
        items.iter().for_each(|item| add(digester, item));
    } else if let Some(map) = value.as_map() {
        digester.kind(4, &[]).number(map.len() as u64);
        for (key, value) in map {
            digester.text(key.as_str().unwrap_or_default());
            add(digester, value);
        }
    } else if let Some(number) = value.as_u64().filter(|_| !value.is_f64()) {
        digester.kind(9, &[]).number(number);
    } else if value.is_none() {
        digester.kind(5, &[]);
    } else if let Some(flag) = value.as_bool() {
        digester.kind(if flag { 6 } else { 7 }, &[]);
    } else {
        digester.kind(8, value.to_string().as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_tells_values_apart_that_look_alike() {
        let values = [
            text("1"),
            number(1),
            html("1"),
            list(vec![text("1")]),
            list(vec![text(""), text("1")]),
            record("a").of([("a", text("1"))]),
            record("a").of([("b", text("1"))]),
            record("a").of([("a", none())]),
            flag(true),
            none(),
        ];
        let mut digests: Vec<Digest> =
            values.iter().map(|v| Part::seal(v.clone(), Vec::new()).digest).collect();
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), values.len());
    }

    #[test]
    fn a_part_shares_what_the_one_before_it_says_too() {
        let of = |name: &str| {
            let summary = html("<p>A summary that is too long to lie in its value.</p>");
            let fields = [("summary", summary), ("name", text(name)), ("day", number(3))];
            Part::seal(record("card").of(fields), vec!["a.md".into()])
        };
        let at = |part: &Part, key: &'static str| {
            let map = part.value.as_map().expect("a record is a map");
            map[&Key::from(key)].as_str().expect("it is a text").as_ptr()
        };
        let (name, new_name) =
            ("a name that is too long to lie there", "another that is too long to lie there");
        let (last, new) = (of(name), of(new_name));
        assert_ne!(at(&new, "summary"), at(&last, "summary"));
        let made = new.clone().sharing(&last);
        assert_eq!((made.digest, at(&made, "summary")), (new.digest, at(&last, "summary")));
        assert_eq!(made.value.as_map().map(|map| map.len()), Some(3));
        assert_ne!(at(&made, "name"), at(&last, "name"));
        assert_eq!(at(&of(name).sharing(&last), "name"), at(&last, "name"));
    }
}
