#!/usr/bin/env python3
"""How large the site of an archive is, by kind of file, and a brief's page by kind of element.

    python3 benches/weight.py [--briefs 10000] [--work DIR] [--dateline BINARY] [--root SITE]

Builds target/release/dateline, makes the archive by archive.py (seed 1) or takes a site that is there, builds it with
years split as usual, and adds up the sizes of the files, as GitHub Pages does. Linux; standard library.
"""
import argparse
import re
import shutil
import statistics
import tempfile
from collections import Counter
from pathlib import Path

from compare import NOW, dateline, quiet, site

# What a file is, by its path; the first that fits.
KINDS = [
    ("briefs' pages", r"\d{4}/\d\d/\d\d/.*\.html$"),
    ("lists: agencies", r"agencies.*\.html$"),
    ("lists: topics", r"topics.*\.html$"),
    ("lists: timeline", r"timeline.*\.html$"),
    ("search", r"search"),
    ("feeds", r".*feed(\.atom|\.rss|\.json|s\.opml)$"),
    ("sitemaps", r"sitemap"),
    ("data: NDJSON", r"data/briefs"),
    ("data: CSL-JSON", r"data/citations"),
    ("data: TimelineJS", r".*timeline.*\.json$"),
    ("all else", r""),
]

# The elements of a brief's page, cut out one after the other.
ELEMENTS = [
    ("structured data", r'<script type="application/ld\+json">.*?</script>\n'),
    ("policy", r"<meta http-equiv=.*?>\n"),
    ("card", r'<meta (?:property|name="twitter)[^>]*>\n'),
    ("title", r"<title>.*?</title>\n"),
    ("description", r'<meta name="description"[^>]*>\n'),
    ("links in the head", r"<link [^>]*>\n"),
    ("other meta", r"<meta [^>]*>\n"),
    ("skip links", r'<div class="skip">.*?</div>\n'),
    ("masthead", r'<header class="masthead">.*?</header>\n'),
    ("rule in the margin", r'<div class="margin".*?</svg></div>\n'),
    ("topics, dateline", r'<p class="kicker">.*?</p>|<p class="dateline">.*?</p>\n'),
    ("headline, standfirst", r'<h1>.*?</h1>|<p class="standfirst">.*?</p>'),
    ("citation", r'<details class="cite">.*?</details>'),
    ("credit", r'<p class="credit">.*?</p>'),
    ("related briefs", r'<section><h2 class="head">.*?</ol></section>\n?'),
    ("before and after", r'<nav class="beside".*?</nav>\n|<p class="ways">.*?</p>\n'),
    ("footer", r"<footer.*?</footer>\n"),
    ("body", r'<div class="text">.*?</div>\n'),
    ("all else", r".*"),
]


def kinds(out):
    """Files and bytes of each kind."""
    files, sizes = Counter(), Counter()
    for path in (path for path in out.rglob("*") if path.is_file()):
        kind = next(name for name, form in KINDS if re.match(form, path.relative_to(out).as_posix()))
        files[kind] += 1
        sizes[kind] += path.stat().st_size
    return files, sizes


def elements(out):
    """The mean bytes of each element in the pages of briefs, in a sample of 1,000 at most."""
    pages = sorted(path for path in out.rglob("*.html") if re.match(KINDS[0][1], path.relative_to(out).as_posix()))
    pages = pages[:: max(1, len(pages) // 1000)]
    sizes = Counter()
    for page in pages:
        html = page.read_text()
        for name, form in ELEMENTS:
            rest = re.sub(form, "", html, flags=re.DOTALL)
            sizes[name] += len(html.encode()) - len(rest.encode())
            html = rest
    median = statistics.median(page.stat().st_size for page in pages)
    return {name: size / len(pages) for name, size in sizes.items()}, median


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--briefs", type=int, default=10_000)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "dateline-bench")
    parser.add_argument("--dateline", type=Path)
    parser.add_argument("--root", type=Path, help="a site that is weighed in place of an archive")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    binary = arguments.dateline or dateline()
    source = arguments.root or site(arguments.work, arguments.briefs)
    with tempfile.TemporaryDirectory(dir=arguments.work) as folder:
        root, out = Path(folder) / "site", Path(folder) / "out"
        shutil.copytree(source, root, ignore=shutil.ignore_patterns(".dateline", "public"))
        settings = root / "content/site.yaml"
        settings.write_text(re.sub(r"period_limit:.*\n", "", settings.read_text()))
        quiet(binary, "build", "--quiet", "--root", root, "--out", out, "--now", NOW)
        files, sizes = kinds(out)
        parts, median = elements(out)
    print("| kind | files | MB |\n|---|---:|---:|")
    for kind, size in sizes.most_common():
        print(f"| {kind} | {files[kind]:,} | {size / 1e6:.1f} |")
    print(f"| **sum** | {sum(files.values()):,} | {sum(sizes.values()) / 1e6:.1f} |")
    print(f"\n| in a brief's page ({median:,.0f} bytes in the median) | bytes (mean) |\n|---|---:|")
    for part, size in sorted(parts.items(), key=lambda part: -part[1]):
        print(f"| {part} | {size:,.0f} |")


if __name__ == "__main__":
    main()
