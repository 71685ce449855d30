//! An axis of time: into which bins it is cut, and where years, months or days are marked along it. It knows nothing
//! of briefs.

use crate::base::date::{Day, Truncated};
use crate::read::strings::Strings;

/// Beyond so many years a bin is a year.
const MOST_YEARS: i16 = 25;

/// Over so few days a bin is a day.
const FEW_DAYS: i32 = 366;

/// How many years of a long axis are marked at most.
const MARKED: usize = 12;

/// How long a bin is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// A span of time, cut into bins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Axis {
    /// How long a bin is.
    pub unit: Unit,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub until: Day,
}

/// A mark along an axis: where the thing that it names begins and ends, in bins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tick {
    /// Its first bin.
    pub at: usize,
    /// The first bin after it.
    pub end: usize,
    /// What it is.
    pub date: Truncated,
}

impl Unit {
    /// A date no finer than this.
    pub fn of(self, date: Truncated) -> Truncated {
        match self {
            Unit::Year => date.in_year(),
            Unit::Month => date.in_month(),
            Unit::Day => date,
        }
    }

    /// The next longer one; of a year, itself.
    pub fn longer(self) -> Unit {
        match self {
            Unit::Day => Unit::Month,
            _ => Unit::Year,
        }
    }

    /// Its name in templates.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Year => "year",
            Unit::Month => "month",
            Unit::Day => "day",
        }
    }
}

impl Axis {
    /// The whole years from one day to another: by days where the days are few, by years where the years are many.
    pub fn years(first: Day, last: Day) -> Axis {
        let unit = match last.year - first.year {
            years if years >= MOST_YEARS => Unit::Year,
            _ if last.number() - first.number() < FEW_DAYS => Unit::Day,
            _ => Unit::Month,
        };
        let from = Day { year: first.year, month: 1, day: 1 };
        Axis { unit, from, until: Day { year: last.year, month: 12, day: 31 } }
    }

    /// A year or a month by its days.
    pub fn within(date: Truncated) -> Axis {
        Axis { unit: Unit::Day, from: date.first(), until: date.last() }
    }

    /// How many bins it has.
    pub fn bins(&self) -> usize {
        self.steps(self.until) as usize + 1
    }

    /// The bin of a day, where it has one.
    pub fn bin(&self, day: Day) -> Option<usize> {
        (self.from <= day && day <= self.until).then(|| self.steps(day) as usize)
    }

    fn steps(&self, day: Day) -> i32 {
        let years = i32::from(day.year - self.from.year);
        match self.unit {
            Unit::Year => years,
            Unit::Month => years * 12 + i32::from(day.month) - i32::from(self.from.month),
            Unit::Day => day.number() - self.from.number(),
        }
    }

    /// What is marked: years, round years where they are many; the months of one year; the weeks of one month.
    pub fn ticks(&self) -> Vec<Tick> {
        let Day { year, month, .. } = self.from;
        let dates: Vec<Truncated> = if self.unit == Unit::Year {
            self.round_years()
        } else if year < self.until.year {
            (year..=self.until.year).map(|year| Truncated { year, month: 0, day: 0 }).collect()
        } else if month < self.until.month {
            (month..=self.until.month).map(|month| Truncated { year, month, day: 0 }).collect()
        } else {
            (1..=self.until.day).step_by(7).map(|day| Truncated { year, month, day }).collect()
        };
        dates.into_iter().filter_map(|date| self.tick(date)).collect()
    }

    fn tick(&self, date: Truncated) -> Option<Tick> {
        Some(Tick { at: self.bin(date.first())?, end: self.bin(date.last())? + 1, date })
    }

    fn round_years(&self) -> Vec<Truncated> {
        const STEPS: [usize; 8] = [5, 10, 25, 50, 100, 250, 500, 1000];
        let years = self.from.year..=self.until.year;
        let step = STEPS.into_iter().find(|step| years.len() / step <= MARKED).unwrap_or(STEPS[7]);
        let round = years.filter(|year| usize::from(year.unsigned_abs()).is_multiple_of(step));
        round.map(|year| Truncated { year, month: 0, day: 0 }).collect()
    }
}

impl Tick {
    /// What stands beside it: a year, a month's name, a day's number.
    pub fn label(&self, strings: &Strings) -> String {
        match self.date.day {
            0 => strings.short(self.date),
            day => day.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: &str) -> Day {
        Day::parse(date).unwrap()
    }

    fn shape(axis: &Axis) -> String {
        let ticks: Vec<String> =
            axis.ticks().iter().map(|tick| format!("{}@{}-{}", tick.date, tick.at, tick.end)).collect();
        format!("{} {}: {}", axis.bins(), axis.unit.name(), ticks.join(" "))
    }

    #[test]
    fn an_axis_is_cut_by_its_length() {
        let years = |first: &str, last: &str| shape(&Axis::years(day(first), day(last)));
        assert_eq!(years("2016-05-05", "2017-11-21"), "24 month: 2016@0-12 2017@12-24");
        assert_eq!(years("2016-05-05", "2017-05-05"), "731 day: 2016@0-366 2017@366-731");
        assert_eq!(
            years("2017-11-21", "2017-11-21"),
            "365 day: 2017-01@0-31 2017-02@31-59 2017-03@59-90 2017-04@90-120 2017-05@120-151 2017-06@151-181 \
             2017-07@181-212 2017-08@212-243 2017-09@243-273 2017-10@273-304 2017-11@304-334 2017-12@334-365"
        );
        assert!(years("1998-01-01", "2022-12-31").starts_with("300 month: 1998@0-12 "));
        assert_eq!(
            years("1998-01-01", "2023-01-01"),
            "26 year: 2000@2-3 2005@7-8 2010@12-13 2015@17-18 2020@22-23"
        );
        assert_eq!(Axis::years(day("0001-01-01"), day("9999-01-01")).ticks().len(), 9);
    }

    #[test]
    fn a_month_is_marked_by_its_weeks() {
        let month = Axis::within(Truncated::parse("2016-02").unwrap());
        assert_eq!(
            shape(&month),
            "29 day: 2016-02-01@0-1 2016-02-08@7-8 2016-02-15@14-15 2016-02-22@21-22 2016-02-29@28-29"
        );
        let bins = ["2016-01-31", "2016-02-01", "2016-02-29", "2016-03-01"].map(|date| month.bin(day(date)));
        assert_eq!(bins, [None, Some(0), Some(28), None]);
    }
}
