"""How well is it found? `make bench-search`: questions whose answer is known, asked of the real records. Never a test.

It reads the records from files, as an import would, and needs no database. docs/decisions/0011-catalogue-search.md says
what the figures are and how the ranking was tuned: never on a held-out question.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
DATA = HERE.parent / "shared" / "data"
RECORDS = ("procedures.jsonl.xz", "procedures_index.jsonl.xz")
OWN = HERE / "tests" / "procedures" / "finding" / "own_questions.jsonl"
HELD_OUT = 5  # every fifth question
TEN = 10
EVERYDAY = ("ai_test_colloquial", "ai_or_team_colloquial_mapped_here")


@dataclass(frozen=True)
class Question:
    """A question and its right answers."""

    text: str
    codes: frozenset[str]
    origin: str
    is_held: bool
    is_everyday: bool  # colloquial, or without accents


@dataclass
class Tally:
    """At which places right answers stood; 0 for not found."""

    places: list[int] = field(default_factory=list)

    def row(self, name: str) -> str:
        """A line of the table."""
        n = len(self.places) or 1
        first = sum(place == 1 for place in self.places) / n
        ten = sum(0 < place <= TEN for place in self.places) / n
        mean = sum(1 / place for place in self.places if place) / n
        return f"{name:<44}{len(self.places):>5}{first:>8.3f}{ten:>8.3f}{mean:>8.3f}"


def main() -> int:
    """0 when everything could be asked, whatever the figures; 2 without records."""
    options = argparse.ArgumentParser(description="Measure how well questions are answered.")
    options.add_argument("--data", type=Path, default=DATA, help=f"the folder with {', '.join(RECORDS)}")
    options.add_argument("--questions", type=Path, help="another file of questions")
    options.add_argument("--no-held", action="store_true", help="leave the held-out fifth alone: for tuning")
    options.add_argument("--misses", action="store_true", help="print tuned questions whose right answer isn't first")
    given = options.parse_args()
    if not all((given.data / name).is_file() for name in RECORDS):
        print(f"There are no records in {given.data}; say --data.", file=sys.stderr)
        return 2
    from motcua.procedures.finding.index import Index

    began = time.perf_counter()
    index = Index(entries([given.data / name for name in RECORDS]))
    print(f"{len(index.entries)} records, indexed in {time.perf_counter() - began:.1f} s\n")
    files = [given.questions or given.data / "questions.jsonl", OWN]
    asked = [question for file in files if file.is_file() for question in questions(file)]
    loaded = {entry.code for entry in index.entries}
    for is_held in (False, True):
        if not (is_held and given.no_held):
            part = [one for one in asked if one.is_held == is_held and one.codes & loaded]
            _tell("HELD OUT, never looked at" if is_held else "TUNED ON", part, index, misses=given.misses)
    return 0


def _tell(title: str, asked: list[Question], index: Any, *, misses: bool) -> None:
    tallies: dict[str, Tally] = {}
    seconds: list[float] = []
    for question in asked:
        began = time.thread_time()
        found = index.search(question.text)
        seconds.append(time.thread_time() - began)
        codes = [entry.code for entry in found.entries]
        place = next((place for place, code in enumerate(codes, 1) if code in question.codes), 0)
        for group in _groups(question):
            tallies.setdefault(group, Tally()).places.append(place)
        if misses and place != 1 and not question.is_held:
            print(f"[{place}] {question.text} → {sorted(question.codes)[:3]}, got {codes[:1]}")
    print(f"{title:<44}{'n':>5}{'R@1':>8}{'R@10':>8}{'MRR':>8}")
    for name in sorted(tallies, key=lambda name: (not name.isupper(), name)):
        print(tallies[name].row(name))
    seconds.sort()
    if seconds:
        mean, late = sum(seconds) / len(seconds), seconds[int(len(seconds) * 0.95)]
        print(f"a search: {mean * 1000:.1f} ms of one core, {late * 1000:.1f} ms at the 95th of 100\n")


def _groups(question: Question) -> Iterator[str]:
    yield question.origin
    if not question.origin.startswith("own"):
        yield "ALL"
        if question.is_everyday:
            yield "EVERYDAY WORDS AND WITHOUT ACCENTS"


def questions(file: Path) -> Iterator[Question]:
    """The questions of a file; own ones say whether they are held out, others by a sum of their text."""
    for line in file.read_text("utf-8").splitlines():
        row: Mapping[str, Any] = json.loads(line)
        text = row["question"]
        own = "kind" in row
        is_held = row.get("held", False) if own else int(hashlib.sha256(text.encode()).hexdigest(), 16) % HELD_OUT == 0
        codes = frozenset(row["codes"] if own else row["expected_codes"])
        origin = row["origin"] if not own else f"own{', asked blind' if row.get('blind') else ''}: {row['kind']}"
        yield Question(text, codes, origin, is_held, not own and (origin in EVERYDAY or bool(row["unaccented"])))


def entries(files: Iterable[Path]) -> Iterator[Any]:
    """What the index would know of the records in these files; of two lines under one code the better."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@/nowhere?host=/nowhere")  # it isn't asked anything
    os.environ.setdefault("MOTCUA_LOCAL", "1")
    django.setup()
    from motcua.procedures.importing.files import lines_of, reading_of

    best: dict[str, Any] = {}
    for line in lines_of([str(file) for file in files]):
        reading = reading_of(line)
        known = best.get(reading.code)
        if reading.code and (known is None or reading.worth > known.worth):
            best[reading.code] = reading
    for reading in best.values():
        yield _entry(reading)


def _entry(reading: Any) -> Any:
    from motcua.procedures.finding.entry import Entry
    from motcua.procedures.rules.agency_names import named_in

    record = reading.record
    steps = [text for step in record.get("steps", ()) for text in (step["title"], step["text"])]
    papers = [paper["name"] for paper in record.get("requirements", ())]
    agencies, agency = record.get("agencies", {}), record.get("agency_text", "")
    return Entry(
        version_id=0,
        code=reading.code,
        name=record["name"],
        short_name=record["short_name"],
        keywords=tuple(record.get("keywords", ())),
        field=record["field"],
        field_name=reading.field_name,
        levels=tuple(record.get("levels", ())),
        agency=agency,
        audience=tuple(record.get("audience", ())),
        life_events=tuple(reading.life_events),
        results=" ".join(result["name"] for result in record.get("results", ())),
        body=" ".join([record.get("summary", ""), *steps, *papers]),
        issuing_body=record.get("issuing_body", ""),
        short=reading.is_short,
        agencies=tuple(named_in(agencies, agency)),
    )


if __name__ == "__main__":
    sys.exit(main())
