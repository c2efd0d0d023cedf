"""`motcua search "câu hỏi"`: what the catalogue's search finds, best first, and why."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from motcua.config.cli import setup
from motcua.config.cli.local import at_home

if TYPE_CHECKING:
    from motcua.procedures.finding.entry import Found

NUMBER = 1.0  # the score of what was asked for by its number


@at_home
def search(given: argparse.Namespace) -> int:
    """Print the records found, ungrouped; 0 also if there are none."""
    setup()
    from motcua.procedures.search.building import opened

    with opened() as index:
        found = index.search(" ".join(given.text))
        rows = [row(found, place) for place in range(max(0, min(given.limit, len(found.entries))))]
    if given.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    if found.read_as:
        print(f"(read as: {found.read_as})")
    for one in rows:
        print(f"{one['code']:>10}  {one['score']:7.3f}  {one['name']}")
    return 0


def row(found: "Found", place: int) -> dict[str, Any]:
    """One record found, for a program to read."""
    entry, why = found.entries[place], found.why(place)
    return {
        "code": entry.code,
        "name": entry.name,
        "score": round(found.scores[place], 4) if found.scores else NUMBER,
        "why": {
            "words": list(why.words),
            "synonyms": [{"said": said, "written": written} for said, written in why.synonyms],
            "mended": [{"typed": typed, "read": read} for typed, read in why.mended],
            "pinned": why.pinned,
        },
    }
