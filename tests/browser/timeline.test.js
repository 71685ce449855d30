// What readers see of time: plots whose numbers are their tables', and a filter that works by the stylesheet alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { EVERYTHING, OWN, browser, build, nothing, pages, read, serve } from "./site.js";

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

// A plot and its table: for each lane the number of its label, the sum of its column, and how many strokes it has. A
// lane whose briefs are all in one bin is one bar, and says no more than their number.
const plot = () => {
  const number = (text) => Number(text.replace(/[^0-9]/g, ""));
  const rows = [...document.querySelectorAll(".plot tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => number(cell.textContent)));
  const lanes = [...document.querySelectorAll(".plot .lane")];
  return lanes.map((lane, at) => {
    const [name, label] = [lane.querySelector("tspan").textContent, lane.querySelector("text").textContent];
    // The lane of a topic begins with its name; a lane that is alone, with its number of briefs.
    const rest = /^\d/.test(name) ? label : label.slice(name.length);
    const path = lane.querySelector("path:not(.key)");
    const { x, width } = path.getBoundingClientRect();
    const whole = lane.querySelector("line").getBoundingClientRect();
    return {
      name,
      label: number(rest.split(",")[0]),
      bars: rest.includes(","),
      column: rows.reduce((sum, row) => sum + row[at], 0),
      strokes: path.getAttribute("d").split("v").length - 1,
      inside: x >= whole.x - 3 && x + width <= whole.x + whole.width + 3,
    };
  });
};

test("every plot says what its table says", async () => {
  const context = await chromium.newContext({ viewport: { width: 800, height: 900 } });
  const page = await context.newPage();
  const wrong = [];
  let seen = 0;
  for (const { folder, server } of Object.values(sites)) {
    for (const path of pages(folder).filter((path) => read(folder, path).includes("<details><summary>The same numbers"))) {
      await page.goto(server.address + path);
      for (const { name, label, bars, column, strokes, inside } of await page.evaluate(plot)) {
        seen += 1;
        if (label !== column || (!bars && strokes !== label && strokes !== 1) || !inside) wrong.push(`${path}: ${name}: ${label} in its label, ${column} in the table, ${strokes} strokes, inside: ${inside}`);
      }
    }
  }
  await context.close();
  assert.ok(seen > 50, `${seen} lanes`);
  nothing(wrong);
});

// What can be seen of a chronology: headlines by their topics' line, months and silences.
const shown = () => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  return {
    briefs: seen(".chronology li").map((row) => row.querySelector("small").textContent),
    empty: seen(".chronology h2, .chronology h3").filter((heading) => ![...heading.parentElement.querySelectorAll("li")].some((row) => row.checkVisibility())).length,
    silences: seen(".silence").length,
    lanes: [...document.querySelectorAll(".lane")].map((lane) => getComputedStyle(lane).opacity),
  };
};

for (const javaScriptEnabled of [true, false]) {
  test(`topics are filtered ${javaScriptEnabled ? "with" : "without"} script, by the keyboard`, async () => {
    const context = await chromium.newContext({ viewport: { width: 1400, height: 900 }, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`${sites.own.server.address}timeline.html`);
    const all = await page.evaluate(shown);
    assert.equal(all.briefs.length, 29);
    assert.ok(all.silences >= 5, `${all.silences} silences`);
    const ticked = [];
    for (const [name, box] of [["Ukraine", 2], ["North Korea", 3]]) {
      await page.focus(`#f${box}`);
      await page.keyboard.press("Space");
      ticked.push(name);
      const { briefs, empty, silences, lanes } = await page.evaluate(shown);
      const wanted = all.briefs.filter((line) => ticked.some((name) => line.includes(name)));
      assert.deepEqual(briefs, wanted, ticked.join());
      assert.deepEqual([empty, silences], [0, 0], "empty headings, silences");
      assert.deepEqual(lanes, ["0.2", "1", box === 3 ? "1" : "0.2"]);
    }
    await page.click("#f2");
    await page.click("#f3");
    assert.deepEqual(await page.evaluate(shown), all, "none ticked shows all");
    await context.close();
  });
}

test("from the right, time runs from the right and words are not mirrored", async () => {
  const context = await chromium.newContext({ viewport: { width: 800, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${sites.own.server.address}timeline.html`);
  const places = () => {
    const years = [...document.querySelectorAll(".plot > svg > g:not(.lane) text")];
    const place = (element) => element.getBoundingClientRect().x;
    return { rising: place(years[0]) < place(years.at(-1)), label: place(document.querySelector(".lane text")), flips: getComputedStyle(years[0]).transform };
  };
  const left = await page.evaluate(places);
  await page.evaluate(() => { document.documentElement.dir = "rtl"; });
  const right = await page.evaluate(places);
  assert.deepEqual([left.rising, right.rising, left.flips, right.flips], [true, false, "none", "matrix(-1, 0, 0, 1, 0, 0)"]);
  assert.ok(left.label < 100 && right.label > 600, `${left.label} ${right.label}`);
  await context.close();
});
