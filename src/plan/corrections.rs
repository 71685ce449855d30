//! The corrections page and its periods: what was put right and what was withdrawn, newest first, by month.

use crate::archive::corrections::Told;
use crate::archive::period::Period;
use crate::base::date::Truncated;
use crate::plan::chrome::{self, Head};
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::period;

/// How many the page shows where there are too many to be shown whole.
const NEWEST: usize = 50;

/// The page, and one for each period.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let mut pages = vec![Page::of_site(plan, "corrections.html", Kind::Corrections(None))];
    let periods = plan.archive.corrections.periods.all();
    pages.extend(
        periods
            .into_iter()
            .map(|period| Page::of_site(plan, &address(period.date), Kind::Corrections(Some(period.date)))),
    );
    pages
}

fn address(date: Truncated) -> String {
    format!("corrections/{date}.html")
}

/// The parts of the page, or of a period's.
pub fn parts(plan: &Plan, page: &Page, date: Option<Truncated>) -> Parts {
    let (strings, told) = (&plan.archive.strings, &plan.archive.corrections);
    let name = strings.word("corrections");
    let label = date.map(|date| strings.long(date));
    let title = label.as_ref().map_or_else(|| name.to_owned(), |label| format!("{name}, {label}"));
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, &title),
        description: Some(strings.word("corrections_text").to_owned()),
        noindex: false,
        here: "",
    };
    let whole = told.all.len() <= plan.archive.settings.period_limit;
    let period = date.and_then(|date| told.periods.find(date));
    let shown = match period {
        Some(period) => &told.all[period.own.clone()],
        None if whole => &told.all[..],
        None => &told.all[..NEWEST.min(told.all.len())],
    };
    let inner = period.map_or(&told.periods.years, |period| &period.inner);
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // the year, month or day; none on `corrections.html`
        ("period", Part::seal(date.map_or_else(part::none, |date| of_period(plan, date)), Vec::new())),
        // the years, or the finer periods that this one is split into
        ("inner", Part::seal(part::list(inner.iter().map(|inner| link(plan, inner)).collect()), Vec::new())),
        // the months that have corrections, newest first
        ("months", months(plan, shown)),
    ]
}

fn of_period(plan: &Plan, date: Truncated) -> Value {
    let coarser = [Truncated { month: 0, day: 0, ..date }, Truncated { day: 0, ..date }];
    let step = |coarse: Truncated| period::step(&plan.archive.strings.long(coarse), &address(coarse));
    let trail = coarser.into_iter().filter(|coarse| *coarse != date);
    part::record("corrected period").of([
        // the date, as machines read it
        ("iso", part::text(&date.to_string())),
        // the date
        ("label", part::text(&plan.archive.strings.long(date))),
        // the coarser periods that hold it
        ("trail", part::list(trail.map(step).collect())),
    ])
}

fn link(plan: &Plan, period: &Period) -> Value {
    period::counted(&plan.archive.strings.long(period.date), &address(period.date), period.range.len())
}

/// Corrections by month; each is its head and what it says.
fn months(plan: &Plan, shown: &[Told]) -> Part {
    let month = |told: &Told| Truncated { day: 0, ..told.date.day.into() };
    let mut entries: Vec<Part> = Vec::with_capacity(shown.len());
    let mut made: Vec<Value> = Vec::new();
    for months in shown.chunk_by(|a, b| month(a) == month(b)) {
        let own: Vec<Part> = months.iter().map(|told| entry(plan, *told)).collect();
        made.push(part::record("corrected month").of([
            // the month, as machines read it
            ("anchor", part::text(&month(&months[0]).to_string())),
            // the month
            ("label", part::text(&plan.archive.strings.long(month(&months[0])))),
            // its corrections, newest first
            ("corrections", part::list(own.iter().map(|entry| entry.value.clone()).collect())),
        ]));
        entries.extend(own);
    }
    Part::of(part::list(made), entries.iter())
}

fn entry(plan: &Plan, told: Told) -> Part {
    let head = head(plan, told);
    let text = part::record("corrected text").of([
        // what was wrong and is right, or why the brief was withdrawn, as HTML
        ("text", part::html(&text(plan, told))),
    ]);
    let text = Part::seal(text, Vec::new());
    Part::of(part::joined(head.value.clone(), text.value.clone()), [&head, &text].into_iter())
}

/// What was corrected, as inline HTML; why a brief was withdrawn.
pub fn text(plan: &Plan, told: Told) -> String {
    let extras = plan.archive.filed(told.brief).brief.extras.as_deref();
    let reason = || Some(crate::read::markdown::escaped(&extras?.withdrawn.as_ref()?.reason));
    let text = |at: u32| Some(extras?.corrections.get(at as usize)?.text.clone());
    told.at.map_or_else(reason, text).unwrap_or_default()
}

/// Its kind: a word's key.
pub fn kind(plan: &Plan, told: Told) -> &str {
    let extras = plan.archive.filed(told.brief).brief.extras.as_deref();
    let kind = |at: u32| Some(&*extras?.corrections.get(at as usize)?.kind);
    told.at.map_or(Some("withdrawn"), kind).unwrap_or_default()
}

/// A correction as a list shows it: of which brief, when, and of what kind.
pub fn head(plan: &Plan, told: Told) -> Part {
    let card = &plan.cards[told.brief as usize];
    let value = part::record("corrected").of([
        // the brief
        ("card", card.value.clone()),
        // when it was corrected
        ("date", plan.dates.date(&plan.archive.strings, told.date.day.into())),
        // `correction`, `clarification`, `update` or `withdrawn`
        ("kind", part::text(kind(plan, told))),
    ]);
    Part::seal(value, card.sources.to_vec())
}
