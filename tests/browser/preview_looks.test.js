// The preview's own things on a page: everyone can use them, the policy holds, and what is served is what is built.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import axe from "axe-core";
import stylelint from "stylelint";
import { own, preview, until } from "./live.js";
import { EVERYTHING, OWN, REPOSITORY, browser, build, files, nothing, pages, tab } from "./site.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const WIDTHS = [360, 800, 1400];
const SCHEMES = ["light", "dark"];
const DRAFT = "2017/11/25/draft.html";
const EDITOR = ["--editor-url", "vscode://file/{path}:{line}"];

// What the foot can show, and how it comes to that.
const STATES = {
  "the bar": async () => {},
  "the parts": (live, page) => own(page, "summary").click(),
  "the panel": async (live, page) => {
    live.edit("content/briefs/2017/11/own-reporting.md", "topics: [Syria]", "topics: [Siria]");
    await own(page, ".problems").waitFor();
  },
  "the panel and the parts": (live, page) => own(page, "summary").click(),
  "the notice": async (live, page) => {
    live.edit("content/briefs/2017/11/own-reporting.md", "topics: [Siria]", "topics: [Syria]");
    live.edit("content/briefs/2017/11/draft.md", "title: A draft", "title: A draft\nslug: elsewhere");
    await own(page, ".notice a").waitFor();
  },
};

const SITES = {
  English: () => {},
  Arabic: (live) => {
    live.edit("content/site.yaml", "languages: [en]", "languages: [ar]");
  },
};

let chromium;
before(async () => { chromium = await browser(); });
after(() => chromium.close());

// Goes through the states on one page, and hands each to `look`.
async function through(change, settings, look) {
  const live = await preview(EVERYTHING, { change, flags: EDITOR });
  const context = await chromium.newContext(settings);
  try {
    const page = await context.newPage();
    await page.goto(live.address + DRAFT);
    await own(page, ".bar button").first().waitFor();
    for (const [name, reach] of Object.entries(STATES)) {
      await reach(live, page);
      await look(page, name);
    }
  } finally {
    await context.close();
    await live.kill();
  }
}

for (const [name, change] of Object.entries(SITES)) {
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      test(`axe finds nothing in the preview: ${name}, ${width} px, ${colorScheme}`, async () => {
        const found = [];
        const direction = name === "Arabic" ? "rtl" : "ltr";
        await through(change, { colorScheme, viewport: { width, height: 900 } }, async (page, state) => {
          assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).direction), direction);
          const [band, ribbon] = await Promise.all([page.locator(".band"), own(page, ".ribbon")].map((one) => one.boundingBox()));
          assert.ok(direction === "rtl" ? ribbon.x === 0 : ribbon.x > band.x, "the ribbon is at the far end of the line");
          await page.evaluate(axe.source);
          const { violations, passes } = await page.evaluate((tags) => axe.run({ runOnly: tags }), TAGS);
          const inside = passes.some(({ nodes }) => nodes.some(({ target }) => target.flat().includes("#dateline-preview")));
          assert.ok(inside, "axe looks into the preview");
          for (const { id, nodes } of violations) nodes.forEach((node) => found.push(`${state}: ${id}: ${node.html}`));
        });
        nothing(found);
      });
    }
  }
}

test("at 320 px and with text set wider nothing goes past the screen, and all that is pressed is 24 px high", async () => {
  for (const change of Object.values(SITES)) {
    const wrong = [];
    await through(change, { viewport: { width: 320, height: 640 } }, async (page, state) => {
      for (const spacing of ["", "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"]) {
        const found = await page.evaluate((rules) => {
          const { shadowRoot } = document.querySelector("#dateline-preview");
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(rules);
          shadowRoot.adoptedStyleSheets = [sheet];
          const shown = [...shadowRoot.querySelectorAll("*")].filter((element) => element.checkVisibility() && !element.closest(".alert"));
          const boxes = shown.map((element) => [element, element.getBoundingClientRect()]);
          const over = boxes.filter(([element, box]) => !element.closest("pre") && (box.right > innerWidth + 0.5 || box.left < -0.5));
          const small = boxes.filter(([element, box]) => element.matches("button, summary, .source a") && box.height < 24);
          const outside = boxes.filter(([element, box]) => element.matches(".foot, .parts, header, button") && (box.top < 0 || box.bottom > innerHeight));
          const name = ([element, box]) => `<${element.localName} class="${element.className}"> ${Math.round(box.width)}×${Math.round(box.height)}`;
          const scrolls = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
          return [...scrolls, ...[...over, ...small, ...outside].map(name)];
        }, spacing);
        found.forEach((what) => wrong.push(`${state}: ${what}`));
      }
    });
    nothing(wrong);
  }
});

