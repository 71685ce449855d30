// Our feeds as readers' own parsers read them: rss-parser, feedsmith and feedparser of npm, and feedparser of PyPI. Each
// reads every feed of a plain site and of one whose texts break feeds, and understands the same by it as the others.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { Readable } from "node:stream";
import { test } from "node:test";
import FeedParser from "feedparser";
import { parseFeed } from "feedsmith";
import RssParser from "rss-parser";
import { build, buildNasty, EVERYTHING, files, NASTY, read } from "./site.js";

const sites = { everything: build(EVERYTHING), nasty: buildNasty() };
const feeds = Object.entries(sites).flatMap(([site, folder]) => files(folder).filter((path) => /feed\.(atom|rss|json)$/.test(path)).map((path) => ({ site, folder, path })));
const instant = (text) => new Date(text).toISOString();

// What each of them says of a feed, in one form: the title, and of each entry its id, address, title, text and date.
const readers = {
  "rss-parser": async (text) => {
    const { title, items } = await new RssParser({ customFields: { item: ["content:encoded"] } }).parseString(text);
    const entry = (item) => ({ id: item.guid ?? item.id, url: item.link, title: item.title, html: item["content:encoded"] ?? item.content, date: instant(item.isoDate) });
    return { title, entries: items.map(entry) };
  },
  feedsmith: async (text) => {
    const { format, feed } = parseFeed(text);
    const of = {
      atom: (entry) => ({ id: entry.id, url: entry.links.find((link) => link.rel === "alternate").href, title: entry.title.value, html: entry.content.value, date: instant(entry.published) }),
      rss: (item) => ({ id: item.guid.value, url: item.link, title: item.title, html: item.content.encoded, date: instant(item.pubDate) }),
      json: (item) => ({ id: item.id, url: item.url, title: item.title, html: item.content_html, date: instant(item.date_published) }),
    }[format];
    return { title: feed.title.value ?? feed.title, entries: (feed.entries ?? feed.items ?? []).map(of) };
  },
  feedparser: (text) => new Promise((resolve, reject) => {
    const parser = new FeedParser({ addmeta: false });
    const entries = [];
    parser.on("error", reject);
    parser.on("data", (item) => entries.push({ id: item.guid, url: item.link, title: item.title, html: item.description, date: instant(item.pubdate) }));
    parser.on("end", () => resolve({ title: parser.meta.title, entries }));
    Readable.from([text]).pipe(parser);
  }),
};

// What a reader makes of every feed alike: feedparser takes a title for HTML and leaves its tags out, and it writes an
// apostrophe in an address another way.
const habits = {
  feedparser: ({ title, entries }) => {
    const bare = (text) => text.replaceAll(/<\/?\w+>/g, "");
    return { title: bare(title), entries: entries.map((entry) => ({ ...entry, title: bare(entry.title), html: entry.html.replaceAll("=]]&gt;%27", "=]]&gt;'") })) };
  },
};

// What we wrote, from the feed that needs no parser but JSON's.
function written(folder, path) {
  const { title, items } = JSON.parse(read(folder, path.replace(/\.\w+$/, ".json")));
  return { title, entries: items.map((item) => ({ id: item.id, url: item.url, title: item.title, html: item.content_html, date: instant(item.date_published) })) };
}

// Some parsers leave the last line break of a text out.
function trimmed({ title, entries }) {
  return { title, entries: entries.map((entry) => ({ ...entry, html: entry.html.trimEnd() })) };
}

for (const [name, understand] of Object.entries(readers)) {
  test(`${name} reads every feed`, async () => {
    let entries = 0;
    // The two older ones know XML alone.
    for (const { site, folder, path } of feeds.filter(({ path }) => name === "feedsmith" || !path.endsWith(".json"))) {
      const habit = habits[name] ?? ((feed) => feed);
      const [seen, wanted] = [await understand(read(folder, path)), written(folder, path)].map(trimmed).map(habit);
      assert.deepEqual(seen, wanted, `${name}: ${site}: ${path}`);
      entries += seen.entries.length;
    }
    assert.ok(entries > 60, `${name}: ${entries} entries`);
  });
}

const PYTHON = process.env.DATELINE_PYTHON;
const SCRIPT = `
import feedparser, json, sys, time

def entry(e):
    return dict(id=e.id, url=e.link, title=e.title, html=e.content[0].value, date=time.strftime('%Y-%m-%dT%H:%M:%S.000Z', e.published_parsed))
for path in json.load(sys.stdin):
    d = feedparser.parse(path, sanitize_html=False, resolve_relative_uris=False)
    print(json.dumps(dict(bozo=str(d.get('bozo_exception', '')), version=d.version, title=d.feed.title, entries=[entry(e) for e in d.entries])))
`;

test("Python's feedparser reads every feed", { skip: !PYTHON && "DATELINE_PYTHON names no Python that has feedparser" }, () => {
  const all = feeds.filter(({ path }) => !path.endsWith(".json"));
  const run = spawnSync(PYTHON, ["-c", SCRIPT], { input: JSON.stringify(all.map(({ folder, path }) => `${folder}/${path}`)), encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, run.stderr);
  const seen = run.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(seen.length, all.length);
  for (const [at, { site, folder, path }] of all.entries()) {
    const { bozo, version, ...feed } = seen[at];
    assert.deepEqual([bozo, version], ["", path.endsWith(".atom") ? "atom10" : "rss20"], `${site}: ${path}`);
    assert.deepEqual(trimmed(feed), trimmed(written(folder, path)), `${site}: ${path}`);
  }
});

test("what breaks feeds is in them", () => {
  const { items } = JSON.parse(read(sites.nasty, "topics/syria/feed.json"));
  const text = `${NASTY.replace("'", "‘").replace("'", "’")}\u2069\u202c`;
  assert.deepEqual(items.map((item) => item.title), [`Withdrawn: Gone ${text}`, `Headline ${text}`]);
});
