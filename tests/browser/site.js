// The sites that the tests look at: built into temporary folders, served by a few lines of our own, and opened in
// a real Chromium. It knows nothing of what a page should hold.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const HERE = dirname(fileURLToPath(import.meta.url));
export const REPOSITORY = resolve(HERE, "../..");
export const DATELINE = process.env.DATELINE_BIN ?? join(REPOSITORY, "target/release/dateline");
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

// The repository's own site, one that uses every field and splits its years into months and days, and a small one
// that has every kind of page in English, Arabic, Korean and Russian.
export const OWN = REPOSITORY;
export const EVERYTHING = join(HERE, "everything");
export const EDITIONS = join(HERE, "editions");

// What stands in every field of the site in nasty/ for the word NASTY, as in tests/nasty.rs: ends of CDATA and script,
// marks of HTML and Markdown, an emoji, an open override and an open isolate, references to what XML forbids.
export const NASTY = "]]> </script> <!-- <b>&amp; 'é' \u{1f600} \u{202e}rtl \u{2067}open &#1;&#xfffe;&#0;";

// Whether everything is looked at, or a fixed sample of it.
export const LONG = Boolean(process.env.DATELINE_LONG);

// After every date and expiry in them.
const NOW = "2026-11-01T00:00:00Z";

// What every edition here is made with.
export const FLAGS = ["--now", NOW, "--drafts"];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
};

const temporary = [];
process.on("exit", () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

// An empty folder that goes away with the test.
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "dateline-test-"));
  temporary.push(folder);
  return folder;
}

// A copy of the site at `source`, so that nothing is left beside it. The repository's own has the look of the
// program, as its users' sites have.
export function copy(source) {
  const root = scratch();
  for (const folder of ["content", "templates", "static"]) {
    if (folder === "content" || source !== REPOSITORY) {
      try {
        cpSync(join(source, folder), join(root, folder), { recursive: true });
      } catch (error) {
        if (error.code !== "ENOENT") throw error;
      }
    }
  }
  return root;
}

// Builds the site of nasty/ and gives the folder it is in.
export function buildNasty() {
  const [source, root] = [join(HERE, "nasty"), scratch()];
  for (const path of files(source)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), read(source, path).replaceAll("NASTY", NASTY));
  }
  return build(root, "https://desk.example:8443/news");
}

// Builds the site at `source` for `base` and gives the folder it is in.
export function build(source, base = "https://example.org/") {
  const root = copy(source);
  const out = join(root, "public");
  const run = spawnSync(DATELINE, ["build", "--root", root, "--out", out, "--base-url", base, ...FLAGS], { encoding: "utf8" });
  if (run.error || run.status !== 0) {
    throw new Error(`${DATELINE} build: ${run.error ?? run.stderr}\n(cargo build --release makes it; DATELINE_BIN names another)`);
  }
  return out;
}

// Every file below a folder that ends in `ending`, by its path there.
export function files(folder, ending = "") {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const named = all.filter((entry) => entry.isFile() && entry.name.endsWith(ending));
  return named.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/")).sort();
}

// The pages of a site, but for those that only lead elsewhere.
export function pages(folder) {
  return files(folder, ".html").filter((path) => !read(folder, path).includes('http-equiv="refresh"'));
}

export function read(folder, path) {
  return readFileSync(join(folder, path), "utf8");
}

// Serves a folder below `prefix` on the loopback address, as a plain file host does: no rules, and `404.html` for
// what is not there.
export async function serve(folder, prefix = "/") {
  const known = new Set(files(folder));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(prefix) ? path.slice(prefix.length) : "?";
    const wanted = inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside;
    const file = known.has(wanted) ? wanted : "404.html";
    response.writeHead(known.has(wanted) ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(join(folder, file)));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const address = `http://127.0.0.1:${server.address().port}${prefix}`;
  return { address, close: () => server.close() };
}

// What Chromium is started with: as root it has no sandbox.
export const ARGUMENTS = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export async function browser(options = {}) {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, ...options });
}

// Fails with what was found, one a line, where anything was.
export function nothing(found) {
  const shown = [...new Set(found)];
  const rest = shown.length > 30 ? `\n… and ${shown.length - 30} more` : "";
  if (shown.length > 0) throw new Error(`${shown.length} found:\n${shown.slice(0, 30).join("\n")}${rest}`);
}

// A tab that keeps what went wrong in it: messages of the console, errors, violations of the policy, requests that
// failed or left the site.
export async function tab(context, address) {
  const page = await context.newPage();
  const wrong = [];
  const note = (what) => wrong.push(`${page.url()}: ${what}`);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && note(message.text()));
  page.on("pageerror", (error) => note(error.message));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") note(`${request.url()} ${why}`); // aborted: the test has gone to the next page
  });
  page.on("response", (response) => response.status() >= 400 && note(`${response.url()} ${response.status()}`));
  page.on("request", (request) => {
    const own = request.url().startsWith(address) || request.url().startsWith("data:");
    if (!own) note(`${request.url()} is not the site's`);
  });
  await page.exposeFunction("datelineViolation", note);
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.datelineViolation(`policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { page, wrong };
}
