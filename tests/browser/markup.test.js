// The bytes themselves: validators find nothing, and pages are light.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import stylelint from "stylelint";
import { EDITIONS, EVERYTHING, OWN, REPOSITORY, build, buildNasty, files, nothing, pages, read, scratch } from "./site.js";

const VNU = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

let own, everything, editions, nasty, long;
before(() => {
  own = build(OWN);
  everything = build(EVERYTHING);
  editions = build(EDITIONS);
  nasty = buildNasty();
  const archive = scratch();
  const made = spawnSync("python3", [join(REPOSITORY, "benches/archive.py"), "1000", archive], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  long = build(archive);
});

test("the Nu HTML checker finds nothing", () => {
  const wanted = [own, everything, editions, nasty].flatMap((folder) => files(folder, ".html").map((path) => join(folder, path)));
  const run = spawnSync("java", ["-Xss8m", "-jar", VNU, "--exit-zero-always", "--format", "gnu", ...wanted], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(run.error, undefined);
  assert.equal(run.status, 0, run.stderr);
  // Of a file on a disk it believes that the policy's 'self' shuts out the file beside it, and it takes structured
  // data for a script (HTML, "prepare the script element", steps 8 to 13: a data block is none); Chromium knows better.
  // That no other script is inline is tested below.
  const mistaken = /(?:Resource|Inline script) violates Content Security Policy/;
  // An address elsewhere stands as its author wrote it.
  const elsewhere = /Bad value “https:.*Illegal character in query/;
  nothing(run.stderr.split("\n").filter((line) => line && !mistaken.test(line) && !elsewhere.test(line)).map((line) => line.replace(/^.*\/public\//, "")));
});

test("html-validate finds nothing", async () => {
  const validate = new HtmlValidate(new FileSystemConfigLoader({ root: true, extends: ["html-validate:standard", "html-validate:a11y"], rules: {
    "long-title": "off", // a page's title is headline, section, site and date
    "no-inline-style": "error",
    "no-trailing-whitespace": "off",
    "prefer-native-element": ["error", { exclude: ["region"] }], // a table that scrolls is a region without a heading
    "unique-landmark": "off", // it takes an aside inside an article for a landmark, which HTML-AAM does not
  } }));
  const wrong = [];
  for (const folder of [own, everything, editions, nasty]) {
    for (const path of files(folder, ".html")) {
      const report = await validate.validateString(read(folder, path), path);
      for (const { messages } of report.results) {
        messages.forEach(({ line, column, ruleId, message }) => wrong.push(`${path}:${line}:${column}: ${ruleId}: ${message}`));
      }
    }
  }
  nothing(wrong);
});

test("stylelint finds nothing in the stylesheets", async () => {
  const configFile = new URL("stylelint.json", import.meta.url).pathname;
  const { results } = await stylelint.lint({ files: join(REPOSITORY, "static/*.css"), configFile });
  const wrong = results.flatMap(({ source, warnings, invalidOptionWarnings }) => [...warnings, ...invalidOptionWarnings].map((one) => ({ source, ...one })));
  nothing(wrong.map(({ source, line, text }) => `${source}:${line}: ${text}`));
});

const packed = (text) => gzipSync(text, { level: 9 }).length;

// The text that a brief's page is there for: headline, standfirst, key points, body.
function ownText(html) {
  const article = html.match(/<article class="brief[^]*?<\/article>/)[0];
  const parts = [/<h1>[^]*?<\/h1>/, /<p class="standfirst">[^]*?<\/p>/, /<section class="points">[^]*?<\/section>/, /<div class="text">[^]*?<p class="credit">/];
  const text = parts.map((part) => article.match(part)?.[0] ?? "").join("").replace(/<[^>]*>/g, "");
  return Buffer.byteLength(text);
}

// What only machines read: the tags that search engines, feed readers and those who show cards of a page ask for.
const MACHINES = /<meta (?:name="(?:description|twitter:)|property=)[^>]*>\n|<link rel="(?:canonical|alternate)"[^>]*>\n|<script type="application\/ld\+json">[^<]*<\/script>\n/g;

// The bytes of a page, told apart. Standards want headline and summary said again: in the title, the description, the
// card, the structured data, the citation. That too is the brief's own text, and so it is neither a reader's
// overhead nor a machine's; `whole` is the page with nothing taken off but the text as it is read.
function weight(html) {
  const size = (text) => Buffer.byteLength(text);
  const machines = html.match(MACHINES) ?? [];
  const spoken = html.replace(MACHINES, "");
  const headline = html.match(/<h1>([^]*?)<\/h1>/)[1];
  const summary = html.match(/name="description"[^>]* content="([^"]*)"/)?.[1] ?? "";
  const said = (text, words) => (words ? (text.split(words).length - 1) * size(words) : 0);
  const json = (machines.find((tag) => tag.startsWith("<script")) ?? "").replace(/^<[^>]*>|<[^>]*>\n$/g, "");
  const things = json ? JSON.parse(json)["@graph"] : [];
  const strings = things.flatMap(({ headline: one, description, itemListElement }) => [one, description, itemListElement?.at(-1).name]);
  const inJson = strings.filter(Boolean).reduce((sum, text) => sum + size(JSON.stringify(text).slice(1, -1)), 0);
  const inTags = machines.filter((tag) => !tag.startsWith("<script")).reduce((sum, tag) => sum + said(tag, headline) + said(tag, summary), 0);
  const inTitle = said(spoken.match(/<title>[^]*?<\/title>/)[0], headline);
  const inCitation = said(spoken.match(/<details class="cite">[^]*?<\/details>/)?.[0] ?? "", headline);
  return {
    whole: size(html) - ownText(html),
    readers: size(spoken) - ownText(html) - inTitle - inCitation,
    machines: size(machines.join("")) - inJson - inTags,
  };
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const briefs = (folder) => pages(folder).filter((path) => /^\d{4}\/\d\d\/\d\d\//.test(path));
const sheet = (folder) => read(folder, files(folder, ".css").find((path) => path.startsWith("dateline-")));

test("a brief's page is at most 5.05 kB over its own text, and 12 kB packed with the stylesheet", (t) => {
  for (const [name, folder] of Object.entries({ own, long })) {
    const all = briefs(folder).map((path) => read(folder, path));
    const weights = all.map(weight);
    const over = Object.fromEntries(["whole", "readers", "machines"].map((part) => [part, median(weights.map((one) => one[part]))]));
    t.diagnostic(`${name}: ${over.whole} bytes over the text as read; for readers ${over.readers}, for machines ${over.machines} (medians)`);
    const both = median(weights.map((one) => one.readers + one.machines));
    assert.ok(both <= 5050, `${name}: ${both} bytes over the text (median)`);
    const whole = median(all.map(packed)) + packed(sheet(folder));
    assert.ok(whole <= 12_000, `${name}: ${whole} bytes with the stylesheet (median)`);
  }
});

test("the stylesheet is at most 16 kB", () => {
  assert.ok(Buffer.byteLength(sheet(own)) <= 16_000, `${Buffer.byteLength(sheet(own))} bytes`);
});

test("the front page is at most 20 kB packed, a topic's 24 kB", () => {
  for (const folder of [own, long]) {
    assert.ok(packed(read(folder, "index.html")) <= 20_000, `front page: ${packed(read(folder, "index.html"))}`);
    for (const path of pages(folder).filter((path) => /^topics\/[^/]+\.html$/.test(path))) {
      assert.ok(packed(read(folder, path)) <= 24_000, `${path}: ${packed(read(folder, path))}`);
    }
  }
});

test("a list is at most 6 kB packed and 65 bytes an entry", () => {
  const lists = /^(timeline|topics|agencies)(\.html|\/.*\d{4}[^/]*\.html)$/;
  for (const folder of [own, everything, editions, long]) {
    for (const path of pages(folder).filter((path) => lists.test(path))) {
      const html = read(folder, path);
      const entries = (html.match(/<li|<tr/g) ?? []).length;
      assert.ok(packed(html) <= 6000 + 65 * entries, `${path}: ${packed(html)} bytes for ${entries} entries`);
    }
  }
});

test("no page names anything to load from elsewhere, or holds anything inline", () => {
  const elsewhere = /<(?:script|img|video|audio|source|iframe|embed|object)[^>]*\s(?:src|data|poster)="(?:https?:)?\/\/[^>]*>/gi;
  const inline = /<script(?![^>]*\ssrc=)(?! type="application\/ld\+json")[^>]*>|<[a-z][^>]*\s(?:style|on[a-z]+)="[^>]*>|<style[^>]*>|<[^>]*="javascript:[^>]*>/gi;
  const wrong = [];
  for (const folder of [own, everything, editions]) {
    for (const path of files(folder, ".html")) {
      const html = read(folder, path);
      for (const found of [...html.matchAll(elsewhere), ...html.matchAll(inline)]) wrong.push(`${path}: ${found[0]}`);
      if (!html.includes('http-equiv="Content-Security-Policy"')) wrong.push(`${path} has no policy`);
    }
    if (/url\((?!["']?data:)|@import/.test(sheet(folder))) wrong.push("the stylesheet loads something");
  }
  nothing(wrong);
});

test("what is not out leaves no trace in any byte", () => {
  nothing(files(everything).filter((path) => read(everything, path).includes("NEVER-TO-BE-SEEN")));
});
