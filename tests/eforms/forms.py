"""Forms for tests: the sample's own two, a short one of a household business, and one with every kind."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from motcua.eforms.rules import Definition, PlaceName, parse

SAMPLE = Path(__file__).parents[2] / "sample" / "forms"
BIRTH_DATA: dict[str, Any] = json.loads((SAMPLE / "khai-sinh.json").read_text(encoding="utf-8"))
BIRTH: Definition = parse(BIRTH_DATA)
BUSINESS: Definition = parse(json.loads((SAMPLE / "ho-kinh-doanh.json").read_text(encoding="utf-8")))
TODAY = date(2026, 11, 21)  # of all answers that are checked

HOUSEHOLD_DATA: dict[str, Any] = {
    "key": "ho-kinh-doanh",
    "version": 1,
    "title": "Giấy đề nghị đăng ký hộ kinh doanh",
    "subject": "business_name",
    "pages": [
        {
            "slug": "nganh-nghe",
            "title": "Ngành, nghề",
            "items": [
                {"field": "business_name", "kind": "text", "label": "Tên hộ kinh doanh", "required": True},
                {
                    "field": "founder",
                    "kind": "choice",
                    "label": "Chủ thể thành lập",
                    "required": True,
                    "options": [
                        {"value": "ca-nhan", "label": "Cá nhân"},
                        {"value": "ho-gia-dinh", "label": "Các thành viên hộ gia đình"},
                    ],
                },
                {
                    "group": "lines",
                    "title": "Ngành, nghề kinh doanh",
                    "item_title": "Ngành, nghề",
                    "add_label": "Thêm ngành, nghề",
                    "least": 1,
                    "most": 20,
                    "checks": [
                        {"check": "exactly_one", "field": "main", "message": "Xin chọn đúng một ngành, nghề chính"},
                        {"check": "all_different", "field": "code", "message": "Ngành, nghề này đã có ở trên"},
                    ],
                    "fields": [
                        {
                            "field": "code", "kind": "text", "label": "Mã ngành cấp 4", "required": True, "half": True,
                            "pattern": "[0-9]{4}", "pattern_message": "Mã ngành cấp 4 có đúng 4 chữ số",
                        },
                        {"field": "line_name", "kind": "text", "label": "Tên ngành", "required": True, "half": True},
                        {"field": "main", "kind": "tick", "label": "Ngành, nghề chính"},
                        {
                            "field": "license", "kind": "text", "label": "Giấy phép", "required": True,
                            "shown_if": {"field": "code", "is": "9200"},
                        },
                    ],
                },
            ],
        },
        {
            "slug": "thanh-vien",
            "title": "Thành viên",
            "shown_if": {"field": "founder", "is": "ho-gia-dinh"},
            "items": [
                {
                    "group": "members",
                    "title": "Thành viên hộ gia đình",
                    "item_title": "Thành viên",
                    "least": 1,
                    "most": 300,
                    "fields": [
                        {"field": "name", "kind": "name", "label": "Họ tên", "required": True},
                        {
                            "field": "birth", "kind": "date", "label": "Ngày sinh",
                            "checks": [{"check": "not_after_today"}],
                        },
                        {
                            "field": "number", "kind": "personal_number", "label": "Số định danh",
                            "checks": [{"check": "personal_number_agrees", "birth": "birth"}],
                        },
                    ],
                }
            ],
        },
        {
            "slug": "von",
            "title": "Vốn",
            "items": [{"field": "capital", "kind": "money", "label": "Vốn kinh doanh", "required": True, "least": 1}],
        },
    ],
}  # fmt: skip
HOUSEHOLD: Definition = parse(HOUSEHOLD_DATA)

_OPTIONS = [{"value": "mot", "label": "Một"}, {"value": "hai", "label": "Hai"}]
_PLAIN = [
    {"field": f"a_{kind}", "kind": kind, "label": f"Ô {kind}", "hint": "Gợi ý", "required": True}
    for kind in (
        "text", "textarea", "name", "personal_number", "phone", "email", "date", "year", "number", "money", "tick",
        "country", "ethnicity", "place",
    )
]  # fmt: skip
KINDS_DATA: dict[str, Any] = {
    "key": "cac-loai",
    "version": 1,
    "title": "Mọi loại ô",
    "pages": [
        {
            "slug": "tat-ca",
            "title": "Tất cả",
            "items": [
                *_PLAIN,
                *(
                    {
                        "field": f"choice_{style}", "kind": "choice", "label": f"Chọn {style}", "style": style,
                        "required": True,
                        "options": [
                            {**_OPTIONS[0], "hint": "Cái thứ nhất"},
                            {**_OPTIONS[1], "reveals": [
                                {"field": f"more_{style}", "kind": "text", "label": "Thêm", "required": True}
                            ]},
                        ],
                    }
                    for style in ("radios", "cards", "select")
                ),
                {"field": "a_code", "kind": "code", "label": "Mã ngành", "required": True, "list": "business_lines"},
                {"field": "choice_inline", "kind": "choice", "label": "Chọn inline", "options": _OPTIONS},
                {"field": "several", "kind": "choices", "label": "Chọn nhiều", "required": True, "options": _OPTIONS},
                {"field": "a_province", "kind": "place", "label": "Tỉnh", "scope": "province", "detail": "none"},
            ],
        }
    ],
}  # fmt: skip
KINDS: Definition = parse(KINDS_DATA)


class Ward:
    """Two provinces and three communes, without a database."""

    places = {
        place.code: place
        for place in (
            PlaceName("98", "Tỉnh Minh Giang"),
            PlaceName("98001", "Phường Hoa Sen", "98"),
            PlaceName("98003", "Xã Phú Lương", "98"),
            PlaceName("01", "Thành phố Hà Nội"),
            PlaceName("00004", "Phường Ba Đình", "01"),
        )
    }

    def place(self, code: str) -> PlaceName | None:
        return self.places.get(code)


WARD = Ward()


def one_field(**field: Any) -> Definition:
    """A form of one page with this one field `x`, and whatever stands in `others` before it."""
    others = field.pop("others", [])
    asked = {"field": "x", "label": "Ô này", **({"list": "business_lines"} if field["kind"] == "code" else {}), **field}
    pages = [{"slug": "trang", "title": "Trang", "items": [*others, asked]}]
    return parse({"key": "thu", "version": 1, "title": "Thử", "pages": pages})
