"""Papers (thành phần hồ sơ): what must be brought, told from the notes and headings that sources file among them."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.procedures.importing.doubts import Doubtful, Kind
from motcua.procedures.importing.naming import slug
from motcua.procedures.importing.tidying import CAPITALS, one_line
from motcua.procedures.models import Requirement

Form = Requirement.Form

_FILE = r"\.(?:docx?|pdf|xlsx?|rar|zip|rtf|odt)"
_BETWEEN_FILES = re.compile(rf"\n|;(?=\s)|(?<=\.docx)(?=[{CAPITALS}])|(?<=\.doc)(?=[{CAPITALS}])")
_ENDS_IN_FILE = re.compile(rf"{_FILE}\W*$", re.I)
_FORM_WORD = re.compile(
    r"(?<=[\w.;)])(?=(?:mẫu|mau|phụ lục|phu luc|đơn|tờ khai|tờ trình|văn bản|báo cáo|bản khai|thuyết minh)\b)", re.I
)
_FARTHEST = 120  # characters of a file name

_NOTE_START = re.compile(r"^\W*(?:lưu ý|ghi chú|chú ý|chú thích)\b", re.I)
_NO_PAPER = re.compile(r"^\W*(?:không|không có|không quy định|chưa quy định(?: cụ thể)?|theo quy định)\W*$", re.I)
_SETS = re.compile(r"^\W*(?:\d+[./)]\s*)?số lượng hồ sơ\b.{0,40}$", re.I)
_SETS_COUNT = re.compile(r"số lượng hồ sơ\s*:?\s*(\d{1,2})\s*(?:\([^)]{1,20}\)\s*)?\(?bộ", re.I)
_HEADING = re.compile(r"(?::|\bgồm(?: có)?|\bsau đây|\bnhư sau)[\s.,;]*$", re.I)
_CASE = re.compile(r"^\W*(?:(?:\d+|[a-zđ]|[ivx]+)(?:\.\d+)*[.)]\s*)?(?:trường hợp|đối với|nếu|khi|riêng)\b", re.I)
_PAPER_START = re.compile(
    r"^\W*(?:(?:\d+|[a-zđ]|[ivx]+)(?:\.\d+)*[.)]\s*)?(?:bản|đơn|tờ|giấy|phiếu|văn bản|hợp đồng|biên bản|quyết định"
    r"|hóa đơn|hoá đơn|chứng (?:từ|chỉ|thư|minh)|tài liệu|danh (?:sách|mục)|báo cáo|phương án|sơ (?:yếu|đồ)"
    r"|(?:\d+ )?ảnh|bằng|thẻ|hộ chiếu|mẫu|hồ sơ|công văn|kế hoạch|đề án|dự án|sổ|lý lịch|bảng|vận đơn"
    r"|thông báo|xác nhận|thuyết minh|quy (?:chế|trình)|điều lệ|nghị quyết|01|02)\b",
    re.I,
)
_NAMES_PAPER = re.compile(
    r":\s*(?:bản|đơn|tờ|giấy|phiếu|văn bản|hợp đồng|biên bản|quyết định|tài liệu|báo cáo)\b", re.I
)
_COUNTED = re.compile(r"\d{1,2}\s*(?:\([^)]*\)\s*)?(?:bản|bộ)\s*(?:chính|sao|chụp|gốc)?", re.I)
_SENTENCE = re.compile(
    r"\b(?:có trách nhiệm|thì|được phép|không phải nộp|khai thác|có thể|không được|chịu trách nhiệm)\b", re.I
)
_MAYBE = re.compile(r"nếu có|trường hợp|đối với|\bnếu\b|một trong", re.I)
_GENERAL_GROUP = re.compile(r"^\W*(?:giấy tờ phải nộp|thành phần(?:,? số lượng)? hồ sơ)\W*$", re.I)
_CERTIFIED = re.compile(r"chứng thực|công chứng", re.I)
_LONG = 250


@dataclass(frozen=True)
class Papers:
    """The papers as read.

    Attributes:
        rows: as the record keeps them.
        sets: how many sets of the dossier are asked for; None: not said.
    """

    rows: list[dict[str, Any]]
    doubts: list[Doubtful]
    sets: int | None


def read_papers(components: Sequence[Mapping[str, Any]], forms: Sequence[str]) -> Papers:
    """Papers, notes and headings in the source's order; what could be either is kept as a paper and doubted.

    Keys come from group and name, so that a paper keeps its key when others come, go or move.
    """
    keys = _Keys()
    rows, doubts = [], []
    sets = None
    for component in components:
        row, doubtful = _read_paper(component, set(filter(None, forms)))
        row = {"key": keys.of(row)} | row
        rows.append(row)
        if doubtful:
            doubts.append(Doubtful(Kind.PAPER_DOUBTFUL, f"requirements/{row['key']}", _as_published(component)))
        if found := _SETS_COUNT.search(row["name"]):
            sets = int(found[1])
    return Papers(rows, doubts, sets)


def file_names(text: str | None) -> list[str]:
    """Names of files in a cell that may hold several, one below the other or with semicolons between."""
    return [name for part in _BETWEEN_FILES.split(text or "") if (name := one_line(part).strip("; "))]


class _Keys:
    """Keys that are told apart by what they stand for; only twins of the same text count up."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def of(self, row: Mapping[str, Any]) -> str:
        mark = hashlib.sha256(f"{row.get('group', '')}\n{row['name']}".encode()).hexdigest()[:6]
        key = f"{slug(row['name'], longest=44) or 'giay-to'}-{mark}"
        self.seen[key] += 1
        return key if self.seen[key] == 1 else f"{key}-{self.seen[key]}"


