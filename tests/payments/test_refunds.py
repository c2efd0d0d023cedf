"""Money goes back: with a reason, never more than came, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.config.peers.vnpay import Bank
from motcua.core.errors import BusinessError
from motcua.payments import services
from motcua.payments.models import Booking, Refund
from motcua.payments.queries import money_of
from motcua.payments.rules.states import RefundState
from tests import cast
from tests.payments.acting import ABOUT, an_order, answer_to, go_to_bank, pays

pytestmark = pytest.mark.django_db
Run = Callable[..., list[str]]
WHY = "Rút hồ sơ trước khi tiếp nhận"


def give_back(booking: Booking, amount: int, account: str = "", reason: str = WHY) -> Refund:
    return services.refund(booking, amount=amount, reason=reason, account=account, by=cast.chi())


@pytest.fixture
def online(bank: Bank) -> Booking:
    """150.000 đồng that came through VNPAY."""
    answer_to(pays(bank, go_to_bank(bank, an_order())))
    return Booking.objects.get()


def at_desk(method: str = "cash") -> Booking:
    return services.collect(an_order(), method=method, amount=150_000, by=cast.chi(), reference="FT2026")


def test_what_came_through_vnpay_goes_back_through_vnpay(online: Booking, bank: Bank, run_jobs: Run) -> None:
    given = give_back(online, 150_000)
    assert (given.state, money_of(ABOUT).refunding) == (RefundState.ASKED, 150_000)
    run_jobs()
    given.refresh_from_db()
    assert given.state == RefundState.DONE
    assert given.provider_no
    assert money_of(ABOUT).refunded == 150_000
    assert next(iter(bank.transactions.values())).refunded == 15_000_000


def test_in_parts_but_never_more_than_came(online: Booking, bank: Bank, run_jobs: Run) -> None:
    give_back(online, 100_000)
    with pytest.raises(BusinessError, match="chờ VNPAY trả lời"):  # one after the other: see ask_refund
        give_back(online, 50_000)
    run_jobs()
    with pytest.raises(BusinessError, match=r"50\.000 đồng"):
        give_back(online, 50_001)
    give_back(online, 50_000)
    run_jobs()
    with pytest.raises(BusinessError, match="hoàn hết"):
        give_back(online, 1)
    assert next(iter(bank.transactions.values())).refunded == 15_000_000
    money = money_of(ABOUT)
    assert money.booked + money.surplus - money.refunded == 0


@pytest.mark.parametrize("amount", [0, -1, 150_001])
def test_the_amount_makes_sense(amount: int) -> None:
    with pytest.raises(BusinessError, match="Số tiền hoàn"):
        give_back(at_desk(), amount)


def test_needs_a_reason_and_for_a_transfer_an_account() -> None:
    booking = at_desk("transfer")
    with pytest.raises(BusinessError, match="lý do"):
        give_back(booking, 1, "VCB 001", "  ")
    with pytest.raises(BusinessError, match="tài khoản"):
        give_back(booking, 1)
    assert give_back(booking, 150_000, "VCB 0011001932418").state == RefundState.DONE


def test_cash_went_back_by_hand_and_is_recorded() -> None:
    given = give_back(at_desk(), 150_000)
    assert (given.state, given.by) == (RefundState.DONE, cast.chi())
    assert given.done_at is not None


def test_an_answer_that_got_lost_gives_the_money_back_once(online: Booking, bank: Bank, run_jobs: Run) -> None:
    given = give_back(online, 150_000)
    bank.control({"api": {"forged": True, "times": 1}})  # done over there, but we can't believe the answer
    run_jobs()
    given.refresh_from_db()
    assert given.state == RefundState.ASKED
    assert "signature" in given.trouble
    run_jobs(until=timezone.now() + timedelta(days=2))
    given.refresh_from_db()
    assert given.state == RefundState.DONE
    assert next(iter(bank.transactions.values())).refunded == 15_000_000


def test_a_provider_that_is_away_is_asked_again(online: Booking, bank: Bank, run_jobs: Run) -> None:
    given = give_back(online, 150_000)
    bank.control({"api": {"status": 503, "times": 1}})
    run_jobs()
    assert Refund.objects.get().state == RefundState.ASKED
    run_jobs(until=timezone.now() + timedelta(days=2))
    given.refresh_from_db()
    assert given.state == RefundState.DONE


def test_a_refusal_is_said_and_another_try_is_free(online: Booking, bank: Bank, run_jobs: Run) -> None:
    known = next(iter(bank.transactions.values()))
    known.code = "24"
    given = give_back(online, 150_000)
    run_jobs()
    given.refresh_from_db()
    assert given.state == RefundState.FAILED
    assert "không thành công bên VNPAY" in given.trouble
    known.code = "00"
    again = give_back(online, 150_000)
    run_jobs()
    again.refresh_from_db()
    assert again.state == RefundState.DONE
    assert money_of(ABOUT).refunded == 150_000


def test_a_job_that_runs_twice_asks_once(online: Booking, bank: Bank, run_jobs: Run) -> None:
    given = give_back(online, 100_000)
    run_jobs()
    services.ask_refund(given.pk)
    assert next(iter(bank.transactions.values())).refunded == 10_000_000
