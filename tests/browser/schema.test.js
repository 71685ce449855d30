// The schemas say what the reader says, key by key: they accept what it accepts, and refuse what it refuses wherever
// a schema can. Where none can, INEXPRESSIBLE says why.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv07 from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import { parseDocument, isMap, isScalar, isSeq } from "yaml";
import { badCases, goodSites, onDisk } from "./cases.js";
import { DATELINE, nothing, scratch } from "./site.js";

const every = () => true;
const ofTheName = ({ line, column }) => line === 1 && column === 1;
const inTheBody = ({ body }) => body;
const ofTheClock = ({ message }) => message.includes("put forward");
const ofSevenDigits = ({ message }) => /`\d{7}`/.test(message);
const ofAPage = ({ message }) => message.startsWith("a page ");

// What no schema of one file can say: a code, in which of its diagnostics, and why.
const INEXPRESSIBLE = [
  ["E0103", every, "bytes, before there is any text"],
  ["E0104", every, "letters of the whole file, its body too"],
  ["E0106", every, "the file's size"],
  ["W0107", every, "where a file lies"],
  ["W0108", every, "letters of the whole file, its body too"],
  ["E0109", every, "a file that is not there"],
  ["E0110", every, "the file's form, before there is any YAML"],
  ["E0111", every, "the file's form, before there is any YAML"],
  ["E0112", every, "the front matter's size"],
  ["E0113", every, "the depth of YAML, which a schema would have to spell out level by level"],
  ["E0114", every, "the number of all parts together"],
  ["E0115", every, "anchors, aliases, tags and directives are gone when YAML has become values"],
  ["E0116", every, "YAML itself: the parser refuses it"],
  ["E0117", every, "YAML itself: the parser refuses it"],
  ["E0118", every, "YAML itself: each document has a check of its own"],
  ["W0119", every, "comments are gone when YAML has become values"],
  ["E0120", every, "what two readers of YAML make of one text"],
  ["E0203", ofAPage, "a heading in the body will do"],
  ["E0205", ofTheClock, "the site's time zone"],
  ["E0212", ofTheName, "the file's name"],
  ["E0215", every, "two dates compared"],
  ["E0216", every, "two dates compared"],
  ["E0220", ofTheName, "the file's name"],
  ["W0222", every, "a warning: a schema knows only errors"],
  ["E0223", every, "a date compared with another, and with now"],
  ["E0224", every, "a credit line in the body will do"],
  ["W0226", every, "two dates compared"],
  ["E0227", ofSevenDigits, "a number that is written with a zero before it has seven digits too, once it is read"],
  ["E0301", every, "the body"],
  ["E0302", every, "the body"],
  ["W0303", every, "the body"],
  ["E0304", every, "a heading in the body will do"],
  ["E0305", every, "the body"],
  ["E0402", inTheBody, "a credit line in the body"],
  ["E0403", every, "another file"],
  ["E0404", every, "another file"],
  ["E0405", every, "another file, and now"],
  ["E0406", every, "another file"],
  ["E0407", every, "another file"],
  ["E0408", every, "another file"],
  ["E0409", every, "another file"],
  ["E0410", every, "another entry, or another file"],
  ["W0411", every, "a date compared with now"],
  ["E0412", every, "another file"],
  ["E0413", every, "how a name is written in Latin letters"],
  ["W0414", every, "a warning: an open vocabulary has examples in place of choices"],
  ["W0415", every, "another file"],
  ["W0416", every, "another file"],
  ["E0418", every, "another file"],
  ["E0419", every, "another file"],
  ["W0420", every, "another file"],
  ["E0501", every, "a template"],
  ["E0502", every, "a template"],
  ["E0503", every, "a template"],
  ["E0504", every, "a template"],
  ["E0505", every, "the theme's strings"],
  ["W0506", every, "a template"],
].map(([code, of, why]) => ({ code, of, why, cases: 0, refused: 0 }));

// Which schema a file has, if any.
function subject(path) {
  if (path === "content/site.yaml") return "site";
  if (path === "content/agencies.yaml") return "agencies";
  if (/^content\/topics\/[^/]+\.md$/.test(path)) return "topic";
  if (/^content\/pages\/[^/]+\.md$/.test(path)) return "page";
  if (/^content\/briefs\/.*\.[a-z]{2,3}\.md$/.test(path)) return "translation";
  return /^content\/briefs\/.*\.md$/.test(path) ? "brief" : undefined;
}

