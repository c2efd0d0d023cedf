"""How a procedure stands when a line about it comes in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Max
from django.utils import timezone

from motcua.procedures.importing.doubts import Doubtful, Kind
from motcua.procedures.importing.naming import plain_code
from motcua.procedures.importing.reading import Reading
from motcua.procedures.importing.writing import content
from motcua.procedures.models import Procedure, ProcedureVersion, SourceRecord
from motcua.procedures.queries.history import record_of
from motcua.procedures.records import canonical
from motcua.procedures.rules import fingerprint, starts_on

if TYPE_CHECKING:
    from motcua.procedures.services.import_writing import Decided

_LIGHT = ("procedure_id", "number", "origin", "is_short", "effective_from", "effective_to", "content_hash")


@dataclass(frozen=True)
class Standing:
    """What is known of a line's procedure.

    Attributes:
        source_digest: of the line that was last taken in; empty: none was.
        source_worth: what that line was worth (`Reading.worth`).
        source_has_code: an editor has given the record its number.
        procedure: None: its code was never heard of.
        last: the version that stands; None: nothing was ever published.
        newest: the highest number that a version of it has.
    """

    source_digest: str = ""
    source_worth: tuple[bool, bool] = (False, False)
    source_has_code: bool = False
    procedure: Procedure | None = None
    last: ProcedureVersion | None = None
    newest: int = 0

    @property
    def is_first(self) -> bool:
        """Nothing was ever published: a line may publish by itself."""
        return self.last is None

    @property
    def is_ours(self) -> bool:
        """What stands was imported and nobody here has set its end: the next line may replace it."""
        return (
            self.last is not None
            and self.last.origin == ProcedureVersion.Origin.IMPORTED
            and self.last.effective_to is None
        )

    @property
    def is_short(self) -> bool:
        """Whether what stands is a short record."""
        return self.last is not None and self.last.is_short

    def covers(self, reading: Reading) -> bool:
        """Whether a better line about it was taken in, or a fuller record stands."""
        if self.last is not None and reading.is_short and not self.last.is_short:
            return True
        return bool(self.source_digest) and reading.worth < self.source_worth

    def first_day(self, record: Mapping[str, Any]) -> date:
        """From which day a record counts that replaces what stands."""
        today = timezone.localdate()
        asked = date.fromisoformat(record.get("effective_from", today.isoformat()))
        return starts_on(asked, today=today, previous=self.last.effective_from if self.last else None)

    def overdue(self, record: Mapping[str, Any]) -> Doubtful | None:
        """The doubt about a day that the source names and that can't be kept; a correction names its record's own."""
        if self.last is None or "effective_from" not in record:
            return None
        asked = date.fromisoformat(record["effective_from"])
        if asked in {self.first_day(record), self.last.effective_from}:
            return None
        return Doubtful(Kind.DAY_OVER, "effective_from", f"{asked:%d/%m/%Y}")

    def says(self, record: Mapping[str, Any]) -> bool:
        """Whether the version that stands has this content."""
        if self.last is None:
            return False
        said = content(record)
        if self.last.content_hash == fingerprint(said):
            return True
        return self.last.pk is not None and content(canonical(record_of(self.last))) == said


class Known:
    """How the procedures of a batch stand; where nothing is written, with what the run itself would have changed."""

    def __init__(self, *, keep: bool) -> None:
        self.keep = keep
        self.changed: dict[str, Standing] = {}
        self.standings: dict[str, Standing] = {}

    def look_up(self, readings: Iterable[Reading], *, lock: bool) -> None:
        """Read how these stand; with `lock` no editor changes it before the transaction ends."""
        keys = [reading.key for reading in readings]
        procedures = {procedure.code: procedure for procedure in _procedures(keys, lock=lock)}
        ids = [procedure.pk for procedure in procedures.values()]
        last = {version.procedure_id: version for version in _last_of(ids)}
        newest = dict(
            ProcedureVersion.objects.filter(procedure__in=ids)
            .values("procedure")
            .annotate(newest=Max("number"))
            .values_list("procedure", "newest")
        )
        sources = {row["key"]: row for row in _sources(keys)}
        self.standings = {}
        for key in keys:
            procedure, row = procedures.get(key), sources.get(key)
            version = last.get(procedure.pk) if procedure else None
            if version and procedure:
                version.procedure = procedure
            self.standings[key] = Standing(
                source_digest=row["content_hash"] if row else "",
                source_worth=(not row["is_short"], not _is_local(row)) if row else (False, False),
                source_has_code=bool(row and row["procedure"]),
                procedure=procedure,
                last=version,
                newest=newest.get(procedure.pk, 0) if procedure else 0,
            )

    def standing(self, reading: Reading) -> Standing:
        """How the procedure of a line stands."""
        return self.changed.get(reading.key) or self.standings[reading.key]

    def remember(self, one: "Decided") -> None:
        """What the run would have changed."""
        if self.keep and one.kept:
            self.changed[one.reading.key] = Standing(
                source_digest=one.digest,
                source_worth=one.reading.worth,
                source_has_code=one.standing.source_has_code,
                last=one.would_stand(),
            )


def _procedures(codes: list[str], *, lock: bool) -> Iterable[Procedure]:
    found = Procedure.objects.filter(code__in=codes).order_by("code")
    return found.select_for_update() if lock else found


def _last_of(ids: list[int]) -> Iterable[ProcedureVersion]:
    """As `queries.standing.last_standing`, for many."""
    published = ProcedureVersion.objects.filter(procedure__in=ids).exclude(published_at=None)
    standing = published.exclude(effective_to=F("effective_from")).order_by("procedure", "-number")
    return standing.distinct("procedure").only(*_LIGHT)


def _sources(keys: list[str]) -> Iterable[Mapping[str, Any]]:
    return SourceRecord.objects.filter(key__in=keys).values(
        "key", "content_hash", "is_short", "procedure", "line__code", "line__code_raw"
    )


def _is_local(row: Mapping[str, Any]) -> bool:
    said = row["line__code_raw"] or row["line__code"]
    return bool(said) and plain_code(said) != said


def would_publish(record: Mapping[str, Any], *, is_short: bool) -> ProcedureVersion:
    """The version that a line would make, for a run that writes nothing."""
    return ProcedureVersion(
        origin=ProcedureVersion.Origin.IMPORTED,
        is_short=is_short,
        effective_from=timezone.localdate(),
        content_hash=fingerprint(content(record)),
    )
