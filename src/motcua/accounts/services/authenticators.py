"""Officers' second thing to prove: the code of an authenticator app (TOTP), or a recovery code from paper.

The tables, the mathematics and the recovery codes are django-allauth's. Ours is the rule for replays: allauth remembers
a used code for one period, which with a tolerance for slow clocks would let it through again; here no code of the same
or an earlier period is ever taken after a later one.
"""

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from motcua.accounts.models import User
from motcua.accounts.rules import digits_typed
from motcua.audit.services import record

TOLERANCE = 1  # periods of 30 seconds that a phone's clock may be off, either way


def new_secret() -> str:
    """A fresh secret for an authenticator app, base32."""
    return str(generate_totp_secret())


def matching_period(secret: str, typed: str) -> int | None:
    """The 30-second period whose code this is, or None."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    for period in range(now - TOLERANCE, now + TOLERANCE + 1):
        if constant_time_compare(format_hotp_value(hotp_value(secret, period)), digits_typed(typed)):
            return period
    return None


@transaction.atomic
def set_authenticator(user: User, secret: str, *, by: User | None, used_period: int = 0) -> list[str]:
    """Take a secret for the officer's app, in place of an earlier one; the new recovery codes, shown only once.

    Args:
        used_period: of the code that proved the app works, so that it doesn't serve again.
    """
    Authenticator.objects.filter(
        user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    ).delete()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret), "last_period": used_period}
    )
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    record("account.authenticator_set", subject_kind="account", subject_ref=str(user.pk), actor=by)
    return codes


@transaction.atomic
def check_authenticator(user: User, typed: str) -> bool:
    """Whether this is the app's present code, and it was not used yet."""
    authenticator = Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return False
    period = matching_period(decrypt(authenticator.data["secret"]), typed)
    if period is None or period <= authenticator.data.get("last_period", 0):
        return False
    authenticator.data["last_period"] = period
    authenticator.last_used_at = timezone.now()
    authenticator.save(update_fields=["data", "last_used_at"])
    return True


@transaction.atomic
def check_recovery_code(user: User, typed: str) -> bool:
    """Whether this is one of the recovery codes not used yet; it is used up by it."""
    rows = Authenticator.objects.select_for_update()  # one code, typed twice at once, opens one door
    codes = rows.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return codes is not None and bool(RecoveryCodes(codes).validate_code(digits_typed(typed)))
