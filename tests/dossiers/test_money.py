"""A dossier's fee: asked for when it is handed in, paid once, given back with a reason; the dossier follows it."""

from typing import Any

import pytest
from django.http import Http404

from motcua.audit.models import Event
from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.models import Dossier, DossierEvent, PaymentState, State
from motcua.dossiers.queries.money import account_of
from motcua.dossiers.services import endings, money, reception
from motcua.dossiers.services.submission import submit
from motcua.notifications.models import Message
from motcua.payments import services as payments
from motcua.payments.models import Attempt, Booking, Order, Refund
from motcua.payments.providers import vnpay
from motcua.payments.rules.states import Method, OrderState
from motcua.payments.services.bookings import book
from motcua.payments.services.orders import lock
from motcua.payments.services.refunds import ask_refund
from tests.cast import an, at, binh, chi, dung, giang, hoa
from tests.dossiers.owing import FEE, asked
from tests.dossiers.stages import accepted, fresh, issued
from tests.factories import a_filled_draft, a_submitted_dossier
from tests.moments import Moments

pytestmark = pytest.mark.django_db


def transferred(dossier: Dossier, amount: int = FEE, reference: str = "FT26329001") -> Booking:
    """What the bank's statement says."""
    order = Order.objects.filter(about_ref=dossier.ref).latest("opened_at", "pk")
    return payments.collect(order, method=Method.TRANSFER, amount=amount, by=chi(), reference=reference)


def sent(template: str, dossier: Dossier) -> int:
    return Message.objects.filter(template=template, about_ref=dossier.ref).count()


class TestHandingIn:
    def test_always_succeeds_and_then_asks_for_the_fee(self, clock: Moments) -> None:
        dossier = asked()
        assert (dossier.state, dossier.payment_state) == (State.SUBMITTED, PaymentState.ASKED)
        assert dossier.answer_by is None
        order = Order.objects.get(about_ref=dossier.ref)
        assert (order.amount, order.state, order.payer_name) == (FEE, OrderState.OPEN, "Nguyễn Thị An")
        assert order.lines[0]["kind"] == "phi"

    def test_says_in_the_first_message_that_the_fee_is_awaited(self, clock: Moments) -> None:
        dossier = asked()
        sms = Message.objects.get(template="dossier_submitted", channel="sms", about_ref=dossier.ref)
        assert "Con phai nop phi" in sms.body
        letter = Message.objects.get(template="dossier_submitted", channel="email", about_ref=dossier.ref)
        assert "nộp 16.000 đồng phí, lệ phí" in letter.body

    def test_without_that_rule_the_desk_answers_at_once(self, clock: Moments) -> None:
        dossier = submit(a_filled_draft(), by=an())
        assert dossier.payment_state == PaymentState.OWED
        assert dossier.answer_by is not None
        assert Order.objects.get(about_ref=dossier.ref).amount == FEE

    def test_the_desk_waits_for_the_money(self, clock: Moments) -> None:
        with pytest.raises(BusinessError, match="còn phải nộp"):
            reception.accept(asked(), by=chi())


