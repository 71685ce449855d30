// The schemas in the language server that VS Code's YAML extension (and most other editors) run: it finds no fault
// with them, complains where the reader does, and completes from them.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { DATELINE, REPOSITORY, nothing, read, scratch } from "./site.js";

const SERVER = join(dirname(createRequire(import.meta.url).resolve("yaml-language-server/package.json")), "bin/yaml-language-server");

let server, folder, settings;
let [next, held] = [1, Buffer.alloc(0)];
const [answers, diagnostics] = [new Map(), new Map()];

function send(message) {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function ask(method, params) {
  const id = next++;
  send({ id, method, params });
  return new Promise((answer) => answers.set(id, answer));
}

function hear(message) {
  if (message.method === "workspace/configuration") send({ id: message.id, result: message.params.items.map(({ section }) => settings[section] ?? null) });
  else if (message.method && message.id !== undefined) send({ id: message.id, result: null });
  else if (message.method === "textDocument/publishDiagnostics") diagnostics.get(message.params.uri)?.(message.params.diagnostics);
  else answers.get(message.id)?.(message.result);
}

function take(piece) {
  held = Buffer.concat([held, piece]);
  for (;;) {
    const end = held.indexOf("\r\n\r\n");
    const length = Number(held.subarray(0, Math.max(end, 0)).toString().match(/Content-Length: (\d+)/)?.[1]);
    if (end < 0 || held.length < end + 4 + length) return;
    const text = held.subarray(end + 4, end + 4 + length).toString();
    held = held.subarray(end + 4 + length);
    hear(JSON.parse(text));
  }
}

const address = (name) => pathToFileURL(join(folder, name)).href;

// Opens a document in the server and gives what it complains of.
function open(name, text) {
  const uri = address(name);
  const told = new Promise((answer) => diagnostics.set(uri, answer));
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  return told;
}

async function completions(name, text, line, character) {
  await open(name, text);
  const found = await ask("textDocument/completion", { textDocument: { uri: address(name) }, position: { line, character } });
  return found.items;
}

before(async () => {
  folder = scratch();
  const run = spawnSync(DATELINE, ["schema", "--root", REPOSITORY, "--write", folder], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const schemas = Object.fromEntries(["brief", "topic", "page", "site", "agencies"].map((name) => [address(`${name}.schema.json`), `${name}*.yaml`]));
  settings = { yaml: { schemas, validate: true, completion: true, hover: true, schemaStore: { enable: false } } };
  server = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
  server.stdout.on("data", take);
  const capabilities = { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } }, textDocument: { completion: {}, hover: {}, publishDiagnostics: {} } };
  await ask("initialize", { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities, workspaceFolders: null });
  send({ method: "initialized", params: {} });
  send({ method: "workspace/didChangeConfiguration", params: { settings } });
});

after(() => server.kill());

const messages = (found) => found.map(({ range, message }) => `${range.start.line + 1}: ${message}`);

test("a good file gets no complaint", async () => {
  nothing(messages(await open("site.yaml", read(REPOSITORY, "content/site.yaml"))));
  nothing(messages(await open("agencies.yaml", read(REPOSITORY, "content/agencies.yaml"))));
  nothing(messages(await open("brief.yaml", "title: Talks resume\ndate: 2017-11-22T14:30\ntopics: [Syria, dprk]\nagencies: [AP]\n")));
});

test("a bad file gets a complaint at each mistake", async () => {
  const site = messages(await open("site-bad.yaml", "title: [a]\nbase_url: example.org\nlanguages: [en]\ncolour: red\ntime_zone: Berlin\nvocabulary: closd\n"));
  for (const line of [1, 2, 4, 5, 6]) assert.ok(site.some((message) => message.startsWith(`${line}: `)), `line ${line}: ${site}`);
  const brief = messages(await open("brief-bad.yaml", "title: Talks resume\ndate: 2017-02-30\ntopics: [Siria]\nagencies: [AP]\nurgency: 10\nstatus: withdrawn\nmedia:\n  - {kind: image, src: a.jpg}\n"));
  for (const line of [2, 3, 5]) assert.ok(brief.some((message) => message.startsWith(`${line}: `)), `line ${line}: ${brief}`);
  assert.ok(brief.some((message) => message.startsWith("2: write `2017-11-22` or ")), `no advice: ${brief}`);
  for (const lacks of ["withdrawn", "alt", "credit"]) assert.ok(brief.some((message) => message.includes(`Missing property "${lacks}"`)), `${lacks}: ${brief}`);
});

test("keys, words and the site's own names are completed", async () => {
  const labels = (items) => items.map(({ label }) => label);
  const keys = await completions("brief-keys.yaml", "title: Talks\n\n", 1, 0);
  assert.ok(labels(keys).includes("event_date") && !labels(keys).includes("title"), labels(keys).join());
  const topics = labels(await completions("brief-topics.yaml", "topics:\n  - \n", 1, 4));
  assert.ok(topics.includes("North Korea") && topics.includes("syria"), topics.join());
  const words = labels(await completions("brief-status.yaml", "status: \n", 0, 8));
  assert.ok(words.includes("developing"), words.join());
});

test("a key is explained", async () => {
  await open("brief-hover.yaml", "urgency: 3\n");
  const hover = await ask("textDocument/hover", { textDocument: { uri: address("brief-hover.yaml") }, position: { line: 0, character: 2 } });
  assert.match(JSON.stringify(hover.contents), /1 is most urgent/);
});
