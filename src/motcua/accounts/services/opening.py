"""Open an account: by registering, by an officer, by the sample."""

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.queries import recipient_of
from motcua.accounts.services.authenticators import set_authenticator
from motcua.audit.services import record
from motcua.core.errors import BusinessError
from motcua.core.identity import check_personal_number, normalise_number, normalise_phone
from motcua.core.text import clean
from motcua.core.words import say
from motcua.notifications.services import notify
from motcua.places.models import Unit


class AccountExists(BusinessError):
    """There is an account with this personal number already."""


def register(
    *,
    full_name: str,
    personal_number: str,
    birth_date: date,
    sex: str,
    phone: str,
    email: str,
    password: str,
    email_verified: bool = False,
) -> User:
    """A person opens their own account, after the code to their phone was right (or, `email_verified`, to the email).

    Raises:
        AccountExists: somebody was first with this number.
        BusinessError: the number doesn't fit birth date or sex.
    """
    now = timezone.now()
    with transaction.atomic():
        user = _create_citizen(
            full_name, personal_number, birth_date, sex, password,
            phone=normalise_phone(phone),
            phone_verified_at=None if email_verified else now,
            email=email,
            email_verified_at=now if email_verified else None,
        )  # fmt: skip
        record("account.registered", subject_kind="account", subject_ref=str(user.pk), actor=user)
        _announce(user)
    return user


@transaction.atomic
def open_citizen(
    full_name: str,
    personal_number: str,
    birth_date: date,
    sex: str,
    phone: str,
    email: str,
    password: str | None,
    residence: Unit | str | None = None,
    residence_detail: str = "",
    *,
    by: User | None,
    verified: bool = True,
) -> User:
    """Open an account for a person: at the counter, or in the sample (`by` None).

    Args:
        password: None: the person chooses one later, by a code to their phone.
        residence: the commune or its code.
        verified: phone and email were seen to belong to the person.

    Raises:
        AccountExists: somebody was first with this number.
        BusinessError: the number doesn't fit birth date or sex.
    """
    now = timezone.now() if verified else None
    user = _create_citizen(
        full_name, personal_number, birth_date, sex, password,
        phone=normalise_phone(phone) if phone else "",
        phone_verified_at=now if phone else None,
        email=email,
        email_verified_at=now if email else None,
        residence_id=residence.pk if isinstance(residence, Unit) else residence,
        residence_detail=clean(residence_detail),
    )  # fmt: skip
    record("account.opened", subject_kind="account", subject_ref=str(user.pk), actor=by)
    if by is not None:
        _announce(user)
    return user


@transaction.atomic
def open_officer(
    handle: str, full_name: str, password: str, totp_secret: str | None = None, *, phone: str = "", by: User | None
) -> User:
    """Open an officer's account; without a secret they set up their authenticator at the first login.

    Args:
        handle: what they log in with: "chi.tt".
        totp_secret: base32, for the sample.
        phone: their own, which they then can't give for people at the counter.

    Raises:
        BusinessError: the handle is taken.
    """
    user = User(kind=User.Kind.OFFICER, handle=handle.strip().lower(), full_name=clean(full_name))
    user.phone = normalise_phone(phone) if phone else ""
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise BusinessError(
            say("Tên đăng nhập {handle} đã có người dùng. Xin chọn tên khác", handle=user.handle)
        ) from None
    record("officer.opened", subject_kind="account", subject_ref=str(user.pk), actor=by, handle=user.handle)
    if totp_secret:
        set_authenticator(user, totp_secret, by=by)
    return user


def _create_citizen(
    full_name: str, personal_number: str, birth_date: date, sex: str, password: str | None, **facts: object
) -> User:
    number = normalise_number(personal_number)
    if trouble := check_personal_number(number, birth_date=birth_date, sex=sex):
        raise BusinessError(trouble)
    user = User(
        full_name=clean(full_name), personal_number=number, birth_date=birth_date, sex=sex, **facts
    )  # fmt: skip
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        if User.objects.filter(personal_number=number).exists():
            raise AccountExists("Số định danh này đã có tài khoản") from None
        raise
    return user


def _announce(user: User) -> None:
    notify(
        "account_opened",
        recipient_of(user),
        key=f"account_opened:{user.pk}",
        about=("account", str(user.pk)),
        at=timezone.now(),
        url=f"{settings.BASE_URL}/tai-khoan/",
    )
