"""A service can't call itself by a level whose requirements it doesn't meet; it says which are missing."""

from typing import Any

import pytest

from motcua.core.errors import BusinessError
from motcua.offerings.rules import missing_for_level

FULL: dict[str, Any] = {
    "old_level": 4, "scope": "toan-trinh", "hand_in_ways": ["truc-tuyen"], "receive_ways": ["truc-tuyen", "tai-quay"],
    "pay_ways": ["truc-tuyen", "tai-quay"],
}  # fmt: skip
STEPS = [{"key": "tiep-nhan"}]


def test_a_service_with_all_it_needs_passes() -> None:
    missing_for_level(FULL, STEPS)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"hand_in_ways": ["tai-quay"]}, "phải nhận hồ sơ trực tuyến"),
        ({"receive_ways": ["tai-quay"]}, "phải trả kết quả trực tuyến hoặc qua bưu chính"),
        ({"pay_ways": ["tai-quay"]}, "phải cho nộp phí, lệ phí trực tuyến"),
        ({"scope": "mot-phan"}, "phải nêu lý do được phép"),
        ({"old_level": 3, "hand_in_ways": []}, "mức độ 3 phải nhận hồ sơ trực tuyến"),
    ],
)
def test_what_is_missing_is_named(change: dict[str, Any], missing: str) -> None:
    with pytest.raises(BusinessError, match=missing):
        missing_for_level(FULL | change, STEPS)


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(BusinessError) as refusal:
        missing_for_level(FULL | {"hand_in_ways": [], "receive_ways": [], "pay_ways": []}, [])
    assert str(refusal.value).count(";") == 3


def test_a_partial_service_with_its_reason_passes() -> None:
    missing_for_level(FULL | {"scope": "mot-phan", "partial_reason": "Phải có mặt"}, STEPS)
