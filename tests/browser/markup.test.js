// The bytes themselves: validators find nothing, and pages are light.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import stylelint from "stylelint";
import { EVERYTHING, OWN, REPOSITORY, build, files, nothing, pages, read, scratch } from "./site.js";

const VNU = join(dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

let own, everything, long;
before(() => {
  own = build(OWN);
  everything = build(EVERYTHING);
  const archive = scratch();
  const made = spawnSync("python3", [join(REPOSITORY, "benches/archive.py"), "1000", archive], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  long = build(archive);
});

test("the Nu HTML checker finds nothing", () => {
  const wanted = [own, everything].flatMap((folder) => files(folder, ".html").map((path) => join(folder, path)));
  const run = spawnSync("java", ["-Xss8m", "-jar", VNU, "--exit-zero-always", "--format", "gnu", ...wanted], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(run.error, undefined);
  assert.equal(run.status, 0, run.stderr);
  // Of a file on a disk it believes that the policy's 'self' shuts out the file beside it; Chromium knows better.
  const mistaken = /Resource violates Content Security Policy/;
  nothing(run.stderr.split("\n").filter((line) => line && !mistaken.test(line)).map((line) => line.replace(/^.*\/public\//, "")));
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
  for (const folder of [own, everything]) {
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

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const briefs = (folder) => pages(folder).filter((path) => /^\d{4}\/\d\d\/\d\d\//.test(path));
const sheet = (folder) => read(folder, files(folder, ".css").find((path) => path.startsWith("dateline-")));

test("a brief's page is at most 5 kB over its own text, and 12 kB packed with the stylesheet", () => {
  for (const [name, folder] of Object.entries({ own, long })) {
    const all = briefs(folder).map((path) => read(folder, path));
    const over = median(all.map((html) => Buffer.byteLength(html) - ownText(html)));
    assert.ok(over <= 5000, `${name}: ${over} bytes over the text (median)`);
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
  for (const folder of [own, everything, long]) {
    for (const path of pages(folder).filter((path) => lists.test(path))) {
      const html = read(folder, path);
      const entries = (html.match(/<li|<tr/g) ?? []).length;
      assert.ok(packed(html) <= 6000 + 65 * entries, `${path}: ${packed(html)} bytes for ${entries} entries`);
    }
  }
});

test("no page names anything to load from elsewhere, or holds anything inline", () => {
  const elsewhere = /<(?:script|img|video|audio|source|iframe|embed|object)[^>]*\s(?:src|data|poster)="(?:https?:)?\/\/[^>]*>/gi;
  const inline = /<script(?![^>]*\ssrc=)[^>]*>|<[a-z][^>]*\s(?:style|on[a-z]+)="[^>]*>|<style[^>]*>|<[^>]*="javascript:[^>]*>/gi;
  const wrong = [];
  for (const folder of [own, everything]) {
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