const OPTIONS = { allErrors: true, strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true, allowMatchingProperties: true };
const ajv = (Ajv) => new Ajv(OPTIONS).addVocabulary(["patternErrorMessage"]); // a word of editors
const compiled = new Map();

// The check by a schema, as draft-07 and as draft 2020-12: both must come to the same.
function checker(text) {
  if (!compiled.has(text)) {
    const schema = JSON.parse(text);
    assert.equal(schema.$schema, "http://json-schema.org/draft-07/schema#");
    const newer = { ...schema, $schema: "https://json-schema.org/draft/2020-12/schema" };
    const [by07, by2020] = [ajv(Ajv07).compile(schema), ajv(Ajv2020).compile(newer)];
    compiled.set(text, (value) => {
      assert.equal(by07(value), by2020(value), "draft-07 and draft 2020-12 differ");
      return by07.errors ?? [];
    });
  }
  return compiled.get(text);
}

// The schemas of a site, made by the real command.
function schemas(root) {
  const folder = mkdtempSync(join(scratch(), "schemas-"));
  const run = spawnSync(DATELINE, ["schema", "--root", root, "--write", folder], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  return (name) => checker(readFileSync(join(folder, `${name}.schema.json`), "utf8"));
}

// The YAML of a file and where it begins; nothing where the file has none that can be read.
function front(path, text) {
  const found = path.endsWith(".yaml") ? { start: 0, yaml: text } : frontMatter(text);
  if (!found) return undefined;
  try {
    const document = parseDocument(found.yaml, { version: "1.2" });
    if (document.errors.length > 0) return undefined;
    return { document, start: found.start, end: found.start + found.yaml.length, value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return undefined; // too deep, or made of aliases
  }
}

function frontMatter(text) {
  const found = text.match(/^(\uFEFF?---\s*?\n)([^]*?)^---\s*?$/m);
  return found?.index === 0 ? { start: found[1].length, yaml: found[2] } : undefined;
}

// The way to the deepest key or entry at an offset of a document.
function way(node, at, path = "") {
  const holds = (part) => part?.range && part.range[0] <= at && at <= part.range[1];
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const below = `${path}/${key.value}`;
      if (holds(key)) return below;
      if (holds(value)) return way(value, at, below);
    }
  }
  if (isSeq(node)) {
    const index = node.items.findIndex(holds);
    if (index >= 0) return way(node.items[index], at, `${path}/${index}`);
  }
  return path;
}

