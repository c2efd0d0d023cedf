"""Log in as a citizen: personal number and password, then a code to the phone."""

from typing import Any

from django.contrib.auth import authenticate, login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from motcua.accounts import services
from motcua.accounts.flows import codes
from motcua.accounts.flows.pending import FlowEnded, Pending, forget_all
from motcua.accounts.models import Code, User
from motcua.accounts.queries import account, citizen_with_number
from motcua.accounts.services.codes import TooManyCodes
from motcua.core.errors import BusinessError
from motcua.core.identity import normalise_number
from motcua.core.ratelimit import forget, hit
from motcua.core.words import say

REFUSED = "Số định danh hoặc mật khẩu chưa đúng"
QUARTER = 15 * 60


def pending(session: SessionBase) -> Pending:
    """The login begun by this visitor."""
    return Pending(session, "login")


def begin(request: HttpRequest, number: str, password: str, *, visitor: str, next_url: str) -> None:
    """Check number and password, and send the code.

    Raises:
        BusinessError: not right (the same words whether the number is known or not), or tried too often.
    """
    number = normalise_number(number)
    count_tries(number, visitor)
    user = authenticate(request, number=number, password=password)
    if not isinstance(user, User):
        services.record_refusal(citizen_with_number(number), "password")
        raise BusinessError(REFUSED)
    forget("login.pair", f"{number}|{visitor}")
    code = _send(user)
    pending(request.session).begin(
        user=user.pk, password=user.get_session_auth_hash(), code=str(code.pk), next=next_url
    )


def confirm(request: HttpRequest, typed: str) -> str:
    """Take the typed code and let the person in; where they were on the way to.

    Raises:
        WrongCode, FlowEnded: see `codes.confirm`.
    """
    flow = pending(request.session)
    values = flow.values()
    user = account(values["user"])
    if user is None or not constant_time_compare(user.get_session_auth_hash(), values["password"]):
        flow.end()
        raise FlowEnded("Mật khẩu vừa được đổi. Xin đăng nhập lại")
    codes.confirm(flow, typed, user=user)
    flow.end()
    let_in(request, user)
    return str(values["next"])


def let_in(request: HttpRequest, user: User, *, way: str = "") -> None:
    """Start the session proper, under a new key: an old one may have been planted. What others began here goes.

    Args:
        way: see `services.record_login`.
    """
    forget_all(request.session)
    login(request, user, backend="motcua.accounts.backends.NumberBackend")
    services.record_login(user, way)


def count_tries(name: str, visitor: str) -> None:
    """Count a try with a password, for this name from this visitor, for this name, and for this visitor.

    The first is tight and lets nobody else be locked out; the second stops a guesser with many addresses; the third
    one password tried on many names. Nothing is ever locked: an hour later all is as before.

    Raises:
        BusinessError: tried too often.
    """
    limits: list[dict[str, Any]] = [
        {"bucket": "login.pair", "key": f"{name}|{visitor}", "limit": 10, "seconds": QUARTER},
        {"bucket": "login.name", "key": name, "limit": 50, "seconds": 3600},
        {"bucket": "login.visitor", "key": visitor, "limit": 200, "seconds": 3600},
    ]
    for words, limit in zip((say("15 phút"), say("một giờ"), say("một giờ")), limits, strict=True):
        if not hit(**limit):
            raise BusinessError(
                say("Đã thử quá nhiều lần. Tài khoản không bị khóa; xin thử lại sau {words}", words=words)
            )


def _send(user: User) -> Code:
    phone = user.phone if user.phone_verified_at else ""
    email = user.email if user.email_verified_at else ""
    if not (phone or email):
        raise BusinessError(
            "Tài khoản này chưa có số điện thoại đã xác nhận. Xin đến Bộ phận Một cửa gần nhất, mang theo thẻ căn cước"
        )
    try:
        return services.send_code(Code.Purpose.LOGIN, user=user, phone=phone, email=email)
    except TooManyCodes:
        if not (phone and email):
            raise
        return services.send_code(Code.Purpose.LOGIN, user=user, phone=phone, email=email, channel=Code.Channel.EMAIL)
