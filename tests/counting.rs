//! How much is printed again: counted, not timed. None of the numbers grows with the archive.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk")]

mod common;

use common::{Desk, small_site};

/// Sizes of archives; the larger one is 10 times the smaller, or what the issues name.
fn sizes() -> [usize; 2] {
    if std::env::var_os("DATELINE_LONG").is_some() { [2_000, 20_000] } else { [150, 600] }
}

fn limit() -> usize {
    if std::env::var_os("DATELINE_LONG").is_some() { 500 } else { 40 }
}

/// A brief of the archive: several topics and agencies, and links to two older ones.
fn brief(number: usize, headline: &str, body: &str) -> (String, String) {
    let (path, text) = common::numbered(number, 0, 0);
    let links =
        [number.saturating_sub(1), number.saturating_sub(10)].map(|other| common::numbered(other, 0, 0).0);
    let text = text
        .replace(&format!("title: Brief {number} in its version 0"), &format!("title: {headline} {number}"));
    (path, format!("{text}\n{body} [one](/{}) and [two](/{}).\n", links[0], links[1]))
}

fn archive(size: usize) -> Desk {
    let mut files = small_site();
    files[0].1 = files[0].1.replace("period_limit: 3", &format!("period_limit: {}", limit()));
    files.extend((0..size).map(|number| brief(number, "Brief", "Body")));
    Desk::new(files)
}

/// The HTML pages among paths.
fn pages(paths: &[String]) -> usize {
    paths.iter().filter(|path| path.ends_with(".html")).count()
}

/// What the issue allows for a headline, an addition or a deletion.
fn bound(number: usize, size: usize) -> usize {
    let text = brief(number, "", "").1;
    let list = |key: &str| {
        let line = text.lines().find(|line| line.starts_with(key)).unwrap();
        line.matches(',').count() + 1
    };
    let named_by = [number + 1, number + 10].iter().filter(|other| **other < size).count();
    20 + 14 * list("topics: ") + 4 * list("agencies: ") + 2 + named_by
}

#[test]
fn what_is_printed_again_does_not_grow_with_the_archive() {
    for size in sizes() {
        let desk = archive(size);
        desk.publish("out");
        assert_eq!(desk.publish("out"), (vec![], vec![]), "nothing changed");
        let newest = newest(&desk);
        for number in [3, size / 2, size - 2, newest] {
            count_edits(&desk, number, size);
        }
        count_touch(&desk);
    }
}

/// The brief that the site's feed begins with, as its topics' and agencies' do.
fn newest(desk: &Desk) -> usize {
    let feed = std::fs::read_to_string(desk.beside("out/feed.atom")).unwrap();
    let (_, rest) = feed.split_once("/brief-").unwrap();
    rest.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
}

fn count_edits(desk: &Desk, number: usize, size: usize) {
    let (path, text) = brief(number, "Brief", "Another body");
    desk.write(&path, &text);
    let (printed, withdrawn) = desk.publish("out");
    assert_eq!((pages(&printed), withdrawn.len()), (1, 0), "a body edited at {size}: {printed:?}");
    count_index(&printed, number);
    count_files(&printed, number, &feeds(number));

    desk.write(&path, text.replace("summary: What brief", "summary: All that brief"));
    let (summary, _) = desk.publish("out");
    desk.write(&path, brief(number, "A new headline", "Another body").1);
    let (headline, _) = desk.publish("out");
    let mut shown = feeds(number);
    shown.extend(data(number));
    count_files(&headline, number, &shown);
    desk.delete(&path);
    let others: Vec<(String, String)> =
        [number + 1, number + 10].map(|other| brief(other, "Brief", "Body")).to_vec();
    for (path, text) in &others {
        let plain = text.split("\nBody [one]").next().unwrap();
        if desk.root().join(path).exists() {
            desk.write(path, plain);
        }
    }
    let (deleted, gone) = desk.publish("out");
    desk.write(&path, brief(number, "Brief", "Body").1);
    let (added, _) = desk.publish("out");
    count_index(&added, number);
    let maps = maps(number);
    shown.extend(maps.iter().chain([&"data/counts.csv".to_owned()]).cloned());
    count_files(&added, number, &shown);
    println!("{size} briefs, number {number} added: {}", kinds(&added));
    let must = [&maps[0], &data(number)[0], &"data/counts.csv".to_owned()].map(|path| added.contains(path));
    assert_eq!(must, [true; 3], "a brief that no program is told of: {added:?}");
    for (path, text) in &others {
        if desk.root().join(path).exists() {
            desk.write(path, text);
        }
    }
    desk.publish("out");

    let allowed = bound(number, size);
    let counts = [pages(&summary), pages(&headline), pages(&deleted), pages(&added)];
    println!(
        "{size} briefs, number {number}: body 1, summary, headline, deletion, addition {counts:?} of {allowed}"
    );
    assert!(
        counts.iter().all(|count| *count <= allowed),
        "{counts:?} of {allowed} at {size}: {headline:?} {added:?} {deleted:?}"
    );
    assert!(gone.iter().any(|gone| gone.ends_with(&format!("brief-{number}.html"))));
}

