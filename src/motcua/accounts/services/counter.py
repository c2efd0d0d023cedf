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
from motcua.core.ratelimit import DAY, hit
from motcua.core.text import clean
from motcua.places.models import Unit

LOOKS_PER_HOUR = 120  # of one officer: two people a minute come to no counter


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
        BusinessError: the number doesn't fit birth date or sex.
    """
    return open_citizen(
        card.full_name, card.personal_number, card.birth_date, card.sex, card.phone, "", None,
        residence=card.residence or None, residence_detail=card.residence_detail, by=by,
    )  # fmt: skip


@transaction.atomic
def correct_at_counter(
    user: User, *, phone: str, residence: str, residence_detail: str, saw_card: bool, by: User
) -> User:
    """Mend how a person can be reached, after their card was seen; the phone they had before is told.

    Name, number, birth date and sex are not the counter's to change.

    Raises:
        BusinessError: the officer doesn't say that they saw the card.
    """
    if not saw_card:
        raise BusinessError("Xem thẻ căn cước của người nộp rồi đánh dấu vào ô “Đã xem thẻ căn cước”.")
    fields = []
    if phone and normalise_phone(phone) != user.phone:
        user = change_phone(user, phone, by=by)
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
