//! What a page says of itself in a sentence or two, for those who find it elsewhere. It is plain text, made of what the
//! page shows and of nothing else, so that no page is printed again for its sake.

use crate::plan::brief::plain;
use crate::plan::page::{Of, Plan};

/// How many letters it has at most.
const LONGEST: usize = 300;

/// How many names it lists at most.
const NAMES: usize = 12;

/// The first paragraph of an HTML text.
pub fn paragraph(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("<p>")?;
    let text = plain(rest.split("</p>").next().unwrap_or(rest));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(short(&words)).filter(|text| !text.is_empty())
}

/// The names of things.
pub fn names<'a>(plan: &Plan, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.take(NAMES).collect();
    Some(names.join(plan.archive.strings.word("list_comma"))).filter(|names| !names.is_empty())
}

/// The names of the topics.
pub fn topics(plan: &Plan) -> Option<String> {
    names(plan, plan.archive.topics.iter().map(|topic| &*topic.name))
}

/// A chronology in figures: how many briefs, from when until when, and the fullest year. Nothing where there are none.
pub fn figures(plan: &Plan, of: Of) -> Option<String> {
    let (strings, periods) = (&plan.archive.strings, &plan.shelf(of).periods);
    let briefs = strings.number_of("brief", periods.order.len() as u32);
    let span = periods.span(|number| plan.archive.event(number));
    let (first, last) = span?;
    let whole = |date| strings.long(date).replace(' ', "\u{a0}"); // no line ends inside
    let (from, until) = (whole(first), whole(last));
    let words = match (first.day > 0 && last.day > 0, first == last) {
        (true, true) => strings.word("figures_one_day").to_owned(),
        (true, false) => strings.word("figures").to_owned(),
        // A year or a month has no preposition that fits in every language.
        (false, true) => ["{briefs}", strings.word("comma"), "{from}"].concat(),
        (false, false) => ["{briefs}", strings.word("comma"), strings.word("range")].concat(),
    };
    let words = words.replace("{briefs}", &briefs);
    let mut figures = words.replace("{from}", &from).replace("{until}", &until);
    let fullest = periods.years.iter().max_by_key(|year| (year.range.len(), year.date));
    if let Some(year) = fullest.filter(|_| periods.years.len() > 1) {
        let words = strings.word("figures_fullest").replace("{figures}", &figures);
        let count = strings.numbers.grouped(year.range.len() as i64);
        figures = words.replace("{label}", &strings.long(year.date)).replace("{count}", &count);
    }
    Some(strings.word("sentence").replace("{text}", &figures))
}

/// A text that is too long ends after a whole word, where it has some.
fn short(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', '.', '،', '、', '，']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_plain_and_not_long() {
        let html = "<h2>Head</h2>\n<p>One <em>two</em>\n&amp; three.</p>\n<p>Four.</p>";
        assert_eq!(paragraph(html).as_deref(), Some("One two & three."));
        assert_eq!(paragraph("<p></p>"), None);
        assert_eq!(paragraph("<ul><li>One</li></ul>"), None);
        let long = paragraph(&format!("<p>{}</p>", "words, ".repeat(60))).unwrap();
        assert!(long.ends_with("words…") && long.chars().count() <= LONGEST + 1, "{long}");
        assert_eq!(paragraph(&format!("<p>{}</p>", "字".repeat(400))).unwrap().chars().count(), LONGEST + 1);
    }
}
