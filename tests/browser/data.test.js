// Open data as others read it: ninjs by IPTC's own schema, NDJSON, CSV and JSON by what data.html promises.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import { build, EVERYTHING, files, nothing, OWN, read } from "./site.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const sites = { own: build(OWN), everything: build(EVERYTHING) };

const ajv = new Ajv2020({ allErrors: true, strict: false });
ajv.addFormat("uri", (text) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text));
ajv.addFormat("date-time", (text) => /T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)));
// What places look like on a map is another schema's, and none of ours has it.
ajv.addSchema({ $id: "https://geojson.org/schema/GeoJSON.json", not: {} });
const isNinjs = ajv.compile(JSON.parse(readFileSync(join(HERE, "ninjs-schema_3.0.json"), "utf8")));

const all = files(sites.everything, ".json").filter((path) => path.startsWith("ninjs/"));
const ninjs = (path) => JSON.parse(read(sites.everything, path));

test("every brief's ninjs is valid by IPTC's schema", () => {
  assert.ok(all.length >= 8, `${all.length} files`);
  nothing(all.flatMap((path) => (isNinjs(ninjs(path)) ? [] : isNinjs.errors.map((error) => `${path}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`))));
});

test("the schema would find what is wrong", () => {
  const good = ninjs(all[0]);
  for (const wrong of [{ extra: 1 }, { urgency: 0 }, { pubStatus: "killed" }, { uri: undefined }, { expires: "soon" }]) {
    assert.ok(!isNinjs(JSON.parse(JSON.stringify({ ...good, ...wrong }))), JSON.stringify(wrong));
  }
});

test("a brief's ninjs says what its page says", () => {
  const whole = ninjs("ninjs/2017/11/22/everything.json");
  assert.equal(whole.uri, "tag:example.org,2016:everything-for-ever");
  assert.equal(whole.versionCreated, "2017-11-25T00:00:00+01:00");
  assert.deepEqual(whole.infoSources.map((source) => source.literal).slice(0, 2), ["ap", "reuters"]);
  assert.equal(whole.renditions.length, 3);
  const withdrawn = ninjs("ninjs/2017/11/23/withdrawn.json");
  assert.equal(withdrawn.pubStatus, "canceled");
});

test("data.html describes every field that the briefs of a year have, and no other", () => {
  const found = new Set();
  let described = [];
  for (const [name, folder] of Object.entries(sites)) {
    const page = read(folder, "data.html");
    const fields = [...page.match(/id="briefs"[^]*?<\/dl>/)[0].matchAll(/<dt><code>(\w+)<\/code><\/dt>/g)].map((match) => match[1]);
    const defaults = [...page.match(/id="briefs"[^]*?<\/dl>/)[0].matchAll(/<dt><code>(\w+)<\/code><\/dt><dd>[^]*?<\/dd>/g)].filter(([row]) => row.includes(">??")).map((match) => match[1]);
    const years = files(folder, ".ndjson");
    assert.ok(years.length > 0);
    for (const path of years) {
      for (const line of read(folder, path).trimEnd().split("\n")) {
        const keys = Object.keys(JSON.parse(line));
        keys.forEach((key) => found.add(key));
        assert.deepEqual(keys, fields.filter((key) => keys.includes(key)), `${name}: ${path}`);
        assert.deepEqual(fields.filter((key) => !keys.includes(key) && !defaults.includes(key)), [], `${name}: ${path} leaves out what has no default`);
      }
    }
    const counts = read(folder, "data/counts.csv").trimEnd().split("\n").map((line) => line.trim().split(","));
    const columns = [...page.match(/id="counts"[^]*?<\/dl>/)[0].matchAll(/<dt><code>(\w+)<\/code><\/dt>/g)].map((match) => match[1]);
    assert.deepEqual(counts[0], columns);
    // The table beside them is of one edition.
    const briefs = years.filter((path) => path.startsWith("data/")).reduce((sum, path) => sum + read(folder, path).trimEnd().split("\n").length, 0);
    const total = counts.slice(1).filter(([, topic, agency]) => !topic && !agency).reduce((sum, row) => sum + Number(row[3]), 0);
    assert.equal(total, briefs, `${name}: counts and briefs`);
    described = fields;
  }
  nothing(described.filter((key) => !found.has(key)).map((key) => `no brief has \`${key}\``));
});

test("timelines have what TimelineJS needs, and ids that a page can have", () => {
  for (const folder of Object.values(sites)) {
    const timelines = files(folder, ".json").filter((path) => /timeline(-\d{4})?\.json$/.test(path));
    assert.ok(timelines.length > 2);
    for (const path of timelines) {
      const { title, events } = JSON.parse(read(folder, path));
      assert.ok(title.text.headline && Array.isArray(events), path);
      for (const event of events) {
        assert.ok(event.start_date.year > 0 && event.text.headline, path);
        assert.match(event.unique_id ?? "none", /^[a-z0-9-]+$/);
      }
      const ids = events.map((event) => event.unique_id).filter(Boolean);
      assert.equal(new Set(ids).size, ids.length, path);
    }
  }
});

test("citations have what CSL needs", () => {
  for (const folder of Object.values(sites)) {
    for (const path of files(folder, ".json").filter((path) => path.startsWith("data/citations-"))) {
      for (const item of JSON.parse(read(folder, path))) {
        assert.equal(item.type, "article-newspaper");
        assert.ok(item.id && item.title && item.URL.startsWith("https://") && item.issued["date-parts"][0].length === 3, path);
      }
    }
  }
});
