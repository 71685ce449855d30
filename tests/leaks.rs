//! Nothing leaves early: random archives of briefs that are held, drafted, expiring and annotated, each with a word of
//! its own in all that it consists of. At every moment at which something changes, one second before it, and one after,
//! every byte that is out is looked through, whatever file it is in; and where nothing links to what is held, the site
//! is that of a desk which does not have the briefs at all. So is what the preview answers without `--drafts`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the disk")]

mod common;

use common::serve::Preview;
use common::{Desk, Random, assert_equal, flags, rounds, tree};
use dateline::base::date::{Moment, Zone};
use dateline::base::show::{self, Form};
use dateline::deliver::folder::Opening;
use dateline::newsroom::Flags;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// 2025-12-20T00:00:00Z, about which everything happens.
const BEGIN: i64 = 1_766_188_800;

/// Ten days, in seconds.
const SPAN: u64 = 864_000;

/// A brief of a random archive.
#[derive(Clone, Debug)]
struct Story {
    file: String,
    /// The word that stands in all that it consists of, and in nothing else.
    mark: String,
    /// The word in its `notes`.
    note: String,
    /// The words of a topic and an agency that no other brief has.
    terms: Option<[String; 2]>,
    draft: bool,
    out: i64,
    expires: Option<i64>,
    /// Its files by path, those beside it included.
    files: BTreeMap<String, String>,
}

impl Story {
    fn held(&self, now: i64) -> bool {
        self.draft || self.out > now
    }

    fn expired(&self, now: i64) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

/// A random archive.
struct Archive {
    site: BTreeMap<String, String>,
    stories: Vec<Story>,
    /// Whether briefs link to those that are held.
    linked: bool,
}

#[test]
fn nothing_is_out_before_its_time_and_nothing_listed_after_it() {
    let (mut moments, mut scanned, mut held) = (0, 0, 0);
    let archives = rounds(8, 200);
    for seed in 0..u64::from(archives) {
        let archive = archive(&mut Random(seed * 7919 + 3));
        let desk = archive.desk();
        for now in archive.moments() {
            build(&desk, now);
            let out = tree(&desk.beside("out"));
            let when = format!("archive {seed} at {}", stamp(now));
            look(&archive, now, &out, &when);
            if !archive.linked {
                let without = archive.without_held(now);
                build(&without, now);
                assert_equal(&out, &tree(&without.beside("out")), &when);
            }
            moments += 1;
            scanned += out.len();
            held += archive.stories.iter().filter(|story| story.held(now)).count();
        }
    }
    println!("{archives} archives, {moments} moments, {scanned} files, {held} times a held brief: no leak");
    assert!(moments > 10 * archives as usize && held > moments, "hardly anything was held");
}

#[test]
fn the_preview_answers_nothing_that_is_held() {
    for seed in 0..u64::from(rounds(2, 20)) {
        let archive = archive(&mut Random(seed * 104_729 + 11));
        let desk = archive.desk();
        let moments: Vec<i64> = archive.moments().collect();
        for now in [moments[1], moments[moments.len() / 2]] {
            build(&desk, now);
            let written = tree(&desk.beside("out"));
            let preview = Preview::with(&desk.root(), &["--no-drafts", "--now", &stamp(now)]);
            let when = format!("the preview of archive {seed} at {}", stamp(now));
            look(&archive, now, &preview.all(written.keys()), &when);
            for story in archive.stories.iter().filter(|story| story.held(now)) {
                let address = |day: &str| format!("{day}/{}.html", story.mark);
                let days = (20..31).map(|day| address(&format!("2025/12/{day}")));
                for path in days.chain([format!("old/{}.html", story.mark)]) {
                    let response = preview.get(&path);
                    let body = String::from_utf8_lossy(&response.body).into_owned();
                    assert_eq!(response.status, 404, "{when}: {path}");
                    // The address that was asked for may be said again.
                    let body = body.replace(&path, "");
                    assert!(!body.contains(&story.mark), "{when}: {path} answers\n{body}");
                }
            }
        }
    }
}

/// Looks through every path and byte that is out.
fn look(archive: &Archive, now: i64, out: &BTreeMap<String, Vec<u8>>, when: &str) {
    let mut seen = BTreeSet::new();
    for (path, bytes) in out {
        let text = format!("{path}\n{}", String::from_utf8_lossy(bytes)).to_lowercase();
        for story in &archive.stories {
            assert!(!text.contains(&story.note), "{when}: {path} has the notes of {}", story.file);
            if story.held(now) {
                let terms = story.terms.iter().flatten();
                let leak = terms.chain([&story.mark]).find(|word| text.contains(*word));
                assert_eq!(leak, None, "{when}: {path} knows of {}", story.file);
            } else if text.contains(&story.mark) {
                let own = path.contains(&story.mark);
                assert!(own || !story.expired(now), "{when}: {path} lists {}, which is expired", story.file);
                seen.insert(&story.mark);
                if path == "timeline.html" || path == "index.html" || path.starts_with("topics/") {
                    seen.insert(&story.note);
                }
            }
        }
    }
    for story in archive.stories.iter().filter(|story| !story.held(now)) {
        assert!(seen.contains(&story.mark), "{when}: {} should be out", story.file);
        let listed = seen.contains(&story.note);
        assert_eq!(listed, !story.expired(now), "{when}: whether lists have {}", story.file);
    }
}

fn build(desk: &Desk, now: i64) {
    let flags = Flags { now: Moment(now), ..flags() };
    let outcome = desk.build_with("out", flags, Opening::default()).unwrap();
    let said = show::show(&outcome.report, Form::Short, 20, &|file| outcome.sources.text(file));
    assert!(outcome.delivery.is_some(), "{said}");
}

fn stamp(now: i64) -> String {
    Zone::utc().stamp(Moment(now))
}

impl Archive {
    fn desk(&self) -> Desk {
        let desk = Desk::new(&self.site);
        self.stories.iter().flat_map(|story| &story.files).for_each(|(path, text)| desk.write(path, text));
        desk
    }

