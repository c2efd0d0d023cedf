"""The ways to a record without a word typed: by life event, by field, by agency, by letter.

Lists are ordered and cut into pages by the database, so that a page costs the same however long the list is. Records
of one name (a procedure that thirteen provinces have published) are one row; see `same_name`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Left, Lower, RowNumber

from motcua.core.text import sort_key
from motcua.procedures.audiences import is_for
from motcua.procedures.models import LifeEvent, ProcedureVersion
from motcua.procedures.queries import in_force
from motcua.procedures.queries.alphabet import LETTERS, OTHERS, in_order, letter_of, signs_of, slug_of
from motcua.procedures.rules.agency_names import key_of, named_in, usual_name

Level = ProcedureVersion.Level
NEAREST_FIRST = (Level.COMMUNE, Level.PROVINCE, Level.MINISTRY, Level.OTHER)
OWN, COUNTRY, ELSEWHERE = range(3)  # whose record it is
_BETWEEN = re.compile(r"[\W_]+")
LAST = 1_000_000_000  # after every place in an arranged list
PROVINCIAL = r"^(UBND|Ủy ban nhân dân|Uỷ ban nhân dân)"  # a body that publishes for its own province only


@dataclass(frozen=True)
class Row:
    """One row of a list: a version, and how many more records bear its name.

    Attributes:
        nearest: the nearest level of government that it is done at, its heading; empty where none is published.
        arranged: whether staff have put it first.
        elsewhere: published by another province for itself.
    """

    version_id: int
    others: int
    nearest: str
    arranged: bool = False
    elsewhere: bool = False


@dataclass(frozen=True)
class FieldCount:
    """A field (lĩnh vực), and how many records it has among some."""

    slug: str
    name: str
    count: int


# ---- Lists ----


def rows(
    records: QuerySet[ProcedureVersion], *, province: str, event: LifeEvent | None = None, by_name: bool = False
) -> QuerySet[ProcedureVersion]:
    """The rows of a list, to be cut into pages: communes first, then by name; other provinces' own at the end.

    Of equal names there is one: one's own province's, else that of the whole country, else the nearest level's.

    Args:
        province: one's own, without its kind: "Minh Giang"; empty: none.
        event: what staff have arranged for it comes before everything else, in their order.
        by_name: by name alone.
    """
    arranged: Combinable = Value(LAST)
    if event is not None:
        place = event.procedures.through.objects.filter(lifeevent=event.pk, procedure=OuterRef("procedure"))
        arranged = Coalesce(Subquery(place.values("pk")[:1]), LAST, output_field=IntegerField())
    same = [Lower("name")]
    best_first: list[Any] = [F("arranged"), F("whose"), F("nearness"), F("is_short"), F("pk")]
    numbered = (
        records.annotate(arranged=arranged, whose=_whose(province), nearness=_nearness())
        .annotate(place=Window(RowNumber(), partition_by=same, order_by=best_first))
        .annotate(others=Window(Count("pk"), partition_by=same) - 1)
        .filter(place=1)
    )
    elsewhere = Case(When(whose=ELSEWHERE, then=1), default=0)
    before: list[Any] = [] if by_name else [F("arranged"), elsewhere, F("nearness")]
    return numbered.only("pk").order_by(*before, *in_order("short_name"), "pk")


def as_rows(found: Iterable[ProcedureVersion]) -> list[Row]:
    """A page of what `rows` gave."""
    return [
        Row(one.pk, one.others, _heading(one.nearness), one.arranged < LAST, one.whose == ELSEWHERE)  # type: ignore[attr-defined]
        for one in found
    ]


def all_records() -> QuerySet[ProcedureVersion]:
    """Everything in force."""
    return in_force()


def of_audience(audience: str) -> QuerySet[ProcedureVersion]:
    """The records for citizens or for businesses (`LifeEvent.Audience`)."""
    return in_force().filter(is_for(audience))


def edited_here(*, but: Collection[str] = ()) -> QuerySet[ProcedureVersion]:
    """The records that people here have written, without those of some codes."""
    return in_force().filter(origin=ProcedureVersion.Origin.EDITED).exclude(procedure__code__in=but)


def same_name(version: ProcedureVersion) -> QuerySet[ProcedureVersion]:
    """The records in force that bear the name of this one, itself included; by who published them."""
    alike = in_force().annotate(folded=Lower("name")).filter(folded=version.name.lower())
    return alike.order_by("issuing_body", "pk")


def by_level(records: QuerySet[ProcedureVersion]) -> dict[str, int]:
    """How many of these records are done at each level of government (at several, perhaps); "": how many there are."""
    counts = {level: Count("pk", filter=Q(levels__contains=[level])) for level in Level.values}
    found = records.aggregate(**counts, all_of_them=Count("pk"))
    total = found.pop("all_of_them")
    return {"": total} | {level: count for level, count in found.items() if count}


def at_level(records: QuerySet[ProcedureVersion], level: str) -> QuerySet[ProcedureVersion]:
    """Those of them that are done at a level (`ProcedureVersion.Level`)."""
    return records.filter(levels__contains=[level])


def by_field(records: QuerySet[ProcedureVersion]) -> list[FieldCount]:
    """The fields of these records, the fullest first; one query."""
    counts = records.order_by().values_list("field", "field__name").annotate(count=Count("pk"))
    found = [FieldCount(slug, name, count) for slug, name, count in counts]
    return sorted(found, key=lambda one: (-one.count, sort_key(one.name)))


def in_alphabetical_order(fields: Iterable[FieldCount]) -> list[FieldCount]:
    """The same by name."""
    return sorted(fields, key=lambda one: sort_key(one.name))


def _nearness() -> Case:
    """0 for what is done in communes, and so on along `NEAREST_FIRST`; last where no level is published."""
    places = [When(levels__contains=[level], then=place) for place, level in enumerate(NEAREST_FIRST)]
    return Case(*places, default=len(NEAREST_FIRST), output_field=IntegerField())


def _whose(province: str) -> Case:
    """One's own province's, the whole country's, another province's."""
    provincial = Q(issuing_body__regex=PROVINCIAL)
    own = [When(provincial & Q(issuing_body__iendswith=f" {province}"), then=OWN)] if province else []
    return Case(*own, When(provincial, then=ELSEWHERE), default=COUNTRY, output_field=IntegerField())


def _heading(nearness: int) -> str:
    return (*NEAREST_FIRST, "")[nearness]


# ---- Life events ----


def of_event(event: LifeEvent) -> QuerySet[ProcedureVersion]:
    """The records behind a life event: those that staff have arranged, and those of its fields for its audience."""
    through = event.fields.through.objects.filter(lifeevent=event.pk)
    chosen = event.procedures.through.objects.filter(lifeevent=event.pk)
    by_its_fields = Q(field__in=through.values("field")) & is_for(event.audience)
    return in_force().filter(by_its_fields | Q(procedure__in=chosen.values("procedure")))


def counted_events(*audiences: str) -> list[LifeEvent]:
    """The life events of these audiences, in their order, each with `count`; three queries for one audience."""
    slugs = ArrayAgg("fields", filter=~Q(fields=None), default=Value([]))
    wanted = LifeEvent.objects.filter(audience__in=audiences).annotate(field_slugs=slugs)
    events: list[LifeEvent] = [*wanted.order_by("audience", "position")]
    of_field = {audience: _count_by_field(audience) for audience in audiences}
    chosen = _chosen(audiences)
    for event in events:
        own: set[str] = set(event.field_slugs)  # type: ignore[attr-defined]
        by_fields = sum(of_field[event.audience].get(slug, 0) for slug in own)
        more = sum(1 for slug, fits in chosen[event.pk] if not (fits and slug in own))
        event.count = by_fields + more  # type: ignore[attr-defined]
    return events


def _count_by_field(audience: str) -> dict[str, int]:
    records = in_force().filter(is_for(audience)).order_by()
    return dict(records.values_list("field").annotate(count=Count("pk")))


def _chosen(audiences: Collection[str]) -> dict[str, list[tuple[str, bool]]]:
    """Life event → of each record that staff put there its field, and whether it is for the event's audience."""
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    records = in_force().annotate(event=F("procedure__life_events"), of=F("procedure__life_events__audience"))
    fits = Case(*[When(Q(of=audience) & is_for(audience), then=True) for audience in audiences], default=False)
    for event, slug, fit in records.filter(of__in=audiences).values_list("event", "field", fits):
        found[event].append((slug, fit))
    return found


