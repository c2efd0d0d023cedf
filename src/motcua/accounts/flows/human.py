"""Where the browser can't fill in "Mã xác nhận" by itself: a code to the phone of the person who is logged in."""

import uuid

from django.contrib.sessions.backends.base import SessionBase

from motcua.accounts import services
from motcua.accounts.flows.codes import EXPIRED, Sent, sent
from motcua.accounts.flows.pending import FlowEnded, Pending
from motcua.accounts.models import Code, User
from motcua.accounts.queries import recipient_of
from motcua.accounts.services import Verdict


def pending(session: SessionBase) -> Pending:
    """The check begun by this visitor."""
    return Pending(session, "human")


def begin(session: SessionBase, user: User) -> None:
    """Send a code, or the same one's new digits if one is on its way.

    Raises:
        BusinessError: too soon or too often.
    """
    flow = pending(session)
    if underway(session):
        services.send_again(uuid.UUID(flow.values()["code"]))
        return
    to = recipient_of(user)
    code = services.send_code(Code.Purpose.HUMAN, user=user, phone=to.phone, email=to.email)
    flow.begin(code=str(code.pk), user=user.pk)


def underway(session: SessionBase) -> Sent | None:
    """Where the code went; None if none is waiting to be typed."""
    try:
        return sent(pending(session))
    except FlowEnded:
        return None


def confirm(session: SessionBase, user: User, typed: str, *, used_for: str) -> str | None:
    """Judge the typed code: None if it is right, else what to tell the person.

    Args:
        used_for: hash of the request, see `services.check_code`.
    """
    try:
        values = pending(session).values()
    except FlowEnded:
        return "Mã này không còn dùng được. Xin bấm “Gửi mã xác nhận” để nhận mã mới"
    if values["user"] != user.pk:
        return "Mã này được gửi cho một tài khoản khác"
    verdict = services.check_code(uuid.UUID(values["code"]), typed, used_for=used_for)
    return {
        Verdict.RIGHT: None,
        Verdict.WRONG: "Mã xác nhận chưa đúng. Xin xem lại tin nhắn mới nhất",
        Verdict.EXPIRED: EXPIRED,
        Verdict.SPENT: "Mã này không còn dùng được. Xin bấm “Gửi mã xác nhận” để nhận mã mới",
    }[verdict]
