// Everyone can read it: WCAG 2.2 AA by axe in every width and colour scheme, narrow screens, the keyboard alone.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { EDITIONS, EVERYTHING, LONG, OWN, browser, build, copy, nothing, pages, read, serve } from "./site.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const WIDTHS = [360, 800, 1400];
const SCHEMES = ["light", "dark"];

// In which widths and schemes axe looks.
const LOOKS = LONG ? WIDTHS.flatMap((width) => SCHEMES.map((scheme) => [width, scheme])) : [[360, "light"], [1400, "dark"]];

// One page of each layout, and of each state that a layout can be in.
const LAYOUTS = {
  own: [
    "index.html", "2017/11/22/putin-trump-call.html", "timeline.html", "timeline/2017.html", "topics.html",
    "topics/syria.html", "topics/syria/2017.html", "agencies.html", "agencies/reuters.html",
    "agencies/reuters/2017.html", "about.html", "404.html", "corrections.html", "feeds.html", "data.html",
    "de/2017/11/22/putin-trump-call.html", "ar/index.html",
    "ar/2017/11/22/putin-trump-call.html", "ar/topics/syria.html", "ar/timeline/2017.html",
  ],
  everything: [
    "index.html", "2017/11/22/everything.html", "2017/11/23/withdrawn.html", "2017/11/24/expired.html",
    "2017/11/25/draft.html", "2017/11/26/own-reporting.html", "timeline.html", "timeline/2017.html",
    "timeline/2017-11.html", "timeline/2017-11-22.html", "topics/syria.html", "agencies/ap.html", "corrections.html",
    "corrections/2017.html",
  ],
  editions: ["ar/", "ko/", "ru/"].flatMap((language) => [
    "index.html", "2017/11/22/harbour.html", "2016/05/11/rocks.html", "timeline.html", "timeline/2017.html",
    "timeline/2017-11.html", "timeline/2017-11-22.html", "topics.html", "topics/sea.html", "topics/sea/2017.html",
    "agencies.html", "agencies/reuters.html", "agencies/reuters/2017.html", "corrections.html", "corrections/2017.html",
    "search.html?q=" + { "ar/": "الميناء", "ko/": "항구", "ru/": "гавань" }[language], "feeds.html", "data.html", "about.html",
  ].map((path) => language + path)),
};

let chromium;
const sites = {};
before(async () => {
  chromium = await browser();
  for (const [name, source] of Object.entries({ own: OWN, everything: EVERYTHING, editions: EDITIONS })) {
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
  test(`axe finds nothing: ${name}, ${LOOKS.map(([width, scheme]) => `${width} px ${scheme}`).join(", ")}`, async () => {
    const context = await chromium.newContext();
    const page = await context.newPage();
    const found = [];
    for (const path of paths) {
      const answer = await page.goto(sites[name].server.address + path);
      assert.equal(answer.status(), 200, path);
      await page.evaluate(axe.source);
      for (const [width, colorScheme] of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags, resultTypes: ["violations"] }), TAGS);
        for (const { id, nodes } of violations) nodes.forEach((node) => found.push(`${path}, ${width} px, ${colorScheme}: ${id}: ${shown(node)}`));
      }
    }
    await context.close();
    nothing(found);
  });
}

// Elements that reach past the screen, but for those that scroll by themselves.
const tooWide = () => {
  const over = [...document.body.querySelectorAll("*")].find((element) => {
    const scrolled = element.parentElement.closest(".scroll, pre, table, svg");
    const { left, right } = element.getBoundingClientRect();
    return !scrolled && !element.closest(".skip") && (right > innerWidth + 0.5 || left < -0.5);
  });
  return { width: document.documentElement.scrollWidth, widest: over && `<${over.localName} class="${over.className}">` };
};

