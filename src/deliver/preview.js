// The preview's script: it tells the page that is being read what became of its sources. The server sends the
// state of things, never a change, so that one message says all to a tab that missed some.
"use strict";
(() => {
  const script = document.currentScript;
  const own = new URL(script.src).pathname.replace(/preview\.js$/, "");
  const mine = { ...script.dataset };
  const HIDE = "F2";
  const PATIENCE = 1000;
  const MOST_RELOADS = 5;
  let stream = null;
  let closed = "";
  let parts = {};

  // --- building blocks ----------------------------------------------------------------------------------------

  function made(name, settings = {}, ...inner) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(settings)) {
      if (key.startsWith("on")) {
        element.addEventListener(key.slice(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(key, value === true ? "" : value);
      }
    }
    element.append(...inner.filter((item) => item !== null && item !== undefined));
    return element;
  }

  function counted(count, what) {
    return count === 0 ? null : `${count} ${what}${count === 1 ? "" : "s"}`;
  }

  const memory = {
    get(key) {
      try { return sessionStorage.getItem(`dateline-${key}`); } catch { return null; }
    },
    set(key, value) {
      try { sessionStorage.setItem(`dateline-${key}`, value); } catch { /* no storage, no memory */ }
    },
  };

  // --- the frame that everything is shown in ------------------------------------------------------------------

  function frame() {
    const host = made("div", { id: "dateline-preview", lang: "en", dir: "ltr" });
    const shadow = host.attachShadow({ mode: "open" });
    parts = {
      host,
      alert: made("div", { class: "alert", role: "alert" }),
      notice: made("div", { class: "notice", hidden: true }),
      ribbon: made("div", { class: "ribbon", hidden: true }, "Draft"),
      problems: made("section", { class: "problems", "aria-label": "Problems", hidden: true }),
      bar: made("section", { class: "bar", "aria-label": "Preview", hidden: memory.get("bar") === "hidden" }),
    };
    const look = made("link", { rel: "stylesheet", href: `${own}preview.css` });
    const foot = made("div", { class: "foot" }, parts.problems, parts.bar);
    shadow.append(look, parts.alert, parts.notice, parts.ribbon, foot);
    document.body.append(host);
    addEventListener("keydown", (event) => {
      if (event.key === HIDE && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        parts.bar.hidden = !parts.bar.hidden;
        memory.set("bar", parts.bar.hidden ? "hidden" : "");
      }
      if (event.key === "Escape" && !parts.problems.hidden) {
        close();
      }
    });
  }

  // --- problems -----------------------------------------------------------------------------------------------

  function close() {
    const inside = parts.host.shadowRoot.activeElement;
    closed = parts.problems.dataset.of;
    parts.problems.hidden = true;
    if (inside && parts.problems.contains(inside)) {
      inside.blur();
    }
  }

  function list(problems) {
    const entry = (one) => made(
      "li", {},
      one.open ? made("a", { href: one.open }, one.place) : null,
      made("pre", {}, one.text),
    );
    const shown = problems.all.map(entry);
    const rest = problems.errors + problems.warnings - shown.length;
    return made("ol", {}, ...shown, rest > 0 ? made("li", {}, `and ${rest} more`) : null);
  }

  function summary(problems) {
    return [counted(problems.errors, "error"), counted(problems.warnings, "warning")].filter(Boolean).join(", ");
  }

  // Errors open the panel; warnings wait in the bar. What a reader closed stays closed until it changes.
  function showProblems(problems, opened) {
    const of = JSON.stringify(problems.all.map((one) => one.text));
    const any = problems.errors + problems.warnings > 0;
    const wanted = opened || (problems.errors > 0 && closed !== of);
    if (problems.errors === 0 && !opened) {
      closed = "";
    }
    if (!any || !wanted) {
      parts.problems.hidden = true;
      parts.alert.textContent = "";
      parts.problems.dataset.of = of;
      return;
    }
    if (parts.problems.dataset.of !== of || parts.problems.hidden) {
      const title = problems.errors > 0 ? `${summary(problems)}: the last good edition is shown` : summary(problems);
      parts.problems.replaceChildren(
        made("header", {},
          made("h2", {}, title),
          made("button", { type: "button", onclick: close }, "Close (Esc)")),
        made("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "List of problems" }, list(problems)),
      );
      parts.problems.dataset.of = of;
      parts.alert.textContent = problems.errors > 0 ? title : "";
    }
    parts.problems.hidden = false;
  }

  // --- the bar ------------------------------------------------------------------------------------------------

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = made("textarea", {}, text);
      parts.bar.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, PATIENCE);
  }

  function partLine(part) {
    const from = part.sources.length > 0 ? part.sources.join(", ") : "no source of its own";
    const more = part.more > 0 ? ` and ${part.more} more` : "";
    return [made("dt", {}, part.name), made("dd", {}, from + more)];
  }

  function showBar(state) {
    const open = parts.bar.querySelector("details")?.open;
    const page = state.page;
    const button = made("button", { type: "button", onclick: () => copy(page.source, button) }, "Copy");
    const said = summary(state.problems);
    parts.bar.replaceChildren(
      made("span", { class: "source" }, page.open ? made("a", { href: page.open }, page.source) : page.source),
      button,
      page.words === null ? null : made("span", {}, counted(page.words, "word") ?? "no words"),
      made("details", { open },
        made("summary", {}, "Parts"),
        made("dl", { tabindex: "0", role: "group", "aria-label": "What this page is made of" },
          made("dt", {}, "layout"), made("dd", {}, page.layout ?? "none"), ...page.parts.flatMap(partLine))),
      said ? made("button", { type: "button", class: "said", onclick: () => showProblems(state.problems, true) }, said) : null,
      made("span", { class: "key" }, `${HIDE} hides this`),
    );
    parts.ribbon.hidden = !page.draft;
  }

  function showNotice(...inner) {
    parts.notice.hidden = inner.length === 0;
    parts.notice.replaceChildren(...inner);
  }

  // --- what became of the page --------------------------------------------------------------------------------

  function reload() {
    const [digest, count] = (memory.get("reloads") ?? " 0").split(" ");
    const again = digest === mine.digest ? Number(count) + 1 : 1;
    memory.set("reloads", `${mine.digest} ${again}`);
    if (again > MOST_RELOADS) {
      showNotice("This page changed again and again while it was loaded. Load it by hand.");
      return;
    }
    memory.set("place", `${location.pathname} ${scrollX} ${scrollY}`);
    leave();
    location.reload();
  }

  function keepPlace() {
    const [path, x, y] = (memory.get("place") ?? "").split(" ");
    memory.set("place", "");
    if (path === location.pathname) {
      scrollTo({ left: Number(x), top: Number(y), behavior: "instant" });
    }
  }

  // A stylesheet is exchanged in place: the old one goes when the new one is there.
  function dress(styles, base) {
    for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
      const path = decodeURIComponent(new URL(link.href).pathname);
      const name = path.startsWith(base) ? path.slice(base.length) : "";
      const wanted = styles[name.replace(/-[0-9a-f]{8}(?=\.css$)/, "")];
      if (!wanted || wanted === name || link.dataset.leaving === wanted) {
        continue;
      }
      const next = link.cloneNode();
      delete next.dataset.leaving;
      next.href = base + wanted;
      next.addEventListener("load", () => link.remove());
      next.addEventListener("error", () => next.remove());
      link.dataset.leaving = wanted;
      link.after(next);
    }
  }

  function hear(state) {
    const page = state.page;
    if (page === null) {
      const to = state.moved ? made("a", { href: state.moved }, "Its source is now shown here") : null;
      showNotice("This page no longer exists. ", ...(to ? [to, "."] : []));
      showProblems(state.problems);
      return;
    }
    mine.page ??= page.path;
    mine.digest ??= page.digest;
    if (page.path !== mine.page || page.digest !== mine.digest) {
      reload();
      return;
    }
    showNotice();
    dress(state.styles, state.base);
    showProblems(mine.problems ? JSON.parse(mine.problems) : state.problems);
    showBar(state);
  }

  // --- the stream of events -----------------------------------------------------------------------------------

  function leave() {
    stream?.close();
    stream = null;
  }

  // A hidden tab listens to nothing: a browser opens only six connections to a host.
  function listen() {
    if (stream || document.visibilityState === "hidden") {
      return;
    }
    const query = [["address", location.pathname], ["page", mine.page ?? ""], ["source", mine.source ?? ""]];
    const asked = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
    stream = new EventSource(`${own}events?${asked}`);
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
  if (document.readyState === "complete") { keepPlace(); } else { addEventListener("load", keepPlace); }
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
