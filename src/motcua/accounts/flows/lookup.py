"""Look-up by personal number: the number, a code to that person's phone. It never tells whether the number is known."""

from django.contrib.sessions.backends.base import SessionBase

from motcua.accounts.flows import proving
from motcua.accounts.flows.codes import Sent
from motcua.accounts.flows.pending import Pending
from motcua.accounts.models import Code, User
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit

STARTS_PER_HOUR = 10  # from one visitor


def pending(session: SessionBase) -> Pending:
    """The look-up begun by this visitor."""
    return Pending(session, "lookup")


def begin(session: SessionBase, number: str, *, visitor: str) -> None:
    """Send a code to the phone of this number's account, if there is one.

    Raises:
        BusinessError: too often, for this number or from this visitor.
    """
    if not hit("lookup.number", visitor, limit=STARTS_PER_HOUR, seconds=3600):
        raise BusinessError("Từ máy này đã có quá nhiều lượt tra cứu. Xin thử lại sau một giờ, hoặc gọi tổng đài.")
    proving.begin(pending(session), number, Code.Purpose.LOOKUP)


def sent(session: SessionBase) -> Sent:
    """What the page says of the code (`proving.sent`)."""
    return proving.sent(pending(session))


def confirm(session: SessionBase, typed: str) -> None:
    """Take the typed code (`proving.confirm`)."""
    proving.confirm(pending(session), typed)


def verified(session: SessionBase) -> User:
    """Whose dossiers may be listed (`proving.verified`)."""
    return proving.verified(pending(session))