/// A year so full that search has the most files for it: one more brief changes 128 of them at most, and of the pages as
/// few as anywhere.
#[test]
fn one_more_brief_in_a_full_year_changes_a_bounded_part_of_search() {
    const FULL: usize = 1_700;
    let of_one_year = |number: usize| {
        let (path, text) = brief(number * 10, "Brief", "Body");
        (path, text.lines().filter(|line| !line.contains("[one](")).map(|line| format!("{line}\n")).collect())
    };
    let mut files = small_site();
    files[0].1 = files[0].1.replace("period_limit: 3", "period_limit: 500");
    files.extend((0..FULL).map(of_one_year));
    files.push(common::numbered(1, 0, 0));
    let desk = Desk::new(files);
    desk.publish("out");
    let (path, text): (String, String) = of_one_year(FULL);
    desk.write(&path, text);
    let (printed, withdrawn) = desk.publish("out");
    count_index(&printed, FULL * 10);
    let index = printed.iter().filter(|path| path.starts_with("search/")).count();
    assert!(index > 100, "{index} files: the year should be full");
    let rest = printed.len() - index;
    let allowed = bound(FULL * 10, 0);
    assert!(rest <= allowed && withdrawn.is_empty(), "{rest} of {allowed}: {printed:?} {withdrawn:?}");
}

/// Of search's index, one brief touches the files of its year, 128 at most with the list of years.
fn count_index(printed: &[String], number: usize) {
    let index: Vec<&String> = printed.iter().filter(|path| path.starts_with("search/")).collect();
    let own = format!("search/{}/", 2010 + number % 10);
    let others: Vec<_> = index.iter().filter(|path| !path.starts_with(&own)).collect();
    assert_eq!(others, [&&"search/years.js".to_owned()], "brief {number}");
    assert!((2..=128).contains(&index.len()), "brief {number}: {index:?}");
}

/// How many of each kind are among paths.
fn kinds(paths: &[String]) -> String {
    let is_feed = |path: &&String| path.contains("feed.");
    let is_map = |path: &&String| path.starts_with("sitemap");
    let is_index = |path: &&String| path.starts_with("search/");
    let count = |is: &dyn Fn(&&String) -> bool| paths.iter().filter(is).count();
    let [feeds, maps, index] = [count(&is_feed), count(&is_map), count(&is_index)];
    let pages = pages(paths);
    let data = paths.len() - pages - feeds - maps - index;
    format!("{pages} pages, {feeds} feeds, {data} files of data, {maps} sitemaps, {index} of search")
}

/// The feeds that may hold a brief.
fn feeds(number: usize) -> Vec<String> {
    let (topics, agencies) = terms(number);
    let topics = topics.iter().map(|topic| format!("topics/{topic}/feed"));
    let agencies = agencies.iter().map(|agency| format!("agencies/{agency}/feed"));
    let stems = topics.chain(agencies).chain(["feed".to_owned()]);
    stems.flat_map(|stem| ["atom", "rss", "json"].map(|form| format!("{stem}.{form}"))).collect()
}

/// The files of data that may hold a brief.
fn data(number: usize) -> Vec<String> {
    let year = 2010 + number % 10;
    let mut files = vec![format!("data/briefs-{year}.ndjson")];
    files.extend(["citations", "timeline"].map(|of| format!("data/{of}-{year}.json")));
    files.extend(terms(number).0.iter().map(|topic| format!("topics/{topic}/timeline.json")));
    files
}

/// The sitemaps that may tell of a brief, and of a period's page that comes with it.
fn maps(number: usize) -> Vec<String> {
    vec![format!("sitemap-{}.xml", 2010 + number % 10), "sitemap-pages.xml".to_owned()]
}

