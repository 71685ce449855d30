// Tabs as a person has them: a Chromium in which only the tab in front is visible. Playwright tells every page that
// it is in front, so that this speaks the browser's own protocol, over its pipe.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { ARGUMENTS, CHROMIUM, scratch } from "./site.js";
import { until } from "./live.js";

// A window on the site at `address`.
export async function tabs(address) {
  const own = ["--headless", "--remote-debugging-pipe", `--user-data-dir=${scratch()}`, "--no-first-run", "about:blank"];
  const chromium = spawn(CHROMIUM, [...ARGUMENTS, ...own], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const answers = new Map();
  let heard = "";
  let asked = 0;
  chromium.stdio[4].setEncoding("utf8").on("data", (text) => {
    const messages = (heard + text).split("\0");
    heard = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) answers.get(id)?.(result ?? { error });
  });

  function ask(method, params = {}, sessionId = undefined) {
    asked += 1;
    const answered = new Promise((answer) => { answers.set(asked, answer); });
    chromium.stdio[3].write(`${JSON.stringify({ id: asked, method, params, sessionId })}\0`);
    return answered;
  }

  return {
    // Opens a page in a new tab, in front of the others.
    async open(path) {
      const url = address + path;
      const { targetId } = await ask("Target.createTarget", { url });
      const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
      const tab = {
        toFront: () => ask("Target.activateTarget", { targetId }),
        evaluate: async (expression) => {
          const { result } = await ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
          return result?.value;
        },
      };
      await until(() => tab.evaluate(`document.readyState === "complete" && location.href === ${JSON.stringify(url)}`), `${url} is loaded`);
      return tab;
    },
    async close() {
      const ended = once(chromium, "exit");
      await ask("Browser.close");
      await ended;
    },
  };
}
