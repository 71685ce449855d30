#!/usr/bin/env python3
"""An archive of invented news briefs, the same for the same seed, as a site for dateline or for Hugo.

    python3 benches/archive.py 10000 /tmp/archive            for dateline
    python3 benches/archive.py 10000 /tmp/archive --hugo     the same briefs for Hugo

Ten years of briefs of about 250 words, three large topics and 37 smaller ones, 24 agencies. All prose is put
together from lists of words: places are real, nobody is named, and nothing of it happened. Standard library only.
"""
import argparse
import datetime
import json
import math
import random
import re
import sys
from pathlib import Path

# Names with their weights: few topics and agencies get most of the briefs, as in a real archive.
LARGE = {"Syria": 36, "Ukraine": 36, "North Korea": 18}
SMALL = """Afghanistan, Armenia, Azerbaijan, Belarus, Cyprus, Egypt, Ethiopia, Georgia, Haiti, India, Iran, Iraq,
Israel, Kosovo, Lebanon, Libya, Mali, Moldova, Myanmar, Niger, Pakistan, Palestine, Serbia, Somalia, South Korea,
Sudan, Taiwan, Tunisia, Turkey, Venezuela, Yemen, Arms control, Climate, Elections, Energy, Migration,
Trade""".replace("\n", " ").split(", ")
AGENCIES = """AP, Reuters, AFP, dpa, Interfax, TASS, Xinhua, Kyodo, Yonhap, ANSA, EFE, PTI, APA, Anadolu, Ukrinform,
Belga, Lusa, Ritzau, NTB, TT, STT, PAP, ČTK, MTI""".replace("\n", " ").split(", ")
PLACES = {
    "Syria": "Damascus, Aleppo, Homs, Idlib, Raqqa, Daraa, Hama, Palmyra, Deir ez-Zor",
    "Ukraine": "Kyiv, Kharkiv, Odesa, Dnipro, Lviv, Mariupol, Kherson, Donetsk, Chernihiv",
    "North Korea": "Pyongyang, Wonsan, Kaesong, Panmunjom, Seoul, Hamhung, Sinuiju",
    "": "Geneva, Vienna, Brussels, New York, Ankara, Cairo, Astana, Minsk, Tokyo, Zürich, Medellín, Şanlıurfa",
}
PLACES = {topic: names.split(", ") for topic, names in PLACES.items()}
WORDS = {
    "who": """the foreign ministry; the defence ministry; a government spokeswoman; two diplomats; the governor's office;
        aid workers; observers; the central bank; a United Nations envoy; the opposition; border guards; the railways;
        residents; engineers; the election commission; a court in the capital; the grid operator; traders""",
    "did": """resumed talks; halted flights; opened a crossing; lifted a curfew; published a list; denied the report;
        delivered aid; asked for more time; called off a visit; restored power; signed an accord; tested a system;
        turned back a convoy; raised tariffs; released detainees; set a date; withdrew an offer; agreed to inspections""",
    "what": """the ceasefire; the grain shipments; the northern crossing; the prisoner exchange; the pipeline; the water
        works; the port; the draft resolution; the joint commission; the power station; the bridge; the relief convoy;
        the inspections; the budget; the railway line; the observer mission; the summit; the sanctions list""",
    "why": """after a week of talks; as winter set in; for the first time this year; without giving a reason; under an
        accord reached in spring; in spite of protests; while a decision was pending; on the eve of a vote; at the
        request of both sides; after repeated delays; because of damage to the road; amid doubts over the money""",
    "how": """said; told reporters; wrote in a statement; said by telephone; told the agency; said on its website""",
    "quote": """Nothing has been decided yet; We are closer than we were a month ago; The figures speak for themselves; It is
        a beginning, no more; Neither side wants to be the first to leave; We will see what is left in spring; People
        are tired & want to go home; There was no other way""",
    "count": "people; families; lorries; tonnes of wheat; households; megawatts; tents; observers",
    "head": """Background; Reactions; What comes next; On the ground; The figures; Earlier attempts; Open questions""",
}
WORDS = {name: [word.strip() for word in " ".join(words.split()).split(";")] for name, words in WORDS.items()}
HEADLINES = [
    "{Who} {did} in {place} {why}", "{Who}: {what} to be reviewed", "{place}: {who} {did}",
    "{What} reaches {place} {why}", "After {n} days, {who} {did}", "{Who} and {who} at odds over {what}",
]
SENTENCES = [
    "{Who} in {place} {did} {why}, {who} {how}.", "Talks on {what} would go on, {who} {how}.",
    "According to *{agency}*, {who} {did} {why}.", "“{quote},” {who} {how}.", "{Who} put the number of {count} at {n}.",
    "It was unclear whether {what} would be affected.", "Some {n} {count} depended on {what}, {who} {how}.",
    "{Who} had **twice** asked {who} for a word on {what}.", "In {place}, {who} {did} on the same day.",
    "{What} had been closed {why}, which {who} did not confirm.", "That {who} {did} came as a surprise in {place}.",
]


