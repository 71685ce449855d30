//! Density: how many briefs there are at each time, as a plot with a lane for each topic, and the same numbers as a
//! table. It counts and places; what a mark looks like is the stylesheet's. A brief stands where its event begins.

use crate::base::date::Truncated;
use crate::base::number;
use crate::plan::axis::{Axis, Tick, Unit};
use crate::plan::page::{Of, Plan};
use crate::plan::part::{self, Part, Value};
use crate::plan::period;
use crate::read::strings::Strings;
use std::cmp::Reverse;
use std::fmt::Write;

/// How many lanes there are at most. Of more topics the fullest keep theirs, and the last lane is the rest.
pub const LANES: usize = 12;

/// The height of a lane's marks; their places are counted from its top, downwards.
const HEIGHT: u32 = 38;

/// A lane with its label, and what stands below the last: the axis.
const LANE: usize = 58;
const AXIS: usize = 22;

/// Up to so many briefs in the fullest bin each is a stroke of its own, so high and 1 apart; above that, bars.
const STROKES: u32 = 4;
const STROKE: u32 = 9;

/// How long the mark of a key date is, below the lane.
const KEY: u32 = 7;

/// How many rows a table may have before its rows become longer spans.
const ROWS: usize = 60;

/// From so many marks along the axis on, narrow screens leave two of three out.
const MARKS: usize = 9;

/// What is plotted: a chronology, some of its briefs in its order, and the period that they are of; without one,
/// the years they fall in.
pub struct Scope<'a> {
    /// Whose chronology.
    pub of: Of,
    /// Numbers of briefs, newest first.
    pub numbers: &'a [u32],
    /// A year or a month.
    pub period: Option<Truncated>,
}

/// The lanes of a plot, by topics.
pub struct Lanes {
    /// The topics that have a lane of their own, in the order of the lanes.
    pub topics: Vec<u32>,
    /// Whether a last lane holds all others.
    pub rest: bool,
    lane_of: Vec<Option<usize>>,
}

/// A row of counts: a date, in all, and by lane.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Row {
    date: Truncated,
    all: u32,
    by_lane: Vec<u32>,
}

/// The plot of a chronology; nothing where there is nothing to plot.
pub fn plot(plan: &Plan, scope: &Scope<'_>, lanes: &Lanes) -> Part {
    let date = |number: &u32| plan.archive.event(*number);
    let days = scope.numbers.iter().map(|number| date(number).first());
    let Some((first, last)) = days.clone().min().zip(days.max()).filter(|_| !lanes.is_empty()) else {
        return Part::seal(part::none(), Vec::new());
    };
    let axis = scope.period.map_or_else(|| Axis::years(first, last), Axis::within);
    // One lane for all needs no topics.
    let topics = |number: &u32| match lanes.topics.is_empty() {
        true => &[][..],
        false => &*plan.archive.filed(*number).topics,
    };
    let dated = scope.numbers.iter().map(|number| (date(number), topics(number)));
    let rows = rows(dated, axis.unit, lanes);
    let files = lanes.topics.iter().map(|&topic| plan.archive.topics[topic as usize].file.clone()).collect();
    Part::seal(value(plan, scope, (lanes, &axis), &rows), files)
}

impl Lanes {
    /// One lane for all.
    pub fn one() -> Lanes {
        Lanes { topics: Vec::new(), rest: true, lane_of: Vec::new() }
    }

    /// The lanes of some briefs: those of their topics, in the archive's order.
    pub fn of(plan: &Plan, numbers: &[u32]) -> Lanes {
        Lanes::at_most(LANES, plan, numbers)
    }

    /// The same, not more than `most`.
    pub fn at_most(most: usize, plan: &Plan, numbers: &[u32]) -> Lanes {
        let mut counts = vec![0; plan.archive.topics.len()];
        for &number in numbers {
            plan.archive.filed(number).topics.iter().for_each(|&topic| counts[topic as usize] += 1);
        }
        Lanes::fullest(&counts, most)
    }