class TestPaying:
    def test_starts_the_desks_hours(self, clock: Moments) -> None:
        dossier = asked()
        clock.at("26/11/2026 09:00")
        transferred(dossier)
        dossier = fresh(dossier)
        assert dossier.payment_state == PaymentState.PAID
        assert dossier.answer_by == at("27/11/2026 09:30")  # 8 hours of work
        assert reception.accept(dossier, by=chi()).clock_started_at == at("26/11/2026 09:00")

    def test_is_told_proved_and_remembered(self, clock: Moments) -> None:
        dossier = asked()
        transferred(dossier)
        assert sent("dossier_paid", dossier) == 2
        assert DossierEvent.objects.get(dossier=dossier, kind="collect_fee").title == "Đã nộp 16.000 đồng phí, lệ phí"
        assert Event.objects.get(act="dossier.fee_paid", subject_ref=dossier.ref).data["amount"] == FEE

    def test_by_the_bank_counts_as_the_persons_own_act(self, clock: Moments) -> None:
        dossier = asked()
        order = money.order_to_pay(dossier, by=an())
        book(order, amount=FEE, method=Method.POSTMAN, by=None)
        assert DossierEvent.objects.get(dossier=dossier, kind="pay").actor_name == "Nguyễn Thị An"

    def test_twice_is_booked_twice_but_pays_once(self, clock: Moments) -> None:
        """Two people pay one dossier: nothing is lost, the second payment is to be given back."""
        dossier = asked()
        transferred(dossier)
        transferred(dossier, reference="FT26329002")
        account = account_of(dossier)
        assert (account.paid, account.money.surplus, account.to_give_back) == (FEE, FEE, FEE)
        assert fresh(dossier).payment_state == PaymentState.PAID
        assert sent("dossier_surplus", dossier) == 2

    def test_too_little_leaves_it_owed(self, clock: Moments) -> None:
        dossier = asked()
        transferred(dossier, 10_000)
        assert fresh(dossier).payment_state == PaymentState.ASKED
        assert account_of(dossier).to_give_back == 10_000

    def test_of_somebody_elses_dossier_is_not_there(self, clock: Moments) -> None:
        with pytest.raises(Http404):
            money.order_to_pay(asked(), by=binh())

    def test_needs_something_that_is_owed(self, clock: Moments) -> None:
        dossier = asked()
        transferred(dossier)
        with pytest.raises(BusinessError, match="không còn khoản"):
            money.order_to_pay(dossier, by=an())

    def test_of_a_dossier_from_before_opens_its_order(self, clock: Moments) -> None:
        dossier = a_submitted_dossier()
        assert money.order_to_pay(dossier, by=an()).amount == FEE
        assert money.order_to_pay(dossier, by=an()) == Order.objects.get(about_ref=dossier.ref)


class TestTheCounter:
    def test_takes_the_fee(self, clock: Moments) -> None:
        dossier = asked()
        money.collect(dossier, by=chi(), method=Method.CASH, amount=FEE)
        assert fresh(dossier).payment_state == PaymentState.PAID
        event = DossierEvent.objects.get(dossier=dossier, kind="collect_fee")
        assert (event.actor_name, "Tiền mặt" in event.text) == ("Trần Thị Chi", True)

    def test_takes_it_once(self, clock: Moments) -> None:
        dossier = asked()
        money.collect(dossier, by=chi(), method=Method.CASH, amount=FEE)
        with pytest.raises(BusinessError, match="không còn khoản"):
            money.collect(dossier, by=chi(), method=Method.CASH, amount=FEE)
        assert Booking.objects.count() == 1

    def test_hears_that_a_colleague_was_first(self, clock: Moments) -> None:
        from motcua.dossiers.queries.desk_dossier import stamp_of

        dossier = asked()
        seen = stamp_of(dossier)
        money.collect(dossier, by=chi(), method=Method.CASH, amount=FEE)
        with pytest.raises(Conflict, match="Trần Thị Chi thu phí"):
            money.collect(dossier, by=chi(), method=Method.CASH, amount=FEE, seen=seen)

    @pytest.mark.parametrize("amount", [0, 15_000, 32_000])
    def test_takes_exactly_what_is_owed(self, clock: Moments, amount: int) -> None:
        with pytest.raises(BusinessError):
            money.collect(asked(), by=chi(), method=Method.CASH, amount=amount)

    def test_is_no_place_for_others(self, clock: Moments) -> None:
        dossier = asked()
        with pytest.raises(Http404):
            money.collect(dossier, by=hoa(), method=Method.CASH, amount=FEE)
        with pytest.raises(BusinessError, match="vai trò"):
            money.collect(dossier, by=dung(), method=Method.CASH, amount=FEE)


