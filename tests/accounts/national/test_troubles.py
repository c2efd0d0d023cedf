"""What goes wrong on the way: each has a page with its words and a way on; nobody gets in, nothing is changed."""

import base64
import hmac
import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from motcua.accounts.models import NationalIdentity, User
from motcua.accounts.national import provider
from motcua.audit.models import Event
from tests import cast
from tests.accounts.national import peers
from tests.accounts.national.peers import START, National, a_person, comes_back, logs_in, set_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_has_an_account() -> User:
    """The account that nobody may get into."""
    return cast.an()


def is_told(client: Client, answer: Any, status: int, words: str, *, again: bool = True) -> None:
    """The page says so, leads on, and nobody is in."""
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (status, True), page
    assert 'role="alert"' in page
    assert 'href="/tai-khoan/dang-nhap/' in page
    assert ('href="/tai-khoan/cong-quoc-gia/' in page) is again
    assert "_auth_user_id" not in client.session
    assert not NationalIdentity.objects.exists()


# ---- whoever comes back began nothing, too long ago, or before ----


def test_a_return_that_nobody_began(client: Client, national: National) -> None:
    is_told(client, client.get(peers.BACK, {"state": "made-up", "code": "made-up"}), 410, "đã quá 30 phút")
    is_told(client, client.get(peers.BACK), 410, "đã quá 30 phút")


def test_a_return_in_another_browser(client: Client, national: National) -> None:
    where = national.goes_through(set_out(client), a_person())
    other = Client()
    is_told(other, comes_back(other, where), 410, "ở một trình duyệt khác")


def test_a_state_that_ran_out(client: Client, national: National) -> None:
    where = national.goes_through(set_out(client), a_person())
    session = client.session
    for kept in session["accounts.national"].values():
        kept["at"] = (timezone.now() - timedelta(minutes=31)).timestamp()
    session.save()
    is_told(client, comes_back(client, where), 410, "đã quá 30 phút")


def test_a_return_that_was_used(client: Client, national: National) -> None:
    where = national.goes_through(set_out(client), a_person())
    assert comes_back(client, where).status_code == 302
    client.post("/tai-khoan/dang-xuat/")
    NationalIdentity.objects.all().delete()
    is_told(client, comes_back(client, where), 410, "đã dùng rồi")


def test_a_code_that_was_used_before(client: Client, national: National) -> None:
    """Somebody has read the code on its way and was faster; the state is still good."""
    where = national.goes_through(set_out(client), a_person())
    code = parse_qs(urlsplit(where).query)["code"][0]
    national.portal.codes[code].used = True
    is_told(client, comes_back(client, where), 422, "có thể vì lượt đã được dùng rồi")


def test_a_code_of_another_request(client: Client, national: National) -> None:
    """Put in by an attacker: the verifier doesn't fit (PKCE)."""
    other = parse_qs(urlsplit(national.goes_through(set_out(Client()), a_person())).query)["code"][0]
    where = national.goes_through(set_out(client), a_person())
    own = parse_qs(urlsplit(where).query)["code"][0]
    is_told(client, comes_back(client, where.replace(own, other)), 422, "không nhận lượt này")


def test_two_tabs_may_be_under_way(client: Client, national: National) -> None:
    first, second = set_out(client), set_out(client)
    assert comes_back(client, national.goes_through(first, a_person())).status_code == 302
    client.post("/tai-khoan/dang-xuat/")
    assert comes_back(client, national.goes_through(second, a_person())).status_code == 410  # a login forgets all else


# ---- what comes back isn't what it must be ----


