"""What is different when somebody stands at the counter: ways, counts of papers, and the words for them. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

from motcua.core.identity import year_and_sex
from motcua.core.text import whole_number
from motcua.dossiers.rules.papers import MOST_SHEETS
from motcua.eforms.rules import Definition, Field, Group, Page, Section, World, is_blank, parse, prefill
from motcua.offerings.models import OfferingVersion
from motcua.procedures.models import LimitUnit

Pay = OfferingVersion.Pay
Receive = OfferingVersion.Receive
KINDS = ("chinh", "sao", "chup")  # bản chính, bản sao chứng thực, bản chụp: how the boxes are named


def receive_ways(offered: Sequence[str]) -> list[str]:
    """How a result can be received by who stands here: as offered, and always at the desk, first."""
    return [str(Receive.DESK), *(way for way in offered if way != Receive.DESK)]


def pay_ways(version: OfferingVersion) -> list[str]:
    """Now; or with the result, where the clock doesn't wait for the money. Other ways need the person's own screen."""
    if version.clock_starts == OfferingVersion.ClockStarts.COMPLETE_AND_PAID:
        return [str(Pay.DESK_BEFORE)]
    postman = [str(Pay.POSTMAN)] if Pay.POSTMAN in version.pay_ways else []
    return [str(Pay.DESK_BEFORE), str(Pay.DESK), *postman]


def first_choice(version: OfferingVersion) -> dict[str, Any]:
    """What most people want who come in person: the result here, the fee now. One key changes either."""
    return {"hand_in": str(OfferingVersion.HandIn.DESK), "receive": [str(Receive.DESK)], "copies": 0,
            "pay": str(Pay.DESK_BEFORE)}  # fmt: skip


def counts_in(data: Mapping[str, str], key: str) -> tuple[int, int, int] | None:
    """How many of a paper somebody typed in; None: its boxes were not on the page. No number is none.

    Args:
        data: what was posted, under `ban-<key>-<kind>`.
    """
    typed = [data.get(f"ban-{key}-{kind}") for kind in KINDS]
    if all(text is None for text in typed):
        return None
    originals, certified, copies = (_count(text or "") for text in typed)
    return originals, certified, copies


def _count(text: str) -> int:
    return min(whole_number(text.strip()), MOST_SHEETS)


def counted(originals: int, certified: int, copies: int) -> str:
    """What was taken in of a paper, in words: "1 bản chính, 2 bản chụp"."""
    kinds = ((originals, "bản chính"), (certified, "bản sao chứng thực"), (copies, "bản chụp"))
    return ", ".join(f"{count} {kind}" for count, kind in kinds if count)


def limit_words(version: OfferingVersion) -> str:
    """The time limit in words: "1 ngày làm việc"."""
    value = f"{version.limit_value:f}"
    value = value.rstrip("0").rstrip(".").replace(".", ",") if "." in value else value
    return f"{value} {LimitUnit(version.limit_unit).label}"


# ---- Who stands here ----

_PHONE = {
    "field": "phone", "kind": "phone", "label": "Số điện thoại di động", "required": True, "half": True,
    "hint": "Của người nộp, hoặc của người thân nhận tin giúp",
}  # fmt: skip
_RESIDENCE = {"field": "residence", "kind": "place", "label": "Nơi cư trú", "required": True, "detail": "optional"}
_FORMS: dict[str, list[dict[str, Any]]] = {
    "new": [
        {
            "field": "full_name", "kind": "name", "label": "Họ, chữ đệm, tên", "required": True,
            "hint": "Đúng như trên thẻ căn cước",
        },
        {
            "field": "birth_date", "kind": "date", "label": "Ngày, tháng, năm sinh", "required": True,
            "checks": [{"check": "not_after_today"}],
        },
        {
            "field": "sex", "kind": "choice", "label": "Giới tính", "required": True, "style": "inline",
            "options": [{"value": "nu", "label": "Nữ"}, {"value": "nam", "label": "Nam"}],
        },
        _PHONE,
        _RESIDENCE,
    ],
    "known": [_PHONE, _RESIDENCE],
}  # fmt: skip
PERSON_PAGE = "nguoi-nop"


@cache
def form_of_person(which: str) -> Definition:
    """What the counter asks of a person: "new": all of the card; "known": only how to reach them."""
    page = {"slug": PERSON_PAGE, "title": "Người nộp", "items": _FORMS[which]}
    return parse({"key": f"quay-{which}", "version": 1, "title": "Người nộp", "pages": [page]})


def from_number(number: str) -> dict[str, Any]:
    """What a personal number says already: sex, and the year of birth."""
    year, sex = year_and_sex(number)
    return {"sex": sex, "birth_date": {"day": "", "month": "", "year": str(year)}}


# ---- The form on one page ----

ONE_PAGE = "tai-quay"


def on_one_page(form: Definition) -> Definition:
    """The form with all its questions on one page more, `ONE_PAGE`, for who types in another person's answers.

    They keep their order and stand under the headings of their pages; what is explained to people is left out.
    """
    items = tuple(section for page in form.pages for section in _sections(page))
    return replace(form, pages=(*form.pages, Page(ONE_PAGE, form.title, items)))


def _sections(page: Page) -> Iterator[Section]:
    """The sections of a page; questions outside of any stand under the page's own title, where they stood."""
    for number, (inside, items) in enumerate(groupby(page.items, key=lambda item: isinstance(item, Section))):
        if not inside:
            asked = tuple(item for item in items if isinstance(item, Field | Group))
            yield Section(f"quay-{page.slug}-{number}", page.title, asked, gates=page.gates)
            continue
        for section in items:
            if isinstance(section, Section):
                asked = tuple(item for item in section.items if isinstance(item, Field | Group))
                title = f"{page.title}: {section.title[:1].lower()}{section.title[1:]}"
                yield replace(section, title=title, items=asked, intro="")


def filled_anew(form: Definition, answers: Mapping[str, Any], before: Any, now: Any, *, known: World) -> dict[str, Any]:
    """The answers after applicant or owner changed: what was filled in from them follows, what was typed stays.

    Args:
        before: the facts {"applicant", "owner"} as they were.
        now: the same as they are.
    """
    old, new = prefill(form, {}, before, known=known), prefill(form, {}, now, known=known)
    kept = dict(answers)
    for key in {**old, **new}:
        if is_blank(kept.get(key)) or kept.get(key) == old.get(key):
            kept[key] = new.get(key)
    return {key: value for key, value in kept.items() if value is not None}
