// Every page loads whole and by itself: at a server's root, below a folder, and from a disk.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { EDITIONS, EVERYTHING, LONG, OWN, browser, build, files, nothing, pages, read, serve, tab } from "./site.js";

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

// What a reader may follow from a page: every address inside the site, and the ids that it offers.
const survey = () => ({
  links: [...document.querySelectorAll("a[href]")].map((link) => link.href),
  ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
  headings: document.querySelectorAll("h1").length,
  styled: getComputedStyle(document.body).maxInlineSize !== "none",
});

async function visit(paths, address) {
  const context = await chromium.newContext();
  const { page, wrong } = await tab(context, address);
  const found = new Map();
  for (const path of paths) {
    await page.goto(address + path);
    found.set(path, await page.evaluate(survey));
  }
  await context.close();
  nothing(wrong);
  return found;
}

// Every link inside the site leads to a page, and to a place that the page has.
function check(found, address, folder) {
  const known = new Set(files(folder));
  const wrong = [];
  for (const [path, { links, headings, styled }] of found) {
    if (headings !== 1) wrong.push(`${path} has ${headings} h1`);
    if (!styled) wrong.push(`${path} has no stylesheet`);
    for (const link of links) {
      if (!link.startsWith(address)) {
        if (/^https?:\/\/(127|localhost)|^file:/.test(link)) wrong.push(`${path}: ${link} leaves the site`);
        continue;
      }
      const [to, place] = decodeURI(link.slice(address.length)).split("#");
      if (!known.has(to)) wrong.push(`${path}: there is no ${to}`);
      else if (place && !found.get(to)?.ids.includes(place)) wrong.push(`${path}: ${to} has no place ${place}`);
    }
  }
  nothing(wrong);
}

const PREFIXES = LONG ? ["/", "/a/b/"] : ["/a/b/"];
for (const [name, source, prefixes] of [["the repository's own site", OWN, PREFIXES], ["a site with everything", EVERYTHING, PREFIXES], ["four editions", EDITIONS, ["/a/b/"]]]) {
  describe(name, () => {
    for (const prefix of prefixes) {
      test(`every page loads at ${prefix}`, async () => {
        const folder = build(source, `https://example.org${prefix}`);
        const server = await serve(folder, prefix);
        try {
          check(await visit(pages(folder), server.address), server.address, folder);
        } finally {
          server.close();
        }
      });
    }

    test("every page loads from a disk", async () => {
      const folder = build(source);
      const address = `${pathToFileURL(folder)}/`;
      const paths = pages(folder).filter((path) => path !== "404.html"); // it alone links from a server's root
      check(await visit(paths, address), address, folder);
    });

    test("where it is published changes nothing but absolute addresses and the page for what is missing", () => {
      const bases = ["https://one.example/", "https://two.example/a/b/"];
      const [root, below] = bases.map((base) => build(source, base));
      const plain = (folder, path, base) => read(folder, path).replaceAll(base, "BASE/");
      const differing = pages(root).filter((path) => plain(root, path, bases[0]) !== plain(below, path, bases[1]));
      assert.deepEqual(differing, ["404.html"]);
    });
  });
}

test("versions of a page name each other, and themselves", () => {
  const base = "https://example.org/a/b/";
  const folder = build(OWN, base);
  const alternates = new Map(pages(folder).map((path) => {
    const links = read(folder, path).matchAll(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">/g);
    return [path, [...links].map(([, tag, address]) => [tag, address.slice(base.length) || "index.html"])];
  }));
  const named = (path) => path.replace(/(^|\/)$/, "$1index.html");
  const wrong = [];
  for (const [path, links] of alternates) {
    if (links.length > 0 && !links.some(([, to]) => named(to) === path)) wrong.push(`${path} does not name itself`);
    if (links.length === 1) wrong.push(`${path} names nothing but itself`);
    for (const [, to] of links) {
      const back = alternates.get(named(to));
      if (JSON.stringify(back) !== JSON.stringify(links)) wrong.push(`${path} and ${to} do not name the same`);
    }
  }
  nothing(wrong);
  const languages = (path) => alternates.get(path).map(([tag]) => tag);
  assert.deepEqual(languages("ar/2017/11/22/putin-trump-call.html").sort(), ["ar", "de", "en", "x-default"]);
  assert.deepEqual(languages("2013/03/07/financial-sanctions.html"), []);
});

test("an address that is not there, at any depth, shows a page with ways on", async () => {
  const folder = build(OWN, "https://example.org/a/b/");
  const server = await serve(folder, "/a/b/");
  const context = await chromium.newContext();
  try {
    const page = await context.newPage();
    const answer = await page.goto(`${server.address}2017/no/such/brief.html`);
    assert.equal(answer.status(), 404);
    assert.match(await page.textContent("h1"), /not found/i);
    const { links, styled } = await page.evaluate(survey);
    assert.ok(styled);
    assert.ok(links.includes(`${server.address}topics/syria.html`), links.join("\n"));
  } finally {
    await context.close();
    server.close();
  }
});

test("an old address leads to the new one", async () => {
  const folder = build(EVERYTHING, "https://example.org/a/b/");
  const server = await serve(folder, "/a/b/");
  const context = await chromium.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${server.address}old/address.html`);
    await page.waitForURL(`${server.address}2017/11/22/everything.html`);
  } finally {
    await context.close();
    server.close();
  }
});
