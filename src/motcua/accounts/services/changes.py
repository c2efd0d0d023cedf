"""Change an account: its data, its addresses, its password."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.queries import recipient_of
from motcua.audit.services import record
from motcua.core.errors import BusinessError
from motcua.core.identity import check_personal_number, normalise_phone
from motcua.notifications.services import notify

PROFILE = ("full_name", "birth_date", "sex", "residence", "residence_detail")


@transaction.atomic
def change_profile(user: User, values: Mapping[str, Any], *, by: User) -> User:
    """Correct the person's data; the personal number stays, and must still agree with birth date and sex.

    Args:
        values: any of `PROFILE`.

    Raises:
        BusinessError: number, birth date and sex no longer agree.
    """
    user = _lock(user)
    changed = [name for name in PROFILE if name in values and getattr(user, name) != values[name]]
    if not changed:
        return user
    for name in changed:
        setattr(user, name, values[name])
    if trouble := check_personal_number(user.personal_number or "", birth_date=user.birth_date, sex=user.sex):
        raise BusinessError(trouble)
    user.save(update_fields=changed)
    record("account.changed", subject_kind="account", subject_ref=str(user.pk), actor=by, fields=changed)
    return user


@transaction.atomic
def change_phone(user: User, phone: str, *, by: User) -> User:
    """Take over a new phone, to which a code was sent and typed; the old one is told."""
    user = _lock(user)
    before = recipient_of(user)
    user.phone, user.phone_verified_at = normalise_phone(phone), timezone.now()
    user.save(update_fields=["phone", "phone_verified_at"])
    record("account.phone_verified", subject_kind="account", subject_ref=str(user.pk), actor=by)
    _tell("contact_changed", user, before, what="số điện thoại")
    return user


@transaction.atomic
def change_email(user: User, email: str, *, by: User) -> User:
    """Take over a new email address, to which a code was sent and typed; an empty one removes it.

    The old address is told.
    """
    user = _lock(user)
    before = recipient_of(user)
    user.email, user.email_verified_at = email, timezone.now() if email else None
    user.save(update_fields=["email", "email_verified_at"])
    record("account.email_verified", subject_kind="account", subject_ref=str(user.pk), actor=by, removed=not email)
    _tell("contact_changed", user, before, what="địa chỉ thư điện tử")
    return user


@transaction.atomic
def change_password(user: User, password: str, *, by: User) -> User:
    """Set a new password; every other session of the account ends by it."""
    return _set_password(user, password, "account.password_changed", by)


@transaction.atomic
def reset_password(user: User, password: str, *, by: User) -> User:
    """Set a new password in place of a forgotten one; every session of the account ends by it."""
    return _set_password(user, password, "account.password_reset", by)


def _set_password(user: User, password: str, act: str, by: User) -> User:
    user = _lock(user)
    user.set_password(password)
    user.save(update_fields=["password"])
    event = record(act, subject_kind="account", subject_ref=str(user.pk), actor=by)
    notify(
        "password_changed",
        recipient_of(user),
        key=f"password_changed:{user.pk}:{event.pk}",
        about=("account", str(user.pk)),
        at=event.at,
    )
    return user


def _tell(template: str, user: User, before: Any, **context: Any) -> None:
    notify(
        template,
        before,
        key=f"{template}:{user.pk}:{timezone.now().timestamp():.0f}",
        about=("account", str(user.pk)),
        at=timezone.now(),
        **context,
    )


def _lock(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)
