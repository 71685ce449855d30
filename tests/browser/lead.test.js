// The brief that the repository's own site leads with, as a reader meets it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { OWN, browser, build, serve } from "./site.js";

const BRIEF = "2017/11/22/putin-trump-call.html";
const AGENCIES = { AP: "ap", Interfax: "interfax", Reuters: "reuters", dpa: "dpa", AFP: "afp" };
const TOPICS = { Syria: "syria", Ukraine: "ukraine", "North Korea": "north-korea" };

let chromium, server, page;
before(async () => {
  chromium = await browser();
  server = await serve(build(OWN, "https://example.org/a/b/"), "/a/b/");
  page = await chromium.newPage();
});
after(async () => {
  await chromium.close();
  server.close();
});

const links = (selector) => page.$$eval(selector, (all) => all.map((link) => [link.textContent, link.href]));
const inside = (terms, folder) => Object.entries(terms).map(([name, slug]) => [name, `${server.address}${folder}/${slug}.html`]);

test("its page has headline, dateline, topics and the credit in its order, each agency a link", async () => {
  await page.goto(server.address + BRIEF);
  assert.match(await page.textContent("h1"), /Syria, Ukraine and North Korea/);
  assert.match(await page.title(), /^.+ \| .+ \| .+ \| 22 November 2017$/);
  const dates = await page.$$eval(".dateline time", (all) => all.map((time) => [time.dateTime, time.textContent]));
  assert.deepEqual(dates, [["2017-11-22", "22 November 2017"], ["2017-11-21", "21 November 2017"]]);
  assert.deepEqual(await links(".kicker a"), inside(TOPICS, "topics"));
  assert.equal(await page.textContent(".credit"), "dj/cmk (AP, Interfax, Reuters, dpa, AFP)");
  assert.deepEqual(await links(".credit a"), inside(AGENCIES, "agencies"));
  assert.match(await page.textContent(".media"), /1:45/);
});

for (const [folder, terms] of [["topics", TOPICS], ["agencies", AGENCIES]]) {
  for (const [name, slug] of Object.entries(terms)) {
    test(`it stands on the page of ${name}`, async () => {
      await page.goto(`${server.address}${folder}/${slug}.html`);
      assert.match(await page.textContent("h1"), new RegExp(name === "dpa" ? "dpa|Deutsche Presse" : "."));
      const found = await links("main a");
      assert.ok(found.some(([, href]) => href === server.address + BRIEF));
    });
  }
}

test("it leads the front page", async () => {
  await page.goto(`${server.address}index.html`);
  const [[headline, href]] = await links(".lead h2 a");
  assert.match(headline, /Syria, Ukraine and North Korea/);
  assert.equal(href, server.address + BRIEF);
  assert.deepEqual(await links(".lead .credit a"), inside(AGENCIES, "agencies"));
});

for (const path of ["timeline.html", "timeline/2017.html"]) {
  test(`${path} has it at the day of the event, 21 November 2017`, async () => {
    await page.goto(server.address + path);
    const day = await page.$eval(`ol a[href$="${BRIEF}"]`, (link) => {
      let heading = link.closest("ol");
      while (heading && heading.tagName !== "H3") heading = heading.previousElementSibling;
      return heading?.id;
    });
    assert.equal(day, "2017-11-21");
  });
}

test("a reader walks from the front page to the brief, its topic and its year", async () => {
  await page.goto(server.address);
  await page.click(".lead h2 a");
  await page.click(".kicker a >> nth=0");
  assert.equal(page.url(), `${server.address}topics/syria.html`);
  await page.goBack();
  await page.click(".dateline a");
  assert.equal(page.url(), `${server.address}timeline/2017.html#2017-11-21`);
});
