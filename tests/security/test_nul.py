"""PostgreSQL takes no NUL: it is refused in words, wherever it comes in."""

import pytest
from django.db import DataError
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.web.components.guard import Guard
from tests.cast import an, chi
from tests.security.conftest import Things, browser

pytestmark = pytest.mark.django_db


def test_in_a_path_it_is_a_request_that_nobody_understands(client: Client) -> None:
    answer = client.get("/ho-so/%00/")
    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in answer.content.decode()
    assert "Content-Security-Policy" in answer


@pytest.mark.parametrize("address", ["/thu-tuc/?q=%00", "/tra-cuu/?ma=%00", "/can-bo/?tt=1%00&kenh=%00&han=%00"])
def test_in_a_question_it_finds_nothing(handed_in: Things, address: str) -> None:
    assert browser(chi()).get(address).status_code == 200


def test_in_a_cookie_it_opens_no_session(client: Client) -> None:
    assert client.get("/ho-so/", HTTP_COOKIE='mc_session="\\000\\000\\000\\000aaaaaaaa"').status_code == 400


def test_in_a_form_of_accounts_it_is_said_beside_its_field(client: Client) -> None:
    answer = client.post("/tai-khoan/dang-nhap/", {"number": "0981960\x0004217", "password": "x"})
    assert answer.status_code == 422
    assert "có ký tự không dùng được" in answer.content.decode()


def test_in_an_e_form_it_is_dropped_and_the_rest_is_kept(draft: Things) -> None:
    url = f"/nop/{draft.dossier.ref}/to-khai/tre-em/"
    browser(an()).post(url, {"child_name": "Lê\x00 Minh Khuê", "trang": "\x00", "thay": "[" * 100_000})
    assert Dossier.objects.get(pk=draft.dossier.pk).answers["child_name"] == "Lê Minh Khuê"


def test_in_a_choice_it_is_no_choice(draft: Things) -> None:
    url = f"/nop/{draft.dossier.ref}/nhan-ket-qua/"
    answer = browser(an()).post(url, {"hand_in": "\x00", "receive": ["\x00", "\x00"], "pay": "\x00"})
    assert answer.status_code == 422
    assert "Chọn cách nộp hồ sơ" in answer.content.decode()


def test_in_the_search_of_the_desk_it_finds_nothing(handed_in: Things) -> None:
    answer = browser(chi()).post("/can-bo/", {"q": "\x00Khuê", "hang": "tat-ca"}, follow=True)
    assert answer.status_code == 200


def test_what_slips_through_is_no_fault_of_ours() -> None:
    """The net: what no form has caught is refused, and any other trouble of the database stays a bug."""
    guard = Guard(lambda request: None)  # type: ignore[arg-type,return-value]
    from django.test import RequestFactory

    request = RequestFactory().post("/")
    refused = guard.process_exception(request, DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"))
    assert refused is not None
    assert refused.status_code == 400
    assert guard.process_exception(request, DataError("value too long")) is None
    assert guard.process_exception(request, ValueError("NUL")) is None
