"""Register (guide S1): the form, a code to the phone, the password; then the account is opened and the person is in."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from motcua.accounts import services
from motcua.accounts.flows import codes
from motcua.accounts.flows.pending import FlowEnded, Pending
from motcua.accounts.models import Code, User
from motcua.accounts.queries import citizen_with_number, code_sent
from motcua.accounts.services import AccountExists
from motcua.core.errors import BusinessError
from motcua.core.ratelimit import hit

STARTS_PER_HOUR = 30  # from one visitor; a ward's own computers register many people


@dataclass(frozen=True)
class Person:
    """Who registers, as checked by the form."""

    full_name: str
    personal_number: str
    birth_date: date
    sex: str
    phone: str
    email: str


def pending(session: SessionBase) -> Pending:
    """The registration begun by this visitor."""
    return Pending(session, "registration")


def begin(session: SessionBase, person: Person, *, visitor: str, next_url: str) -> None:
    """Keep the form and send the code.

    Going back to mend the name doesn't send another code to the same phone.

    Raises:
        AccountExists: there is an account with this number (the guide wants it said).
        BusinessError: too many starts, or too many codes to this phone.
    """
    if not hit("registration", visitor, limit=STARTS_PER_HOUR, seconds=3600):
        raise BusinessError("Từ máy này đã có quá nhiều lượt đăng ký. Xin thử lại sau một giờ")
    flow = pending(session)
    typed = {**asdict(person), "birth_date": person.birth_date.isoformat()}
    if citizen_with_number(person.personal_number):
        flow.begin(person=typed)
        flow.stop()  # whoever complains about that account doesn't type it all again
        raise AccountExists("Số định danh này đã có tài khoản")
    code = _code_underway(flow, person)
    if code is None:
        code = str(services.send_code(Code.Purpose.REGISTER, phone=person.phone, email=person.email).pk)
    flow.begin(person=typed, code=code, verified="", next=next_url)


def typed_before(session: SessionBase) -> dict[str, Any]:
    """What this visitor typed into the form within the last hour, by field; empty if nothing."""
    kept = pending(session).leftover().get("person")
    return vars(person_from(kept)) if kept else {}


def confirm(session: SessionBase, typed: str) -> None:
    """Take the typed code; the password comes next.

    Raises:
        WrongCode, FlowEnded: see `codes.confirm`.
    """
    flow = pending(session)
    codes.confirm(flow, typed)
    code = code_sent(flow.values()["code"])
    flow.keep(verified=code.channel if code else "")


def verified(session: SessionBase) -> Person:
    """Who is about to choose a password.

    Raises:
        FlowEnded: the code wasn't typed yet, or the flow is over.
    """
    values = pending(session).values()
    if not values["verified"]:
        raise FlowEnded("Chưa xác nhận số điện thoại. Xin làm lại từ đầu")
    return person_from(values["person"])


def finish(session: SessionBase, password: str) -> tuple[User, str]:
    """Open the account; the user, and where the person was on the way to.

    Raises:
        FlowEnded: out of order, or too late.
        AccountExists: somebody was first with this number.
    """
    person = verified(session)
    flow = pending(session)
    values = flow.values()
    by_email = values["verified"] == Code.Channel.EMAIL
    user = services.register(**asdict(person), password=password, email_verified=by_email)
    flow.end()
    return user, values["next"]


def person_from(kept: dict[str, Any]) -> Person:
    """A person as the session keeps them."""
    return Person(**{**kept, "birth_date": date.fromisoformat(kept["birth_date"])})


def _code_underway(flow: Pending, person: Person) -> str | None:
    """The code that already went to this phone in this flow and can still be typed."""
    try:
        values = flow.values()
        codes.sent(flow)
    except FlowEnded:
        return None
    code = code_sent(values["code"])
    same = code is not None and (code.phone, code.email) == (person.phone, person.email) and not values["verified"]
    return str(code.pk) if code and same else None
