// The preview's script: it tells the page that is being read what became of its sources. It is sent the state of
// things, never a change, so that one message says all to a tab that missed some.
"use strict";
(() => {
  const { src, dataset: mine } = document.currentScript;
  const own = new URL(src).pathname.replace(/preview\.js$/, "");
  const HIDE = "F2";
  const PATIENCE = 1000;
  let stream = null;
  let parts = {};

  // --- building blocks ---

  function made(name, settings = {}, ...inner) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(settings)) {
      if (key.startsWith("on")) {
        element.addEventListener(key.slice(2), value);
      } else if ((value ?? false) !== false) {
        element.setAttribute(key, value === true ? "" : value);
      }
    }
    element.append(...inner.filter((item) => item ?? false));
    return element;
  }

  const push = (settings, ...inner) => made("button", { type: "button", ...settings }, ...inner);

  function counted(count, what) {
    return count === 0 ? null : `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
  }

  const memory = {
    get(key) {
      try { return sessionStorage.getItem(`dateline-${key}`); } catch { return null; }
    },
    set(key, value) {
      try { sessionStorage.setItem(`dateline-${key}`, value); } catch { /* no storage, no memory */ }
    },
  };

  // --- the frame that everything is shown in ---

  function frame() {
    const host = made("div", { id: "dateline-preview", lang: "en", dir: "ltr" });
    const shadow = host.attachShadow({ mode: "open" });
    parts = {
      host,
      shadow,
      alert: made("div", { class: "alert", role: "alert" }),
      ribbon: made("div", { class: "ribbon", hidden: true, dir: document.dir }, "Draft"),
      notice: made("div", { class: "notice", role: "status" }),
      problems: made("section", { class: "problems", "aria-label": "Problems", hidden: true }),
      bar: made("section", { class: "bar", "aria-label": "Preview", hidden: Boolean(memory.get("bar")) }),
    };
    const look = made("link", { rel: "stylesheet", href: `${own}preview.css` });
    const foot = made("div", { class: "foot" }, parts.notice, parts.problems, parts.bar);
    shadow.append(look, parts.alert, parts.ribbon, foot);
    document.body.append(host);
    // What the foot covers can always be brought out from under it.
    new ResizeObserver(() => {
      host.style.blockSize = `${foot.offsetHeight}px`;
      document.documentElement.style.scrollPaddingBlockEnd = `${foot.offsetHeight}px`;
    }).observe(foot);
    addEventListener("keydown", (event) => {
      if (event.key === HIDE && !(event.ctrlKey || event.altKey || event.metaKey || event.shiftKey)) {
        event.preventDefault();
        hide();
      } else if (event.key === "Escape") {
        (parts.problems.hidden ? fold : close)();
      }
    });
  }

  function hide() {
    parts.bar.hidden = !parts.bar.hidden;
    memory.set("bar", parts.bar.hidden ? "hidden" : "");
  }

  // Exchanges what is inside an element; who was at its nth thing to press stays at the nth.
  function refill(element, ...inner) {
    const all = () => [...element.querySelectorAll("a, button, summary, [tabindex]")];
    const at = all().indexOf(parts.shadow.activeElement);
    element.replaceChildren(...inner.filter(Boolean));
    if (at >= 0) {
      all()[at]?.focus();
    }
  }

  // --- problems ---

  function close() {
    memory.set("closed", parts.problems.dataset.of);
    if (parts.problems.contains(parts.shadow.activeElement)) {
      parts.bar.querySelector(".said")?.focus();
    }
    parts.problems.hidden = true;
    parts.alert.textContent = "";
  }

  // As the terminal shows it. Lines with a caret keep their columns, the others may wrap.
  function drawn({ text, place, open }) {
    const lines = text.split("\n").map((line) => `${line}\n`);
    const help = lines.findIndex((line) => /^ *= /.test(line));
    const rest = lines.splice(help < 0 ? lines.length : help);
    const what = made("strong", {}, lines.shift());
    const [before, ...after] = lines.join("").split(place);
    const link = after.length > 0 ? made(open ? "a" : "span", { href: open }, place) : null;
    return made("li", {}, made("pre", {}, what, made("code", {}, before, link, after.join(place)), rest.join("")));
  }

  function list(problems) {
    const rest = problems.errors + problems.warnings - problems.all.length;
    return made("ol", {}, ...problems.all.map(drawn), rest > 0 ? made("li", {}, `and ${rest} more`) : null);
  }

  function summary(problems) {
    return [counted(problems.errors, "error"), counted(problems.warnings, "warning")].filter(Boolean).join(", ");
  }

  // Errors open the panel; warnings wait in the bar. What a reader closed stays closed until it changes.
  function showProblems(problems, opened) {
    const of = JSON.stringify(problems.all.map((one) => one.text));
    parts.asked = problems.all.length > 0 && (opened || (parts.asked && !parts.problems.hidden));
    if (problems.errors === 0) {
      memory.set("closed", "");
    }
    if (!parts.asked && (problems.errors === 0 || memory.get("closed") === of)) {
      parts.problems.hidden = true;
      parts.alert.textContent = "";
      return;
    }
    if (parts.problems.hidden || parts.problems.dataset.of !== of) {
      const title = summary(problems) + (problems.errors > 0 ? `: ${problems.outcome}` : "");
      refill(
        parts.problems,
        made("header", {}, made("h2", {}, title), push({ onclick: close }, "Close ", made("kbd", {}, "Esc"))),
        made("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "List" }, list(problems)),
      );
      parts.alert.textContent = problems.errors > 0 ? `${title}. ${problems.all[0].text.split("\n")[0]}` : "";
    }
    parts.problems.dataset.of = of;
    parts.problems.hidden = false;
    if (opened) {
      parts.problems.querySelector("button").focus();
    }
  }

  // --- the bar ---

  async function copy(text, button) {
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    button.textContent = copied ? "Copied" : "Not copied";
    setTimeout(() => { button.textContent = "Copy"; }, PATIENCE);
  }

  function partLine({ name, sources, more }) {
    const from = sources.join(", ") || "no source of its own";
    return [made("dt", {}, name), made("dd", {}, more > 0 ? `${from} and ${more} more` : from)];
  }

  function fold() {
    const details = parts.bar.querySelector("details[open]");
    if (details?.contains(parts.shadow.activeElement)) {
      details.querySelector("summary").focus();
    }
    details?.removeAttribute("open");
  }

  function showBar(state) {
    const page = state.page;
    const said = summary(state.problems);
    const button = push({ onclick: () => copy(page.source, button) }, "Copy");
    const details = made("details", { open: Boolean(memory.get("parts")) },
      made("summary", {}, "Parts"),
      made("div", { class: "parts", tabindex: "0", role: "group", "aria-label": "Parts" },
        made("dl", {}, made("dt", {}, "layout"), made("dd", {}, page.layout ?? "none"), ...page.parts.flatMap(partLine))));
    details.addEventListener("toggle", () => memory.set("parts", details.open ? "open" : ""));
    refill(
      parts.bar,
      made("span", { class: "source" }, page.open ? made("a", { href: page.open }, page.source) : page.source),
      navigator.clipboard ? button : null, // only a secure page has it
      page.words === null ? null : made("span", {}, counted(page.words, "word") ?? "no words"),
      details,
      said ? push({ class: "said", onclick: () => showProblems(state.problems, true) }, said) : null,
      push({ class: "hide", onclick: hide }, "Hide ", made("kbd", {}, HIDE)),
    );
    parts.ribbon.hidden = !page.draft;
  }

  // --- what became of the page ---

  // The step is forgotten when it leads there: one that leads nowhere is not taken twice.
  function reload(to) {
    const step = `${mine.digest} ${to}`;
    if (memory.get("step") === step) {
      refill(parts.notice, "Each load gives another page. Load it by hand.");
      return;
    }
    memory.set("step", step);
    memory.set("place", JSON.stringify({ path: location.pathname, y: scrollY, seen: scrollY > 0 ? seen() : [] }));
    leave();
    location.reload();
  }

  const blocks = () => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd, tr)")];
  const topOf = (block) => block.getBoundingClientRect().top;

  function seen() {
    const all = blocks().map((block) => [block.textContent, topOf(block)]);
    return all.filter(([, top]) => top >= 0 && top < innerHeight);
  }

  // What was seen, known by its text, stays where it was, though text above it has grown.
  function keepPlace() {
    const { path, y, seen } = JSON.parse(memory.get("place") || "{}");
    memory.set("place", "");
    if (path === location.pathname) {
      scrollTo({ top: y, behavior: "instant" });
      const now = blocks();
      const same = seen.map(([text, top]) => [now.filter((block) => block.textContent === text), top]);
      const [block, top] = same.find(([found]) => found.length === 1) ?? [];
      scrollBy({ top: block ? topOf(block[0]) - top : 0, behavior: "instant" });
    }
  }

  // A stylesheet is exchanged in place: the old one goes when the new one is there.
  function dress(styles, base) {
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")];
    for (const [plain, wanted] of Object.entries(styles)) {
      const path = (link) => decodeURIComponent(new URL(link.href).pathname);
      const worn = links.filter((link) => path(link).replace(/-[0-9a-f]{8}(?=\.css$)/, "") === base + plain);
      if (worn.length > 0 && worn.every((link) => path(link) !== base + wanted)) {
        const next = worn.at(-1).cloneNode();
        next.href = base + wanted;
        next.addEventListener("load", () => worn.forEach((link) => link.remove()));
        next.addEventListener("error", () => next.remove());
        worn.at(-1).after(next);
      }
    }
  }

  function hear(state) {
    const page = state.page;
    if (page === null) {
      const to = state.moved ? made("a", { href: state.moved }, "Its source is now at another address") : null;
      refill(parts.notice, made("strong", {}, "This page no longer exists."), " ", to);
      showProblems(state.problems);
      return;
    }
    if (page.path !== mine.page || page.digest !== mine.digest) {
      reload(page.digest);
      return;
    }
    memory.set("step", "");
    refill(parts.notice);
    dress(state.styles, state.base);
    showBar(state);
    showProblems(mine.problems ? JSON.parse(mine.problems) : state.problems);
  }

  // --- the stream of events ---

  function leave() {
    stream?.close();
    stream = null;
  }

  // A hidden tab listens to nothing: a browser opens six connections to a host.
  function listen() {
    if (stream || document.visibilityState === "hidden") {
      return;
    }
    const [address, page, source] = [location.pathname, mine.page, mine.source].map(encodeURIComponent);
    stream = new EventSource(`${own}events?address=${address}&page=${page}&source=${source}`);
    stream.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    stream.addEventListener("open", () => parts.host.removeAttribute("data-ended"));
    stream.addEventListener("error", () => {
      parts.host.dataset.ended = "";
      if (stream?.readyState === EventSource.CLOSED) {
        leave();
        setTimeout(listen, PATIENCE);
      }
    });
  }

  frame();
  if (mine.problems) {
    showProblems(JSON.parse(mine.problems));
  }
  addEventListener("load", keepPlace);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
