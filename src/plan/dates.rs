//! Dates as templates are handed them; those of the archive are made once and shared.

use crate::base::date::{EventDate, Truncated, When, Zone};
use crate::plan::part::{self, Value};
use crate::read::strings::Strings;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Dates by what they are.
#[derive(Debug)]
pub struct Dates {
    made: HashMap<Truncated, Written>,
}

/// A date as it is written.
#[derive(Clone, Debug)]
pub struct Written {
    /// All that templates are handed of it.
    pub whole: Value,
    /// As machines read it.
    pub iso: Value,
    /// In full.
    pub long: Value,
    /// Without its year.
    pub short: Value,
    /// Its year.
    pub year: Value,
    weekday: Value,
    with_year: Value,
    short_whole: Value,
    long_whole: Value,
}

impl Dates {
    /// Makes every date of an archive; those that were made last, with the same words, are shared.
    pub fn new(
        strings: &Strings,
        dates: impl Iterator<Item = Truncated>,
        last: Option<&Arc<Dates>>,
    ) -> Arc<Dates> {
        let mut dates: Vec<Truncated> = dates.collect();
        dates.sort_unstable();
        dates.dedup();
        let are_all = |last: &&Arc<Dates>| {
            last.made.len() == dates.len() && dates.iter().all(|date| last.made.contains_key(date))
        };
        if let Some(last) = last.filter(are_all) {
            return last.clone();
        }
        let last = |date: &Truncated| last?.made.get(date).cloned();
        let written = |date| last(&date).unwrap_or_else(|| Written::new(strings, date));
        let made = dates.into_par_iter().map(|date| (date, written(date)));
        Arc::new(Dates { made: made.collect() })
    }

    /// How a date is written.
    pub fn written(&self, strings: &Strings, date: Truncated) -> Written {
        self.made.get(&date).cloned().unwrap_or_else(|| Written::new(strings, date))
    }

    /// A date's value.
    pub fn date(&self, strings: &Strings, date: Truncated) -> Value {
        match self.made.get(&date) {
            Some(written) => written.whole.clone(),
            None => Written::new(strings, date).whole,
        }
    }

    /// A date in full.
    pub fn long(&self, strings: &Strings, date: Truncated) -> Value {
        match self.made.get(&date) {
            Some(written) => written.long.clone(),
            None => part::text(&strings.long(date)),
        }
    }

    /// A day with its year, as short as the language has it.
    pub fn with_year(&self, strings: &Strings, date: Truncated) -> Value {
        match self.made.get(&date) {
            Some(written) => written.with_year.clone(),
            None => Written::new(strings, date).with_year,
        }
    }

    /// A day of a list in which `year` is known, in one piece.
    pub fn beside(&self, strings: &Strings, day: Truncated, year: i16) -> Value {
        let written = self.written(strings, day);
        if day.year == year { written.short_whole } else { written.with_year }
    }

    /// A date, or nothing.
    pub fn optional(&self, strings: &Strings, date: Option<Truncated>) -> Value {
        date.map_or_else(part::none, |date| self.date(strings, date))
    }

    /// An event's date or span: a date with `until`.
    pub fn event(&self, strings: &Strings, event: EventDate) -> Value {
        let date = self.date(strings, event.start);
        let Some(end) = event.end else { return date };
        part::record("span").of([
            // its first day, month or year as machines read it
            ("iso", part::text(&event.start.to_string())),
            // the whole span in full
            ("long", part::text(&strings.event(event))),
            // its beginning without the year
            ("short", part::text(&strings.short(event.start))),
            // the year of its beginning
            ("year", part::text(&strings.year_alone(event.start.year))),
            // none
            ("weekday", part::none()),
            // its end
            ("until", self.date(strings, end)),
        ])
    }

    /// A moment or a day of publication, with its time in the site's zone.
    pub fn published(&self, strings: &Strings, when: When, zone: &Zone) -> Value {
        let time = when.at.map(|moment| {
            let (hour, minute) = zone.clock(moment);
            strings.numbers.digits(&format!("{hour:02}:{minute:02}"))
        });
        let written = self.written(strings, when.day.into());
        let full = match &time {
            Some(time) => part::text(&strings.moment(&strings.day_long(when.day), time)),
            None => written.long.clone(),
        };
        part::record("moment").of([
            // the day, or the moment with its offset, as machines read it
            ("iso", part::text(&stamp(when, zone))),
            // the day in full
            ("long", written.long),
            // the day without the year
            ("short", written.short),
            // the time of day, or none
            ("time", part::optional(time.as_deref())),
            // the day in full, with the time of day where that is known
            ("full", full),
            // the day of the week
            ("weekday", written.weekday),
            // the day in full, in one piece: no line ends inside
            ("whole", written.long_whole),
            // the year
            ("year", written.year),
        ])
    }
}

/// When something was published, as machines read it (RFC 3339): the moment with the zone's offset, or the day.
pub fn stamp(when: When, zone: &Zone) -> String {
    when.at.map_or_else(|| when.day.to_string(), |moment| zone.stamp(moment))
}

impl Written {
    fn new(strings: &Strings, date: Truncated) -> Written {
        let day = (date.day > 0).then(|| strings.numbers.digits(&date.day.to_string()));
        let weekday = day.as_ref().map(|_| strings.weekday(date.first()));
        let iso = part::text(&date.to_string());
        let long = part::text(&strings.long(date));
        let short = part::text(&strings.short(date));
        let weekday = part::optional(weekday);
        let year = part::text(&strings.year_alone(date.year));
        let forms = [&long, &short, &year].map(|form| form.as_str().unwrap_or_default());
        let with_year = part::text(&strings.with_year(forms));
        let [long_whole, short_whole, _] = forms.map(|form| part::text(&form.replace(' ', "\u{a0}")));
        let whole = part::record("date").of([
            // the day, month or year as machines read it
            ("iso", iso.clone()),
            // the same without the year
            ("short", short.clone()),
            // the year
            ("year", year.clone()),
            // the whole in full
            ("long", long.clone()),
            // the number of the day, or none
            ("day", part::optional(day.as_deref())),
            // the day of the week, or none
            ("weekday", weekday.clone()),
            // none; a span has its end here
            ("until", part::none()),
        ]);
        Written { whole, iso, long, short, year, weekday, with_year, short_whole, long_whole }
    }
}
