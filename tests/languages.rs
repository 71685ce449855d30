//! The interface in every language: what is ICU's is as ICU has it, every word is there, and none was left in
//! English. `UPDATE=1 cargo test --test languages` writes names, forms of dates and numbers anew: read the diff.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests touch the disk, and stop where it fails"
)]

mod common;

use dateline::base::date::{EventDate, Truncated};
use dateline::base::language;
use dateline::base::report::Report;
use dateline::newsroom;
use dateline::read::front::{self, Entry, Value};
use dateline::read::markdown;
use dateline::read::sources::Sources;
use dateline::read::strings::{self, Strings};
use dateline::read::text;
use icu_calendar::Date;
use icu_calendar::cal::Gregorian;
use icu_datetime::fieldsets::{E, M, MD, Y, YM, YMD};
use icu_datetime::input::{DateTime, Time};
use icu_datetime::{FixedCalendarDateTimeFormatter, parts};
use icu_decimal::DecimalFormatter;
use icu_locale_core::Locale;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::PathBuf;
use writeable::{Part, PartsWrite, Writeable};

/// The languages, and the locale whose dates and numbers each has. Digits are those that the language's press sets:
/// Persian, Pashto and Bengali papers their own; Arabic agencies and broadcasters, Urdu and Hindi papers the Western
/// ones, which CLDR has for the last two as well. English has the order of days that most of its countries use.
const LANGUAGES: [(&str, &str); 31] = [
    ("am", "am-u-nu-latn"),
    ("ar", "ar-u-nu-latn"),
    ("bn", "bn-u-nu-beng"),
    ("bg", "bg"),
    ("zh-Hans", "zh-Hans"),
    ("zh-Hant", "zh-Hant"),
    ("hr", "hr"),
    ("cs", "cs"),
    ("en", "en-001"),
    ("fr", "fr"),
    ("de", "de"),
    ("el", "el"),
    ("ha", "ha"),
    ("hi", "hi-u-nu-latn"),
    ("id", "id"),
    ("ko", "ko"),
    ("mk", "mk"),
    ("fa", "fa-u-nu-arabext"),
    ("pl", "pl"),
    ("pt-BR", "pt-BR"),
    ("pt", "pt-PT"),
    ("ps", "ps-u-nu-arabext"),
    ("ro", "ro"),
    ("ru", "ru"),
    ("sr", "sr"),
    ("sq", "sq"),
    ("sw", "sw"),
    ("tr", "tr"),
    ("uk", "uk"),
    ("ur", "ur-u-nu-latn"),
    ("es", "es"),
];

/// The abbreviated "year" behind a year in Russian, Ukrainian, Bulgarian and Macedonian, which papers leave out: it
/// is the language of records, and a sentence would end in two full stops.
const ABBREVIATED_YEARS: [&str; 3] = ["\u{202f}г.", "\u{202f}р.", "\u{202f}г"];

/// Words that are the same in many languages as in English.
const INTERNATIONAL: [&str; 3] = ["Audio", "Video", "Wikidata"];

/// Words that are the same in a language as in English.
const SAME: [(&str, &[&str]); 7] = [
    ("cs", &["Licence: {licence}", "Tip"]),
    ("de", &["Website", "{name} in Wikidata"]),
    ("fr", &["Image", "Important", "Note", "Site", "Sources", "Stable", "{n} minute", "{n} minutes"]),
    ("pt-BR", &["Site"]),
    ("ro", &["Important", "Site"]),
    ("sq", &["private"]),
    ("tr", &["Site"]),
];

const BEGIN: &str = "# From ICU";
const END: &str = "# End of what is from ICU.";

fn path(language: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("templates/strings/{language}.yaml"))
}

fn file(language: &str) -> String {
    fs::read_to_string(path(language)).unwrap_or_else(|error| panic!("{language}: {error}"))
}

fn entries(language: &str) -> Vec<Entry> {
    let (mut report, name) = (Report::default(), format!("templates/strings/{language}.yaml"));
    let sources = Sources::of([(name.as_str(), file(language).as_str())]);
    let text = text::text(&sources.list[0], &mut report).unwrap();
    let entries = front::entries(&text, text.start..text.text.len(), &mut report);
    entries.unwrap_or_else(|| panic!("{language}: {:?}", report.sorted()))
}

fn read(language: &str) -> Strings {
    let sources = Sources::of([("strings.yaml", file(language).as_str())]);
    let text = text::text(&sources.list[0], &mut Report::default()).unwrap();
    strings::strings(language, &text, entries(language))
}

