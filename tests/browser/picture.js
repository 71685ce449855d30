// The pictures in the README, of the repository's own site; each under 150 kB.
//
//     node tests/browser/picture.js .github

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OWN, browser, build, serve } from "./site.js";

const folder = process.argv[2];
const server = await serve(build(OWN));
const chromium = await browser();

// A window onto a page, and what is done before the picture is taken.
async function picture(name, { address = server.address, width = 1400, height = 720, colorScheme = "light" }, first = async () => {}) {
  const page = await chromium.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(address);
  await first(page);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 90 });
  const bytes = Buffer.from(data, "base64");
  if (bytes.length >= 150_000) throw new Error(`${name} has ${bytes.length} bytes`);
  writeFileSync(join(folder, name), bytes);
  await page.close();
}

// Three telephones side by side, in place of what has no policy.
async function phones(page) {
  const paths = ["2017/11/22/putin-trump-call.html", "topics/syria.html", "timeline.html"];
  await page.setContent(`<style>body{margin:0;display:flex;gap:40px;justify-content:center;padding:30px;background:#d3d6d4}
    iframe{border:0;inline-size:360px;block-size:660px}</style>
    ${paths.map((path) => `<iframe src="${server.address}${path}" scrolling="no"></iframe>`).join("")}`);
  await page.waitForLoadState("networkidle");
}

await picture("site.webp", {});
await picture("timeline.webp", { address: `${server.address}timeline.html`, colorScheme: "dark" });
await picture("arabic.webp", { address: `${server.address}ar/index.html` });
await picture("phones.webp", { address: `${server.address}robots.txt` }, phones);
await chromium.close();
server.close();
