"""Reads about what is found and what isn't: for the editors' pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from motcua.procedures.models import PinnedResult, SearchDay, Synonym, UnmetSearch
from motcua.procedures.queries import by_codes


@dataclass(frozen=True)
class Pinned:
    """A text, and the procedures on top for it, with their names where a record is in force."""

    pk: int  # of its first pin, for the address
    typed: str
    procedures: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Said:
    """What people said of the results over some days."""

    found: int
    wrong: int
    nothing: int


def unmet() -> QuerySet[UnmetSearch]:
    """Texts that enough different people typed without finding them, and that nobody has seen to; the commonest first.

    A text that too few have typed isn't kept, so it can't be here (docs/decisions/0027-searches-without-hits.md).
    """
    return UnmetSearch.objects.exclude(text="").filter(settled_at=None).order_by("-times", "text")


def unmet_search(pk: int) -> UnmetSearch | None:
    """One of them, also one that was seen to."""
    return UnmetSearch.objects.exclude(text="").filter(pk=pk).first()


def said_since(day: date) -> Said:
    """The sums from a day on."""
    sums = SearchDay.objects.filter(day__gte=day).aggregate(
        found=Sum("found", default=0), wrong=Sum("wrong", default=0), nothing=Sum("nothing", default=0)
    )
    return Said(**sums)


def synonyms() -> QuerySet[Synonym]:
    """What staff have set, by what is said."""
    return Synonym.objects.order_by("said")


def synonym(pk: int) -> Synonym | None:
    """One of them."""
    return Synonym.objects.filter(pk=pk).first()


def pinned() -> list[Pinned]:
    """All texts with pins, with the names of the procedures; three queries."""
    pins = list(PinnedResult.objects.select_related("procedure"))
    names = by_codes({pin.procedure.code for pin in pins})
    texts: dict[str, list[PinnedResult]] = {}
    for pin in pins:
        texts.setdefault(pin.typed, []).append(pin)
    return [
        Pinned(
            pins_of[0].pk,
            typed,
            [(code, names[code].short_name if code in names else "") for code in _codes(pins_of)],
        )
        for typed, pins_of in texts.items()
    ]


def pins_of(pk: int) -> Pinned | None:
    """The text of this pin, with all its pins."""
    pin = PinnedResult.objects.filter(pk=pk).first()
    return next((one for one in pinned() if pin is not None and one.typed == pin.typed), None)


def _codes(pins: Sequence[PinnedResult]) -> list[str]:
    return [pin.procedure.code for pin in pins]