def pieces(pattern):
    """A pattern as text and slots by turns."""
    return re.split(r"\{(\w+)\}", pattern)


HEADLINES, SENTENCES = [[pieces(p) for p in patterns] for patterns in (HEADLINES, SENTENCES)]


class Writer:
    """Puts briefs together; everything comes from one random source, in one order."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def one(self, items):
        return items[int(self.random.random() * len(items))]

    def fill(self, pattern, brief):
        made = "".join(self.slot(piece, brief) if turn % 2 else piece for turn, piece in enumerate(pattern))
        return made[0].upper() + made[1:]

    def slot(self, name, brief):
        if name == "place":
            return self.one(PLACES.get(brief["topics"][0]) or PLACES[""])
        if name == "agency":
            return self.one(brief["agencies"])
        if name == "n":
            return str(2 + int(self.random.random() ** 3 * 9000))
        word = self.one(WORDS[name.lower()])
        return word[0].upper() + word[1:] if name[0].isupper() else word

    def heads(self, count):
        """Every brief without its text, oldest first."""
        begin = datetime.datetime(2016, 11, 1, tzinfo=datetime.timezone.utc)
        seconds = sorted(self.random.sample(range(10 * 365 * 86400), count))
        taken, briefs = set(), []
        for second in seconds:
            brief = {"date": begin + datetime.timedelta(seconds=second)}
            large = self.random.random() < 0.9
            pool, weights = (list(LARGE), list(LARGE.values())) if large else (SMALL, None)
            topics = self.random.choices(pool, weights)
            for chance in (0.45, 0.25):
                if self.random.random() < chance:
                    topics.append(SMALL[int(self.random.random() ** 2 * len(SMALL))])
            brief["topics"] = list(dict.fromkeys(topics))
            wanted = self.random.choices((1, 2, 3, 4, 5), (28, 34, 22, 11, 5))[0]
            credit = [AGENCIES[int(self.random.random() ** 2 * len(AGENCIES))] for _ in range(wanted)]
            brief["agencies"] = list(dict.fromkeys(credit))
            brief["editors"] = self.random.sample(["dj", "cmk", "rb", "nm", "tko", "jsi"], 2)
            brief["title"] = self.fill(self.one(HEADLINES), brief)
            brief["summary"] = self.fill(SENTENCES[0], brief)
            folder, plain = brief["date"].strftime("%Y/%m"), re.sub(r"[^a-z0-9]+", "-", brief["title"].lower()).strip("-")
            slug, turn = plain[:60].strip("-"), 2
            while (folder, slug) in taken:
                slug, turn = f"{plain[:60].strip('-')}-{turn}", turn + 1
            taken.add((folder, slug))
            brief["path"] = f"{folder}/{slug}"
            briefs.append(brief)
        return briefs

    def body(self, briefs, number, link):
        brief, rand = briefs[number], self.random.random
        left = min(2500, max(60, self.random.lognormvariate(math.log(200), 0.6)))
        extras = {kind for kind, chance in (("quote", 0.3), ("list", 0.3), ("table", 0.06), ("note", 0.12)) if rand() < chance}
        links, blocks, paragraphs, notes = int(rand() * 2.2), [], 0, ""
        while left > 0:
            if paragraphs and paragraphs % 3 == 0 and left > 90 and rand() < 0.5:
                blocks.append(f"## {self.one(WORDS['head'])}")
            sentences = [self.fill(self.one(SENTENCES), brief) for _ in range(2 + int(rand() * 3))]
            if links and number and rand() < 0.5:
                earlier = briefs[max(0, number - 1 - int(self.random.expovariate(1 / 50)))]
                sentences.append(f"It had been [reported before]({link(earlier)}).")
                links -= 1
            if paragraphs and "note" in extras:
                sentences[-1] += "[^1]"
                notes = f"[^1]: {self.fill(SENTENCES[4], brief)}"
                extras.remove("note")
            blocks.append(" ".join(sentences))
            left -= blocks[-1].count(" ") + 1
            paragraphs += 1
            if paragraphs > 1 and extras:
                blocks.append(self.extra(self.take(extras), brief))
        return "\n\n".join(block for block in [*blocks, notes] if block) + "\n"

    def take(self, extras):
        kind = self.one(sorted(extras))
        extras.remove(kind)
        return kind

    def extra(self, kind, brief):
        if kind == "quote":
            return f"> {self.one(WORDS['quote'])}."
        if kind == "list":
            return "\n".join(f"- {self.fill(self.one(SENTENCES), brief)}" for _ in range(3))
        if kind == "table":
            rows = [f"| {self.one(PLACES[''])} | {int(self.random.random() * 5000)} |" for _ in range(4)]
            return "\n".join(["| Place | Number |", "|---|---:|", *rows])
        return ""


def slug(name):
    return {"ČTK": "ctk"}.get(name) or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def front(brief, **more):
    fields = {"title": brief["title"], "summary": brief["summary"], "topics": brief["topics"], "agencies": brief["agencies"],
              "editors": brief["editors"], **more}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join(["---", f"date: {brief['date']:%Y-%m-%dT%H:%M:%SZ}", *lines, "---", ""])


def for_dateline(brief):
    return f"content/briefs/{brief['path']}.md", front(brief)


def address(brief):
    return f"{brief['date']:%Y/%m/%d}/{brief['path'][8:]}.html"


def for_hugo(brief):
    """Hugo has no lists of one term in one year of its own: they are made as two further taxonomies."""
    years = {f"{kind}years": [f"{slug(name)}-{brief['date'].year}" for name in brief[names]]
             for kind, names in (("topic", "topics"), ("agency", "agencies"))}
    return f"content/{brief['path']}.md", front(brief, url=address(brief), **years)


def rest_for_dateline(briefs):
    """A year stays one page, as it does in Hugo's site."""
    yield "content/site.yaml", ("title: World in Brief\nsection: News\nbase_url: https://example.org/\nlanguages: [en]\n"
                                "description: An archive of invented news for measuring.\nsince: 2016\n"
                                "period_limit: 100000\n")
    yield "content/agencies.yaml", "".join(f"- name: {name}\n" for name in AGENCIES)
    for order, name in enumerate([*LARGE, *SMALL]):
        yield f"content/topics/{slug(name)}.md", f"---\nname: {name}\norder: {order + 1}\n---\n"


