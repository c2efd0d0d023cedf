"""Long names that differ only at their end can be told apart."""

import pytest
from django.test import Client

from motcua.web.public.telling import ends, shortened
from tests.procedures.catalogue import publish_lists
from tests.web.public.hits import page, publish

ALIKE = "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất trong"
NAMES = [f"{ALIKE} trường hợp thừa kế", f"{ALIKE} các trường hợp tặng cho", "Tách thửa đất", ALIKE]


def test_names_that_begin_alike_are_told_by_their_ends() -> None:
    assert ends(NAMES) == ["trong trường hợp thừa kế", "các trường hợp tặng cho", "", ""]
    assert ends([NAMES[0], NAMES[0]]) == ["", ""], "copies differ elsewhere"
    farms = [f"{ALIKE} trường hợp đất {kind}" for kind in ("nông nghiệp theo phương án", "nông thôn mới")]
    assert ends(farms)[1] == "trong trường hợp đất nông thôn mới", "no word of two syllables is cut"
    assert ends(["Tách thửa", "Tách hộ"]) == ["", ""]
    assert ends([]) == []


def test_a_list_that_cuts_names_leaves_out_the_beginning() -> None:
    assert shortened(NAMES)[:3] == [
        "Đăng ký biến động quyền … trong trường hợp thừa kế",
        "Đăng ký biến động quyền … các trường hợp tặng cho",
        "Tách thửa đất",
    ]


@pytest.mark.django_db
def test_results_and_suggestions_say_the_difference(client: Client) -> None:
    publish_lists()
    for number, name in enumerate(NAMES[:3], 1):
        publish(number, name, levels=["xa"])
    html = page(client, "/thu-tuc/?q=bien+dong+quyen+su+dung+dat")
    assert html.count("Khác ở:") == 2
    assert '<span class="mc-end">các trường hợp tặng cho</span>' in html
    told = client.get("/thu-tuc/goi-y/", {"q": "dang ky bien dong"}).json()
    assert "Đăng ký biến động quyền … trong trường hợp thừa kế" in [one["name"] for one in told]
    assert {one["where"] for one in told} == {"Hộ tịch · Cấp xã"}