def _read_paper(component: Mapping[str, Any], forms: set[str]) -> tuple[dict[str, Any], bool]:
    name, glued = _unglued(one_line(component.get("name")), forms)
    group = one_line(component.get("group"))
    originals, copies = int(component.get("originals") or 0), int(component.get("copies") or 0)
    files = list(dict.fromkeys([*file_names(component.get("form_name")), *glued]))
    is_document, doubtful = _judge(name, group, counted=originals + copies > 0, has_form=bool(files))
    doubtful = doubtful or bool(_ENDS_IN_FILE.search(name))  # the name of a file that couldn't be told from its own
    row: dict[str, Any] = {"name": name, "form": _form(name, originals, copies)}
    if group:
        row["group"] = group
    if files:
        row["form_files"] = files
    if originals:
        row["originals"] = originals
    if copies:
        row["copies"] = copies
    if not is_document:
        row["is_document"] = False
    elif originals + copies and not _MAYBE.search(name) and (not group or _GENERAL_GROUP.match(group)):
        row["required_if"] = {}
    return row, doubtful


def _judge(name: str, group: str, *, counted: bool, has_form: bool) -> tuple[bool, bool]:
    """Whether a row is a paper, and whether that is in doubt."""
    remark = bool(_NOTE_START.match(name) or _NO_PAPER.match(name))
    if _SETS.match(name) and not has_form:
        return False, False
    if counted or has_form:
        odd = remark or (not has_form and bool(_HEADING.search(name))) or bool(_NOTE_START.match(group))
        return not (remark and not has_form), odd
    if remark or _NOTE_START.match(group) or _HEADING.search(name):
        return False, False
    if _PAPER_START.match(name) and len(name) <= _LONG and not _SENTENCE.search(name):
        return True, True
    if _CASE.match(name) or _SENTENCE.search(name) or len(name) > _LONG:
        counted = bool(_COUNTED.search(name))
        return counted and len(name) <= _LONG, counted or bool(_NAMES_PAPER.search(name))
    return True, True


def _unglued(name: str, forms: set[str]) -> tuple[str, list[str]]:
    """The name without the file name that a source has glued to its end, and that file name."""
    if not _ENDS_IN_FILE.search(name):
        return name, []
    for form in sorted(forms, key=len, reverse=True):
        if name.endswith(form) and len(form) < len(name):
            return name[: -len(form)].strip(), [form]
    for start in _glued_starts(name):
        if name[:start].strip() and len(name) - start <= _FARTHEST:
            return name[:start].strip(), file_names(name[start:])
    return name, []


def _glued_starts(name: str) -> list[int]:
    """Where a file name may begin that has no blank before it, the farthest first.

    Right after a full stop or bracket; at a capital that follows a small letter; at "Mẫu" and the like that follow
    anything. No file name has a slash in it, as the numbers of laws before it do.
    """
    first = max(name.rfind("/") + 1, 10)
    starts = {found.start() for found in _FORM_WORD.finditer(name)}
    for at in range(first, len(name) - 5):
        before, here, after = name[at - 1], name[at], name[at + 1]
        if (before in ".;)" and here.isalnum() and not (name[at - 2] + here).isdigit()) or (
            before.islower() and here.isupper() and after.islower()
        ):
            starts.add(at)
    return sorted(start for start in starts if start >= first)


def _form(name: str, originals: int, copies: int) -> str:
    """How it must be brought online; sources don't say, so the strictest that their numbers allow."""
    if originals or not copies:
        return Form.ORIGINAL
    return Form.CERTIFIED_COPY if _CERTIFIED.search(name) else Form.COPY_TO_COMPARE


def _as_published(component: Mapping[str, Any]) -> str:
    group = one_line(component.get("group"))
    counts = f"bản chính: {component.get('originals') or 0}, bản sao: {component.get('copies') or 0}"
    return "\n".join(part for part in (group, one_line(component.get("name")), counts) if part)
