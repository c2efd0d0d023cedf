"""The index of the catalogue as a stored file: built by a job, fetched by every process."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID
from zipfile import BadZipFile

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.procedures.finding.index import Index
from motcua.procedures.finding.storing import form, layout, packed, unpack
from motcua.procedures.models import CatalogueStamp, StoredIndex
from motcua.procedures.search import entries as reads
from motcua.procedures.search.catalogue import Aside, Catalogue

SMALL = 300  # records; so few are indexed in a moment, by each process for itself
OTHER_LAYOUTS_KEPT = timedelta(days=1)  # while the program is being replaced, two versions of it run

_layout, _form = cache(layout), cache(form)
_FOLDER = "motcua-index-"  # then the process that made it
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Moment:
    """What an index was built from: the catalogue's stamp (None: nothing was ever published), and the day."""

    token: UUID | None
    day: date


class Folder:
    """A folder that lasts as long as the index that lies in it; what killed processes left of theirs is deleted."""

    def __init__(self) -> None:
        _drop_left_behind()
        self._kept = tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{os.getpid()}-", ignore_cleanup_errors=True)
        self.path = Path(self._kept.name)


def _drop_left_behind() -> None:
    for left in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        pid = left.name.removeprefix(_FOLDER).partition("-")[0]
        if pid.isdigit() and not Path("/proc", pid).exists() and Path("/proc/self").exists():
            shutil.rmtree(left, ignore_errors=True)  # another user's stays


def present() -> Moment:
    """The moment for which an index must be true now; one small query."""
    return Moment(CatalogueStamp.objects.values_list("token", flat=True).first(), timezone.localdate())


def is_small() -> bool:
    """Whether every process makes its own index at once."""
    return reads.count() < SMALL


def build(folder: Path | None = None) -> Catalogue:
    """A new catalogue of what is in force today; in memory, or in a folder that can be stored."""
    index = Index(reads.entries(), synonyms=reads.synonyms(), pins=reads.pins(), folder=folder)
    aside = Aside.of(index.entries, reads.with_forms())
    if folder:
        aside.write(folder)
    return Catalogue(index, aside)


def store_missing() -> bool:
    """Build and store the index for this moment, unless it is there; whether one was built.

    What is published while it is being built belongs to another moment, whose job comes next.
    """
    moment = present()
    if moment.token is None or is_stored(moment) or is_small():
        return False
    folder = Folder()
    build(folder.path)
    content = packed(folder.path)
    with transaction.atomic():
        _, made = StoredIndex.objects.get_or_create(
            token=moment.token, day=moment.day, layout=_layout(), defaults={"content": content}
        )
        _drop_old(moment)
    return made


def fetch(moment: Moment | None) -> tuple[Moment, Catalogue, Folder] | None:
    """The stored catalogue of a moment, or for `None` the newest that this program can read; None if there is none.

    Read from another version of the program (an update has just been installed), it belongs to no moment: the next look
    takes the one that is being built.
    """
    rows = _of(moment) if moment else StoredIndex.objects.filter(layout__startswith=_form())
    row = rows.order_by("-made_at").first()
    if row is None:
        return None
    try:
        folder = Folder()
        unpack(bytes(row.content), folder.path)
        found = Catalogue(Index.load(folder.path), Aside.read(folder.path))
    except (OSError, BadZipFile) as trouble:  # a full disk: what is at hand goes on answering
        log.warning("the stored index can't be unpacked: %s", trouble)
        return None
    is_ours = row.layout == _layout()
    return Moment(row.token if is_ours else None, row.day), found, folder


@contextmanager
def opened() -> Iterator[Index]:
    """The index alone, for a program that comes and goes; if it wasn't stored for this moment, it is from now on."""
    store_missing()
    row = _of(present()).first()
    if row is None:  # of a small catalogue none is kept
        yield build().index
        return
    folder = Folder()
    unpack(bytes(row.content), folder.path)
    yield Index.load(folder.path)


def is_stored(moment: Moment) -> bool:
    """Whether the index of this moment can be fetched."""
    return _of(moment).exists()


def _of(moment: Moment) -> QuerySet[StoredIndex]:
    rows = StoredIndex.objects.filter(layout=_layout(), day=moment.day)
    return rows.filter(token=moment.token) if moment.token else rows.none()


def _drop_old(kept: Moment) -> None:
    # What was published while this one was being built may have been stored by another process already.
    others = StoredIndex.objects.exclude(pk__in=_of(kept)).exclude(pk__in=_of(present()))
    of_other_programs = ~Q(layout=_layout())
    others.exclude(of_other_programs, made_at__gte=timezone.now() - OTHER_LAYOUTS_KEPT).delete()
