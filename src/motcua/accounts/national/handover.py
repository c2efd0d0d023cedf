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
from django.utils import timezone
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from motcua.accounts.national.tokens import LEEWAY

log = logging.getLogger(__name__)

KEY = "national_dossier"  # in the session: procedure, number there, until when
KEPT_SECONDS = 3600  # somebody opens an account first; the next one at a shared computer isn't given the number
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9.\-]{5,58}[A-Z0-9]")


@dataclass(frozen=True)
class Slip:
    """What was chosen there: procedure and agency by code, and the number under which it is known there."""

    procedure: str
    agency: str
    number: str


def read(raw: str) -> Slip | None:
    """A slip of the National portal, for us, in time; None for anything else."""
    ours = settings.NATIONAL
    if not (raw and ours["issuer"] and ours["client_secret"]):
        return None
    try:
        claims = jwt.decode(raw, key_of(ours["client_secret"]), algorithms=["HS256"]).claims
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": ours["issuer"]},
            aud={"essential": True, "value": ours["client_id"]},
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
    until = timezone.now().timestamp() + KEPT_SECONDS
    session[KEY] = {"procedure": slip.procedure, "number": slip.number, "until": until}


def take(session: SessionBase, procedure: str) -> str:
    """The number under which the National portal knows what is begun now, once; "" if it sent nobody lately."""
    found = session.get(KEY)
    if not found or found.get("procedure") != procedure:
        return ""
    del session[KEY]
    return str(found["number"]) if timezone.now().timestamp() < found["until"] else ""
