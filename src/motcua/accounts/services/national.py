"""Somebody comes in through the National portal: their account is found, linked, or opened.

Three rules hold it together. An account is linked only when the portal answers for the personal number and the birth
date agrees. What doesn't agree changes nothing: no account is taken over, none is opened beside another. And whoever
opened an account in somebody else's name before has no key to it any more once that person comes in (`_renew_keys`).
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.accounts.models import Code, NationalIdentity, User
from motcua.accounts.national.claims import NationalPerson
from motcua.accounts.national.errors import NAME, AccountClosed, OtherPerson, Unverified
from motcua.accounts.queries import recipient_of
from motcua.accounts.services.notices import forget_ways
from motcua.audit.services import record
from motcua.core.identity import mask_number
from motcua.core.words import say
from motcua.notifications.services import notify

LEVELS = [User.Assurance.BASIC.value, User.Assurance.MEDIUM.value, User.Assurance.HIGH.value]


@dataclass(frozen=True)
class Arrival:
    """Whose account it is, and what this coming has done to it."""

    user: User
    opened: bool = False
    linked: bool = False


def come_in(person: NationalPerson, *, here: User | None = None) -> Arrival:
    """The account of this person; whoever calls it lets them in.

    Args:
        here: who was logged in when they set out, in order to link: it must be their account.

    Raises:
        Unverified: the portal doesn't answer for the number.
        OtherPerson: the two accounts are not, or not surely, one person's.
        AccountClosed: the account here is closed.
    """
    try:
        return _come_in(person, here)
    except IntegrityError:
        return _come_in(person, here)  # they came in twice at once: the other one was first, and is found now


@transaction.atomic
def _come_in(person: NationalPerson, here: User | None) -> Arrival:
    if not person.verified:
        raise Unverified
    user = _account(person)
    identity = _identity(person)  # as it is once the account is ours: whoever came in before us may have linked it
    if here is not None and (user is None or user.pk != here.pk):
        raise OtherPerson(
            say(
                "Tài khoản ở {name} mang số định danh khác với tài khoản đang đăng nhập ở đây. Chưa có "
                "gì thay đổi. Xin dùng tài khoản của chính ông/bà ở cả hai nơi",
                name=NAME,
            )
        )
    opened = user is None
    user = user or _open(person)
    _refuse(person, user, linked=identity is not None)
    if identity is None:
        renewed = not (opened or here or _is_surely_theirs(person, user))
        identity = _link(person, user, told=not opened)
        if renewed:
            _renew_keys(person, user)
        arrival = Arrival(user, opened=opened, linked=not opened)
    else:
        arrival = Arrival(user)
    identity.last_login_at = timezone.now()
    identity.save(update_fields=["last_login_at"])
    _raise_assurance(user, person.assurance)
    return arrival


def _identity(person: NationalPerson) -> NationalIdentity | None:
    return NationalIdentity.objects.filter(issuer=person.issuer, subject=person.subject).first()


def _account(person: NationalPerson) -> User | None:
    """Whose it is by the link, else by the number. Locked, and nothing else is: two who come at once can't cross."""
    accounts = User.objects.select_for_update(of=("self",)).filter(kind=User.Kind.CITIZEN)
    if identity := _identity(person):
        return accounts.get(pk=identity.user_id)
    return accounts.filter(personal_number=person.personal_number).first()


def _refuse(person: NationalPerson, user: User, *, linked: bool) -> None:
    """
    Raises:
        AccountClosed, OtherPerson: see `come_in`.
    """
    if not user.is_active:
        raise AccountClosed
    if user.personal_number != person.personal_number:
        raise OtherPerson(
            say(
                "Tài khoản ở {name} đã liên kết với một tài khoản mang số định danh {number}, nay lại "
                "mang số khác. Chưa có gì thay đổi. Xin gọi tổng đài, hoặc đến Bộ phận Một cửa, mang "
                "theo thẻ căn cước",
                name=NAME,
                number=mask_number(user.personal_number or ""),
            )
        )
    if linked:
        return  # whoever has mended a birth date here since then still gets in
    if user.birth_date != person.birth_date:
        raise OtherPerson(
            say(
                "Số định danh này đã có tài khoản ở cổng, nhưng ngày sinh ở đây khác ngày sinh ở {name}. "
                "Chưa có gì thay đổi. Xin đăng nhập bằng tài khoản của cổng và xem lại ngày sinh, hoặc "
                "đến Bộ phận Một cửa, mang theo thẻ căn cước",
                name=NAME,
            )
        )
    if NationalIdentity.objects.filter(issuer=person.issuer, user=user).exists():
        raise OtherPerson(
            say(
                "Số định danh này đã liên kết với một tài khoản khác ở {name}. Chưa có gì thay đổi. Xin "
                "đăng nhập ở đó bằng tài khoản đã liên kết, hoặc gọi tổng đài",
                name=NAME,
            )
        )


