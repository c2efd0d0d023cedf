"""`motcua documents verify [--quick]`."""

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from motcua.config.cli import setup
from motcua.config.cli.local import at_home

if TYPE_CHECKING:
    from motcua.documents.models import Blob

WHOLE, MISSING, CHANGED = "whole", "missing", "changed"
MOST_NAMED = 50  # a store that is gone altogether needs no long list


@at_home
def verify(given: argparse.Namespace) -> int:
    """Read every file of the store, or with `--quick` look only whether it is there; 0 if none is missing or changed.

    For the hour after a restore. A file that no row names is no fault: the nightly sweep takes it away.
    """
    setup()
    from motcua.documents.models import Blob

    found = Counter({WHOLE: 0})
    for blob in Blob.objects.order_by("pk").iterator(chunk_size=1000):
        state = _state(blob, quick=given.quick)
        found[state] += 1
        if state != WHOLE and found[MISSING] + found[CHANGED] <= MOST_NAMED:
            print(f"{state:<8} {blob.sha256}")
    print(f"{found.total()} files; missing: {found[MISSING]}, changed: {'not read' if given.quick else found[CHANGED]}")
    return 1 if found[MISSING] or found[CHANGED] else 0


def _state(blob: "Blob", *, quick: bool) -> str:
    from motcua.documents import queries, store

    if not store.storage().exists(store.path_of(blob.sha256)):
        return MISSING
    return WHOLE if quick or queries.verify(blob) else CHANGED
