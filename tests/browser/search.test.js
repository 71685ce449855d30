// Search as a reader uses it, in a real browser: words marked, phrases, filters, the keyboard, the address, from a
// disk, without script, in an English and a right-to-left site with Arabic and Korean briefs.

import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { browser, build, files, nothing, scratch, serve, tab } from "./site.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
let chromium;
const sites = {};

// A site in which what is found is known: 30 briefs on talks over three years, and a few that tests name.
function archive(language) {
  const root = scratch();
  const write = (path, text) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("content/site.yaml", `title: Desk\nbase_url: https://example.org/\nlanguages: [${language}]\n`);
  write("content/agencies.yaml", "- name: AP\n- name: Reuters\n");
  write("content/topics/talks.md", "---\nname: Peace talks\n---\n");
  write("content/topics/harbour.md", "---\nname: Harbour\n---\n");
  const brief = (name, date, title, topic, agency, text, more = "") =>
    write(`content/briefs/${name}.md`, `---\ntitle: "${title}"\ndate: ${date}\ntopics: [${topic}]\nagencies: [${agency}]\n${more}---\n\n${text}\n`);
  for (let number = 0; number < 30; number++) {
    const day = String(1 + (number % 28)).padStart(2, "0");
    brief(`n${number}`, `${2015 + (number % 3)}-0${1 + (number % 9)}-${day}`, `Envoys meet, round ${number}`, "Peace talks", number % 2 ? "AP" : "Reuters", `The ceasefire held on day ${number}.`);
  }
  brief("crane", "2017-11-22", "Crane <falls> & stops the port", "Harbour", "AP", "Nobody was hurt when the *old* crane fell into the water. Work resumes on Monday.");
  brief("old", "2016-03-04", "Port opens", "Harbour", "Reuters", "The crane is not old, they said.");
  brief("gone", "2017-05-05", "A withdrawn headline", "Harbour", "AP", "Secretword.", "status: withdrawn\nwithdrawn: {date: 2017-05-06, reason: It was wrong.}\n");
  brief("over", "2017-05-07", "An expired headline", "Harbour", "AP", "Pastword.", "expires: 2018-01-01T00:00:00Z\n");
  brief("arabic", "2017-06-01", "استئناف المحادثات في جنيف", "Peace talks", "AP", "قالت الحكومة السورية إن المحادثات مستمرة.");
  brief("korean", "2017-06-02", "북한 대통령은 회담을 연다", "Peace talks", "Reuters", "서울에서 회담이 열린다.");
  return build(root);
}

before(async () => {
  chromium = await browser();
  for (const language of ["en", "ar"]) sites[language] = await served(language);
});
async function served(language) {
  const folder = archive(language);
  return { folder, server: await serve(folder) };
}
after(async () => {
  await chromium.close();
  Object.values(sites).forEach(({ server }) => server.close());
});

// Opens the search page of a site with a query in its address.
async function opened(language = "en", query = "", options = {}) {
  const { server } = sites[language];
  const context = await chromium.newContext({ viewport: { width: 800, height: 900 }, ...options });
  const { page, wrong } = await tab(context, server.address);
  await page.goto(`${server.address}search.html${query}`);
  return { page, wrong, close: async () => { await context.close(); nothing(wrong); } };
}
const said = (page, text) => page.waitForFunction((text) => document.getElementById("found").textContent === text, text);
const headlines = (page) => page.locator("#results a").allTextContents();

test("what is typed is found while typing, marked, counted, and in the address", async () => {
  const { page, close } = await opened();
  await page.locator("#q").pressSequentially("cran");
  await said(page, "Found: 2");
  assert.deepEqual(await headlines(page), ["Crane <falls> & stops the port", "Port opens"]);
  assert.deepEqual(await page.locator("#results mark").allTextContents(), ["Crane"]);
  assert.equal(await page.locator("#results li").first().locator("time").textContent(), "22 Nov 2017");
  assert.match(page.url(), /search\.html\?q=cran$/);
  assert.equal(await page.locator("#browse").isVisible(), false);
  assert.equal(await page.locator("#found").getAttribute("role"), "status");
  await page.locator("#results a").first().click();
  assert.match(page.url(), /2017\/11\/22\/crane\.html$/);
  await page.goBack();
  await said(page, "Found: 2");
  await page.locator("#q").fill("");
  await page.locator("#browse").waitFor();
  assert.deepEqual(await headlines(page), []);
  await close();
});

