"""Made-up lines of the catalogue, and the files that they come in."""

import json
from pathlib import Path
from typing import Any

from motcua.procedures.importing.files import Line

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"  # the real catalogue, where it is at hand
FULL, INDEX = DATA / "procedures.jsonl.xz", DATA / "procedures_index.jsonl.xz"


def full(number: int = 1, **other: Any) -> dict[str, Any]:
    """A full line with nothing doubtful in it."""
    line: dict[str, Any] = {
        "code": f"9.{number:06d}",
        "name": f"Thủ tục cấp thẻ thư viện {number}",
        "field": "Thư viện",
        "level": "Cấp xã",
        "levels": ["commune"],
        "agency": "UBND cấp xã",
        "authority": "Chủ tịch UBND cấp xã",
        "issuing_body": "Bộ Thử nghiệm",
        "decision_no": "1/QĐ-BTN",
        "kind": "Loại khác",
        "audience": "Công dân Việt Nam, Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "steps": "Bước 1: Nộp hồ sơ\nNộp tại thư viện.\nBước 2: Nhận thẻ\nNhận tại thư viện.",
        "methods": [way()],
        "components": [paper("Đơn đề nghị cấp thẻ", form_name="Mau 01.docx")],
        "forms": ["Mau 01.docx", "Huong dan.pdf"],
        "result": "Thẻ thư viện",
        "conditions": None,
        "legal_basis": ["Luật Thư viện (46/2019/QH14)"],
        "keywords": "thẻ mượn sách",
        "life_events": ["hoc_tap"],
        "source": "thu-vien",
        "flags": [],
    }
    return line | other


def short(number: int = 1, **other: Any) -> dict[str, Any]:
    """A line of the catalogue only."""
    line = {"code": f"9.{number:06d}", "name": f"Cấp thẻ thư viện {number}", "field": "Thư viện", "source": "danh-muc"}
    return line | other


def way(**other: Any) -> dict[str, Any]:
    """A row of ways: five working days, free."""
    row = {
        "channel": "direct",
        "duration_text": "5 Ngày làm việc",
        "duration_value": 5,
        "duration_unit": "working_day",
        "fee_text": "Miễn phí",
        "fees": [{"amount": 0, "currency": "VND"}],
        "description": None,
    }
    return row | other


def paper(name: str, **other: Any) -> dict[str, Any]:
    """A paper, one original."""
    return {"name": name, "form_name": None, "originals": 1, "copies": 0, "group": None} | other


def as_lines(*data: Any, file: str = "thu.jsonl") -> list[Line]:
    """Lines as a file has them; bytes stand for themselves."""
    raws = [item if isinstance(item, bytes) else json.dumps(item, ensure_ascii=False).encode() for item in data]
    return [Line(file, number, raw) for number, raw in enumerate(raws, 1)]
