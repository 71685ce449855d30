//! A year, month or day of a chronology: the timeline's, a topic's or an agency's. A day stays one page; a
//! year keeps the places of its days also when its months have pages of their own.

use crate::archive::period::Period;
use crate::base::date::{Day, Truncated};
use crate::base::digest::Digester;
use crate::base::number;
use crate::base::report::Place;
use crate::plan::chrome::{self, Head};
use crate::plan::density::{self, Lanes, Scope};
use crate::plan::page::{Kind, Of, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::read::agency;
use std::sync::Arc;

/// From so many whole months without a brief on, a chronology says so.
const SILENCE: i32 = 6;

/// A page for each period of a chronology.
pub fn pages(plan: &Plan, of: Of) -> Vec<Page> {
    let claim = match of {
        Of::Timeline => Place::whole(&plan.archive.settings.file),
        Of::Topic(number) => Place::whole(&plan.archive.topics[number as usize].file),
        Of::Agency(_) => Place::whole(&agency::file()),
    };
    let page = |period: &Period| {
        let path = address(plan, of, period.date).into();
        Page { path, kind: Kind::Period(of, period.date), claim: claim.clone(), edition: 0 }
    };
    plan.shelf(of).periods.all().into_iter().map(page).collect()
}

/// The address of a period's page.
pub fn address(plan: &Plan, of: Of, date: Truncated) -> String {
    match of {
        Of::Timeline => format!("timeline/{date}.html"),
        Of::Topic(number) => format!("topics/{}/{date}.html", plan.archive.topics[number as usize].slug),
        Of::Agency(number) => format!("agencies/{}/{date}.html", plan.archive.agencies[number as usize].slug),
    }
}

/// The name and the address of what a chronology is of.
pub fn whose(plan: &Plan, of: Of) -> (String, String) {
    match of {
        Of::Timeline => (plan.archive.strings.word("timeline").to_owned(), "timeline.html".to_owned()),
        Of::Topic(number) => {
            let topic = &plan.archive.topics[number as usize];
            (topic.name.clone(), format!("topics/{}.html", topic.slug))
        }
        Of::Agency(number) => {
            let agency = &plan.archive.agencies[number as usize];
            (agency.name.clone(), format!("agencies/{}.html", agency.slug))
        }
    }
}

/// The parts of a period's page.
pub fn parts(plan: &Plan, page: &Page, of: Of, date: Truncated) -> Parts {
    let (name, whose_address) = whose(plan, of);
    let (strings, period) = (&plan.archive.strings, plan.period(of, date));
    let label = strings.long(date);
    let briefs = strings.number_of("brief", period.map_or(0, |period| period.range.len() as u32));
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, &format!("{name}, {label}")),
        description: Some(format!("{name}{}{label} · {briefs}", strings.word("comma"))),
        noindex: false,
        here: here(plan, of),
    };
    let of_value = part::record("whose").of([
        // `timeline`, `topic` or `agency`
        ("kind", part::text(kind(of))),
        // its name
        ("name", part::text(&name)),
        // its page
        ("address", part::text(&whose_address)),
    ]);
    let order = &plan.shelf(of).periods.order;
    let own = period.map_or(&[][..], |period| &order[period.own.clone()]);
    let lanes = match of {
        Of::Topic(_) | Of::Agency(_) => Lanes::one(),
        Of::Timeline => Lanes::of(plan, period.map_or(&[][..], |period| &order[period.range.clone()])),
    };
    // A day shows no plot, and so no filter.
    let filter = (of == Of::Timeline && date.day == 0).then_some(&lanes);
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // whose chronology it is of
        ("of", Part::seal(of_value, vec![page.claim.file.clone()])),
        // the year, month or day
        ("period", Part::seal(value(plan, of, date, period), Vec::new())),
        // the finer periods that it is split into
        ("inner", Part::seal(part::list(inner(plan, of, period)), Vec::new())),
        // how many briefs there are at each time, or none
        ("plot", density(plan, of, date, &lanes)),
        // its own briefs by month and day, newest first
        ("groups", groups(plan, own, filter)),
    ]
}