test("phrases are confirmed in the text, a minus leaves out, nothing is said to be nothing", async () => {
  const { page, close } = await opened();
  const finds = async (query, count, expected) => {
    await page.locator("#q").fill(query);
    await page.keyboard.press("Enter");
    // The last query may have found as many: its rows stay until the new ones are there.
    const shown = ([expected]) => {
      const rows = [...document.querySelectorAll("#results a")].map((row) => row.textContent);
      return JSON.stringify(rows) === JSON.stringify(expected);
    };
    await page.waitForFunction(shown, [expected]).catch(() => {});
    assert.deepEqual(await headlines(page), expected, query);
    await said(page, count);
  };
  await finds("old crane ", "Found: 2", ["Crane <falls> & stops the port", "Port opens"]);
  await finds('"old crane"', "Found: 1", ["Crane <falls> & stops the port"]);
  await finds('crane -"old crane"', "Found: 1", ["Port opens"]);
  await finds("crane -Monday", "Found: 1", ["Port opens"]);
  await finds('"crane old"', "Nothing found.", []);
  await finds("zzzz", "Nothing found.", []);
  await finds("Secretword", "Nothing found.", []);
  await finds("Pastword", "Nothing found.", []);
  await finds("withdrawn", "Found: 1", ["A withdrawn headline"]);
  assert.equal(await page.locator("#results b").textContent(), "Withdrawn");
  await close();
});

test("ten at a time, the newest year first", async () => {
  const { page, close } = await opened("en", "?q=ceasefire");
  await said(page, "Found so far, back to 2017: 10");
  assert.deepEqual((await headlines(page)).length, 10);
  await page.locator("#older").click();
  await said(page, "Found so far, back to 2016: 20");
  assert.equal(await page.evaluate(() => document.activeElement.closest("li").previousElementSibling === document.querySelectorAll("#results li")[9]), true);
  await page.locator("#older").click();
  await said(page, "Found: 30");
  assert.equal(await page.locator("#older").isVisible(), false);
  const years = await page.locator("#results time span").allTextContents();
  assert.deepEqual(years, ["2017", "2016", "2015"]);
  await close();
});

test("counts and years stand in the digits of the page's language", async () => {
  for (const [language, found, year] of [["fa", /۱۰/, "۲۰۱۷"], ["bn", /১০/, "২০১৭"], ["ur", /10/, "2017"], ["ar", /10/, "2017"]]) {
    sites[language] ??= await served(language);
    const { page, close } = await opened(language, "?q=ceasefire");
    await page.waitForFunction(() => document.querySelectorAll("#results a").length === 10);
    const said = await page.locator("#found").textContent();
    assert.match(said, found);
    assert.ok(said.includes(year), said);
    assert.equal(await page.locator("#results time span").first().textContent(), year);
    assert.equal(await page.locator("#year option").nth(1).textContent(), year);
    await page.locator("#year").selectOption("2016");
    await page.waitForFunction(() => location.search.includes("year=2016") && document.querySelectorAll("#results a").length === 10);
    await close();
  }
});

test("filters by topic, agency and year, also without words", async () => {
  const { page, close } = await opened("en", "?topic=harbour&agency=ap");
  await said(page, "Found: 2");
  assert.equal(await page.locator("#topic").inputValue(), "harbour");
  await page.locator("#agency").selectOption("Reuters");
  await said(page, "Found: 1");
  assert.match(page.url(), /\?topic=harbour&agency=reuters$/);
  await page.locator("#topic").selectOption("");
  await page.locator("#year").selectOption("2016");
  await page.locator("#q").fill("ceasefire");
  await said(page, "Found: 5");
  assert.match(page.url(), /\?q=ceasefire&agency=reuters&year=2016$/);
  await close();
});

