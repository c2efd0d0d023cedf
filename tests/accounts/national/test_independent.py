"""Against a provider by other people (npm's oidc-provider), as a process of its own: what both read in the standard."""

import html
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
import requests
from django.test import Client
from tools.assets import find_node

from motcua.accounts.models import NationalIdentity, User
from motcua.accounts.national import provider
from motcua.config.ports import free_port
from tests import cast
from tests.accounts.national import peers
from tests.accounts.national.peers import comes_back, set_out

pytestmark = pytest.mark.django_db

SECRET = "odd signs: + % & / = ~"  # sent as RFC 6749 (2.3.1) wants it: encoded, then Basic
NAMES = {
    "personal_number": "soDinhDanh", "full_name": "hoTen", "birth_date": "ngaySinh", "sex": "gioiTinh",
    "number_verified": "daXacMinh",
}  # fmt: skip


@pytest.fixture(scope="module")
def other_portal() -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The provider, listening; its address and its process."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    words = [str(Path(__file__).with_name("oidc_provider.mjs")), issuer, str(port), f"{peers.HOME}{peers.BACK}"]
    process = subprocess.Popen([str(find_node()), *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    assert any("listening" in line for line in process.stdout)
    yield issuer, process
    process.kill()
    process.wait()


@pytest.fixture
def issuer(other_portal: tuple[str, Any], settings: Any) -> str:
    """This portal is connected to it, by its own names and levels."""
    provider.forget()
    settings.BASE_URL = peers.HOME
    settings.NATIONAL = {
        **settings.NATIONAL, "issuer": other_portal[0], "client_secret": SECRET, "scope": "openid profile",
        "claims": NAMES, "levels": {},
    }  # fmt: skip
    return other_portal[0]


def goes_through(where: str, name: str, *, consents: bool = True) -> str:
    """Log in and consent on its own pages; the address that it sends the browser back to."""
    http = requests.Session()
    answer = http.get(where, timeout=10, allow_redirects=False)
    for _ in range(12):
        if found := answer.headers.get("Location"):
            if found.startswith(peers.HOME):
                return found
            answer = http.get(urljoin(answer.url, found), timeout=10, allow_redirects=False)
        else:
            answer = _fill(http, answer, name, consents)
    raise AssertionError(answer.text)


def _fill(http: requests.Session, page: requests.Response, name: str, consents: bool) -> requests.Response:
    action = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    prompt = re.search(r'name="prompt" value="(\w+)"', page.text)
    assert action, page.text
    assert prompt, page.text
    if prompt[1] == "consent" and not consents:
        cancel = re.search(r'href="([^"]+/abort)"', page.text)
        assert cancel, page.text
        return http.get(urljoin(page.url, cancel[1]), timeout=10, allow_redirects=False)
    form = {"prompt": prompt[1], "login": name, "password": "anything"}
    return http.post(urljoin(page.url, html.unescape(action[1])), data=form, timeout=10, allow_redirects=False)


def test_logs_in_and_is_linked(client: Client, issuer: str) -> None:
    an = cast.an()
    answer = comes_back(client, goes_through(set_out(client), "an"))
    assert answer.headers["Location"] == "/ho-so/", answer.content.decode()
    assert client.session["_auth_user_id"] == str(an.pk)
    identity = NationalIdentity.objects.get()
    assert (identity.issuer, identity.subject) == (issuer, "an")


def test_opens_an_account(client: Client, issuer: str) -> None:
    comes_back(client, goes_through(set_out(client), "nam"))
    assert User.objects.get().full_name == "Hoàng Văn Nam"


def test_takes_nobody_whose_number_it_does_not_answer_for(client: Client, issuer: str) -> None:
    assert comes_back(client, goes_through(set_out(client), "sao")).status_code == 422
    assert not User.objects.exists()


def test_it_wants_pkce_and_gets_it(client: Client, issuer: str) -> None:
    asked = parse_qs(urlsplit(set_out(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    plain = {
        "client_id": "motcua",
        "response_type": "code",
        "scope": "openid",
        "redirect_uri": asked["redirect_uri"][0],
    }
    found = requests.get(f"{issuer}/auth?{urlencode(plain)}", timeout=10, allow_redirects=False).headers["Location"]
    assert parse_qs(urlsplit(found).query)["error"] == ["invalid_request"]


def test_the_person_says_no(client: Client, issuer: str) -> None:
    answer = comes_back(client, goes_through(set_out(client), "an", consents=False))
    assert answer.status_code == 200
    assert "đã bấm dừng" in answer.content.decode()


def test_a_code_is_good_once(client: Client, issuer: str) -> None:
    where = goes_through(set_out(client), "nam")
    kept = dict(client.session.items())
    assert comes_back(client, where).status_code == 302
    other = Client()
    session = other.session
    session.update(kept)
    session.save()
    assert comes_back(other, where).status_code == 422
    assert "_auth_user_id" not in other.session


def test_a_nonce_of_another_login(client: Client, issuer: str) -> None:
    where = goes_through(set_out(client), "nam")
    session = client.session
    for kept in session["accounts.national"].values():
        kept["nonce"] = "another"
    session.save()
    assert comes_back(client, where).status_code == 400
    assert not User.objects.exists()


def test_a_verifier_of_another_login(client: Client, issuer: str) -> None:
    where = goes_through(set_out(client), "nam")
    session = client.session
    for kept in session["accounts.national"].values():
        kept["verifier"] = "x" * 64
    session.save()
    assert comes_back(client, where).status_code == 422


def test_a_wrong_secret(client: Client, issuer: str, settings: Any) -> None:
    where = goes_through(set_out(client), "nam")
    settings.NATIONAL = {**settings.NATIONAL, "client_secret": "wrong"}
    assert comes_back(client, where).status_code == 422


def test_a_request_can_be_left_beforehand(issuer: str) -> None:
    """As confirmations are (RFC 9126); this provider knows no confirmations, and says nothing of a digest."""
    from django.contrib.sessions.backends.db import SessionStore

    from motcua.accounts.national import confirm, errors

    session, an = SessionStore(), cast.an()
    where = confirm.begin_confirmation(session, user=an, digest="0" * 64, what="Hồ sơ", return_path="/nop/")
    assert set(parse_qs(urlsplit(where).query)) == {"client_id", "request_uri"}
    back = {name: values[0] for name, values in parse_qs(urlsplit(goes_through(where, "an")).query).items()}
    with pytest.raises(errors.NationalTrouble):
        confirm.finish_confirmation(session, user=an, returned=back)


def test_it_goes_down_on_the_way(client: Client, other_portal: tuple[str, Any], issuer: str) -> None:
    """The last one: it isn't started again."""
    where = goes_through(set_out(client), "nam")
    other_portal[1].kill()
    other_portal[1].wait()
    answer = comes_back(client, where)
    assert answer.status_code == 503
    assert "chưa trả lời được" in answer.content.decode()
    provider.forget()
    assert Client().get(peers.START).status_code == 503
