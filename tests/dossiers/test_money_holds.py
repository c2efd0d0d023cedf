"""Whatever happens to a dossier and to its money, in whatever order: the two agree, and no đồng is lost or kept."""

from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from motcua.core.errors import BusinessError
from motcua.dossiers.models import Dossier, PaymentState, State
from motcua.dossiers.queries.money import account_of, to_give_back
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.rules.states import ENDED
from motcua.dossiers.services import endings, money, reception
from motcua.dossiers.services.submission import submit
from motcua.payments.models import Attempt, Booking, Order, Refund
from motcua.payments.providers import vnpay
from motcua.payments.queries import left_of
from motcua.payments.rules.states import Method, RefundState
from motcua.payments.services.bookings import book
from motcua.payments.services.orders import lock
from motcua.payments.services.refunds import ask_refund
from tests.cast import an, chi, giang
from tests.dossiers.stages import fresh
from tests.factories import a_filled_draft, an_offering
from tests.moments import stopped_clock

WHICH = st.integers(0, 4)
STEPS = {
    "go_to_bank": st.none(),
    "bank_pays": WHICH,
    "cash": st.none(),
    "transfer": st.sampled_from([8_000, 16_000, 16_000, 24_000, 40_000]),
    "other_copies": st.integers(0, 4),
    "refund": st.tuples(WHICH, st.sampled_from([1, 8_000, 16_000, 24_000])),
    "bank_answers": st.sampled_from(["00", "95"]),
    "accept": st.none(),
    "decline": st.none(),
    "withdraw": st.none(),
}
OFTEN = ["go_to_bank", "bank_pays", "bank_pays", "transfer", "other_copies", "refund", "bank_answers"]
STEP = st.sampled_from([*STEPS, *OFTEN]).flatmap(lambda name: st.tuples(st.just(name), STEPS[name]))
WHY = Why(reason="Thiếu giấy chứng sinh", ground="", right_agency="")


class World:
    """One dossier, and what really came for it."""

    def __init__(self, *, waits: bool) -> None:
        ways = ["truc-tuyen", "chuyen-khoan", "tai-quay-truoc"]
        version = an_offering(clock_starts="du-va-da-nop-phi" if waits else "du-ho-so", pay_ways=ways)
        draft = a_filled_draft(version=version)
        draft.delivery |= {"pay": "truc-tuyen"}
        draft.save(update_fields=["delivery"])
        self.ref = submit(draft, by=an()).ref
        self.transfers = 0

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(ref=self.ref)

    def do(self, name: str, value: Any) -> None:
        try:
            with transaction.atomic():
                getattr(self, name)(value)
        except BusinessError:
            pass

    def go_to_bank(self, _: None) -> None:
        order = money.order_to_pay(self.dossier, by=an())
        Attempt.objects.create(
            order=order, txn_ref=f"{order.number}{order.attempts.count():02d}", amount=order.amount,
            started_at=order.opened_at, expires_at=order.opened_at,
        )  # fmt: skip

    def bank_pays(self, which: int) -> None:
        """The bank's notice about one of the tries; each pays once."""
        tries = list(Attempt.objects.filter(booking=None).order_by("pk"))
        if tries:
            one = tries[which % len(tries)]
            book(lock(one.order), amount=one.amount, method=Method.VNPAY, attempt=one, by=None)

    def cash(self, _: None) -> None:
        owed = account_of(self.dossier).owed
        money.collect(self.dossier, by=chi(), method=Method.CASH, amount=owed)

    def transfer(self, amount: int) -> None:
        self.transfers += 1
        money.book_transfer(self.dossier, by=chi(), amount=amount, reference=f"FT2632{self.transfers:04d}")

    def other_copies(self, copies: int) -> None:
        """A supplement that changes the fee; nobody supplements what has ended."""
        dossier = self.dossier
        if dossier.state in ENDED:
            return
        dossier.answers = {**dossier.answers, "copies": copies}
        dossier.save(update_fields=["answers"])
        money.requote(dossier, by=an())

    def refund(self, what: tuple[int, int]) -> None:
        bookings = account_of(self.dossier).money.bookings
        if bookings:
            which, amount = what
            booking = bookings[which % len(bookings)]
            money.refund(self.dossier, booking.pk, by=giang(), amount=amount, reason="Nộp thừa", account="0298000021")

    def bank_answers(self, code: str) -> None:
        """What VNPAY says to the first refund that waits for its answer."""
        waiting = Refund.objects.filter(state=RefundState.ASKED).order_by("pk").first()
        if waiting is not None:
            with patch.object(vnpay, "refund", return_value={"vnp_ResponseCode": code}):
                ask_refund(waiting.pk)

    def accept(self, _: None) -> None:
        reception.accept(self.dossier, by=chi())

    def decline(self, _: None) -> None:
        reception.decline(self.dossier, WHY, by=chi())

    def withdraw(self, _: None) -> None:
        endings.withdraw(self.dossier, by=an(), reason="Chưa cần nữa")


def holds(world: World) -> None:
    """What must be true at any moment."""
    dossier = fresh(world.dossier)
    account = account_of(dossier)
    waits = account.open_order is not None
    assert waits == (dossier.payment_state in {PaymentState.OWED, PaymentState.ASKED})
    assert not (waits and dossier.state in ENDED)
    if dossier.state == State.SUBMITTED:
        assert (dossier.answer_by is None) == (dossier.payment_state == PaymentState.ASKED)
    if waits:
        assert account.open_order is not None
        assert account.open_order.amount == account.owed > 0
    for booking in account.money.bookings:
        assert 0 <= left_of(booking) <= booking.amount
    for order in Order.objects.all():
        assert order.bookings.filter(surplus=False).count() <= 1
    kept = sum(left_of(booking) for booking in account.money.bookings)
    assert account.to_give_back + min(account.kept_of_fee, dossier.fee_total) == kept
    assert (world.ref in to_give_back([dossier.agency])) == (account.to_give_back > 0)
    assert sum(booking.amount for booking in Booking.objects.all()) == account.paid + account.money.surplus


@pytest.mark.django_db
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@example(
    waits=False, steps=[("go_to_bank", None), ("bank_pays", 0), ("other_copies", 3), ("refund", (0, 1))]
)  # given back of what is being asked for
@example(
    waits=True,
    steps=[
        ("other_copies", 4),
        ("go_to_bank", None),
        ("bank_pays", 0),
        ("other_copies", 1),
        ("refund", (0, 24_000)),
        ("other_copies", 3),
        ("bank_answers", "95"),
    ],
)  # couldn't be given back after more was asked for
@given(waits=st.booleans(), steps=st.lists(STEP, min_size=3, max_size=14))
def test_whatever_comes_in_whatever_order(db: None, waits: bool, steps: list[tuple[str, Any]]) -> None:
    with stopped_clock("25/11/2026 08:35"):
        mark = transaction.savepoint()
        try:
            world = World(waits=waits)
            holds(world)
            for name, value in steps:
                world.do(name, value)
                holds(world)
        finally:
            transaction.savepoint_rollback(mark)
