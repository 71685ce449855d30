//! The timeline's index: the archive by date, in figures and as a chronology; and its periods.

use crate::archive::period::newest_first;
use crate::plan::chrome::{self, Head};
use crate::plan::density::{self, Lanes, Scope};
use crate::plan::description;
use crate::plan::page::{Kind, Of, Page, Plan};
use crate::plan::part::{self, Part, Parts, Value};
use crate::plan::period;

/// How many briefs the index shows where the archive is too long to be shown whole.
const NEWEST: usize = 50;

/// The index and a page for each period.
pub fn pages(plan: &Plan) -> Vec<Page> {
    let mut pages = vec![Page::of_site(plan, "timeline.html", Kind::Timeline)];
    pages.extend(period::pages(plan, Of::Timeline));
    pages
}

/// The parts of the index.
pub fn parts(plan: &Plan, page: &Page) -> Parts {
    let title = plan.archive.strings.word("timeline");
    let head = Head {
        path: page.inside(),
        title: chrome::title(&plan.archive, title),
        description: description::figures(plan, Of::Timeline),
        noindex: false,
        here: "timeline",
    };
    let order = &plan.archive.all.periods.order;
    let lanes = Lanes::of(plan, order);
    let whole = order.len() <= plan.archive.settings.period_limit;
    let shown = if whole { order.len() } else { NEWEST.min(order.len()) };
    vec![
        ("head", chrome::head(&plan.archive, &head)),
        // how many briefs there are at each time, or none
        ("plot", density::plot(plan, &whole_archive(plan), &lanes)),
        // its years, newest first
        ("years", period::years(plan, Of::Timeline)),
        // the key dates of all topics, newest first
        ("key_dates", key_dates(plan)),
        // the briefs by month and day, newest first
        ("groups", period::groups(plan, &order[..shown], Some(&lanes))),
        // whether these are all briefs, or the newest alone
        ("whole", Part::seal(part::flag(whole), Vec::new())),
    ]
}

/// All briefs, for a plot.
pub fn whole_archive(plan: &Plan) -> Scope<'_> {
    Scope { of: Of::Timeline, numbers: &plan.archive.all.periods.order, period: None }
}

/// The first and the last date of a chronology.
pub fn bounds(plan: &Plan, of: Of) -> (Value, Value) {
    let span = plan.shelf(of).periods.span(|number| plan.archive.event(number));
    let date = |date| plan.dates.date(&plan.archive.strings, date);
    span.map_or_else(|| (part::none(), part::none()), |(first, last)| (date(first), date(last)))
}

fn key_dates(plan: &Plan) -> Part {
    let strings = &plan.archive.strings;
    let mut all: Vec<_> = plan
        .archive
        .topics
        .iter()
        .flat_map(|topic| topic.key_dates.iter().map(move |key| (key, topic)))
        .collect();
    all.sort_by_key(|((date, text), topic)| (newest_first(date.start), text.clone(), topic.slug.clone()));
    let value =
        |((date, text), topic): &(&(crate::base::date::EventDate, String), &crate::read::topic::Topic)| {
            part::record("key date of a topic").of([
                // when it was
                ("date", plan.dates.event(strings, *date)),
                // what happened
                ("text", part::text(&strings.typeset(text))),
                // whose key date it is
                ("topic", chrome::topic_term(topic)),
            ])
        };
    let sources = plan
        .archive
        .topics
        .iter()
        .filter(|topic| !topic.key_dates.is_empty())
        .map(|topic| topic.file.clone());
    Part::seal(part::list(all.iter().map(value).collect()), sources.collect())
}
