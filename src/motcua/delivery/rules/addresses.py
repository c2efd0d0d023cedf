"""What must stand on a parcel before the post can take it."""

from collections.abc import Mapping

from motcua.core.text import clean, fold

FIELDS = {"name": 200, "phone": 20, "address": 300, "unit": 10}
MISSING = {
    "name": "Nhập họ, chữ đệm và tên người gửi, người nhận.",
    "phone": "Nhập số điện thoại để nhân viên bưu chính liên hệ.",
    "address": "Nhập số nhà, đường, thôn hoặc tổ dân phố.",
    "unit": "Chọn tỉnh, thành phố và xã, phường, đặc khu.",
}


def tidy(given: Mapping[str, str]) -> dict[str, str]:
    """The four fields of an address, cleaned and no longer than they may be."""
    return {field: clean(str(given.get(field) or ""))[:most] for field, most in FIELDS.items()}


def problems(address: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is missing, as (field, message)."""
    return [(field, words) for field, words in MISSING.items() if not address.get(field)]


def in_one_line(address: str, unit_name: str) -> str:
    """As in "Số 5 đường Lê Lợi, Phường Hoa Sen"; an address that names its commune already stays as it is."""
    if not unit_name or fold(unit_name) in fold(address):
        return address
    return f"{address}, {unit_name}" if address else unit_name
