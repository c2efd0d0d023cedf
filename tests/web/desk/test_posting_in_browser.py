"""The post's screens of the desk and of the person in a real browser, wide and narrow."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from motcua.delivery.rules.states import Step
from motcua.dossiers.services import posting
from tests.cast import an, chi
from tests.dossiers.by_post import (
    WAYS,
    absent,
    back_of,
    delivered,
    now_of,
    ordered,
    placed,
    says,
    set_prices,
    to_be_posted,
)
from tests.dossiers.stages import accepted, fresh
from tests.e2e.browser import come_in, is_fine
from tests.factories import an_offering
from tests.web.desk.asking import url

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_axe_finds_nothing_and_nothing_is_too_wide(
    page: Page, phone: Page, live_server: Any, monkeypatch: pytest.MonkeyPatch, run_jobs: Any
) -> None:
    monkeypatch.setattr(settings, "POST_URL", "http://127.0.0.1:9/api")
    set_prices()
    waiting, (at_desk, _) = to_be_posted(), ordered()
    by_hand = to_be_posted()
    posting.hand_to_post(by_hand, by=chi())
    nobody, parcel = posted_with("EB000000010VN")
    absent(parcel, 3)
    back, parcel = posted_with("EB000000020VN")
    says(parcel, Step.RETURNED, 3)
    done, parcel = posted_with("EB000000030VN")
    delivered(parcel, fee=10_000, papers=["chung-sinh"], back_item_code="EB000000031VN")
    early = accepted(version=an_offering(**WAYS))
    run_jobs(fail=True)
    screens = [
        (chi(), reverse("desk:worklist")), (chi(), reverse("desk:worklist") + "?hang=buu-chinh"),
        (chi(), url("hand_to_post", waiting)), (chi(), url("give_to_postman", at_desk)),
        (chi(), url("give_to_postman", by_hand)), (chi(), url("keep_at_desk", by_hand)), (chi(), url("dossier", done)),
        (chi(), reverse("desk:take_in", args=[done.ref, back_of(fresh(done)).number])),
        (chi(), reverse("desk:remittance", args=[done.ref, parcel.number])),
        (an(), f"/ho-so/{nobody.ref}/"), (an(), f"/ho-so/{back.ref}/"), (an(), f"/ho-so/{done.ref}/"),
        (an(), f"/ho-so/{back.ref}/buu-chinh/nhan/"), (an(), f"/ho-so/{early.ref}/buu-chinh/lay-giay-to/"),
    ]  # fmt: skip
    for person, where in screens:
        for window in (page, phone):
            come_in(window, person, live_server.url)
            window.goto(where)
            is_fine(window)


def posted_with(code: str) -> Any:
    """A result in the postman's hands, under a code of its own."""
    dossier = to_be_posted()
    parcel = placed(posting.hand_to_post(dossier, by=chi()), code)
    posting.give_to_postman(dossier, by=chi())
    return fresh(dossier), now_of(parcel)
