"""A record as sections of things with words, so that two of them can be held against each other.

Every key of the record's format stands in exactly one section (a test says so), but for those that don't belong to its
content: the number, the day, the life events, which staff arrange on the procedure itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.core.words import money, say
from motcua.documents.rules import megabytes
from motcua.procedures.comparing.conditions import in_words
from motcua.procedures.comparing.matching import Entry
from motcua.procedures.models import Channel, FeeKind, FeeLine, LimitUnit, ProcedureVersion, Requirement

_TITLE = 160  # letters of a paper's name that stand for it in a list
_PARTS_OF_AGENCIES = {
    "performing": "Cơ quan thực hiện",
    "competent": "Cơ quan có thẩm quyền",
    "authorised": "Cơ quan được ủy quyền",
    "receiving": "Nơi tiếp nhận",
    "coordinating": "Cơ quan phối hợp",
}
_QUESTIONS = {"how_long": "Bao lâu", "how_much": "Bao nhiêu tiền", "what": "Mang gì", "where": "Nộp ở đâu"}

Record = Mapping[str, Any]


class Names(dict[str, str]):
    """What slugs and codes are called; themselves where nobody says."""

    def __missing__(self, key: str) -> str:
        return key


@dataclass(frozen=True)
class Section:
    """A section of the record as the page has it.

    Attributes:
        key: for addresses and ids.
        title: for people.
        fields: the record's keys that it is made of; who takes a section over takes these.
        order: what its order is called, where it tells something.
    """

    key: str
    title: str
    fields: tuple[str, ...]
    entries: Callable[[Record, Names], Sequence[Entry]]
    order: str = ""


# ---- Texts that stand alone ----


def _one(key: str, title: str, text: Any) -> list[Entry]:
    """A thing that is there at most once; nothing where nothing is said."""
    return [Entry(key, title, (("", str(text)),), counted=False)] if text else []


def _names(record: Record, names: Names) -> list[Entry]:
    return [
        *_one("name", "Tên thủ tục", record.get("name")),
        *_one("short_name", "Tên gọi ngắn", record.get("short_name")),
        *_one("summary", "Mô tả", record.get("summary")),
        *_one("keywords", "Từ khóa", ", ".join(record.get("keywords", ()))),
    ]


def _decision(record: Record, names: Names) -> list[Entry]:
    levels = [str(ProcedureVersion.Level(level).label) for level in record.get("levels", ())]
    return [
        *_one("decision_no", "Số quyết định công bố", record.get("decision_no")),
        *_one("issuing_body", "Cơ quan công bố", record.get("issuing_body")),
        *_one("field", "Lĩnh vực", names[record.get("field", "")]),
        *_one("levels", "Cấp thực hiện", ", ".join(levels)),
        *_one("kind", "Loại thủ tục", record.get("kind")),
        *_one("portal_url", "Trang của thủ tục ở cổng khác", record.get("portal_url")),
    ]


def _agencies(record: Record, names: Names) -> list[Entry]:
    parts = record.get("agencies", {})
    found = _one("agency_text", "Cơ quan thực hiện, theo công bố", record.get("agency_text"))
    for part, title in _PARTS_OF_AGENCIES.items():
        found += _one(part, title, "\n".join(parts.get(part, ())))
    return found


def _conditions(record: Record, names: Names) -> list[Entry]:
    return _one("conditions", "Yêu cầu, điều kiện", record.get("conditions"))


def _lines(key: str) -> Callable[[Record, Names], list[Entry]]:
    def entries(record: Record, names: Names) -> list[Entry]:
        return [Entry("", _clip(line), (("", line),)) for line in record.get(key, ())]

    return entries


def _related(record: Record, names: Names) -> list[Entry]:
    return [Entry(code, names[code], (("", names[code]),)) for code in record.get("related", ())]


# ---- Things with several parts ----


def _answers(record: Record, names: Names) -> list[Entry]:
    return [
        Entry(one["key"], _QUESTIONS[one["key"]], (("", one["big"]), ("Chi tiết", one.get("fine", ""))))
        for one in record.get("answers", ())
    ]


def _steps(record: Record, names: Names) -> list[Entry]:
    return [Entry("", one["title"], (("Tên bước", one["title"]), ("", one["text"]))) for one in record.get("steps", ())]


def _methods(record: Record, names: Names) -> list[Entry]:
    return [_method(one) for one in record.get("methods", ())]


def _method(one: Record) -> Entry:
    channel = str(Channel(one["channel"]).label)
    kind = one.get("fee_kind", "")
    parts = (
        ("Cách nộp", channel),
        ("Thời hạn giải quyết", one.get("limit_text", "")),
        ("Thời hạn, tính bằng số", _limit(one)),
        ("Phí, lệ phí", one.get("fee_text", "")),
        ("Loại mức thu", str(FeeKind(kind).label) if kind else ""),
        ("Mức thu, tính bằng số", "\n".join(_fee(fee) for fee in one.get("fees", ()))),
        ("Mô tả", one.get("description", "")),
    )
    return Entry(one["channel"], channel, parts)


def _limit(one: Record) -> str:
    value, unit = one.get("limit_value"), one.get("limit_unit", "")
    if value is None:
        return ""
    return f"{value:g}".replace(".", ",") + (f" {LimitUnit(unit).label}" if unit else "")


def _fee(fee: Record) -> str:
    amount, currency = str(fee["amount"]), fee.get("currency", "VND")
    said = money(int(amount)) if currency == "VND" and amount.isdigit() else f"{amount.replace('.', ',')} {currency}"
    return f"{said} ({fee['note']})" if fee.get("note") else said


def _papers(record: Record, names: Names) -> list[Entry]:
    situations = record.get("situations", ())
    found = _one("dossier_sets", "Số lượng hồ sơ", _counted((record.get("dossier_sets", 1), "bộ")))
    return found + [_paper(one, situations) for one in record.get("requirements", ())]


def _situations(record: Record, names: Names) -> list[Entry]:
    return [_situation(one) for one in record.get("situations", ())]


def _situation(one: Record) -> Entry:
    choices = "\n".join(choice["label"] for choice in one["choices"])
    kind = "Đánh dấu nếu đúng" if one["kind"] == "tick" else "Chọn một câu trả lời"
    parts = (("Câu hỏi", one["title"]), ("Trả lời thế nào", kind), ("Câu trả lời", choices))
    return Entry(one["field"], one["title"], parts)


def _counted(*counts: tuple[int, str]) -> str:
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def _paper(one: Record, situations: Sequence[Record]) -> Entry:
    is_document = one.get("is_document", True)
    copies = _counted((one.get("originals", 0), "bản chính"), (one.get("copies", 0), "bản sao"))
    most = one.get("max_files", 10)
    parts = (
        ("Tên giấy tờ" if is_document else "Ghi chú", one["name"]),
        ("Nhóm", one.get("group", "")),
        ("Hướng dẫn", one.get("rule", "")),
        ("Số lượng", copies),
        ("Khi nộp trực tuyến", str(Requirement.Form(one["form"]).label) if is_document else ""),
        ("Bắt buộc", _when_required(one.get("required_if"), situations) if is_document else ""),
        ("Chỉ cần khi", in_words(one.get("shown_if"), situations)),
        ("Mẫu", one.get("template_name", "")),
        ("Tệp mẫu", "\n".join(one.get("form_files", ()))),
        ("Số tệp nhiều nhất", str(most) if most != 10 else ""),
    )
    return Entry(one.get("key", ""), _clip(one["name"]), parts, known_by=one["name"])


def _when_required(condition: Mapping[str, Any] | None, situations: Sequence[Record]) -> str:
    if condition is None:
        return "Không bắt buộc"
    return in_words(condition, situations) or "Luôn phải có"


def _forms(record: Record, names: Names) -> list[Entry]:
    found = [Entry("", name, (("", name),)) for name in record.get("forms", ())]
    for form in record.get("blank_forms", ()):
        groups = [line for group in form["groups"] for line in (group["title"], *group["lines"])]
        parts = (
            ("Tên mẫu", form["title"]),
            ("Nội dung", "\n".join(groups)),
            ("Kính gửi", form.get("addressee", "")),
            ("Lời cam đoan", form.get("oath", "")),
            ("Người ký", "\n".join(form.get("signers", ()))),
            ("Căn cứ", form.get("ground", "")),
        )
        found.append(Entry(f"mau-{form['key']}", form["title"], parts))
    return found + [_held(one) for one in record.get("held_forms", ())]


def _held(one: Record) -> Entry:
    parts = (
        ("Loại, dung lượng", f"{one['kind']}, {megabytes(one['size'])}"),
        ("Dấu kiểm tra nội dung", one["sha256"][:12]),  # a corrected form may be as large as the one before
    )
    return Entry(f"tep-{one['name']}", say("Tệp: {name}", name=_clip(one["name"])), parts, known_by=one["name"])


def _fees(record: Record, names: Names) -> list[Entry]:
    return [_fee_line(one, record.get("situations", ())) for one in record.get("fee_lines", ())]


def _fee_line(one: Record, situations: Sequence[Record]) -> Entry:
    channel = one.get("channel", "")
    days = [_day(one.get("effective_from", "")), _day(one.get("effective_to", ""))]
    parts = (
        ("Khoản thu", one["name"]),
        ("Loại", str(FeeLine.Kind(one["kind"]).label)),
        ("Mức", money(one["amount"])),
        ("Nhân với", one.get("per", "")),
        ("Chỉ khi nộp", str(Channel(channel).label) if channel else ""),
        ("Chỉ khi", in_words(one.get("applies_if"), situations)),
        ("Căn cứ", one.get("ground", "")),
        ("Áp dụng", " đến trước ".join(days) if any(days) else ""),
    )
    return Entry(one["key"], one["name"], parts, known_by=one["name"])


def _results(record: Record, names: Names) -> list[Entry]:
    return [
        Entry(one["code"], _clip(one["name"]), (("Tên kết quả", one["name"]), ("Mã", one["code"])))
        for one in record.get("results", ())
    ]


def _laws(record: Record, names: Names) -> list[Entry]:
    return [_law(one) for one in record.get("legal_basis", ())]


def _law(one: Record) -> Entry:
    parts = (
        ("Số ký hiệu", one["number"]),
        ("Trích yếu", one["title"]),
        ("Ngày", _day(one.get("date", ""))),
        ("Cơ quan ban hành", one.get("body", "")),
    )
    return Entry(one["number"], one["number"] or _clip(one["title"]), parts)


def _day(iso: str) -> str:
    """ "2016-11-14" → "14/11/2016"."""
    return "/".join(reversed(iso.split("-")))


def _clip(text: str) -> str:
    """The first line, cut behind a word."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= _TITLE else line[:_TITLE].rsplit(" ", 1)[0] + "…"


