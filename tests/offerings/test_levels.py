"""A service can't call itself by a level whose requirements it doesn't meet; it says which are missing."""

from dataclasses import replace
from typing import Any

import pytest

from motcua.core.errors import BusinessError
from motcua.offerings.rules import Facts, Portal, lacking, lacking_for_next, missing_for_level

FACTS = Facts([], has_blank_forms=True, charges=True, portal=Portal(statistics=True, signs=True))
FULL: dict[str, Any] = {
    "old_level": 4, "scope": "toan-trinh", "hand_in_ways": ["truc-tuyen"], "receive_ways": ["truc-tuyen", "tai-quay"],
    "pay_ways": ["truc-tuyen", "tai-quay"], "result_code": "KQ.G15.000031",
}  # fmt: skip
THREE = FULL | {"old_level": 3}
TWO = FULL | {"old_level": 2, "scope": "thong-tin", "hand_in_ways": ["tai-quay"], "receive_ways": ["tai-quay"]}
ONE = TWO | {"old_level": 1, "hand_in_ways": []}
PARTIAL = THREE | {"scope": "mot-phan", "partial_kind": "co-mat", "partial_reason": "Phải có mặt để ký vào sổ"}
STEPS = [{"key": "tiep-nhan", "acts": ["accept"]}, {"key": "ky", "acts": ["propose", "approve", "issue", "hand_over"]}]


def said(
    service: dict[str, Any], facts: Facts = FACTS, steps: list[dict[str, Any]] = STEPS, *, has_form: bool = True
) -> list[str]:
    return lacking(service, steps, facts, has_form=has_form)


@pytest.mark.parametrize("service", [FULL, THREE, PARTIAL], ids=["4", "3", "3 partial"])
def test_a_service_with_all_it_needs_passes(service: dict[str, Any]) -> None:
    missing_for_level(service, STEPS, FACTS, has_form=True)


@pytest.mark.parametrize("service", [TWO, ONE], ids=["2", "1"])
def test_information_needs_neither_form_nor_process(service: dict[str, Any]) -> None:
    missing_for_level(service, [], FACTS, has_form=False)


@pytest.mark.parametrize(
    ("service", "missing"),
    [
        # mức độ 2
        (TWO | {"hand_in_ways": []}, "mức độ 2 phải nhận bản in tại quầy hoặc qua bưu chính"),
        # mức độ 3
        (THREE | {"hand_in_ways": ["tai-quay"]}, "mức độ 3 phải nhận hồ sơ trực tuyến"),
        (THREE | {"result_code": ""}, "mức độ 3 phải có mã loại kết quả để chia sẻ với cơ quan khác"),
        (PARTIAL | {"receive_ways": []}, "mức độ 3 phải có cách trả kết quả"),
        # mức độ 4
        (FULL | {"hand_in_ways": ["buu-chinh"]}, "mức độ 4 phải nhận hồ sơ trực tuyến"),
        (FULL | {"pay_ways": ["tai-quay"]}, "mức độ 4 phải cho nộp phí, lệ phí trực tuyến"),
        (
            FULL | {"receive_ways": ["tai-quay"]},
            "mức độ 4 phải trả kết quả trực tuyến, qua thư điện tử hoặc qua bưu chính",
        ),
        # toàn trình, một phần, thông tin
        (
            THREE | {"receive_ways": ["tai-quay"]},
            "toàn trình phải trả kết quả trực tuyến, qua thư điện tử hoặc qua bưu chính",
        ),
        (
            FULL | {"sign_on_receipt": "Sổ đăng ký"},
            "toàn trình mà người dân phải ký nhận thì phải trả kết quả qua bưu chính",
        ),
        (PARTIAL | {"partial_reason": ""}, "một phần phải nêu lý do được phép"),
        (
            PARTIAL | {"partial_kind": ""},
            "một phần phải thuộc trường hợp được phép: người dân phải có mặt, hoặc cơ quan xác minh tại chỗ",
        ),
        (THREE | {"scope": "thong-tin"}, "mức độ 3 là dịch vụ công trực tuyến, phải là toàn trình hoặc một phần"),
        (
            PARTIAL | {"old_level": 2},
            "mức độ 2 chỉ cung cấp thông tin, chưa phải là dịch vụ công trực tuyến",
        ),
    ],
)
def test_what_is_missing_is_named(service: dict[str, Any], missing: str) -> None:
    assert said(service) == [missing]
    with pytest.raises(BusinessError, match="Chưa công bố được"):
        missing_for_level(service, STEPS, FACTS, has_form=True)


