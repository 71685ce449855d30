//! Days, moments and truncated dates, and the zone in which a moment is a day. It reads no clock.

use crate::base::spelling;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};
use std::fmt;

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day {
    /// 1 to 9999.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// A point in time, in seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
pub struct Moment(pub i64);

/// The last moment at which "now" changed something, and the next one.
pub type Due = (Option<Moment>, Option<Moment>);

/// Whether a moment lies between the two, the first included.
pub fn is_between((since, until): Due, now: Moment) -> bool {
    since.is_none_or(|since| since <= now) && until.is_none_or(|until| now < until)
}

/// Why a text is not the date it should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// Not of the form `YYYY-MM-DD` (with a time where one may stand).
    Form,
    /// Well formed, but the calendar has no such day or the clock no such time.
    NoSuch,
    /// A time that needs an offset (`Z`, `+01:00`) has none.
    NoOffset,
}

/// When something was published: a day, or a moment and its day in the site's zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct When {
    /// The day in the site's time zone.
    pub day: Day,
    /// The moment, where a time was given.
    pub at: Option<Moment>,
    /// The moment, or the day's first.
    pub from: Moment,
}

/// A date of the precision at hand: a year, a month or a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Truncated {
    /// 1 to 9999.
    pub year: i16,
    /// 1 to 12, 0 where only the year is known.
    pub month: u8,
    /// 1 to 31, 0 where only the month is known.
    pub day: u8,
}

/// When an event happened: a truncated date, or a span that it opens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct EventDate {
    /// The date, or the span's first.
    pub start: Truncated,
    /// The span's last.
    pub end: Option<Truncated>,
}

