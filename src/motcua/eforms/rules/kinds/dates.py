"""Days, months and years."""

import re
from calendar import monthrange
from datetime import date
from typing import Any

from motcua.core.text import clean
from motcua.core.words import date_in_words, listing, say
from motcua.eforms.rules.answers import Answer, Typed, as_text, is_blank, part_of
from motcua.eforms.rules.definition import Field
from motcua.eforms.rules.kinds.base import Complaint, Kind, kind, setting
from motcua.eforms.rules.world import World

FIRST_YEAR = 1900  # of living people's papers, unless the field says otherwise
LAST_YEAR = 2100
_WHOLE = re.compile(r"(\d{1,2})[/.\- ]+(\d{1,2})[/.\- ]+(\d{4})")
_WORDS = {"day": "ngày", "month": "tháng", "year": "năm"}


@kind
class Date(Kind):
    """A date, typed in three boxes.

    Kept as "2026-03-05" where such a day exists, else as {"day", "month", "year"}, each as it was typed.
    """

    name = "date"
    template = "date"
    parts = ("day", "month", "year")

    def read(self, field: Field, name: str, typed: Typed, before: Answer, world: World) -> Answer:
        boxes = {part: clean(self.last(name, typed, part)) for part in self.parts}
        if is_blank(boxes):
            return ""
        if not boxes["month"] and not boxes["year"] and (whole := _WHOLE.fullmatch(boxes["day"])):
            boxes = dict(zip(self.parts, whole.groups(), strict=True))  # pasted whole into the first box
        day = _exact(boxes)
        return day.isoformat() if day else boxes

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        day = self.value(answer)
        if day is None:
            return _why_not(field, answer)
        return _year_out_of_range(field, day.year, part="year")

    def value(self, answer: Answer) -> Any:
        return _iso(answer)

    def show(self, field: Field, answer: Answer) -> str:
        if day := _iso(answer):
            return f"{day:%d/%m}/{day.year:04}"
        if isinstance(answer, dict):
            return "/".join(part_of(answer, part) or "…" for part in self.parts) if not is_blank(answer) else ""
        return as_text(answer)

    def echo(self, field: Field, answer: Answer) -> str:
        day = _iso(answer)
        return date_in_words(day) if day and setting(field, "in_words") else ""

    def boxes(self, answer: Answer) -> dict[str, str]:
        """What stands in the three boxes."""
        if day := _iso(answer):
            return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
        return {part: part_of(answer, part) for part in self.parts}

    def known(self, field: Field, fact: Any, world: World) -> Answer:
        if isinstance(fact, date):
            return fact.isoformat()
        return fact if isinstance(fact, str) and _iso(fact) else None


@kind
class Year(Kind):
    """A year of four digits, kept as a number."""

    name = "year"
    template = "text"

    def understand(self, field: Field, text: str) -> Answer:
        return int(text) if re.fullmatch(r"[1-9]\d{3}", text) else text

    def check(self, field: Field, answer: Answer, world: World) -> Complaint | None:
        year = self.value(answer)
        if year is None:
            return Complaint(say("“{title}” có 4 chữ số, ví dụ 1996", title=field.title))
        return _year_out_of_range(field, year)

    def value(self, answer: Answer) -> Any:
        return answer if isinstance(answer, int) and not isinstance(answer, bool) and 1 <= answer <= 9999 else None

    def known(self, field: Field, fact: Any, world: World) -> Answer:
        """Also from a whole date."""
        if isinstance(fact, date):
            return fact.year
        if isinstance(fact, str) and (day := _iso(fact)):
            return day.year
        return super().known(field, fact, world)


def _iso(answer: Answer) -> date | None:
    if not isinstance(answer, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", answer, re.ASCII):
        return None
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


def _number(text: str, *, digits: int) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= digits else None


def _exact(boxes: dict[str, str]) -> date | None:
    day, month = _number(boxes["day"], digits=2), _number(boxes["month"], digits=2)
    if day is None or month is None or not re.fullmatch(r"\d{4}", boxes["year"]):
        return None
    try:
        return date(int(boxes["year"]), month, day)
    except ValueError:
        return None


def _why_not(field: Field, answer: Answer) -> Complaint:
    """What keeps three boxes from being a date, the first trouble first."""
    boxes = {part: part_of(answer, part) for part in _WORDS}
    empty = [part for part, text in boxes.items() if not text]
    if empty:
        words = listing([_WORDS[part] for part in empty])
        return Complaint(say("“{title}” còn thiếu {words}", title=field.title, words=words), empty[0])
    day, month = _number(boxes["day"], digits=2), _number(boxes["month"], digits=2)
    if not re.fullmatch(r"\d{4}", boxes["year"]) or boxes["year"] == "0000":
        return Complaint("Năm có 4 chữ số, ví dụ 2026", "year")
    if month is None or not 1 <= month <= 12:
        return Complaint("Tháng là số từ 1 đến 12", "month")
    last = monthrange(int(boxes["year"]), month)[1]
    if day is None or day < 1 or day > 31:
        return Complaint("Ngày là số từ 1 đến 31", "day")
    return Complaint(
        say("Tháng {month} năm {year} chỉ có {last} ngày", month=month, year=int(boxes["year"]), last=last), "day"
    )


def _year_out_of_range(field: Field, year: int, part: str = "") -> Complaint | None:
    first, last = setting(field, "first_year", FIRST_YEAR), setting(field, "last_year", LAST_YEAR)
    if first <= year <= last:
        return None
    return Complaint(
        say("Năm phải từ {first} đến {last}, ông/bà đã gõ {year}", first=first, last=last, year=year), part
    )
