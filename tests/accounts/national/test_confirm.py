"""A dossier confirmed by the National portal: its signed word about one digest by one person."""

import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from motcua.accounts import services
from motcua.accounts.models import NationalIdentity, User
from motcua.accounts.national import confirm, errors
from motcua.accounts.national.claims import NationalPerson
from motcua.config.peers.national.portal import Visit
from tests import cast
from tests.accounts.national import peers
from tests.accounts.national.peers import National, a_person, stranger

pytestmark = pytest.mark.django_db
DIGEST = hashlib.sha256(b"declaration").hexdigest()
WHAT = "Hồ sơ NH-7DAP-SCK3: Đăng ký thành lập hộ kinh doanh"


@pytest.fixture
def session() -> SessionStore:
    """A visitor's session."""
    return SessionStore()


def begin(session: SessionStore, user: User, digest: str = DIGEST) -> str:
    return confirm.begin_confirmation(session, user=user, digest=digest, what=WHAT, return_path="/nop/X/xac-nhan/")


def query(where: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(where).query))


def confirms(session: SessionStore, national: National, user: User, person: Any) -> confirm.Confirmed:
    back = national.goes_through(begin(session, user), person)
    return confirm.finish_confirmation(session, user=user, returned=query(back))


def test_the_portal_signs_who_has_confirmed_what(session: SessionStore, national: National) -> None:
    found = confirms(session, national, cast.an(), a_person())
    assert (found.digest, found.what, found.assurance) == (DIGEST, WHAT, "cao")
    assert (found.personal_number, found.subject, found.issuer) == (cast.AN_NUMBER, a_person().subject, national.url)
    assert abs(timezone.now() - found.at) < timedelta(minutes=1)
    assert confirm.still_proves(found.statement, found.key, digest=DIGEST)
    assert not NationalIdentity.objects.exists()  # a confirmation links nothing


def test_what_is_confirmed_stands_in_no_address(session: SessionStore, national: National) -> None:
    where = begin(session, cast.an())
    assert set(query(where)) == {"client_id", "request_uri"}
    assert DIGEST not in where


def test_the_person_sees_what_they_confirm(session: SessionStore, national: National) -> None:
    import requests

    page = requests.get(begin(session, cast.an()), timeout=10).text
    assert WHAT in page
    assert DIGEST[:8] in page
    assert DIGEST[-8:] in page


def test_who_is_logged_in_there_still_types_an_otp(session: SessionStore, national: National) -> None:
    import requests

    http = requests.Session()
    http.cookies.set("dvcqg", "known", domain="127.0.0.1")
    import time

    national.portal.signed_in["known"] = (time.time(), Visit({}, person=a_person(), level="LoA2"))
    page = http.get(begin(session, cast.an()), timeout=10)
    assert page.url.startswith(f"{national.url}/ma?")
    assert "Xác nhận hồ sơ" in page.text


def test_a_kept_statement_that_was_changed_proves_nothing(session: SessionStore, national: National) -> None:
    found = confirms(session, national, cast.an(), a_person())
    head, body, signature = found.statement.split(".")
    assert not confirm.still_proves(f"{head}.{body[:-2]}AA.{signature}", found.key, digest=DIGEST)
    assert not confirm.still_proves(found.statement, found.key, digest="0" * 64)
    other = national.portal.key.as_dict(private=False) | {"n": found.key["n"][:-4] + "AAAA"}
    assert not confirm.still_proves(found.statement, other, digest=DIGEST)
    assert not confirm.still_proves("", found.key, digest=DIGEST)


def test_another_person_cannot_confirm(session: SessionStore, national: National) -> None:
    with pytest.raises(errors.OtherPerson, match="không phải là người đang đăng nhập"):
        confirms(session, national, cast.an(), stranger())


def test_another_account_there_with_the_same_number_cannot_confirm(session: SessionStore, national: National) -> None:
    an = cast.an()
    services.come_in(_national_person(national, "linked-before"))
    with pytest.raises(errors.OtherPerson):
        confirms(session, national, an, a_person())


