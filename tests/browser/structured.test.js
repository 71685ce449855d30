// What pages tell machines of themselves, as JSON-LD's own processor and schema.org's types in TypeScript read it.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import jsonld from "jsonld";
import typescript from "typescript";
import { build, buildNasty, EVERYTHING, NASTY, nothing, OWN, pages, read } from "./site.js";

const sites = { own: build(OWN), everything: build(EVERYTHING), nasty: buildNasty() };

// Schema.org's own context lies on its server; all of it that matters here is that a term is schema.org's.
const documentLoader = async (url) => {
  assert.equal(url, "https://schema.org");
  return { contextUrl: null, documentUrl: url, document: { "@context": { "@vocab": "https://schema.org/" } } };
};

const documents = (folder) => pages(folder).flatMap((path) => [...read(folder, path).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text]) => ({ path, document: JSON.parse(text) })));

// Every value of a document with its key, as it stands: `name=…`, types too.
function written(value, key, found) {
  if (Array.isArray(value)) value.forEach((one) => written(one, key, found));
  else if (value !== null && typeof value === "object") Object.entries(value).filter(([key]) => key !== "@context").forEach(([key, one]) => written(one, key, found));
  else found.push(`${key}=${value}`);
  return found;
}

// The same of an expanded document.
function expanded(value, key, found) {
  const bare = (term) => {
    assert.ok(term.startsWith("https://schema.org/"), term);
    return term.replace("https://schema.org/", "");
  };
  for (const [name, all] of Object.entries(value)) {
    if (name === "@value") found.push(`${key}=${all}`);
    else if (name === "@type") [all].flat().forEach((type) => found.push(`@type=${bare(type)}`));
    else if (name === "@id") found.push(`@id=${all}`);
    else if (name === "@graph") all.forEach((one) => expanded(one, name, found));
    else all.forEach((one) => expanded(one, bare(name), found));
  }
  return found;
}

for (const [name, folder] of Object.entries(sites)) {
  test(`jsonld loses no term of ${name}`, async () => {
    const all = documents(folder);
    assert.ok(all.length > 5, `${all.length} documents`);
    let count = 0;
    for (const { path, document } of all) {
      const wanted = written(document, "", []).sort();
      // `safe` fails where anything would be dropped.
      const whole = await jsonld.expand(document, { documentLoader, safe: true });
      assert.deepEqual(whole.flatMap((one) => expanded(one, "", [])).sort(), wanted, path);
      count += wanted.length;
    }
    assert.ok(count > 100, `${count} values`);
  });
}

test("a term that is lost would be found", async () => {
  const [{ document }] = documents(sites.own);
  const lost = { ...document, "@graph": [{ ...document["@graph"][0], "@type": "@Article" }] };
  await assert.rejects(jsonld.expand(lost, { documentLoader, safe: true }));
});

// What TypeScript says of documents as values of schema-dts's type of a graph.
function mistakes(documents) {
  const file = join(dirname(fileURLToPath(import.meta.url)), "documents.ts"); // it need not be there
  const lines = documents.map(({ document }) => `[] = [${JSON.stringify(document)}] satisfies Graph[];`);
  const text = ['import type { Graph } from "schema-dts";', ...lines].join("\n");
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], moduleResolution: typescript.ModuleResolutionKind.Bundler, module: typescript.ModuleKind.ESNext };
  const host = typescript.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) => (name === file ? typescript.createSourceFile(name, text, typescript.ScriptTarget.ESNext) : getSourceFile(name, ...rest));
  return typescript.getPreEmitDiagnostics(typescript.createProgram([file], options, host)).map((found) => {
    const at = found.file ? found.file.getLineAndCharacterOfPosition(found.start).line - 1 : -1;
    return `${documents[at]?.path}: ${typescript.flattenDiagnosticMessageText(found.messageText, "\n")}`;
  });
}

test("TypeScript finds each value of schema-dts's types", () => {
  const all = [sites.everything, sites.nasty].flatMap(documents);
  assert.ok(all.length > 25, `${all.length} documents`);
  nothing(mistakes(all));
});

test("TypeScript would find what is wrong", () => {
  const [{ path, document }] = documents(sites.everything);
  for (const wrong of [{ headlines: "A" }, { "@type": "Articles" }, { publisher: { "@type": "Place" } }, { url: { "@type": "Person" } }]) {
    const spoilt = { ...document, "@graph": [{ "@type": "NewsArticle", ...wrong }] };
    assert.equal(mistakes([{ path, document: spoilt }]).length, 1, JSON.stringify(wrong));
  }
});

test("what breaks formats is in it", () => {
  const { document } = documents(sites.nasty).find(({ path }) => path === "2017/11/22/nasty.html");
  assert.equal(document["@graph"][0].author[0].name, `Doris ${NASTY}`);
});
