"""Look-up by personal number: the number, a code to that person's phone. It never tells whether the number is known."""

from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase

from motcua.accounts import services
from motcua.accounts.flows import codes
from motcua.accounts.flows.codes import Sent
from motcua.accounts.flows.pending import FlowEnded, Pending
from motcua.accounts.models import Code, User
from motcua.accounts.queries import account, citizen_with_number, code_sent
from motcua.accounts.rules import CODE_TRIES, RESEND_SECONDS
from motcua.core.errors import BusinessError
from motcua.core.identity import normalise_number
from motcua.core.ratelimit import hit

STARTS_PER_HOUR = 10  # from one visitor


def pending(session: SessionBase) -> Pending:
    """The look-up begun in this session."""
    return Pending(session, "lookup")


def begin(session: SessionBase, number: str, *, visitor: str) -> None:
    """Send a code to the phone of this number's account, if there is one.

    Raises:
        BusinessError: too often, for this number or from this visitor.
    """
    if not hit("lookup.number", visitor, limit=STARTS_PER_HOUR, seconds=3600):
        raise BusinessError("Từ máy này đã có quá nhiều lượt tra cứu. Xin thử lại sau một giờ, hoặc gọi tổng đài.")
    number = normalise_number(number)
    user = citizen_with_number(number)
    known = user if user and user.is_active else None
    code = services.request_recovery_code(number, known, Code.Purpose.LOOKUP)
    pending(session).begin(code=str(code.pk), user=code.user_id, verified=False)


def sent(session: SessionBase) -> Sent:
    """What the page says of the code: the same words for every number.

    Raises:
        FlowEnded: none was sent, or it can't be used any more.
    """
    code = code_sent(pending(session).values()["code"])
    if code is None or code.used_at or code.tries >= CODE_TRIES:
        raise FlowEnded("Mã này không còn dùng được. Xin làm lại từ đầu")
    return Sent(code.channel, "", code.sent_at + timedelta(seconds=RESEND_SECONDS), "")


def confirm(session: SessionBase, typed: str) -> None:
    """Take the typed code.

    Raises:
        WrongCode, FlowEnded: see `codes.confirm`.
    """
    flow = pending(session)
    codes.confirm(flow, typed, user=account(flow.values()["user"] or 0))
    flow.keep(verified=True)


def verified(session: SessionBase) -> User:
    """Who has proved to be the person; only in this session, and for half an hour at most.

    Raises:
        FlowEnded: the code wasn't typed yet, or the time is over.
    """
    values = pending(session).values()
    user = account(values["user"] or 0)
    if not values["verified"] or user is None:
        raise FlowEnded("Chưa xác nhận mã. Xin làm lại từ đầu")
    return user
