"""Money on the desk: take it, find it on the statement, give it back; and what the panel says."""

from typing import Any

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier, PaymentState
from motcua.dossiers.queries.desk_dossier import stamp_of
from motcua.dossiers.services import endings, money
from motcua.dossiers.services.submission import submit
from motcua.payments.models import Booking
from motcua.payments.rules.states import Method
from tests.cast import an, chi, dung, giang, hoa
from tests.dossiers.stages import fresh
from tests.factories import a_filled_draft, an_offering
from tests.moments import Moments
from tests.web.desk.conftest import Come

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_morning(clock: Moments) -> None:
    """Wednesday 25/11/2026, 8:35."""


def asked() -> Dossier:
    """An's dossier that waits for 16.000 đồng."""
    ways = ["truc-tuyen", "chuyen-khoan", "tai-quay-truoc"]
    draft = a_filled_draft(version=an_offering(clock_starts="du-va-da-nop-phi", pay_ways=ways))
    draft.delivery |= {"pay": "tai-quay-truoc"}
    draft.save(update_fields=["delivery"])
    return submit(draft, by=an())


def paid() -> tuple[Dossier, Booking]:
    dossier = asked()
    return dossier, money.book_transfer(dossier, by=chi(), amount=16_000, reference="FT26329001")


def url(name: str, dossier: Dossier, *args: Any) -> str:
    return reverse(f"desk:{name}", args=[dossier.ref, *args])


def refused(answer: Any, words: str) -> None:
    assert answer.status_code == 422
    assert words in answer.content.decode()


class TestThePage:
    def test_offers_to_take_the_fee_before_anything_else(self, come: Come) -> None:
        dossier = asked()
        html = come(chi()).get(url("dossier", dossier)).content.decode()
        assert "Thu phí tại quầy" in html
        assert ">Tiếp nhận<" not in html
        assert "Còn phải thu <strong>16.000 đồng" in html
        assert "giờ tiếp nhận tính từ khi nhận được tiền" in html

    def test_shows_what_came_and_offers_acceptance(self, come: Come) -> None:
        dossier, _ = paid()
        html = come(chi()).get(url("dossier", dossier)).content.decode()
        assert "số FT26329001" in html
        assert url("accept", dossier) in html
        assert "Còn phải thu" not in html

    def test_says_what_must_go_back(self, come: Come) -> None:
        dossier = asked()
        endings.withdraw(dossier, by=an(), reason="Chưa cần nữa")
        money.book_transfer(dossier, by=chi(), amount=16_000, reference="FT26329001")
        html = come(chi()).get(url("dossier", dossier)).content.decode()
        assert "Phải hoàn lại" in html
        assert "16.000 đồng người nộp không phải trả" in html

    def test_gives_nobody_else_the_acts(self, come: Come) -> None:
        dossier, _ = paid()
        html = come(dung()).get(url("dossier", dossier)).content.decode()
        assert "Hoàn lại" not in html
        assert "Ghi chuyển khoản" not in html


class TestTaking:
    def test_books_it_once(self, come: Come) -> None:
        dossier, client = asked(), come(chi())
        assert "Thu 16.000 đồng" in client.get(url("collect", dossier)).content.decode()
        typed = {"cach": "cash", "da_thu": "on", "seen": stamp_of(dossier)}
        assert client.post(url("collect", dossier), typed)["Location"] == url("dossier", dossier)
        refused(client.post(url("collect", dossier), typed), "đã được Trần Thị Chi thu phí")
        assert Booking.objects.get().method == Method.CASH

    def test_wants_the_money_first(self, come: Come) -> None:
        dossier = asked()
        refused(come(chi()).post(url("collect", dossier), {"cach": "cash"}), "Thu 16.000 đồng rồi đánh dấu")

    def test_takes_it_from_the_postman(self, come: Come) -> None:
        dossier = asked()
        come(chi()).post(url("collect", dossier), {"cach": "postman", "so_chung_tu": "BK-0031", "da_thu": "on"})
        booking = Booking.objects.get()
        assert (booking.method, booking.reference) == (Method.POSTMAN, "BK-0031")

    def test_is_the_receptions(self, come: Come) -> None:
        dossier = asked()
        refused(come(dung()).post(url("collect", dossier), {"cach": "cash", "da_thu": "on"}), "vai trò")
        assert come(hoa()).get(url("collect", dossier)).status_code == 404