/// The days of a year or a month; a day has nothing finer to show.
fn density(plan: &Plan, of: Of, date: Truncated, lanes: &Lanes) -> Part {
    match plan.period(of, date).filter(|_| date.day == 0) {
        Some(period) => {
            let numbers = &plan.shelf(of).periods.order[period.range.clone()];
            density::plot(plan, &Scope { of, numbers, period: Some(date) }, lanes)
        }
        None => Part::seal(part::none(), Vec::new()),
    }
}

/// Where a date stands in a chronology: the finest page that is its own, else its place on a coarser one.
pub fn place(plan: &Plan, of: Of, date: Truncated) -> String {
    let coarser = [date.in_month(), date.in_year()];
    if plan.period(of, date).is_some() {
        return address(plan, of, date);
    }
    let page = coarser.into_iter().find(|coarse| plan.period(of, *coarse).is_some());
    page.map_or_else(String::new, |page| format!("{}#{date}", address(plan, of, page)))
}

/// Links to the years of a chronology, newest first.
pub fn years(plan: &Plan, of: Of) -> Part {
    let years = plan.shelf(of).periods.years.iter().map(|year| link(plan, of, year));
    Part::seal(part::list(years.collect()), Vec::new())
}

/// Brief numbers in the order of a chronology, as months of days of cards. The part is made of the cards alone:
/// the date that a brief stands under is its card's. With lanes each brief knows the boxes of the filter it is shown by.
pub fn groups(plan: &Plan, numbers: &[u32], lanes: Option<&Lanes>) -> Part {
    let dates: Vec<Truncated> = numbers.iter().map(|&number| plan.archive.event(number)).collect();
    let mut digester = Digester::default();
    let own_lanes = lanes.iter().flat_map(|lanes| &lanes.topics);
    own_lanes.for_each(|&topic| _ = digester.number(u64::from(topic)));
    let mut sources: Vec<Arc<str>> = Vec::with_capacity(numbers.len());
    for &number in numbers {
        let card = &plan.cards[number as usize];
        digester.digest(card.digest);
        sources.extend(card.sources.iter().cloned());
    }
    let months = numbers.iter().zip(&dates).collect::<Vec<_>>();
    let months: Vec<_> = months.chunk_by(|a, b| a.1.in_month() == b.1.in_month()).collect();
    let silences = silences(plan, &months);
    let groups = months.iter().zip(silences).map(|(month, silence)| group(plan, month, silence, lanes));
    Part { value: part::list(groups.collect()), digest: digester.finish(), sources: sources.into() }
}

/// How many whole months without a brief come after each month of a chronology, where they are many. A span is no
/// silence.
fn silences(plan: &Plan, months: &[&[(&u32, &Truncated)]]) -> Vec<Option<i32>> {
    let turn = |day: Day| i32::from(day.year) * 12 + i32::from(day.month);
    let mut silences = vec![None; months.len()];
    let mut covered = i32::MAX;
    for (at, month) in months.iter().enumerate().rev() {
        let silence = turn(month[0].1.first()).saturating_sub(covered) - 1;
        silences[at] = (silence >= SILENCE).then_some(silence);
        let ends = month.iter().map(|(number, start)| {
            let event = plan.archive.filed(**number).brief.event;
            turn(event.end.unwrap_or(**start).last())
        });
        let end = ends.max().unwrap_or(covered);
        covered = if covered == i32::MAX { end } else { covered.max(end) };
    }
    silences
}

