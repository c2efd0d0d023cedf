"""When a paper is wanted and when it must be there, by ticks at the answers to the record's own questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from motcua.procedures.comparing.conditions import in_words
from motcua.procedures.rules.when import (
    Answer,
    Joint,
    When,
    answers_in,
    lost_answers,
    read_when,
    settled,
    write_when,
)
from motcua.web.components.problems import Problem

ALWAYS, NEVER, KEPT = "luon", "khong", "giu"
_LONGEST = 200  # letters of a condition beside its radio
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class WhenBoxes:
    """Three boxes of a form that say one condition: how; with which answers (`<name>_khi`); not with which (`_tru`).

    Attributes:
        condition: as the record has it; None: there is none.
        situations: the record's questions.
        always, never: what these choices are called; with `never`, no condition at all means never.
        new: there is no paper yet; first it is always wanted.
    """

    name: str
    condition: Mapping[str, Any] | None
    situations: Sequence[Mapping[str, Any]]
    always: str
    never: str = ""
    new: bool = False

    @property
    def answers(self) -> Choices:
        """Every answer to every question."""
        return [
            (f"{one['field']}={choice['value']}", f"{_asked(one['title'])} {choice['label']}")
            for one in self.situations
            for choice in one["choices"]
        ]

    @property
    def ways(self) -> Choices:
        """How the condition may be said."""
        return list(self._ways())

    @property
    def first(self) -> dict[str, Any]:
        """What the boxes show of the condition."""
        when = read_when(self.condition, self.situations)
        if when is None:
            return {self.name: KEPT, f"{self.name}_khi": [], f"{self.name}_tru": []}
        way = NEVER if self._is_never else str(when.joint) if when.answers else ALWAYS
        return {
            self.name: way, f"{self.name}_khi": _ticked(when.answers), f"{self.name}_tru": _ticked(when.unless),
        }  # fmt: skip

    def troubles(self, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """What doesn't go together: the box, the words."""
        way, when = said.get(self.name), self._when(said)
        if way in set(Joint) and not when.answers:
            yield f"{self.name}_khi", "Đánh dấu ít nhất một câu trả lời"
        if way == ALWAYS and when.answers:
            yield self.name, "Đã đánh dấu câu trả lời: chọn “Chỉ khi …”, hoặc bỏ các dấu ấy"
        if way in {NEVER, KEPT} and (when.answers or when.unless):
            yield self.name, "Bỏ các dấu ở câu trả lời, hoặc chọn cách khác"
        if when.answers & when.unless:
            yield f"{self.name}_tru", "Một câu trả lời không thể vừa cần vừa loại trừ"

    def written(self, said: Mapping[str, Any]) -> Any:
        """The condition for the record; None: there is none. What says the same as before stays as it was written."""
        way, when = said[self.name], self._when(said)
        if way == KEPT:
            return self.condition
        if way == NEVER:
            return None
        before = read_when(self.condition, self.situations)
        if before is not None and settled(before) == when and not self._is_never and not self.new:
            return self.condition
        return write_when(when, self.situations) or ({} if self.never else None)

    @property
    def _is_never(self) -> bool:
        return bool(self.never) and self.condition is None and not self.new

    def _ways(self) -> Iterator[tuple[str, str]]:
        yield ALWAYS, self.always
        if self.never:
            yield NEVER, self.never
        if self.situations:
            yield str(Joint.ANY), "Chỉ khi trúng một trong các câu trả lời đánh dấu bên dưới"
            yield str(Joint.ALL), "Chỉ khi trúng ở mỗi câu hỏi có đánh dấu bên dưới"
        if read_when(self.condition, self.situations) is None:
            words = in_words(self.condition, self.situations)
            yield KEPT, f"Giữ nguyên điều kiện của tờ khai: {words[:_LONGEST]}{'…' if len(words) > _LONGEST else ''}"

    def _when(self, said: Mapping[str, Any]) -> When:
        way = said.get(self.name)
        joint = Joint(way) if way in set(Joint) else Joint.ANY
        answers, unless = (_untick(said.get(f"{self.name}_{part}") or ()) for part in ("khi", "tru"))
        return settled(When(answers, joint, unless))


class Answers(forms.MultipleChoiceField):
    """Answers to the record's questions, ticked; the form fills in the choices."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple)


def still_asked(before: Mapping[str, Any], after: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Answers that would go and that papers or fees still look at, in words."""
    lost = lost_answers(before.get("situations", ()), after)
    labels = {
        (one["field"], choice["value"]): choice["label"]
        for one in before.get("situations", ())
        for choice in one["choices"]
    }
    rows = [*before.get("requirements", ()), *before.get("fee_lines", ())]
    return [
        Problem(f"“{_clip(row['name'])}” còn dùng câu trả lời “{labels[answer]}”. Sửa điều kiện ở đó trước.")
        for row in rows
        for answer in sorted(_looked_at(row) & lost)
    ]


def _looked_at(row: Mapping[str, Any]) -> set[Answer]:
    return set().union(*(answers_in(row.get(key)) for key in ("shown_if", "required_if", "applies_if")))


def _ticked(answers: frozenset[Answer]) -> list[str]:
    return [f"{field}={value}" for field, value in sorted(answers)]


def _untick(ticked: Sequence[str]) -> frozenset[Answer]:
    return frozenset((field, value) for field, _, value in (one.partition("=") for one in ticked))


def _asked(title: str) -> str:
    """A question so that its answer can follow: "Ai đi làm thủ tục?", "Giấy báo tử:"."""
    return title if title.endswith(("?", ":")) else f"{title}:"


def _clip(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:78]}…"
