"""Where the National portal is, what it can do, which keys it signs with: from its own discovery document.

Both are kept in this process for an hour; a signature by an unknown key has the keys fetched anew.
"""

import json
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from motcua.accounts.national.errors import NotConfigured, Unavailable

log = logging.getLogger(__name__)

TIMEOUT = (3.05, 6)  # seconds to connect, and to wait for the answer: a person is waiting too
KEPT_SECONDS = 3600
REST_SECONDS = 10  # a portal that hangs isn't asked again for so long: its visitors would hold all our workers


@dataclass(frozen=True)
class Provider:
    """What the discovery document says (OpenID Connect Discovery 1.0).

    Attributes:
        pushed: where a request can be left beforehand (RFC 9126); empty if nowhere.
        names_itself: its returns carry `iss` (RFC 9207).
        posted_secret: it wants the secret in the body, not in the header.
    """

    issuer: str
    authorize: str
    token: str
    keys: str
    userinfo: str
    pushed: str
    end_session: str
    names_itself: bool
    posted_secret: bool


_kept: dict[str, tuple[float, Any]] = {}
_silent: dict[str, float] = {}  # issuer → when it didn't answer


def is_connected() -> bool:
    """Whether a National portal is configured; asks nobody."""
    return bool(settings.NATIONAL["issuer"])


def issuer() -> str:
    """The configured National portal's name, which is its address.

    Raises:
        NotConfigured: there is none.
    """
    found: str = settings.NATIONAL["issuer"]
    if not found:
        raise NotConfigured
    return found


def provider() -> Provider:
    """The configured National portal.

    Raises:
        NotConfigured: there is none.
        Unavailable: it doesn't answer, or not as the standard wants it.
    """
    name = issuer()
    if time.monotonic() - _silent.get(name, -REST_SECONDS) < REST_SECONDS:
        raise Unavailable
    found = _fresh(name)
    if found is None:
        found = _read(name, _discovered(name))
        _kept[name] = (time.monotonic(), found)
    assert isinstance(found, Provider)
    return found


def signing_keys(known: Provider, *, anew: bool = False) -> KeySet:
    """Its public keys.

    Raises:
        Unavailable: they can't be had.
    """
    found = None if anew else _fresh(known.keys)
    if found is None:
        try:
            found = KeySet.import_key_set(KeySetSerialization(keys=get_json(known.keys)["keys"]))
        except (JoseError, KeyError, TypeError, ValueError) as trouble:
            raise _unavailable(known.keys, trouble) from None
        _kept[known.keys] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Ask for everything anew next time."""
    _kept.clear()
    _silent.clear()


def note_silence(trouble: Exception) -> None:
    """Let it rest if it didn't answer at all."""
    if isinstance(trouble, requests.ConnectionError | requests.Timeout):
        _silent[issuer()] = time.monotonic()


def get_json(url: str, **options: Any) -> dict[str, Any]:
    """A JSON object.

    Raises:
        Unavailable: no answer, or another one.
    """
    try:
        answer = requests.get(url, timeout=TIMEOUT, allow_redirects=False, **options)
        answer.raise_for_status()
        found = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError) as trouble:
        raise _unavailable(url, trouble) from None
    if not isinstance(found, dict):
        raise _unavailable(url, ValueError("not an object"))
    return found


def _discovered(name: str) -> dict[str, Any]:
    """Its discovery document; for a portal that publishes none, the one that the operator wrote."""
    written = settings.NATIONAL["metadata"]
    if not written:
        return get_json(f"{name.rstrip('/')}/.well-known/openid-configuration")
    try:
        return dict(json.loads(Path(written).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as trouble:
        raise _unavailable(written, trouble) from None


def _fresh(name: str) -> Any:
    at, found = _kept.get(name, (0.0, None))
    return found if found is not None and time.monotonic() - at < KEPT_SECONDS else None


def _read(name: str, said: dict[str, Any]) -> Provider:
    if said.get("issuer") != name:  # somebody else's document
        raise _unavailable(name, ValueError("the discovery document names another issuer"))
    endpoints = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint",
                 "pushed_authorization_request_endpoint", "end_session_endpoint")  # fmt: skip
    found = {key: str(said.get(key) or "") for key in endpoints}
    if not all(found[key] for key in endpoints[:3]) or not all(_safe(url) for url in found.values() if url):
        raise _unavailable(name, ValueError("the discovery document lacks an address, or has an unsafe one"))
    methods = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Provider(
        issuer=name,
        authorize=found["authorization_endpoint"],
        token=found["token_endpoint"],
        keys=found["jwks_uri"],
        userinfo=found["userinfo_endpoint"],
        pushed=found["pushed_authorization_request_endpoint"],
        end_session=found["end_session_endpoint"],
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
        posted_secret="client_secret_basic" not in methods,
    )


def _safe(url: str) -> bool:
    """Codes and secrets travel to it: encrypted, or not at all beyond one's own machine."""
    return url.startswith("https://") or (settings.LOCAL and urlsplit(url).hostname in {"127.0.0.1", "localhost"})


def _unavailable(url: str, trouble: Exception) -> Unavailable:
    note_silence(trouble)
    log.warning("National portal, %s: %s", urlsplit(url)._replace(query="").geturl(), type(trouble).__name__)
    return Unavailable()
