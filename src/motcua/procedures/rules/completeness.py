"""What a record lacks: what must be there before it is published, and what the law wants it to say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNSORTED = "chua-phan-loai"  # the field of records whose source names none


@dataclass(frozen=True)
class Lack:
    """Something that a record doesn't say.

    Attributes:
        section: where it belongs (`comparing.SECTIONS`).
        words: what is missing, for the editor.
        stops: whether it can't be published without it.
    """

    section: str
    words: str
    stops: bool = False


# key → section, words. NĐ 63/2010/NĐ-CP Điều 8: the parts that every procedure has.
_NEEDED = {
    "name": ("ten-goi", "tên thủ tục"),
    "short_name": ("ten-goi", "tên gọi ngắn"),
    "levels": ("quyet-dinh", "cấp thực hiện"),
}
_WANTED = {
    "decision_no": ("quyet-dinh", "số quyết định công bố"),
    "audience": ("doi-tuong", "đối tượng thực hiện"),
    "agency_text": ("co-quan", "cơ quan thực hiện"),
    "steps": ("cac-buoc", "trình tự thực hiện"),
    "methods": ("cach-nop", "cách thức thực hiện"),
    "requirements": ("giay-to", "thành phần hồ sơ"),
    "results": ("ket-qua", "kết quả"),
    "legal_basis": ("can-cu", "căn cứ pháp lý"),
}


def lacks(record: Mapping[str, Any]) -> list[Lack]:
    """What this record doesn't say, what stops it first."""
    found = [Lack(*place, stops=True) for key, place in _NEEDED.items() if not record.get(key)]
    found += [Lack(*place) for key, place in _WANTED.items() if not record.get(key)]
    if record.get("field") == UNSORTED:
        found.append(Lack("quyet-dinh", "lĩnh vực"))
    methods = record.get("methods", ())
    if methods and not any(way.get("limit_text") for way in methods):
        found.append(Lack("cach-nop", "thời hạn giải quyết"))
    if methods and all(way.get("fee_kind") == "chua-ro" for way in methods):
        found.append(Lack("cach-nop", "mức phí, lệ phí"))
    return found


def is_short(record: Mapping[str, Any]) -> bool:
    """Whether a record says no more than a line of the catalogue: neither steps nor ways nor papers."""
    return not any(record.get(key) for key in ("steps", "methods", "requirements"))