test("the keyboard goes from the field through the results and back", async () => {
  const { page, close } = await opened("en", "?q=crane");
  await said(page, "Found: 2");
  await page.locator("#q").focus();
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent);
  const walk = [];
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "Escape"]) {
    await page.keyboard.press(key);
    walk.push(await focused());
  }
  const [first, second] = ["Crane <falls> & stops the port", "Port opens"];
  assert.deepEqual(walk, [first, second, second, first, "q", first, "q"]);
  await close();
});

test("Arabic and Korean are found in a right-to-left site", async () => {
  const { page, close } = await opened("ar");
  for (const [query, headline, mark] of [
    ["الحكومه السوريّة", "استئناف المحادثات في جنيف", null],
    ["إستئناف", "استئناف المحادثات في جنيف", "استئناف"],
    ["대통령", "북한 대통령은 회담을 연다", "대통령"],
    ["서울", "북한 대통령은 회담을 연다", null],
  ]) {
    await page.locator("#q").fill(query);
    await page.waitForFunction((headline) => document.querySelector("#results a")?.textContent === headline, headline);
    if (mark) assert.equal(await page.locator("#results mark").first().textContent(), mark);
  }
  assert.equal(await page.evaluate(() => document.documentElement.dir), "rtl");
  await close();
});

test("from a disk it works, and says what it cannot do there", async () => {
  const context = await chromium.newContext();
  const page = await context.newPage();
  const address = pathToFileURL(join(sites.en.folder, "search.html")).href;
  await page.goto(`${address}?q=crane`);
  await said(page, "Found: 2");
  await page.locator("#q").fill('"crane old"');
  await said(page, "Found: 2 Here the text of briefs cannot be read, so words in quotation marks may stand apart.");
  await context.close();
});

test("without the index it says so and shows the ways to browse", async () => {
  const folder = archive("en");
  files(folder).filter((path) => path.startsWith("search/2017/")).forEach((path) => rmSync(join(folder, path)));
  const server = await serve(folder);
  const page = await chromium.newPage();
  await page.goto(`${server.address}search.html?q=crane`);
  await said(page, "The index of the archive cannot be read here. These are the ways to browse:");
  assert.ok(await page.locator("#browse").isVisible());
  await page.close();
  server.close();
});

test("an index that changed meanwhile is read anew", async () => {
  const { page, close } = await opened();
  await page.route("**/search/years.js?", (route) => route.fulfill({ contentType: "text/javascript", body: 'dateline.put("years","",[["2017","00000000",2,1,1]])' }));
  await page.locator("#q").fill("crane");
  await said(page, "Found: 2");
  await close();
});

test("without script there are the ways to browse and no field", async () => {
  const { page, close } = await opened("en", "", { javaScriptEnabled: false });
  assert.equal(await page.locator("#q").isVisible(), false);
  assert.ok(await page.locator("#browse a").first().isVisible());
  assert.ok(await page.locator("noscript p").isVisible());
  await close();
});

test("the first ten results of a small site cost little", async () => {
  const { server } = sites.en;
  const page = await chromium.newPage();
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto(`${server.address}search.html?q=ceasefire`);
  await said(page, "Found so far, back to 2017: 10");
  const index = loaded.filter((path) => path.startsWith("/search/")).sort();
  assert.deepEqual(index.map((path) => path.replace(/\d+\.js$/, "N.js")), ["/search/2017/N.js", "/search/2017/bN.js", "/search/years.js"]);
  await page.close();
});

for (const language of ["en", "ar"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing, and nothing is too wide: ${language}, ${colorScheme}`, async () => {
      const found = [];
      for (const width of [320, 800, 1400]) {
        const { page, close } = await opened(language, "?q=ceasefire", { viewport: { width, height: 900 }, colorScheme });
        await page.waitForFunction(() => document.querySelectorAll("#results a").length === 10);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate((tags) => axe.run({ runOnly: tags }), TAGS);
        violations.forEach(({ id, nodes }) => nodes.forEach((node) => found.push(`${width}: ${id}: ${node.target.join(" ")} ${node.failureSummary}`)));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) found.push(`${width}: ${wide} px too wide`);
        await close();
      }
      nothing(found);
    });
  }
}
