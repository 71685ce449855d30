//! The rule of a brief's month: a tick for each day, and on it when the event happened and when it was reported.
//! Where those are in different months of one year, the rule is of that year, a tick a month; farther apart there is
//! none. Places are counted downwards from the rule's top.

use crate::archive::model::Filed;
use crate::base::date::{Day, Truncated};
use crate::plan::card;
use crate::plan::page::Plan;
use crate::plan::part::{self, Value};

/// From tick to tick: days, and months.
const DAY: i32 = 12;
const MONTH: i32 = 30;

/// How high a bar is that stands for one tick.
const BAR: i32 = 5;

/// How far apart labels stand at least.
const APART: i32 = 17;

/// A rule: what it is of, and from tick to tick.
struct Rule {
    of: Truncated,
    pitch: i32,
}

/// The rule of a brief, or nothing.
pub fn rule(plan: &Plan, filed: &Filed) -> Value {
    let event = filed.brief.event;
    let (from, until) = (event.start.first(), event.end.unwrap_or(event.start).last());
    let reported = filed.published.day;
    let Some(rule) = Rule::of(&[from, until, reported]) else { return part::none() };
    let (top, end, at) = (rule.place(from), rule.place(until), rule.place(reported));
    let differs = card::differs(filed) && (top, end) != (at, at);
    let (happened_label, reported_label) = apart((top + end) / 2, at, differs);
    let strings = &plan.archive.strings;
    let day = |date: Truncated| match rule.of.month {
        0 => strings.short(date),
        _ => date.day.to_string(),
    };
    let happened = || {
        let text = match (event.start.day, event.end) {
            (0, _) => strings.short(event.start),
            (_, Some(end)) if end.day > 0 => format!("{}–{}", day(event.start), day(end)),
            _ => day(event.start),
        };
        part::record("happened").of([
            // how long its bar is
            ("height", part::number((end - top + BAR) as usize)),
            // where its words stand
            ("label", part::number(happened_label as usize)),
            // the day, the days, or the month
            ("text", part::text(&text)),
            // where its bar begins
            ("y", part::number((top - BAR / 2) as usize)),
        ])
    };
    part::record("rule").of([
        // the bar of the event, where it differs from the day of publication
        ("happened", if differs { happened() } else { part::none() }),
        // how long the rule is
        ("height", part::number(rule.height() as usize)),
        // where the first Monday is; none on a rule of a year
        ("mondays", rule.first_monday().map_or_else(part::none, |y| part::number(y as usize))),
        // the month or the year
        ("of", plan.dates.long(strings, rule.of)),
        // how far it is from tick to tick
        ("pitch", part::number(rule.pitch as usize)),
        // the day or month of publication
        ("reported", part::text(&day(reported.into()))),
        // where its words stand
        ("reported_label", part::number(reported_label as usize)),
        // where its bar begins
        ("y", part::number((at - BAR / 2) as usize)),
    ])
}

impl Rule {
    /// The month that all days are in, else their year.
    fn of(days: &[Day]) -> Option<Rule> {
        let Day { year, month, .. } = days[0];
        if days.iter().any(|day| day.year != year) {
            return None;
        }
        Some(match days.iter().all(|day| day.month == month) {
            true => Rule { of: Truncated { year, month, day: 0 }, pitch: DAY },
            false => Rule { of: Truncated { year, month: 0, day: 0 }, pitch: MONTH },
        })
    }

    /// Where a day stands: the middle of its tick's span.
    fn place(&self, day: Day) -> i32 {
        let turn = if self.of.month == 0 { day.month } else { day.day };
        i32::from(turn) * self.pitch - self.pitch / 2
    }

    fn height(&self) -> i32 {
        self.place(self.of.last()) + self.pitch / 2
    }

    fn first_monday(&self) -> Option<i32> {
        let first = self.of.first();
        let monday = Day { day: 1 + (8 - first.weekday()) % 7, ..first };
        (self.of.month > 0).then(|| self.place(monday))
    }
}

/// Where two labels stand: beside their bars, but apart from each other.
fn apart(happened: i32, reported: i32, both: bool) -> (i32, i32) {
    let short = APART - (reported - happened).abs();
    if !both || short <= 0 {
        return (happened, reported);
    }
    let (up, down) = (short / 2, short - short / 2);
    match happened <= reported {
        true => ((happened - up).max(0), reported + down),
        false => (happened + down, (reported - up).max(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(days: &[&str]) -> String {
        let days: Vec<Day> = days.iter().map(|day| Day::parse(day).unwrap()).collect();
        Rule::of(&days).map_or("none".to_owned(), |rule| {
            let places: Vec<i32> = days.iter().map(|day| rule.place(*day)).collect();
            format!("{} {} {:?} {places:?}", rule.of, rule.height(), rule.first_monday())
        })
    }

    #[test]
    fn a_rule_is_of_the_month_or_the_year_that_holds_all() {
        assert_eq!(shape(&["2017-11-21", "2017-11-22"]), "2017-11 360 Some(66) [246, 258]");
        assert_eq!(shape(&["2016-02-01", "2016-02-29"]), "2016-02 348 Some(6) [6, 342]");
        assert_eq!(shape(&["2017-10-31", "2017-11-01"]), "2017 360 None [285, 315]");
        assert_eq!(shape(&["2016-12-31", "2017-01-01"]), "none");
    }

    #[test]
    fn labels_of_neighbours_move_apart() {
        assert_eq!(apart(246, 258, true), (244, 261));
        assert_eq!(apart(258, 246, true), (261, 244));
        assert_eq!(apart(0, 12, true), (0, 15));
        assert_eq!((apart(10, 200, true), apart(10, 12, false)), ((10, 200), (10, 12)));
    }
}
