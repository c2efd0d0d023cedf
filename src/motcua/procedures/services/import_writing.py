"""A batch of decided lines written with few statements: versions with their parts, sources, doubts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as with_
from typing import Any

from django.utils import timezone

from motcua.audit.services import HasName
from motcua.procedures.importing.doubts import Doubtful, Kind
from motcua.procedures.importing.files import Line
from motcua.procedures.importing.reading import Reading
from motcua.procedures.importing.reporting import Outcome
from motcua.procedures.importing.writing import content
from motcua.procedures.models import (
    Doubt,
    FeeLine,
    ImportRun,
    LifeEvent,
    Method,
    Procedure,
    ProcedureVersion,
    Requirement,
    SourceRecord,
)
from motcua.procedures.rules import fingerprint
from motcua.procedures.rules.forms import HELD
from motcua.procedures.services.held import kept_by, write_held
from motcua.procedures.services.import_standing import Standing, would_publish
from motcua.procedures.services.publishing import columns, replace

ROWS = 1000  # in one statement: each value is a parameter, and PostgreSQL takes 65,535
_PUBLISHED = {Outcome.NEW, Outcome.CHANGED}


@dataclass(frozen=True)
class Decided:
    """What becomes of a line.

    Attributes:
        record: with the slug that its field has here.
        kept: whether its source is written.
        why: for the report, where the outcome needs a word more.
    """

    line: Line
    reading: Reading
    record: Mapping[str, Any]
    digest: str
    standing: Standing
    outcome: Outcome = Outcome.UNCHANGED
    kept: bool = False
    doubts: list[Doubtful] = field(default_factory=list)
    why: str = ""

    def becomes(
        self, outcome: Outcome, *, keep: bool = False, doubt: Doubtful | None = None, why: str = ""
    ) -> "Decided":
        """The same with its outcome; doubts are told only of a line that counts."""
        told = outcome in {*_PUBLISHED, Outcome.WAITING, Outcome.UNCHANGED}
        doubts = [*self.reading.doubts, *([doubt] if doubt else [])] if told else []
        return with_(self, outcome=outcome, kept=keep, doubts=doubts, why=why)

    def waits_without_code(self) -> "Decided":
        """The same waiting for a number; or, where an editor gave it one, to be held against what is there."""
        if not self.standing.source_has_code:
            return self.becomes(Outcome.WAITING, keep=True)
        doubts = [doubt for doubt in self.reading.doubts if doubt.kind != Kind.NO_CODE] + [Doubtful(Kind.EDITED_HERE)]
        return with_(self, outcome=Outcome.WAITING, kept=True, doubts=doubts)

    @property
    def told(self) -> list[Doubtful]:
        """The doubts for the report: what hasn't changed was told before."""
        return [] if self.outcome == Outcome.UNCHANGED else self.doubts

    @property
    def publishes(self) -> bool:
        """Whether a version comes of it."""
        return self.outcome in _PUBLISHED

    def would_stand(self) -> ProcedureVersion | None:
        """The version that stands after it."""
        if self.publishes:
            return would_publish(self.record, is_short=self.reading.is_short)
        return self.standing.last


def write_batch(
    decided: Sequence[Decided], *, run: ImportRun, by: HasName | None, source_name: str = ""
) -> list[tuple[Procedure, int]]:
    """Write what was decided; which procedures got which version. Part of the caller's transaction.

    Args:
        source_name: who published the files; empty: as each line says.
    """
    publishing = _with_held_forms([one for one in decided if one.publishes])
    procedures = _procedures(publishing)
    versions = _write_versions(publishing, procedures, by, source_name)
    _write_parts(publishing, versions)
    ProcedureVersion.objects.filter(pk__in=[version.pk for version in versions.values()]).update(
        published_at=timezone.now()
    )
    for one in publishing:
        if one.standing.last is not None:
            replace(one.standing.last, versions[one.reading.key])
    _write_life_events([one for one in publishing if one.outcome == Outcome.NEW], procedures)
    _write_sources(decided, procedures, versions, run)
    return [(version.procedure, version.number) for version in versions.values()]


def _procedures(publishing: Sequence[Decided]) -> dict[str, Procedure]:
    """The procedures by code, new ones made; those that related ones name, too."""
    known = {one.reading.code: one.standing.procedure for one in publishing if one.standing.procedure}
    related = {code for one in publishing for code in one.record.get("related", ())}
    known |= {found.code: found for found in Procedure.objects.filter(code__in=related - known.keys())}
    wanted = {one.reading.code for one in publishing} | related
    new = Procedure.objects.bulk_create(Procedure(code=code) for code in sorted(wanted - known.keys()))
    return {code: found for code, found in known.items() if found} | {found.code: found for found in new}


