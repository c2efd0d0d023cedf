"""The administrator's screens about outages: typed, looked at, announced; changed; ended."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.content.models import Outage
from motcua.web.office.forms import ClockField
from tests.cast import at, chi, quan
from tests.moments import Moments, stopped_clock

pytestmark = pytest.mark.django_db

LIST, NEW = "/can-bo/quan-tri/thong-bao/", "/can-bo/quan-tri/thong-bao/them/"
TYPED = {
    "anh_huong": ["nop-ho-so", "thanh-toan"],
    "tu_ngay_ngay": "5", "tu_ngay_thang": "12", "tu_ngay_nam": "2026", "tu_gio": "22h",
    "den_ngay_ngay": "6", "den_ngay_thang": "12", "den_ngay_nam": "2026", "den_gio": "4:00",
    "loi_bao": "Nâng cấp máy chủ.", "ly_do_gap": "", "seen": "0",
}  # fmt: skip


@pytest.fixture
def clock() -> Any:
    """Monday 23/11/2026, 9:00."""
    with stopped_clock("23/11/2026 09:00") as moments:
        yield moments


@pytest.fixture
def office(client: Client, clock: Moments) -> Client:
    """Quân's browser."""
    client.force_login(quan())
    return client


def send(client: Client, address: str, **changes: Any) -> tuple[int, str]:
    answer = client.post(address, {**TYPED, "act": "xem-truoc", **changes})
    return answer.status_code, " ".join(answer.content.decode().split())


def an_outage(office: Client) -> Outage:
    assert send(office, NEW, act="dang")[0] == 302
    return Outage.objects.latest("pk")


def test_nothing_is_announced_before_it_was_looked_at(office: Client) -> None:
    status, page = send(office, NEW)
    assert status == 200
    assert "Sắp tạm ngừng:" in page
    assert "Từ 22:00 thứ Bảy, 05/12/2026 đến 04:00 Chủ nhật, 06/12/2026." in page
    assert "Không ai có hạn bổ sung hồ sơ" in page
    assert not Outage.objects.exists()
    for name, values in TYPED.items():
        for value in values if isinstance(values, list) else [values]:
            if name != "seen" and value:
                assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_what_was_looked_at_is_announced(office: Client) -> None:
    outage = an_outage(office)
    assert (outage.starts_at, outage.ends_at) == (at("05/12/2026 22:00"), at("06/12/2026 04:00"))
    assert outage.announced_by_name == "Đỗ Minh Quân"
    page = office.get(LIST).content.decode()
    assert "Đã đăng thông báo" in page
    assert "Nộp và bổ sung hồ sơ, Thanh toán trực tuyến" in page


def test_from_the_preview_back_to_the_form_with_all_that_was_typed(office: Client) -> None:
    status, page = send(office, NEW, act="sua")
    assert status == 200
    assert "Nâng cấp máy chủ." in page
    assert 'value="22h"' in page
    assert "govuk-error-summary" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"anh_huong": []}, "Chọn ít nhất một phần bị ảnh hưởng"),
        ({"tu_ngay_ngay": "31", "tu_ngay_thang": "11"}, "Không có ngày 31/11/2026"),
        ({"tu_gio": "25:00"}, "Nhập giờ và phút, ví dụ 22:00"),
        ({"den_ngay_ngay": "5"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"loi_bao": "   "}, "Nhập nội dung"),
        ({"tu_ngay_ngay": "2"}, "sớm nhất từ ngày 03/12/2026"),
        ({"loi_bao": "a" * 1001}, "dài nhất 1.000 chữ"),
        ({"anh_huong": ["khong-co"]}, "trong danh sách"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    office: Client, changes: dict[str, Any], words: str
) -> None:
    for act in ("xem-truoc", "dang"):
        status, page = send(office, NEW, act=act, **changes)
        assert status == 422
        assert words in page
        assert page.index("govuk-error-summary") < page.index("<h1")
        assert changes.get("tu_gio", "22h") in page
    assert not Outage.objects.exists()


