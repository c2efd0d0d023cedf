"""Reads for those who arrange life events."""

from dataclasses import dataclass

from motcua.procedures.models import Field, LifeEvent
from motcua.procedures.queries import in_force
from motcua.procedures.rules import fingerprint


@dataclass(frozen=True)
class Chosen:
    """A procedure that is put first; no name: no record of it is in force, nobody sees it."""

    code: str
    name: str


def chosen_codes(event: LifeEvent) -> list[str]:
    """The numbers of the procedures that are put first, in their order."""
    links = event.procedures.through.objects.filter(lifeevent=event.pk).order_by("pk")
    return list(links.values_list("procedure__code", flat=True))


def chosen(event: LifeEvent) -> list[Chosen]:
    """The same with the names of their records; two queries."""
    codes = chosen_codes(event)
    found = in_force().filter(procedure__code__in=codes).values_list("procedure__code", "short_name")
    names: dict[str, str] = dict(found)
    return [Chosen(code, names.get(code, "")) for code in codes]


def state_of(event: LifeEvent) -> str:
    """The same as long as nobody changes this life event: a sum of all that staff say of it."""
    fields = sorted(event.fields.values_list("pk", flat=True))
    return fingerprint({"name": event.name, "hint": event.hint, "codes": chosen_codes(event), "fields": fields})


def all_fields() -> list[Field]:
    """Every field, also one that has no record yet, by slug: the order of the alphabet without accents."""
    return list(Field.objects.order_by("slug"))