    fn fullest(counts: &[u32], most: usize) -> Lanes {
        let mut topics: Vec<u32> = (0..counts.len() as u32).filter(|&t| counts[t as usize] > 0).collect();
        let rest = topics.len() > most;
        if rest {
            topics.sort_by_key(|&topic| (Reverse(counts[topic as usize]), topic));
            topics.truncate(most - 1);
            topics.sort_unstable();
        }
        let mut lane_of = vec![rest.then_some(topics.len()); counts.len()];
        topics.iter().enumerate().for_each(|(lane, &topic)| lane_of[topic as usize] = Some(lane));
        Lanes { topics, rest, lane_of }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.topics.len() + usize::from(self.rest)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The lanes that a brief of these topics stands in, each once.
    pub fn lanes<'a>(&'a self, topics: &'a [u32]) -> impl Iterator<Item = usize> + 'a {
        let one = (self.topics.is_empty() && self.rest).then_some(0);
        let lane = |topic: &u32| self.lane_of.get(*topic as usize).copied().flatten();
        let lanes = topics.iter().enumerate().filter_map(move |(turn, topic)| {
            let lane_of_it = lane(topic)?;
            let stands = topics[..turn].iter().any(|other| lane(other) == Some(lane_of_it));
            (!stands).then_some(lane_of_it)
        });
        one.into_iter().chain(lanes)
    }
}

/// Counts briefs by date, newest first. A bare year among months, or a month among days, keeps a row of its own.
fn rows<'a>(dated: impl Iterator<Item = (Truncated, &'a [u32])>, unit: Unit, lanes: &Lanes) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (date, topics) in dated {
        let date = unit.of(date);
        if rows.last().is_none_or(|row| row.date != date) {
            rows.push(Row { date, all: 0, by_lane: vec![0; lanes.len()] });
        }
        let Some(row) = rows.last_mut() else { continue };
        row.all += 1;
        lanes.lanes(topics).for_each(|lane| row.by_lane[lane] += 1);
    }
    rows
}

/// The rows of a table: these, or longer spans where they would be too many.
fn table(rows: &[Row], unit: Unit) -> (Unit, Vec<Row>) {
    if rows.len() <= ROWS || unit == Unit::Year {
        return (unit, rows.to_vec());
    }
    let longer = unit.longer();
    let sum = |run: &[Row]| {
        let by_lane = (0..run[0].by_lane.len()).map(|lane| run.iter().map(|row| row.by_lane[lane]).sum());
        let all = run.iter().map(|row| row.all).sum();
        Row { date: longer.of(run[0].date), all, by_lane: by_lane.collect() }
    };
    let summed: Vec<Row> = rows.chunk_by(|a, b| longer.of(a.date) == longer.of(b.date)).map(sum).collect();
    table(&summed, longer)
}

/// The bins of a lane.
fn bins(rows: &[Row], axis: &Axis, lane: usize) -> Vec<u32> {
    let mut bins = vec![0; axis.bins()];
    for row in rows {
        if let Some(bin) = axis.bin(row.date.first()) {
            bins[bin] += row.by_lane[lane];
        }
    }
    bins
}

/// The marks of a lane as one path of strokes: a bin is 1 wide, its stroke stands in its middle, at its number.
fn marks(bins: &[u32], fullest: u32) -> String {
    let mut path = String::new();
    let mut draw = |parts: &[(&str, u32)]| {
        for (sign, number) in parts {
            path.push_str(sign);
            number::push(&mut path, *number);
        }
    };
    let mut end = None;
    for (bin, &count) in (0..).zip(bins).filter(|(_, count)| **count > 0) {
        // From the end of the mark before to the foot of this one; moves from one to the next are the shortest.
        match end {
            None => draw(&[("M", bin), (" ", HEIGHT)]),
            Some((x, y)) => draw(&[("m", bin - x), (" ", y)]),
        }
        let y = if fullest <= STROKES {
            draw(&[("v-", STROKE)]);
            (1..count).for_each(|_| draw(&[("m0-1v-", STROKE)]));
            count * (STROKE + 1) - 1
        } else {
            let height = (count * HEIGHT / fullest).max(1);
            draw(&[("v-", height)]);
            height
        };
        end = Some((bin, y));
    }
    path
}