class TestATransfer:
    @pytest.mark.parametrize("typed", ["16.000", "16000", "16 000 đồng"])
    def test_pays_however_it_is_typed(self, come: Come, typed: str) -> None:
        dossier = asked()
        come(chi()).post(url("book_transfer", dossier), {"so_tien": typed, "so_giao_dich": "FT26329001"})
        assert fresh(dossier).payment_state == PaymentState.PAID

    @pytest.mark.parametrize("typed", ["", "0", "-5", "nhiều", "2147483648", "٥٠٠٠", "99999999999"])
    def test_wants_an_amount(self, come: Come, typed: str) -> None:
        dossier = asked()
        posted = {"so_tien": typed, "so_giao_dich": "FT26329001"}
        refused(come(chi()).post(url("book_transfer", dossier), posted), "tiền")
        assert not Booking.objects.exists()

    def test_is_booked_once(self, come: Come) -> None:
        dossier, _ = paid()
        posted = {"so_tien": "16.000", "so_giao_dich": "FT26329001"}
        refused(come(chi()).post(url("book_transfer", dossier), posted), "đã được ghi nhận")

    def test_after_the_end_is_booked_to_be_given_back(self, come: Come) -> None:
        dossier = asked()
        endings.withdraw(dossier, by=an(), reason="Chưa cần nữa")
        assert "phải hoàn lại" in come(chi()).get(url("book_transfer", dossier)).content.decode()
        come(chi()).post(url("book_transfer", dossier), {"so_tien": "16.000", "so_giao_dich": "FT26329001"})
        assert Booking.objects.get().surplus


class TestGivingBack:
    def test_asks_how_much_why_and_where_to(self, come: Come) -> None:
        dossier, booking = paid()
        client, there = come(giang()), url("refund", dossier, booking.pk)
        assert 'value="16.000"' in client.get(there).content.decode()
        refused(client.post(there, {"so_tien": "16.000", "ly_do": "", "tai_khoan": "0123, NH mẫu"}), "Nhập lý do")
        refused(client.post(there, {"so_tien": "16.000", "ly_do": "Thu nhầm"}), "Nhập tài khoản")
        refused(client.post(there, {"so_tien": "16.001", "ly_do": "Thu nhầm", "tai_khoan": "0123"}), "đến 16.000 đồng")
        client.post(there, {"so_tien": "16.000", "ly_do": "Thu nhầm", "tai_khoan": "0123, NH mẫu"})
        assert fresh(dossier).payment_state == PaymentState.REFUNDED
        assert client.get(there)["Location"] == url("dossier", dossier)

    def test_of_another_dossiers_payment_is_not_there(self, come: Come) -> None:
        _, booking = paid()
        assert come(giang()).get(url("refund", asked(), booking.pk)).status_code == 404


def test_a_receipt_is_there_for_the_desk_only(come: Come, run_jobs: Any) -> None:
    dossier, booking = paid()
    run_jobs()
    there = url("fee_receipt", dossier, booking.receipts.get().pk)
    assert come(chi()).get(there)["Content-Type"] == "application/pdf"
    assert come(hoa()).get(there).status_code == 404


class TestTheWorklist:
    def queue(self, come: Come, slug: str) -> str:
        return come(chi()).get(reverse("desk:worklist"), {"hang": slug}).content.decode()

    def test_a_dossier_that_waits_for_its_fee_has_a_queue_of_its_own(self, come: Come) -> None:
        dossier = asked()
        assert dossier.ref in self.queue(come, "cho-phi")
        assert dossier.ref not in self.queue(come, "cho-tiep-nhan")
        assert dossier.ref not in self.queue(come, "can-lam")
        money.collect(dossier, by=chi(), method=Method.CASH, amount=16_000)
        assert dossier.ref not in self.queue(come, "cho-phi")
        assert dossier.ref in self.queue(come, "can-lam")

    def test_money_to_be_given_back_is_found_without_looking_for_it(self, come: Come) -> None:
        dossier = asked()
        endings.withdraw(dossier, by=an(), reason="Chưa cần nữa")
        booking = money.book_transfer(dossier, by=chi(), amount=16_000, reference="FT26329001")
        assert dossier.ref in self.queue(come, "phai-hoan")
        money.refund(dossier, booking.pk, by=giang(), amount=16_000, reason="Nộp sau khi rút", account="0123")
        assert dossier.ref not in self.queue(come, "phai-hoan")

    def test_a_fee_that_became_less_is_among_them(self, come: Come) -> None:
        dossier, _ = paid()
        dossier = fresh(dossier)
        dossier.answers = {**dossier.answers, "copies": 1}
        dossier.save(update_fields=["answers"])
        assert dossier.ref not in self.queue(come, "phai-hoan")
        money.requote(dossier, by=an())
        assert dossier.ref in self.queue(come, "phai-hoan")