/// Every text of a file by the way to it: `words.latest`, `counted.brief.one`, `read_more.0`.
fn texts(language: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    entries(language).into_iter().for_each(|entry| add(&mut found, entry.name, entry.node.value));
    found
}

fn add(found: &mut BTreeMap<String, String>, way: String, value: Value) {
    match value {
        Value::Text(text, _) | Value::Number(text) => {
            found.insert(way, text);
        }
        Value::List(items) => {
            items
                .into_iter()
                .enumerate()
                .for_each(|(at, item)| add(found, format!("{way}.{at}"), item.value));
        }
        Value::Map(entries) => {
            entries
                .into_iter()
                .for_each(|entry| add(found, format!("{way}.{}", entry.name), entry.node.value));
        }
        _ => {}
    }
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn dates_and_numbers_are_as_icu_has_them() {
    let mut wrong = Vec::new();
    for (language, locale) in LANGUAGES {
        let written = file(language);
        let (before, rest) = written.split_once(BEGIN).expect("a place for what is ICU's");
        let (head, rest) = rest.split_once('\n').unwrap();
        let (_, after) = rest.split_once(END).expect("an end of what is ICU's");
        let wanted = format!("{before}{BEGIN}{head}\n{}{END}{after}", of_icu(language, locale));
        if wanted != written && std::env::var_os("UPDATE").is_some() {
            fs::write(path(language), wanted).unwrap();
        } else if wanted != written {
            wrong.push(language);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?} differ from ICU; UPDATE=1 writes them anew, then read the diff");
}

#[test]
fn numbers_are_written_as_icu_writes_them() {
    for (language, locale) in LANGUAGES {
        let (numbers, icu) = (read(language).numbers, decimal(locale));
        for number in [0, 7, 12, 999, 1000, 1234, 9999, 10000, 98765, 123456, 1234567, 1234567890] {
            assert_eq!(numbers.grouped(number), icu(number), "{language}");
        }
    }
}

#[test]
fn every_language_is_whole() {
    let english = read("en");
    let wanted = texts("en");
    let mut wrong = Vec::new();
    for (language, _) in LANGUAGES {
        let (own, given) = (read(language), texts(language));
        let forms: BTreeSet<&str> = language::forms(language).into_iter().collect();
        wrong.extend(own.lacks(&english).iter().map(|lacking| format!("{language}: lacks `{lacking}`")));
        for (word, given) in &own.counted {
            let extra = given.keys().filter(|form| !forms.contains(form.as_str()));
            wrong.extend(extra.map(|form| format!("{language}: `{word}` has no form `{form}`")));
        }
        for (way, text) in &given {
            let number = way.strip_prefix("counted.").and_then(|way| way.split_once('.'));
            let (model, may_lack) = match number {
                Some((word, form)) => {
                    (wanted.get(&format!("counted.{word}.other")), ["zero", "one", "two"].contains(&form))
                }
                None => (wanted.get(way), way == "span"),
            };
            let Some(model) =
                model.or_else(|| wanted.get("read_more.0").filter(|_| way.starts_with("read_more")))
            else {
                wrong.push(format!("{language}: English has no `{way}`"));
                continue;
            };
            let (own, model) = (placeholders(text), placeholders(model));
            if !["day_long", "day_short", "month_long", "year_long"].contains(&way.as_str())
                && own != model
                && !(may_lack && own.is_empty())
            {
                wrong.push(format!("{language}: `{way}` puts in {own:?}, not {model:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_word_was_left_in_english() {
    let english = texts("en");
    let same: BTreeMap<&str, &[&str]> = SAME.into_iter().collect();
    let mut wrong = Vec::new();
    for (language, _) in LANGUAGES.into_iter().filter(|(language, _)| *language != "en") {
        let allowed = same.get(language).copied().unwrap_or_default();
        let given = texts(language);
        let words = given.iter().filter(|(way, _)| {
            ["words", "boxes", "counted", "read_more"].iter().any(|part| way.starts_with(part))
        });
        for (way, text) in words {
            let is_word = text
                .split('{')
                .flat_map(|part| part.rsplit('}').next())
                .any(|part| part.chars().any(char::is_alphabetic));
            if is_word
                && english.get(way) == Some(text)
                && !allowed.contains(&text.as_str())
                && !INTERNATIONAL.contains(&text.as_str())
            {
                wrong.push(format!("{language}: `{way}` is English, `{text}`"));
            }
            if text.contains(['"', '\'']) || text.trim() != text && !way.ends_with("comma") || text.is_empty()
            {
                wrong.push(format!("{language}: `{way}` is not set with care, `{text}`"));
            }
        }
        let idle = allowed.iter().filter(|word| !given.values().any(|text| text == *word));
        wrong.extend(idle.map(|word| format!("SAME: {language} does not say `{word}`")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_but_the_english_one_says_that_no_reader_checked_it() {
    for (language, _) in LANGUAGES {
        assert_eq!(read(language).unreviewed, language != "en", "{language}");
    }
    let files = fs::read_dir(path("en").parent().unwrap()).unwrap();
    let files: BTreeSet<String> =
        files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect();
    let known: BTreeSet<String> = LANGUAGES.iter().map(|(language, _)| format!("{language}.yaml")).collect();
    assert_eq!(files, known, "LANGUAGES are the files");
}

#[test]
fn dates_are_written_in_the_language() {
    let written = |language: &str| {
        let strings = read(language);
        let dates = ["2017-11-02", "2017-11", "2017"].map(|date| Truncated::parse(date).unwrap());
        let span = EventDate { start: dates[0], end: Some(dates[1]) };
        let [day, month, year] = dates.map(|date| strings.long(date));
        [day, month, year, strings.short(dates[0]), strings.short(dates[1]), strings.event(span)].join(" | ")
    };
    let all: Vec<String> = ["en", "de", "ru", "ar", "fa", "ko", "zh-Hans"].map(written).into();
    let wanted = [
        "2 November 2017 | November 2017 | 2017 | 2 Nov | Nov | 2\u{a0}November\u{a0}2017 to November\u{a0}2017",
        "2. November 2017 | November 2017 | 2017 | 2. Nov. | Nov | 2.\u{a0}November\u{a0}2017 bis November\u{a0}2017",
        "2 ноября 2017 | ноябрь 2017 | 2017 | 2 нояб. | нояб. | 2\u{a0}ноября\u{a0}2017\u{a0}– ноябрь\u{a0}2017",
        "2 نوفمبر 2017 | نوفمبر 2017 | 2017 | 2 نوفمبر | نوفمبر | 2\u{a0}نوفمبر\u{a0}2017\u{a0}– نوفمبر\u{a0}2017",
        "۲ نوامبر ۲۰۱۷ | نوامبر ۲۰۱۷ | ۲۰۱۷ | ۲ نوامبر | نوامبر | ۲\u{a0}نوامبر\u{a0}۲۰۱۷ تا نوامبر\u{a0}۲۰۱۷",
        "2017년 11월 2일 | 2017년 11월 | 2017년 | 11월 2일 | 11월 | 2017년\u{a0}11월\u{a0}2일 ~ 2017년\u{a0}11월",
        "2017年11月2日 | 2017年11月 | 2017年 | 11月2日 | 11月 | 2017年11月2日至2017年11月",
    ];
    assert_eq!(all, wanted);
}

#[test]
fn a_short_day_has_its_year_where_the_language_has_it() {
    let written = |language: &str| {
        let (strings, day) = (read(language), Truncated::parse("2017-11-02").unwrap());
        strings.with_year([&strings.long(day), &strings.short(day), &strings.year(2017)])
    };
    assert_eq!(
        ["en", "cs", "fa", "ko"].map(written),
        ["2\u{a0}Nov\u{a0}2017", "2.\u{a0}11.\u{a0}2017", "۲\u{a0}نوامبر\u{a0}۲۰۱۷", "2017년 11월 2일"]
    );
}

#[test]
fn numbers_of_things_are_written_in_the_language() {
    let written = |language: &str| {
        let strings = read(language);
        [0, 1, 2, 5, 21, 1234]
            .map(|number| strings.number_of("brief", number).replace('\u{a0}', "_"))
            .join(" | ")
    };
    let all: Vec<String> = ["en", "ru", "ar", "fa", "ko", "pl"].map(written).into();
    let wanted = [
        "0 briefs | 1 brief | 2 briefs | 5 briefs | 21 briefs | 1,234 briefs",
        "0_сообщений | 1_сообщение | 2_сообщения | 5_сообщений | 21_сообщение | 1_234_сообщения",
        "لا أخبار | خبر واحد | خبران | 5 أخبار | 21 خبر\u{64b}ا | 1,234 خبر\u{64b}ا",
        "۰ خبر | ۱ خبر | ۲ خبر | ۵ خبر | ۲۱ خبر | ۱٬۲۳۴ خبر",
        "단신 0건 | 단신 1건 | 단신 2건 | 단신 5건 | 단신 21건 | 단신 1,234건",
        "0 depesz | 1 depesza | 2 depesze | 5 depesz | 21 depesz | 1234 depesze",
    ];
    assert_eq!(all, wanted);
}

#[test]
fn quotations_are_set_in_the_marks_of_the_language() {
    let set = |language: &str, text: &str| {
        let strings = read(language);
        let (plain, marked) = (strings.typeset(text), markdown::inline(text, &strings));
        assert_eq!(plain.replace('*', ""), marked.replace("<em>", "").replace("</em>", ""));
        plain
    };
    assert_eq!(set("en", r#"It's "a 'good' call""#), "It’s “a ‘good’ call”");
    assert_eq!(set("de", r#"Er sagt: "So 'geht's' nicht""#), "Er sagt: „So ‚geht’s‘ nicht“");
    assert_eq!(set("fr", r#"L'Élysée : "rien n'est *dit*""#), "L’Élysée : «\u{a0}rien n’est *dit*\u{a0}»");
    assert_eq!(set("uk", r#""Об'єднання", каже він"#), "«Об’єднання», каже він");
    assert_eq!(set("ar", r#"قال "نعم" ثم صمت"#), "قال «نعم» ثم صمت");
    assert_eq!(set("zh-Hant", r#"他說"好"，又說"不"。"#), "他說「好」，又說「不」。");
    assert_eq!(set("ko", r#"그는 "좋다"고 했다"#), "그는 “좋다”\u{2060}고 했다");
}

#[test]
fn a_site_in_each_language_is_whole() {
    for (language, _) in LANGUAGES {
        let desk = common::Desk::new(common::small_site());
        let site = desk.read("content/site.yaml");
        desk.write("content/site.yaml", site.replace("languages: [en]", &format!("languages: [{language}]")));
        let mut sources = Sources::look(&desk.root(), |_| None).unwrap();
        let (edition, mut report) = newsroom::compose(&mut sources, &common::flags());
        edition.try_layouts(&mut report);
        assert!(report.is_empty(), "{language}: {:?}", report.sorted());
        assert_eq!(edition.plan.archive.strings.language, language);
    }
}

/// The form of a kind of date, and the names of the months in it.
macro_rules! dates {
    ($locale:expr, $fields:expr) => {{
        let icu =
            FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new($locale.clone().into(), $fields).unwrap();
        let cut: Vec<(String, String)> = (1..=12).map(|month| cut(&icu.format(&date(month, 22)))).collect();
        assert!(cut.iter().all(|(form, _)| *form == cut[0].0), "the form is the same in every month");
        (cut[0].0.clone(), cut.into_iter().map(|(_, month)| month).collect::<Vec<_>>())
    }};
}
/// The lines that are ICU's, as the file of a language has them.
fn of_icu(language: &str, locale: &str) -> String {
    let locale_of_numbers = locale;
    let locale: Locale = locale.parse().unwrap();
    let (day_long, months) = dates!(locale, YMD::long());
    let (day_short, months_short) = dates!(locale, MD::medium());
    let (year_long, _) = dates!(locale, Y::long());
    // ICU has no numbers at hand for the month of a year in Portuguese: a day's form without the day.
    let (month_long, months_alone) = match language {
        "pt" | "pt-BR" => ("{month} de {year}".to_owned(), months.clone()),
        _ => dates!(locale, YM::long()),
    };
    // ICU's full form in Hausa begins with the year; the press begins with the day, as ICU's short one does.
    let day_long = if language == "ha" { dates!(locale, YMD::medium()).0 } else { day_long };
    let (_, mut months_short_alone) = dates!(locale, M::medium());
    // Bulgarian abbreviates a month by its number, which is no name where it stands alone.
    if language == "bg" {
        months_short_alone = dates!(locale, M::long()).1;
    }
    let weekdays =
        FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.clone().into(), E::medium()).unwrap();
    let weekdays = (20..27).map(|day| weekdays.format(&date(11, day)).to_string()).collect();
    let lists = [
        ("months", months),
        ("months_short", months_short),
        ("months_alone", months_alone),
        ("months_short_alone", months_short_alone),
        ("weekdays_short", weekdays),
    ];
    let forms = [
        ("day_long", day_long),
        ("day_short", day_short),
        ("month_long", month_long),
        ("year_long", year_long),
        ("moment", moment(&locale)),
    ];
    let mut lines = String::new();
    for (name, items) in lists {
        let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
        lines += &format!("{name}: [{}]\n", items.join(", "));
    }
    for (name, form) in forms {
        let form = ABBREVIATED_YEARS.iter().find_map(|year| form.strip_suffix(year)).unwrap_or(&form);
        lines += &format!("{name}: {}\n", quoted(form));
    }
    lines + &numbers(locale_of_numbers)
}

/// A day and a time of day together, by what stands between them where ICU writes the day short.
fn moment(locale: &Locale) -> String {
    let (day, fields) = (date(11, 22), YMD::medium());
    let time = Time::try_new(14, 30, 0, 0).unwrap();
    let both = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), fields.with_time_hm());
    let day_alone = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), fields);
    let both = both.unwrap().format(&DateTime { date: day, time }).to_string();
    let behind = both.strip_prefix(&*day_alone.unwrap().format(&day).to_string()).expect("the day is first");
    let between = behind.split(char::is_alphanumeric).next().unwrap();
    format!("{{date}}{between}{{time}}")
}

/// A text as these files write it: what is no letter can be seen.
fn quoted(text: &str) -> String {
    let mut made = String::from("\"");
    for letter in text.chars() {
        match letter {
            '\u{a0}' | '\u{200c}' | '\u{200f}' | '\u{202f}' => {
                made += &format!("\\u{:04x}", u32::from(letter))
            }
            other => made.push(other),
        }
    }
    made + "\""
}

/// Digits, and how they are grouped, from what ICU makes of numbers.
fn numbers(locale: &str) -> String {
    let icu = decimal(locale);
    let digits = icu(1_234_567_890).chars().filter(|letter| letter.is_numeric()).collect::<Vec<_>>();
    let digits: String = digits[9..].iter().chain(&digits[..9]).collect();
    let long: Vec<char> = icu(1_234_567_890).chars().collect();
    let groups: Vec<usize> = long.split(|letter| !letter.is_numeric()).map(<[char]>::len).collect();
    let mark = long.iter().find(|letter| !letter.is_numeric()).unwrap();
    let from = if icu(1234).chars().count() > 4 { 1000 } else { 10000 };
    let (first, then) = (groups[groups.len() - 1], groups[groups.len() - 2]);
    let mark = quoted(&mark.to_string());
    format!(
        "digits: {}\ngrouping: {{mark: {mark}, from: {from}, first: {first}, then: {then}}}\n",
        quoted(&digits)
    )
}

fn decimal(locale: &str) -> impl Fn(i64) -> String {
    let locale: Locale = locale.parse().unwrap();
    let icu = DecimalFormatter::try_new(locale.into(), Default::default()).unwrap();
    move |number| icu.format(&number.into()).to_string()
}

fn date(month: u8, day: u8) -> Date<Gregorian> {
    Date::try_new_gregorian(2017, month, day).unwrap()
}

/// A date of ICU cut into its parts.
#[derive(Default)]
struct Cut {
    pieces: Vec<(Option<Part>, String)>,
    open: Vec<Part>,
}

impl fmt::Write for Cut {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let known = |part: &&Part| [parts::YEAR, parts::MONTH, parts::DAY].contains(part);
        let part = self.open.iter().rev().find(known).copied();
        match self.pieces.last_mut() {
            Some((last, gathered)) if *last == part => gathered.push_str(text),
            _ => self.pieces.push((part, text.to_owned())),
        }
        Ok(())
    }
}

impl PartsWrite for Cut {
    type SubPartsWrite = Cut;

    fn with_part(&mut self, part: Part, mut write: impl FnMut(&mut Cut) -> fmt::Result) -> fmt::Result {
        self.open.push(part);
        write(self)?;
        self.open.pop();
        Ok(())
    }
}

/// A date's form, with braces for what changes, and its month.
fn cut(date: &impl Writeable) -> (String, String) {
    let (mut cut, mut form, mut month) = (Cut::default(), String::new(), String::new());
    date.write_to_parts(&mut cut).unwrap();
    for (part, text) in cut.pieces {
        match part {
            Some(part) if part == parts::YEAR => form += "{year}",
            Some(part) if part == parts::DAY => form += "{day}",
            Some(_) => {
                form += "{month}";
                month = text;
            }
            None => form += &text,
        }
    }
    (form, month)
}
