"""The slip with which the National portal sends somebody over (phiếu chuyển): what was chosen there, and its number.

Signed with the client's secret (JWS, HS256), since an address could be written by anybody: a number that isn't the
National portal's own would make one dossier be found under another's. No public specification exists; this is a
proposal of ours (docs/integrator/national-portal.md).
"""

import hashlib
import logging
import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from motcua.accounts.national.tokens import LEEWAY

log = logging.getLogger(__name__)

KEY = "national_dossier"  # in the session: procedure → number there
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9.\-]{5,58}[A-Z0-9]")


@dataclass(frozen=True)
class Slip:
    """What was chosen there: procedure and agency by code, and the number under which it is known there."""

    procedure: str
    agency: str
    number: str


def read(raw: str) -> Slip | None:
    """A slip of the National portal, for us, in time; None for anything else."""
    secret = settings.NATIONAL["client_secret"]
    if not raw or not secret:
        return None
    try:
        claims = jwt.decode(raw, key_of(secret), algorithms=["HS256"]).claims
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": settings.NATIONAL["issuer"]},
            aud={"essential": True, "value": settings.NATIONAL["client_id"]},
            exp={"essential": True},
        ).validate(claims)
        slip = Slip(str(claims["thu_tuc"]), str(claims["co_quan"]), str(claims["ma_ho_so"]))
    except (JoseError, ValueError, TypeError, KeyError) as trouble:
        log.warning("National portal, slip: %s", type(trouble).__name__)
        return None
    return slip if NUMBER.fullmatch(slip.number) else None


def key_of(secret: str) -> OctKey:
    """The key of slips: SHA-256 of the client's secret, so that it is long enough for HS256 whatever the secret."""
    return OctKey.import_key(hashlib.sha256(secret.encode()).digest())


def keep(session: SessionBase, slip: Slip) -> None:
    """Remember the number until the dossier is begun."""
    session[KEY] = {slip.procedure: slip.number}


def take(session: SessionBase, procedure: str) -> str:
    """The number under which the National portal knows what is begun now, once; "" if it sent nobody."""
    found: str = session.get(KEY, {}).get(procedure, "")
    if found:
        del session[KEY]
    return found