def test_the_linked_account_confirms(session: SessionStore, national: National) -> None:
    an = cast.an()
    services.come_in(_national_person(national, a_person().subject))
    assert confirms(session, national, an, a_person()).personal_number == an.personal_number


def test_an_unverified_account_there_cannot_confirm(session: SessionStore, national: National) -> None:
    national.portal.people = [a_person(verified=False)]
    with pytest.raises(errors.Unverified):
        confirms(session, national, cast.an(), a_person())


def test_what_one_began_another_cannot_finish(session: SessionStore, national: National) -> None:
    back = national.goes_through(begin(session, cast.an()), a_person())
    with pytest.raises(errors.OtherPerson):
        confirm.finish_confirmation(session, user=cast.binh(), returned=query(back))


def test_a_confirmation_is_taken_once(session: SessionStore, national: National) -> None:
    an = cast.an()
    back = query(national.goes_through(begin(session, an), a_person()))
    confirm.finish_confirmation(session, user=an, returned=back)
    with pytest.raises(errors.Ended):
        confirm.finish_confirmation(session, user=an, returned=back)


@pytest.mark.parametrize(
    ("claims", "trouble"),
    [
        ({"confirmed_digest": "0" * 64}, errors.Untrusted),
        ({"confirmed_digest": None}, errors.Unsupported),
        ({"nonce": "another"}, errors.Untrusted),
    ],
)
def test_a_token_about_something_else(
    session: SessionStore, national: National, claims: dict[str, Any], trouble: type[Exception]
) -> None:
    national.fails("id_token", claims=claims)
    with pytest.raises(trouble):
        confirms(session, national, cast.an(), a_person())


def test_cancelled(session: SessionStore, national: National) -> None:
    an = cast.an()
    back = national.goes_through(begin(session, an), a_person(), cancels=True)
    with pytest.raises(errors.Cancelled):
        confirm.finish_confirmation(session, user=an, returned=query(back))


def test_a_login_is_no_confirmation(session: SessionStore, national: National) -> None:
    """Neither can a login's return be brought where a confirmation's is wanted."""
    client = Client()
    back = query(national.goes_through(peers.set_out(client), a_person()))
    with pytest.raises(errors.Ended):
        confirm.finish_confirmation(client.session, user=cast.an(), returned=back)


@pytest.mark.parametrize("status", [400, 503])
def test_the_portal_takes_no_request(session: SessionStore, national: National, status: int) -> None:
    national.fails("par", status=status)
    with pytest.raises(errors.Unavailable if status == 503 else errors.Refused):
        begin(session, cast.an())


def test_not_connected(session: SessionStore) -> None:
    assert not confirm.is_available()
    with pytest.raises(errors.NotConfigured):
        begin(session, cast.an())


@pytest.mark.parametrize("digest", ["", "abc", DIGEST.upper(), DIGEST + "0"])
def test_a_digest_is_a_digest(session: SessionStore, national: National, digest: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        begin(session, cast.an(), digest)


def test_the_return_goes_on_to_where_it_was_begun(client: Client, national: National) -> None:
    an = cast.an()
    client.force_login(an)
    session = client.session
    where = begin(session, an)
    session.save()
    answer = peers.comes_back(client, national.goes_through(where, a_person()))
    path, _, rest = answer.headers["Location"].partition("?")
    assert path == "/nop/X/xac-nhan/"
    found = confirm.finish_confirmation(client.session, user=an, returned=dict(parse_qsl(rest)))
    assert found.digest == DIGEST


def _national_person(national: National, subject: str) -> NationalPerson:
    an = cast.an()
    assert an.birth_date
    return NationalPerson(
        issuer=national.url, subject=subject, personal_number=cast.AN_NUMBER, verified=True, full_name="Nguyễn Thị An",
        birth_date=an.birth_date, sex="nu", phone="", email="", assurance="trung-binh",
    )  # fmt: skip


def test_nobody_keeps_the_national_portal_busy_through_us(
    session: SessionStore, national: National, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirm, "STARTS_PER_HOUR", 2)
    for _ in range(2):
        begin(session, cast.an())
    with pytest.raises(errors.NationalTrouble, match="quá nhiều lần"):
        begin(session, cast.an())
    begin(session, cast.binh())
