// The bar at the foot of the open page, and the ribbon of a draft.

import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { after, before, test } from "node:test";
import { desk, gone, own, until } from "./live.js";
import { browser } from "./site.js";

const SOURCE = "content/briefs/2017/11/everything.md";
const BRIEF = "2017/11/22/everything.html";
const OTHER = "content/briefs/2017/11/own-reporting.md";
const TOPIC = "topics/syria.html";
const UNKNOWN = ["topics: [Syria]", "topics: [Siria]"];

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

test("a draft has a ribbon, another brief has none", async (t) => {
  const { live, page } = await desk(t, chromium, "2017/11/25/draft.html");
  assert.equal(await own(page, ".ribbon:visible").textContent(), "Draft");
  live.edit("content/briefs/2017/11/draft.md", "status: draft\n", "");
  await gone(own(page, ".ribbon"));
});

test("the bar names the source, copies it, and says what the page is made of", async (t) => {
  const { live, page } = await desk(t, chromium, BRIEF, { tabs: { permissions: ["clipboard-read", "clipboard-write"] } });
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

test("a page that may not copy has no button for it", async (t) => {
  const { live, tabs } = await desk(t, chromium, BRIEF);
  const page = await tabs.newPage();
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.goto(live.address + BRIEF);
  await own(page, ".bar button").first().waitFor();
  assert.deepEqual(await own(page, ".bar button").allTextContents(), ["Hide F2"]);
});

test("--editor-url makes links of the source and of what is wrong", async (t) => {
  const { live, page } = await desk(t, chromium, BRIEF, { flags: ["--editor-url", "vscode://file/{path}:{line}"] });
  const link = (place) => `vscode://file/${realpathSync(live.root)}/${place}`;
  assert.equal(await own(page, ".source a").getAttribute("href"), link(`${SOURCE}:1`));
  live.edit(OTHER, ...UNKNOWN);
  const wrong = own(page, ".problems a");
  await wrong.waitFor();
  assert.equal(await wrong.getAttribute("href"), link(`${OTHER}:3`));
  assert.equal(await wrong.textContent(), `${OTHER}:3:10`);
});

test("one key hides the bar, on the next page too, and brings it back", async (t) => {
  const { live, page } = await desk(t, chromium, BRIEF);
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
  const { page } = await desk(t, chromium, BRIEF, { tabs: { viewport: { width: 360, height: 500 }, reducedMotion: "reduce" } });
  const below = () => page.evaluate(() => {
    const foot = document.querySelector("#dateline-preview").shadowRoot.querySelector(".foot").getBoundingClientRect();
    return document.activeElement.getBoundingClientRect().bottom <= foot.top + 0.5;
  });
  const links = await page.locator("main a, footer a").count();
  await page.locator("main a").first().focus();
  for (let pressed = 1; pressed < links - 1; pressed += 1) {
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
