// The index of search as it is printed, read by the script that a page uses, without a browser: folding is the
// same as the generator's, and everything that stands in an archive in five scripts is found.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import vm from "node:vm";
import { gzipSync } from "node:zlib";
import { LONG, NASTY, REPOSITORY, build, buildNasty, files, nothing, read, scratch } from "./site.js";

const SCRIPT = readFileSync(join(REPOSITORY, "static/search.js"), "utf8");
const WORDS = LONG ? 500 : 100;
const BRIEFS = 240;
const MANY = LONG ? 10_000 : 1_000;

// Numbers that look random and are the same in every run.
let state = 7;
const below = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};
const pick = (list) => list[below(list.length)];

// Syllables and letters of which words of a script are put together.
const SCRIPTS = {
  latin: { parts: "ba cé dî fô gü ha jä kø ła mi ñe ßo pe qua rů s Št th ve wy xi İz ığ".split(" "), space: " " },
  cyrillic: { parts: "ба вё га дї жа зи йо ки ля мо ню ор пе ра ст щу Єв хо ґа шь".split(" "), space: " " },
  arabic: { parts: "أب بَ تِ جُ دة ري سا شْ عى فـ قو كي لا من هؤ وئ آل إي".split(" "), space: " " },
  hangul: { parts: [..."대통령은서울에서북한과회담을가졌다고말했오늘내일외교부"], space: " " },
  han: { parts: [..."中美会谈和平进程停火协议外交部发言人表示联合国安理决天气"], space: "" },
};
const word = (parts) => Array.from({ length: 2 + below(4) }, () => pick(parts)).join("");

function dateline(folder) {
  const context = vm.createContext({ URLSearchParams });
  vm.runInContext(SCRIPT, context);
  const script = context.dateline;
  script.read = [];
  if (folder) {
    script.load = async (path) => {
      script.read.push(path);
      vm.runInContext(read(folder, path.split("?")[0]), context);
    };
  }
  return script;
}