def test_in_haste_with_a_reason(office: Client) -> None:
    changes = {
        "tu_ngay_ngay": "24",
        "tu_ngay_thang": "11",
        "den_ngay_ngay": "24",
        "den_ngay_thang": "11",
        "den_gio": "23:30",
    }
    status, page = send(office, NEW, ly_do_gap="Đứt cáp quang", **changes)
    assert status == 200
    assert "Đứt cáp quang" in page
    send(office, NEW, act="dang", ly_do_gap="Đứt cáp quang", **changes)
    assert Outage.objects.get().urgent_reason == "Đứt cáp quang"


def test_a_notice_is_corrected(office: Client) -> None:
    outage = an_outage(office)
    address = f"{LIST}{outage.pk}/"
    assert 'value="22:00"' in office.get(address).content.decode()
    assert send(office, address, act="dang", seen="1", loi_bao="Nâng cấp lớn.")[0] == 302
    outage.refresh_from_db()
    assert (outage.words, outage.revision) == ("Nâng cấp lớn.", 2)
    status, page = send(office, address, act="dang", seen="1", loi_bao="Của người thứ hai.")
    assert status == 422
    assert "Người khác vừa sửa thông báo này" in page
    assert "Của người thứ hai." in page
    assert 'name="seen" value="2"' in page


def test_it_is_called_off_or_ended_after_a_question(office: Client, clock: Moments) -> None:
    outage = an_outage(office)
    address = f"{LIST}{outage.pk}/ket-thuc/"
    assert "Hủy việc tạm ngừng" in office.get(address).content.decode()
    assert office.post(address, {"seen": "0"}).status_code == 422
    assert office.post(address, {"seen": "1"}).status_code == 302
    page = office.get(LIST).content.decode()
    assert "Đã hủy việc tạm ngừng." in page
    assert f'href="{address}"' not in page
    again = office.post(address, {"seen": "2"})
    assert again.status_code == 422
    assert "đã kết thúc" in again.content.decode()


def test_an_officer_without_the_role_is_kept_out(client: Client, office: Client) -> None:
    outage = an_outage(office)
    client.force_login(chi())
    for address in (LIST, NEW, f"{LIST}{outage.pk}/", f"{LIST}{outage.pk}/ket-thuc/"):
        assert client.get(address).status_code == 403
        assert client.post(address, TYPED).status_code in {403, 405}


def test_what_is_not_there(office: Client) -> None:
    assert office.get(f"{LIST}999/").status_code == 404
    assert office.post(f"{LIST}999/ket-thuc/").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_thirty(office: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            office.get(LIST)
        return len(queries)

    an_outage(office)
    office.get(LIST)  # the message of the act is said once
    one = cost()
    for _ in range(29):
        an_outage(office)
    office.get(LIST)
    assert cost() == one


def test_what_was_typed_survives_the_end_of_the_session(client: Client, clock: Moments) -> None:
    client.force_login(quan())
    form = client.get(NEW).content.decode()
    mark = form.partition('name="nguoi_go" value="')[2].partition('"')[0]
    client.logout()
    answer = client.post(NEW, {**TYPED, "act": "xem-truoc", "nguoi_go": mark})
    assert answer.status_code == 302
    held = client.session["held_post"]
    client.force_login(quan())
    session = client.session
    session["held_post"] = held
    session.save()
    page = client.get(NEW).content.decode()
    assert "Nâng cấp máy chủ." in page


@pytest.mark.parametrize(
    ("typed", "clock_time"),
    [
        ("22:00", "22:00"), ("22h", "22:00"), ("7", "07:00"), ("7h05", "07:05"), ("22 giờ", "22:00"),
        ("22 giờ 30 phút", "22:30"), ("4.15", "04:15"),
    ],
)  # fmt: skip
def test_a_time_of_day_may_be_written_in_many_ways(typed: str, clock_time: str) -> None:
    assert f"{ClockField(label='Giờ').clean(typed):%H:%M}" == clock_time


@pytest.mark.parametrize("typed", ["24:00", "22:60", "sáng", "22:0", "-1", "٢٢:٠٠", "1e1"])
def test_what_is_no_time_of_day(typed: str) -> None:
    with pytest.raises(Exception, match="Nhập giờ và phút"):
        ClockField(label="Giờ").clean(typed)
