// Everyone can read it: WCAG 2.2 AA by axe in every width and colour scheme, narrow screens, the keyboard alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { EVERYTHING, OWN, browser, build, nothing, pages, read, serve } from "./site.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const WIDTHS = [360, 800, 1400];
const SCHEMES = ["light", "dark"];

// One page of each layout, and of each state that a layout can be in.
const LAYOUTS = {
  own: [
    "index.html", "2017/11/22/putin-trump-call.html", "timeline.html", "timeline/2017.html", "topics.html",
    "topics/syria.html", "topics/syria/2017.html", "agencies.html", "agencies/reuters.html",
    "agencies/reuters/2017.html", "about.html", "404.html", "corrections.html", "feeds.html", "data.html",
  ],
  everything: [
    "index.html", "2017/11/22/everything.html", "2017/11/23/withdrawn.html", "2017/11/24/expired.html",
    "2017/11/25/draft.html", "2017/11/26/own-reporting.html", "timeline.html", "timeline/2017.html",
    "timeline/2017-11.html", "timeline/2017-11-22.html", "topics/syria.html", "agencies/ap.html", "corrections.html",
    "corrections/2017.html",
  ],
};

let chromium;
const sites = {};
before(async () => {
  chromium = await browser();
  for (const [name, source] of Object.entries({ own: OWN, everything: EVERYTHING })) {
    const folder = build(source);
    sites[name] = { folder, server: await serve(folder) };
  }
});
after(async () => {
  await chromium.close();
  Object.values(sites).forEach(({ server }) => server.close());
});

const shown = (node) => `${node.target.join(" ")} ${node.failureSummary.split("\n").slice(1).join(";").trim()}`;

for (const [name, paths] of Object.entries(LAYOUTS)) {
  for (const scheme of SCHEMES) {
    for (const width of WIDTHS) {
      test(`axe finds nothing: ${name}, ${width} px, ${scheme}`, async () => {
        const context = await chromium.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
        const page = await context.newPage();
        const found = [];
        for (const path of paths) {
          const answer = await page.goto(sites[name].server.address + path);
          assert.equal(answer.status(), 200, path);
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags }), TAGS);
          for (const { id, nodes } of violations) nodes.forEach((node) => found.push(`${path}: ${id}: ${shown(node)}`));
        }
        await context.close();
        nothing(found);
      });
    }
  }
}

test("nothing is wider than a screen of 320 px", async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 800 } });
  const page = await context.newPage();
  const wide = [];
  for (const { folder, server } of Object.values(sites)) {
    for (const path of pages(folder)) {
      await page.goto(server.address + path);
      const { width, widest } = await page.evaluate(() => {
        const over = [...document.body.querySelectorAll("*")].find((element) => {
          const scrolled = element.parentElement.closest(".scroll, pre, table, svg");
          return !scrolled && element.getBoundingClientRect().right > innerWidth + 0.5;
        });
        return { width: document.documentElement.scrollWidth, widest: over && `<${over.localName} class="${over.className}">` };
      });
      if (width > 320) wide.push(`${path}: ${width} px, ${widest}`);
    }
  }
  await context.close();
  nothing(wide);
});

test("skip links come first, can be seen, and lead on by the keyboard", async () => {
  const context = await chromium.newContext({ viewport: { width: 800, height: 700 } });
  const page = await context.newPage();
  for (const path of ["index.html", "2017/11/22/putin-trump-call.html", "timeline.html"]) {
    for (const [turn, place] of ["content", "nav", "more"].entries()) {
      await page.goto(sites.own.server.address + path);
      for (let pressed = 0; pressed <= turn; pressed += 1) await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const { x, y, width, height } = document.activeElement.getBoundingClientRect();
        const top = document.elementFromPoint(x + width / 2, y + height / 2);
        return { to: document.activeElement.getAttribute("href"), seen: height >= 24 && top === document.activeElement };
      });
      assert.deepEqual(focused, { to: `#${place}`, seen: true }, path);
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => document.activeElement.id), place, path);
      await page.keyboard.press("Tab");
      const inside = await page.evaluate((id) => document.getElementById(id).contains(document.activeElement), place);
      assert.ok(inside, `${path}: Tab after #${place} goes on from there`);
    }
  }
  await context.close();
});

test("text can be set wider without being cut (WCAG 1.4.12)", async () => {
  const context = await chromium.newContext({ viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  const cut = [];
  for (const path of LAYOUTS.everything) {
    await page.goto(sites.everything.server.address + path);
    const found = await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} p {margin-block-end: 2em !important}");
      document.adoptedStyleSheets = [sheet];
      const hidden = [...document.body.querySelectorAll("*")].filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const clips = overflowX === "hidden" || overflowX === "clip" || overflowY === "hidden" || overflowY === "clip";
        return clips && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
      });
      return { width: document.documentElement.scrollWidth, hidden: hidden.map((element) => element.outerHTML.slice(0, 80)) };
    });
    if (found.width > 360 || found.hidden.length > 0) cut.push(`${path}: ${found.width} px ${found.hidden.join(" ")}`);
  }
  await context.close();
  nothing(cut);
});

test("every page says its language and has its landmarks", () => {
  for (const { folder } of Object.values(sites)) {
    for (const path of pages(folder)) {
      const html = read(folder, path);
      for (const wanted of [/<html lang="en" dir="ltr">/, /<main id="content"/, /<nav /, /<footer /, /<title>[^<]+<\/title>/]) {
        assert.match(html, wanted, path);
      }
    }
  }
});