class TestEnding:
    def test_a_withdrawn_dossier_asks_for_nothing(self, clock: Moments) -> None:
        dossier = asked()
        endings.withdraw(dossier, by=an(), reason="Chưa cần nữa")
        assert fresh(dossier).payment_state == PaymentState.NOTHING
        assert Order.objects.get(about_ref=dossier.ref).state == OrderState.CANCELLED

    def test_a_payment_after_it_is_kept_and_given_back(self, clock: Moments) -> None:
        dossier = asked()
        endings.withdraw(dossier, by=an(), reason="Chưa cần nữa")
        booking = transferred(dossier)
        dossier = fresh(dossier)
        assert (dossier.state, dossier.payment_state) == (State.WITHDRAWN, PaymentState.PAID)
        assert account_of(dossier).to_give_back == FEE
        assert dossier.answer_by is None
        money.refund(dossier, booking.pk, by=giang(), amount=FEE, reason="Nộp sau khi rút", account="0123456789")
        assert fresh(dossier).payment_state == PaymentState.REFUNDED
        assert account_of(dossier).to_give_back == 0
        assert sent("dossier_refunded", dossier) == 2

    def test_what_was_paid_before_stays_paid(self, clock: Moments) -> None:
        dossier = asked()
        transferred(dossier)
        endings.withdraw(fresh(dossier), by=an(), reason="Chưa cần nữa")
        assert fresh(dossier).payment_state == PaymentState.PAID
        assert account_of(dossier).to_give_back == 0


class TestGivingBack:
    def paid(self) -> tuple[Dossier, Booking]:
        dossier = asked()
        return dossier, transferred(dossier)

    def test_never_more_than_was_paid(self, clock: Moments) -> None:
        dossier, booking = self.paid()
        given: dict[str, Any] = {"by": giang(), "reason": "Thu nhầm", "account": "0123456789"}
        with pytest.raises(BusinessError):
            money.refund(dossier, booking.pk, amount=FEE + 1, **given)
        money.refund(dossier, booking.pk, amount=10_000, **given)
        with pytest.raises(BusinessError):
            money.refund(dossier, booking.pk, amount=10_000, **given)
        money.refund(dossier, booking.pk, amount=6_000, **given)
        assert sum(refund.amount for refund in Refund.objects.all()) == FEE
        assert fresh(dossier).payment_state == PaymentState.REFUNDED

    def test_is_not_for_whoever_took_the_money(self, clock: Moments) -> None:
        dossier, booking = self.paid()
        with pytest.raises(BusinessError, match="Lãnh đạo"):
            money.refund(dossier, booking.pk, by=chi(), amount=FEE, reason="Thu nhầm", account="0123456789")

    def test_needs_a_reason(self, clock: Moments) -> None:
        dossier, booking = self.paid()
        with pytest.raises(BusinessError, match="lý do"):
            money.refund(dossier, booking.pk, by=giang(), amount=FEE, reason="  ", account="1")

    def test_of_another_dossiers_payment_is_not_there(self, clock: Moments) -> None:
        _, booking = self.paid()
        with pytest.raises(Http404):
            money.refund(a_submitted_dossier(), booking.pk, by=giang(), amount=1, reason="Nhầm", account="1")

    def test_of_the_surplus_leaves_the_fee_paid(self, clock: Moments) -> None:
        dossier, _ = self.paid()
        second = transferred(dossier, reference="FT26329002")
        money.refund(dossier, second.pk, by=giang(), amount=FEE, reason="Nộp hai lần", account="0123456789")
        assert fresh(dossier).payment_state == PaymentState.PAID
        assert account_of(dossier).to_give_back == 0