// Where the reader's diagnostic stands in a file's values: what the whole lacks is said of its first letter. Whether
// it is of the body.
function place(text, { document, start, end }, { line, column, code }) {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const inLine = [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
  const at = before + inLine - start;
  const isTop = at < 0 || (at === 0 && ["E0202", "E0203"].includes(code)) || !document.contents || isScalar(document.contents);
  return { at: isTop ? "" : way(document.contents, at), body: before + inLine >= end };
}

// Where the schema's error stands; what a map lacks or has too much of is said of the map.
const where = (error) => error.instancePath + (error.params.additionalProperty ? `/${error.params.additionalProperty}` : "");
const within = (outer, inner) => inner === outer || inner.startsWith(`${outer}/`);

// Whether an error of the schema and a diagnostic of the reader are about the same. What is said of the whole is not
// about each of its parts, but for what `status` and `withdrawn` say of each other.
function same(error, at, code) {
  const path = where(error);
  if (path === "" || at === "") return path === at || code === "E0221";
  return within(path, at) || within(at, path);
}

const inexpressible = (one) => INEXPRESSIBLE.find(({ code, of }) => code === one.code && of(one));

test("the schemas accept every good file", () => {
  let checked = 0;
  const wrong = [];
  for (const [name, site] of goodSites()) {
    const of = schemas(onDisk(site));
    for (const [path, content] of site) {
      const kind = subject(path);
      if (!kind) continue;
      const read = front(path, content.toString("utf8"));
      assert.ok(read, `${name}: ${path} has no front matter`);
      checked += 1;
      wrong.push(...of(kind)(read.value).map((error) => `${name}: ${path}: ${where(error)} ${error.message}`));
    }
  }
  assert.ok(checked > 50, `only ${checked} files`);
  nothing(wrong);
});

test("the schemas refuse what the reader refuses, at the same keys, and nothing else", () => {
  const wrong = [];
  let [refused, cases] = [0, 0];
  for (const { name, site, said } of badCases()) {
    const of = schemas(onDisk(site));
    cases += 1;
    for (const [path, content] of site) {
      const kind = subject(path);
      const text = content.toString("utf8");
      const read = kind && front(path, text);
      const errors = read ? of(kind)(read.value) : [];
      const told = said.filter((one) => one.file === path).map((one) => ({ ...one, ...(read ? place(text, read, one) : {}) }));
      for (const one of told) {
        const found = errors.some((error) => same(error, one.at, one.code));
        const entry = inexpressible(one);
        if (entry) {
          entry.cases += 1;
          entry.refused += found ? 1 : 0;
        } else if (!found && kind) {
          wrong.push(`${name}: ${path}:${one.line}:${one.column} ${one.code} at \`${one.at}\` is accepted: ${one.message}`);
        }
        refused += found ? 1 : 0;
      }
      const unread = told.some(({ code }) => code.startsWith("E01"));
      for (const error of errors.filter(({ keyword }) => keyword !== "if" && !unread)) {
        const about = told.some((one) => one.severity === "error" && same(error, one.at, one.code));
        if (!about) wrong.push(`${name}: ${path}: refused at \`${where(error)}\`, which the reader accepts: ${error.message}`);
      }
    }
    for (const one of said.filter((one) => !site.has(one.file))) {
      const entry = inexpressible(one);
      if (entry) entry.cases += 1;
    }
  }
  assert.ok(cases > 170 && refused > 150, `${refused} of ${cases} cases`);
  nothing(wrong);
});

test("what is listed as inexpressible is so", () => {
  const idle = INEXPRESSIBLE.filter(({ cases }) => cases === 0).map(({ code, why }) => `${code} (${why}): no case`);
  const expressed = INEXPRESSIBLE.filter(({ cases, refused }) => cases > 0 && cases === refused);
  nothing([...idle, ...expressed.map(({ code, why, cases }) => `${code} (${why}): refused in all of its ${cases} cases`)]);
});

// Values under a key that are nearly right, or right in a way that is easily forgotten.
const FORMS = {
  brief: {
    date: [
      "2017-11-22", "2016-02-29", "2000-02-29", "2017-11-22T14:30", "2017-11-22 14:30", "2017-11-22t14:30:59", "2017-11-22T14:30:00Z", "2017-11-22T14:30:00z",
      "2017-11-22T14:30:00.5Z", "2017-11-22T14:30:00,25+01:00", "2017-11-22T14:30+01:00", "2017-11-22T14:30+0100", "2017-11-22T14:30-03", "2017-11-22T23:59:60Z",
      "2017-02-29", "1900-02-29", "2017-13-01", "2017-00-10", "2017-04-31", "0000-01-01", "2017-1-2", "2017", "2017-11", "22.11.2017", "2017-11-22T24:00", "2017-11-22T14:60",
      "2017-11-22T", "2017-11-22Z", "2017-11-22 noon", "2017-11-22T14:30:00+25:99", "2017-11-22T14:30:00 +01:00", "2017-11-22T14:30:00Zz", "yesterday", "2017-11-22/2017-11-23",
    ],
    event_date: ["2017", "2017-11", "2017-11-22", "2017/2018", "2017-11-20/2017-11-22", "2017-11/2017-12-03", "0001", "2017-13", "17", "2017-", "2017/", "/2017", "2017/2018/2019", "2017-11-31", "2017 / 2018"],
    expires: ["2030-11-22T15:00:00Z", "2030-11-22T15:00+01:00", "2030-11-22 15:00-05:00", "2030-11-22", "2030-11-22T15:00", "2030-11-22T15:00:00", "noon"],
    slug: ["a", "a-b", "0", "x".repeat(80), "x".repeat(81), "A", "a_b", "a b", "é", "a.b"],
    place: ["Moscow", " Moscow ", "Mos\ncow", "Moscow\n", "\nMoscow", " ", "\u00a0", "5"],
    summary: ["One.", "x".repeat(400), "x".repeat(401), "𝄞".repeat(400), "𝄞".repeat(401), "one\ntwo", " "],
    urgency: [1, 9, 0, 10, -1, 1.5, "5", "five"],
    original: [true, false, "true", "yes", 1],
    kind: ["brief", "live", "Brief", "news", 5],
    lang: ["en", "EN", "ar", "english", "en-GB"],
    agencies: [["AP"], ["ap"], ["A.P."], ["The Associated Press"], ["THE ASSOCIATED PRESS"], [" AP "], ["associated-press"], ["Reuters"], ["AP "], ["Ap!"], ["AP", "dpa"], []],
    topics: [["Syria"], ["syria"], ["SYRIA"], ["Côte d’Ivoire (west)"], ["CÔTE D’IVOIRE (WEST)"], ["cote"], ["Cote d'Ivoire"], ["Сирия"], ["СИРИЯ"], ["Siria"], ["Syria", null], "Syria"],
    redirect_from: ["/old.html", "old", "/a/b/", "a b", " ", "/", "//a", "/a//b", "/a/../b", "/.a", "a/.b", "/a?b", "/a#b", "a:b", "/a%20b", "a\\b", "a\tb", "é".repeat(90), "x".repeat(200), "x".repeat(201), 2017].map((path) => [path]),
    sources: [
      "https://example.org/", "http://a", "HTTPS://EXAMPLE.ORG", "mailto:a@b", "MailTo:a@b", "tel:+49", "https://[::1]/", "https://é.example/ü", "https://a/b?c#d",
      "ftp://a", "javascript:x", "https:/a", "https://", "https:///a", "https://a b", "https://a<b", "https://a\"b", "//a", "mailto:", "a", "http", "https://?a", " https://a", "https://a\u0085b",
    ].map((url) => [{ name: "A document", url }]),
    media: [
      { kind: "video", title: "A", url: "https://a/", duration: "1:45" }, { kind: "video", title: "A", url: "https://a/", duration: "1:02:30" },
      { kind: "video", title: "A", url: "https://a/", duration: "99:59" }, { kind: "video", title: "A", url: "https://a/", duration: "1:5" },
      { kind: "video", title: "A", url: "https://a/", duration: "1:60" }, { kind: "video", title: "A", url: "https://a/", duration: "100:00" },
      { kind: "video", title: "A", url: "https://a/", duration: "1:2:3" }, { kind: "video", title: "A", url: "https://a/", duration: 105 },
      { kind: "video", title: "A", url: "https://a/", src: "a.mp4" }, { kind: "audio", url: "https://a/" }, { kind: "audio", title: "A" },
      { kind: "image", src: "/logo.svg", alt: "A", credit: "AP" }, { kind: "image", src: "/logo.svg", alt: "A" }, { kind: "image", url: "https://a/", alt: "A", credit: "AP" },
      { title: "A" }, "a.jpg",
    ].map((media) => [media]),
    related: ["talks.md", { title: "A", url: "https://a/" }, { title: "A" }, { url: "https://a/" }, { title: "A", url: "https://a/", note: "b" }].map((one) => [one]),
    key_points: [["a"], ["a", "b", "c", "d", "e"], ["a", "b", "c", "d", "e", "f"], ["x".repeat(501)], [""]],
    corrections: [{ date: "2018-01-02", text: "A" }, { date: "2018-01-02", text: "A", kind: "refile" }, { date: "2018-01-02", text: "A", kind: "typo" }, { text: "A" }].map((one) => [one]),
    extra: [{ a: null }, {}, { a: [1, { b: true }] }, [], "a"],
    iptc: ["20000056", 20000056, "medtop:20000056", "01000000", "2000005", "200000567", "medtop: 20000056", "subj:20000056", "politics", 100_000_000].map((one) => [one]),
    notes: ["x", "x".repeat(20_000), "x".repeat(20_001)],
  },
  topic: {
    iptc: ["20000056", 20000056, "medtop:01000000", "politics"],
    wikidata: ["Q1", "Q", "q1", "Q1a", " Q1"],
    name: ["A", { en: "A" }, { en: "A", ar: "B" }, { english: "A" }, { en: "" }, { en: ["A"] }, { "pt-BR": "A" }, { "en_GB": "A" }],
    reviewed: ["2017-11-22", "2017-11", "2017-11-22T14:30"],
    status: ["easing", "eased"],
    order: [1, 10_000, 10_001, 0],
  },
  site: {
    base_url: ["https://example.org/", "http://localhost", "https://example.org:8000/a", "httpS://example.org/", "HTTP://example.org/", "mailto:a@b", "https://a/?b", "https://a/#b", "https://?", "https://", "example.org", "https://münchen.example/", "https://xn--mnchen-3ya.example", "https://desk@example.org/", "https://a-.example/", "https://a..example/", "https://example.org:0/", "https://example.org:65535", "https://example.org:65536/", "https://example.org:/", "https://[::1]:80/", "https://[1]/", "https://example.org//", "https://example.org/a//b", "https://example.org/a/../b", "https://example.org/.a/...", "https://example.org/a%20b/", "https://example.org/50%/", "https://example.org/é/"],
    time_zone: ["UTC", "Europe/Berlin", "europe/berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "Berlin", "UTC+1", "Europe/Berln"],
    policy: ["example.org", "https://*.example.org:8000/a_b", "a", "x; script-src *", "a.b c", "é.org"].map((host) => [host]),
    languages: [["en"], ["en", "en"], ["english"], [], "en"],
    since: [1, 9999, 10_000],
    editors: [{ dj: { name: "D. J." } }, { dj: { names: "D. J." } }, { dj: "D. J." }],
    nav: [[{ title: "A", url: "https://a/" }], [{ title: "A" }]],
    vocabulary: ["open", "closed", "Open"],
    feeds: [{ items: 5 }, { items: 501 }, {}],
  },
};

const AROUND = {
  "content/site.yaml": { title: "Dateline", base_url: "https://example.org/", languages: ["en"] },
  "content/agencies.yaml": [{ name: "AP", full_name: "The Associated Press", aliases: ["A.P."] }],
  "content/topics/syria.md": { name: "Syria", aliases: ["Сирия"] },
  "content/topics/cote.md": { name: "Côte d’Ivoire (west)" },
};
const BRIEF = { title: "Talks", date: "2017-11-22", topics: ["Syria"], agencies: ["AP"] };

// JSON is YAML, and says of every value what it is.
const written = (path, value) => (path.endsWith(".yaml") ? `${JSON.stringify(value)}\n` : `---\n${JSON.stringify(value)}\n---\nText.\n`);

// The codes by which a reader says that a value's form is wrong.
const isOfForm = (code) => /^E02/.test(code) && !["E0215", "E0216", "E0223", "E0224"].includes(code) || ["E0401", "E0402"].includes(code);

// What the real reader says of the files of a site, by file.
function readerSays(root) {
  const run = spawnSync(DATELINE, ["build", "--root", root, "--now", "2026-01-01T00:00:00Z", "--all", "--message-format", "json"], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.ok([0, 1].includes(run.status), run.stderr);
  const refused = new Map();
  for (const line of run.stdout.split("\n").filter((line) => line.startsWith("{"))) {
    const { file, code, message } = JSON.parse(line);
    if (isOfForm(code)) refused.set(file, `${code}: ${message}`);
    assert.ok(!code.startsWith("E01"), `${file} was not read: ${message}`);
  }
  return refused;
}

test("reader and schema agree on the form of every value", () => {
  const wrong = [];
  let values = 0;
  const compare = (site, checked) => {
    const root = onDisk(new Map([...Object.entries({ ...AROUND, ...site }).map(([path, value]) => [path, written(path, value)]), ["static/logo.svg", "<svg/>"], ["content/briefs/talks.md", written("talks.md", BRIEF)]]));
    const [of, refused] = [schemas(root), readerSays(root)];
    for (const [path, value] of checked) {
      values += 1;
      const errors = of(subject(path))(value);
      const [reader, schema] = [refused.get(path), errors[0] && `${where(errors[0])} ${errors[0].message}`];
      if (Boolean(reader) !== Boolean(schema)) wrong.push(`${JSON.stringify(value)}: the reader says ${reader ?? "nothing"}, the schema ${schema ?? "nothing"}`.slice(0, 600));
    }
  };
  const files = (kind, folder, around) => Object.entries(FORMS[kind]).flatMap(([key, all]) => all.map((value, index) => [`content/${folder}/${key.replaceAll("_", "-")}-${index}.md`, { ...around, [key]: value }]));
  const briefs = files("brief", "briefs", BRIEF);
  compare(Object.fromEntries(briefs), briefs);
  const topics = files("topic", "topics", { name: "A" });
  compare(Object.fromEntries(topics), topics);
  for (const [key, all] of Object.entries(FORMS.site)) {
    for (const value of all) {
      const site = { ...AROUND["content/site.yaml"], [key]: value };
      compare({ "content/site.yaml": site }, [["content/site.yaml", site]]);
    }
  }
  assert.ok(values > 250, `only ${values} values`);
  nothing(wrong);
});