/// A time zone by its IANA name, from data pinned in the binary.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of that name, if there is one.
    pub fn named(name: &str) -> Option<Zone> {
        TimeZoneDatabase::bundled().get(name).ok().map(Zone)
    }

    /// The name of every zone there is, sorted.
    pub fn names() -> Vec<String> {
        let database = TimeZoneDatabase::bundled();
        let mut names: Vec<String> = database.available().map(|zone| zone.as_str().to_owned()).collect();
        names.sort();
        names
    }

    /// The name that a wrong one was probably meant to be: a zone of that city, or the nearest spelling.
    pub fn like(name: &str) -> Option<String> {
        let names = Zone::names();
        let wanted = name.replace(' ', "_");
        let city =
            |zone: &&String| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&wanted));
        let near = || spelling::nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
        names.iter().find(city).cloned().or_else(near)
    }

    /// Coordinated Universal Time.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// The day that a moment falls on.
    pub fn day_of(&self, moment: Moment) -> Day {
        Day::from(self.local(moment).date())
    }

    /// The first moment of a day.
    pub fn start_of(&self, day: Day) -> Moment {
        let midnight = day.civil().to_datetime(jiff::civil::Time::midnight());
        self.at(midnight).unwrap_or(Moment(0))
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Hour and minute of a moment.
    pub fn clock(&self, moment: Moment) -> (i8, i8) {
        let local = self.local(moment);
        (local.hour(), local.minute())
    }

    /// RFC 3339 with the zone's offset.
    pub fn stamp(&self, moment: Moment) -> String {
        let stamp = timestamp(moment);
        let offset = self.0.to_offset(stamp);
        let local = offset.to_datetime(stamp);
        let minutes = offset.seconds() / 60;
        let mut text = Day::from(local.date()).to_string();
        for (sign, number) in [('T', local.hour()), (':', local.minute()), (':', local.second())] {
            text.push(sign);
            text.extend([number / 10, number % 10].map(|digit| char::from(b'0' + digit as u8)));
        }
        if minutes == 0 {
            return text + "Z";
        }
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{text}{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }

    /// RFC 5322 with the zone's offset: `Wed, 22 Nov 2017 14:30:00 +0100`.
    pub fn mail_stamp(&self, moment: Moment) -> String {
        let stamp = timestamp(moment);
        let offset = self.0.to_offset(stamp);
        let minutes = offset.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        let local = offset.to_datetime(stamp).strftime("%a, %d %b %Y %H:%M:%S");
        format!("{local} {sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }

    /// Whether its clock ever shows a time: not where it is put forward past it.
    fn shows(&self, local: DateTime) -> bool {
        !matches!(self.0.to_ambiguous_timestamp(local).offset(), AmbiguousOffset::Gap { .. })
    }

    fn local(&self, moment: Moment) -> DateTime {
        self.0.to_datetime(timestamp(moment))
    }

    fn at(&self, local: DateTime) -> Option<Moment> {
        local.to_zoned_datetime(self.0.clone()).ok().map(|zoned| Moment(zoned.timestamp().as_second()))
    }
}

impl Day {
    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Result<Day, Mistake> {
        match Truncated::parse(text)? {
            date if date.day > 0 => Ok(Day { year: date.year, month: date.month, day: date.day }),
            _ => Err(Mistake::Form),
        }
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> u8 {
        self.civil().weekday().to_monday_one_offset() as u8
    }

    /// Days from 1970-01-01. Plots ask this of every brief; so it is reckoned here, in years that begin in March and
    /// thus end with the leap day.
    pub fn number(self) -> i32 {
        let year = i32::from(self.year) - i32::from(self.month < 3);
        let month = (i32::from(self.month) + 9) % 12;
        let days = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + days - 719_468
    }

    fn civil(self) -> Date {
        Date::new(self.year, self.month as i8, self.day as i8).unwrap_or(Date::MIN)
    }
}

impl Moment {
    /// Reads an RFC 3339 time, which has an offset.
    pub fn parse(text: &str) -> Result<Moment, Mistake> {
        match When::parse(text, None)?.at {
            Some(moment) => Ok(moment),
            None => Err(Mistake::Form),
        }
    }
}

impl When {
    /// Reads a day or a time; a time without an offset is of `zone`, or a mistake where there is none. Of a time that the
    /// zone's clock shows twice it is the first; one that it never shows is a mistake.
    pub fn parse(text: &str, zone: Option<&Zone>) -> Result<When, Mistake> {
        let utc = Zone::utc();
        let home = zone.unwrap_or(&utc);
        if text.len() <= 10 {
            let day = Day::parse(text)?;
            return Ok(When { day, at: None, from: home.start_of(day) });
        }
        Day::parse(text.get(..10).ok_or(Mistake::Form)?)?;
        let moment = match text.parse::<Timestamp>() {
            Ok(stamp) => Moment(stamp.as_second()),
            Err(_) => local_time(text, zone)?,
        };
        Ok(When { day: home.day_of(moment), at: Some(moment), from: moment })
    }
}

fn local_time(text: &str, zone: Option<&Zone>) -> Result<Moment, Mistake> {
    let rest = &text[10..];
    let clock =
        rest.len() >= 6 && matches!(rest.as_bytes()[0], b'T' | b't' | b' ') && rest.as_bytes()[3] == b':';
    let offset = rest.ends_with(['Z', 'z']) || rest.contains('+') || rest.contains('-');
    if !clock {
        return Err(Mistake::Form);
    }
    match text.parse::<DateTime>() {
        Ok(local) if !offset => {
            let zone = zone.ok_or(Mistake::NoOffset)?;
            zone.at(local).filter(|_| zone.shows(local)).ok_or(Mistake::NoSuch)
        }
        // What follows a sound minute is what is wrong.
        _ if text.get(..16).is_some_and(|minute| minute.parse::<DateTime>().is_ok()) => Err(Mistake::Form),
        _ => Err(Mistake::NoSuch),
    }
}

impl Truncated {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Result<Truncated, Mistake> {
        let number = |range: std::ops::Range<usize>| -> Result<i16, Mistake> {
            let digits = text.get(range).ok_or(Mistake::Form)?;
            let all = digits.bytes().all(|b| b.is_ascii_digit());
            if all { digits.parse().map_err(|_| Mistake::Form) } else { Err(Mistake::Form) }
        };
        let hyphens = text.bytes().enumerate().all(|(i, b)| (b == b'-') == (i == 4 || i == 7));
        if !hyphens || ![4, 7, 10].contains(&text.len()) {
            return Err(Mistake::Form);
        }
        let month = if text.len() >= 7 { number(5..7)? } else { 0 };
        let day = if text.len() == 10 { number(8..10)? } else { 0 };
        let date = Truncated { year: number(0..4)?, month: month as u8, day: day as u8 };
        let given = |part: i16, length: usize| text.len() < length || part > 0;
        if !given(month, 7) || !given(day, 10) || date.year == 0 || !date.exists() {
            return Err(Mistake::NoSuch);
        }
        Ok(date)
    }

    /// The day it is, or the first day of the month or year.
    pub fn first(self) -> Day {
        Day { year: self.year, month: self.month.max(1), day: self.day.max(1) }
    }

    /// The last day it may mean.
    pub fn last(self) -> Day {
        if self.day > 0 {
            return self.first();
        }
        let month = if self.month == 0 { 12 } else { self.month };
        let first = Day { year: self.year, month, day: 1 }.civil();
        Day::from(first.last_of_month())
    }

    fn exists(self) -> bool {
        Date::new(self.year, self.month.max(1) as i8, self.day.max(1) as i8).is_ok()
    }
}

impl EventDate {
    /// Reads a truncated date or a span `A/B`; `None` in the inner result means that the span is reversed.
    pub fn parse(text: &str) -> Result<Option<EventDate>, Mistake> {
        let Some((start, end)) = text.split_once('/') else {
            return Ok(Some(EventDate { start: Truncated::parse(text)?, end: None }));
        };
        let (start, end) = (Truncated::parse(start)?, Truncated::parse(end)?);
        let forward = start.first() <= end.last();
        Ok(forward.then_some(EventDate { start, end: Some(end) }))
    }
}

impl Truncated {
    /// The month it is in, or the year where no month is known.
    pub fn in_month(self) -> Truncated {
        Truncated { day: 0, ..self }
    }

    /// The year it is in.
    pub fn in_year(self) -> Truncated {
        Truncated { month: 0, day: 0, ..self }
    }
}

impl From<Day> for Truncated {
    fn from(day: Day) -> Truncated {
        Truncated { year: day.year, month: day.month, day: day.day }
    }
}

impl From<Day> for EventDate {
    fn from(day: Day) -> EventDate {
        EventDate { start: day.into(), end: None }
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day { year: date.year(), month: date.month() as u8, day: date.day() as u8 }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_date(f, Truncated::from(*self))
    }
}

impl fmt::Display for Truncated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_date(f, *self)
    }
}

/// `2017-11-22`, `2017-11`, `2017`. Dates are written so often that padding each number would be dear.
fn write_date(f: &mut fmt::Formatter<'_>, date: Truncated) -> fmt::Result {
    let mut text = *b"0000-00-00";
    let numbers = [(0..4, date.year.unsigned_abs()), (5..7, date.month.into()), (8..10, date.day.into())];
    for (place, mut number) in numbers {
        for digit in text[place].iter_mut().rev() {
            *digit += (number % 10) as u8;
            number /= 10;
        }
    }
    let length = match (date.month, date.day) {
        (0, _) => 4,
        (_, 0) => 7,
        _ => 10,
    };
    f.write_str(std::str::from_utf8(&text[..length]).unwrap_or_default())
}

impl fmt::Display for EventDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.start)?;
        self.end.map_or(Ok(()), |end| write!(f, "/{end}"))
    }
}

