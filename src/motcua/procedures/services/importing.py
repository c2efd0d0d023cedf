"""The act that takes lines of the catalogue in: decides what each is worth, publishes, keeps sources and doubts."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from motcua.audit.services import HasName, record
from motcua.procedures.importing.doubts import Doubtful, Kind
from motcua.procedures.importing.files import Line, reading_of
from motcua.procedures.importing.reading import OWN, LineError, Reading
from motcua.procedures.importing.reporting import Outcome, Report
from motcua.procedures.importing.writing import OF_PUBLICATION
from motcua.procedures.models import ImportRun, Procedure
from motcua.procedures.services.import_fields import Fields
from motcua.procedures.services.import_standing import Known
from motcua.procedures.services.import_writing import Decided, write_batch
from motcua.procedures.services.stamp import move_stamp

IMPORT_LOCK = 0x4D43_494D_5054  # "MCIMPT": one import at a time, whatever the number of terminals
BATCH = 200  # lines in a transaction: what is lost, at most, when the program is killed
PATIENCE, ASK_EACH = 3.0, 0.3  # seconds: how long to wait for a place that nobody may hold any more, how often to ask
READING = 1  # moves when reading has learnt something: unchanged lines are then read again

Watch = Callable[[Line], None]


class Busy(Exception):
    """Another import is at work."""


@contextmanager
def only_import(*, wait: bool) -> Iterator[None]:
    """Hold the place of the one import.

    Raises:
        Busy: another one is at work, and `wait` is not asked for.
    """
    if not _locked(patience=None if wait else PATIENCE):
        raise Busy
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [IMPORT_LOCK])


def is_at_work() -> bool:
    """Whether an import holds its place now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database ON oid = database AND datname = current_database()"
            " WHERE locktype = 'advisory' AND objsubid = 1 AND (classid::bigint << 32 | objid::bigint) = %s)",
            [IMPORT_LOCK],
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def _locked(*, patience: float | None) -> bool:
    """Take the lock; None waits without end. One that was just killed holds it until the database has noticed."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [IMPORT_LOCK])
            row = cursor.fetchone()
            if row and row[0]:
                return True
            if patience is not None and time.monotonic() - began > patience:
                return False
            time.sleep(ASK_EACH)


def import_lines(
    lines: Iterable[Line],
    *,
    by: HasName | None,
    files: Sequence[str] = (),
    source_name: str = "",
    dry_run: bool = False,
    watch: Watch = lambda line: None,
) -> Report:
    """Take lines in (docs/catalogue.md); each record wholly or not at all, a bad line doesn't stop the others.

    Lines that were taken in before and haven't changed cost nothing: broken off, it goes on when it is run again. The
    caller holds `only_import`.

    Args:
        by: in whose name; None: the system's.
        files: the names that the run is kept under.
        source_name: who published the files, for people who read the versions; empty: as each line says.
        dry_run: decide and report, write nothing.
        watch: is told each line.
    """
    return _Import(by, files, dry_run, source_name).run(lines, watch)


@dataclass(frozen=True)
class Seen:
    """Where in this run a key came up, and what that line is worth."""

    place: str
    worth: tuple[bool, bool]

    @property
    def is_full(self) -> bool:
        """Whether it was no short line."""
        return self.worth[0]


class _Import:
    """One run."""

    def __init__(self, by: HasName | None, files: Sequence[str], dry_run: bool, source_name: str) -> None:
        self.by, self.source_name = by, source_name
        self.report = Report(dry_run=dry_run)
        self.known = Known(keep=dry_run)
        self.fields = Fields(write=not dry_run)
        self.seen: dict[str, Seen] = {}
        self.run_row = None if dry_run else ImportRun.objects.create(files=list(files), by_name=_name(by))

    def run(self, lines: Iterable[Line], watch: Watch) -> Report:
        batch: list[tuple[Line, Reading]] = []
        for line in lines:
            watch(line)
            try:
                reading = reading_of(line)
            except LineError as trouble:
                self.report.refused(line, str(trouble))
                continue
            if len(batch) >= BATCH or any(reading.key == other.key for _, other in batch):
                self.take(batch)
                batch = []
            batch.append((line, reading))
        self.take(batch)
        self.finish()
        return self.report

    def take(self, batch: list[tuple[Line, Reading]]) -> None:
        """A batch in one transaction; where the database refuses, record by record."""
        try:
            self.take_together(batch)
        except (DatabaseError, ValueError, TypeError):
            for line, reading in batch:
                try:
                    self.take_together([(line, reading)])
                except (DatabaseError, ValueError, TypeError) as trouble:
                    self.report.refused(line, f"không ghi được: {str(trouble).splitlines()[0]}", reading)

    def take_together(self, batch: list[tuple[Line, Reading]]) -> None:
        with transaction.atomic():
            # Procedures are locked first, as editors do: a new field moves the stamp, which all who publish wait for.
            self.known.look_up([reading for _, reading in batch], lock=not self.report.dry_run)
            self.fields.learn([reading for _, reading in batch])
            decided = [self.decide(line, reading) for line, reading in batch]
            if self.run_row is not None:
                kept = [one for one in decided if one.kept]
                published = write_batch(kept, run=self.run_row, by=self.by, source_name=self.source_name)
                self.tell(published)
        for one in decided:
            self.known.remember(one)
            self.see(one)
            self.report.took(one.line, one.reading, one.outcome, one.told, one.why)

    def decide(self, line: Line, reading: Reading) -> Decided:
        """What becomes of a line (docs/catalogue.md, "Nhập dữ liệu")."""
        digest = _digest(reading)
        standing = self.known.standing(reading)
        record_ = self.fields.placed(reading)
        made = Decided(line, reading, record_, digest, standing)
        if standing.source_digest == digest:
            return made.becomes(Outcome.UNCHANGED)
        if earlier := self.seen.get(reading.key):
            if reading.is_short and earlier.is_full:
                return made.becomes(Outcome.COVERED)
            if reading.worth <= earlier.worth:
                return made.becomes(Outcome.TWICE, why=f"đã có ở {earlier.place}")
        elif standing.covers(reading):
            return made.becomes(Outcome.COVERED)
        if not reading.code:
            return made.waits_without_code()
        if standing.is_first:
            return made.becomes(Outcome.NEW, keep=True)
        if standing.says(record_):
            return made.becomes(Outcome.UNCHANGED, keep=standing.is_ours)
        if not standing.is_ours:
            return made.becomes(Outcome.WAITING, keep=True, doubt=Doubtful(Kind.EDITED_HERE))
        if reading.is_short and not standing.is_short:
            return made.becomes(Outcome.COVERED)
        return made.becomes(Outcome.CHANGED, keep=True, doubt=standing.overdue(record_))

    def see(self, one: Decided) -> None:
        """Keep the best line of each key."""
        earlier = self.seen.get(one.reading.key)
        if earlier is None or one.reading.worth > earlier.worth:
            self.seen[one.reading.key] = Seen(f"{one.line.file}:{one.line.number}", one.reading.worth)

    def tell(self, published: list[tuple[Procedure, int]]) -> None:
        """Part of the transaction that published."""
        assert self.run_row is not None
        if not published:
            return
        move_stamp()
        record(
            "catalogue.imported",
            subject_kind="catalogue",
            subject_ref=f"import-{self.run_row.pk}",
            actor=self.by,
            count=len(published),
            versions={procedure.code: number for procedure, number in published},
        )

    def finish(self) -> None:
        if self.run_row is not None:
            self.run_row.finished_at = timezone.now()
            self.run_row.counts = {str(outcome): count for outcome, count in self.report.outcomes.items()}
            self.run_row.save(update_fields=["finished_at", "counts"])


def _digest(reading: Reading) -> str:
    """The same for a line that says the same, however often it was exported and read again."""
    own = {key: value for key, value in (reading.line.get(OWN) or {}).items() if key not in OF_PUBLICATION}
    line = {key: value for key, value in reading.line.items() if key != OWN} | ({OWN: own} if own else {})
    text = json.dumps([READING, line], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _name(by: HasName | None) -> str:
    return by.full_name if by else ""
