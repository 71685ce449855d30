// What an editor sees while writing: the open page follows its sources, and says what is wrong with them.

import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { after, before, test } from "node:test";
import { createServer, request } from "node:http";
import { preview, until } from "./live.js";
import { EVERYTHING, browser } from "./site.js";
import { tabs } from "./tabs.js";

const SOURCE = "content/briefs/2017/11/everything.md";
const BRIEF = "2017/11/22/everything.html";
const OTHER = "content/briefs/2017/11/own-reporting.md";
const TOPIC = "topics/syria.html";
const UNKNOWN = ["topics: [Syria]", "topics: [Siria]"];

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

// A preview with a page of it open, both for one test.
async function desk(context, path, options = {}) {
  const live = await preview(EVERYTHING, options);
  const tabs = await chromium.newContext({ viewport: { width: 800, height: 600 }, ...options.tabs });
  context.after(async () => {
    await tabs.close();
    await live.kill();
  });
  return { live, tabs, page: await open(tabs, live, path) };
}

// Opens a page, and marks its window: the mark is gone when it was loaded anew.
async function open(tabs, live, path) {
  const page = await tabs.newPage();
  await page.goto(live.address + path);
  await own(page, ".bar button, .problems button").first().waitFor();
  await page.evaluate(() => { window.mark = true; });
  return page;
}