@pytest.mark.parametrize(
    ("service", "facts", "missing"),
    [
        (ONE, replace(FACTS, parts_lacking=["căn cứ pháp lý"]), "mức độ 1 phải công khai đủ thủ tục, còn thiếu căn cứ"),
        (TWO, replace(FACTS, has_blank_forms=False), "mức độ 2 phải có biểu mẫu để tải về, in ra"),
        (THREE, replace(FACTS, portal=Portal(statistics=False, signs=True)), "mức độ 3 phải có số liệu thống kê hồ sơ"),
        (
            FULL,
            replace(FACTS, portal=Portal(statistics=True, signs=False)),
            "mức độ 4 phải có kết quả điện tử được ký số",
        ),
    ],
)
def test_what_the_record_or_the_portal_lacks_is_named(service: dict[str, Any], facts: Facts, missing: str) -> None:
    (told,) = said(service, facts, has_form=service["old_level"] > 2)
    assert told.startswith(missing)


def test_levels_from_3_on_need_an_e_form_and_a_process_that_comes_to_a_result() -> None:
    assert said(THREE, has_form=False) == ["mức độ 3 phải có biểu mẫu điện tử tương tác"]
    assert said(THREE, steps=[]) == ["mức độ 3 phải có quy trình xử lý nội bộ"]
    assert said(THREE, steps=STEPS[:1]) == [
        "quy trình xử lý chưa có bước trình kết quả",
        "quy trình xử lý chưa có bước duyệt ký",
        "quy trình xử lý chưa có bước cấp số, phát hành",
    ]


def test_an_e_form_is_also_a_form_to_print() -> None:
    assert said(THREE, replace(FACTS, has_blank_forms=False)) == []


def test_what_costs_nothing_needs_no_way_to_pay() -> None:
    assert said(FULL | {"pay_ways": []}, replace(FACTS, charges=False)) == []


def test_email_and_post_reach_people_too() -> None:
    for way in ("truc-tuyen", "thu-dien-tu", "buu-chinh"):
        assert said(FULL | {"receive_ways": [way]}) == []


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(BusinessError) as refusal:
        missing_for_level(FULL | {"hand_in_ways": [], "receive_ways": [], "pay_ways": []}, [], FACTS, has_form=False)
    assert str(refusal.value).count(";") == 6


def test_what_the_next_level_still_lacks() -> None:
    assert lacking_for_next(TWO, STEPS, FACTS, has_form=False) == [
        "mức độ 3 phải có biểu mẫu điện tử tương tác",
        "mức độ 3 phải nhận hồ sơ trực tuyến",
        "toàn trình phải trả kết quả trực tuyến, qua thư điện tử hoặc qua bưu chính",
    ]
    assert lacking_for_next(THREE | {"pay_ways": ["tai-quay"]}, STEPS, FACTS, has_form=True) == [
        "mức độ 4 phải cho nộp phí, lệ phí trực tuyến"
    ]
    partly = PARTIAL | {"old_level": 4, "sign_on_receipt": "Sổ đăng ký khai sinh"}
    assert lacking_for_next(partly, STEPS, FACTS, has_form=True) == [
        "toàn trình mà người dân phải ký nhận thì phải trả kết quả qua bưu chính"
    ]
    assert lacking_for_next(FULL, STEPS, FACTS, has_form=True) == []
