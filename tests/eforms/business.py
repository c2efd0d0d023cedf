"""Answers to the form of a household business: one that is right, and a family's."""

from typing import Any

HOME = {"province": "98", "commune": "98001", "detail": "Số 45 đường Trần Phú"}
FOOD = {"code": "5610", "name": "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động"}
DRINK = {"code": "5630", "name": "Dịch vụ phục vụ đồ uống"}
WHOLE: dict[str, Any] = {
    "registration_kind": "thanh-lap-moi",
    "founder": "ca-nhan",
    "seat": HOME,
    "seat_phone": "+84900000221",
    "lines": [{"line": FOOD, "detail": "bán phở", "main": True}, {"line": DRINK, "main": False}],
    "business_name": "Quán cơm Hoa Sen",
    "owner_name": "Đặng Quốc Việt",
    "owner_birth": "2001-07-08",
    "owner_sex": "nam",
    "owner_document": "so-dinh-danh",
    "owner_number": "098201006034",
    "owner_home": HOME,
    "owner_permanent_same": "cung-noi",
    "owner_phone": "+84900000221",
    "capital": 80_000_000,
    "tax_address_kind": "tru-so",
    "starts_kind": "ngay-cap",
    "workers": 2,
    "submitter": "chu-ho",
    "promise": True,
}
FAMILY = {"founder": "ho-gia-dinh"}


def member(serial: int = 0, **answers: Any) -> dict[str, Any]:
    """A woman born in 1990."""
    return {
        "member_name": f"Nguyễn Thị {'ABCDEFGHIK'[serial % 10]}",
        "member_birth": "1990-03-05",
        "member_sex": "nu",
        "member_number": f"0981900{serial:05d}",
        **answers,
    }
