"""The page on which people pay: every way that is offered, what became of a try, what was paid."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier, PaymentState
from motcua.dossiers.services import endings, money
from motcua.dossiers.services.submission import submit
from motcua.payments import services as payments
from motcua.payments.models import Attempt, Order
from motcua.payments.rules.states import AttemptState, Method
from tests.cast import an, binh, chi
from tests.dossiers.stages import fresh
from tests.factories import a_filled_draft, an_agency, an_offering
from tests.moments import stopped_clock

pytestmark = pytest.mark.django_db

ALL_WAYS = ["truc-tuyen", "chuyen-khoan", "tai-quay-truoc", "tai-quay", "buu-chinh"]
PAYEE = {
    "name": "UBND phường Hoa Sen", "tax_code": "9800000218", "bank_bin": "970000", "bank_name": "Ngân hàng mẫu",
    "account_number": "0298000021", "account_name": "UBND PHUONG HOA SEN", "receipt_form": "01BLP0-001",
    "receipt_series": "HS-{yy}E",
}  # fmt: skip


@pytest.fixture(autouse=True)
def the_morning() -> Iterator[None]:
    """Wednesday 25/11/2026, 8:35."""
    with stopped_clock("25/11/2026 08:35"):
        yield


@pytest.fixture
def ready(settings: Any) -> None:
    """There is a contract with a provider."""
    settings.VNPAY_URL, settings.VNPAY_TMN_CODE = "https://pay.example/pay", "MOTCUA01"
    settings.VNPAY_SECRET = "bi-mat-thu"


def asked(*, ways: list[str] = ALL_WAYS, chosen: str = "truc-tuyen") -> Dossier:
    """An's dossier that waits for 16.000 đồng."""
    draft = a_filled_draft(version=an_offering(clock_starts="du-va-da-nop-phi", pay_ways=ways))
    draft.delivery |= {"pay": chosen}
    draft.save(update_fields=["delivery"])
    return submit(draft, by=an())


def come(client: Client, who: Any = None) -> Client:
    client.force_login(who or an())
    return client


def page(client: Client, dossier: Dossier) -> str:
    answer = client.get(reverse("citizen:pay", args=[dossier.ref]))
    assert answer.status_code == 200
    return answer.content.decode()


def order_of(dossier: Dossier) -> Order:
    return Order.objects.filter(about_ref=dossier.ref).latest("pk")


class TestThePage:
    def test_offers_every_way_with_the_chosen_one_first(self, client: Client, ready: None) -> None:
        payments.set_payee(an_agency(), by=None, **PAYEE)
        dossier = asked(chosen="chuyen-khoan")
        html = page(come(client), dossier)
        assert "Nộp 16.000 đồng phí, lệ phí" in html
        assert html.index('id="chuyen-khoan"') < html.index('id="truc-tuyen"') < html.index('id="tai-quay-truoc"')
        assert 'id="tai-quay"' not in html  # the result waits for the money, not the money for the result
        assert 'id="buu-chinh"' not in html
        assert html.count("mc-card--door") == 1
        assert 'mc-card--door" aria-labelledby="chuyen-khoan"' in html
        assert 'class="govuk-button govuk-button--secondary"' in html  # paying online is another way, not the door

    def test_says_in_words_what_the_picture_says(self, client: Client) -> None:
        payments.set_payee(an_agency(), by=None, **PAYEE)
        dossier = asked()
        html = page(come(client), dossier)
        for words in ("0298000021", "UBND PHUONG HOA SEN", order_of(dossier).number, 'alt="Mã QR chuyển 16.000 đồng'):
            assert words in html, words
        picture = client.get(reverse("citizen:pay_qr", args=[dossier.ref]))
        assert picture["Content-Type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")

    def test_says_so_when_nobody_can_be_paid_online(self, client: Client, settings: Any) -> None:
        settings.VNPAY_URL = ""
        html = page(come(client), asked())
        assert "Cổng thanh toán chưa dùng được" in html
        assert "chưa công bố tài khoản" in html

    def test_is_nobody_elses(self, client: Client) -> None:
        dossier = asked()
        come(client, binh())
        for name in ("pay", "pay_qr"):
            assert client.get(reverse(f"citizen:{name}", args=[dossier.ref])).status_code == 404
        assert client.post(reverse("citizen:pay_online", args=[dossier.ref])).status_code == 404

    def test_of_a_withdrawn_dossier_asks_for_nothing(self, client: Client) -> None:
        dossier = asked()
        endings.withdraw(dossier, by=an(), reason="Chưa cần nữa")
        assert "không phải nộp phí" in page(come(client), dossier)
        assert client.get(reverse("citizen:pay_qr", args=[dossier.ref])).status_code == 404


