//! The filters that templates have beside Tera's own.

use crate::base::language;
use crate::base::number::Numbers;
use crate::base::slug;
use crate::plan::part::{self, Value};
use crate::read::markdown::escaped;
use tera::{Error, Kwargs, State, Tera, TeraResult};

/// Registers every filter. It must be done before templates are added.
pub fn register(tera: &mut Tera) {
    tera.register_filter("plural", plural);
    tera.register_filter("way", way);
    tera.register_filter("whole", whole);
    tera.register_filter("initial", initial);
}

/// The most letters of a name that stays whole: more are wider than a phone where a headline is large.
const WHOLE: usize = 18;

/// `{{ period.label | initial }}`: a date that stands for itself, with a capital letter at its beginning: many languages
/// write the names of months small. The rest stays as it is.
fn initial(text: &str, _: Kwargs, _: &State) -> TeraResult<String> {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    Ok(first.chain(letters.clone()).collect())
}

/// `{{ brief.headline | whole }}`: a headline in which hyphenated names stay in one line, as `el-Sissi`, and short
/// words of some scripts with the next.
fn whole(text: &str, _: Kwargs, _: &State) -> TeraResult<Value> {
    let text = &*language::with_next(text);
    if !text.split(' ').any(is_hyphenated) {
        return Ok(part::text(text));
    }
    let word = |word: &str| match is_hyphenated(word) {
        true => format!("<span class=\"whole\">{}</span>", escaped(word)),
        false => escaped(word),
    };
    Ok(part::html(&text.split(' ').map(word).collect::<Vec<_>>().join(" ")))
}

/// Whether a word is a name with a hyphen: it has a capital letter, and letters on both sides.
fn is_hyphenated(word: &str) -> bool {
    let Some((before, after)) = word.split_once('-') else { return false };
    let letters = before.chars().any(char::is_alphanumeric) && after.chars().any(char::is_alphanumeric);
    letters && word.chars().any(char::is_uppercase) && word.chars().count() <= WHOLE
}

/// `{{ card.address | way(from=path) }}`: the shortest relative address from a page to another of its edition.
fn way(to: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    Ok(slug::way(kwargs.must_get("from")?, to))
}

/// `{{ n | plural(of=words.counted.brief) }}`: the form that a number takes in the language, with the number in it.
fn plural(number: i64, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let of: &Value = kwargs.must_get("of")?;
    let wrong = || Error::message("`of` takes a word that is counted, such as `words.counted.brief`");
    form(number, of).ok_or_else(wrong)
}

fn form(number: i64, of: &Value) -> Option<String> {
    let forms = at(of, "forms")?;
    // A word with one form needs no rule, and most numbers in tables stand alone.
    let name = match forms.as_map()?.len() {
        1 => "other",
        _ => language::form(at(of, "language")?.as_str()?, number.unsigned_abs()),
    };
    let form = at(forms, name).or_else(|| at(forms, "other"))?.as_str()?;
    let written = written(number, at(of, "numbers")?)?;
    Some(if form == "{n}" { written } else { form.replace("{n}", &written) })
}

/// A number as the language writes it. Most are small, and in the digits that programs use too: they need no rule.
fn written(number: i64, given: &Value) -> Option<String> {
    let grouped = number.unsigned_abs() >= at(given, "from")?.as_u64()?;
    if !grouped && at(given, "digits")?.as_str()? == "0123456789" {
        return Some(number.to_string());
    }
    Some(numbers(given)?.grouped(number))
}

fn numbers(given: &Value) -> Option<Numbers> {
    let size = |key| at(given, key)?.as_u64().filter(|size| *size > 0);
    Some(Numbers {
        digits: at(given, "digits")?.as_str()?.chars().collect(),
        mark: at(given, "mark")?.as_str()?.to_owned(),
        from: size("from")?,
        first: size("first")? as usize,
        then: size("then")? as usize,
    })
}

fn at<'a>(map: &'a Value, key: &'static str) -> Option<&'a Value> {
    // These maps are so small that to look at each is quicker than to hash.
    map.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hyphen_stay_whole() {
        let mut tera = Tera::default();
        register(&mut tera);
        tera.autoescape_on(vec![".html"]);
        tera.add_raw_template("a.html", "{{ text | whole }}").unwrap();
        let set = |text: &str| {
            let mut context = tera::Context::new();
            context.insert("text", text);
            tera.render("a.html", &context).unwrap()
        };
        let whole = |word: &str| format!("<span class=\"whole\">{word}</span>");
        assert_eq!(set("Egypt’s el-Sissi, again"), format!("Egypt’s {} again", whole("el-Sissi,")));
        assert_eq!(set("<b> & al-Q\"a"), format!("&lt;b&gt; &amp; {}", whole("al-Q&quot;a")));
        assert_eq!(set("F-16 over Sur"), format!("{} over Sur", whole("F-16")));
        for plain in ["a long-standing row", "A – B", "Sochi- ", "-Kim", "Saint-Germain-des-Fossés"] {
            assert_eq!(set(plain), plain);
        }
        assert_eq!(set("<i>"), "&lt;i&gt;");
        assert_eq!(
            set("Открыта, а вместе с ней и гавань"),
            "Открыта, а\u{a0}вместе с\u{a0}ней и\u{a0}гавань"
        );
        assert_eq!(set("Дело о Сан-Марино"), format!("Дело {}", whole("о\u{a0}Сан-Марино")));
    }

    #[test]
    fn a_date_that_stands_for_itself_begins_with_a_capital_letter() {
        let mut tera = Tera::default();
        register(&mut tera);
        tera.add_raw_template("a.html", "{{ text | initial }}").unwrap();
        let set = |text: &str| {
            let mut context = tera::Context::new();
            context.insert("text", text);
            tera.render("a.html", &context).unwrap()
        };
        let dates =
            [("ноябрь 2017", "Ноябрь 2017"), ("22 Nov", "22 Nov"), ("11월", "11월"), ("", ""), ("ß", "SS")];
        for (date, wanted) in dates {
            assert_eq!(set(date), wanted);
        }
    }
}
