"""What people ask first: as the editors answer it, else put together from the record. Never more than is published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from motcua.core.words import listing, named, say
from motcua.procedures.importing.limits import UNIT_OPEN
from motcua.procedures.models import Channel, FeeKind, Method, ProcedureVersion
from motcua.procedures.rules import brief
from motcua.procedures.rules.agency_names import usual_name
from motcua.web.public.record.papers import Checklist

QUESTIONS = {
    "how_long": ("Bao lâu", "clock"),
    "how_much": ("Bao nhiêu tiền", "money"),
    "what": ("Mang gì", "paper"),
    "where": ("Nộp ở đâu", "place"),
}
CHANNELS = {Channel.DIRECT: "trực tiếp", Channel.ONLINE: "trực tuyến", Channel.POST: "qua bưu chính"}
_AGENCIES = 2  # named in the answer; the others are counted
_LONGEST = 160  # letters of an answer in the record's own words
# A description of a way that names a limit of its own: "không quá 12 tháng".
_LIMIT = re.compile(r"\d\s*(?:\([^)]*\)\s*)?(?:giờ|ngày|tháng|năm)\b")


@dataclass(frozen=True)
class Answer:
    """One of the things that people ask first; `fine` are the sentences below it."""

    title: str
    icon: str
    big: str
    fine: tuple[str, ...] = ()
    key: str = ""


def answers_of(version: ProcedureVersion, methods: Sequence[Method], checklist: Checklist) -> list[Answer]:
    """Bao lâu, bao nhiêu tiền, mang gì, nộp ở đâu."""
    given = {answer["key"]: answer for answer in version.answers}
    # A line of the catalogue tells none of the others; that they aren't published would be untrue.
    asked = [key for key in QUESTIONS if key == "where" or key in given] if version.is_short else list(QUESTIONS)
    made = {
        "how_long": lambda: _how_long(methods),
        "how_much": lambda: _how_much(methods),
        "what": lambda: _what(checklist),
        "where": lambda: _where(version, methods),
    }
    return [
        Answer(*QUESTIONS[key], given[key]["big"], _filled([given[key].get("fine", "")]), key)
        if key in given
        else Answer(*QUESTIONS[key], *made[key](), key)
        for key in asked
    ]


Made = tuple[str, tuple[str, ...]]


def _how_long(methods: Sequence[Method]) -> Made:
    untold = [method for method in methods if not method.limit_text and method.limit_value is None]
    described = any(_LIMIT.search(method.description) for method in methods)
    no_unit = any(method.limit_text.endswith(UNIT_OPEN) for method in methods)
    fine = (
        say("Nguồn không ghi đơn vị của thời hạn: xin hỏi nơi nhận hồ sơ.") if no_unit else "",
        say("Phần mô tả của từng cách nộp còn ghi thời hạn cho từng trường hợp.") if described else "",
        say("Có cách nộp chưa công bố thời hạn.") if 0 < len(untold) < len(methods) else "",
    )
    return brief.how_long(methods), _filled(fine)


def _how_much(methods: Sequence[Method]) -> Made:
    kinds = [method.fee_kind or (FeeKind.TEXT if method.fee_text else FeeKind.UNKNOWN) for method in methods]
    unknown = [kind for kind in kinds if kind == FeeKind.UNKNOWN]
    if len(unknown) == len(kinds):
        return say("Chưa công bố mức thu"), (
            say(
                "Bản công bố mà Cổng có không ghi mức thu. Như vậy không có nghĩa là miễn phí: xin hỏi nơi nhận hồ sơ."
            ),
        )
    texts = dict.fromkeys(
        method.fee_text for method, kind in zip(methods, kinds, strict=True) if kind in {FeeKind.TEXT, FeeKind.AMOUNTS}
    )
    fine = (
        next(iter(texts)) if len(texts) == 1 and len(next(iter(texts))) <= _LONGEST else "",
        say("Có cách nộp chưa công bố mức thu; chưa công bố không có nghĩa là miễn phí.") if unknown else "",
    )
    big = brief.how_much(methods)
    return big, tuple(sentence for sentence in _filled(fine) if sentence != big)


def _what(checklist: Checklist) -> Made:
    count = checklist.count
    rows = [paper for group in checklist.groups for paper in group.papers]
    if not count and rows:
        only_notes = all(paper.is_note for paper in rows)
        return say("Xem ghi chú về hồ sơ") if only_notes else say("Không phải nộp giấy tờ nào"), ()
    if not count:
        return say("Không phải nộp giấy tờ nào") if checklist.questions else say("Chưa công bố thành phần hồ sơ"), ()
    if checklist.cases and not checklist.chosen:
        return say("Tùy trường hợp của ông/bà"), (
            say("Bản công bố có {count} giấy tờ cho mọi trường hợp cộng lại.", count=count),
        )
    first = next(paper for paper in rows if not paper.is_note and not paper.free)
    if count == 1 and not first.rest:
        return first.name, ()
    parts = checklist.parts
    fine = say("Chia theo {parts} nhóm, cộng lại; có thể ông/bà không cần đủ cả.", parts=parts) if parts else ""
    return say("{count} giấy tờ", count=count), _filled([fine])


def _where(version: ProcedureVersion, methods: Sequence[Method]) -> Made:
    agencies = version.agencies
    names = agencies.get("receiving") or agencies.get("performing") or agencies.get("competent") or []
    channels = dict.fromkeys(named(CHANNELS[Channel(method.channel)]) for method in methods)
    ways = listing([*channels], ", ")
    fine = _filled([say("Cách nộp đã công bố: {ways}.", ways=ways) if channels else ""])
    if not names:
        text = version.agency_text
        if not text:
            return say("Chưa công bố nơi nộp"), fine
        return (text if len(text) <= _LONGEST else say("Xem phần Cơ quan thực hiện")), fine
    said = "; ".join(usual_name(name) for name in names[:_AGENCIES])
    others = len(names) - _AGENCIES
    more = say("Và {count} nơi khác, xem phần Cơ quan.", count=others) if others > 0 else ""
    return said, _filled([more, *fine])


def claims_online(methods: Sequence[Method]) -> bool:
    """Whether the published record names an online way; where, is another question."""
    return any(method.channel == Channel.ONLINE for method in methods)


def _filled(sentences: Sequence[Any]) -> tuple[str, ...]:
    return tuple(sentence for sentence in sentences if sentence)
