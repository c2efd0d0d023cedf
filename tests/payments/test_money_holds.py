"""Whatever order notices, returns, answers, collections, cancellations and refunds come in: the books are right.

The world outside is played honestly: a transaction has one outcome at the bank, notices say what was true when they
were sent, and may come late, twice, or never. Beside it forged notices and such of another amount.
"""

import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motcua.config.peers.vnpay import Bank, Transaction, handler
from motcua.core.errors import BusinessError
from motcua.core.jobs import TryLater
from motcua.payments import services
from motcua.payments.models import Attempt, Booking, FeeReceipt, Order, Refund
from motcua.payments.queries import left_of, money_of
from motcua.payments.rules.states import AttemptState, Method, OrderState, RefundState
from tests import cast
from tests.moments import Moments, stopped_clock
from tests.payments.acting import ABOUT, BACK, CHARGE, FEE, an_order, said

WHICH = st.integers(0, 5)
CODES = st.sampled_from(["00", "00", "00", "07", "24", "51"])
STEPS = {
    "open": st.sampled_from([1, 2]),
    "cancel": WHICH,
    "start": WHICH,
    "pay": st.tuples(WHICH, CODES),
    "clear": st.tuples(WHICH, st.sampled_from(["00", "99"])),
    "notice": WHICH,
    "stale": WHICH,
    "forged": WHICH,
    "other_amount": WHICH,
    "come_back": WHICH,
    "ask": WHICH,
    "cash": WHICH,
    "transfer": st.tuples(WHICH, st.sampled_from([-50_000, 0, 0, 20_000])),
    "refund": st.tuples(WHICH, st.sampled_from([1, 50_000, 150_000, 166_000])),
    "refund_jobs": WHICH,
    "later": WHICH,
}
OFTEN = ["start", "pay", "pay", "notice", "notice", "refund"]  # else most dossiers never see a bank
STEP = st.sampled_from([*STEPS, *OFTEN]).flatmap(lambda name: st.tuples(st.just(name), STEPS[name]))


