"""The report of an import: what became of the lines, and every problem with its place, as text and as CSV."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO

from motcua.procedures.importing.doubts import Doubtful
from motcua.procedures.importing.files import Line
from motcua.procedures.importing.reading import Reading
from motcua.procedures.importing.tidying import one_line
from motcua.procedures.models import Doubt

SHOWN_BAD = 20  # bad lines that the text names one by one; the CSV has all
_FORMULA = ("=", "+", "-", "@", "\t")


class Outcome(StrEnum):
    """What became of a line."""

    NEW = "moi"
    CHANGED = "ban-moi"
    UNCHANGED = "khong-doi"
    WAITING = "cho-xem"
    COVERED = "da-co-day-du"
    TWICE = "trung-ma"
    BAD = "loi"


OUTCOMES = {
    Outcome.NEW: "công bố lần đầu",
    Outcome.CHANGED: "có bản mới",
    Outcome.UNCHANGED: "không thay đổi",
    Outcome.WAITING: "chờ người biên tập xem (không có mã, hoặc khác với bản đã biên tập tại Cổng)",
    Outcome.COVERED: "dòng rút gọn của thủ tục đã có bản đầy đủ hơn, bỏ qua",
    Outcome.TWICE: "trùng mã với một dòng trước, bỏ qua",
    Outcome.BAD: "dòng lỗi, không nhập được",
}


@dataclass(frozen=True)
class Problem:
    """One row of the CSV: a bad line, a line that was left out, or something doubtful in one that went in."""

    file: str
    number: int
    code: str
    name: str
    outcome: Outcome
    kind: str
    place: str
    text: str


@dataclass
class Report:
    """What an import did, or with `dry_run` would have done.

    Attributes:
        doubts: how many records are doubtful in each way, and how many places that are.
    """

    dry_run: bool = False
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many lines there were."""
        return self.outcomes.total()

    def took(self, line: Line, reading: Reading, outcome: Outcome, doubts: list[Doubtful], why: str = "") -> None:
        """Keep what became of a line that could be read."""
        self.outcomes[outcome] += 1
        if why:
            self._add(line, reading, outcome, "", "", why)
        for doubt in doubts:
            self.doubts[doubt.kind] += 1
            self._add(line, reading, outcome, doubt.kind.label, doubt.place, doubt.text)

    def refused(self, line: Line, why: str, reading: Reading | None = None) -> None:
        """Keep that a line couldn't be read, or its record couldn't be written."""
        self.outcomes[Outcome.BAD] += 1
        self._add(line, reading, Outcome.BAD, OUTCOMES[Outcome.BAD], "", why)

    def _add(self, line: Line, reading: Reading | None, outcome: Outcome, kind: str, place: str, text: str) -> None:
        code, name = (reading.code, reading.record["name"]) if reading else ("", "")
        self.problems.append(Problem(line.file, line.number, code, name, outcome, kind, place, text))


def as_text(report: Report) -> str:
    """The report for a terminal, by kind of problem."""
    verb = "Nếu nhập thật, sẽ là" if report.dry_run else "Đã nhập"
    parts = [f"{verb}: {_number(report.read)} dòng."]
    parts += [f"  {_number(report.outcomes[one]):>8}  {OUTCOMES[one]}" for one in Outcome if report.outcomes[one]]
    if report.doubts:
        parts.append("Điểm cần xem lại:")
        parts += [f"  {_number(count):>8}  {Doubt.Kind(kind).label}" for kind, count in report.doubts.most_common()]
    bad = [problem for problem in report.problems if problem.outcome == Outcome.BAD]
    if bad:
        parts.append("Dòng lỗi:")
        parts += [f"  {problem.file}:{problem.number}: {problem.text}" for problem in bad[:SHOWN_BAD]]
        if len(bad) > SHOWN_BAD:
            parts.append(f"  … và {_number(len(bad) - SHOWN_BAD)} dòng nữa")
    return "\n".join(parts)


def write_csv(report: Report, stream: IO[str]) -> None:
    """All problems, one in a row, as spreadsheets read them (UTF-8 with its mark is the caller's)."""
    writer = csv.writer(stream)
    writer.writerow(["tep", "dong", "ma", "ten", "ket_qua", "van_de", "vi_tri", "nguon_viet"])
    for problem in report.problems:
        row = (problem.file, problem.number, problem.code, problem.name, problem.outcome, problem.kind)
        writer.writerow([*map(_cell, row), _cell(problem.place), _cell(one_line(problem.text))])


def _cell(value: object) -> object:
    """No text of a source may be taken for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
