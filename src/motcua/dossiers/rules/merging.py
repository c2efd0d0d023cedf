"""How two windows of the same person write into one set of answers without losing a word.

The later save wins, field by field; what a window only sent back as it had shown it undoes nothing; and a window that
replaces what another had saved since is told so.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.eforms.rules import is_blank

LAST = "last"  # in the revisions: who saved last, [page, turn]


@dataclass(frozen=True)
class Seen:
    """What the page that saves had seen.

    Attributes:
        revision: that of what is saved, when the page was made.
        page: a word that this one rendering of the page carries; its own saves are no surprise to it.
        turn: counts the saves of this page, so that one that was overtaken on the way doesn't undo a later one.
        shown: `mark_of` each value as the page showed it: what wasn't touched here doesn't undo another window's save;
            None if the page doesn't say.
    """

    revision: int = 0
    page: str = ""
    turn: int = 0
    shown: Mapping[str, str] | None = None


NOTHING_SEEN = Seen()


@dataclass(frozen=True)
class Merged:
    """The values after a save.

    Attributes:
        changed: the fields that are different now.
        surprises: those of them that had been saved otherwise since the page was made.
    """

    values: dict[str, Any]
    changed: list[str]
    surprises: list[str]


def merge(
    before: dict[str, Any], posted: dict[str, Any], revisions: Mapping[str, Any], seen: Seen, *, prefix: str = ""
) -> Merged:
    """What is kept of a posted page.

    Args:
        before: the values as they are kept now.
        posted: the same with what the page says.
        revisions: field (after `prefix`) → [the revision that last changed it, the page that did].
    """

    def is_news(key: str) -> bool:
        change = revisions.get(prefix + key)
        return bool(change and seen.page and change[0] > seen.revision and change[1] != seen.page)

    after = before if _overtaken(revisions, seen) else dict(posted)
    if after is not before and seen.shown is not None:
        for key in posted:
            if key in before and is_news(key) and seen.shown.get(key, _BLANK) == mark_of(posted[key]):
                after[key] = before[key]
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return Merged(after, changed, [key for key in changed if before.get(key) and is_news(key)])


def revisions_after(
    revisions: Mapping[str, Any], merged: Merged, revision: int, seen: Seen, *, prefix: str = ""
) -> dict[str, Any]:
    """The revisions once this save is the `revision`th."""
    return {
        **revisions,
        **{prefix + key: [revision, seen.page] for key in merged.changed},
        LAST: [seen.page, seen.turn],
    }


def mark_of(value: Any) -> str:
    """A short mark by which to see whether a value is still the same; all blanks are alike."""
    text = "" if is_blank(value) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2s(text.encode(), digest_size=4).hexdigest()


_BLANK = mark_of(None)


def _overtaken(revisions: Mapping[str, Any], seen: Seen) -> bool:
    """Whether a later save of the same page has already arrived."""
    page, turn = revisions.get(LAST, ["", 0])
    return bool(seen.page) and bool(page == seen.page and turn > seen.turn)