def _write_versions(
    publishing: Sequence[Decided], procedures: Mapping[str, Procedure], by: HasName | None, source_name: str
) -> dict[str, ProcedureVersion]:
    """Versions by key, not published yet: their parts come first."""
    rows = [
        ProcedureVersion(
            procedure=procedures[one.reading.code],
            number=one.standing.newest + 1,
            effective_from=one.standing.first_day(one.record),
            origin=ProcedureVersion.Origin.IMPORTED,
            source_name=source_name or one.reading.source_name,
            is_short=one.reading.is_short,
            editor=by.full_name if by else "",
            change_note=one.record.get("change_note", ""),
            content_hash=fingerprint(content(one.record)),
            **columns(one.record),
        )
        for one in publishing
    ]
    made = ProcedureVersion.objects.bulk_create(rows, batch_size=ROWS)
    return {one.reading.key: version for one, version in zip(publishing, made, strict=True)}


def _write_parts(publishing: Sequence[Decided], versions: Mapping[str, ProcedureVersion]) -> None:
    Method.objects.bulk_create(
        (Method(version=version, position=at, **row) for version, at, row in _rows("methods", publishing, versions)),
        batch_size=ROWS,
    )
    Requirement.objects.bulk_create(
        (
            Requirement(version=version, position=at, **row)
            for version, at, row in _rows("requirements", publishing, versions)
        ),
        batch_size=ROWS,
    )
    FeeLine.objects.bulk_create(
        (FeeLine(version=version, position=at, **row) for version, at, row in _rows("fee_lines", publishing, versions)),
        batch_size=ROWS,
    )
    write_held([(versions[one.reading.key], one.record.get(HELD, ())) for one in publishing])
    for one in publishing:
        if codes := one.record.get("related"):
            versions[one.reading.key].related.set(Procedure.objects.filter(code__in=codes))


def _with_held_forms(decided: Sequence[Decided]) -> list[Decided]:
    """The same, each with the files that its procedure holds for forms that the new record names again."""
    kept = kept_by({one.standing.last.pk: one.record for one in decided if one.standing.last is not None})
    return [
        with_(one, record={**one.record, HELD: rows})
        if one.standing.last is not None and (rows := kept.get(one.standing.last.pk))
        else one
        for one in decided
    ]


def _rows(
    key: str, publishing: Sequence[Decided], versions: Mapping[str, ProcedureVersion]
) -> Iterator[tuple[ProcedureVersion, int, Any]]:
    """The rows of a part of all records, each with its version and its place."""
    for one in publishing:
        for position, row in enumerate(one.record.get(key, ()), 1):
            yield versions[one.reading.key], position, row


def _write_life_events(first: Sequence[Decided], procedures: Mapping[str, Procedure]) -> None:
    """At the first publication; later on, staff arrange them. One that isn't known here stays in the source's line."""
    named = {slug for one in first for slug in one.reading.life_events}
    known = set(LifeEvent.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    through = LifeEvent.procedures.through
    through.objects.bulk_create(
        (
            through(lifeevent_id=slug, procedure_id=procedures[one.reading.code].pk)
            for one in first
            for slug in one.reading.life_events
            if slug in known
        ),
        ignore_conflicts=True,  # an editor may have set one before anything was published
    )


def _write_sources(
    decided: Sequence[Decided],
    procedures: Mapping[str, Procedure],
    versions: Mapping[str, ProcedureVersion],
    run: ImportRun,
) -> None:
    rows = [
        SourceRecord(
            key=one.reading.key,
            line=one.reading.line,
            content_hash=one.digest,
            is_short=one.reading.is_short,
            procedure=procedures.get(one.reading.code) or one.standing.procedure,
            version=versions.get(one.reading.key) or _unchanged(one),
            run=run,
        )
        for one in decided
    ]
    changing = ["line", "content_hash", "is_short", "version", "run", "imported_at"]
    with_procedure = [row for row in rows if row.procedure is not None]
    without = [row for row in rows if row.procedure is None]  # an editor may have given it one: that stays
    for some, columns_ in ((with_procedure, [*changing, "procedure"]), (without, changing)):
        SourceRecord.objects.bulk_create(
            some, batch_size=ROWS, update_conflicts=True, unique_fields=["key"], update_fields=columns_
        )
    _write_doubts(decided)


def _unchanged(one: Decided) -> ProcedureVersion | None:
    return one.standing.last if one.outcome == Outcome.UNCHANGED else None


def _write_doubts(decided: Sequence[Decided]) -> None:
    """Doubts as they are now; what a person has settled stays settled while the source's words stay the same."""
    ids = dict(SourceRecord.objects.filter(key__in=[one.reading.key for one in decided]).values_list("key", "pk"))
    settled = {
        (doubt.source_id, doubt.kind, doubt.place, doubt.text): doubt
        for doubt in Doubt.objects.filter(source__in=ids.values()).exclude(settled_at=None)
        if doubt.kind != Doubt.Kind.EDITED_HERE  # another line differs in another way
    }
    Doubt.objects.filter(source__in=ids.values()).delete()
    rows = {
        (ids[one.reading.key], doubt.kind, doubt.place[:100]): doubt.text for one in decided for doubt in one.doubts
    }
    made = []
    for (source, kind, place), text in rows.items():
        before = settled.get((source, kind, place, text))
        doubt = Doubt(source_id=source, kind=kind, place=place, text=text)
        if before is not None:
            doubt.settled_at, doubt.settled_by = before.settled_at, before.settled_by
        made.append(doubt)
    Doubt.objects.bulk_create(made, batch_size=ROWS)
