"""Tra cứu: code and stage for anybody, a list only for the person, and never a hint whether a number is known."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, QueryDict
from django.test import Client

from motcua.accounts.models import Code
from motcua.dossiers.services import reception
from motcua.notifications.models import Message
from tests.cast import AN_NUMBER, an, binh, chi
from tests.factories import a_draft, a_submitted_dossier

pytestmark = pytest.mark.django_db
NOBODY = "098196009999"


@pytest.fixture(autouse=True)
def human(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """The check for people says what the test wants; without a word it is content."""
    said: list[str | None] = [None]

    def check(request: HttpRequest, data: QueryDict) -> str | None:
        return said[0]

    monkeypatch.setattr("motcua.web.components.human.check", check)
    return lambda problem: said.__setitem__(0, problem)


@pytest.fixture
def digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every code is 246810."""
    monkeypatch.setattr("motcua.accounts.services.codes.generate_user_code", lambda **kwargs: "246810")


# ---- By code ----


def test_a_submission_number_tells_code_and_stage_and_nothing_else() -> None:
    dossier = a_submitted_dossier()
    response = Client().post("/tra-cuu/", {"ma": dossier.ref})
    text = response.content.decode()
    assert "Mới đăng ký" in text
    assert dossier.ref in text
    for secret in ("Khuê", "Nguyễn Thị An", "098196004217", "khai sinh", "Giấy chứng sinh"):
        assert secret not in text


def test_an_official_code_does_too_and_typing_is_forgiven() -> None:
    dossier = reception.accept(a_submitted_dossier(), by=chi())
    assert dossier.code
    text = Client().post("/tra-cuu/", {"ma": f" {dossier.code.lower()} "}).content.decode()
    assert "Được tiếp nhận" in text
    loose = dossier.ref.replace("-", " ").lower()
    assert dossier.code in Client().post("/tra-cuu/", {"ma": loose}).content.decode()


def test_a_draft_is_not_found() -> None:
    response = Client().post("/tra-cuu/", {"ma": a_draft().ref})
    assert response.status_code == 422
    assert "Không có hồ sơ nào mang mã này" in response.content.decode()


def test_a_personal_number_is_shown_its_own_way() -> None:
    response = Client().post("/tra-cuu/", {"ma": AN_NUMBER})
    assert response.status_code == 422
    assert "Đây là số định danh, không phải mã hồ sơ" in response.content.decode()


def test_the_link_of_a_receipt_fills_the_form_in_and_waits_for_the_button() -> None:
    dossier = a_submitted_dossier()
    text = Client().get(f"/tra-cuu/?ma={dossier.ref}").content.decode()
    assert f'value="{dossier.ref}"' in text
    assert "Mới đăng ký" not in text


@pytest.mark.parametrize("typed", ["", "X" * 61, "🌸", "'; drop table", "NH-2222-2222"])
def test_what_cannot_be_a_code(typed: str) -> None:
    response = Client().post("/tra-cuu/", {"ma": typed})
    assert response.status_code == 422


def test_without_the_code_of_humans_nothing_is_looked_up(human: Callable[[str | None], None]) -> None:
    dossier = a_submitted_dossier()
    human("Mã xác nhận chưa được điền")
    response = Client().post("/tra-cuu/", {"ma": dossier.ref})
    assert response.status_code == 422
    assert "Mới đăng ký" not in response.content.decode()


def test_looking_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.web.public.lookup.views.LOOKS_PER_HOUR", 1)
    dossier = a_submitted_dossier()
    assert Client().post("/tra-cuu/", {"ma": dossier.ref}).status_code == 200
    refused = Client().post("/tra-cuu/", {"ma": dossier.ref})
    assert refused.status_code == 422
    assert "quá nhiều lượt tra cứu" in refused.content.decode()


# ---- By personal number ----