fn value(plan: &Plan, scope: &Scope<'_>, (lanes, axis): (&Lanes, &Axis), rows: &[Row]) -> Value {
    let binned: Vec<Vec<u32>> = (0..lanes.len()).map(|lane| bins(rows, axis, lane)).collect();
    let fullest = binned.iter().flatten().copied().max().unwrap_or(0);
    let values = binned.iter().enumerate().map(|(lane, bins)| {
        let keys = keys(plan, scope.of, (lanes, lane), axis);
        lane_value(plan, (lanes, lane), bins, (fullest, &keys))
    });
    let (unit, table) = table(rows, axis.unit);
    let ticks = axis.ticks();
    let mut grid = String::new();
    // A hairline before each mark; the strokes of bins stand in their middles.
    ticks.iter().for_each(|tick| _ = write!(grid, "M{} 0v1", tick.at));
    part::record("plot").of([
        // how many bins the axis has
        ("bins", part::number(axis.bins())),
        // whether it has a lane for each topic
        ("columns", part::flag(!lanes.topics.is_empty())),
        // the lines across, as an SVG path: a bin is 1 wide, a line 1 high
        ("grid", part::text(&grid)),
        // how high all of it is, in pixels
        ("height", part::number(lanes.len() * LANE + AXIS)),
        // the lanes, from the top
        ("lanes", part::list(values.collect())),
        // the words along the axis
        ("marks", part::list(labels(&plan.archive.strings, (axis, &ticks), scope.period.is_none()))),
        // the same numbers as a table, newest first
        ("rows", part::list(table.iter().map(|row| row_value(plan, scope.of, row)).collect())),
        // what a row of the table is: `year`, `month` or `day`
        ("rows_unit", part::text(unit.name())),
        // what a bin is: `year`, `month` or `day`
        ("unit", part::text(axis.unit.name())),
    ])
}

fn lane_value(
    plan: &Plan,
    (lanes, lane): (&Lanes, usize),
    bins: &[u32],
    (fullest, keys): (u32, &str),
) -> Value {
    let strings = &plan.archive.strings;
    let topic = lanes.topics.get(lane).map(|&topic| &plan.archive.topics[topic as usize]);
    let rest = if lanes.topics.is_empty() { strings.word("briefs") } else { strings.word("other_topics") };
    let address = topic.map(|topic| format!("topics/{}.html", topic.slug));
    let most = bins.iter().copied().max().filter(|_| fullest > STROKES);
    part::record("lane").of([
        // the topic, or a word for all or for the rest
        ("name", part::text(topic.map_or(rest, |topic| &topic.name))),
        // the topic's page, or none
        ("address", part::optional(address.as_deref())),
        // how many briefs it has
        ("count", part::number(bins.iter().map(|&count| count as usize).sum())),
        // the most that a bin has; none where each brief is a stroke
        ("most", most.map_or_else(part::none, |most| part::number(most as usize))),
        // its marks, as an SVG path: a bin is 1 wide, 38 is the foot
        ("marks", part::text(&marks(bins, fullest))),
        // the key dates of its topics, likewise
        ("keys", part::text(keys)),
    ])
}

/// The key dates of a lane's topics, below it.
fn keys(plan: &Plan, of: Of, (lanes, lane): (&Lanes, usize), axis: &Axis) -> String {
    let topics = 0..plan.archive.topics.len() as u32;
    let topics = topics.filter(|&topic| match of {
        Of::Timeline => lanes.lanes(&[topic]).any(|one| one == lane),
        Of::Topic(number) => number == topic,
        Of::Agency(_) => false,
    });
    let dates = topics.flat_map(|topic| &plan.archive.topics[topic as usize].key_dates);
    // Of a month or a year nobody knows the day: its middle.
    let middle = |date: Truncated| {
        let (first, last) = (axis.bin(date.first())?, axis.bin(date.last()));
        Some((first + last.unwrap_or(first)) / 2)
    };
    let mut bins: Vec<usize> = dates.filter_map(|(date, _)| middle(date.start)).collect();
    bins.sort_unstable();
    bins.dedup();
    bins.iter().map(|bin| format!("M{bin} {}v{KEY}", HEIGHT + 1)).collect()
}