def _open(person: NationalPerson) -> User:
    """An account with the portal's data; no password: they come in through the portal, or have one set later."""
    now = timezone.now()
    user = User(
        full_name=person.full_name, personal_number=person.personal_number, birth_date=person.birth_date,
        sex=person.sex, phone=person.phone, phone_verified_at=now if person.phone else None,
        email=person.email, email_verified_at=now if person.email else None,
    )  # fmt: skip
    user.set_unusable_password()
    user.save()
    record("account.opened_by_national", subject_kind="account", subject_ref=str(user.pk), actor=user)
    notify(
        "account_opened", recipient_of(user), key=f"account_opened:{user.pk}", about=("account", str(user.pk)),
        at=now, url=f"{settings.BASE_URL}/tai-khoan/",
    )  # fmt: skip
    return user


def _link(person: NationalPerson, user: User, *, told: bool) -> NationalIdentity:
    """Link, and tell the person: somebody who isn't them would have come in by it."""
    identity = NationalIdentity.objects.create(user=user, issuer=person.issuer, subject=person.subject)
    event = record("account.national_linked", subject_kind="account", subject_ref=str(user.pk), actor=user)
    if told:
        notify(
            "account_linked", recipient_of(user), key=f"account_linked:{user.pk}:{event.pk}",
            about=("account", str(user.pk)), at=event.at,
        )  # fmt: skip
    return identity


def _is_surely_theirs(person: NationalPerson, user: User) -> bool:
    """Whether the one who opened the account is the one who has come.

    Anybody can type somebody's number and birth date. So it is theirs if they were once identified here, or if a phone
    or an email that was proven here is the one that was proven there.
    """
    known = recipient_of(user)
    same_phone, same_email = person.phone == known.phone, person.email.lower() == known.email.lower()
    shared = bool(person.phone and same_phone) or bool(person.email and same_email)
    return shared or user.assurance != User.Assurance.BASIC


def _renew_keys(person: NationalPerson, user: User) -> None:
    """Take password, phone and email from whoever opened the account, and give it those that the portal answers for.

    Every session ends by it, and every code on its way. The old addresses were told of the link, the new ones are too.
    """
    now = timezone.now()
    user.set_unusable_password()
    user.full_name, user.sex = person.full_name, person.sex
    user.phone, user.phone_verified_at = person.phone, now if person.phone else None
    user.email, user.email_verified_at = person.email, now if person.email else None
    user.save(
        update_fields=["password", "full_name", "sex", "phone", "phone_verified_at", "email", "email_verified_at"]
    )
    Code.objects.filter(user=user).delete()
    forget_ways(user)
    event = record("account.keys_renewed", subject_kind="account", subject_ref=str(user.pk), actor=user)
    notify(
        "account_keys_renewed", recipient_of(user), key=f"account_keys_renewed:{user.pk}:{event.pk}",
        about=("account", str(user.pk)), at=event.at,
    )  # fmt: skip


def _raise_assurance(user: User, assurance: str) -> None:
    """Never down: who has once proved who they are stays that person."""
    if LEVELS.index(assurance) <= LEVELS.index(user.assurance):
        return
    before, user.assurance = user.get_assurance_display(), assurance
    user.save(update_fields=["assurance"])
    record(
        "account.assurance_raised", subject_kind="account", subject_ref=str(user.pk), actor=user,
        before=before.lower(), after=user.get_assurance_display().lower(),
    )  # fmt: skip
