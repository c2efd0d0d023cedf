"""Register (guide S1), step by step over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.accounts.models import Code, User
from motcua.audit.models import Event
from motcua.notifications.models import Message
from tests import cast
from tests.accounts.helpers import codes_sent, last_code, wrong_code

FORM = "/tai-khoan/dang-ky/cong-dan/"
CODE = "/tai-khoan/dang-ky/ma/"
PASSWORD = "/tai-khoan/dang-ky/mat-khau/"
MAI = {
    "full_name": "Đỗ Thị Mai",
    "personal_number": "098 196 000 111",
    "birth_date_ngay": "5",
    "birth_date_thang": "3",
    "birth_date_nam": "1996",
    "sex": "nu",
    "phone": "0900 000 111",
    "email": "",
}


def fill(client: Client, **changes: str) -> Any:
    return client.post(FORM, {**MAI, **changes})


def to_password(client: Client, **changes: str) -> None:
    fill(client, **changes)
    assert client.post(CODE, {"code": last_code()}).url == PASSWORD


def choose(client: Client, password: str = cast.PASSWORD, again: str = "") -> Any:
    return client.post(PASSWORD, {"password": password, "again": again or password})


def test_asks_who_registers_and_says_where_organisations_go(client: Client) -> None:
    page = client.get("/tai-khoan/dang-ky/").content.decode()
    assert "Công dân" in page
    assert "Doanh nghiệp, tổ chức" in page
    assert "tài khoản định danh điện tử của tổ chức" in page
    assert FORM in page


def test_the_form_tells_about_the_sim(client: Client) -> None:
    page = client.get(FORM).content.decode()
    assert "TTTB" in page
    assert "1414" in page


def test_form_code_password_and_in(client: Client) -> None:
    assert fill(client, next="/ho-so/").url == CODE
    page = client.get(CODE).content.decode()
    assert "••• ••• 111" in page
    assert "Gửi lại OTP" in page
    assert "0900000111" not in page.replace(" ", "")
    assert client.post(CODE, {"code": last_code("+84900000111")}).url == PASSWORD
    done = choose(client)
    assert done.url == "/tai-khoan/dang-ky/xong/?next=%2Fho-so%2F"
    mai = User.objects.get(personal_number="098196000111")
    assert client.session["_auth_user_id"] == str(mai.pk)
    assert 'href="/ho-so/"' in client.get(done.url).content.decode()
    assert Message.objects.filter(template="account_opened", address="+84900000111").exists()
    assert Event.objects.filter(act="account.registered", subject_ref=str(mai.pk)).exists()


def test_an_existing_account_is_said_with_three_ways_on(client: Client) -> None:
    cast.an()
    page = fill(client, personal_number=cast.AN_NUMBER)
    words = page.content.decode()
    assert page.status_code == 422
    assert "đã có tài khoản" in words
    assert "Quên mật khẩu" in words
    assert "Bộ phận Một cửa" in words
    assert "khiếu nại" in words
    assert "Đỗ Thị Mai" in words  # what was typed
    assert "Nguyễn Thị An" not in words  # whose it is, is nobody's business
    assert codes_sent() == []
    assert client.get(CODE).status_code == 410  # there is nothing to go on with
    complaint = client.get("/tai-khoan/khieu-nai/").content.decode()
    for typed in ("Đỗ Thị Mai", cast.AN_NUMBER, "0900 000 111"):
        assert f'value="{typed}"' in complaint  # not typed twice


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"full_name": ""}, "Nhập họ, chữ đệm, tên"),
        ({"full_name": "Mai 😀"}, "chỉ gồm chữ cái"),
        ({"full_name": "M" * 5000}, "dài quá"),
        ({"personal_number": "09819600011"}, "ông/bà mới gõ 11"),
        ({"personal_number": "098096000111"}, "giới tính là nam"),
        ({"birth_date_nam": "1995"}, "năm sinh là 1996"),
        ({"birth_date_ngay": "30", "birth_date_thang": "2"}, "Không có ngày 30/2/1996"),
        ({"birth_date_nam": "9999"}, "sau hôm nay"),
        ({"birth_date_ngay": ""}, "Nhập đủ ngày, tháng và năm"),
        ({"sex": ""}, "Chọn giới tính"),
        ({"sex": "khac"}, "Chọn giới tính"),
        ({"phone": "0243 825 1234"}, "Số điện thoại di động có 10 chữ số"),
        ({"phone": ""}, "Nhập số điện thoại"),
        ({"email": "mai@"}, "thư điện tử chưa đúng"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(
    client: Client, changes: dict[str, str], words: str
) -> None:
    page = fill(client, **changes)
    assert page.status_code == 422
    text = page.content.decode()
    assert text.count(words) >= 2  # in the summary and beside the field
    assert "data-error-summary" in text
    typed = {**MAI, **changes}
    for name in ("full_name", "personal_number", "phone", "email"):
        assert f'value="{typed[name]}"' in text if typed[name] else True
    assert codes_sent() == []


def test_decomposed_accents_are_composed(client: Client) -> None:
    to_password(client, full_name="Đo\u0302\u0303 Thi\u0323 Mai")
    choose(client)
    assert User.objects.get().full_name == "Đỗ Thị Mai"


def test_going_back_finds_the_form_filled_and_sends_no_second_code(client: Client) -> None:
    fill(client)
    page = client.get(FORM).content.decode()
    assert 'value="Đỗ Thị Mai"' in page
    assert 'value="0900 000 111"' in page
    fill(client, full_name="Đỗ Thu Mai")
    assert len(codes_sent()) == 1
    assert client.post(CODE, {"code": last_code()}).url == PASSWORD
    choose(client)
    assert User.objects.get().full_name == "Đỗ Thu Mai"


def test_another_phone_gets_another_code_and_the_first_no_longer_serves(client: Client) -> None:
    fill(client)
    first = last_code()
    fill(client, phone="0900000112")
    second = last_code("+84900000112")
    if first != second:
        assert client.post(CODE, {"code": first}).status_code == 422
    assert client.post(CODE, {"code": second}).url == PASSWORD


def test_a_wrong_code_is_said_with_the_tries_left(client: Client) -> None:
    fill(client)
    page = client.post(CODE, {"code": wrong_code(last_code())})
    assert page.status_code == 422
    assert "còn 4 lần thử" in page.content.decode()


def test_a_slip_is_no_try(client: Client) -> None:
    fill(client)
    for typed in ("", "12", "abcdef", "1234567"):
        assert client.post(CODE, {"code": typed}).status_code == 422
    assert Code.objects.get().tries == 0


def test_five_wrong_codes_end_it_with_a_clear_word(client: Client) -> None:
    fill(client)
    right = last_code()
    for _ in range(4):
        client.post(CODE, {"code": wrong_code(right)})
    page = client.post(CODE, {"code": wrong_code(right)})
    assert page.status_code == 410
    assert "sai mã 5 lần" in page.content.decode()
    assert client.post(CODE, {"code": right}).status_code == 410
    assert not User.objects.exists()


def test_a_code_that_ran_out_is_said_and_another_can_be_had(client: Client) -> None:
    fill(client)
    old = last_code()
    past = timezone.now() - timedelta(minutes=6)
    Code.objects.update(sent_at=past, expires_at=past + timedelta(minutes=5))
    page = client.post(CODE, {"code": old})
    assert page.status_code == 422
    assert "hết hạn sau 5 phút" in page.content.decode()
    assert client.post(CODE, {"act": "gui-lai"}).url == f"{CODE}?da-gui=1"
    assert client.post(CODE, {"code": last_code()}).url == PASSWORD


def test_another_code_within_the_minute_is_refused(client: Client) -> None:
    fill(client)
    page = client.post(CODE, {"act": "gui-lai"})
    assert page.status_code == 422
    assert "Xin chờ" in page.content.decode()
    assert len(codes_sent()) == 1


def test_the_code_can_come_by_email(client: Client) -> None:
    fill(client, email="mai@example.org")
    assert "Nhận mã qua thư điện tử" in client.get(CODE).content.decode()
    client.post(CODE, {"act": "kenh-khac"})
    assert "m•••@example.org" in client.get(CODE).content.decode()
    client.post(CODE, {"code": last_code("mai@example.org")})
    choose(client)
    mai = User.objects.get()
    assert mai.email_verified_at
    assert not mai.phone_verified_at  # the phone was never proved


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("", "", "Nhập mật khẩu"),
        ("abc", "abc", "còn thiếu"),
        ("Hoa-Sen-2026!", "Hoa-Sen-2027!", "chưa giống nhau"),
        ("Aa098196000111@", "Aa098196000111@", "không được chứa số định danh"),
    ],
)
def test_a_password_against_the_rule_opens_nothing(client: Client, password: str, again: str, words: str) -> None:
    to_password(client)
    page = client.post(PASSWORD, {"password": password, "again": again})
    assert page.status_code == 422
    text = page.content.decode()
    assert words in text
    assert not password or password not in text  # a password is never written into a page
    assert not User.objects.exists()
    assert choose(client).status_code == 302


@pytest.mark.parametrize("url", [CODE, PASSWORD])
def test_a_later_step_without_the_earlier_ones_is_over(client: Client, url: str) -> None:
    assert client.get(url).status_code == 410
    assert (
        client.post(url, {"code": "123456", "password": "Hoa-Sen-2026!", "again": "Hoa-Sen-2026!"}).status_code == 410
    )


def test_the_password_cannot_be_set_before_the_code(client: Client) -> None:
    fill(client)
    assert choose(client).status_code == 410
    assert not User.objects.exists()


def test_somebody_elses_session_does_not_serve(client: Client) -> None:
    fill(client)
    stranger = Client()
    assert stranger.post(CODE, {"code": last_code()}).status_code == 410
    assert stranger.get(PASSWORD).status_code == 410


def test_after_half_an_hour_it_has_ended_but_the_form_is_kept(client: Client) -> None:
    fill(client)
    session = client.session
    session["accounts.registration"] |= {"at": timezone.now().timestamp() - 31 * 60}
    session.save()
    page = client.post(CODE, {"code": last_code()})
    assert page.status_code == 410
    assert "Xin làm lại từ đầu" in page.content.decode()
    assert 'value="Đỗ Thị Mai"' in client.get(FORM).content.decode()


def test_when_somebody_was_first_the_second_is_told(client: Client) -> None:
    to_password(client)
    other = Client()
    to_password(other, phone="0900000112")
    choose(other)
    page = choose(client)
    assert page.status_code == 422
    assert "đã có tài khoản" in page.content.decode()
    assert User.objects.count() == 1


def test_the_session_gets_a_new_key(client: Client) -> None:
    to_password(client)
    before = client.session.session_key
    choose(client)
    assert client.session.session_key != before
    assert "accounts.registration" not in client.session


def test_many_registrations_from_one_visitor_are_slowed_down(client: Client) -> None:
    for number in range(30):
        fill(client, phone=f"09000001{number:02d}")
    page = fill(client, phone="0900000999")
    assert page.status_code == 422
    assert "quá nhiều lượt đăng ký" in page.content.decode()
    assert codes_sent("+84900000999") == []


def test_next_leads_nowhere_else(client: Client) -> None:
    to_password(client, next="//evil.example/")
    assert choose(client).url == "/tai-khoan/dang-ky/xong/?next=%2Fho-so%2F"