/// What stands along the axis, centred in what it names. The first month says its year where the page does not.
fn labels(strings: &Strings, (axis, ticks): (&Axis, &[Tick]), says_year: bool) -> Vec<Value> {
    let bins = axis.bins() as f64;
    let many = ticks.len() >= MARKS;
    let label = |(turn, tick): (usize, &Tick)| {
        let middle = (tick.at + tick.end) as f64 / 2.0 / bins * 100.0;
        let first = turn == 0 && says_year && tick.date.month > 0;
        let label = match first {
            true => strings.with_year([
                &strings.long(tick.date),
                &tick.label(strings),
                &strings.year(tick.date.year),
            ]),
            false => tick.label(strings),
        };
        part::record("mark").of([
            // whether it says its year too, and begins where the axis does
            ("first", part::flag(first)),
            // what it says
            ("label", part::text(&label)),
            // whether a narrow screen may leave it out
            ("minor", part::flag(many && turn % 3 > 0)),
            // where it stands, in per cent
            ("x", part::text(&if first { "0".to_owned() } else { format!("{middle:.1}%") })),
        ])
    };
    ticks.iter().enumerate().map(label).collect()
}

fn row_value(plan: &Plan, of: Of, row: &Row) -> Value {
    part::record("row").of([
        // the day, month or year in full
        ("label", plan.dates.long(&plan.archive.strings, row.date)),
        // its page, or its place on one
        ("address", part::text(&period::place(plan, of, row.date))),
        // how many briefs each lane has then
        ("counts", part::list(row.by_lane.iter().map(|&count| part::number(count as usize)).collect())),
        // how many briefs there are then, each counted once
        ("count", part::number(row.all as usize)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::period::newest_first;
    use crate::base::date::Day;

    /// Briefs as `date topic,topic`, newest first.
    fn dated(briefs: &[(&str, &[u32])]) -> Vec<(Truncated, Vec<u32>)> {
        let mut dated: Vec<(Truncated, Vec<u32>)> =
            briefs.iter().map(|(date, topics)| (Truncated::parse(date).unwrap(), topics.to_vec())).collect();
        dated.sort_by_key(|(date, _)| newest_first(*date));
        dated
    }

    fn lanes(briefs: &[(Truncated, Vec<u32>)], topics: usize) -> Lanes {
        let mut counts = vec![0; topics];
        briefs.iter().flat_map(|(_, topics)| topics).for_each(|&topic| counts[topic as usize] += 1);
        Lanes::fullest(&counts, LANES)
    }

    fn years(briefs: &[(Truncated, Vec<u32>)]) -> Axis {
        let days: Vec<Day> = briefs.iter().map(|(date, _)| date.first()).collect();
        Axis::years(*days.iter().min().unwrap(), *days.iter().max().unwrap())
    }

    /// The plot of briefs, `lane: marks` a line; its sums must be the table's, and what its marks show.
    fn check(briefs: &[(Truncated, Vec<u32>)], lanes: &Lanes) -> String {
        let axis = years(briefs);
        let rows = rows(briefs.iter().map(|(date, topics)| (*date, &**topics)), axis.unit, lanes);
        let (_, table) = table(&rows, axis.unit);
        assert!(table.len() <= ROWS || axis.unit == Unit::Year, "{} rows", table.len());
        assert_eq!(table.iter().map(|row| row.all).sum::<u32>() as usize, briefs.len());
        let binned: Vec<Vec<u32>> = (0..lanes.len()).map(|lane| bins(&rows, &axis, lane)).collect();
        let fullest = binned.iter().flatten().copied().max().unwrap();
        let mut shown = String::new();
        for (lane, bins) in binned.iter().enumerate() {
            let sum: u32 = bins.iter().sum();
            let of_table: u32 = table.iter().map(|row| row.by_lane[lane]).sum();
            let briefs =
                briefs.iter().filter(|(_, topics)| lanes.lanes(topics).any(|one| one == lane)).count();
            assert_eq!((sum, sum as usize), (of_table, briefs), "lane {lane}");
            let marks = marks(bins, fullest);
            let strokes = marks.matches('v').count() as u32;
            let filled = bins.iter().filter(|count| **count > 0).count() as u32;
            assert_eq!(strokes, if fullest <= STROKES { sum } else { filled }, "lane {lane}: {marks}");
            shown += &format!("{lane}: {marks}\n");
        }
        shown
    }

    #[test]
    fn one_brief_is_one_stroke_in_its_year() {
        let briefs = dated(&[("2017-11-21", &[0])]);
        assert_eq!(check(&briefs, &lanes(&briefs, 1)), "0: M324 38v-9\n");
        assert_eq!(years(&briefs).bins(), 365);
    }

    #[test]
    fn one_day_is_a_stack_and_five_are_a_bar() {
        let four: Vec<(&str, &[u32])> = vec![("2017-01-02", &[0]); 4];
        let briefs = dated(&four);
        assert_eq!(check(&briefs, &lanes(&briefs, 1)), "0: M1 38v-9m0-1v-9m0-1v-9m0-1v-9\n");
        let five: Vec<(&str, &[u32])> = vec![("2017-01-02", &[0]); 5];
        let briefs = dated(&five);
        assert_eq!(check(&briefs, &lanes(&briefs, 1)), "0: M1 38v-38\n");
    }

    #[test]
    fn gaps_stay_and_marks_stand_where_their_months_are() {
        let briefs = dated(&[
            ("2009-06-12", &[1]),
            ("2012-04-14", &[0]),
            ("2012-04-21", &[0, 1]),
            ("2012", &[0]),
            ("2012-12", &[0]),
        ]);
        let shown = check(&briefs, &lanes(&briefs, 3));
        assert_eq!(shown, "0: M36 38v-9m3 9v-9m0-1v-9m8 19v-9\n1: M5 38v-9m34 9v-9\n");
    }

    #[test]
    fn a_bare_year_keeps_a_row_of_its_own() {
        let briefs =
            dated(&[("2016-02-02", &[0]), ("2017", &[0]), ("2017-01-02", &[0]), ("2017-01-03", &[0])]);
        let rows = rows(briefs.iter().map(|(date, topics)| (*date, &**topics)), Unit::Month, &Lanes::one());
        let shown: Vec<String> = rows.iter().map(|row| format!("{} {}", row.date, row.all)).collect();
        assert_eq!(shown, ["2017 1", "2017-01 2", "2016-02 1"]);
    }

    #[test]
    fn twenty_years_of_thirty_topics_are_twelve_lanes() {
        let mut briefs = Vec::new();
        for number in 0..2000u32 {
            let date = format!("{}-{:02}-{:02}", 2000 + number % 20, number % 12 + 1, number % 28 + 1);
            let topics = vec![number % 30, number * number % 30, 29 - number % 7];
            briefs.push((Truncated::parse(&date).unwrap(), topics));
        }
        briefs.sort_by_key(|(date, _)| newest_first(*date));
        let lanes = lanes(&briefs, 30);
        assert_eq!((lanes.len(), lanes.topics.len(), lanes.rest), (12, 11, true));
        assert!(lanes.topics.is_sorted() && (23..30).all(|topic| lanes.topics.contains(&topic)));
        check(&briefs, &lanes);
        check(&briefs, &Lanes::one());
    }

    #[test]
    fn the_highest_bar_is_as_high_as_its_lane_and_the_lowest_can_be_seen() {
        assert_eq!(marks(&[0, 700, 1, 0, 350], 700), "M1 38v-38m1 38v-1m2 1v-19");
    }
}
