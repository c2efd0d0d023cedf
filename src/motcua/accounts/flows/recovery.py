"""A forgotten password: the number, a code to the phone, a new password. It never tells whether the number is known."""

from django.contrib.sessions.backends.base import SessionBase

from motcua.accounts import services
from motcua.accounts.flows import proving
from motcua.accounts.flows.codes import Sent
from motcua.accounts.flows.pending import Pending
from motcua.accounts.models import Code, User
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit

STARTS_PER_HOUR = 30  # from one visitor


def pending(session: SessionBase) -> Pending:
    """The recovery begun by this visitor."""
    return Pending(session, "recovery")


def begin(session: SessionBase, number: str, *, visitor: str, next_url: str) -> None:
    """Send a code to the phone of this number's account, if there is one.

    Raises:
        BusinessError: too often, for this number or from this visitor.
    """
    if not hit("recovery", visitor, limit=STARTS_PER_HOUR, seconds=3600):
        raise BusinessError("Từ máy này đã có quá nhiều lượt lấy lại mật khẩu. Xin thử lại sau một giờ")
    proving.begin(pending(session), number, Code.Purpose.RECOVER, next=next_url)


def sent(session: SessionBase) -> Sent:
    """What the page says of the code (`proving.sent`)."""
    return proving.sent(pending(session))


def confirm(session: SessionBase, typed: str) -> None:
    """Take the typed code; the new password comes next (`proving.confirm`)."""
    proving.confirm(pending(session), typed)


def verified(session: SessionBase) -> User:
    """Whose password is about to be set (`proving.verified`)."""
    return proving.verified(pending(session))


def finish(session: SessionBase, password: str) -> str:
    """Set the new password; where the person was on the way to. They log in with it next.

    Raises:
        FlowEnded: out of order, or too late.
    """
    user = verified(session)
    flow = pending(session)
    next_url = str(flow.values()["next"])
    services.reset_password(user, password, by=user)
    flow.end()
    return next_url
