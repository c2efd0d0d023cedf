"""What a person may change when a dossier is sent back for completion, and until when (phiếu bổ sung, mẫu 02).

They change what was asked for, and what those corrections bring along: a question that only the new answer opens, and
one whose own rule the new answer breaks. Nothing else, so that an officer has to read nothing twice.
Sources: rules.md §4 ("One-time supplement": NĐ 61/2018 Điều 15.3, 17.2a; "Return for supplement": Điều 19.4).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from motcua.core.words import say
from motcua.core.worktime import Calendar, local
from motcua.dossiers.rules.clock import confirm_until
from motcua.eforms.rules import Answers, Definition, World, changed, check_all, shown, whole

ANSWER, PAPER = "answer", "paper"  # as SupplementItem.Kind
# What stands in the field of the ground at first. The decree in force replaced the one whose articles are cited above;
# its own articles aren't known to us, so that the officer adds the one that applies.
USUAL_GROUND = "Nghị định số 118/2025/NĐ-CP"


class Item(Protocol):
    """What was asked for; `kind` is ANSWER or PAPER."""

    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Wanted:
    """One thing that an officer asks for; `kind` is ANSWER or PAPER, `reason` says what is wrong with it."""

    kind: str
    key: str
    reason: str


def answer_until(asked_at: datetime, days: int, calendar: Calendar) -> datetime:
    """The last moment for the person, counted as all their limits are: to the end of a day that isn't a day off."""
    return confirm_until(asked_at, days, calendar)


def notice_is_late(accepted_at: datetime, now: datetime, days: int, calendar: Calendar) -> bool:
    """Whether the notice comes later than the law wants it: so many working days after acceptance."""
    begins = calendar.first_working_day(local(accepted_at).date())
    return local(now).date() > calendar.add_days(begins, days)


@dataclass(frozen=True)
class Answering:
    """The answers of a dossier and the working copy of its correction, side by side.

    Args:
        asked: ids of the questions that were asked for.
        before: the answers of the dossier.
        typed: the working copy; whatever it says about other questions counts for nothing.
    """

    form: Definition
    asked: tuple[str, ...]
    before: Answers
    typed: Answers
    today: date
    known: World

    @cached_property
    def open(self) -> list[str]:
        """The questions that may be answered now, in the form's order."""
        may = whole(self.form, self.asked)
        may |= shown(self.form, self._only(may)).ids - shown(self.form, self.before).ids
        may |= self._troubled(self._only(may)) - self._troubled(self.before)
        return [key for key in self.form.holders if key in may]

    @cached_property
    def after(self) -> Answers:
        """The answers as they will be, hidden ones still among them."""
        return self._only(set(self.open))

    @cached_property
    def changed(self) -> list[str]:
        """The questions whose answers are different now, in the form's order."""
        different = set(changed(self.before, self.after))
        return [key for key in self.form.holders if key in different]

    @cached_property
    def kept(self) -> list[str]:
        """The questions that were asked for, still stand, and are answered as before."""
        different, visible = set(self.changed), shown(self.form, self.after).ids
        return [key for key in self.asked if key in visible and not different & whole(self.form, [key])]

    def _only(self, may: Collection[str]) -> Answers:
        keys = dict.fromkeys([*self.before, *self.typed])
        merged = {key: (self.typed if key in may else self.before).get(key) for key in keys}
        return {key: value for key, value in merged.items() if value is not None}

    def _troubled(self, answers: Answers) -> set[str]:
        problems = check_all(self.form, answers, today=self.today, known=self.known)
        return {problem.field_id.partition("__")[0] for problem in problems}


def only_papers(items: Iterable[Item]) -> bool:
    """Whether nothing but papers was asked for, so that bringing them answers it all."""
    return all(item.kind == PAPER for item in items)


def told_shortly(reason: str, labels: Sequence[str], most: int) -> str:
    """The reason and as many of the items as `most` letters hold, a line each; then how many more the slip names."""
    lines, left = [reason if len(reason) <= most // 2 else f"{reason[: most // 2 - 1]}…"], len(labels)
    for label in labels:
        rest = say("Và {left} nội dung khác, ghi trong phiếu yêu cầu bổ sung.", left=left)
        if len("\n".join([*lines, label, rest])) > most:
            return "\n".join([*lines, rest])
        lines.append(label)
        left -= 1
    return "\n".join(lines)


def told_once(wanted: Collection[Wanted]) -> Iterator[Wanted]:
    """Each thing once, however often it was ticked."""
    seen = set()
    for one in wanted:
        if (one.kind, one.key) not in seen:
            seen.add((one.kind, one.key))
            yield one
