"""Have the National portal confirm what a person hands in: it shows them the digest, asks for a code, and signs.

The protocol is our own proposal: no public one exists (docs/integrator/national-portal.md).

    url = begin_confirmation(request.session, user=…, digest=…, what=…, return_path=…)   # redirect there
    … the person comes back to `return_path` with a query string …
    confirmed = finish_confirmation(request.session, user=…, returned=request.GET)       # keep it
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from motcua.accounts.models import User


@dataclass(frozen=True)
class Confirmed:
    """What the National portal has confirmed: this person said yes to this digest.

    Attributes:
        issuer: which portal; `subject` is the person's lasting name there.
        assurance: how sure it is of who said so: a value of `User.Assurance`.
        digest: SHA-256 in hexadecimal, as it was asked.
        at: when the person said so, by its clock.
        statement: its signed word, a JWS; keep it with `key`, the public key (JWK) that proves it, for later doubt.
    """

    issuer: str
    subject: str
    personal_number: str
    full_name: str
    assurance: str
    digest: str
    what: str
    at: datetime
    statement: str
    key: dict[str, Any]


def is_available() -> bool:
    """Whether this portal is connected to one that can confirm; asks nobody."""
    raise NotImplementedError


def begin_confirmation(session: SessionBase, *, user: User, digest: str, what: str, return_path: str) -> str:
    """Ask for a confirmation; the address to send the person's browser to.

    Talks over the network: not inside a transaction. A form that leads there needs the portal in `form-action`, which
    settings.PAGES_ELSEWHERE does.

    Args:
        digest: SHA-256 in hexadecimal (64 characters) of what is handed in.
        what: what the person is told they confirm, one line: "Hồ sơ thành lập hộ kinh doanh …". At most 200 letters.
        return_path: a path of this portal; the person comes back there with a query for `finish_confirmation`.

    Raises:
        NationalTrouble: it doesn't answer, refuses, or isn't configured; str() is for the person.
    """
    raise NotImplementedError


def finish_confirmation(session: SessionBase, *, user: User, returned: Mapping[str, str]) -> Confirmed:
    """Take what the person came back with; once. Whoever calls this compares `digest` with the present one.

    Args:
        returned: the query of the return, `request.GET`.

    Raises:
        NationalTrouble: cancelled, out of time, used before, not to be trusted, another person's account, no answer;
            str() is for the person.
    """
    raise NotImplementedError


def still_proves(statement: str, key: dict[str, Any], *, digest: str) -> bool:
    """Whether a kept statement is whole, signed by this key, and about this digest; however long ago it was made."""
    raise NotImplementedError
