// The picture in the README: the front page of the repository's own site, 1400 px wide, light; under 200 kB.
//
//     node tests/browser/picture.js .github/site.png

import { OWN, browser, build, serve } from "./site.js";

const server = await serve(build(OWN));
const chromium = await browser();
const page = await chromium.newPage({ viewport: { width: 1400, height: 720 }, colorScheme: "light" });
await page.goto(server.address);
await page.screenshot({ path: process.argv[2] });
await chromium.close();
server.close();
