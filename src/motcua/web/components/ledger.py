"""The clock of a dossier as the page shows it: three figures, a cell for each working day, the ledger in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.core.words import say
from motcua.core.worktime import Calendar, local
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries.clocks import clock_of
from motcua.dossiers.queries.people import spoken_moment
from motcua.dossiers.rules.clock import Clock, LedgerDay, Mark, Standing, spoken
from motcua.procedures.models import LimitUnit

DAY_NAMES = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
# what → class of the cell, icon, word
CELLS = {
    "start": ("", "done", "Tiếp nhận"),
    "run": ("run", "run", "Ngày {number}"),
    "stop": ("pause", "pause", "Dừng"),
    "due": ("due", "door", "Hẹn trả"),
    "moved": ("left", "calendar", "Hẹn cũ"),
    "late": ("left", "warning", "Quá hẹn"),
    "ahead": ("left", "", ""),
    "end": ("run", "done", "Xong"),
}
# what → chip, icon, word
MARKS = {
    "start": ("going", "run", "Bắt đầu"),
    "stop": ("idle", "pause", "Tạm dừng"),
    "go": ("going", "run", "Chạy tiếp"),
    "extend": ("idle", "calendar", "Hẹn lại"),
    "due": ("new", "door", "Hẹn trả"),
    "end": ("done", "done", "Kết thúc"),
}
REASONS = {
    "start": "Hồ sơ đủ, được tiếp nhận",
    "go": "Không còn phải chờ",
    "extend": "Cơ quan xin lỗi, hẹn lại ngày trả kết quả",
    "due": "Kết quả phải xong trước lúc này",
    "end": "Đã có kết quả",
}
ENDED = {
    State.REFUSED: "Cơ quan từ chối giải quyết",
    State.STOPPED: "Cơ quan dừng giải quyết",
    State.WITHDRAWN: "Người nộp rút hồ sơ",
}


@dataclass(frozen=True)
class Cell:
    """One working day."""

    name: str
    date: str
    kind: str
    icon: str
    word: str
    is_today: bool


@dataclass(frozen=True)
class Line:
    """One line of the ledger."""

    at: datetime
    chip: str
    icon: str
    word: str
    reason: str
    used: str
    due: str


@dataclass(frozen=True)
class Story:
    """All of it."""

    limit: str
    used: str
    left: str
    paused: str
    late: str  # by how much the promise is missed; empty while it isn't
    stopped: bool
    ended: bool
    cells: list[Cell]
    lines: list[Line]


def story_of(dossier: Dossier, now: datetime, calendar: Calendar | None = None) -> Story | None:
    """The clock in words; None before acceptance."""
    clock = clock_of(dossier, calendar)
    if clock is None:
        return None
    day = _working_day(clock)
    return Story(
        limit=say(
            "{amount} {unit}",
            amount=f"{dossier.limit_value:f}".rstrip("0").rstrip("."),
            unit=say(dossier.get_limit_unit_display()),
        ),
        used=spoken(clock.used(now), day),
        left=spoken(_left(clock, now, day), day),
        paused=spoken(clock.paused(now), day),
        late=spoken(clock.over(now), day) if clock.standing(now) == Standing.LATE else "",
        stopped=clock.open_stop is not None,
        ended=clock.finished_at is not None,
        cells=[_cell(ledger_day) for ledger_day in clock.ledger(now)],
        lines=[
            _line(mark, day, REASONS | {"end": ENDED.get(State(dossier.state), REASONS["end"])})
            for mark in clock.marks()
        ],
    )


def _left(clock: Clock, now: datetime, day: timedelta) -> timedelta:
    """Of a limit in working days at most all of it: the rest of the day of reception isn't one of them."""
    left = clock.left(now)
    if clock.terms.unit != LimitUnit.WORKING_DAYS or clock.extended_at is not None:
        return left
    return min(left, day * float(clock.terms.value))


def _working_day(clock: Clock) -> timedelta:
    """How long a full day is worked there, for turning hours into days."""
    return max(clock.calendar.day_length(day.date) for day in clock.ledger(clock.start)) or timedelta(hours=8)


def _cell(day: LedgerDay) -> Cell:
    kind, icon, word = CELLS[day.what]
    word = word.format(number=day.number) if day.number or "{" not in word else "Hôm nay" if day.is_today else ""
    return Cell(
        DAY_NAMES[day.date.weekday()], f"{day.date:%d/%m}", kind, icon, word or "Hôm nay" * day.is_today, day.is_today
    )


def _line(mark: Mark, day: timedelta, reasons: Mapping[str, str]) -> Line:
    chip, icon, word = MARKS[mark.what]
    return Line(
        at=local(mark.at), chip=chip, icon=icon, word=word, reason=mark.reason or reasons.get(mark.what, ""),
        used=spoken(mark.used, day), due=spoken_moment(mark.due_at) if mark.due_at else "Tạm ngưng",
    )  # fmt: skip
