// What an editor sees while writing: the open page follows its sources.

import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { after, before, test } from "node:test";
import { desk, has, marked, open, own, preview, until } from "./live.js";
import { EVERYTHING, browser } from "./site.js";
import { tabs } from "./tabs.js";

const SOURCE = "content/briefs/2017/11/everything.md";
const BRIEF = "2017/11/22/everything.html";
const TOPIC = "topics/syria.html";

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

const ink = (page) => page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
const sheets = (page) => page.evaluate(() => {
  return [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => new URL(link.href).pathname);
});
const becomes = (page, colour) => until(async () => (await ink(page)) === colour, `the headline turns ${colour}`);

// What a tab is told comes in order: when a later stylesheet is there, everything before it was heard.
async function heard(live, page) {
  live.write("static/custom.css", "h1 {color: rgb(1, 2, 3)}");
  await becomes(page, "rgb(1, 2, 3)");
}

// A preview, and a window in which only one tab is seen. Its requests pass through here, so that it is known which
// pages listen.
async function desktop(context) {
  const live = await preview(EVERYTHING);
  const listening = [];
  const between = createServer((asked, answer) => {
    const page = new URL(asked.url, live.address).searchParams.get("page");
    if (page) listening.push(page);
    const onward = request(new URL(asked.url, live.address), { agent: false }, (reply) => {
      answer.writeHead(reply.statusCode, reply.headers);
      reply.pipe(answer);
    });
    answer.on("close", () => {
      if (page) listening.splice(listening.indexOf(page), 1);
      onward.destroy();
    });
    onward.on("error", () => answer.destroy());
    onward.end();
  });
  await new Promise((ready) => { between.listen(0, "127.0.0.1", ready); });
  const front = await tabs(`http://127.0.0.1:${between.address().port}/`);
  context.after(async () => {
    await front.close();
    between.closeAllConnections();
    between.close();
    await live.kill();
  });
  return { live, front, listening };
}

// Where what begins with a text is on the window.
const placeOf = (page, text) => page.evaluate((text) => {
  const all = [...document.querySelectorAll("main p, main h2, main li")];
  return Math.round(all.find((block) => block.textContent.startsWith(text)).getBoundingClientRect().top);
}, text);