fn group(plan: &Plan, briefs: &[(&u32, &Truncated)], silence: Option<i32>, lanes: Option<&Lanes>) -> Value {
    let date = briefs[0].1.in_month();
    let days = briefs.chunk_by(|a, b| a.1 == b.1).map(|day| {
        let date = *day[0].1;
        let cards = day.iter().map(|(number, _)| plan.cards[**number as usize].value.clone()).collect();
        let slots = |day: &[(&u32, &Truncated)]| slots(plan, day, lanes);
        let each = day.iter().filter(|_| day.len() > 1).map(|one| slots(std::slice::from_ref(one)));
        let written = (date.day > 0).then(|| plan.dates.written(&plan.archive.strings, date));
        let (anchor, date) = written.map_or_else(|| (part::none(), part::none()), |day| (day.iso, day.whole));
        part::record("day").of([
            // the day as machines read it, which is its place on the page; none for a bare month or year
            ("anchor", anchor),
            // its briefs
            ("cards", part::list(cards)),
            // the day, or none
            ("date", date),
            // of several briefs the boxes of the filter that show each, as in `slots`
            ("each", part::list(each.collect())),
            // the boxes of the filter that show the day: `s1 s3`; none without a filter
            ("slots", slots(day)),
        ])
    });
    let months = |months: i32| part::number(months as usize);
    let silence = silence.map_or_else(part::none, |silence| {
        part::record("silence").of([
            // how many whole years
            ("years", months(silence / 12)),
            // how many months beside
            ("months", months(silence % 12)),
        ])
    });
    part::record("month").of([
        // the time without a brief that comes after it in the list, where that is half a year or more
        ("silence", silence),
        // the boxes of the filter that show it, as for a day
        ("slots", slots(plan, briefs, lanes)),
        // the month and year, or the year
        ("label", plan.dates.long(&plan.archive.strings, date)),
        // the same as machines read it, which is its place on the page
        ("anchor", part::text(&date.to_string())),
        // its days, newest first
        ("days", part::list(days.collect())),
    ])
}

/// By which boxes of the filter briefs are shown: `s1 s3`; nothing where there is no filter.
fn slots(plan: &Plan, briefs: &[(&u32, &Truncated)], lanes: Option<&Lanes>) -> Value {
    let Some(lanes) = lanes.filter(|lanes| lanes.len() > 1) else { return part::none() };
    let mut found: Vec<usize> = Vec::new();
    for (number, _) in briefs {
        found.extend(lanes.lanes(&plan.archive.filed(**number).topics));
    }
    found.sort_unstable();
    found.dedup();
    let mut slots = String::with_capacity(4 * found.len());
    for lane in found {
        slots.push_str(if slots.is_empty() { "s" } else { " s" });
        number::push(&mut slots, lane as u32 + 1);
    }
    part::text(&slots)
}

fn value(plan: &Plan, of: Of, date: Truncated, period: Option<&Period>) -> Value {
    let (earlier, later) = beside(plan, of, date);
    let optional = |period: Option<&Period>| period.map_or_else(part::none, |period| link(plan, of, period));
    part::record("period").of([
        // the year or month in full, the day without its year
        ("label", plan.dates.long(&plan.archive.strings, date)),
        // the same as machines read it
        ("iso", part::text(&date.to_string())),
        // how many briefs it has
        ("count", part::number(period.map_or(0, |period| period.range.len()))),
        // the year, and for a day the month, that it is part of
        ("trail", part::list(trail(plan, of, date))),
        // the year before it that has briefs, or none; months and days have none
        ("earlier", optional(earlier)),
        // the year after it, likewise
        ("later", optional(later)),
    ])
}

/// The years beside a year. Months and days have their year to go by: were they to name each other, a new day
/// would print its neighbours too.
fn beside(plan: &Plan, of: Of, date: Truncated) -> (Option<&Period>, Option<&Period>) {
    let years = &plan.shelf(of).periods.years;
    match years.iter().position(|year| year.date == date) {
        Some(at) => (years.get(at + 1), at.checked_sub(1).map(|at| &years[at])),
        None => (None, None),
    }
}

