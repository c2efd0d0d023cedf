"""No notice came, the browser was closed at the bank: we ask VNPAY ourselves."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from motcua.config.peers.vnpay import Bank
from motcua.payments import services
from motcua.payments.models import Booking, Notice
from motcua.payments.queries import money_of
from motcua.payments.rules.states import AttemptState, NoticeKind
from tests.moments import Moments
from tests.payments.acting import ABOUT, an_order, answer_to, attempt_of, go_to_bank, pays

pytestmark = pytest.mark.django_db
Run = Callable[..., list[str]]


def test_a_closed_browser_and_no_notice_is_booked_once_the_time_is_over(
    bank: Bank, clock: Moments, run_jobs: Run
) -> None:
    known = go_to_bank(bank, an_order())
    pays(bank, known)
    assert services.ask_due() == 0
    clock.forward(minutes=17)
    assert services.ask_due() == 1
    assert services.ask_due() == 0  # it is being asked
    assert "payments.ask_provider" in run_jobs()
    assert money_of(ABOUT).booked == 150_000
    assert attempt_of(known).ask_at is None
    assert Notice.objects.get().kind == NoticeKind.QUERY


def test_who_comes_back_without_a_notice_is_booked_within_seconds(bank: Bank, clock: Moments, run_jobs: Run) -> None:
    told = pays(bank, go_to_bank(bank, an_order()))
    services.show_return(told)
    assert "payments.ask_provider" in run_jobs(until=clock.forward(seconds=6))
    assert services.show_return(told).paid


def test_nothing_was_paid_and_the_try_runs_out(bank: Bank, clock: Moments, run_jobs: Run) -> None:
    order = an_order()
    known = go_to_bank(bank, order)
    clock.forward(minutes=17)
    services.ask_due()
    run_jobs()
    attempt = attempt_of(known)
    assert attempt.state == AttemptState.EXPIRED
    assert attempt.ask_at is not None  # one last look tomorrow
    assert go_to_bank(bank, order)


def test_a_page_never_opened_is_unknown_there_and_runs_out(bank: Bank, clock: Moments) -> None:
    known = go_to_bank(bank, an_order())
    attempt = attempt_of(known)
    bank.transactions.clear()
    services.ask_provider(attempt.pk)
    assert attempt_of(known).state == AttemptState.STARTED
    clock.forward(minutes=16)
    services.ask_provider(attempt.pk)
    assert attempt_of(known).state == AttemptState.EXPIRED


def test_a_bank_that_was_late_is_found_by_the_last_look(bank: Bank, clock: Moments, run_jobs: Run) -> None:
    known = go_to_bank(bank, an_order())
    clock.forward(minutes=17)
    services.ask_due()
    run_jobs()
    pays(bank, known)
    clock.forward(hours=25)
    assert services.ask_due() == 1
    run_jobs()
    assert money_of(ABOUT).booked == 150_000


@pytest.mark.parametrize("fault", [{"status": 503}, {"forged": True}, {"status": 404}])
def test_an_api_that_fails_is_asked_again_and_its_forged_answers_book_nothing(
    bank: Bank, clock: Moments, run_jobs: Run, fault: dict[str, object]
) -> None:
    known = go_to_bank(bank, an_order())
    pays(bank, known)
    bank.control({"api": fault | {"times": 2}})
    for _ in range(2):
        clock.forward(minutes=20)
        assert services.ask_due() == 1
        run_jobs()
        assert not Booking.objects.exists()
    clock.forward(minutes=20)
    services.ask_due()
    run_jobs()
    assert money_of(ABOUT).booked == 150_000


def test_an_api_that_is_not_there_changes_nothing(bank: Bank, settings: object, clock: Moments) -> None:
    settings.VNPAY_API_URL = "http://127.0.0.1:9/"  # type: ignore[attr-defined]
    attempt = attempt_of(go_to_bank(bank, an_order()))
    clock.forward(minutes=17)
    services.ask_provider(attempt.pk)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.asked) == (AttemptState.STARTED, 1)
    assert attempt.ask_at is not None
    assert attempt.ask_at > timezone.now()


def test_suspect_money_is_asked_for_until_it_is_cleared(bank: Bank, clock: Moments, run_jobs: Run) -> None:
    known = go_to_bank(bank, an_order())
    answer_to(pays(bank, known, "07"))
    clock.forward(minutes=5)
    services.ask_due()
    run_jobs()
    assert attempt_of(known).state == AttemptState.SUSPECT
    known.code = "00"
    clock.forward(minutes=30)
    services.ask_due()
    run_jobs()
    assert money_of(ABOUT).booked == 150_000


def test_notice_and_answer_to_one_payment_book_once(bank: Bank) -> None:
    known = go_to_bank(bank, an_order())
    told = pays(bank, known)
    services.ask_provider(attempt_of(known).pk)
    services.ask_provider(attempt_of(known).pk)
    assert answer_to(told) == "02"
    assert Booking.objects.count() == 1