@pytest.mark.parametrize(
    "wrong",
    [
        {"claims": {"nonce": "of-another-login"}},
        {"claims": {"nonce": None}},
        {"claims": {"iss": "https://another.example"}},
        {"claims": {"aud": "another-portal"}},
        {"claims": {"aud": ["motcua", "another-portal"]}},
        {"claims": {"aud": ["motcua", "another-portal"], "azp": "another-portal"}},
        {"claims": {"azp": "another-portal"}},
        {"claims": {"exp": 1_000_000_000}},
        {"claims": {"exp": None}},
        {"claims": {"iat": 4_000_000_000}},
        {"claims": {"sub": None}},
        {"claims": {"sub": 17}},
        {"claims": {"at_hash": "bm9ib2R5IGtub3dzIGl0"}},
        {"forged": True},
    ],
    ids=str,
)
def test_an_id_token_that_proves_nothing(client: Client, national: National, wrong: dict[str, Any]) -> None:
    national.fails("id_token", **wrong)
    is_told(client, logs_in(client, national, a_person()), 400, "không khớp với lượt này")
    assert Event.objects.get(act="account.login_refused").data == {"reason": "national"}


@pytest.mark.parametrize("kind", ["none", "HS256", "missing", "nonsense", "no object"])
def test_a_token_of_another_kind(
    client: Client, national: National, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Unsigned; signed with what everybody knows (our public key as a secret); or no token at all."""
    good = national.portal.exchange

    def exchange(asked: dict[str, str]) -> dict[str, Any]:
        found = good(asked)
        claims = json.loads(base64.urlsafe_b64decode(found["id_token"].split(".")[1] + "=="))
        secret = national.portal.key.as_pem(private=False)
        tokens = {
            "none": _signed(claims, "none", b""), "missing": None, "nonsense": "a.b.c", "no object": ["x"],
            "HS256": _signed(claims, "HS256", secret),
        }  # fmt: skip
        return found | {"id_token": tokens[kind]}

    monkeypatch.setattr(national.portal, "exchange", exchange)
    is_told(client, logs_in(client, national, a_person()), 400, "không khớp với lượt này")


def _signed(claims: dict[str, Any], algorithm: str, secret: bytes) -> str:
    """By hand: a library refuses to make such tokens."""
    parts = (json.dumps(part).encode() for part in ({"alg": algorithm}, claims))
    text = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
    signature = hmac.digest(secret, text.encode(), "sha256") if secret else b""
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def test_a_return_that_names_another_portal(client: Client, national: National) -> None:
    national.fails("return", query={"iss": "https://another.example"})
    is_told(client, logs_in(client, national, a_person()), 400, "không khớp với lượt này")


def test_a_return_that_names_no_portal_though_it_should(client: Client, national: National) -> None:
    national.fails("return", query={"iss": None})
    is_told(client, logs_in(client, national, a_person()), 400, "không khớp với lượt này")


def test_user_info_about_somebody_else(client: Client, national: National, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"sub": "somebody-else", **a_person().claims()}
    monkeypatch.setattr(national.portal, "userinfo", lambda _: said)
    is_told(client, logs_in(client, national, a_person()), 400, "không khớp với lượt này")


def test_a_new_signing_key_is_fetched(client: Client, national: National, tmp_path: Any) -> None:
    from motcua.config.peers.national.portal import _key

    logs_in(Client(), national, a_person())
    national.portal.key = _key(tmp_path / "new")
    assert logs_in(client, national, a_person()).status_code == 302


# ---- the person, or the portal, says no ----


def test_the_person_presses_cancel(client: Client, national: National) -> None:
    where = set_out(client, f"{START}?next=/ho-so/NH-1/")
    answer = comes_back(client, national.goes_through(where, a_person(), cancels=True))
    is_told(client, answer, 200, "đã bấm dừng")
    assert "next=%2Fho-so%2FNH-1%2F" in answer.content.decode()  # where they were going isn't lost


@pytest.mark.parametrize(
    ("error", "status"),
    [("temporarily_unavailable", 503), ("server_error", 503), ("invalid_request", 422), ("x" * 999, 422)],
)
def test_the_portal_answers_with_an_error(client: Client, national: National, error: str, status: int) -> None:
    national.fails("return", query={"error": error, "code": None})
    words = "đang bận hoặc tạm ngừng" if status == 503 else "không nhận lượt này"
    is_told(client, logs_in(client, national, a_person()), status, words)


# ---- it doesn't answer ----


def test_the_portal_is_down(client: Client, national: National, settings: Any) -> None:
    settings.NATIONAL = {**settings.NATIONAL, "issuer": "http://127.0.0.1:9"}
    is_told(client, client.get(START), 503, "chưa trả lời được")
    page = client.get(f"{START}?next=/ho-so/").content.decode()
    assert "?next=%2Fho-so%2F" in page


@pytest.mark.parametrize("kind", ["token", "jwks", "userinfo"])
def test_a_part_of_the_portal_is_down(client: Client, national: National, kind: str) -> None:
    national.fails(kind, status=503)
    is_told(client, logs_in(client, national, a_person()), 503, "chưa trả lời được")


def test_its_discovery_document_is_broken(client: Client, national: National, monkeypatch: pytest.MonkeyPatch) -> None:
    good = national.portal.metadata()
    for said in (
        {**good, "issuer": "https://another.example"},
        {**good, "token_endpoint": "http://elsewhere.example/token"},
        {**good, "authorization_endpoint": None},
        {},
    ):
        provider.forget()
        monkeypatch.setattr(national.portal, "metadata", lambda said=said: said)
        is_told(client, client.get(START), 503, "chưa trả lời được")


def test_it_is_slow(client: Client, national: National, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider, "TIMEOUT", (0.2, 0.2))
    national.fails("discovery", seconds=1)
    is_told(client, client.get(START), 503, "chưa trả lời được")


def test_a_portal_that_hangs_is_let_rest(client: Client, national: National, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as hanging:
        hanging.setattr(provider, "TIMEOUT", (0.2, 0.2))
        national.fails("discovery", seconds=1)
        assert client.get(START).status_code == 503
        hanging.setattr(provider, "get_json", _nobody_asks)
        assert client.get(START).status_code == 503
    national.portal.troubles.clear()
    monkeypatch.setattr(provider, "REST_SECONDS", 0)
    assert client.get(START).status_code == 302


def _nobody_asks(url: str, **_: object) -> dict[str, Any]:
    raise AssertionError(f"{url} was asked")


def test_a_portal_without_a_discovery_document(
    client: Client, national: National, settings: Any, tmp_path: Any
) -> None:
    written = tmp_path / "national.json"
    national.fails("discovery", status=404)
    settings.NATIONAL = {**settings.NATIONAL, "metadata": str(written)}
    assert client.get(START).status_code == 503  # there is no such file
    written.write_text(json.dumps(national.portal.metadata()))
    assert logs_in(client, national, a_person()).status_code == 302


def test_it_is_well_again(client: Client, national: National) -> None:
    national.fails("discovery", status=503, times=1)
    assert client.get(START).status_code == 503
    assert logs_in(client, national, a_person()).status_code == 302


def test_too_many_starts(client: Client, national: National, monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.accounts.flows import national as flow

    monkeypatch.setattr(flow, "STARTS_PER_HOUR", 1)
    assert client.get(START).status_code == 302
    is_told(client, client.get(START), 422, "quá nhiều lượt")


def test_the_log_holds_nothing_about_people(
    client: Client, national: National, caplog: pytest.LogCaptureFixture
) -> None:
    national.fails("id_token", claims={"nonce": "wrong"})
    where = national.goes_through(set_out(client), a_person())
    comes_back(client, where)
    code = parse_qs(urlsplit(where).query)["code"][0]
    assert "ID token" in caplog.text
    assert not any(secret in caplog.text for secret in (code, cast.AN_NUMBER, a_person().subject, "NGUYỄN"))


def test_a_portal_that_wants_the_secret_in_the_body(
    client: Client, national: National, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = national.portal.metadata() | {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    monkeypatch.setattr(national.portal, "metadata", lambda: said)
    assert logs_in(client, national, a_person()).status_code == 302
