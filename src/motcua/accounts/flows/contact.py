"""A new phone or email address for an account: a code goes to the new one, and only then does it count."""

from django.contrib.sessions.backends.base import SessionBase

from motcua.accounts import services
from motcua.accounts.flows import codes
from motcua.accounts.flows.pending import FlowEnded, Pending
from motcua.accounts.models import Code, User


def pending(session: SessionBase) -> Pending:
    """The change begun by this visitor."""
    return Pending(session, "contact")


def begin(session: SessionBase, user: User, *, phone: str = "", email: str = "") -> None:
    """Send a code to the new phone or the new email address.

    Raises:
        BusinessError: too many codes to it.
    """
    code = services.send_code(Code.Purpose.CONTACT, user=user, phone=phone, email=email)
    pending(session).begin(code=str(code.pk), user=user.pk, phone=phone, email=email)


def confirm(session: SessionBase, user: User, typed: str) -> str:
    """Take the typed code and the new address; which one it was: "phone" or "email".

    Raises:
        WrongCode, FlowEnded: see `codes.confirm`.
    """
    flow = pending(session)
    values = flow.values()
    if values["user"] != user.pk:
        flow.end()
        raise FlowEnded("Việc này được bắt đầu từ một tài khoản khác. Xin làm lại từ đầu")
    codes.confirm(flow, typed, user=user)
    flow.end()
    if values["phone"]:
        services.change_phone(user, values["phone"], by=user)
        return "phone"
    services.change_email(user, values["email"], by=user)
    return "email"
