//! Dates as templates are handed them; those of the archive are made once and shared.

use crate::base::date::{EventDate, Truncated, When};
use crate::plan::part::{self, Value};
use crate::read::strings::Strings;
use std::collections::HashMap;

/// Dates by what they are.
#[derive(Debug)]
pub struct Dates {
    made: HashMap<Truncated, Value>,
}

impl Dates {
    /// Makes every date of an archive.
    pub fn new(strings: &Strings, dates: impl Iterator<Item = Truncated>) -> Dates {
        let mut made = HashMap::new();
        for date in dates {
            made.entry(date).or_insert_with(|| date_value(strings, date));
        }
        Dates { made }
    }

    /// A date's value.
    pub fn date(&self, strings: &Strings, date: Truncated) -> Value {
        self.made.get(&date).cloned().unwrap_or_else(|| date_value(strings, date))
    }

    /// A date, or nothing.
    pub fn optional(&self, strings: &Strings, date: Option<Truncated>) -> Value {
        date.map_or_else(part::none, |date| self.date(strings, date))
    }

    /// An event's date or span: a date with `until`.
    pub fn event(&self, strings: &Strings, event: EventDate) -> Value {
        let date = self.date(strings, event.start);
        let Some(end) = event.end else { return date };
        part::record([
            ("iso", part::text(&event.start.to_string())),
            ("long", part::text(&strings.event(event))),
            ("short", part::text(&strings.short(event.start))),
            ("year", part::text(&event.start.year.to_string())),
            ("weekday", part::none()),
            ("until", self.date(strings, end)),
        ])
    }
}

/// A moment or a day of publication, with its time in the site's zone.
pub fn published(strings: &Strings, when: When, zone: &crate::base::date::Zone) -> Value {
    let day: Truncated = when.day.into();
    let (iso, time) = match when.at {
        Some(moment) => {
            let (hour, minute) = zone.clock(moment);
            (zone.stamp(moment), part::text(&format!("{hour:02}:{minute:02}")))
        }
        None => (day.to_string(), part::none()),
    };
    part::record([
        ("iso", part::text(&iso)),
        ("long", part::text(&strings.long(day))),
        ("short", part::text(&strings.short(day))),
        ("time", time),
        ("weekday", part::text(strings.weekday(when.day))),
        ("year", part::text(&day.year.to_string())),
    ])
}

fn date_value(strings: &Strings, date: Truncated) -> Value {
    let whole = date.day > 0;
    part::record([
        ("day", if whole { part::text(&date.day.to_string()) } else { part::none() }),
        ("iso", part::text(&date.to_string())),
        ("long", part::text(&strings.long(date))),
        ("short", part::text(&strings.short(date))),
        ("until", part::none()),
        ("weekday", if whole { part::text(strings.weekday(date.first())) } else { part::none() }),
        ("year", part::text(&date.year.to_string())),
    ])
}
