"""Rules between answers, as data: what each check of a definition means. Blank or senseless answers are left alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.core.identity import check_personal_number
from motcua.core.words import say
from motcua.eforms.rules.answers import Answer, Answers, is_blank
from motcua.eforms.rules.conditions import holds, plain
from motcua.eforms.rules.definition import Check, Field, Group
from motcua.eforms.rules.kinds import kind_of
from motcua.eforms.rules.world import NOWHERE


@dataclass(frozen=True)
class Situation:
    """One answer to be judged, with all that it may be compared with."""

    field: Field
    scope: Mapping[str, Answer]
    fields: Mapping[str, Field | Group]  # everything that `scope` may hold answers of
    today: date

    def value(self, field_id: str) -> Any:
        """Another answer as rules compare it; none if it is blank, hidden or wrong in itself."""
        other = self.fields.get(field_id)
        answer = self.scope.get(field_id)
        if not isinstance(other, Field) or is_blank(answer) or kind_of(other).check(other, answer, NOWHERE):
            return None
        return kind_of(other).value(answer)

    @property
    def own(self) -> Any:
        """The judged answer, the same way."""
        return self.value(self.field.id)

    def title(self, field_id: str) -> str:
        """What another field is called."""
        other = self.fields.get(field_id)
        return f"“{other.title}”" if other else ""


Judge = Callable[[Situation, Mapping[str, Any]], str | None]
ALSO_WHEN_BLANK = {"refuse_if", "at_least_one"}


def judge(check: Check, situation: Situation) -> str | None:
    """What a check has to say, in Vietnamese; nothing if it is content. The form's own words go before ours."""
    message = _JUDGES[check.name](situation, check.params)
    return (check.message or message) if message is not None else None


def judge_rows(check: Check, group: Group, rows: list[Answers]) -> int | None:
    """The row that a check over a whole group points at; none if it is content."""
    answers = [row.get(check.params["field"]) for row in rows]
    if check.name == "exactly_one":
        filled = [index for index, answer in enumerate(answers) if not is_blank(answer)]
        return None if len(filled) == 1 else (filled[1] if filled else 0)
    first: dict[str, int] = {}
    for index, answer in enumerate(answers):
        if not is_blank(answer) and first.setdefault(str(plain(answer)), index) != index:
            return index
    return None


def _not_after_today(at: Situation, params: Mapping[str, Any]) -> str | None:
    if (span := _span(at.own)) and span[0] > at.today:
        return say("{title} không được sau hôm nay, {today:%d/%m/%Y}", title=at.field.title, today=at.today)
    return None


def _not_before_today(at: Situation, params: Mapping[str, Any]) -> str | None:
    if (span := _span(at.own)) and span[1] < at.today:
        return say("{title} không được trước hôm nay, {today:%d/%m/%Y}", title=at.field.title, today=at.today)
    return None


def _not_after(at: Situation, params: Mapping[str, Any]) -> str | None:
    own, limit = _span(at.own), _limit(at, params)
    return (
        say("{title} không được sau {limit}", title=at.field.title, limit=_limit_words(at, params))
        if own and limit and own[0] > limit[1]
        else None
    )


def _not_before(at: Situation, params: Mapping[str, Any]) -> str | None:
    own, limit = _span(at.own), _limit(at, params)
    return (
        say("{title} không được trước {limit}", title=at.field.title, limit=_limit_words(at, params))
        if own and limit and own[1] < limit[0]
        else None
    )


def _years_ago(at: Situation, params: Mapping[str, Any]) -> str | None:
    return _years_between(at.own, at.today, params, say("{title} so với hôm nay", title=at.field.title))


def _years_after(at: Situation, params: Mapping[str, Any]) -> str | None:
    return _years_between(
        at.value(params["field"]),
        at.own,
        params,
        say("{title} so với {other}", title=at.field.title, other=at.title(params["field"])),
    )


def _years_before(at: Situation, params: Mapping[str, Any]) -> str | None:
    return _years_between(
        at.own,
        at.value(params["field"]),
        params,
        say("{title} so với {other}", title=at.field.title, other=at.title(params["field"])),
    )


def _years_between(earlier: Any, later: Any, params: Mapping[str, Any], what: str) -> str | None:
    """Full years from one to the other. Where only a year is known, a doubt speaks for the person."""
    start, end = _span(earlier), _span(later)
    if not start or not end:
        return None
    least, most = params.get("least"), params.get("most")
    if least is not None and _full_years(start[0], end[1]) < least:
        return say("{what} phải cách ít nhất {least} năm. Xin xem lại cả hai ô", what=what, least=least)
    if most is not None and _full_years(start[1], end[0]) > most:
        return say("{what} chỉ có thể cách nhiều nhất {most} năm. Xin xem lại cả hai ô", what=what, most=most)
    return None


def _personal_number_agrees(at: Situation, params: Mapping[str, Any]) -> str | None:
    """The number only says the year of birth, so that a year is as good as a date."""
    birth = at.value(params.get("birth", ""))
    born = date(birth, 1, 1) if isinstance(birth, int) else birth
    sex = params.get("sex_is") or at.value(params.get("sex", ""))
    number = at.own
    return check_personal_number(number, birth_date=born, sex=sex, today=at.today) if number else None


def _differs_from(at: Situation, params: Mapping[str, Any]) -> str | None:
    other = at.value(params["field"])
    same = at.own is not None and at.own == other
    return say("“{title}” phải khác {other}", title=at.field.title, other=at.title(params["field"])) if same else None


def _at_least_one(at: Situation, params: Mapping[str, Any]) -> str | None:
    return "" if all(is_blank(at.scope.get(field)) for field in params["fields"]) else None


def _refuse_if(at: Situation, params: Mapping[str, Any]) -> str | None:
    return "" if holds(params["if"], at.scope, today=at.today) else None


_JUDGES: dict[str, Judge] = {
    "not_after_today": _not_after_today,
    "not_before_today": _not_before_today,
    "not_after": _not_after,
    "not_before": _not_before,
    "years_ago": _years_ago,
    "years_after": _years_after,
    "years_before": _years_before,
    "personal_number_agrees": _personal_number_agrees,
    "differs_from": _differs_from,
    "at_least_one": _at_least_one,
    "refuse_if": _refuse_if,
}


def _span(value: Any) -> tuple[date, date] | None:
    """The first and the last day that a date or a year can mean."""
    if isinstance(value, date):
        return value, value
    if isinstance(value, int) and 1 <= value <= 9999:
        return date(value, 1, 1), date(value, 12, 31)
    return None


def _limit(at: Situation, params: Mapping[str, Any]) -> tuple[date, date] | None:
    return _span(date.fromisoformat(params["date"]) if "date" in params else at.value(params["field"]))


def _limit_words(at: Situation, params: Mapping[str, Any]) -> str:
    if "date" in params:
        return say("ngày {day:%d/%m/%Y}", day=date.fromisoformat(params["date"]))
    return at.title(params["field"])


def _full_years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
