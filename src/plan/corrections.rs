//! The corrections page and its periods: what was put right and what was withdrawn, newest first, by month.

use crate::archive::corrections::Told;
use crate::archive::period::Period;
use crate::base::date::Truncated;
use crate::plan::chrome::{self, Head};
use crate::plan::page::{Kind, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};

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
        description: None,
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
        ("period", Part::seal(date.map_or_else(part::none, |date| of_period(plan, date)), Vec::new())),
        ("inner", Part::seal(part::list(inner.iter().map(|inner| link(plan, inner)).collect()), Vec::new())),
        ("months", months(plan, shown)),
    ]
}

fn of_period(plan: &Plan, date: Truncated) -> Value {
    let label = |date| part::text(&plan.archive.strings.long(date));
    let coarser = [Truncated { month: 0, day: 0, ..date }, Truncated { day: 0, ..date }];
    let step = |coarse: Truncated| {
        part::record([("label", label(coarse)), ("address", part::text(&address(coarse)))])
    };
    let trail = coarser.into_iter().filter(|coarse| *coarse != date);
    part::record([
        ("iso", part::text(&date.to_string())),
        ("label", label(date)),
        ("trail", part::list(trail.map(step).collect())),
    ])
}

fn link(plan: &Plan, period: &Period) -> Value {
    part::record([
        ("label", part::text(&plan.archive.strings.long(period.date))),
        ("address", part::text(&address(period.date))),
        ("count", part::number(period.range.len())),
    ])
}

/// Corrections by month; each is its head and what it says.
fn months(plan: &Plan, shown: &[Told]) -> Part {
    let month = |told: &Told| Truncated { day: 0, ..told.date.day.into() };
    let mut entries: Vec<Part> = Vec::with_capacity(shown.len());
    let mut made: Vec<Value> = Vec::new();
    for months in shown.chunk_by(|a, b| month(a) == month(b)) {
        let own: Vec<Part> = months.iter().map(|told| entry(plan, *told)).collect();
        made.push(part::record([
            ("anchor", part::text(&month(&months[0]).to_string())),
            ("label", part::text(&plan.archive.strings.long(month(&months[0])))),
            ("corrections", part::list(own.iter().map(|entry| entry.value.clone()).collect())),
        ]));
        entries.extend(own);
    }
    Part::of(part::list(made), entries.iter())
}

fn entry(plan: &Plan, told: Told) -> Part {
    let head = head(plan, told);
    let mut map = head.value.clone().into_map().unwrap_or_default();
    let text = Part::seal(part::record([("text", part::html(&text(plan, told)))]), Vec::new());
    map.extend(text.value.clone().into_map().unwrap_or_default());
    Part::of(Value::from(map), [&head, &text].into_iter())
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
    let own = part::record([
        ("date", plan.dates.date(&plan.archive.strings, told.date.day.into())),
        ("kind", part::text(kind(plan, told))),
    ]);
    let own = Part::seal(own, Vec::new());
    let mut map = own.value.clone().into_map().unwrap_or_default();
    map.extend(part::record([("card", card.value.clone())]).into_map().unwrap_or_default());
    Part::of(Value::from(map), [card, &own].into_iter())
}
