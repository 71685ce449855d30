// Every kind of page of a site, for the eye: at three widths, light, dark, on paper and in forced colours. A tall page
// comes in pieces that a screen shows whole, each to be looked at alone. A sheet for each mode and width shows the kinds
// side by side.
//
//     node tests/browser/screenshots.js OUT [SITE [LANGUAGE]]
//
// The repository's own site where no other is named, in its first language where no other is.
// It says what no eye is needed for: pages wider than the window.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { OWN, browser, build, pages, serve } from "./site.js";

const [out, site = OWN] = process.argv.slice(2, 4).map((path) => resolve(path));
const edition = process.argv[4] ? `${process.argv[4]}/` : "";
const WIDTHS = [320, 800, 1400];
const MODES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  print: { media: "print" },
  forced: { forcedColors: "active", colorScheme: "dark" },
};

// How tall a picture is at most, in pixels, and how many of a long page there are.
const TALLEST = 1200;
const PIECES = 6;

// The kinds of pages, by what their paths look like in an edition, and by what stands in them; of several the longest
// is taken.
const BRIEF = /^\d{4}\/\d\d\/\d\d\/[^/]+\.html$/;
const KINDS = {
  front: /^index\.html$/,
  brief: BRIEF,
  opened: BRIEF, // all that a click shows
  draft: [BRIEF, /class="brief draft/],
  withdrawn: [BRIEF, /class="brief withdrawn/],
  expired: [BRIEF, /class="brief expired/],
  timeline: /^timeline\.html$/,
  year: /^timeline\/\d{4}\.html$/,
  month: /^timeline\/\d{4}-\d\d\.html$/,
  day: /^timeline\/\d{4}-\d\d-\d\d\.html$/,
  topics: /^topics\.html$/,
  topic: /^topics\/[^/]+\.html$/,
  "topic-year": /^topics\/[^/]+\/\d{4}\.html$/,
  corrections: /^corrections\.html$/,
  feeds: /^feeds\.html$/,
  data: /^data\.html$/,
  agencies: /^agencies\.html$/,
  agency: /^agencies\/[^/]+\.html$/,
  "agency-year": /^agencies\/[^/]+\/\d{4}\.html$/,
  search: /^search\.html$/,
  standing: /^about\.html$/,
  missing: /^404\.html$/,
};

const folder = build(site, "http://127.0.0.1/");
const server = await serve(folder);
const chromium = await browser();
const paths = pages(folder);
const text = (path) => readFileSync(join(folder, path), "utf8");
const longest = (fitting) => fitting.sort((a, b) => text(b).length - text(a).length)[0];
const fits = (path, form, inside) => path.startsWith(edition) && form.test(path.slice(edition.length)) && (!inside || inside.test(text(path)));
const kinds = Object.entries(KINDS).map(([kind, forms]) => [kind, longest(paths.filter((path) => fits(path, ...[forms].flat())))]).filter(([, path]) => path);
// A word that the edition's newest headline has, to search for.
const word = (text(`${edition}index.html`).match(/<h2><a [^>]*>([^<]*)/)?.[1] ?? "a").replace(/&[^;]*;/g, " ").split(/[^\p{L}\p{N}]+/u).sort((a, b) => b.length - a.length)[0];
mkdirSync(out, { recursive: true });

for (const [mode, { media = "screen", ...options }] of Object.entries(MODES)) {
  for (const width of WIDTHS) {
    const context = await chromium.newContext({ viewport: { width, height: 900 }, ...options });
    const page = await context.newPage();
    await page.emulateMedia({ media, ...options });
    for (const [kind, path] of kinds) {
      await page.goto(server.address + path + (kind === "search" ? `?q=${encodeURIComponent(word)}` : ""));
      await page.evaluate(() => document.querySelectorAll("img").forEach((late) => (late.loading = "eager")));
      await page.waitForLoadState("networkidle");
      if (kind === "opened") await page.evaluate(() => document.querySelectorAll("details").forEach((hidden) => (hidden.open = true)));
      const [wide, tall] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]);
      if (wide > width) console.log(`${path}: ${wide} px wide at ${width}, ${mode}`);
      for (let piece = 0; piece < PIECES && piece * TALLEST < tall; piece += 1) {
        const clip = { x: 0, y: piece * TALLEST, width, height: Math.min(tall - piece * TALLEST, TALLEST) };
        const name = `${mode}-${width}-${kind}${piece > 0 ? `-${piece + 1}` : ""}.png`;
        await page.screenshot({ path: join(out, name), fullPage: true, clip, timeout: 120_000 });
      }
    }
    await context.close();
    await sheet(mode, width);
  }
}
await chromium.close();
server.close();

// The pictures of a mode and a width on one.
async function sheet(mode, width) {
  const shown = Math.min(width, 480);
  const pictures = kinds.map(([kind]) => `<img width="${shown}" src="${mode}-${width}-${kind}.png">`).join("");
  const file = join(out, `${mode}-${width}.html`);
  writeFileSync(file, `<!doctype html><style>body{margin:8px;display:flex;flex-wrap:wrap;gap:8px;align-items:start;background:#777}img{max-height:900px;object-fit:cover;object-position:top}</style>${pictures}`);
  const page = await chromium.newPage({ viewport: { width: 8 * (shown + 8) + 8, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: join(out, `${mode}-${width}.png`), fullPage: true });
  await page.close();
}