// A site of briefs in five scripts over four years: each brief's headline and text, by its headline's number.
function archive() {
  const root = scratch();
  const write = (path, text) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("content/site.yaml", "title: Five scripts\nbase_url: https://example.org/\nlanguages: [en]\n");
  write("content/agencies.yaml", "- name: AP\n- name: Reuters\n");
  write("content/topics/talks.md", "---\nname: Talks\naliases: [Verhandlungen]\n---\n");
  write("content/topics/war.md", "---\nname: War\n---\n");
  const briefs = Array.from({ length: BRIEFS }, (_, number) => {
    const { parts, space } = Object.values(SCRIPTS)[number % 5];
    const text = (words) => Array.from({ length: words }, () => word(parts)).join(space);
    const brief = { number, year: 2014 + below(4), headline: `${text(4)} n${number}`, text: `${text(40)}.\n\n${text(30)}` };
    const month = 1 + below(12), day = 1 + below(28), topic = number % 3 ? "Talks" : "War", agency = number % 2 ? "AP" : "Reuters";
    const date = [brief.year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
    write(`content/briefs/b${number}.md`, `---\ntitle: ${brief.headline}\ndate: ${date}\ntopics: [${topic}]\nagencies: [${agency}]\n---\n\n${brief.text}\n`);
    return { ...brief, topic, agency };
  });
  return { folder: build(root), briefs };
}

let site, script;
before(() => {
  site = archive();
  script = dateline(site.folder);
});

// The numbers of the briefs that a query finds.
async function found(query, filters) {
  const numbers = [];
  for await (const { year, briefs } of script.find(script.parse(query), filters)) {
    for (const brief of briefs) {
      const [, , headline] = await script.card(year, brief);
      numbers.push(Number(headline.match(/n(\d+)$/)[1]));
    }
  }
  return numbers;
}

// What a plain scan says: letters alone, without case and marks, and nothing of the script's own rules.
const plain = (text) => text.normalize("NFKD").replace(/\p{Mn}|ـ/gu, "").toLowerCase().normalize("NFC");
function scan(wanted, whole) {
  const holds = ({ headline, text }) => {
    const all = plain(`${headline} ${text}`);
    return whole ? all.split(/[^\p{L}\p{N}]+/u).includes(plain(wanted)) : all.includes(plain(wanted));
  };
  return site.briefs.filter(holds).map(({ number }) => number);
}

test("the script is small and says nothing to the console", () => {
  assert.ok(Buffer.byteLength(SCRIPT) <= 10_000, `${Buffer.byteLength(SCRIPT)} bytes`);
  assert.doesNotMatch(SCRIPT, /console|eval|Function\(/);
});

test("quotation marks of many languages keep words together, also where no blank stands before them", () => {
  const own = dateline(), wrong = [];
  for (const [query, expected] of [
    ['„alter Kran“ Hafen', [["alter", "kran"]]],
    ["« vieille grue » port", [["vieille", "grue"]]],
    ["«старый кран» порт", [["старыи", "кран"]]],
    ["“old crane” -”new crane”", [["old", "crane"], "-", ["new", "crane"]]],
    ["港『首脳会談』 -「首脳会議」", [["首脳会談"], "-", ["首脳会議"]]],
  ]) {
    const { phrases, never } = own.parse(query);
    const found = JSON.stringify(never.length > 0 ? [...phrases, "-", ...never] : phrases);
    if (found !== JSON.stringify(expected)) wrong.push(`${query} => ${found}`);
  }
  nothing(wrong);
  assert.deepEqual(Array.from(own.parse("港「会談」").words, ({ run }) => run), ["港", "会談"]);
});

test("queries are folded as the index is", () => {
  const wrong = [], own = dateline();
  const lines = readFileSync(join(REPOSITORY, "tests/folding.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  for (const [text, expected] of lines.map((line) => line.split(" => "))) {
    const terms = own.terms(text).join(" ");
    if (terms !== expected) wrong.push(`${text} => ${terms} and not ${expected}`);
  }
  assert.ok(lines.length > 40);
  nothing(wrong);
});

test(`${WORDS} random words are found in every brief that holds them`, async () => {
  const missed = [];
  let expected = 0;
  for (let turn = 0; turn < WORDS; turn++) {
    const brief = site.briefs[(turn * 7) % BRIEFS], kind = Object.keys(SCRIPTS)[brief.number % 5];
    const text = below(4) ? brief.text : brief.headline;
    const words = text.split(/[\s.]+/).filter((word) => word && !/^n\d+$/.test(word));
    let wanted = pick(words);
    const whole = !["hangul", "han"].includes(kind);
    if (!whole) {
      const letters = [...wanted], from = below(Math.max(1, letters.length - 3));
      wanted = letters.slice(from, from + 1 + below(4)).join("");
    }
    const there = scan(wanted, whole), numbers = new Set(await found(`${wanted} `));
    expected += there.length;
    const lacking = there.filter((number) => !numbers.has(number));
    if (!there.includes(brief.number) || lacking.length > 0) missed.push(`${kind} ${wanted}: lacks ${lacking} of ${there}`);
  }
  assert.ok(expected >= WORDS, `the scan expects ${expected}`);
  nothing(missed);
});

test("all words, none of those with a minus, the last one's beginning, and the filters", async () => {
  const numbers = async (...asked) => new Set(await found(...asked));
  const brief = site.briefs[0], [first, second] = brief.text.split(" ");
  const both = await numbers(`${first} ${second} `), one = await numbers(`${first} `), other = await numbers(`${second} `);
  assert.deepEqual(both, new Set([...one].filter((number) => other.has(number))));
  const less = await numbers(`${first} -${second} `);
  assert.deepEqual(less, new Set([...one].filter((number) => !other.has(number))));
  assert.ok((await numbers(first.slice(0, -1))).has(0), "a beginning, while typing");
  const talks = site.briefs.filter(({ topic, agency, year }) => topic === "Talks" && agency === "AP" && year === 2015);
  assert.ok(talks.length > 0);
  assert.deepEqual(await numbers("", { topic: "talks", agency: "ap", year: "2015" }), new Set(talks.map(({ number }) => number)));
  assert.deepEqual((await numbers("Verhandlungen ")).size, site.briefs.filter(({ topic }) => topic === "Talks").length, "by another name");
});

test("what stands in the headline comes first, then the newest", async () => {
  const root = scratch();
  const write = (path, text) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("content/site.yaml", "title: Order\nbase_url: https://example.org/\nlanguages: [en]\nvocabulary: open\n");
  write("content/agencies.yaml", "- name: AP\n");
  const brief = (name, title, topic, day, text) =>
    write(`content/briefs/${name}.md`, `---\ntitle: ${title}\ndate: 2017-01-${day}\ntopics: [${topic}]\nagencies: [AP]\n---\n\n${text}\n`);
  brief("a", "Old port news", "Harbour", "01", "Text.");
  brief("b", "Newer", "Harbour", "02", "The port is here.");
  brief("c", "Named", "Port", "03", "Text.");
  brief("d", "Newest", "Harbour", "04", "A port too.");
  const own = dateline(build(root)), order = [];
  for await (const { year, briefs } of own.find(own.parse("port "))) {
    for (const at of briefs) order.push((await own.card(year, at))[2]);
  }
  assert.deepEqual(order, ["Old port news", "Named", "Newest", "Newer"]);
});

test("a site without search has none of it", () => {
  const root = scratch();
  mkdirSync(join(root, "content"));
  writeFileSync(join(root, "content/site.yaml"), "title: None\nbase_url: https://example.org/\nlanguages: [en]\nsearch: false\n");
  const folder = build(root);
  assert.deepEqual(files(folder).filter((path) => path.includes("search")), []);
  nothing(files(folder, ".html").filter((path) => read(folder, path).includes("search")));
});

test("the newest year is read first, and no more of it than a query needs", async () => {
  const own = dateline(site.folder);
  const years = own.find(own.parse("talks "));
  const { value } = await years.next();
  assert.equal(value.year[0], "2017");
  assert.deepEqual(own.read.map((path) => path.split("?")[0].replace(/\d+\.js$/, "N.js")), ["search/years.js", "search/2017/N.js"]);
});

test(`of ${MANY} briefs the first ten results cost 100 kB packed at most, and the index 1.2 kB a brief`, async () => {
  const root = scratch();
  const made = spawnSync("python3", [join(REPOSITORY, "benches/archive.py"), String(MANY), root], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  const folder = build(root), heavy = [];
  const packed = (path) => gzipSync(read(folder, path.split("?")[0]), { level: 9 }).length;
  const page = files(folder).filter((path) => path === "search.html" || /^(search|dateline)-\w+\.(js|css)$/.test(path));
  assert.equal(page.length, 4);
  for (const query of ["ceasefire", "the ", "grain shipments", "prisoner exch", "Geneva railway line", "zzzz", "talks -budget"]) {
    const own = dateline(folder), results = [];
    for await (const { year, briefs } of own.find(own.parse(query))) {
      results.push(...(await Promise.all(briefs.slice(0, 10 - results.length).map((brief) => own.card(year, brief)))));
      if (results.length === 10) break;
    }
    const bytes = [...page, ...own.read].reduce((sum, path) => sum + packed(path), 0);
    if (bytes > 100_000) heavy.push(`${query}: ${bytes}`);
  }
  nothing(heavy);
  const index = files(folder).filter((path) => path.startsWith("search/"));
  const size = index.reduce((sum, path) => sum + Buffer.byteLength(read(folder, path)), 0);
  assert.ok(size <= 1_200 * MANY, `${size} bytes`);
  const years = new Map();
  index.forEach((path) => years.set(path.split("/")[1], (years.get(path.split("/")[1]) ?? 0) + 1));
  assert.ok([...years.values()].every((own) => own < 128), [...years.values()].join(" "));
});

test("what breaks formats leaves the index whole", () => {
  const folder = buildNasty();
  const held = new Map();
  for (const path of files(folder, ".js").filter((path) => /(^|\/)search\//.test(path))) {
    vm.runInNewContext(read(folder, path), { dateline: { put: (name, digest, what) => held.set(path, JSON.parse(JSON.stringify(what))) } });
  }
  assert.ok(held.size >= 6 && held.has("de/search/years.js"), [...held.keys()].join());
  const text = NASTY.replace("'", "‘").replace("'", "’");
  assert.deepEqual(held.get("search/2017/b0.js").map(([, title]) => title), [`Gone ${text}`, `Headline ${text}`]);
});
