"""Reads of administrative units, for pickers and addresses."""

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, Length

from motcua.places.models import Unit
from motcua.places.rules import typed_words


def provinces() -> QuerySet[Unit]:
    """All provinces and cities, in Vietnamese order."""
    return Unit.objects.filter(parent=None).order_by("sort_key", "code")


def communes(province_code: str) -> QuerySet[Unit]:
    """The communes, wards and special zones of a province, in Vietnamese order; none for an unknown code."""
    return Unit.objects.filter(parent_id=province_code).order_by("sort_key", "code")


def unit(code: str) -> Unit | None:
    """The unit with this code of the statistics office, its province with it."""
    return Unit.objects.select_related("parent").filter(pk=code).first()


def full_name(unit: Unit) -> str:
    """As in an address: "Phường Hoa Sen, tỉnh Minh Giang"."""
    if unit.parent is None:
        return str(unit)
    return f"{unit}, {unit.parent.get_kind_display().lower()} {unit.parent.name}"


def find(text: str, limit: int = 10) -> list[Unit]:
    """Units for what was typed: with accents or none, decomposed or not, with the province's name after it or not.

    Every word must begin a word of the unit's name or of its province's; a whole name comes before a part of one.
    """
    words = typed_words(text)
    if not words:
        return []
    phrase = " ".join(words)
    # Province and commune in one line, so that "hoa sen minh giang" is found; a leading space marks a word's begin.
    units = Unit.objects.select_related("parent").annotate(
        line=Concat(Value(" "), F("folded"), Value(" "), Coalesce(F("parent__folded"), Value("")), Value(" "))
    )
    for word in words:
        units = units.filter(line__contains=f" {word}")
    rank = Case(
        When(Q(folded=phrase) | Q(folded__endswith=f" {phrase}"), then=0),
        When(line__contains=f" {phrase} ", then=1),
        When(line__contains=f" {phrase}", then=2),
        default=3,
    )
    return list(units.annotate(rank=rank, length=Length("line")).order_by("rank", "length", "sort_key", "code")[:limit])
