"""Which catalogue this process searches: the present one, or for some seconds the one before.

A small catalogue (a ward's sample, a test) is indexed at once, in the request that needs it. For a large one a worker's
job stores the index; a thread of this process looks for it, fetches it and puts it in the place of the old one, which
answers until then. Is nobody storing (no worker runs), the thread builds the index itself after a minute.
"""

import logging
import time
from dataclasses import dataclass, replace
from threading import Lock, Thread

from django.db import DatabaseError, connection

from motcua.procedures.search import building
from motcua.procedures.search.building import Folder, Moment
from motcua.procedures.search.catalogue import Catalogue

LOOK_SECONDS = 3  # between two looks at the stamp
PATIENCE = 60  # seconds that the thread waits for the worker's index

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Kept:
    """What is being searched. The folder lives as long as its index."""

    moment: Moment
    catalogue: Catalogue
    folder: Folder | None = None
    small: bool = False


class _Shelf:
    """The catalogue of this process."""

    def __init__(self) -> None:
        self.lock, self.starting = Lock(), Lock()
        self.kept: _Kept | None = None
        self.keeper: Thread | None = None
        self.stale_since: float | None = None


_shelf = _Shelf()


def catalogue() -> Catalogue:
    """The catalogue to search. A large one costs no query; a small one a query for the stamp."""
    kept = _shelf.kept
    if kept is not None and not kept.small:
        watch()
        return kept.catalogue
    moment = building.present()
    if kept is not None and kept.moment == moment and moment.token is not None:
        return kept.catalogue
    with _shelf.lock:
        return _at_once(moment).catalogue


def refresh() -> bool:
    """Bring this process up to date if it can be done now; whether another catalogue took the old one's place."""
    kept, moment = _shelf.kept, building.present()
    if kept is None:
        with _shelf.lock:  # who asks meanwhile waits for this one
            _at_once(moment)
        return True
    if kept.moment == moment:
        _shelf.stale_since = None
        return False
    now = time.monotonic()
    since = _shelf.stale_since = _shelf.stale_since or now
    if building.is_small():
        _shelf.kept = _own(moment, small=True)
    elif building.is_stored(moment) and (fetched := building.fetch(moment)):
        _shelf.kept = _of(fetched)
    elif now - since >= PATIENCE:
        log.warning("no stored index for %s s: this process builds its own", PATIENCE)
        _shelf.kept = _own(moment)
    else:
        return False
    _shelf.stale_since = None
    return True


def forget() -> None:
    """Drop what this process holds: another database is underneath, as between tests."""
    with _shelf.lock:
        _shelf.kept, _shelf.stale_since = None, None


def _at_once(moment: Moment) -> _Kept:
    """A catalogue without waiting for anybody: small ones anew, a large one as it was stored last."""
    kept = _shelf.kept
    if kept is not None and (not kept.small or (kept.moment == moment and moment.token is not None)):
        return kept  # another thread was first
    if building.is_small():
        kept = _own(moment, small=True)
    elif kept is not None:  # it has grown, as by an import: the few records answer until the many are indexed
        kept = replace(kept, small=False)
    else:
        fetched = building.fetch(moment) or building.fetch(None)
        kept = _of(fetched) if fetched else _own(moment)
    _shelf.kept = kept
    return kept


def _own(moment: Moment, *, small: bool = False) -> _Kept:
    return _Kept(moment, building.build(), small=small)


def _of(fetched: tuple[Moment, Catalogue, Folder]) -> _Kept:
    moment, found, folder = fetched
    return _Kept(moment, found, folder)


def watch() -> None:
    """Let a thread look after this process's catalogue from now on; a server calls it before the first visitor comes.

    A server's fork has none of its parent's threads: the first search sees to it too.
    """
    if _shelf.keeper is not None and _shelf.keeper.is_alive():
        return
    with _shelf.starting:
        if _shelf.keeper is None or not _shelf.keeper.is_alive():
            _shelf.keeper = Thread(target=_keep, name="catalogue", daemon=True)
            _shelf.keeper.start()


def _keep() -> None:
    while True:
        try:
            if refresh() and _shelf.kept:
                _shelf.kept.catalogue.index.prepare()
        except DatabaseError as trouble:  # away for a moment; the catalogue at hand goes on answering
            log.warning("the catalogue's stamp can't be read: %s", type(trouble).__name__)
        finally:
            connection.close()
        time.sleep(LOOK_SECONDS)