class TestAnotherFee:
    """A supplement changes what the fee is worked out from."""

    def change(self, dossier: Dossier, copies: int) -> Dossier:
        dossier = fresh(dossier)
        dossier.answers = {**dossier.answers, "copies": copies}
        dossier.save(update_fields=["answers"])
        money.requote(dossier, by=an())
        return fresh(dossier)

    def test_before_paying_takes_the_place_of_the_first(self, clock: Moments) -> None:
        dossier = self.change(asked(), 3)
        assert (dossier.fee_total, dossier.payment_state) == (24_000, PaymentState.ASKED)
        assert list(Order.objects.order_by("pk").values_list("amount", "state")) == [
            (16_000, OrderState.CANCELLED),
            (24_000, OrderState.OPEN),
        ]
        assert sent("dossier_fee_changed", dossier) == 2

    def test_after_paying_asks_for_the_rest(self, clock: Moments) -> None:
        dossier = asked()
        transferred(dossier)
        dossier = self.change(dossier, 3)
        assert (dossier.payment_state, dossier.answer_by) == (PaymentState.ASKED, None)
        order = Order.objects.get(state=OrderState.OPEN)
        assert (order.amount, sum(line["amount"] for line in order.lines)) == (8_000, 8_000)
        transferred(dossier, 8_000, "FT26329002")
        dossier = fresh(dossier)
        assert dossier.payment_state == PaymentState.PAID
        assert dossier.answer_by is not None

    def test_after_acceptance_is_owed_while_the_clock_runs(self, clock: Moments) -> None:
        dossier = self.change(accepted(payment_state=PaymentState.OWED), 3)
        assert (dossier.payment_state, dossier.fee_total) == (PaymentState.OWED, 24_000)
        assert dossier.due_at is not None

    def test_that_is_lower_gives_back_the_rest(self, clock: Moments) -> None:
        dossier = asked()
        transferred(dossier)
        dossier = self.change(dossier, 1)
        assert (dossier.payment_state, account_of(dossier).to_give_back) == (PaymentState.PAID, 8_000)

    @pytest.mark.parametrize(("copies", "rest"), [(2, 0), (5, 8_000)])  # 16.000 and 40.000 đồng
    def test_a_refund_that_fails_makes_the_order_less(
        self, clock: Moments, monkeypatch: pytest.MonkeyPatch, copies: int, rest: int
    ) -> None:
        dossier = self.change(asked(), 4)
        order = Order.objects.get(state=OrderState.OPEN)
        attempt = Attempt.objects.create(
            order=order, txn_ref="X01", amount=order.amount, started_at=order.opened_at, expires_at=order.opened_at
        )
        booking = book(lock(order), amount=order.amount, method=Method.VNPAY, attempt=attempt, by=None)
        dossier = self.change(dossier, 1)
        given = money.refund(dossier, booking.pk, by=giang(), amount=24_000, reason="Phí giảm")
        dossier = self.change(dossier, copies)
        assert account_of(dossier).money.due == dossier.fee_total - 8_000
        told = sent("dossier_fee_changed", dossier)
        monkeypatch.setattr(vnpay, "refund", lambda *_: {"vnp_ResponseCode": "95"})
        ask_refund(given.pk)
        dossier = fresh(dossier)
        assert (account_of(dossier).owed, account_of(dossier).money.due) == (rest, rest)
        assert dossier.payment_state == (PaymentState.ASKED if rest else PaymentState.PAID)
        assert (dossier.answer_by is None) == bool(rest)
        letter = Message.objects.filter(template="dossier_fee_changed", channel="email").latest("pk").body
        assert ("Còn phải nộp 8.000 đồng thay cho 32.000 đồng." if rest else "Không phải nộp 8.000 đồng nữa.") in letter
        assert "không hoàn lại được nên tính vào phí" in letter
        step = "nộp 8.000 đồng phí, lệ phí." if rest else "chờ cơ quan hoàn lại 16.000 đồng."
        assert f"Việc tiếp theo: {step}" in letter
        assert sent("dossier_fee_changed", dossier) == told + 2

    def test_that_is_nothing_asks_for_nothing(self, clock: Moments) -> None:
        dossier = self.change(asked(), 0)
        assert (dossier.payment_state, dossier.fee_total) == (PaymentState.NOTHING, 0)
        assert not Order.objects.filter(state=OrderState.OPEN).exists()

    def test_that_is_the_same_changes_nothing(self, clock: Moments) -> None:
        dossier = self.change(asked(), 2)
        assert Order.objects.count() == 1
        assert sent("dossier_fee_changed", dossier) == 0


def test_with_the_result_the_fee_is_booked_with_its_receipt(clock: Moments) -> None:
    from motcua.dossiers.services import results

    dossier = issued()
    results.hand_over(
        dossier, by=chi(), receiver_name="Lê Văn Bình", receiver_number="098 094 001 552", fee_collected=FEE
    )
    account = account_of(dossier)
    assert [booking.method for booking in account.money.bookings] == [Method.CASH]
    assert account.money.receipts[0].amount == FEE
    assert fresh(dossier).payment_state == PaymentState.PAID
    assert sent("dossier_paid", dossier) == 0  # they stand at the counter, with the receipt
