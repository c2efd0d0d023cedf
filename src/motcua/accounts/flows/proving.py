"""Proving to be the person behind a number, while nobody learns whether it is known: recovery and look-up share it."""

from datetime import timedelta

from django.utils.crypto import constant_time_compare

from motcua.accounts import services
from motcua.accounts.flows import codes
from motcua.accounts.flows.codes import Sent
from motcua.accounts.flows.pending import FlowEnded, Pending
from motcua.accounts.models import Code, User
from motcua.accounts.queries import account, citizen_with_number, code_sent
from motcua.accounts.rules import CODE_TRIES, RESEND_SECONDS
from motcua.core.identity import normalise_number


def begin(flow: Pending, number: str, purpose: Code.Purpose, **facts: str) -> None:
    """Send a code to the phone of this number's account, if there is one.

    Raises:
        BusinessError: too often, for this number.
    """
    number = normalise_number(number)
    user = citizen_with_number(number)
    user = user if user and user.is_active else None
    code = services.request_recovery_code(number, user, purpose)
    password = user.get_session_auth_hash() if user else ""
    flow.begin(code=str(code.pk), user=code.user_id, password=password, number=number, verified=False, **facts)


def sent(flow: Pending) -> Sent:
    """What the page says of the code: the same words for every number, so no masked address.

    Raises:
        FlowEnded: none was sent, or all tries are used up.
    """
    code = code_sent(flow.values()["code"])
    if code is None or code.used_at or code.tries >= CODE_TRIES:
        raise FlowEnded("Mã này không còn dùng được. Xin làm lại từ đầu")
    return Sent(code.channel, "", code.sent_at + timedelta(seconds=RESEND_SECONDS), "")


def confirm(flow: Pending, typed: str) -> None:
    """Take the typed code.

    Raises:
        WrongCode, FlowEnded: see `codes.confirm`.
    """
    codes.confirm(flow, typed, user=account(flow.values()["user"] or 0))
    flow.keep(verified=True)


def verified(flow: Pending) -> User:
    """Who has proved to be the person; only for this visitor, for half an hour at most, and not beyond a new password.

    Raises:
        FlowEnded: the code wasn't typed yet, the time is over, or the account has got a new password since.
    """
    values = flow.values()
    user = account(values["user"] or 0)
    if not values["verified"] or user is None:
        raise FlowEnded("Chưa xác nhận mã. Xin làm lại từ đầu")
    if not constant_time_compare(user.get_session_auth_hash(), values["password"]):
        raise FlowEnded("Mật khẩu vừa được đổi. Xin làm lại từ đầu")
    return user
