"""Speak with the National portal: send a person there, take what they bring back, exchange it for signed words.

Authorization code with PKCE (S256), state, nonce, and `iss` where it is given. What a request says of a person or a
dossier is left with the portal beforehand (RFC 9126), so that it stands in no address and no browser's history.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import requests
from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from requests.auth import HTTPBasicAuth

from motcua.accounts.national import waiting
from motcua.accounts.national.errors import Cancelled, NationalTrouble, Refused, Unavailable, Untrusted
from motcua.accounts.national.provider import TIMEOUT, Provider, get_json, note_silence, provider
from motcua.accounts.national.tokens import Proven, prove

log = logging.getLogger(__name__)

RETURN_PATH = "/tai-khoan/cong-quoc-gia/ve/"  # registered with the National portal as the only way back
BUSY = {"temporarily_unavailable", "server_error"}


@dataclass(frozen=True)
class Request:
    """What the portal is asked for.

    Attributes:
        purpose: what the return is for; kept here.
        levels: `acr` values that would do, the best first.
        more: further parameters; these are left with the portal beforehand.
    """

    purpose: str
    scope: str
    levels: tuple[str, ...] = ()
    prompt: str = ""
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came back: the token, proven, and all claims, those of the user-info answer included."""

    token: Proven
    claims: dict[str, Any]
    kept: dict[str, Any]


def begin(session: SessionBase, request: Request, **kept: Any) -> str:
    """Remember the request; the address to send the person's browser to.

    Args:
        kept: what the return will want to know; stays here.

    Raises:
        NationalTrouble: not configured, no answer, refused.
    """
    known = provider()
    state, nonce, verifier = generate_token(32), generate_token(32), generate_token(64)
    asked = {"nonce": nonce, "acr_values": " ".join(request.levels), "prompt": request.prompt, **dict(request.more)}
    with _session(request.scope) as http:
        url: str = http.create_authorization_url(
            known.authorize,
            state=state,
            code_verifier=verifier,
            **{name: value for name, value in asked.items() if value},
        )[0]
        if request.more:
            url = _push(http, known, url)
    waiting.remember(session, state, purpose=request.purpose, nonce=nonce, verifier=verifier, **kept)
    return url


def finish(session: SessionBase, purpose: str, returned: Mapping[str, str]) -> Answer:
    """Take what the person came back with; once.

    Raises:
        NationalTrouble: any of `errors`.
    """
    kept = waiting.take(session, returned.get("state", ""), purpose)
    known = provider()
    code = _code(known, returned)
    with _session() as http:
        tokens = _exchange(http, known, code, kept["verifier"])
    access = str(tokens.get("access_token") or "")
    proven = prove(
        str(tokens.get("id_token") or ""), known,
        client_id=settings.NATIONAL["client_id"], nonce=kept["nonce"], access_token=access,
    )  # fmt: skip
    return Answer(proven, _more_claims(known, proven, access), kept)


def _session(scope: str = "") -> Any:
    ours = settings.NATIONAL
    return OAuth2Session(
        ours["client_id"], ours["client_secret"], scope=scope, redirect_uri=settings.BASE_URL + RETURN_PATH,
        code_challenge_method="S256", default_timeout=TIMEOUT,
    )  # fmt: skip


def _auth(known: Provider, http: Any) -> Any:
    """How we say who we are. RFC 6749 (2.3.1) wants name and secret encoded in a Basic header; Authlib doesn't."""
    if known.posted_secret:
        return http.client_auth("client_secret_post")
    ours = settings.NATIONAL
    return HTTPBasicAuth(quote(ours["client_id"], safe=""), quote(ours["client_secret"], safe=""))


def _push(http: Any, known: Provider, url: str) -> str:
    """Leave the request with the portal; the short address that names it.

    Raises:
        Refused: it has no place for it, or doesn't like it.
        Unavailable: no answer.
    """
    if not known.pushed:
        log.warning("National portal: it takes no pushed requests")
        raise Refused
    try:
        answer = http.post(
            known.pushed, data=url.partition("?")[2], withhold_token=True, allow_redirects=False,
            auth=_auth(known, http),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        said = answer.json() if answer.status_code < 500 else None
    except (requests.RequestException, ValueError) as trouble:
        raise _gone(trouble) from None
    if said is None:
        raise _gone(ValueError("server error"))
    if answer.status_code != 201 or not isinstance(said, dict) or not said.get("request_uri"):
        log.warning("National portal, pushed request: %s %s", answer.status_code, _word(said))
        raise Refused
    query = {"client_id": settings.NATIONAL["client_id"], "request_uri": said["request_uri"]}
    return f"{known.authorize}?{urlencode(query)}"


def _code(known: Provider, returned: Mapping[str, str]) -> str:
    """The one-time code of a return.

    Raises:
        Cancelled, Unavailable, Refused: instead of it.
        Untrusted: another portal's return.
    """
    issuer = returned.get("iss", "")
    if (issuer or known.names_itself) and issuer != known.issuer:
        log.warning("National portal: a return that names another issuer")
        raise Untrusted
    error = returned.get("error", "")
    if error == "access_denied":
        raise Cancelled
    if error or not returned.get("code"):
        log.warning("National portal, return: %s", error[:60] or "no code")
        raise Unavailable if error in BUSY else Refused
    return returned["code"]


def _exchange(http: Any, known: Provider, code: str, verifier: str) -> Mapping[str, Any]:
    """
    Raises:
        Refused: the code was used before, ran out, or belongs to another request.
        Unavailable: no answer.
    """
    try:
        found: Mapping[str, Any] = http.fetch_token(
            known.token, grant_type="authorization_code", code=code, code_verifier=verifier,
            auth=_auth(known, http), allow_redirects=False,
        )  # fmt: skip
    except OAuthError as trouble:
        log.warning("National portal, token: %s", trouble.error)
        raise (Unavailable if trouble.error in BUSY else Refused) from None
    except (requests.RequestException, ValueError) as trouble:
        raise _gone(trouble) from None
    return found


def _more_claims(known: Provider, proven: Proven, access_token: str) -> dict[str, Any]:
    """The token's claims with those of the user-info answer beneath them: what is signed counts more.

    Raises:
        Untrusted: the answer is about somebody else.
        Unavailable: no answer.
    """
    if not (known.userinfo and access_token):
        return proven.claims
    said = get_json(known.userinfo, headers={"Authorization": f"Bearer {access_token}"})
    if said.get("sub") != proven.claims["sub"]:
        log.warning("National portal: user info about another subject")
        raise Untrusted
    return said | proven.claims


def _gone(trouble: Exception) -> NationalTrouble:
    note_silence(trouble)
    log.warning("National portal: %s", type(trouble).__name__)
    return Unavailable()


def _word(said: Any) -> str:
    return str(said.get("error", ""))[:60] if isinstance(said, dict) else ""