test("an edited body is shown on the open page, and what was read stays where it was", async (t) => {
  const { live, page } = await desk(t, chromium, BRIEF);
  await page.evaluate(() => document.querySelector("#a-crosshead").scrollIntoView({ behavior: "instant" }));
  await page.evaluate(() => { history.scrollRestoration = "manual"; }); // this browser would see to it by itself
  const [crosshead, scrolled] = [await placeOf(page, "A crosshead"), await page.evaluate(() => scrollY)];
  assert.ok(scrolled > 300);
  live.edit(SOURCE, "A quotation.", "A quotation, changed.");
  await has(page, "A quotation, changed.");
  assert.equal(await marked(page), false);
  await until(async () => (await page.evaluate(() => scrollY)) === scrolled, "the place is kept");
  live.edit(SOURCE, "The first paragraph, ", `${"A paragraph that grows above. ".repeat(60)}\n\nThe first paragraph, `);
  await has(page, "A paragraph that grows above.");
  // A browser scrolls by whole pixels: what stands at half of one may move by it.
  await until(async () => Math.abs((await placeOf(page, "A crosshead")) - crosshead) <= 1, "what is read stays, though more is above");
  assert.ok((await page.evaluate(() => scrollY)) > scrolled + 100);
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  live.edit(SOURCE, "title: Everything", "title: Nearly everything");
  await has(page, "Nearly everything");
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test("another page's edit leaves the open page alone", async (t) => {
  const { live, page } = await desk(t, chromium, BRIEF, { change: (live) => live.write("static/custom.css", "h1 {color: red}") });
  live.edit("content/briefs/2016/a-year.md", "Text.", "Changed text.");
  await live.serves("2017/01/16/a-year.html", "Changed text.");
  await heard(live, page);
  assert.ok(await marked(page));
});

test("an edited headline is shown on its topic's page", async (t) => {
  const { live, page } = await desk(t, chromium, TOPIC);
  live.edit(SOURCE, "title: Everything", "title: Nearly everything");
  await has(page, "Nearly everything");
});

test("a changed stylesheet is exchanged without loading the page", async (t) => {
  const change = (live) => live.write("static/custom.css", "h1 {color: rgb(9, 9, 9)}");
  const { live, page } = await desk(t, chromium, BRIEF, { change });
  await becomes(page, "rgb(9, 9, 9)");
  const [theme, custom] = await sheets(page);
  live.write("static/custom.css", "h1 {color: rgb(1, 2, 3)}");
  await becomes(page, "rgb(1, 2, 3)");
  await until(async () => !(await sheets(page)).includes(custom), "the old link goes");
  const [same, next, ...more] = await sheets(page);
  assert.deepEqual([same, more], [theme, []]);
  assert.notEqual(next, custom);
  assert.ok(await marked(page));
});

test("a stylesheet saved again and again is there once, as it was last", async (t) => {
  const { live, page } = await desk(t, chromium, BRIEF, { change: (live) => live.write("static/custom.css", "h1 {color: red}") });
  for (let red = 1; red <= 20; red += 1) live.write("static/custom.css", `h1 {color: rgb(${red}, 0, 0)}`);
  await becomes(page, "rgb(20, 0, 0)");
  await until(async () => (await sheets(page)).length === 2, "one link for each stylesheet");
  assert.ok(await marked(page));
});

test("a site's own dateline.css is exchanged too, and a first custom.css comes by loading", async (t) => {
  const theme = (colour) => (live) => live.write("static/dateline.css", `h1 {color: ${colour}}`);
  const { live, page } = await desk(t, chromium, BRIEF, { change: theme("rgb(9, 9, 9)") });
  theme("rgb(4, 5, 6)")(live);
  await becomes(page, "rgb(4, 5, 6)");
  await until(async () => (await sheets(page)).length === 1, "the old link goes");
  assert.ok(await marked(page));
  live.write("static/custom.css", "h1 {color: rgb(1, 2, 3)}");
  await becomes(page, "rgb(1, 2, 3)");
  assert.equal(await marked(page), false);
});

test("two tabs follow, each its own page", async (t) => {
  const { live, tabs, page } = await desk(t, chromium, BRIEF);
  const second = await open(tabs, live, TOPIC);
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  await has(page, "The first paragraph, changed");
  live.edit(SOURCE, "title: Everything", "title: Nearly everything");
  await has(second, "Nearly everything");
  await has(page, "Nearly everything");
});

test("a server that was killed and started again finds its page, and what it missed", async (t) => {
  const { live, page } = await desk(t, chromium, BRIEF);
  await live.kill();
  await own(page, "xpath=self::*[@data-ended]").waitFor({ state: "attached" });
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  await live.again();
  await has(page, "The first paragraph, changed");
  live.edit(SOURCE, "paragraph, changed", "paragraph, changed twice");
  await has(page, "changed twice");
});

test("a hidden tab listens to nothing, and is right when it is looked at again", async (t) => {
  const { live, front, listening } = await desktop(t);
  const first = await front.open(BRIEF);
  await until(() => listening.join() === BRIEF, "the first tab listens");
  const second = await front.open("agencies.html");
  assert.equal(await first.evaluate("document.visibilityState"), "hidden");
  await until(() => listening.join() === "agencies.html", "the second listens, the first no longer");
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  await live.serves(BRIEF, "The first paragraph, changed");
  const shows = (tab) => tab.evaluate('document.querySelector("main").textContent.includes("paragraph, changed")');
  assert.equal(await shows(first), false);
  await first.toFront();
  await until(() => shows(first), "it shows what it missed");
  await until(() => listening.join() === BRIEF, "now the first alone listens");
  assert.equal(await second.evaluate("document.visibilityState"), "hidden");
});

test("with nine tabs open pages still load, and the one in front follows", async (t) => {
  const { live, front, listening } = await desktop(t);
  for (let opened = 0; opened < 8; opened += 1) await front.open(TOPIC);
  const ninth = await front.open(BRIEF);
  await until(() => listening.join() === BRIEF, "one listens");
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  const shows = 'document.querySelector("main").textContent.includes("paragraph, changed")';
  await until(() => ninth.evaluate(shows), "the page in front is right");
});

test("a page with another address leads there, and one that is deleted says so until it returns", async (t) => {
  const { live, page } = await desk(t, chromium, BRIEF);
  live.edit(SOURCE, "slug: everything", "slug: all-of-it");
  const notice = own(page, ".notice");
  await notice.getByText("This page no longer exists").waitFor();
  await notice.getByRole("link").click();
  await page.waitForURL(`${live.address}2017/11/22/all-of-it.html`);
  const copy = "content/briefs/2017/11/wire-copy.md";
  const text = live.read(copy);
  const other = await open(page.context(), live, "2017/11/22/wire-copy.html");
  live.remove(copy);
  await own(other, ".notice").getByText("This page no longer exists").waitFor();
  assert.equal(await own(other, ".notice a").count(), 0);
  assert.ok(await marked(other), "it can still be read");
  live.write(copy, text);
  await until(async () => (await own(other, ".notice").textContent()) === "", "the notice goes");
});

test("an address where nothing was shows what comes there", async (t) => {
  const { live, page } = await desk(t, chromium, "2017/11/27/to-come.html");
  assert.match(await page.textContent("h1"), /not found/i);
  live.write("content/briefs/2017/11/to-come.md", "---\ntitle: It came\ndate: 2017-11-27\ntopics: [Syria]\nagencies: [AP]\n---\nText.\n");
  await has(page, "It came");
});

test("back and forward show pages as they are now", async (t) => {
  const cached = await browser({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  t.after(() => cached.close());
  const live = await preview(EVERYTHING);
  t.after(() => live.kill());
  const page = await open(await cached.newContext(), live, BRIEF);
  await page.click(".kicker a");
  await page.waitForURL(`${live.address}${TOPIC}`);
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  await live.serves(BRIEF, "The first paragraph, changed");
  await page.goBack();
  await has(page, "The first paragraph, changed");
  live.edit(SOURCE, "title: Everything", "title: Nearly everything");
  await page.goForward();
  await has(page, "Nearly everything");
});