class TestPayingOnline:
    def test_goes_on_to_the_bank(self, client: Client, ready: None) -> None:
        dossier = asked()
        answer = come(client).post(reverse("citizen:pay_online", args=[dossier.ref]))
        assert answer.status_code == 302
        assert answer["Location"].startswith("https://pay.example/pay?")
        assert "vnp_Amount=1600000" in answer["Location"]
        assert Attempt.objects.get().order == order_of(dossier)

    def test_of_what_somebody_else_has_just_paid_is_refused_in_words(self, client: Client, ready: None) -> None:
        dossier = asked()
        money.collect(dossier, by=chi(), method=Method.CASH, amount=16_000)
        answer = come(client).post(reverse("citizen:pay_online", args=[dossier.ref]))
        assert answer.status_code == 422
        assert "không còn khoản phí" in answer.content.decode()
        assert not Attempt.objects.exists()

    def test_of_a_withdrawn_dossier_is_refused_in_words(self, client: Client, ready: None) -> None:
        dossier = asked()
        endings.withdraw(dossier, by=an(), reason="Chưa cần nữa")
        assert come(client).post(reverse("citizen:pay_online", args=[dossier.ref])).status_code == 422

    @pytest.mark.parametrize(
        ("state", "code", "words", "door"),
        [
            (AttemptState.STARTED, "", "Đang chờ kết quả từ ngân hàng", False),
            (AttemptState.FAILED, "51", "Tài khoản không đủ số dư", True),
            (AttemptState.EXPIRED, "", "ngân hàng chưa trừ tiền", True),
            (AttemptState.SUSPECT, "07", "Xin đừng nộp lại", False),
        ],
    )
    def test_says_what_became_of_the_last_try(
        self, client: Client, ready: None, state: AttemptState, code: str, words: str, door: bool
    ) -> None:
        dossier = asked()
        come(client).post(reverse("citizen:pay_online", args=[dossier.ref]))
        Attempt.objects.update(state=state, code=code)
        html = page(client, dossier)
        assert words in html
        assert ("mc-card--door" in html) is door


class TestAfterwards:
    def test_shows_what_was_paid_with_its_receipt(self, client: Client, run_jobs: Any) -> None:
        dossier = asked()
        money.collect(dossier, by=chi(), method=Method.CASH, amount=16_000)
        html = page(come(client), dossier)
        assert "Phí, lệ phí đã nộp" in html
        assert "đang được lập" in html
        run_jobs()
        html = page(client, dossier)
        receipt = order_of(dossier).bookings.get().receipts.get()
        there = reverse("citizen:fee_receipt", args=[dossier.ref, receipt.pk])
        assert there in html
        assert client.get(there)["Content-Type"] == "application/pdf"

    def test_what_was_paid_twice_is_said(self, client: Client) -> None:
        dossier = asked()
        money.collect(dossier, by=chi(), method=Method.CASH, amount=16_000)
        money.book_transfer(dossier, by=chi(), amount=16_000, reference="FT26329002")
        html = page(come(client), dossier)
        assert "16.000 đồng, không phải nộp" in html
        assert "chờ cơ quan hoàn lại" in html

    def test_a_receipt_is_nobody_elses(self, client: Client, run_jobs: Any) -> None:
        dossier = asked()
        money.collect(dossier, by=chi(), method=Method.CASH, amount=16_000)
        run_jobs()
        receipt = order_of(dossier).bookings.get().receipts.get()
        come(client, binh())
        assert client.get(reverse("citizen:fee_receipt", args=[dossier.ref, receipt.pk])).status_code == 404


class TestElsewhere:
    def test_the_list_and_the_dossier_lead_there(self, client: Client) -> None:
        dossier = asked()
        link = reverse("citizen:pay", args=[dossier.ref])
        for name, args in (("mine", []), ("dossier", [dossier.ref]), ("sent", [dossier.ref])):
            assert link in come(client).get(reverse(f"citizen:{name}", args=args)).content.decode(), name
        assert "đang chờ ông/bà nộp phí" in client.get(reverse("citizen:mine")).content.decode()

    def test_once_paid_nothing_is_to_do(self, client: Client) -> None:
        dossier = asked()
        money.collect(dossier, by=chi(), method=Method.CASH, amount=16_000)
        html = come(client).get(reverse("citizen:dossier", args=[dossier.ref])).content.decode()
        assert "không phải làm gì" in html
        assert "Biên lai phí số 00000001" in html
        assert fresh(dossier).payment_state == PaymentState.PAID