test("nothing of the preview is printed on paper", async () => {
  await through(() => {}, {}, async (page, state) => {
    await page.emulateMedia({ media: "print" });
    const seen = await page.evaluate(() => {
      const host = document.querySelector("#dateline-preview");
      const inside = [...host.shadowRoot.querySelectorAll("*")].filter((element) => !element.closest(".alert"));
      return [host, ...inside].filter((element) => element.getClientRects().length > 0).map((element) => element.outerHTML.slice(0, 80));
    });
    nothing(seen.map((what) => `${state}: ${what}`));
    await page.emulateMedia({ media: "screen" });
  });
});

test("the site's stylesheet does not reach into the preview", async () => {
  const css = "* {font: 40px/3 fantasy; letter-spacing: 1em; text-transform: uppercase} button {display: none} :root {--paper: red; --ink: red}";
  const live = await preview(EVERYTHING);
  const context = await chromium.newContext();
  try {
    const page = await context.newPage();
    const look = () => own(page, ".bar").evaluate((bar) => [...bar.querySelectorAll("button, span, summary")].map((element) => {
      const { font, letterSpacing, textTransform, color, display } = getComputedStyle(element);
      return [font, letterSpacing, textTransform, color, display];
    }));
    await page.goto(live.address + DRAFT);
    await own(page, ".bar button").first().waitFor();
    const plain = await look();
    live.write("static/custom.css", css);
    await until(() => page.evaluate(() => getComputedStyle(document.body).letterSpacing === "40px"), "the stylesheet is there");
    await own(page, ".bar button").first().waitFor();
    assert.deepEqual(await look(), plain);
  } finally {
    await context.close();
    await live.kill();
  }
});

for (const [name, source, base] of [["own", OWN, "https://example.org/a/b/"], ["everything", EVERYTHING, "https://example.org/"]]) {
  test(`every page keeps the policy and the console is silent: ${name}`, async () => {
    const live = await preview(source, { flags: ["--base-url", base] });
    const context = await chromium.newContext();
    try {
      const { page, wrong } = await tab(context, new URL("/", live.address).href);
      for (const path of pages(build(source, base))) {
        await page.goto(live.address + path);
        await own(page, ".bar button").first().waitFor();
      }
      nothing(wrong);
    } finally {
      await context.close();
      await live.kill();
    }
  });

  test(`what is served is what is built, but for one line: ${name}`, async () => {
    const folder = build(source, base);
    const live = await preview(source, { flags: ["--base-url", base] });
    const line = /<script src="\/\.dateline\/preview\.js"[^>\n]* defer><\/script>\n/;
    const differing = [];
    try {
      const all = files(folder).filter((path) => !path.startsWith("."));
      assert.ok(all.length > 20);
      for (const path of all) {
        const built = readFileSync(join(folder, path));
        const served = Buffer.from(await (await fetch(live.address + path)).arrayBuffer());
        if (!path.endsWith(".html")) {
          if (!served.equals(built)) differing.push(path);
        } else if (!line.test(served.toString()) || served.toString().replace(line, "") !== built.toString()) {
          differing.push(path);
        }
      }
    } finally {
      await live.kill();
    }
    nothing(differing);
  });
}

test("stylelint finds nothing in the preview's stylesheet, and its script is small and alone", async () => {
  const configFile = new URL("stylelint.json", import.meta.url).pathname;
  const { results } = await stylelint.lint({ files: join(REPOSITORY, "src/deliver/preview.css"), configFile });
  const wrong = results.flatMap(({ warnings, invalidOptionWarnings }) => [...warnings, ...invalidOptionWarnings]);
  nothing(wrong.map(({ line, text }) => `preview.css:${line}: ${text}`));
  const script = readFileSync(join(REPOSITORY, "src/deliver/preview.js"), "utf8");
  assert.ok(Buffer.byteLength(script) < 12_000, `${Buffer.byteLength(script)} bytes`);
  assert.doesNotMatch(script, /\bimport\b|https?:\/\/|innerHTML|\beval\b/);
});
