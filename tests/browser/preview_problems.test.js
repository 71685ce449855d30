// What is wrong with the sources, as the open page says it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { desk, gone, has, marked, open, own, until } from "./live.js";
import { browser } from "./site.js";

const SOURCE = "content/briefs/2017/11/everything.md";
const BRIEF = "2017/11/22/everything.html";
const OTHER = "content/briefs/2017/11/own-reporting.md";
const TOPIC = "topics/syria.html";
const UNKNOWN = ["topics: [Syria]", "topics: [Siria]"];
const KNOWN = [...UNKNOWN].reverse();

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

test("an error is shown as in the terminal, over the last good edition, and goes when it is mended", async (t) => {
  const { live, page } = await desk(t, chromium, "2017/11/26/own-reporting.html");
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
  assert.equal(await problems.locator("code").evaluate((code) => getComputedStyle(code).whiteSpace), "pre", "the caret keeps its column");
  assert.equal(await problems.getByRole("heading").textContent(), "1 error: the last good edition is shown");
  const alert = await own(page, "[role=alert]").textContent();
  assert.equal(alert, "1 error: the last good edition is shown. error[E0401]: unknown topic `Siria`");
  assert.ok(await marked(page), "what is shown stays");
  assert.match(await page.textContent(".kicker"), /Syria/);
  live.edit(OTHER, ...KNOWN);
  await gone(problems);
  assert.equal(await own(page, "[role=alert]").textContent(), "");
});

test("errors reach every page, and while there are some no page changes", async (t) => {
  const { live, tabs, page } = await desk(t, chromium, BRIEF);
  live.edit(OTHER, ...UNKNOWN);
  await own(page, ".problems").waitFor();
  live.edit(SOURCE, "The first paragraph, ", "The first paragraph, changed, ");
  const second = await open(tabs, live, "agencies.html");
  await own(second, ".problems").waitFor();
  await second.goto(live.address + BRIEF);
  assert.doesNotMatch(await second.textContent("main"), /paragraph, changed/);
  live.edit(OTHER, ...KNOWN);
  await has(page, "The first paragraph, changed");
  await gone(own(second, ".problems"));
});

test("what is closed stays closed, on the next page too, until something else is wrong", async (t) => {
  const { live, page } = await desk(t, chromium, BRIEF);
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
  const { live, page } = await desk(t, chromium, BRIEF);
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
  const { live, page } = await desk(t, chromium, BRIEF);
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
  const { live, page } = await desk(t, chromium, BRIEF);
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
  const { live, page } = await desk(t, chromium, "2017/11/22/wire-copy.html", { change: (live) => live.write("templates/brief.html", template) });
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
  const { live, page } = await desk(t, chromium, BRIEF);
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
  const { live, page } = await desk(t, chromium, BRIEF, { change: (live) => live.edit(OTHER, ...UNKNOWN) });
  const heading = own(page, ".problems").getByRole("heading");
  assert.equal(await heading.textContent(), "1 error: what could be understood is shown");
  assert.ok(live.said.includes("1 error: what could be understood is shown"), live.said);
  await has(page, "The first paragraph");
  live.edit(OTHER, ...KNOWN);
  await gone(own(page, ".problems"));
  live.edit(OTHER, ...UNKNOWN);
  await heading.getByText("1 error: the last good edition is shown").waitFor();
});
