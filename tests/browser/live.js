// The site as its editor sees it: `dateline serve` on a copy of a site whose files the tests change. It knows
// nothing of what the preview should show.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { DATELINE, EVERYTHING, FLAGS, copy } from "./site.js";

// How long a change may take to be seen, on a machine that has much to do; and how often it is looked for.
const PATIENCE = 15_000;
const INTERVAL = 10;

// Starts a preview of a copy of the site at `source`, to which `change` may do something before.
export async function preview(source, { flags = [], change = () => {} } = {}) {
  const live = new Live(copy(source), flags);
  change(live);
  await live.start(0);
  return live;
}

class Live {
  constructor(root, flags) {
    Object.assign(this, { root, flags, said: "", address: "" });
  }

  async start(port) {
    this.said = "";
    this.process = spawn(DATELINE, ["serve", "--root", this.root, "--port", port, ...FLAGS, ...this.flags]);
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => { this.said += text; });
    }
    const shows = () => /(http:\S+) shows/.exec(this.said)?.[1];
    try {
      this.address = await until(shows, () => `serve starts: ${this.said}`);
    } catch (error) {
      await this.kill(); // or its pipes would keep the tests from ending
      throw error;
    }
  }

  // Ends the server as a crash does; `again` starts it at the same port.
  async kill() {
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) return; // it ends once
    const ended = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await ended;
  }

  again() {
    return this.start(new URL(this.address).port);
  }

  read(path) {
    return readFileSync(join(this.root, path), "utf8");
  }

  // Saves a file as most editors do: another file, then a rename.
  write(path, text) {
    const to = join(this.root, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(`${to}.tmp`, text);
    renameSync(`${to}.tmp`, to);
  }

  edit(path, from, to) {
    const text = this.read(path);
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    this.write(path, text.replace(from, to));
  }

  remove(path) {
    rmSync(join(this.root, path));
  }

  // Waits until the server itself answers with a text, or no longer does.
  async serves(path, text, wanted = true) {
    const shows = async () => (await (await fetch(this.address + path)).text()).includes(text) === wanted;
    await until(shows, () => `${path} ${wanted ? "has" : "no longer has"} ${text}`);
  }
}

// A preview with a page of it open, both for one test.
export async function desk(context, chromium, path, options = {}) {
  const live = await preview(EVERYTHING, options);
  const tabs = await chromium.newContext({ viewport: { width: 800, height: 600 }, ...options.tabs });
  context.after(async () => {
    // Chromium never ends a window in which a page is just being loaded anew: none is, on a page without scripts.
    const leave = (page) => until(async () => { await page.goto("about:blank"); return true; }, `${page.url()} is left`);
    try {
      await Promise.all(tabs.pages().map(leave));
      await tabs.close();
    } finally {
      await live.kill();
    }
  });
  return { live, tabs, page: await open(tabs, live, path) };
}

// Opens a page, and marks its window: the mark is gone when it was loaded anew.
export async function open(tabs, live, path) {
  const page = await tabs.newPage();
  await page.goto(live.address + path);
  await own(page, ".bar button, .problems button").first().waitFor();
  await page.evaluate(() => { window.mark = true; });
  return page;
}

export const marked = (page) => page.evaluate(() => window.mark === true);

// What the preview itself has put on a page.
export const own = (page, selector) => page.locator("#dateline-preview").locator(selector);

// Waits until a page shows a text, and until something of the preview is gone.
export const has = (page, text) => until(async () => (await page.textContent("main")).includes(text), `${page.url()} shows ${text}`);
export const gone = (locator) => locator.waitFor({ state: "hidden" });

// Waits until `look` finds something, and gives it. A page that is just being loaded anew is looked at again.
export async function until(look, what) {
  const last = Date.now() + PATIENCE;
  for (;;) {
    const found = await Promise.resolve().then(look).catch((error) => {
      if (!/context was destroyed|navigat|Target closed|fetch failed/i.test(error.message)) throw error;
    });
    if (found) return found;
    if (Date.now() > last) throw new Error(`not within ${PATIENCE} ms: ${typeof what === "function" ? await what() : what}`);
    await pause(INTERVAL);
  }
}
