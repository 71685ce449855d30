// Lighthouse, as a phone sees the repository's own site: accessibility, best practices and findability are whole, and
// what makes a page quick is held by budgets, since the score itself moves with the machine; it is printed.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import lighthouse from "lighthouse";
import { LONG, OWN, browser, build, files, serve } from "./site.js";

const WHOLE = ["accessibility", "best-practices", "seo"];

// How many bytes a page loads at most, as files hold them, and in how many requests: itself and its stylesheet; the page
// of search has a stylesheet and a script of its own. The icon, which a browser fetches when all else is done, is not
// counted.
const PAGES = [
  { name: "the front page", path: "", bytes: 40_000, requests: 2 },
  { name: "a brief", path: /^2017\/11\/22\/[^/]*\.html$/, bytes: 30_000, requests: 2 },
  { name: "a topic", path: "topics/syria.html", bytes: 40_000, requests: 2 },
  { name: "the timeline", path: "timeline.html", bytes: 45_000, requests: 2 },
  { name: "search", path: "search.html", bytes: 40_000, requests: 4 },
];

let chromium, port, server, folder;

before(async () => {
  port = await free();
  chromium = await browser({ args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), `--remote-debugging-port=${port}`] });
  folder = build(OWN);
  server = await serve(folder);
});

after(async () => {
  await chromium?.close();
  server?.close();
});

// A port that nobody listens at.
async function free() {
  const probe = createServer();
  await new Promise((ready) => probe.listen(0, "127.0.0.1", ready));
  const { port } = probe.address();
  await new Promise((closed) => probe.close(closed));
  return port;
}

// A run of each takes a while.
const LOOKED_AT = LONG ? PAGES : PAGES.filter(({ path }) => path !== "" && path !== "topics/syria.html");

for (const { name, path, bytes, requests } of LOOKED_AT) {
  test(`Lighthouse finds nothing at ${name}`, async (context) => {
    const at = typeof path === "string" ? path : files(folder, ".html").find((file) => path.test(file));
    const run = await lighthouse(server.address + at, { port, logLevel: "error", onlyCategories: [...WHOLE, "performance"] });
    const { audits, categories } = run.lhr;
    assert.equal(run.lhr.runtimeError, undefined);
    const lacking = WHOLE.flatMap((category) => categories[category].auditRefs)
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map(({ id }) => `${id}: ${audits[id].title} ${JSON.stringify(audits[id].details?.items ?? [])}`);
    assert.deepEqual(lacking, []);
    WHOLE.forEach((category) => assert.equal(categories[category].score, 1, category));

    const loaded = audits["network-requests"].details.items.filter(({ url }) => !/^data:|\/favicon\.svg$/.test(url));
    const weight = loaded.reduce((sum, { resourceSize }) => sum + resourceSize, 0);
    const blocking = (audits["render-blocking-resources"].details?.items ?? []).filter(({ url }) => url.endsWith(".js"));
    const slow = categories.performance.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score < 0.9).map(({ id }) => `${id} ${audits[id].displayValue}`);
    context.diagnostic(`performance ${categories.performance.score * 100}, ${loaded.length} requests, ${weight} bytes, first paint ${audits["first-contentful-paint"].displayValue} ${slow}`);
    assert.deepEqual(blocking, []);
    assert.equal(audits["cumulative-layout-shift"].numericValue, 0);
    assert.ok(loaded.length <= requests, `${loaded.length} requests: ${loaded.map(({ url }) => url).join(" ")}`);
    assert.ok(weight <= bytes, `${weight} bytes`);
  });
}
