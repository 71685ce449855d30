// The good and the bad sites of the other tests, as data: the tables of ../bad_input/, the site of ../accepted.rs, and
// the sites that lie on the disk. It knows nothing of schemas.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY, files, scratch } from "./site.js";

const TESTS = join(REPOSITORY, "tests");

// What ../bad_input.rs spoils, and what stands for `{{good}}`, read from it.
const rust = readFileSync(join(TESTS, "bad_input.rs"), "utf8");
const string = (quoted) => JSON.parse(quoted);
const GOOD = string(rust.match(/const GOOD: &str = (".*");/)[1]);
const SITE = [...rust.match(/const SITE: [^]*?\];/)[0].matchAll(/\((".*?"), (".*")\)/g)].map(([, path, text]) => [string(path), string(text)]);

// The bytes that a file's text in a case stands for.
function bytes(text) {
  const parts = text.split(/(\{\{good\}\}|\{\{bytes:[^}]*\}\}|\{\{repeat:[^]*?:\d+\}\})/);
  return Buffer.concat(parts.map((part) => {
    if (part === "{{good}}") return Buffer.from(GOOD);
    const hex = part.match(/^\{\{bytes:(.*)\}\}$/);
    if (hex) return Buffer.from(hex[1].replaceAll(" ", ""), "hex");
    const repeated = part.match(/^\{\{repeat:([^]*):(\d+)\}\}$/);
    return Buffer.from(repeated ? repeated[1].replaceAll("\\n", "\n").repeat(Number(repeated[2])) : part);
  }));
}

// The sections of a part of a case, by their headings.
function sections(text) {
  return text.split(/^--- /m).slice(1).map((section) => {
    const end = section.indexOf("\n");
    return [section.slice(0, end), section.slice(end + 1)];
  });
}

// Every case: its name, its site's files, and what the reader says of them.
export function badCases() {
  const folder = join(TESTS, "bad_input");
  const chapters = readdirSync(folder).sort().map((name) => readFileSync(join(folder, name), "utf8"));
  return chapters.flatMap((chapter) => chapter.split(/^=== /m).slice(1)).map((text) => {
    const name = text.slice(0, text.indexOf("\n"));
    const site = new Map(SITE.map(([path, content]) => [path, bytes(content)]));
    const given = text.slice(0, text.search(/^--- expect$/m)).trimEnd() + "\n";
    for (const [heading, content] of sections(given)) {
      if (heading.endsWith(" (none)")) site.delete(heading.slice(0, -7));
      else site.set(heading, bytes(content));
    }
    const expected = sections(text).find(([heading]) => heading === "expect")[1];
    return { name, site, said: expected.split("\n").filter(Boolean).map(said) };
  });
}

function said(line) {
  const [, file, at, column, severity, code, message] = line.match(/^(.*?):(\d+):(\d+): (error|warning)\[(\w+)\]: (.*)$/);
  return { file, line: Number(at), column: Number(column), severity, code, message };
}

// The sites that the reader accepts, by name.
export function goodSites() {
  const source = readFileSync(join(TESTS, "accepted.rs"), "utf8");
  const texts = new Map([...source.matchAll(/const (\w+): &str = r#"([^]*?)"#;/g)].map(([, name, text]) => [name, text]));
  for (const [, name, quoted] of source.matchAll(/const (\w+): &str = (".*");/g)) texts.set(name, string(quoted));
  const listed = source.match(/let files = \[([^]*?)\];/)[1].matchAll(/\("([^"]+)", (\w+|".*")\)/g);
  const accepted = new Map([...listed].map(([, path, text]) => [path, Buffer.from(texts.get(text) ?? string(text))]));
  const onDisk = (root) => new Map(files(join(root, "content")).map((path) => [`content/${path}`, readFileSync(join(root, "content", path))]));
  return new Map([
    ["accepted.rs", accepted],
    ["the repository's own", onDisk(REPOSITORY)],
    ["everything", onDisk(join(TESTS, "browser/everything"))],
    ["editions", onDisk(join(TESTS, "browser/editions"))],
    ["golden", onDisk(join(TESTS, "golden/site"))],
  ]);
}

// Writes a site into a folder of its own.
export function onDisk(site) {
  const root = scratch();
  mkdirSync(join(root, "content"));
  for (const [path, content] of site) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
