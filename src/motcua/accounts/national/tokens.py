"""Whether an ID token is what it must be (OpenID Connect Core 1.0, 3.1.3.7)."""

import hmac
import logging
from dataclasses import dataclass
from typing import Any

from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, import_key
from joserfc.jws import extract_compact

from motcua.accounts.national.errors import Untrusted
from motcua.accounts.national.provider import Provider, signing_keys

log = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]  # no "none", no HMAC
LEEWAY = 60  # seconds that two clocks may differ


@dataclass(frozen=True)
class Proven:
    """A token that has stood every check.

    Attributes:
        key: the public key (JWK) that proves it.
    """

    claims: dict[str, Any]
    raw: str
    key: dict[str, Any]


def prove(raw: str, known: Provider, *, client_id: str, nonce: str, access_token: str = "") -> Proven:
    """Judge a token: signed by this portal, for us, for this one request, now.

    Raises:
        Untrusted: it isn't.
        Unavailable: the keys can't be had.
    """
    try:
        kid, algorithm = _header(raw)
        keys = _keys_with(known, kid)
        token = jwt.decode(raw, keys, algorithms=ALGORITHMS)
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": known.issuer},
            sub={"essential": True},
            aud={"essential": True, "value": client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(token.claims)
        _check_party(token.claims, client_id)
        _check_access_token(token.claims, access_token, algorithm)
    except (JoseError, ValueError, TypeError, AttributeError, KeyError) as trouble:
        log.warning("National portal, ID token: %s %s", type(trouble).__name__, getattr(trouble, "claim", ""))
        raise Untrusted from None
    key = keys.get_by_kid(kid) if kid else keys.keys[0]
    return Proven(dict(token.claims), raw, dict(key.as_dict(private=False)))


def is_signed_by(raw: str, key: dict[str, Any]) -> dict[str, Any] | None:
    """The claims of a kept token if it is whole and signed by this key, whatever the time; None if not."""
    try:
        return dict(jwt.decode(raw, import_key(key), algorithms=ALGORITHMS).claims)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _header(raw: str) -> tuple[str | None, str]:
    header = extract_compact(raw.encode()).headers()
    return header.get("kid"), str(header["alg"])


def _keys_with(known: Provider, kid: str | None) -> KeySet:
    """Its keys; fetched anew when it signs with one that we don't know yet."""
    keys = signing_keys(known)
    if kid is None:
        return keys
    try:
        keys.get_by_kid(kid)
    except (InvalidKeyIdError, ValueError):
        return signing_keys(known, anew=True)
    return keys


def _check_party(claims: dict[str, Any], client_id: str) -> None:
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise ValueError("made for another party")


def _check_access_token(claims: dict[str, Any], access_token: str, algorithm: str) -> None:
    said = claims.get("at_hash")
    if said and not hmac.compare_digest(create_half_hash(access_token, algorithm), str(said).encode()):
        raise ValueError("belongs to another access token")