def rest_for_hugo(briefs):
    layouts = Path(__file__).parent / "hugo"
    for path in sorted(layouts.rglob("*")):
        if path.is_file():
            yield path.relative_to(layouts).as_posix(), path.read_text()
    yield "static/dateline.css", (Path(__file__).parents[1] / "static/dateline.css").read_text()
    yield "content/timeline.md", '---\ntitle: Timeline\nlayout: timeline\nurl: timeline.html\n---\n'
    for year in sorted({brief["date"].year for brief in briefs}):
        yield f"content/{year}/_index.md", f'---\ntitle: "{year}"\nurl: timeline/{year}.html\n---\n'
    for kind, folder, names in (("topic", "topics", [*LARGE, *SMALL]), ("agency", "agencies", AGENCIES)):
        yield f"content/{folder}/_index.md", f"---\ntitle: {folder.capitalize()}\nurl: {folder}.html\n---\n"
        yield f"content/{kind}years/_index.md", "---\nbuild: {render: never}\n---\n"
        for name in names:
            yield f"content/{folder}/{name_of(name)}/_index.md", f"---\ntitle: {name}\nurl: {folder}/{slug(name)}.html\n---\n"
            for year in sorted({brief["date"].year for brief in briefs if name in brief[folder]}):
                head = f'---\ntitle: "{name}, {year}"\nyear: {year}\nurl: {folder}/{slug(name)}/{year}.html\n---\n'
                yield f"content/{kind}years/{slug(name)}-{year}/_index.md", head


def name_of(name):
    """How Hugo names the folder of a term."""
    return name.lower().replace(" ", "-")


def main():
    ask = argparse.ArgumentParser(description="An archive of invented news briefs.")
    ask.add_argument("briefs", type=int, help="how many")
    ask.add_argument("folder", type=Path, help="where to")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--hugo", action="store_true", help="for Hugo in place of dateline")
    asked = ask.parse_args()
    writer = Writer(asked.seed)
    briefs = writer.heads(asked.briefs)
    link = (lambda brief: f"/{address(brief)}") if asked.hugo else (lambda brief: f"/briefs/{brief['path']}.md")
    layout, rest = (for_hugo, rest_for_hugo) if asked.hugo else (for_dateline, rest_for_dateline)
    made, words = set(), 0

    def put(path, text):
        file = asked.folder / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(text.encode())
    for number, brief in enumerate(briefs):
        path, head = layout(brief)
        body = writer.body(briefs, number, link)
        words += body.count(" ")
        put(path, head + body)
    for path, text in rest(briefs):
        put(path, text)
    print(f"{asked.briefs} briefs of about {words // max(1, asked.briefs)} words in {asked.folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
