"""Log in as an officer: handle and password, then the code of an authenticator app; without one it is set up first."""

from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from django.contrib.auth import authenticate
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from motcua.accounts import services
from motcua.accounts.flows.login import count_tries, let_in
from motcua.accounts.flows.pending import FlowEnded, Pending, WrongCode
from motcua.accounts.models import User
from motcua.accounts.queries import account, has_authenticator, officer_with_handle
from motcua.accounts.rules import CODE_TRIES
from motcua.accounts.services.authenticators import matching_period
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit
from motcua.core.words import say

REFUSED = "Tên đăng nhập hoặc mật khẩu chưa đúng"
SPENT = say("Đã nhập sai mã {tries} lần. Để giữ an toàn, xin đăng nhập lại từ đầu", tries=CODE_TRIES)
CODES_PER_HOUR = 30  # wrong and right ones, for one officer


@dataclass(frozen=True)
class SetUp:
    """What an authenticator app needs: an address for the QR code, or the secret to type."""

    url: str
    secret: str


def pending(session: SessionBase) -> Pending:
    """The officer's login begun by this visitor."""
    return Pending(session, "officer")


def begin(request: HttpRequest, handle: str, password: str, *, visitor: str, next_url: str) -> bool:
    """Check handle and password; whether the officer has an authenticator already.

    Raises:
        BusinessError: not right, or tried too often.
    """
    handle = handle.strip().lower()
    count_tries(f"officer:{handle}", visitor)
    user = authenticate(request, handle=handle, password=password)
    if not isinstance(user, User):
        services.record_refusal(officer_with_handle(handle), "password")
        raise BusinessError(REFUSED)
    known = has_authenticator(user)
    pending(request.session).begin(
        user=user.pk, password=user.get_session_auth_hash(), wrong=0, next=next_url,
        secret="" if known else services.new_secret(),
    )  # fmt: skip
    return known


def officer(session: SessionBase) -> User:
    """Who has typed the right password, for this visitor.

    Raises:
        FlowEnded: nobody, or the password was changed since.
    """
    flow = pending(session)
    values = flow.values()
    user = account(values["user"])
    if user is None or not constant_time_compare(user.get_session_auth_hash(), values["password"]):
        flow.end()
        raise FlowEnded("Mật khẩu vừa được đổi. Xin đăng nhập lại")
    return user


def confirm(request: HttpRequest, typed: str, *, recovery: bool = False) -> str:
    """Take the app's code, or a recovery code, and let the officer in; where they were on the way to.

    Raises:
        WrongCode: wrong, or used before; they may try again.
        FlowEnded: wrong five times.
    """
    user = officer(request.session)
    flow = pending(request.session)
    next_url = str(flow.values()["next"])
    _count(user)
    check = services.check_recovery_code if recovery else services.check_authenticator
    if not check(user, typed):
        _refuse(flow, user)
    flow.end()
    let_in(request, user)
    return next_url


def set_up(session: SessionBase) -> SetUp:
    """What to show an officer without an authenticator.

    Raises:
        FlowEnded: nobody is about to set one up here.
    """
    user = officer(session)
    secret = pending(session).values()["secret"]
    if not secret or has_authenticator(user):
        raise FlowEnded("Tài khoản này đã có ứng dụng xác thực. Xin đăng nhập lại")
    return SetUp(url=get_adapter().build_totp_url(user, secret), secret=secret)


def finish_set_up(request: HttpRequest, typed: str) -> tuple[list[str], str]:
    """Take the first code of the new app, and let the officer in; the recovery codes, and where to.

    Raises:
        WrongCode, FlowEnded: as for `confirm`.
    """
    secret = set_up(request.session).secret
    user = officer(request.session)
    flow = pending(request.session)
    next_url = str(flow.values()["next"])
    _count(user)
    period = matching_period(secret, typed)
    if period is None:
        _refuse(flow, user)
    recovery_codes = services.set_authenticator(user, secret, by=user, used_period=period or 0)
    flow.end()
    let_in(request, user)
    return recovery_codes, next_url


def _count(user: User) -> None:
    if not hit("officer.code", str(user.pk), limit=CODES_PER_HOUR, seconds=3600):
        raise WrongCode("Đã thử quá nhiều lần. Tài khoản không bị khóa; xin thử lại sau một giờ")


def _refuse(flow: Pending, user: User) -> None:
    services.record_refusal(user, "authenticator")
    wrong = flow.values()["wrong"] + 1
    if wrong >= CODE_TRIES:
        flow.end()
        raise FlowEnded(SPENT)
    flow.keep(wrong=wrong)
    raise WrongCode(
        say(
            "Mã chưa đúng, hoặc đã dùng rồi. Xin chờ mã mới hiện trên ứng dụng; còn {left} lần thử",
            left=CODE_TRIES - wrong,
        )
    )
