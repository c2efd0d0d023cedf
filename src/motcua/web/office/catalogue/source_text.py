"""What a source says, part by part, in its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Keys of a catalogue line (docs/catalogue.md) → how they are called.
TITLES = {
    "code": "Mã thủ tục",
    "code_raw": "Mã như nguồn ghi",
    "name": "Tên",
    "field": "Lĩnh vực",
    "level": "Cấp thực hiện",
    "agency": "Cơ quan thực hiện",
    "authority": "Cơ quan có thẩm quyền",
    "audience": "Đối tượng",
    "kind": "Loại thủ tục",
    "decision_no": "Số quyết định",
    "issuing_body": "Cơ quan công bố",
    "summary": "Mô tả",
    "steps": "Trình tự thực hiện",
    "methods": "Cách thức thực hiện",
    "components": "Thành phần hồ sơ",
    "forms": "Mẫu đơn, tờ khai",
    "result": "Kết quả",
    "conditions": "Yêu cầu, điều kiện",
    "legal_basis": "Căn cứ pháp lý",
    "keywords": "Từ khóa",
    "portal_url": "Trang của thủ tục ở cổng khác",
    "source": "Nguồn",
    "crawl_date": "Ngày lấy",
    "scope": "Phạm vi",
    "flags": "Ghi chú của nguồn",
    "levels": "Cấp, từng cấp một",
    "life_events": "Việc trong đời",
    "online_level": "Mức độ trực tuyến",
    "sources": "Gộp từ các nguồn",
    "also_in": "Cũng có ở",
    "detail": "Nguồn có bản đầy đủ",
    "motcua": "Phần riêng của Cổng",
}
LISTED = "Có trong danh mục quốc gia"
EMPTY: tuple[Any, ...] = (None, "", [], {})
SHORT = 200  # letters
LEVELS = {"ministry": "Cấp Bộ", "province": "Cấp tỉnh", "commune": "Cấp xã", "other": "Cơ quan khác"}
CHANNELS = {"direct": "Trực tiếp", "online": "Trực tuyến", "postal": "Dịch vụ bưu chính"}


@dataclass(frozen=True)
class Part:
    """One part: its title, and its lines."""

    title: str
    lines: tuple[str, ...]

    @property
    def is_short(self) -> bool:
        """Whether it needn't be folded."""
        return len(self.lines) == 1 and len(self.lines[0]) < SHORT


def parts_of(line: Mapping[str, Any]) -> list[Part]:
    """All that a line says, in the order of a record; keys that nobody has named come last, under their own name."""
    said = {**line, "levels": [LEVELS.get(one, one) for one in line.get("levels") or ()]}
    known = [(TITLES[key], said[key]) for key in TITLES if said.get(key) or said.get(key) is False]
    other = [(_title(key), value) for key, value in line.items() if key not in TITLES and value not in EMPTY]
    return [Part(title, tuple(_lines(value))) for title, value in known + other]


def _title(key: str) -> str:
    """How a key is called that each file has in its own way; its own name where nobody has given it one."""
    return LISTED if key.startswith("in_national_index") else key


def _lines(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return value.split("\n")
    if isinstance(value, Mapping):
        return [f"{key}: {_said(one)}" for key, one in value.items()]
    if isinstance(value, list):
        return [_row(one) if isinstance(one, Mapping) else _said(one) for one in value]
    return [_said(value)]


def _row(row: Mapping[str, Any]) -> str:
    """A way or a paper in one line; the amounts as the source has them."""
    if "channel" in row:
        said = [
            CHANNELS.get(row["channel"], row["channel"]), row.get("duration_text"), row.get("fee_text"),
            row.get("description"),
        ]  # fmt: skip
        return " · ".join(str(one) for one in said if one)
    if "name" in row:
        counts = f"{row.get('originals') or 0} bản chính, {row.get('copies') or 0} bản sao"
        said = [row.get("group"), row["name"], row.get("form_name"), counts]
        return " · ".join(str(one) for one in said if one)
    return "; ".join(f"{key}: {_said(one)}" for key, one in row.items())


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    return str(value)
