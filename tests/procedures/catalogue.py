"""The sample's catalogue, published for tests as the sample itself publishes it."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from motcua.procedures import services

SAMPLE = Path(__file__).resolve().parents[2] / "sample"


def read(name: str) -> Any:
    """A file of the sample: "fields", "procedures/1.001193"."""
    return json.loads((SAMPLE / f"{name}.json").read_text(encoding="utf-8"))


def publish_lists() -> None:
    """The fields and the life events."""
    services.set_fields(read("fields"), by=None)
    services.set_life_events(read("life_events"), by=None)


def publish_all() -> None:
    """The lists and the records."""
    publish_lists()
    for path in sorted((SAMPLE / "procedures").glob("*.json")):
        services.publish_record(json.loads(path.read_text(encoding="utf-8")), by=None)


def made_up(number: int, **changes: Any) -> dict[str, Any]:
    """A small record of a procedure that doesn't exist, number 9.000001 and on."""
    record: dict[str, Any] = deepcopy(
        {
            "code": f"9.{number:06d}",
            "name": f"Thủ tục mẫu số {number}",
            "short_name": f"Thủ tục mẫu số {number}",
            "field": "ho-tich",
            "levels": ["xa"],
            "decision_no": "1/QĐ-MAU",
            "issuing_body": "Bộ Mẫu",
            "audience": ["Công dân Việt Nam"],
            "agency_text": "Ủy ban nhân dân cấp xã",
            "effective_from": "2026-01-01",
            "steps": [{"title": "Nộp hồ sơ", "text": "Nộp tại quầy."}],
            "methods": [{"channel": "truc-tiep", "limit_text": "3 ngày", "fee_text": "Miễn phí"}],
            "requirements": [{"key": "don", "name": "Đơn", "form": "ban-chinh", "required_if": {}, "originals": 1}],
            "results": [{"code": "KQ.G00.000001", "name": "Giấy mẫu"}],
            "legal_basis": [{"number": "1/2026/L", "title": "Luật mẫu"}],
        }
    )
    return record | changes