const own = (page, selector) => page.locator("#dateline-preview").locator(selector);
const marked = (page) => page.evaluate(() => window.mark === true);
const has = (page, text) => until(async () => (await page.textContent("main")).includes(text), `${page.url()} shows ${text}`);
const gone = (locator) => locator.waitFor({ state: "hidden" });
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
async function window(context) {
  const live = await preview(EVERYTHING);
  const listening = [];
  const between = createServer((asked, answer) => {
    const page = new URL(asked.url, live.address).searchParams.get("page");
    const onward = request(new URL(asked.url, live.address), { agent: false }, (reply) => {
      if (page) listening.push(page);
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
  const desk = await tabs(`http://127.0.0.1:${between.address().port}/`);
  context.after(async () => {
    await desk.close();
    between.closeAllConnections();
    between.close();
    await live.kill();
  });
  return { live, desk, listening };
}

// --- the page follows its sources ---

test("an edited body is shown on the open page, at its place", async (t) => {
  const { live, page } = await desk(t, BRIEF);
  await page.evaluate(() => scrollTo(0, 700));
  assert.equal(await page.evaluate(() => scrollY), 700);
  live.edit(SOURCE, "The first paragraph, ", `${"A paragraph that grows above. ".repeat(40)}\n\nThe first paragraph, changed, `);
  await has(page, "The first paragraph, changed");
  assert.equal(await marked(page), false);
  await until(async () => (await page.evaluate(() => scrollY)) === 700, "the place is kept");
});

test("another page's edit leaves the open page alone", async (t) => {
  const { live, page } = await desk(t, BRIEF, { change: (live) => live.write("static/custom.css", "h1 {color: red}") });
  live.edit("content/briefs/2016/a-year.md", "Text.", "Changed text.");
  await live.serves("2017/01/16/a-year.html", "Changed text.");
  await heard(live, page);
  assert.ok(await marked(page));
});

test("an edited headline is shown on its topic's page", async (t) => {
  const { live, page } = await desk(t, TOPIC);
  live.edit(SOURCE, "title: Everything", "title: Nearly everything");
  await has(page, "Nearly everything");
});

test("a changed stylesheet is exchanged without loading the page", async (t) => {
  const change = (live) => live.write("static/custom.css", "h1 {color: rgb(9, 9, 9)}");
  const { live, page } = await desk(t, BRIEF, { change });
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
  const { live, page } = await desk(t, BRIEF, { change: (live) => live.write("static/custom.css", "h1 {color: red}") });
  for (let red = 1; red <= 20; red += 1) live.write("static/custom.css", `h1 {color: rgb(${red}, 0, 0)}`);
  await becomes(page, "rgb(20, 0, 0)");
  await until(async () => (await sheets(page)).length === 2, "one link for each stylesheet");
  assert.ok(await marked(page));
});

test("a site's own dateline.css is exchanged too, and a first custom.css comes by loading", async (t) => {
  const theme = (colour) => (live) => live.write("static/dateline.css", `h1 {color: ${colour}}`);
  const { live, page } = await desk(t, BRIEF, { change: theme("rgb(9, 9, 9)") });
  theme("rgb(4, 5, 6)")(live);
  await becomes(page, "rgb(4, 5, 6)");
  await until(async () => (await sheets(page)).length === 1, "the old link goes");
  assert.ok(await marked(page));
  live.write("static/custom.css", "h1 {color: rgb(1, 2, 3)}");
  await becomes(page, "rgb(1, 2, 3)");
  assert.equal(await marked(page), false);
});

test("two tabs follow, each its own page", async (t) => {
  const { live, tabs, page } = await desk(t, BRIEF);
  const second = await open(tabs, live, TOPIC);
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  await has(page, "The first paragraph, changed");
  live.edit(SOURCE, "title: Everything", "title: Nearly everything");
  await has(second, "Nearly everything");
  await has(page, "Nearly everything");
});

test("a server that was killed and started again finds its page, and what it missed", async (t) => {
  const { live, page } = await desk(t, BRIEF);
  await live.kill();
  await own(page, "xpath=self::*[@data-ended]").waitFor({ state: "attached" });
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  await live.again();
  await has(page, "The first paragraph, changed");
  live.edit(SOURCE, "paragraph, changed", "paragraph, changed twice");
  await has(page, "changed twice");
});

test("a hidden tab listens to nothing, and is right when it is looked at again", async (t) => {
  const { live, desk, listening } = await window(t);
  const first = await desk.open(BRIEF);
  await until(() => listening.join() === BRIEF, "the first tab listens");
  const second = await desk.open("agencies.html");
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
  const { live, desk, listening } = await window(t);
  for (let opened = 0; opened < 8; opened += 1) await desk.open(TOPIC);
  const ninth = await desk.open(BRIEF);
  await until(() => listening.join() === BRIEF, "one listens");
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  const shows = 'document.querySelector("main").textContent.includes("paragraph, changed")';
  await until(() => ninth.evaluate(shows), "the page in front is right");
});

test("a page with another address leads there, and one that is deleted says so until it returns", async (t) => {
  const { live, page } = await desk(t, BRIEF);
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
  const { live, page } = await desk(t, "2017/11/27/to-come.html");
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

// --- what is wrong ---

test("an error is shown as in the terminal, over the last good edition, and goes when it is mended", async (t) => {
  const { live, page } = await desk(t, "2017/11/26/own-reporting.html");
  live.edit(OTHER, ...UNKNOWN);
  const problems = own(page, ".problems");
  await problems.waitFor();
  const drawn = [
    "error[E0401]: unknown topic `Siria`",
    ` --> ${OTHER}:3:10`,
    "  |",
    "3 | topics: [Siria]",
    "  |          ^^^^^",
    "  |",
    "  = help: did you mean `Syria`?",
  ].join("\n");
  const shown = await problems.locator("pre").textContent();
  assert.ok(shown.startsWith(drawn), shown);
  assert.ok(live.said.includes(shown.trim()), `the terminal says the same: ${live.said}`);
  assert.equal(await problems.getByRole("heading").textContent(), "1 error: the last good edition is shown");
  const alert = await own(page, "[role=alert]").textContent();
  assert.equal(alert, "1 error: the last good edition is shown. error[E0401]: unknown topic `Siria`");
  assert.ok(await marked(page), "what is shown stays");
  assert.match(await page.textContent(".kicker"), /Syria/);
  live.edit(OTHER, ...[...UNKNOWN].reverse());
  await gone(problems);
  assert.equal(await own(page, "[role=alert]").textContent(), "");
});

test("errors reach every page, and while there are some no page changes", async (t) => {
  const { live, tabs, page } = await desk(t, BRIEF);
  live.edit(OTHER, ...UNKNOWN);
  await own(page, ".problems").waitFor();
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  const second = await open(tabs, live, "agencies.html");
  await own(second, ".problems").waitFor();
  await second.goto(live.address + BRIEF);
  assert.doesNotMatch(await second.textContent("main"), /paragraph, changed/);
  live.edit(OTHER, ...[...UNKNOWN].reverse());
  await has(page, "The first paragraph, changed");
  await gone(own(second, ".problems"));
});

test("what is closed stays closed, on the next page too, until something else is wrong", async (t) => {
  const { live, page } = await desk(t, BRIEF);
  const problems = own(page, ".problems");
  live.edit(OTHER, ...UNKNOWN);
  await problems.waitFor();
  await page.keyboard.press("Escape");
  await gone(problems);
  await page.goto(live.address + TOPIC);
  const said = own(page, ".said");
  await said.waitFor();
  assert.equal(await said.textContent(), "1 error");
  assert.ok(await problems.isHidden());
  live.edit(OTHER, "[Siria]", "[Syriah]");
  await problems.getByText("`Syriah`").first().waitFor();
  await problems.getByRole("button", { name: "Close" }).click();
  await gone(problems);
  assert.ok(await said.evaluate((button) => button === button.getRootNode().activeElement), "focus goes to the bar");
  await said.click();
  await problems.waitFor();
  live.edit(OTHER, "[Syriah]", "[Syria]");
  await gone(problems);
  await gone(said);
});

test("the keyboard passes through the panel, and out of it", async (t) => {
  const { live, page } = await desk(t, BRIEF);
  live.edit(OTHER, ...UNKNOWN);
  await own(page, ".problems").waitFor();
  const focused = () => page.evaluate(() => {
    const inner = document.activeElement?.shadowRoot?.activeElement;
    return inner ? inner.className || inner.textContent : document.activeElement.localName;
  });
  assert.equal(await focused(), "body", "it takes no focus");
  await page.locator("footer a").last().focus();
  const passed = [];
  for (let pressed = 0; pressed < 8; pressed += 1) {
    await page.keyboard.press("Tab");
    passed.push(await focused());
  }
  assert.deepEqual(passed.slice(0, 7), ["Close Esc", "scroll", "Copy", "Parts", "said", "hide", "body"]);
  for (let pressed = 0; pressed < 7; pressed += 1) await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(), "a", "and back into the page");
});

test("warnings open nothing; they wait in the bar", async (t) => {
  const { live, page } = await desk(t, BRIEF);
  live.write("templates/spare.html", "A template that no page uses.\n");
  const said = own(page, ".said");
  await said.waitFor();
  assert.match(await said.textContent(), /^\d+ warnings?$/);
  assert.ok(await own(page, ".problems").isHidden());
  await said.click();
  await own(page, ".problems").getByText("W0506").waitFor();
  live.edit("templates/spare.html", "no page", "no other page");
  await live.serves(BRIEF, "The first paragraph");
  assert.ok(await own(page, ".problems").isVisible(), "it stays while it is read");
  live.remove("templates/spare.html");
  await gone(said);
  assert.ok(await own(page, ".problems").isHidden());
  assert.ok(await marked(page));
});

test("a template that fails when it is printed is said on every page, and on its own if it was never good", async (t) => {
  const { live, page } = await desk(t, BRIEF);
  const broken = "{% extends \"default/brief.html\" %}{% block after %}{{ brief.headline.nothing.more }}{% endblock after %}\n";
  live.write("templates/brief.html", broken);
  const problems = own(page, ".problems");
  await problems.getByText("E0503").waitFor();
  assert.match(await problems.locator("pre").first().textContent(), /--> templates\/brief\.html:1:\d+\n/);
  assert.ok(await marked(page));
  live.edit("content/briefs/2016/a-year.md", "Text.", "Changed text.");
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  await live.serves(TOPIC, "<h1>Syria</h1>");
  await until(() => live.said.split("E0503").length > 2, "the terminal says it again");
  assert.ok(await problems.isVisible(), "another edit does not make it good");
  assert.ok(await marked(page));
  live.remove("templates/brief.html");
  await has(page, "The first paragraph, changed");
  await gone(problems);
});

test("a template that fails on one page alone is said there, and the page comes when it is mended", async (t) => {
  const only = "{% if \"Wire\" in title %}{{ title.nothing.more }}{% endif %}";
  const template = `{% extends "default/brief.html" %}{% block after %}${only}{% endblock after %}\n`;
  const { live, page } = await desk(t, "2017/11/22/wire-copy.html", { change: (live) => live.write("templates/brief.html", template) });
  await own(page, ".problems").getByText("E0503").waitFor();
  assert.match(await own(page, ".problems").getByRole("heading").textContent(), /this page cannot be printed/);
  await page.goto(live.address + BRIEF);
  await has(page, "The first paragraph");
  await page.goBack();
  await own(page, ".problems").waitFor();
  live.remove("templates/brief.html");
  await has(page, "Pasted as it came");
  await gone(own(page, ".problems"));
});

test("a site.yaml that is broken, deleted and restored", async (t) => {
  const { live, page } = await desk(t, BRIEF);
  const problems = own(page, ".problems");
  const text = live.read("content/site.yaml");
  live.write("content/site.yaml", `${text}title: [\n`);
  await problems.getByText("content/site.yaml").first().waitFor();
  live.remove("content/site.yaml");
  await problems.getByText("a site is a folder with `content/site.yaml`").waitFor();
  assert.ok(await marked(page));
  live.write("content/site.yaml", text.replace("title: World in Brief", "title: World in Short"));
  await gone(problems);
  await until(async () => (await page.title()).includes("World in Short"), "the new title");
});

test("an error at start-up shows what there is, and the site when it is mended", async (t) => {
  const { live, page } = await desk(t, BRIEF, { change: (live) => live.edit(OTHER, ...UNKNOWN) });
  const heading = own(page, ".problems").getByRole("heading");
  assert.equal(await heading.textContent(), "1 error: what could be understood is shown");
  assert.ok(live.said.includes("1 error: what could be understood is shown"), live.said);
  await has(page, "The first paragraph");
  live.edit(OTHER, ...[...UNKNOWN].reverse());
  await gone(own(page, ".problems"));
  live.edit(OTHER, ...UNKNOWN);
  await heading.getByText("1 error: the last good edition is shown").waitFor();
});

// --- the bar ---

test("a draft has a ribbon, another brief has none", async (t) => {
  const { live, page } = await desk(t, "2017/11/25/draft.html");
  assert.equal(await own(page, ".ribbon:visible").textContent(), "Draft");
  live.edit("content/briefs/2017/11/draft.md", "status: draft\n", "");
  await gone(own(page, ".ribbon"));
});

test("the bar names the source, copies it, and says what the page is made of", async (t) => {
  const { live, page } = await desk(t, BRIEF, { tabs: { permissions: ["clipboard-read", "clipboard-write"] } });
  const bar = own(page, ".bar");
  assert.equal(await bar.locator(".source").textContent(), SOURCE);
  assert.equal(await bar.locator("a").count(), 0);
  await bar.getByRole("button", { name: "Copy" }).click();
  await bar.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), SOURCE);
  const words = async () => Number(/(\d+) words/.exec(await bar.textContent())?.[1]);
  const before = await words();
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, four words longer now, ");
  await until(async () => (await words()) === before + 4, "four words more");
  await bar.getByText("Parts").click();
  assert.match(await bar.locator("dl").innerText(), /^layout\s+brief\.html\s/);
  assert.match(await bar.locator("dl").innerText(), /\nbrief\s+content\/briefs\/2017\/11\/everything\.md/);
  await page.goto(live.address + TOPIC);
  await bar.locator("dl").waitFor();
  assert.match(await bar.locator("dl").innerText(), /^layout\s+topic\.html\s/);
  await page.keyboard.press("Escape");
  await gone(bar.locator("dl"));
});

test("without the clipboard of a secure page the source is copied all the same", async (t) => {
  const { page } = await desk(t, BRIEF);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.evaluate(() => document.addEventListener("copy", () => { window.copied = true; }));
  await own(page, ".bar").getByRole("button", { name: "Copy" }).click();
  await own(page, ".bar").getByRole("button", { name: "Copied" }).waitFor();
  assert.ok(await page.evaluate(() => window.copied));
  assert.equal(await own(page, "textarea").count(), 0);
});

test("--editor-url makes links of the source and of what is wrong", async (t) => {
  const { live, page } = await desk(t, BRIEF, { flags: ["--editor-url", "vscode://file/{path}:{line}"] });
  const link = (place) => `vscode://file/${realpathSync(live.root)}/${place}`;
  assert.equal(await own(page, ".source a").getAttribute("href"), link(`${SOURCE}:1`));
  live.edit(OTHER, ...UNKNOWN);
  const wrong = own(page, ".problems a");
  await wrong.waitFor();
  assert.equal(await wrong.getAttribute("href"), link(`${OTHER}:3`));
  assert.equal(await wrong.textContent(), `${OTHER}:3:10`);
});

test("one key hides the bar, on the next page too, and brings it back", async (t) => {
  const { live, page } = await desk(t, BRIEF);
  const bar = own(page, ".bar");
  await page.keyboard.press("F2");
  await gone(bar);
  assert.equal(await own(page, ".foot").evaluate((foot) => foot.offsetHeight), 0);
  await page.goto(live.address + TOPIC);
  await own(page, ".bar button").first().waitFor({ state: "attached" });
  assert.ok(await bar.isHidden());
  await page.keyboard.press("F2");
  await bar.waitFor();
  await bar.getByRole("button", { name: "Hide" }).click();
  await gone(bar);
});

test("the bar covers neither the page's end nor what is focused", async (t) => {
  const { page } = await desk(t, BRIEF, { tabs: { viewport: { width: 360, height: 500 }, reducedMotion: "reduce" } });
  const below = () => page.evaluate(() => {
    const foot = document.querySelector("#dateline-preview").shadowRoot.querySelector(".foot").getBoundingClientRect();
    return document.activeElement.getBoundingClientRect().bottom <= foot.top + 0.5;
  });
  const links = await page.locator("main a, footer a").count();
  await page.locator("#content").focus();
  for (let pressed = 0; pressed < links - 1; pressed += 1) {
    await page.keyboard.press("Tab");
    if (!(await page.evaluate(() => document.activeElement.id === "dateline-preview"))) assert.ok(await below(), "focus is seen");
  }
  await page.evaluate(() => scrollTo(0, 1e6));
  const [end, top] = await page.evaluate(() => [
    document.querySelector("footer").getBoundingClientRect().bottom,
    document.querySelector("#dateline-preview").shadowRoot.querySelector(".foot").getBoundingClientRect().top,
  ]);
  assert.ok(end <= top + 0.5, `the page ends at ${end}, the bar begins at ${top}`);
});
