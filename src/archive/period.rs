//! Periods: a chronology split by years, a year of too many briefs into months, such a month into days. So no
//! list grows without bound, and a new brief never shifts the others.

use crate::base::date::Truncated;
use std::ops::Range;

/// A chronology: brief numbers by the event's date, newest first, and how they are split.
#[derive(Default, Debug)]
pub struct Periods {
    /// Brief numbers.
    pub order: Vec<u32>,
    /// The years, newest first.
    pub years: Vec<Period>,
}

/// A year, a month or a day.
#[derive(Debug)]
pub struct Period {
    /// Which one.
    pub date: Truncated,
    /// All of its briefs, as a range of the order.
    pub range: Range<usize>,
    /// The briefs that its own page lists.
    pub own: Range<usize>,
    /// The finer periods it is split into, newest first; empty where its own page lists all.
    pub inner: Vec<Period>,
}

/// The sort key of a chronology: newest first, a bare year or month before its days.
pub fn newest_first(date: Truncated) -> (i16, u8, u8) {
    let month = if date.month == 0 { 0 } else { 13 - date.month };
    let day = if date.day == 0 { 0 } else { 32 - date.day };
    (-date.year, month, day)
}

impl Periods {
    /// Splits brief numbers with their dates, sorted by `newest_first`; a page lists at most `limit` of them,
    /// but a day stays one page.
    pub fn new(dated: &[(Truncated, u32)], limit: usize) -> Periods {
        let order = dated.iter().map(|(_, number)| *number).collect();
        let dates: Vec<Truncated> = dated.iter().map(|(date, _)| *date).collect();
        let year = |date: Truncated| Truncated { month: 0, day: 0, ..date };
        let years =
            runs(&dates, 0..dates.len(), year).into_iter().map(|range| split(&dates, range, year, limit));
        Periods { order, years: years.collect() }
    }

    /// Every period that has a page, coarse before fine.
    pub fn all(&self) -> Vec<&Period> {
        let mut found = Vec::new();
        for year in &self.years {
            found.push(year);
            for month in &year.inner {
                found.push(month);
                found.extend(&month.inner);
            }
        }
        found
    }

    /// The period of a date, if it has a page.
    pub fn find(&self, date: Truncated) -> Option<&Period> {
        let year = self.years.iter().find(|year| year.date.year == date.year)?;
        let month = || year.inner.iter().find(|month| month.date.month == date.month);
        match (date.month, date.day) {
            (0, _) => Some(year),
            (_, 0) => month(),
            _ => month()?.inner.iter().find(|day| day.date == date),
        }
    }

    /// The first and the last date of the chronology, as precise as they are known.
    pub fn span(&self, date_of: impl Fn(u32) -> Truncated) -> Option<(Truncated, Truncated)> {
        let dates = || self.order.iter().map(|&number| date_of(number));
        let first = dates().min_by_key(|date| (date.first(), date.last()))?;
        let last = dates().max_by_key(|date| (date.last(), date.first()))?;
        Some((first, last))
    }
}

fn split(
    dates: &[Truncated],
    range: Range<usize>,
    coarse: fn(Truncated) -> Truncated,
    limit: usize,
) -> Period {
    let date = coarse(dates[range.start]);
    let whole = Period { date, range: range.clone(), own: range.clone(), inner: Vec::new() };
    if range.len() <= limit || date.day > 0 {
        return whole;
    }
    let bare = dates[range.clone()].iter().take_while(|inner| **inner == date).count();
    let finer: fn(Truncated) -> Truncated = match date.month {
        0 => |date| Truncated { day: 0, ..date },
        _ => |date| date,
    };
    let own = range.start..range.start + bare;
    let inner = runs(dates, own.end..range.end, finer).into_iter().map(|run| split(dates, run, finer, limit));
    Period { inner: inner.collect(), own, ..whole }
}

/// The runs of equal keys in a range.
fn runs(dates: &[Truncated], range: Range<usize>, key: fn(Truncated) -> Truncated) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in range {
        match found.last_mut() {
            Some(run) if key(dates[run.start]) == key(dates[at]) => run.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(dates: &[&str], limit: usize) -> String {
        let mut dated: Vec<(Truncated, u32)> =
            dates.iter().enumerate().map(|(n, date)| (Truncated::parse(date).unwrap(), n as u32)).collect();
        dated.sort_by_key(|(date, number)| (newest_first(*date), *number));
        let periods = Periods::new(&dated, limit);
        let line = |period: &&Period| format!("{} {}/{}", period.date, period.own.len(), period.range.len());
        periods.all().iter().map(line).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_period_is_split_only_when_it_is_too_long() {
        let dates = ["2017-11-21", "2017-11-22", "2017-11-22", "2017-10-01", "2017", "2017-11", "2016-01-01"];
        assert_eq!(shape(&dates, 6), "2017 6/6, 2016 1/1");
        assert_eq!(shape(&dates, 5), "2017 1/6, 2017-11 4/4, 2017-10 1/1, 2016 1/1");
        assert_eq!(
            shape(&dates, 2),
            "2017 1/6, 2017-11 1/4, 2017-11-22 2/2, 2017-11-21 1/1, 2017-10 1/1, 2016 1/1"
        );
        assert_eq!(shape(&["2017-11-22", "2017-11-22"], 1), "2017 0/2, 2017-11 0/2, 2017-11-22 2/2");
        assert_eq!(shape(&[], 1), "");
    }
}
