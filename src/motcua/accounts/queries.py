"""Reads about accounts."""

from collections.abc import Collection, Sequence

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db.models import QuerySet
from django.utils import timezone

from motcua.accounts.models import Code, Complaint, NationalIdentity, User, ZaloCode
from motcua.core.identity import normalise_number
from motcua.notifications.services import Recipient


def recipient_of(user: User) -> Recipient:
    """Where messages for this person go: verified addresses only, and Zalo only if they chose it."""
    phone = user.phone if user.phone_verified_at else ""
    by_zalo = "zalo" in user.notice_ways
    return Recipient(
        phone=phone,
        email=user.email if user.email_verified_at else "",
        zalo=phone if by_zalo else "",
        zalo_user=user.zalo_user if by_zalo else "",
        ways=tuple(user.notice_ways),
    )


def can_reach(user: User, way: str) -> bool:
    """Whether there is a verified address for this way: "zalo", "sms", "email"."""
    by_phone = bool(user.phone and user.phone_verified_at)
    if way == "email":
        return bool(user.email and user.email_verified_at)
    return by_phone or (way == "zalo" and bool(user.zalo_user))


def ways_of(user: User) -> list[str]:
    """The ways by which news of dossiers comes to this person now: chosen, else SMS and email."""
    return list(user.notice_ways) or [way for way in ("sms", "email") if can_reach(user, way)]


def zalo_code_waits(user: User) -> bool:
    """Whether a code was given out that can still be written to the province's Zalo account."""
    return ZaloCode.objects.filter(user=user, expires_at__gt=timezone.now()).exists()


def citizen_with_number(number: str) -> User | None:
    """The citizen with this personal number, or None."""
    return User.objects.filter(kind=User.Kind.CITIZEN, personal_number=normalise_number(number)).first()


def officer_with_handle(handle: str) -> User | None:
    """The officer who logs in with this handle, or None."""
    return User.objects.filter(kind=User.Kind.OFFICER, handle=handle).first()


def account(pk: int) -> User | None:
    """An open account, or None."""
    return User.objects.filter(pk=pk, is_active=True).first()


def code_sent(code_id: str) -> Code | None:
    """A code by its id, to say where it went and when."""
    return Code.objects.filter(pk=code_id).first()


def national_identity(user: User, issuer: str) -> NationalIdentity | None:
    """The person's account at this National portal, or None."""
    return NationalIdentity.objects.filter(user=user, issuer=issuer).first()


def has_authenticator(user: User) -> bool:
    """Whether the officer has set up an authenticator app."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def authenticator_code(user: User) -> str:
    """Sample only: the code that the officer's app shows now; "" without an authenticator.

    Whoever calls this must have checked that the database is a sample: the code is the officer's proof.
    """
    return authenticator_codes([user.handle]).get(user.handle, "")


def authenticator_codes(handles: Sequence[str]) -> dict[str, str]:
    """Sample only, see `authenticator_code`: the codes of several officers by their login names, in one query."""
    authenticators = Authenticator.objects.filter(user__handle__in=handles, type=Authenticator.Type.TOTP)
    return {one.user.handle: _code_now(one) for one in authenticators.select_related("user")}


def _code_now(authenticator: Authenticator) -> str:
    period = int(timezone.now().timestamp()) // app_settings.TOTP_PERIOD
    # A code that was just used is refused; the next one is good already (the clock may be off by one period).
    period = max(period, int(authenticator.data.get("last_period", 0)) + 1)
    return str(format_hotp_value(hotp_value(decrypt(authenticator.data["secret"]), period)))


def complaints(desks: Collection[str] | None, most: int = 200) -> list[Complaint]:
    """Complaints about accounts for the administrators: the open ones, oldest first, then the newest answered.

    Args:
        desks: the codes of the agencies whose complaints are wanted; None: everybody's.
    """
    rows = _at(desks).select_related("user", "answered_by")
    waiting = list(rows.filter(outcome=Complaint.Outcome.OPEN).order_by("created_at")[:most])
    answered = rows.exclude(outcome=Complaint.Outcome.OPEN).order_by("-answered_at")
    return waiting + list(answered[: most - len(waiting)])


def _at(desks: Collection[str] | None) -> "QuerySet[Complaint]":
    return Complaint.objects.all() if desks is None else Complaint.objects.filter(desk__in=desks)


def complaint(ref: str, desks: Collection[str] | None) -> Complaint | None:
    """A complaint by its number; None if there is none, or another agency's desk answers it."""
    return _at(desks).select_related("user", "answered_by").filter(ref=ref).first()


def other_open_complaints(complaint: Complaint) -> int:
    """How many more complaints about the same account wait for an answer."""
    rows = Complaint.objects.filter(user=complaint.user_id, outcome=Complaint.Outcome.OPEN)
    return rows.exclude(pk=complaint.pk).count()