    /// The same without the briefs that are held; `notes` are left.
    fn without_held(&self, now: i64) -> Desk {
        let desk = self.desk();
        for story in self.stories.iter().filter(|story| story.held(now)) {
            story.files.keys().for_each(|path| desk.delete(path));
        }
        desk
    }

    /// Every moment at which something changes, the second before, and the second after.
    fn moments(&self) -> impl Iterator<Item = i64> {
        let changes = self.stories.iter().filter(|story| !story.draft);
        let changes = changes.flat_map(|story| [Some(story.out), story.expires]).flatten();
        changes.flat_map(|at| [at - 1, at, at + 1]).collect::<BTreeSet<i64>>().into_iter()
    }
}

/// Words that look like nothing else; nothing folds or divides them.
fn word(random: &mut Random, letter: char) -> String {
    let letters = (0..9).map(|_| char::from(b"bcdfghjklmnpqrstvwxz"[random.below(20) as usize]));
    letter.to_string() + &letters.collect::<String>()
}

fn archive(random: &mut Random) -> Archive {
    let (linked, open, german) = (random.below(3) == 0, random.below(2) == 0, random.below(3) == 0);
    let zone = ["UTC", "Europe/Berlin", "Pacific/Auckland", "America/New_York"][random.below(4) as usize];
    let settings = format!(
        "title: Desk\nbase_url: https://desk.example/news/\nlanguages: [en{}]\nperiod_limit: {}\ntime_zone: {zone}\n{}{}",
        if german { ", de" } else { "" },
        2 + random.below(4),
        if open { "vocabulary: open\n" } else { "" },
        if linked { "embargo_links: text\n" } else { "" },
    );
    let mut site: BTreeMap<String, String> = common::small_site().into_iter().collect();
    site.insert("content/site.yaml".to_owned(), settings);
    for number in 0..3 {
        let (path, text) = common::numbered(number, 0, 0);
        site.insert(path, text);
    }
    let count = 3 + random.below(5);
    let mut stories: Vec<Story> = Vec::new();
    for _ in 0..count {
        let link = if linked { stories.last().filter(|story| story.expires.is_none()) } else { None };
        let link = link.map(|story| story.file.clone());
        stories.push(story(random, (open, german), link));
    }
    Archive { site, stories, linked }
}

fn story(random: &mut Random, (open, german): (bool, bool), link: Option<String>) -> Story {
    let (mark, note) = (word(random, 'q'), word(random, 'j'));
    let terms = open.then(|| [word(random, 'x'), word(random, 'w')]);
    let embargo = (random.below(3) > 0).then(|| BEGIN + random.below(SPAN) as i64);
    let early = embargo.is_some() && random.below(2) == 0;
    let date = if early { BEGIN - 86_400 } else { BEGIN + random.below(SPAN) as i64 };
    let out = embargo.map_or(date, |embargo| embargo.max(date));
    let expires = (random.below(2) == 0 && link.is_none()).then(|| out + 1 + random.below(SPAN) as i64);
    let draft = random.below(5) == 0;
    let file = format!("content/briefs/2025/{mark}.md");
    let mut lines = vec![
        format!("title: Headline {mark}"),
        format!("date: {}", stamp(date)),
        format!("topics: [{}]", with_own("Syria", terms.as_ref().map(|terms| &terms[0]))),
        format!("agencies: [{}]", with_own("AP", terms.as_ref().map(|terms| &terms[1]))),
        format!("summary: Summary {mark}."),
        format!("notes: Notes {note}."),
    ];
    lines.extend(embargo.map(|embargo| format!("embargo: {}", stamp(embargo))));
    lines.extend(expires.map(|expires| format!("expires: {}", stamp(expires))));
    lines.extend(draft.then(|| "status: draft".to_owned()));
    let further = [
        format!("place: Town {mark}"),
        format!("key_points: [Point {mark}]"),
        format!("people: [Person {mark}]"),
        format!("places: [Place {mark}]"),
        format!("redirect_from: [/old/{mark}.html]"),
        format!("sources: [{{name: Source {mark}, url: 'https://example.org/{mark}'}}]"),
        format!("media: [{{kind: video, title: Film {mark}, url: 'https://example.org/{mark}.mp4'}}]"),
        format!("editors: [Editor {mark}]"),
        format!("id: id-{mark}"),
        format!("slug: {mark}"),
        format!("related: [{{title: Related {mark}, url: 'https://example.org/{mark}'}}]"),
        format!("event_date: {}", 2011 + random.below(12)),
        format!("urgency: {}", 1 + random.below(9)),
        "kind: live".to_owned(),
    ];
    lines.extend(further.into_iter().filter(|_| random.below(3) > 0));
    if early {
        lines.push(format!("corrections: [{{date: {}, kind: correction, text: Wrong {mark}}}]", stamp(date)));
    }
    let mut body = format!("Body {mark}, [a file]({mark}.csv).\n\n## Crosshead {mark}\n\nEnd.\n");
    body += &link.map(|link| format!("\nSee [that](/{link}).\n")).unwrap_or_default();
    let text = format!("---\n{}\n---\n\n{body}", lines.join("\n"));
    let mut files = BTreeMap::from([(file.clone(), text)]);
    files.insert(format!("content/briefs/2025/{mark}.csv"), format!("table,{mark}\n"));
    if german && random.below(2) == 0 {
        let text = format!("---\ntitle: Titel {mark}\nsummary: Kurz {mark}.\n---\n\nText {mark}.\n");
        files.insert(format!("content/briefs/2025/{mark}.de.md"), text);
    }
    Story { file, mark, note, terms, draft, out, expires, files }
}

fn with_own(common: &str, own: Option<&String>) -> String {
    own.map_or(common.to_owned(), |own| format!("{common}, Own {own}"))
}

#[test]
fn a_leak_would_be_found() {
    let archive = archive(&mut Random(5));
    let desk = archive.desk();
    let now = archive.moments().next().unwrap();
    build(&desk, now);
    let mut out = tree(&desk.beside("out"));
    let story = archive.stories.iter().find(|story| story.held(now)).unwrap();
    let page = out.keys().nth(out.len() / 2).unwrap().clone();
    out.get_mut(&page).unwrap().extend(story.mark.to_uppercase().bytes());
    assert!(std::panic::catch_unwind(|| look(&archive, now, &out, "a leak")).is_err(), "{page} leaks");
    fs::remove_dir_all(desk.beside("out")).unwrap();
}