# ---- Agencies ----


@dataclass
class NamedAgency:
    """An agency as records name it, under all its spellings.

    Attributes:
        name: the commonest of them, tidied.
        count: records in force that it performs.
    """

    key: str
    spellings: Counter[str] = field(default_factory=Counter)
    texts: set[str] = field(default_factory=set)
    count: int = 0

    @property
    def name(self) -> str:
        """As it is shown."""
        best = max(self.spellings, key=lambda spelling: (self.spellings[spelling], -len(spelling), spelling))
        return usual_name(best)


def agencies() -> list[NamedAgency]:
    """All agencies that perform a procedure, the busiest first; one query."""
    found: dict[str, NamedAgency] = {}
    published = in_force().order_by().values_list("agencies__performing", "agency_text")
    for listed, text, count in published.annotate(count=Count("pk")):
        names: dict[str, list[str]] = defaultdict(list)
        for name in named_in({"performing": listed or ()}, text):
            names[key_of(name)].append(name)
        for key, spellings in names.items():
            agency = found.setdefault(key, NamedAgency(key))
            agency.count += count
            agency.spellings.update(dict.fromkeys(spellings, count))
            if not listed:
                agency.texts.add(text)
    return sorted(found.values(), key=lambda agency: (-agency.count, agency.key))


