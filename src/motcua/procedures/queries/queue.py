"""Reads for editors: the queue of sources with something doubtful, one source, what is being written and planned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from motcua.procedures.models import Doubt, Draft, Field, Procedure, ProcedureVersion, SourceRecord, Withdrawal
from motcua.procedures.queries.folding import named

FULL, SHORT = "day-du", "rut-gon"
OPEN, SETTLED = "can-xem", "da-xem"
SHARES = ("kind", "field_name", "origin", "share")


@dataclass(frozen=True)
class Wanted:
    """What an editor wants to see of the queue; empty: all.

    Attributes:
        kind: of doubt (`Doubt.Kind`).
        field_name: the field (lĩnh vực) as the source calls it.
        origin: who published the file.
        share: FULL records, or SHORT ones.
        text: words of the name, with accents or without, or the beginning of the key.
        state: OPEN: still to be looked at; SETTLED: all has been.
    """

    kind: str = ""
    field_name: str = ""
    origin: str = ""
    share: str = ""
    text: str = ""
    state: str = OPEN


def queue(wanted: Wanted) -> QuerySet[SourceRecord]:
    """The sources that fit, those that nothing was published from first; each with `code` and `kinds` of its doubts."""
    kinds = Doubt.objects.filter(_about(wanted), source=OuterRef("pk")).order_by()
    found = _fitting(wanted).filter(Exists(kinds)).annotate(
        code=F("procedure__code"),
        kinds=Subquery(kinds.values("source").annotate(all=ArrayAgg("kind", distinct=True)).values("all")),
    )  # fmt: skip
    return found.defer("line").order_by(F("version").asc(nulls_first=True), "key")


def counts(wanted: Wanted, share: str) -> list[tuple[str, int]]:
    """How many sources of the queue there are for each value of one filter (`SHARES`), the others as they are set."""
    others = Wanted(**{**wanted.__dict__, share: ""})
    if share == "kind":
        rows = Doubt.objects.filter(_about(others), source__in=_fitting(others))
        found = rows.values("kind").annotate(count=Count("source", distinct=True))
        return _sorted((row["kind"], row["count"]) for row in found.order_by())
    column = "is_short" if share == "share" else share
    doubtful = Doubt.objects.filter(_about(others), source=OuterRef("pk"))
    rows = _fitting(others).filter(Exists(doubtful)).values(column).annotate(count=Count("pk")).order_by()
    return _sorted((_value(share, row[column]), row["count"]) for row in rows)


def next_in(wanted: Wanted, after: SourceRecord) -> SourceRecord | None:
    """The source that stands behind this one in the queue."""
    rest = queue(wanted).exclude(pk=after.pk)
    if after.version_id is None:
        return rest.filter(Q(version=None, key__gt=after.key) | Q(version__isnull=False)).first()
    return rest.filter(version__gt=after.version_id).first()


def source(key: str) -> SourceRecord | None:
    """One source with its procedure and its doubts, the open ones first."""
    return SourceRecord.objects.filter(key=key).select_related("procedure", "version", "run").first()


def doubts_of(found: SourceRecord) -> list[Doubt]:
    """All doubts about a source, the open ones first."""
    return list(found.doubts.order_by(F("settled_at").asc(nulls_first=True), "kind", "place"))


def doubts_in(sources: Collection[int], wanted: Wanted) -> dict[int, list[Doubt]]:
    """The doubts that count about some sources, by source."""
    found: dict[int, list[Doubt]] = {}
    for doubt in Doubt.objects.filter(_about(wanted), source__in=sources).order_by("kind", "place"):
        found.setdefault(doubt.source_id, []).append(doubt)
    return found


def open_doubts(procedure: Procedure) -> list[Doubt]:
    """What is still to be looked at in the sources of a procedure."""
    found = Doubt.objects.filter(source__procedure=procedure, settled_at=None).select_related("source")
    return list(found.defer("source__line"))


def ids_of(wanted: Wanted, keys: Collection[str] | None = None) -> list[int]:
    """The open doubts of these sources that fit; `keys` None: of all that fit, none of which needs an editor's word.

    What is never settled in a heap is left out: a missing code, a source that differs from what was edited here.
    """
    by_hand = [Doubt.Kind.NO_CODE, Doubt.Kind.EDITED_HERE]
    found = Doubt.objects.filter(_about(wanted), settled_at=None, source__in=_fitting(wanted)).exclude(kind__in=by_hand)
    if keys is not None:
        found = found.filter(source__key__in=keys)
    return list(found.values_list("pk", flat=True))


def totals() -> Mapping[str, int]:
    """How many sources wait in the queue, how many drafts there are, how much is planned."""
    doubtful = Doubt.objects.filter(settled_at=None).aggregate(count=Count("source", distinct=True))
    return {"queue": doubtful["count"], "drafts": Draft.objects.count(), "planned": len(planned_ones()) + _to_end()}


def procedure(code: str) -> Procedure | None:
    """The procedure of this number, if an editor can do anything with it: it has a version, a draft, or a source."""
    found = Procedure.objects.filter(code=code).filter(Q(versions__isnull=False) | Q(sources__isnull=False))
    return found.distinct().first()


def drafts() -> list[Draft]:
    """What is being written, the last touched first."""
    return list(Draft.objects.select_related("procedure", "version"))


def draft_of(procedure: Procedure) -> Draft | None:
    """What is being written for a procedure, with its parts at hand."""
    found = Draft.objects.filter(procedure=procedure).select_related("version__procedure", "version__field", "base")
    return found.prefetch_related("version__methods", "version__requirements", "version__fee_lines").first()


def planned_ones() -> list[ProcedureVersion]:
    """What is published for a day to come, the nearest first."""
    found = ProcedureVersion.objects.exclude(published_at=None).filter(effective_from__gt=timezone.localdate())
    return list(found.exclude(effective_to=F("effective_from")).select_related("procedure").order_by("effective_from"))


def withdrawals_ahead() -> list[Withdrawal]:
    """The procedures that end on a day to come, the nearest first."""
    found = Withdrawal.objects.filter(taken_back_at=None, day__gt=timezone.localdate())
    return list(found.select_related("procedure", "version").order_by("day"))


def find(text: str, most: int = 50) -> list[ProcedureVersion]:
    """What stands of every procedure, withdrawn ones and those still being written too, by number or words of its name.

    The number begins like the text, or the name has all its words, with accents or without.
    """
    published = ProcedureVersion.objects.exclude(published_at__isnull=False, effective_to=F("effective_from"))
    standing = published.order_by("procedure", "-number").distinct("procedure").values("pk")  # a draft has number 0
    found = ProcedureVersion.objects.filter(pk__in=standing).select_related("procedure", "field")
    return list(named(found, text, name="name", code="procedure__code").order_by("short_name", "pk")[:most])


def all_fields() -> list[Field]:
    """Every field, for a choice."""
    return list(Field.objects.order_by("name"))


def _to_end() -> int:
    return Withdrawal.objects.filter(taken_back_at=None, day__gt=timezone.localdate()).count()


def _about(wanted: Wanted) -> Q:
    """Which doubts count."""
    state = Q(settled_at=None) if wanted.state == OPEN else Q(settled_at__isnull=False)
    return state & Q(kind=wanted.kind) if wanted.kind else state


def _fitting(wanted: Wanted) -> QuerySet[SourceRecord]:
    found = SourceRecord.objects.all()
    for column in ("field_name", "origin"):
        if value := getattr(wanted, column):
            found = found.filter(**{column: value})
    if wanted.share:
        found = found.filter(is_short=wanted.share == SHORT)
    if wanted.text:
        found = named(found, wanted.text, name="name", code="key")
    return found


def _value(share: str, value: Any) -> str:
    if share == "share":
        return SHORT if value else FULL
    return value or ""


def _sorted(pairs: Any) -> list[tuple[str, int]]:
    """The most frequent first; what has no value can't be asked for."""
    return sorted(((value, count) for value, count in pairs if value), key=lambda pair: (-pair[1], pair[0]))


def life_events_of(procedure: Procedure) -> list[str]:
    """The slugs of the life events to which a procedure belongs."""
    return list(procedure.life_events.values_list("pk", flat=True))


def sources_of(procedure: Procedure) -> list[SourceRecord]:
    """Where the record of a procedure comes from, each with `open`: how many doubts are left."""
    counted = Count("doubts", filter=Q(doubts__settled_at=None))
    return list(procedure.sources.defer("line").annotate(open=counted).order_by("key"))
