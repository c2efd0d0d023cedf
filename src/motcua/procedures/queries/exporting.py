"""All records as lines of the catalogue (docs/catalogue.md)."""

from collections.abc import Iterator
from typing import Any

from motcua.procedures.importing.writing import write
from motcua.procedures.models import ProcedureVersion, SourceRecord
from motcua.procedures.queries import in_force
from motcua.procedures.queries.forms import with_held_forms
from motcua.procedures.queries.history import record_of
from motcua.procedures.records import canonical

BATCH = 200


def lines(*, everything: bool) -> Iterator[dict[str, Any]]:
    """A line for each record in force, by code; with `everything` also what sources say that nobody has published.

    Reading a line gives the same record again; what a source said besides is in it, too.
    """
    ids = list(in_force().order_by("procedure__code").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield from _lines_of(ids[start : start + BATCH])
    if everything:
        waiting = SourceRecord.objects.filter(version=None).order_by("key")
        for source in waiting.iterator(chunk_size=BATCH):
            yield source.line


def _lines_of(ids: list[int]) -> Iterator[dict[str, Any]]:
    versions = ProcedureVersion.objects.select_related("procedure", "field").prefetch_related(
        "methods", "requirements", "fee_lines", "related", "procedure__life_events", with_held_forms()
    )
    found = versions.in_bulk(ids)
    procedures = [version.procedure_id for version in found.values()]
    sources = {source.procedure_id: source for source in SourceRecord.objects.filter(procedure__in=procedures)}
    for pk in ids:
        version = found[pk]
        source = sources.get(version.procedure_id)
        record = canonical(record_of(version))
        if version.change_note:
            record["change_note"] = version.change_note
        yield write(
            record,
            field_name=version.field.name,
            life_events=sorted(event.pk for event in version.procedure.life_events.all()),
            source=source.line if source and source.version_id is not None else None,
        )