def of_agency(agency: NamedAgency) -> QuerySet[ProcedureVersion]:
    """The records that this agency performs."""
    by_name = Q(agencies__performing__has_any_keys=list(agency.spellings))
    unlisted = Q(agencies__performing__isnull=True) | Q(agencies__performing=[])
    return in_force().filter(by_name | (unlisted & Q(agency_text__in=agency.texts)))


# ---- Letters ----


@dataclass(frozen=True)
class LetterCount:
    """A letter of the alphabet ("" for what begins with none), its address, and how many records begin with it."""

    letter: str
    slug: str
    count: int


@dataclass(frozen=True)
class Beginning:
    """Words with which names begin, and how many do."""

    words: str
    count: int


def letters() -> list[LetterCount]:
    """All letters in their order, also those that nothing begins with; one query."""
    counts: Counter[str] = Counter()
    firsts = in_force().order_by().annotate(first=Left("short_name", 1)).values_list("first")
    for sign, count in firsts.annotate(count=Count("pk")):
        counts[letter_of(sign)] += count
    found = [LetterCount(letter, slug_of(letter), counts[letter]) for letter in LETTERS]
    return [*found, LetterCount("", OTHERS, counts[""])] if counts[""] else found


def of_letter(letter: str) -> QuerySet[ProcedureVersion]:
    """The records whose short name begins with a letter; "" for what begins with none."""
    records = in_force().annotate(first=Left("short_name", 1))
    if letter:
        return records.filter(first__in=signs_of(letter))
    return records.exclude(first__in=[sign for one in LETTERS for sign in signs_of(one)])


def beginning_with(records: QuerySet[ProcedureVersion], words: str) -> QuerySet[ProcedureVersion]:
    """Those of them whose short name begins with these words, however they are written."""
    wanted = " ".join(_BETWEEN.sub(" ", words.lower()).split())
    bare = records.annotate(bare=_bare("short_name"))
    return bare.filter(Q(bare=wanted) | Q(bare__startswith=f"{wanted} "))


def _bare(column: str) -> Func:
    """A name in small letters with single blanks, without what stands between its words."""
    marks = Value(r"[[:space:][:punct:]–“”…]+")
    return Func(Lower(column), marks, Value(" "), Value("g"), function="regexp_replace", output_field=CharField())


def beginnings(records: QuerySet[ProcedureVersion], words: str = "") -> list[Beginning]:
    """By which next word the names of these records go on after `words`, in alphabetical order; one query.

    Commas, strokes and brackets between words don't count.
    """
    length = len(words.split()) + 1
    part = Func(
        _bare("short_name"), Value(rf"^(?:\S+ ){{0,{length - 1}}}\S+"), function="substring", output_field=CharField()
    )
    counts = records.order_by().annotate(part=part).values_list("part").annotate(count=Count("pk"))
    found = [Beginning(text[:1].upper() + text[1:], count) for text, count in counts if text]
    return sorted(found, key=lambda one: sort_key(one.words))
