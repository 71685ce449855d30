// The bytes themselves: validators find nothing, and pages are light.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import stylelint from "stylelint";
import { EVERYTHING, OWN, REPOSITORY, build, files, pages, read, scratch } from "./site.js";

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
  const run = spawnSync("java", ["-Xss8m", "-jar", VNU, "--Werror", "--format", "gnu", ...wanted], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(run.error, undefined);
  assert.equal(run.stderr.trim(), "");
  assert.equal(run.status, 0);
});

test("html-validate finds nothing", async () => {
  const validate = new HtmlValidate(new FileSystemConfigLoader({ root: true, extends: ["html-validate:standard", "html-validate:a11y"], rules: {
    "long-title": "off", // a page's title is headline, section, site and date
    "no-trailing-whitespace": "off",
    "no-inline-style": "error",
  } }));
  const wrong = [];
  for (const folder of [own, everything]) {
    for (const path of files(folder, ".html")) {
      const report = await validate.validateString(read(folder, path), { filename: `${path}` });
      for (const { messages } of report.results) {
        messages.forEach(({ line, column, ruleId, message }) => wrong.push(`${path}:${line}:${column}: ${ruleId}: ${message}`));
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test("stylelint finds nothing in the stylesheet", async () => {
  const configFile = new URL("stylelint.json", import.meta.url).pathname;
  const { results } = await stylelint.lint({ files: join(REPOSITORY, "static/dateline.css"), configFile });
  const wrong = results.flatMap(({ warnings, invalidOptionWarnings }) => [...warnings, ...invalidOptionWarnings]);
  assert.deepEqual(wrong.map(({ line, text }) => `${line}: ${text}`), []);
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
    const over = briefs(folder).map((path) => Buffer.byteLength(read(folder, path)) - ownText(read(folder, path)));
    assert.ok(median(over) <= 5000, `${name}: ${median(over)} bytes over the text (median)`);
    const whole = briefs(folder).map((path) => packed(read(folder, path)) + packed(sheet(folder)));
    assert.ok(median(whole) <= 12_000, `${name}: ${median(whole)} bytes with the stylesheet (median)`);
  }
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

test("no page loads anything from elsewhere or runs anything inline", () => {
  for (const folder of [own, everything]) {
    for (const path of files(folder, ".html")) {
      const html = read(folder, path);
      assert.doesNotMatch(html, /<(?:script|img|video|audio|source|iframe|embed|object)[^>]*\s(?:src|data|poster)="(?:https?:)?\/\//, path);
      assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|\sstyle="|<style|\son[a-z]+="|javascript:/i, path);
      assert.match(html, /http-equiv="Content-Security-Policy"/, path);
    }
    assert.doesNotMatch(sheet(folder), /url\((?!["']?data:)|@import/);
  }
});