def test_the_person_gets_a_code_and_then_the_list(digits: None, run_jobs: Callable[[], None]) -> None:
    dossier = reception.accept(a_submitted_dossier(user=an()), by=chi())
    other = a_submitted_dossier(user=binh())
    client = Client()
    response = client.post("/tra-cuu/so-dinh-danh/", {"so": AN_NUMBER})
    assert response.url == "/tra-cuu/so-dinh-danh/ma/"
    run_jobs()
    assert Message.objects.filter(template="account_code", address="+84900000217").count() == 1
    assert client.post("/tra-cuu/so-dinh-danh/ma/", {"ma_otp": "246810"}).url == "/tra-cuu/so-dinh-danh/ho-so/"
    text = client.get("/tra-cuu/so-dinh-danh/ho-so/").content.decode()
    assert dossier.code
    assert dossier.code in text
    assert "Đăng ký khai sinh" in text
    assert "Được tiếp nhận" in text
    assert other.ref not in text
    assert "Khuê" not in text


def test_an_unknown_number_gets_the_same_answers_and_no_message(run_jobs: Callable[[], None]) -> None:
    an()
    pages = []
    for number in (AN_NUMBER, NOBODY):
        client = Client()
        assert client.post("/tra-cuu/so-dinh-danh/", {"so": number}).url == "/tra-cuu/so-dinh-danh/ma/"
        text = client.get("/tra-cuu/so-dinh-danh/ma/").content.decode()
        wrong = client.post("/tra-cuu/so-dinh-danh/ma/", {"ma_otp": "000000"})
        pages.append((wrong.status_code, len(text), number in text))
    assert pages[0] == pages[1]
    run_jobs()
    assert Message.objects.filter(template="account_code").count() == 1  # An's
    assert Code.objects.filter(purpose="lookup").count() == 2


def test_five_wrong_codes_end_it(digits: None, run_jobs: Callable[[], None]) -> None:
    an()
    client = Client()
    client.post("/tra-cuu/so-dinh-danh/", {"so": AN_NUMBER})
    run_jobs()
    for _ in range(5):
        response = client.post("/tra-cuu/so-dinh-danh/ma/", {"ma_otp": "000000"})
        assert response.status_code == 422
    assert "làm lại từ đầu" in response.content.decode()
    assert client.post("/tra-cuu/so-dinh-danh/ma/", {"ma_otp": "246810"}).status_code == 422
    assert client.get("/tra-cuu/so-dinh-danh/ho-so/").status_code == 422


def test_the_list_is_bound_to_the_session(digits: None, run_jobs: Callable[[], None]) -> None:
    an()
    client = Client()
    client.post("/tra-cuu/so-dinh-danh/", {"so": AN_NUMBER})
    run_jobs()
    client.post("/tra-cuu/so-dinh-danh/ma/", {"ma_otp": "246810"})
    assert client.get("/tra-cuu/so-dinh-danh/ho-so/").status_code == 200
    assert Client().get("/tra-cuu/so-dinh-danh/ho-so/").status_code == 422


def test_without_the_code_there_is_no_list() -> None:
    an()
    client = Client()
    client.post("/tra-cuu/so-dinh-danh/", {"so": AN_NUMBER})
    assert client.get("/tra-cuu/so-dinh-danh/ho-so/").status_code == 422


@pytest.mark.parametrize("typed", ["", "12345", "abc", "0" * 12, "1" * 41])
def test_what_cannot_be_a_personal_number(typed: str) -> None:
    response = Client().post("/tra-cuu/so-dinh-danh/", {"so": typed})
    assert response.status_code == 422
    assert not Code.objects.exists()


def test_the_number_is_in_no_address() -> None:
    client = Client()
    response = client.post("/tra-cuu/so-dinh-danh/", {"so": NOBODY})
    assert NOBODY not in response.url


def test_a_new_code_not_before_a_minute() -> None:
    client = Client()
    client.post("/tra-cuu/so-dinh-danh/", {"so": NOBODY})
    text = client.post("/tra-cuu/so-dinh-danh/ma/gui-lai/").content.decode()
    assert "Xin chờ" in text
