"""Have the National portal confirm what a person hands in: it shows them the digest, asks for a code, and signs.

The protocol is our own proposal: no public one exists (docs/integrator/national-portal.md).

    url = begin_confirmation(request.session, user=…, digest=…, what=…, return_path=…)   # redirect there
    … the person comes back to `return_path` with a query string …
    confirmed = finish_confirmation(request.session, user=…, returned=request.GET)       # keep it
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from motcua.accounts.models import NationalIdentity, User
from motcua.accounts.national import claims, client
from motcua.accounts.national.claims import NationalPerson
from motcua.accounts.national.errors import (
    NAME,
    NationalTrouble,
    NotConfigured,
    OtherPerson,
    Unsupported,
    Untrusted,
    Unverified,
)
from motcua.accounts.national.tokens import is_signed_by
from motcua.core.ratelimit import hit
from motcua.core.words import say

log = logging.getLogger(__name__)

PURPOSE = "confirm"
DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST_WHAT = 200
STARTS_PER_HOUR = 30  # of one person: each is a question to the National portal


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
    return bool(settings.NATIONAL["issuer"] and settings.NATIONAL["confirm_scope"])


def begin_confirmation(session: SessionBase, *, user: User, digest: str, what: str, return_path: str) -> str:
    """Ask for a confirmation; the address to send the person's browser to.

    Talks over the network: not inside a transaction. A form that leads there needs the portal in `form-action`, which
    settings.PAGES_ELSEWHERE does.

    Args:
        digest: SHA-256 in hexadecimal (64 characters) of what is handed in.
        what: what the person is told they confirm, one line: "Hồ sơ thành lập hộ kinh doanh …". At most 200 letters.
        return_path: a path of this portal; the person comes back there with a query for `finish_confirmation`.

    Raises:
        NationalTrouble: it doesn't answer, refuses, isn't configured, or was asked too often; str() is for the person.
    """
    if not is_available():
        raise NotConfigured
    if not DIGEST.fullmatch(digest) or not return_path.startswith("/") or return_path.startswith("//"):
        raise ValueError("a digest is 64 hexadecimal digits, a return path one of this portal")
    if not hit("national.confirm", str(user.pk), limit=STARTS_PER_HOUR, seconds=3600):
        raise NationalTrouble("Đã bắt đầu xác nhận quá nhiều lần. Xin thử lại sau một giờ")
    what = " ".join(what.split())[:LONGEST_WHAT]
    wanted = client.Request(
        PURPOSE,
        f"openid {settings.NATIONAL['confirm_scope']}",
        levels=tuple(reversed(settings.NATIONAL["levels"])),
        more=(("digest", digest), ("what", what)),
    )
    return client.begin(session, wanted, digest=digest, what=what, return_path=return_path, user=user.pk)


def finish_confirmation(session: SessionBase, *, user: User, returned: Mapping[str, str]) -> Confirmed:
    """Take what the person came back with; once. Whoever calls this compares `digest` with the present one.

    Args:
        returned: the query of the return, `request.GET`.

    Raises:
        NationalTrouble: cancelled, out of time, used before, not to be trusted, another person's account, no answer;
            str() is for the person.
    """
    answer = client.finish(session, PURPOSE, returned)
    kept, said = answer.kept, answer.token.claims
    person = claims.person(answer.claims, settings.NATIONAL["claims"], settings.NATIONAL["levels"])
    _check_same_person(user, person, kept["user"])
    if "confirmed_digest" not in said:  # in the signed token itself, not in any other answer
        raise Unsupported
    if said["confirmed_digest"] != kept["digest"]:
        log.warning("National portal: it confirmed another digest")
        raise Untrusted
    return Confirmed(
        issuer=person.issuer,
        subject=person.subject,
        personal_number=person.personal_number,
        full_name=person.full_name,
        assurance=person.assurance,
        digest=kept["digest"],
        what=kept["what"],
        at=_moment(said),
        statement=answer.token.raw,
        key=answer.token.key,
    )


def still_proves(statement: str, key: dict[str, Any], *, digest: str) -> bool:
    """Whether a kept statement is whole, signed by this key, and about this digest; however long ago it was made."""
    said = is_signed_by(statement, key)
    return said is not None and said.get("confirmed_digest") == digest


def _check_same_person(user: User, person: NationalPerson, began: int) -> None:
    """The account at the National portal is the one linked to this account, or bears its birth date; and its number.

    Raises:
        OtherPerson: neither, or somebody else began this here.
        Unverified: the portal doesn't answer for the number.
    """
    if not person.verified:
        raise Unverified
    links = NationalIdentity.objects.filter(issuer=person.issuer)
    if linked := links.filter(subject=person.subject).first():
        same = linked.user_id == user.pk
    else:
        same = user.birth_date == person.birth_date and not links.filter(user=user).exists()
    if began != user.pk or not same or user.personal_number != person.personal_number:
        raise OtherPerson(
            say(
                "Người xác nhận ở {name} không phải là người đang đăng nhập ở đây, nên xác nhận không "
                "được nhận. Xin xác nhận bằng tài khoản của chính ông/bà",
                name=NAME,
            )
        )


def _moment(said: Mapping[str, Any]) -> datetime:
    """When the person said yes: its own claim, else when the token was made."""
    return datetime.fromtimestamp(int(said.get("confirmed_at", said["iat"])), UTC)