class World:
    """One dossier's money, the bank, and what really came."""

    def __init__(self, bank: Bank, clock: Moments) -> None:
        self.bank, self.clock = bank, clock
        self.bank.transactions.clear()
        self.by_hand = 0  # đồng
        self.transfers = 0
        self.sent: list[dict[str, str]] = []  # notices as they were when the bank sent them
        an_order()

    def do(self, name: str, values: Any) -> None:
        try:
            getattr(self, name)(*(values if isinstance(values, tuple) else (values,)))
        except (BusinessError, TryLater):
            pass

    # ---- what happens ----

    def open(self, lines: int) -> None:
        an_order(*[CHARGE, FEE][:lines])

    def cancel(self, which: int) -> None:
        services.cancel_order(_pick(Order.objects.order_by("pk"), which), by=cast.an(), reason="Rút hồ sơ")

    def start(self, which: int) -> None:
        order = _pick(Order.objects.order_by("-pk"), which)
        url = services.start_attempt(order, visitor_ip="203.0.113.7", return_url=BACK, by=None)
        fields = dict(parse_qsl(urlsplit(url).query))
        self.bank.transactions[fields["vnp_TxnRef"]] = Transaction(fields)

    def pay(self, which: int, code: str) -> None:
        if known := self._known(which):
            self.bank.choose(known.asked["vnp_TxnRef"], known.key, code)

    def clear(self, which: int, code: str) -> None:
        if (known := self._known(which)) and known.code == "07":
            known.code = code

    def notice(self, which: int) -> None:
        if (known := self._known(which)) and known.code:
            self.sent.append(said(self.bank, known))
            assert services.take_vnpay_notice(self.sent[-1])["RspCode"] in {"00", "02"}

    def stale(self, which: int) -> None:
        if self.sent:
            services.take_vnpay_notice(self.sent[which % len(self.sent)])

    def come_back(self, which: int) -> None:
        if self.sent:
            assert services.show_return(self.sent[which % len(self.sent)]).genuine

    def forged(self, which: int) -> None:
        if known := self._known(which):
            told = said(self.bank, known) | {"vnp_ResponseCode": "00", "vnp_TransactionStatus": "00"}
            told["vnp_SecureHash"] = "0" * 128
            assert services.take_vnpay_notice(told)["RspCode"] == "97"

    def other_amount(self, which: int) -> None:
        if known := self._known(which):
            answer = services.take_vnpay_notice(said(self.bank, known, vnp_Amount="100", vnp_ResponseCode="00"))
            assert answer["RspCode"] in {"04", "02"}

    def _known(self, which: int) -> Transaction | None:
        found = list(self.bank.transactions.values())
        return found[which % len(found)] if found else None

    def ask(self, which: int) -> None:
        if attempt := _pick(Attempt.objects.order_by("pk"), which):
            services.ask_provider(attempt.pk)

    def cash(self, which: int) -> None:
        order = _pick(Order.objects.order_by("-pk"), which)
        services.collect(order, method="cash", amount=order.amount, by=cast.chi())
        self.by_hand += order.amount

    def transfer(self, which: int, more: int) -> None:
        order, self.transfers = _pick(Order.objects.order_by("-pk"), which), self.transfers + 1
        came = order.amount + more
        line = {"method": "transfer", "amount": came, "by": cast.chi(), "reference": f"FT{self.transfers:06d}"}
        services.collect(order, **line)
        self.by_hand += came
        services.collect(order, **line)  # the same line of the statement, by another officer
        raise AssertionError("written down twice")

    def refund(self, which: int, amount: int) -> None:
        if booking := _pick(Booking.objects.order_by("pk"), which):
            services.refund(booking, amount=amount, reason="Nộp thừa", account="VCB 001", by=cast.chi())

    def refund_jobs(self, which: int) -> None:
        for refund in Refund.objects.filter(state=RefundState.ASKED):
            services.ask_refund(refund.pk)

    def later(self, which: int) -> None:
        self.clock.forward(minutes=20)

    # ---- what must hold ----

    def check(self) -> None:
        paid_there = {ref for ref, known in self.bank.transactions.items() if known.code == "00"}
        booked = {booking.attempt.txn_ref for booking in Booking.objects.filter(method=Method.VNPAY)}
        assert booked <= paid_there
        succeeded = Attempt.objects.filter(state=AttemptState.SUCCEEDED)
        assert {attempt.txn_ref for attempt in succeeded} == booked
        by_hand = sum(one.amount for one in Booking.objects.exclude(method=Method.VNPAY))
        assert by_hand == self.by_hand
        for order in Order.objects.all():
            pays = [booking.amount for booking in order.bookings.all() if not booking.surplus]
            assert pays == ([order.amount] if order.state == OrderState.PAID else [])
        for booking in Booking.objects.all():
            back = sum(one.amount for one in booking.refunds.exclude(state=RefundState.FAILED))
            assert back == booking.amount - left_of(booking) <= booking.amount
        receipts = FeeReceipt.objects.order_by("number")
        assert [receipt.number for receipt in receipts] == list(range(1, len(receipts) + 1))
        assert sum(receipt.amount for receipt in receipts) == money_of(ABOUT).booked

    def end(self) -> None:
        """Everybody is told in the end: by asking, if by nothing else."""
        for known in self.bank.transactions.values():
            known.code = {"07": "00"}.get(known.code, known.code)
        for _ in range(3):
            self.clock.forward(hours=25)
            for attempt in Attempt.objects.exclude(ask_at=None):
                services.ask_provider(attempt.pk)
            self.refund_jobs(0)
        self.check()
        came = sum(
            int(known.asked["vnp_Amount"]) // 100 for known in self.bank.transactions.values() if known.code == "00"
        )
        money = money_of(ABOUT)
        assert money.booked + money.surplus == came + self.by_hand
        assert money.booked + money.surplus == came + self.by_hand
        assert money.refunding == 0
        back = sum(known.refunded for known in self.bank.transactions.values()) // 100
        by_hand_back = sum(one.amount for one in Refund.objects.exclude(way=Method.VNPAY))
        assert money.refunded == back + by_hand_back
        assert not Attempt.objects.filter(state__in=[AttemptState.STARTED, AttemptState.SUSPECT]).exists()


def _pick(rows: Any, which: int) -> Any:
    found = list(rows)
    return found[which % len(found)] if found else None


class MoneyHolds(TestCase):
    """The demo VNPAY answers over HTTP, as it does everywhere."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.bank = Bank(Path(mkdtemp()), "MOTCUA01", "bi-mat-cua-bai-thu", "http://127.0.0.1:9/", pause=0, tries=1)
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(cls.bank))
        threading.Thread(target=cls.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.server.shutdown()
        cls.server.server_close()
        super().tearDownClass()

    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors]
    )
    @given(steps=st.lists(STEP, min_size=12, max_size=40))
    def test_whatever_comes_in_whatever_order(self, steps: list[tuple[Any, ...]]) -> None:
        api = f"http://127.0.0.1:{self.server.server_port}/merchant_webapi/api/transaction"
        turned = override_settings(VNPAY_API_URL=api, VNPAY_TMN_CODE=self.bank.tmn_code, VNPAY_SECRET=self.bank.secret)
        with turned, stopped_clock("25/11/2026 08:35") as clock:
            world = World(self.bank, clock)
            for step in steps:
                world.do(*step)
            world.check()
            world.end()