// A brief in English and Arabic that is too much of everything, at the top of its lists.
function immoderate() {
  const root = copy(OWN);
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const long = (word, length) => word.repeat(Math.ceil(length / word.length)).slice(0, length);
  const text = (sentence, word) => [
    `title: "${long(sentence, 400).trim()}"`, `summary: ${word}`, `key_points: [${word}]`, "place: " + word,
  ].join("\n");
  const [latin, arabic] = [long("immoderate", 300), long("كتاباتهم", 300)];
  const rest = ["date: 2018-03-01", "topics: [Syria, Ukraine, North Korea]", "agencies: [AP, Interfax, Reuters, dpa, AFP, UN]",
    `editors: [${latin}]`, "urgency: 1", "media:", `  - {kind: image, src: wide.svg, alt: A plan, caption: ${latin}, credit: ${latin}}`,
    "sources:", `  - {name: ${latin}, url: "https://example.org/${latin}"}`].join("\n");
  write("content/site.yaml", read(root, "content/site.yaml").replace(/^lead:.*$/m, "lead: 2018/03/immoderate.md"));
  write("content/briefs/2018/03/wide.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="500" viewBox="0 0 8 1"><path d="M0 0h8v1H0z"/></svg>');
  write("content/briefs/2018/03/immoderate.md", `---\n${text("A headline that does not end ", latin)}\n${rest}\n---\n## ${latin}\n\n${latin}\n\n> ${latin}\n\n![A plan](wide.svg)\n\n\`${latin}\`\n`);
  write("content/briefs/2018/03/immoderate.ar.md", `---\n${text("عنوان لا ينتهي ", arabic)}\n---\n${arabic}\n`);
  return build(root);
}

test("a headline of 400 characters, words of 300 and a picture of 4000 px stay in their places", async () => {
  const server = await serve(immoderate());
  const wrong = [];
  for (const width of [320, 800, 1400]) {
    const context = await chromium.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    for (const folder of ["", "ar/"]) {
      for (const path of ["2018/03/01/immoderate.html", "index.html", "topics/syria.html", "timeline/2018.html", "agencies/ap.html"]) {
        const answer = await page.goto(server.address + folder + path);
        assert.equal(answer.status(), 200, folder + path);
        const { width: wide, widest } = await page.evaluate(tooWide);
        if (wide > width || widest) wrong.push(`${folder}${path} at ${width} px: ${wide} px, ${widest}`);
      }
      await page.goto(`${server.address}${folder}2018/03/01/immoderate.html`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
      const opened = await page.evaluate(tooWide);
      if (opened.width > width || opened.widest) wrong.push(`${folder}, opened, at ${width} px: ${opened.width} px, ${opened.widest}`);
      const pictures = await page.$$eval(".text img", (all) => all.map((img) => [img.clientWidth / img.clientHeight, img.parentElement.clientWidth - img.clientWidth]));
      assert.equal(pictures.length, folder ? 1 : 2);
      for (const [shape, room] of pictures) {
        if (Math.abs(shape - 8) > 0.2 || room < 0) wrong.push(`${folder} at ${width} px: a picture of ${shape}:1, ${room} px of room`);
      }
      const headline = await page.textContent("h1");
      assert.ok([...headline].length > 390, headline);
    }
    await context.close();
  }
  server.close();
  nothing(wrong);
});

test("nothing is wider than a screen of 320 px", async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 800 } });
  const page = await context.newPage();
  const wide = [];
  for (const { folder, server } of Object.values(sites)) {
    for (const path of pages(folder)) {
      await page.goto(server.address + path);
      const { width, widest } = await page.evaluate(tooWide);
      if (width > 320) wide.push(`${path}: ${width} px, ${widest}`);
    }
  }
  await context.close();
  nothing(wide);
});

test("the formats of the feeds stand in the same columns of every table", async () => {
  const context = await chromium.newContext({ viewport: { width: 320, height: 800 } });
  const page = await context.newPage();
  for (const language of ["", "ar/", "ko/", "ru/"]) {
    await page.goto(`${sites.editions.server.address}${language}feeds.html`);
    const columns = await page.$$eval("main table", (tables) => tables.map((table) => [...table.rows[0].cells].map((cell) => Math.round(cell.getBoundingClientRect().left))));
    assert.equal(columns.length, 3);
    for (const each of columns) assert.deepEqual(each, columns[0], language);
    const broken = await page.$$eval("main td a", (links) => links.filter((link) => link.getClientRects().length > 1).map((link) => link.textContent));
    assert.deepEqual(broken, [], language);
  }
  await context.close();
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
      assert.equal(await page.evaluate(() => location.hash), `#${place}`, path);
      await page.keyboard.press("Tab");
      const inside = await page.evaluate((id) => document.getElementById(id).contains(document.activeElement), place);
      assert.ok(inside, `${path}: Tab after #${place} goes on from there`);
    }
  }
  await context.close();
});

// The links, buttons and fields of a page in the order of its source, but for those that are not shown, or are left to
// the pointer, since a link beside them leads there too.
const stops = () => {
  const all = [...document.querySelectorAll("a[href], summary, input, select, button, [tabindex='0'], audio, video")];
  const shown = all.filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && each.tabIndex >= 0);
  shown.forEach((each) => { each.dataset.stop = ""; });
  return shown.length;
};

// Which of them has the keyboard, and whether that can be seen: a line around it, on the screen, under nothing.
const stop = () => {
  const at = document.activeElement;
  if (!("stop" in at.dataset)) return { at: -1, html: at.outerHTML.slice(0, 80) };
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const [{ left, top, width, height }] = at.getClientRects();
  const over = document.elementFromPoint(Math.min(left + width / 2, innerWidth - 1), Math.min(top + height / 2, innerHeight - 1));
  const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && (at.contains(over) || Boolean(over?.contains(at)));
  return { at: [...document.querySelectorAll("[data-stop]")].indexOf(at), seen, html: at.outerHTML.slice(0, 80) };
};

test("the keyboard goes through all of a page in the order of its source, and can be seen on its way", async () => {
  const context = await chromium.newContext({ viewport: { width: 360, height: 700 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  const wrong = [];
  for (const path of LAYOUTS.editions) {
    await page.goto(sites.editions.server.address + path);
    if (path.includes("?q=")) await page.waitForSelector(".results li, ol a");
    const wanted = await page.evaluate(stops);
    assert.ok(wanted > 10, path);
    for (let next = 0; next < wanted; next += 1) {
      await page.keyboard.press("Tab");
      const { at, seen, html } = await page.evaluate(stop);
      if (at !== next || !seen) { wrong.push(`${path}: stop ${next} is ${at}, ${seen ? "seen" : "not seen"}: ${html}`); break; }
    }
  }
  await context.close();
  nothing(wrong);
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
      const language = path.match(/^(de|ar|ko|ru)\//)?.[1] ?? "en";
      for (const wanted of [new RegExp(`<html lang="${language}"${language === "ar" ? ' dir="rtl"' : ""}>`), /<main id="content"/, /<nav /, /<footer /, /<title>[^<]+<\/title>/]) {
        assert.match(html, wanted, path);
      }
    }
  }
});
