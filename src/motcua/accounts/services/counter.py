"""Acts on the accounts of people who stand at a counter: open one for them, mend how they can be reached.

An account that is opened here has no password: the person chooses one with "Quên mật khẩu", by a code to their phone.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from motcua.accounts.models import User
from motcua.accounts.queries import citizen_with_number
from motcua.accounts.services.changes import change_phone, change_profile
from motcua.accounts.services.opening import open_citizen
from motcua.audit.services import record
from motcua.core.errors import BusinessError
from motcua.core.identity import normalise_phone, show_phone
from motcua.core.ratelimit import DAY, hit, left
from motcua.core.text import clean
from motcua.core.words import say
from motcua.places.models import Unit

LOOKS_PER_HOUR = 120  # of one officer: two people a minute come to no counter
PEOPLE_PER_PHONE = 4  # a day, at all counters: a family may share a phone, whoever gathers accounts may not
_PHONE = "account.counter_phone"


class PhoneTrouble(BusinessError):
    """This phone isn't taken for the person at the counter."""


@dataclass(frozen=True)
class OnCard:
    """Who stands at the counter: as their identity card says, and how they can be reached.

    `phone` may be a relative's: a family may share one. It is needed so that the agency can answer.
    """

    full_name: str
    personal_number: str
    birth_date: date
    sex: str  # User.Sex
    phone: str
    residence: str = ""  # the commune's code
    residence_detail: str = ""


@dataclass(frozen=True)
class Difference:
    """Something that the account says otherwise than the card."""

    label: str
    on_card: str
    in_account: str


def may_look_up(officer: User) -> bool:
    """Count that an officer asks for somebody by number, known or not; False: nobody serves so many people."""
    return hit("account.looked_up", str(officer.pk), limit=LOOKS_PER_HOUR, seconds=3600)


def look_up(number: str, *, by: User) -> User | None:
    """The account of who stands at the counter, or None. Its owner may ask who looked: kept once a day for each."""
    user = citizen_with_number(number)
    if user is not None and hit("account.looked_up.by", f"{user.pk}/{by.pk}", limit=1, seconds=DAY):
        record("account.looked_up", subject_kind="account", subject_ref=str(user.pk), actor=by)
    return user


def open_at_counter(card: OnCard, *, by: User) -> User:
    """Open an account for a person whose card the officer has seen; phone as they say it, no email, no password.

    Raises:
        AccountExists: there is one with this number.
        PhoneTrouble: the phone is the officer's own, or was given for many people today.
        BusinessError: the number doesn't fit birth date or sex.
    """
    _check_phone(card.phone, by)
    user = open_citizen(
        card.full_name, card.personal_number, card.birth_date, card.sex, card.phone, "", None,
        residence=card.residence or None, residence_detail=card.residence_detail, by=by,
    )  # fmt: skip
    _count_phone(user)
    return user


def _check_phone(phone: str, by: User) -> None:
    """Whoever holds the phone can set the account's password: it mustn't be whoever typed it in. A refusal is kept.

    Called outside a transaction, so that the refusal's record and the counter outlive it.

    Raises:
        PhoneTrouble: see above.
    """
    phone = normalise_phone(phone)
    if by.phone == phone:
        why = "số của chính cán bộ"
        text = say(
            "Đây là số của chính ông/bà. Nhập số của người nộp; nếu người nộp là người nhà dùng chung số này, "
            "xin để đồng nghiệp tiếp nhận."
        )
    elif not left(_PHONE, phone, limit=PEOPLE_PER_PHONE):
        why = "quá nhiều người trong ngày"
        text = say(
            "Hôm nay số này đã được ghi cho {most} người tại quầy. Nhập số khác, hoặc tiếp nhận vào ngày khác.",
            most=PEOPLE_PER_PHONE,
        )
    else:
        return
    record("account.counter_phone_refused", subject_kind="account", subject_ref=str(by.pk), actor=by, why=why)
    raise PhoneTrouble(text)


def _count_phone(user: User) -> None:
    hit(_PHONE, user.phone, limit=PEOPLE_PER_PHONE, seconds=DAY)


def correct_at_counter(
    user: User, *, phone: str, residence: str, residence_detail: str, saw_card: bool, by: User
) -> User:
    """Mend how a person can be reached, after their card was seen; the phone they had before is told.

    Name, number, birth date and sex are not the counter's to change.

    Raises:
        PhoneTrouble: the phone is the officer's own, or was given for many people today.
        BusinessError: the officer doesn't say that they saw the card.
    """
    if not saw_card:
        raise BusinessError("Xem thẻ căn cước của người nộp rồi đánh dấu vào ô “Đã xem thẻ căn cước”.")
    new_phone = phone if phone and normalise_phone(phone) != user.phone else ""
    if new_phone:
        _check_phone(new_phone, by)
    user = _correct(user, new_phone, residence, residence_detail, by)
    if new_phone:
        _count_phone(user)
    return user


@transaction.atomic
def _correct(user: User, new_phone: str, residence: str, residence_detail: str, by: User) -> User:
    fields = []
    if new_phone:
        user = change_phone(user, new_phone, by=by)
        fields.append("phone")
    lives = (residence, clean(residence_detail))
    if residence and lives != (user.residence_id, user.residence_detail):
        place = Unit.objects.get(pk=residence)
        user = change_profile(user, {"residence": place, "residence_detail": lives[1]}, by=by)
        fields.append("residence")
    if fields:
        record(
            "account.corrected_at_counter", subject_kind="account", subject_ref=str(user.pk), actor=by, fields=fields
        )  # fmt: skip
    return user


def differences(user: User, card: OnCard) -> list[Difference]:
    """What the account says otherwise than the card, for the officer to see; nothing is overwritten."""
    sexes = dict(User.Sex.choices)
    pairs = [
        ("Họ, chữ đệm, tên", clean(card.full_name), user.full_name),
        ("Ngày sinh", f"{card.birth_date:%d/%m/%Y}", f"{user.birth_date:%d/%m/%Y}" if user.birth_date else ""),
        ("Giới tính", str(sexes.get(card.sex, "")), str(sexes.get(user.sex, ""))),
        ("Điện thoại", show_phone(normalise_phone(card.phone)), show_phone(user.phone)),
    ]
    return [Difference(*pair) for pair in pairs if pair[1] != pair[2]]
