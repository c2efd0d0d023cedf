"""One-time codes: 6 digits, 5 minutes, 5 tries, once; a new one after a minute, at most 5 an hour."""

import uuid
from datetime import timedelta
from enum import Enum

from allauth.core.internal.cryptokit import generate_user_code
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from procrastinate.contrib.django import app

from motcua.accounts.models import Code, User
from motcua.accounts.rules import (
    CODE_DIGITS,
    CODE_SECONDS,
    CODE_TRIES,
    CODES_PER_HOUR,
    RECOVERIES_PER_DAY,
    RESEND_SECONDS,
    digits_typed,
)
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import DAY, hit
from motcua.core.words import say
from motcua.notifications.services import Recipient, notify


class Verdict(Enum):
    """What became of a typed code."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    SPENT = "spent"  # used before, or wrong too often: only a new start helps


class TooManyCodes(BusinessError):
    """So many codes went to this address that one more would be a nuisance, or is an attack."""


def send_code(
    purpose: Code.Purpose, *, user: User | None = None, phone: str = "", email: str = "", channel: str = ""
) -> Code:
    """Make a code and send it by SMS, or by email if there is no phone or `channel` says so.

    Raises:
        TooManyCodes: more than 5 within the hour.
    """
    channel = channel or (Code.Channel.SMS if phone else Code.Channel.EMAIL)
    _count(purpose, phone if channel == Code.Channel.SMS else email)
    with transaction.atomic():
        now = timezone.now()
        code = Code.objects.create(
            purpose=purpose, user=user, phone=phone, email=email, channel=channel,
            sent_at=now, expires_at=now + timedelta(seconds=CODE_SECONDS),
        )  # fmt: skip
        _send(code)
    return code


HIDDEN = {Code.Purpose.RECOVER, Code.Purpose.LOOKUP}  # where nobody may learn whether a number has an account


def request_recovery_code(number: str, user: User | None, purpose: Code.Purpose = Code.Purpose.RECOVER) -> Code:
    """Begin a recovery, or a look-up, for a number that may have no account.

    The same rows and the same job either way, and the digits are made in the job: neither answer nor time tells whether
    the account exists.

    Raises:
        TooManyCodes: more than 5 within the hour for this number.
    """
    _count(purpose, number)
    now = timezone.now()
    with transaction.atomic():
        code = Code.objects.create(
            purpose=purpose,
            user=user,
            phone=user.phone if user and user.phone_verified_at else "",
            email=user.email if user and user.email_verified_at else "",
            sent_at=now,
            expires_at=now + timedelta(seconds=CODE_SECONDS),
        )
        _defer_digits(code)
    return code


def send_again(code_id: uuid.UUID, *, channel: str = "", counted_as: str = "") -> Code:
    """New digits in place of the old ones, by the same channel or another; the tries already made stay counted.

    Args:
        counted_as: the number by which the flow was begun, where its address must not be known; so that beginning it
            again and again brings nobody more messages than one beginning would.

    Raises:
        BusinessError: less than a minute after the last one, or no such address.
        TooManyCodes: more than 5 within the hour.
    """
    code = Code.objects.get(pk=code_id)
    channel = channel or code.channel
    address = code.phone if channel == Code.Channel.SMS else code.email
    hidden = code.purpose in HIDDEN
    if not address and not hidden:
        raise BusinessError("Tài khoản này chưa có địa chỉ thư điện tử đã xác nhận")
    if channel == code.channel:
        _wait(code)
    _count(code.purpose, counted_as or (str(code.pk) if hidden else address))
    with transaction.atomic():
        code = Code.objects.select_for_update().get(pk=code_id)
        code.channel = channel
        code.sent_at = timezone.now()
        code.expires_at = code.sent_at + timedelta(seconds=CODE_SECONDS)
        code.save(update_fields=["channel", "sent_at", "expires_at"])
        if hidden:
            _defer_digits(code)
        else:
            _send(code)
    return code


@transaction.atomic
def make_digits(code_id: str, channel: str) -> None:
    """The job behind a recovery: make and send the digits, or nothing if there is nobody to send them to.

    Args:
        channel: as it was when the job was made; the person may have asked for another since.
    """
    code = Code.objects.select_for_update().filter(pk=code_id, used_at=None).first()
    if code is None or code.user_id is None or code.channel != channel:
        return
    if not (code.phone if code.channel == Code.Channel.SMS else code.email):
        return
    _send(code)


@transaction.atomic
def check_code(code_id: uuid.UUID, typed: str, *, used_for: str = "") -> Verdict:
    """Judge a typed code; the right one is used up by it.

    Args:
        used_for: hash of the request that brings it; the very same request once more within a minute (a double click)
            is answered the same way.
    """
    code = Code.objects.select_for_update().filter(pk=code_id).first()
    if code is None:
        return Verdict.SPENT
    now = timezone.now()
    if code.used_at:
        twice = used_for and code.used_for == used_for and now - code.used_at < timedelta(minutes=1)
        return Verdict.RIGHT if twice else Verdict.SPENT
    if code.tries >= CODE_TRIES:
        return Verdict.SPENT
    if now >= code.expires_at:
        return Verdict.EXPIRED
    if not (code.digest and constant_time_compare(code.digest, _digest(code, digits_typed(typed)))):
        code.tries += 1
        code.save(update_fields=["tries"])
        return Verdict.SPENT if code.tries >= CODE_TRIES else Verdict.WRONG
    code.used_at, code.used_for = now, used_for
    code.save(update_fields=["used_at", "used_for"])
    return Verdict.RIGHT


def clear_codes() -> int:
    """Delete the codes that ran out a day ago; how many."""
    return Code.objects.filter(expires_at__lt=timezone.now() - timedelta(days=1)).delete()[0]


def _count(purpose: str, address: str) -> None:
    # For each purpose apart: a stranger who types somebody's phone while registering must not use up her logins.
    if not hit(f"code.{purpose}", address, limit=CODES_PER_HOUR, seconds=3600):
        raise TooManyCodes(
            say(
                "Đã gửi {most} mã trong vòng một giờ. Xin thử lại sau một giờ, hoặc gọi tổng đài để được giúp",
                most=CODES_PER_HOUR,
            )
        )
    if purpose == Code.Purpose.RECOVER and not hit("code.day", address, limit=RECOVERIES_PER_DAY, seconds=DAY):
        raise TooManyCodes(
            "Hôm nay đã có quá nhiều lượt lấy lại mật khẩu cho số này. Xin thử lại vào ngày mai, hoặc đến quầy"
        )


def _wait(code: Code) -> None:
    waited = (timezone.now() - code.sent_at).total_seconds()
    if waited < RESEND_SECONDS:
        raise BusinessError(
            say("Mã vừa được gửi. Xin chờ {seconds} giây rồi gửi lại", seconds=int(RESEND_SECONDS - waited) + 1)
        )


def _send(code: Code) -> None:
    digits = generate_user_code(length=CODE_DIGITS, numeric=True, dashed=False)
    code.digest = _digest(code, digits)
    code.sends += 1
    code.save(update_fields=["digest", "sends"])
    by_sms = code.channel == Code.Channel.SMS
    notify(
        "account_code",
        Recipient(phone=code.phone) if by_sms else Recipient(email=code.email),
        key=f"code:{code.pk}:{code.sends}",
        secret=True,
        code=digits,
        minutes=CODE_SECONDS // 60,
    )


def _defer_digits(code: Code) -> None:
    app.configure_task("accounts.make_digits", queue="messages").defer(code_id=str(code.pk), channel=code.channel)


def _digest(code: Code, digits: str) -> str:
    return salted_hmac("motcua.accounts.code", f"{code.pk}:{digits}", algorithm="sha256").hexdigest()