/// A duration written `M:SS` or `H:MM:SS`, in seconds.
pub fn duration(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.split(':').collect();
    let digits =
        |part: &&str| !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(digits) {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let sixty = parts[1..].iter().all(|part| part.len() == 2) && numbers[1..].iter().all(|&n| n < 60);
    sixty.then(|| numbers.iter().fold(0, |sum, n| sum * 60 + n))
}

/// The day after.
pub fn next_day(day: Day) -> Day {
    day.civil().checked_add(1.day()).map_or(day, Day::from)
}

fn timestamp(moment: Moment) -> Timestamp {
    Timestamp::from_second(moment.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_precision_are_read() {
        assert_eq!(Truncated::parse("2017").map(|d| d.to_string()).as_deref(), Ok("2017"));
        assert_eq!(Truncated::parse("2017-11").map(|d| d.last().to_string()).as_deref(), Ok("2017-11-30"));
        assert_eq!(Day::parse("2017-02-30"), Err(Mistake::NoSuch));
        assert_eq!(Day::parse("22.11.2017"), Err(Mistake::Form));
        assert_eq!(Day::parse("2017-1-2"), Err(Mistake::Form));
        assert_eq!(
            EventDate::parse("2017-11-21/2017-11"),
            Ok(EventDate::parse("2017-11-21/2017-11").unwrap())
        );
        assert_eq!(EventDate::parse("2017-11-21/2017-11-20"), Ok(None));
    }

    #[test]
    fn a_moment_falls_on_the_day_of_its_zone() {
        let berlin = Zone::named("Europe/Berlin").unwrap();
        let when = When::parse("2017-11-21T23:30:00Z", Some(&berlin)).unwrap();
        assert_eq!(when.day.to_string(), "2017-11-22");
        assert_eq!(berlin.stamp(when.from), "2017-11-22T00:30:00+01:00");
        let local = When::parse("2017-11-22T00:30", Some(&berlin)).unwrap();
        assert_eq!(local.at, when.at);
        assert_eq!(Moment::parse("2017-11-22T00:30"), Err(Mistake::NoOffset));
        assert_eq!(When::parse("2017-11-22T25:30", Some(&berlin)), Err(Mistake::NoSuch));
        assert_eq!(When::parse("2017-11-22 noon", Some(&berlin)), Err(Mistake::Form));
    }

    #[test]
    fn clocks_that_are_put_forward_or_back_are_known() {
        let zone = |name| Zone::named(name).unwrap();
        let (berlin, apia, paulo) = (zone("Europe/Berlin"), zone("Pacific/Apia"), zone("America/Sao_Paulo"));
        let stamp = |text, zone: &Zone| When::parse(text, Some(zone)).map(|when| zone.stamp(when.from));
        for (text, zone, expected) in [
            ("2017-03-26T01:59:59", &berlin, Ok("2017-03-26T01:59:59+01:00")),
            ("2017-03-26T02:00", &berlin, Err(Mistake::NoSuch)),
            ("2017-03-26T02:59", &berlin, Err(Mistake::NoSuch)),
            ("2017-03-26T02:30+01:00", &berlin, Ok("2017-03-26T03:30:00+02:00")),
            ("2017-03-26T03:00", &berlin, Ok("2017-03-26T03:00:00+02:00")),
            ("2017-10-29T02:30", &berlin, Ok("2017-10-29T02:30:00+02:00")),
            ("2017-10-29T02:30+01:00", &berlin, Ok("2017-10-29T02:30:00+01:00")),
            // A day that begins at one, and one that was left out.
            ("2017-10-15", &paulo, Ok("2017-10-15T01:00:00-02:00")),
            ("2011-12-30T12:00", &apia, Err(Mistake::NoSuch)),
        ] {
            assert_eq!(stamp(text, zone).as_deref(), expected.as_ref().copied(), "{text}");
        }
        let last = berlin.day_of(Moment::parse("2017-03-25T22:59:59Z").unwrap());
        let first = berlin.day_of(Moment::parse("2017-03-26T22:00:00Z").unwrap());
        assert_eq!([last.to_string(), first.to_string()], ["2017-03-25", "2017-03-27"]);
    }

    #[test]
    fn durations_are_minutes_and_seconds() {
        assert_eq!(duration("1:45"), Some(105));
        assert_eq!(duration("1:01:05"), Some(3665));
        for bad in ["105", "1:5", "1:75", "a:10", "1:2:3:4", ""] {
            assert_eq!(duration(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_are_numbered_without_a_gap() {
        let number = |date: &str| Day::parse(date).unwrap().number();
        let known = ["1970-01-01", "1969-12-31", "0001-01-01", "2000-02-29", "9999-12-31"].map(number);
        assert_eq!(known, [0, -1, -719_162, 11_016, 2_932_896]);
        let mut day = Day::parse("1895-01-01").unwrap();
        while day.year < 2105 {
            let next = next_day(day);
            assert_eq!(next.number(), day.number() + 1, "{next}");
            day = next;
        }
    }
}
