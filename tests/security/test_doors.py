"""Every address, asked for by those who have no business there. New routes are covered as soon as they exist."""

import pytest
from django.conf import settings

from tests.cast import an, binh, chi, hoa, quan
from tests.security.addresses import ADMINISTRATORS, CITIZENS, EVERYWHERE, OFFICERS, WITH_REF
from tests.security.conftest import Things, browser

pytestmark = pytest.mark.django_db

LOGINS = {"citizen": settings.LOGIN_URL, "officer": "/can-bo/dang-nhap/", "administrator": "/can-bo/dang-nhap/"}
NOT_THERE = {404, 405}  # 405: this address takes no such method, from nobody
METHODS = ("get", "post", "head", "put", "delete", "options")
STATES = ("handed_in", "asking", "issued", "sent_back", "paid")


def methods_for(state: str) -> tuple[str, ...]:
    """All of them at one state; those that views read and act by at the others: no door asks for both at once."""
    return METHODS if state in {"draft", "handed_in"} else METHODS[:2]


def test_there_is_something_to_attack() -> None:
    assert len(EVERYWHERE) > 50
    assert len(CITIZENS) > 20
    assert len(OFFICERS) > 15
    assert len(WITH_REF) > 30


@pytest.mark.parametrize("name", ["draft", *STATES])
def test_another_citizen_finds_nothing(name: str, request: pytest.FixtureRequest) -> None:
    things: Things = request.getfixturevalue(name)
    stranger = browser(binh())
    for address in WITH_REF:
        if address.door != "citizen":
            continue
        for method in methods_for(name):
            answer = getattr(stranger, method)(address.filled(things.ids))
            assert answer.status_code in NOT_THERE, (method, address.route, answer.status_code)
            assert b"Nguy\xe1\xbb\x85n Th\xe1\xbb\x8b An" not in answer.content


@pytest.mark.parametrize("name", STATES)
def test_an_officer_of_another_agency_finds_nothing(name: str, request: pytest.FixtureRequest) -> None:
    things: Things = request.getfixturevalue(name)
    stranger = browser(hoa())
    for address in WITH_REF:
        if address.door != "officer":
            continue
        for method in methods_for(name):
            answer = getattr(stranger, method)(address.filled(things.ids))
            assert answer.status_code in NOT_THERE, (method, address.route, answer.status_code)


def test_the_desk_knows_of_no_draft(draft: Things) -> None:
    officer = browser(chi())
    for address in WITH_REF:
        if address.door != "officer":
            continue
        for method in METHODS:
            answer = getattr(officer, method)(address.filled(draft.ids))
            assert answer.status_code in NOT_THERE, (method, address.route, answer.status_code)
    assert draft.dossier.ref not in officer.get("/can-bo/?hang=tat-ca").content.decode()


@pytest.mark.parametrize("name", ["draft", "issued"])
def test_the_signed_out_come_to_a_login(name: str, request: pytest.FixtureRequest) -> None:
    things: Things = request.getfixturevalue(name)
    for address in [*CITIZENS, *OFFICERS, *ADMINISTRATORS]:
        for method in methods_for(name):
            answer = getattr(browser(None), method)(address.filled(things.ids))
            assert answer.status_code in {302, 405}, (method, address.route, answer.status_code)
            if answer.status_code == 302:
                assert answer["Location"].startswith(LOGINS[str(address.door)] + "?"), address.route


@pytest.mark.parametrize("name", ["draft", "issued"])
def test_the_wrong_kind_of_account_is_refused(name: str, request: pytest.FixtureRequest) -> None:
    things: Things = request.getfixturevalue(name)
    for who, door in ((an(), [*OFFICERS, *ADMINISTRATORS]), (chi(), [*CITIZENS, *ADMINISTRATORS])):
        visitor = browser(who)
        for address in door:
            for method in methods_for(name):
                answer = getattr(visitor, method)(address.filled(things.ids))
                assert answer.status_code in {403, 405}, (method, address.route, answer.status_code)


def test_nothing_is_posted_without_the_token(draft: Things, issued: Things) -> None:
    """Any address that takes a post at all refuses one from another site, whoever is logged in."""
    asked = 0
    for address in EVERYWHERE:
        who = {"citizen": an, "officer": chi, "administrator": quan}.get(str(address.door))
        for things in (draft, issued):
            visitor = browser(who() if who else None, enforce_csrf_checks=True)
            answer = visitor.post(address.filled(things.ids), {"act": "x"})
            assert answer.status_code in {403, 405}, (address.route, answer.status_code)
            asked += answer.status_code == 403
    assert asked > 40


def test_a_method_that_is_no_post_changes_nothing(draft: Things) -> None:
    """The pages of a draft do their own check of the token: it must not be got round by another method."""
    owner = browser(an(), enforce_csrf_checks=True)
    before = draft.dossier.revision
    for address in WITH_REF:
        for method in ("get", "head", "put", "delete", "patch"):
            getattr(owner, method)(address.filled(draft.ids) + "?act=lay-tu-nguoi-nop")
    draft.dossier.refresh_from_db()
    assert draft.dossier.revision == before
    assert draft.dossier.attachments.count() == 1


def test_private_pages_are_kept_by_nobody(draft: Things, issued: Things) -> None:
    """What a person sees when logged in is stored by no browser's history and no proxy, errors included."""
    for address in EVERYWHERE:
        visitor = browser({"officer": chi, "administrator": quan}.get(str(address.door), an)())
        for things in (draft, issued):
            answer = visitor.get(address.filled(things.ids))
            if answer.status_code in {301, 302, 405} or not answer.get("Content-Type", "").startswith("text/html"):
                continue
            cache = answer.get("Cache-Control", "")
            assert "private" in cache, (address.route, answer.status_code, cache)
            assert "no-store" in cache or "no-cache" in cache, (address.route, cache)


def test_pages_that_a_proxy_keeps_are_nobodys(draft: Things) -> None:
    """A page that may be shared sets no cookie, holds no token and no name, and differs by cookie."""
    shared = 0
    for address in EVERYWHERE:
        answer = browser(None).get(address.filled(draft.ids))
        if "public" not in answer.get("Cache-Control", ""):
            continue
        shared += 1
        assert not answer.cookies, address.route
        assert b"csrfmiddlewaretoken" not in answer.content, address.route
        assert "Cookie" in answer["Vary"], address.route
        again = browser(an()).get(address.filled(draft.ids))
        assert "public" not in again["Cache-Control"], address.route
    assert shared > 5