SECTIONS: tuple[Section, ...] = (
    Section("ten-goi", "Tên gọi, mô tả", ("name", "short_name", "summary", "keywords"), _names),
    Section(
        "quyet-dinh",
        "Quyết định công bố, lĩnh vực, cấp",
        ("decision_no", "issuing_body", "field", "levels", "kind", "portal_url"),
        _decision,
    ),
    Section("tra-loi", "Trả lời nhanh", ("answers",), _answers),
    Section("cac-buoc", "Các bước", ("steps",), _steps, order="Thứ tự các bước"),
    Section("cach-nop", "Cách nộp, thời hạn, phí", ("methods",), _methods),
    Section(
        "giay-to", "Thành phần, số lượng hồ sơ", ("requirements", "dossier_sets"), _papers, order="Thứ tự giấy tờ"
    ),
    Section("hoan-canh", "Câu hỏi về hoàn cảnh", ("situations",), _situations, order="Thứ tự câu hỏi"),
    Section("mau-don", "Mẫu đơn, tờ khai", ("forms", "blank_forms", "held_forms"), _forms),
    Section("phi", "Các khoản phí, lệ phí", ("fee_lines",), _fees),
    Section("doi-tuong", "Đối tượng thực hiện", ("audience",), _lines("audience")),
    Section("co-quan", "Cơ quan", ("agency_text", "agencies"), _agencies),
    Section("ket-qua", "Kết quả", ("results",), _results),
    Section("dieu-kien", "Yêu cầu, điều kiện", ("conditions",), _conditions),
    Section("luu-y", "Lưu ý", ("notes",), _lines("notes")),
    Section("can-cu", "Căn cứ pháp lý", ("legal_basis",), _laws),
    Section("lien-quan", "Thủ tục liên quan", ("related",), _related),
)  # fmt: skip
