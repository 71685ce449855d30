#!/usr/bin/env python3
"""How long a saved file takes to reach the browser: `dateline serve` beside `hugo server`, on the same briefs.

    python3 benches/preview.py [--briefs 1000 10000] [--edits 50] [--hugo-edits 5] [--many 1000] [--work DIR]
                               [--dateline BINARY] [--without-hugo]

Times from the rename of the saved file to the first response that shows it, asked for every millisecond. Sites and
tools are those of compare.py; both are copied before they are edited. Prints one table. Linux; standard library.
"""
import argparse
import http.client
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import compare

PATIENCE = 60  # seconds until an edit counts as missed
BUDGET = 90  # seconds that one kind of edit may take, after three of them
TICK = os.sysconf("SC_CLK_TCK")
KINDS = ("body", "headline", "topic's name", "template", "stylesheet")


class Server:
    """A running server, and one connection that is kept, as a browser keeps it."""

    def __init__(self, command, log):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        words = [str(word).replace("{port}", str(self.port)) for word in command]
        started = time.monotonic()
        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.connection = None
        while b"<html" not in self.get("/"):
            if self.process.poll() is not None or time.monotonic() - started > 600:
                sys.exit(f"{words[0]} does not serve; it says:\n{Path(log.name).read_text()}")
            time.sleep(0.002)
        self.ready = time.monotonic() - started

    def get(self, path):
        """The body of a page; nothing where there is no answer."""
        for _ in range(2):
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                self.connection.request("GET", path)
                return self.connection.getresponse().read()
            except (OSError, http.client.HTTPException):
                self.connection = None
        return b""

    def shows(self, shown, since):
        """Milliseconds until something is shown; `None` where it never is."""
        while True:
            asked = time.monotonic()
            if shown():
                return (time.monotonic() - since) * 1000
            if asked - since > PATIENCE:
                return None
            time.sleep(max(0, 0.001 - (time.monotonic() - asked)))

    def used(self):
        words = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / TICK

    def rest(self, quiet=0.5):
        """Waits until it has nothing left to do."""
        since, last = time.monotonic(), self.used()
        while time.monotonic() - since < quiet:
            time.sleep(0.05)
            now = self.used()
            if now - last > 0.015:
                since, last = time.monotonic(), now

    def memory(self):
        """What it holds, and the most it held, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return tuple(int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM"))

    def end(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def save(path, text):
    """As most editors save; the moment of the rename."""
    new = path.with_name(path.name + ".tmp~")
    new.write_text(text)
    os.rename(new, path)
    return time.monotonic()


class Desk:
    """A copy of a site that is edited, and where in it each kind of edit is made."""

    def __init__(self, site, folder, ours):
        self.ours, self.root = ours, folder
        shutil.copytree(site, folder, ignore=shutil.ignore_patterns("public", ".dateline", ".ready", "resources"))
        self.briefs = sorted((folder / "content/briefs" if ours else folder / "content").glob("20*/*/*.md"))
        self.topic = folder / ("content/topics/syria.md" if ours else "content/topics/syria/_index.md")
        self.template = folder / ("templates/partials/footer.html" if ours else "layouts/baseof.html")
        self.style = folder / ("static/custom.css" if ours else "static/dateline.css")
        for file in (self.template, self.style):
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.exists():
                file.write_text('<footer id="footer"></footer>' if file == self.template else "/* none yet */")
        self.page_frame, self.topic_text = self.template.read_text(), self.topic.read_text()
        dated = ((re.search(r"^date: (\S+)", text, re.M)[1], path) for path in self.briefs if "Syria" in (text := path.read_text()))
        # The first topic is the one whose page shows it.
        self.newest = [path for _, path in sorted(dated, reverse=True) if self.first_topic(path) == "Syria"][:20]

    @staticmethod
    def first_topic(path):
        return re.search(r'^topics: \["([^"]+)"', path.read_text(), re.M)[1]

    @staticmethod
    def address(path):
        day = re.search(r"^date: (\d{4})-(\d\d)-(\d\d)", path.read_text(), re.M)
        return f"/{day[1]}/{day[2]}/{day[3]}/{path.stem}.html"

    def edit(self, server, kind, mark, turn):
        """Makes an edit; milliseconds until it is shown."""
        shows = lambda page, since: server.shows(lambda: mark.encode() in server.get(page), since)
        if kind == "body":
            path = random.choice(self.briefs)
            return shows(self.address(path), save(path, f"{path.read_text()}\nAnd {mark}.\n"))
        if kind == "headline":
            path = self.newest[turn % len(self.newest)]
            text = re.sub(r"^title: .*$", f'title: "{mark}"', path.read_text(), count=1, flags=re.M)
            return shows("/topics/syria.html", save(path, text))
        if kind == "topic's name":
            new = f"name: {mark}\naliases: [Syria]" if self.ours else f"title: {mark}"
            text = re.sub(r"^(name|title): .*$", new, self.topic_text, count=1, flags=re.M)
            return shows("/topics/syria.html", save(self.topic, text))
        if kind == "template":
            end = "</footer>" if self.ours else "</body>"
            text = self.page_frame.replace(end, f"<p>{mark}</p>{end}")
            return shows(self.address(self.newest[0]), save(self.template, text))
        return self.restyle(server, mark)

    def restyle(self, server, mark):
        """A page has to lead to the new stylesheet: ours by another name, since the old one may be kept."""
        form = rb'href="([^"]*custom-[0-9a-f]+\.css)"' if self.ours else rb'href="([^"]*dateline\.css)"'
        link = lambda: re.search(form, server.get("/"))
        before = link()
        if before is None:
            sys.exit("the front page links to no stylesheet that could be edited")

        def shown():
            now = link()
            other = now is not None and (not self.ours or now[1] != before[1])
            return other and mark.encode() in server.get("/" + now[1].decode().lstrip("/"))
        return server.shows(shown, save(self.style, f".{mark} {{ color: red }}\n"))


def times(desk, server, kind, edits):
    """What each edit took; one that is missed is `None`."""
    found, began = [], time.monotonic()
    for turn in range(edits):
        server.rest()
        found.append(desk.edit(server, kind, f"zq{KINDS.index(kind)}x{turn}z", turn))
        if len(found) >= 3 and time.monotonic() - began > BUDGET and not desk.ours:
            break
    return found


def shown(found):
    seen = [one for one in found if one is not None]
    if not seen:
        return f"never within {PATIENCE} s"
    missed = f", {len(found) - len(seen)} missed" if len(seen) < len(found) else ""
    return f"{statistics.median(seen):.0f} ms ({min(seen):.0f}–{max(seen):.0f}, {len(found)} edits{missed})"


def measured(name, desk, command, asked, log):
    server = Server(command, log)
    try:
        server.rest(1.5)
        start = server.memory()
        edits = asked.edits if desk.ours else asked.hugo_edits
        found = {kind: times(desk, server, kind, edits) for kind in KINDS}
        many = asked.many if desk.ours else 0
        quick = [desk.edit(server, "body", f"zqm{turn}z", turn) for turn in range(many)]
        server.rest(1.5)
        end = server.memory()
    finally:
        server.end()
    cells = [f"{server.ready:.2f} s", *(shown(found[kind]) for kind in KINDS), f"{start[0]:.0f} MB (peak {start[1]:.0f})",
             f"{end[0]:.0f} MB (peak {end[1]:.0f}) after {edits * len(KINDS) + many} edits"]
    print(f"| {asked.size:,} | {name} | {' | '.join(cells)} |", flush=True)
    if desk.ours and None in [*quick, *(one for row in found.values() for one in row)]:
        sys.exit("an edit was missed")


def at(size, tools, asked, top):
    asked.size = size
    ours, theirs = tools
    with open(top / "log", "w") as log:
        desk = Desk(compare.site(asked.work, size), top / f"dateline-{size}", True)
        build = [ours, "build", "--root", desk.root, "--out", top / "out", "--now", compare.NOW, "--quiet"]
        print(f"  a clean build of {size:,} takes {compare.measured(*build)[0]:.2f} s", file=sys.stderr)
        command = [ours, "serve", "--root", desk.root, "--port", "{port}", "--now", compare.NOW]
        measured("dateline serve", desk, command, asked, log)
        if theirs:
            desk = Desk(compare.site(asked.work, size, "--hugo"), top / f"hugo-{size}", False)
            command = [theirs, "server", "--source", desk.root, "--destination", top / "hugo-out", "--port", "{port}",
                       "--bind", "127.0.0.1", "--buildFuture", "--quiet"]
            measured("hugo server", desk, command, asked, log)


def main():
    ask = argparse.ArgumentParser(description="dateline serve beside hugo server.")
    ask.add_argument("--briefs", type=int, nargs="+", default=[1000, 10000])
    ask.add_argument("--edits", type=int, default=50, help="of each kind")
    ask.add_argument("--hugo-edits", type=int, default=5, help="of each kind, in Hugo's site")
    ask.add_argument("--many", type=int, default=1000, help="further edits before memory is looked at again")
    ask.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "dateline-bench")
    ask.add_argument("--dateline", type=Path, help="another binary than target/release/dateline, which is built otherwise")
    ask.add_argument("--without-hugo", action="store_true")
    asked = ask.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    random.seed(1)
    tools = asked.dateline or compare.dateline(), None if asked.without_hugo else compare.hugo(asked.work)
    print(f"| briefs | | ready | {' | '.join(KINDS)} | memory | later |")
    print(f"|---:|---|---:|{'---:|' * len(KINDS)}---:|---:|")
    for size in asked.briefs:
        top = Path(tempfile.mkdtemp(prefix="preview-", dir=asked.work))
        try:
            at(size, tools, asked, top)
        finally:
            shutil.rmtree(top)


if __name__ == "__main__":
    main()
