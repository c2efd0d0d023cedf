"""The National portal sends somebody over with a slip: its number finds the dossier; nobody else can write one."""

import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from joserfc import jwt

from motcua.accounts.national import handover
from motcua.accounts.national.handover import key_of
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries.people import public_stage
from motcua.offerings.models import OfferingVersion
from tests import cast
from tests.accounts.national.peers import National
from tests.factories import an_offering
from tests.moments import stopped_clock

pytestmark = pytest.mark.django_db


def sent(national: National, version: OfferingVersion) -> str:
    where = national.portal.slip(version.offering.procedure.code, version.offering.agency.code)
    return f"{urlsplit(where).path}?{urlsplit(where).query}"


def number_in(where: str) -> str:
    raw = parse_qs(urlsplit(where).query)["phieu"][0]
    return str(jwt.decode(raw, key_of("demo")).claims["ma_ho_so"])


def begins(client: Client, version: OfferingVersion, where: str) -> Dossier:
    chosen = client.get(where)
    assert chosen.status_code == 302
    answer = client.post(f"/thu-tuc/{version.offering.procedure.code}/nop/", {"co-quan": version.offering.agency.slug})
    return Dossier.objects.get(ref=answer.headers["Location"].split("/")[2])


def test_the_dossier_is_found_by_the_number_it_has_there(client: Client, national: National) -> None:
    version = an_offering()
    client.force_login(cast.an())
    where = sent(national, version)
    draft = begins(client, version, where)
    assert draft.national_code == number_in(where)
    assert public_stage(number_in(where)) is None  # nobody's statement yet
    Dossier.objects.filter(pk=draft.pk).update(state=State.SUBMITTED, submitted_at=draft.saved_at)
    stage = public_stage(number_in(where).lower())
    assert stage is not None
    assert stage.number == draft.ref
    assert begins(client, version, where).pk == draft.pk  # pressed twice there
    again = client.get(f"/nop/{draft.ref}/nguoi-nop/", follow=True)
    assert (again.status_code, again.request["PATH_INFO"]) == (200, f"/ho-so/{draft.ref}/")


def test_somebody_else_s_number_is_not_taken(client: Client, national: National) -> None:
    version = an_offering()
    client.force_login(cast.an())
    where = sent(national, version)
    first = begins(client, version, where)
    other = Client()
    other.force_login(cast.binh())
    second = begins(other, version, where)
    assert second.pk != first.pk
    assert second.national_code is None


def test_the_next_one_at_the_same_computer_is_not_given_the_number() -> None:
    """Somebody was sent over, and went away without logging in."""
    session, slip = Client().session, handover.Slip("1.001193", "H98.21", "000.00.00.G99-261122-000001")
    with stopped_clock("25/11/2026 08:35") as clock:
        handover.keep(session, slip)
        assert handover.take(session, "2.000635") == ""  # another procedure isn't what was chosen there
        assert handover.take(session, "1.001193") == slip.number
        assert handover.take(session, "1.001193") == ""
        handover.keep(session, slip)
        clock.forward(seconds=3601)
        assert handover.take(session, "1.001193") == ""


@pytest.mark.parametrize(
    "changes",
    [{"iss": "https://other.example"}, {"aud": "other"}, {"exp": 1}, {"ma_ho_so": "../etc"}, {"ma_ho_so": "x" * 90}],
    ids=lambda changes: "-".join(changes),
)
def test_a_slip_that_is_not_right_counts_for_nothing(
    client: Client, national: National, changes: dict[str, Any]
) -> None:
    version = an_offering()
    client.force_login(cast.an())
    claims = {
        "iss": national.url, "aud": "motcua", "exp": int(time.time()) + 60, "ma_ho_so": "000.00.00.G99-261122-000001",
        "thu_tuc": version.offering.procedure.code, "co_quan": version.offering.agency.code,
    }  # fmt: skip
    assert begins(client, version, _address(claims, "demo")).national_code == "000.00.00.G99-261122-000001"
    Dossier.objects.all().delete()
    assert client.get(_address(claims | changes, "demo")).status_code == 404
    assert client.get(_address(claims, "another secret")).status_code == 404


def _address(claims: dict[str, Any], secret: str) -> str:
    raw = jwt.encode({"alg": "HS256"}, claims, key_of(secret))
    return f"/cong-quoc-gia/nop/?{urlencode({'phieu': raw})}"