fn trail(plan: &Plan, of: Of, date: Truncated) -> Vec<Value> {
    let coarser = [Truncated { month: 0, day: 0, ..date }, Truncated { day: 0, ..date }];
    let step = |coarse: &Truncated| step(&plan.archive.strings.long(*coarse), &address(plan, of, *coarse));
    coarser
        .iter()
        .filter(|coarse| **coarse != date && (date.day > 0 || coarse.month == 0))
        .map(step)
        .collect()
}

/// A coarser period on the way to a finer one.
pub fn step(label: &str, address: &str) -> Value {
    part::record("step").of([
        // what it is called
        ("label", part::text(label)),
        // where it is
        ("address", part::text(address)),
    ])
}

/// The finer periods that a period is split into. A month names its days, so that their places stay.
fn inner(plan: &Plan, of: Of, period: Option<&Period>) -> Vec<Value> {
    let Some(period) = period else { return Vec::new() };
    period.inner.iter().map(|inner| inner_link(plan, of, inner)).collect()
}

fn inner_link(plan: &Plan, of: Of, period: &Period) -> Value {
    let strings = &plan.archive.strings;
    let order = &plan.shelf(of).periods.order[period.range.clone()];
    let dates: Vec<Truncated> = order.iter().map(|&number| plan.archive.event(number)).collect();
    let split = !period.inner.is_empty();
    let days = calendar(period.date).map(|date| {
        let page = address(plan, of, if split { date } else { period.date });
        let place = if split { page } else { format!("{page}#{date}") };
        let count = dates.iter().filter(|one| **one == date).count();
        part::record("day of a calendar").of([
            // its number in the month
            ("label", part::text(&strings.numbers.digits(&date.day.to_string()))),
            // the day as machines read it, which is its place on the page
            ("anchor", part::text(&date.to_string())),
            // its page, or its place on one; none for a day without briefs
            ("address", part::optional((count > 0).then_some(&*place))),
            // how many briefs it has
            ("count", part::number(count)),
        ])
    });
    part::record("inner period").of([
        // the month in full, the day without its year
        ("label", label(plan, period.date)),
        // the same as machines read it, which is its place on the page
        ("anchor", part::text(&period.date.to_string())),
        // its page
        ("address", part::text(&address(plan, of, period.date))),
        // how many briefs it has
        ("count", part::number(period.range.len())),
        // of a month, its days, also those without briefs
        ("days", part::list(days.collect())),
    ])
}

/// The days of a month, the first first; a day has none.
fn calendar(month: Truncated) -> impl Iterator<Item = Truncated> {
    let last = if month.day == 0 { month.last().day } else { 0 };
    (1..=last).map(move |day| Truncated { day, ..month })
}

/// A day stands on the page of its month, which says its year.
fn label(plan: &Plan, date: Truncated) -> Value {
    let written = plan.dates.written(&plan.archive.strings, date);
    if date.day > 0 { written.short } else { written.long }
}

fn link(plan: &Plan, of: Of, period: &Period) -> Value {
    let label = label(plan, period.date);
    counted(label.as_str().unwrap_or_default(), &address(plan, of, period.date), period.range.len())
}

/// A link to a period with the number of what it holds.
pub fn counted(label: &str, address: &str, count: usize) -> Value {
    part::record("counted period").of([
        // the year, month or day in full
        ("label", part::text(label)),
        // its page
        ("address", part::text(address)),
        // how many briefs or corrections it has
        ("count", part::number(count)),
    ])
}

fn kind(of: Of) -> &'static str {
    match of {
        Of::Timeline => "timeline",
        Of::Topic(_) => "topic",
        Of::Agency(_) => "agency",
    }
}

fn here(plan: &Plan, of: Of) -> &str {
    match of {
        Of::Timeline => "timeline",
        Of::Topic(number) => &plan.archive.topics[number as usize].slug,
        Of::Agency(_) => "agencies",
    }
}