/// The slugs of a brief's topics and agencies.
fn terms(number: usize) -> (Vec<String>, Vec<String>) {
    let text = brief(number, "", "").1;
    let list = |key: &str| -> Vec<String> {
        let line = text.lines().find_map(|line| line.strip_prefix(key)).unwrap();
        let names = line.trim_matches(['[', ']']).split(", ");
        names.map(|name| name.to_lowercase().replace("dprk", "north-korea").replace(' ', "-")).collect()
    };
    (list("topics: "), list("agencies: "))
}

/// Beside pages and the index of search, only these files may be printed again.
fn count_files(printed: &[String], number: usize, allowed: &[String]) {
    let files = printed.iter().filter(|path| !path.ends_with(".html") && !path.starts_with("search/"));
    let others: Vec<&String> = files.filter(|path| !allowed.contains(path)).collect();
    assert!(others.is_empty(), "brief {number} prints {others:?} again");
}

fn count_touch(desk: &Desk) {
    let (path, _) = brief(5, "", "");
    let text = desk.read(&path);
    desk.write(&path, text);
    assert_eq!(desk.publish("out"), (vec![], vec![]), "a file only touched");
}

#[test]
fn a_body_without_a_summary_prints_one_page_when_its_first_paragraph_stays() {
    let desk = archive(60);
    let (path, text) = brief(30, "Brief", "Body");
    let text: String =
        text.lines().filter(|line| !line.starts_with("summary:")).map(|line| format!("{line}\n")).collect();
    desk.write(&path, &text);
    desk.publish("out");
    desk.write(&path, text.replace("Text 0.", "Another text."));
    assert_eq!(pages(&desk.publish("out").0), 1);
    desk.write(&path, text.replace("First paragraph", "A first paragraph"));
    assert!(pages(&desk.publish("out").0) > 1, "the first paragraph is what cards show");
}

#[test]
fn a_list_that_crosses_the_limit_adds_its_months_once() {
    let mut files = small_site();
    files[0].1 = files[0].1.replace("period_limit: 3", "period_limit: 4");
    let brief = |number: usize| {
        let text = format!(
            "---\ntitle: B {number}\ndate: 2017-0{}-10\ntopics: [Syria]\nagencies: [AP]\nsummary: S.\n---\n\nT.\n",
            number % 3 + 1
        );
        (format!("content/briefs/b{number}.md"), text)
    };
    files.extend((0..4).map(brief));
    let desk = Desk::new(files);
    desk.publish("out");
    let (path, text) = brief(4);
    desk.write(&path, &text);
    let (printed, _) = desk.publish("out");
    let months = printed.iter().filter(|path| path.contains("/2017-0")).count();
    assert_eq!(months, 9, "three months of timeline, topic and agency: {printed:?}");
    let (path, text) = brief(5);
    desk.write(&path, &text);
    let (printed, _) = desk.publish("out");
    let months = printed.iter().filter(|path| path.contains("/2017-0")).count();
    assert_eq!(months, 3, "one month of each: {printed:?}");
}

/// The bar of topics stands on no brief's page: its order and another topic print no brief, and another name those that
/// show it.
#[test]
fn the_bar_of_topics_prints_no_brief_again() {
    let brief = |number: usize| {
        let topic = ["Syria", "North Korea"][number % 2];
        let text = format!(
            "---\ntitle: B {number}\ndate: 2017-01-{:02}\ntopics: [{topic}]\nagencies: [AP]\n---\n\nT.\n",
            number + 1
        );
        (format!("content/briefs/b{number}.md"), text)
    };
    let desk = Desk::new(small_site().into_iter().chain((0..20).map(brief)));
    desk.publish("out");
    let counts = |path: &str, text: &str| {
        desk.write(path, text);
        let (printed, _) = desk.publish("out");
        let briefs = printed.iter().filter(|path| path.starts_with("2017/")).count();
        (briefs, printed.contains(&"index.html".to_owned()))
    };
    assert_eq!(
        counts("content/topics/sahel.md", "---\nname: Sahel\norder: 1\n---\n"),
        (0, true),
        "another topic"
    );
    assert_eq!(
        counts("content/topics/sahel.md", "---\nname: Sahel\norder: 99\n---\n"),
        (0, true),
        "another order"
    );
    let syria =
        desk.read("content/topics/syria.md").replace("name: Syria", "name: Syrian war\naliases: [Syria]");
    assert_eq!(counts("content/topics/syria.md", &syria), (10, true), "another name");
}
