// Our citations in citeproc, which Zotero and many others set theirs with: a bibliography of them in a small style.

import assert from "node:assert/strict";
import { test } from "node:test";
import citeproc from "citeproc";
import { build, buildNasty, EVERYTHING, files, NASTY, nothing, OWN, read } from "./site.js";

const sites = { own: build(OWN), everything: build(EVERYTHING), nasty: buildNasty() };

// Author: "Title". In: Newspaper (Publisher), day.month.year, happened …. Address.
const STYLE = `<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
<info><title>Ours</title><id>ours</id><updated>2026-01-01T00:00:00Z</updated></info>
<macro name="day"><date variable="issued"><date-part name="day" suffix="."/><date-part name="month" form="numeric" suffix="."/><date-part name="year"/></date></macro>
<citation><layout><text macro="day"/></layout></citation>
<bibliography><layout><group delimiter="|"><names variable="author"><name delimiter=" + "/></names><text variable="title"/>
<text variable="container-title"/><text variable="publisher"/><text macro="day"/>
<date variable="event-date" form="text" date-parts="year"/><text variable="URL"/></group></layout></bibliography></style>`;

const LOCALE = `<locale xmlns="http://purl.org/net/xbiblio/csl" version="1.0" xml:lang="en-US"><style-options punctuation-in-quote="false"/>
<date form="text"><date-part name="year"/></date><terms><term name="and">and</term><term name="et-al">et al.</term>
<term name="open-quote">“</term><term name="close-quote">”</term><term name="open-inner-quote">‘</term><term name="close-inner-quote">’</term></terms></locale>`;

function bibliography(items) {
  const engine = new citeproc.Engine({ retrieveLocale: () => LOCALE, retrieveItem: (id) => structuredClone(items.find((item) => item.id === id)) }, STYLE);
  engine.setOutputFormat("text");
  engine.updateItems(items.map((item) => item.id));
  const [about, entries] = engine.makeBibliography();
  return { wrong: about.bibliography_errors, lines: entries.map((entry) => entry.trim()) };
}

for (const [name, folder] of Object.entries(sites)) {
  test(`citeproc makes a bibliography of ${name}`, () => {
    const years = files(folder, ".json").filter((path) => path.startsWith("data/citations-"));
    assert.ok(years.length > 0);
    for (const path of years) {
      const items = JSON.parse(read(folder, path));
      const { wrong, lines } = bibliography(items);
      assert.deepEqual(wrong, [], path);
      assert.equal(lines.length, items.length, path);
      nothing(items.flatMap((item, at) => {
        const [year, month, day] = item.issued["date-parts"][0];
        const ours = [item.author?.map((author) => author.literal).join(" + "), item.title, item["container-title"], item.publisher, `${day}.${month}.${year}`];
        // It sets apostrophes and quotation marks by its own locale.
        const bare = (text) => text.replace(/['"‘’“”]/g, "'");
        const wanted = bare(ours.filter(Boolean).join("|"));
        const said = bare(lines[at]);
        return said.startsWith([wanted, item["event-date"]?.["date-parts"][0][0]].filter(Boolean).join("|")) && said.endsWith(`|${bare(item.URL)}`) ? [] : [`${path}: ${said}\n  not ${wanted}`];
      }));
    }
  });
}

test("what breaks formats is in them", () => {
  const [item] = JSON.parse(read(sites.nasty, "data/citations-2017.json"));
  assert.equal(item.author[0].literal.replace(/[\u2069\u202c]/g, ""), `Doris ${NASTY}`);
});
