// Our timelines in TimelineJS 3, from its npm package, in a real Chromium: every event is shown, under its headline.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { browser, build, buildNasty, EVERYTHING, files, OWN, read, scratch, serve, tab } from "./site.js";

const DIST = dirname(createRequire(import.meta.url).resolve("@knight-lab/timelinejs/dist/js/timeline.js"));
const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Timeline</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/css/timeline.css"><script src="/js/timeline.js"></script></head>
<body><div id="timeline" style="width: 1000px; height: 600px"></div></body></html>`;

const sites = { own: build(OWN), everything: build(EVERYTHING), nasty: buildNasty() };
const isTimeline = (path) => /(^|\/)timeline(-\d{4})?\.json$/.test(path);
let server, chromium, context;

before(async () => {
  const root = scratch();
  for (const part of ["js", "css"]) cpSync(join(DIST, "..", part), join(root, part), { recursive: true });
  for (const [name, folder] of Object.entries(sites)) {
    for (const path of files(folder, ".json").filter(isTimeline)) {
      mkdirSync(dirname(join(root, name, path)), { recursive: true });
      writeFileSync(join(root, name, path), read(folder, path));
    }
  }
  writeFileSync(join(root, "index.html"), PAGE);
  server = await serve(root);
  chromium = await browser();
  context = await chromium.newContext({ viewport: { width: 1000, height: 600 } });
});

after(async () => {
  await chromium?.close();
  server?.close();
});

// What TimelineJS made of a file: the headline of each slide, the groups, and the event that it went to.
async function shown(page, address, last) {
  await page.goto(server.address);
  return page.evaluate(async ([address, last]) => {
    // The fonts that it knows by name lie on another server.
    const timeline = new TL.Timeline("timeline", address, { font: null, hash_bookmark: false, duration: 0 });
    await new Promise((ready) => timeline.on("loaded", ready));
    const slides = [...document.querySelectorAll(".tl-slide")].map((slide) => slide.querySelector("h2")?.textContent ?? "");
    if (last) timeline.goToId(last);
    await new Promise((ready) => setTimeout(ready, 50));
    return {
      slides,
      markers: document.querySelectorAll(".tl-timemarker").length,
      groups: [...document.querySelectorAll(".tl-timegroup-message")].map((group) => group.textContent),
      link: last && document.querySelector(`[id="${last}"] h2 a`)?.href,
      current: timeline.current_id,
      elements: document.querySelectorAll("#timeline script, .tl-slide b, .tl-timegroup b").length,
    };
  }, [address, last]);
}

// The text of a piece of HTML, as Chromium reads it.
const texts = (page, pieces) => page.evaluate((pieces) => pieces.map((piece) => Object.assign(document.createElement("template"), { innerHTML: piece }).content.textContent), pieces);

for (const [name, folder] of Object.entries(sites)) {
  test(`TimelineJS shows every event of ${name}`, async () => {
    const { page, wrong } = await tab(context, server.address);
    // Of the own site, whose topics are alike, one file of each kind.
    const all = files(folder, ".json").filter(isTimeline);
    const some = name === "own" ? [all.find((path) => path.startsWith("data/")), all.find((path) => path.startsWith("topics/"))] : all;
    let count = 0;
    for (const path of some) {
      const { title, events } = JSON.parse(read(folder, path));
      if (events.length === 0) continue;
      const last = events.findLast((event) => event.unique_id)?.unique_id;
      const seen = await shown(page, `/${name}/${path}`, last);
      const headlines = await texts(page, [title, ...events].map((event) => event.text.headline));
      assert.deepEqual([...seen.slides].sort(), headlines.sort(), `${name}: ${path}`);
      assert.equal(seen.markers, events.length, path);
      // It takes what looks like markup out of a group's name, twice.
      const groups = [...new Set(events.map((event) => event.group))].sort();
      assert.deepEqual([...new Set(seen.groups)].sort(), await texts(page, await texts(page, groups)), path);
      assert.equal(seen.elements, 0, `${path} makes elements of text`);
      if (last) assert.equal(seen.current, last, path);
      if (last) assert.match(seen.link, /^https:\/\/.*\.html$/, path);
      count += events.length;
    }
    assert.ok(count > 2, `${name}: ${count} events`);
    assert.deepEqual(wrong, []);
    await page.close();
  });
}
