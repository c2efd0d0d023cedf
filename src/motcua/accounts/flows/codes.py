"""The step that all flows share: a code was sent, it is typed."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.accounts import services
from motcua.accounts.flows.pending import FlowEnded, Pending, WrongCode
from motcua.accounts.models import Code, User
from motcua.accounts.queries import code_sent
from motcua.accounts.rules import CODE_TRIES, RESEND_SECONDS
from motcua.accounts.services import Verdict
from motcua.core.identity import mask_email, mask_phone
from motcua.core.words import say

EXPIRED = "Mã đã hết hạn sau 5 phút. Bấm “Gửi lại OTP” để nhận mã mới"
SPENT = say("Đã nhập sai mã {tries} lần. Để giữ an toàn, xin làm lại từ đầu", tries=CODE_TRIES)


@dataclass(frozen=True)
class Sent:
    """What the page says of a code: where it went, masked, and from when on another can be had."""

    channel: str
    where: str
    resend_at: datetime
    other: str  # the other channel's address, masked; empty if there is none


def sent(pending: Pending) -> Sent:
    """Where the code of this flow went.

    Raises:
        FlowEnded: none was sent, or all tries are used up.
    """
    code = code_sent(pending.values().get("code", ""))
    if code is None or code.used_at or code.tries >= CODE_TRIES:
        raise FlowEnded("Mã này không còn dùng được. Xin làm lại từ đầu")
    phone, email = mask_phone(code.phone) if code.phone else "", mask_email(code.email) if code.email else ""
    here, other = (phone, email) if code.channel == Code.Channel.SMS else (email, phone)
    return Sent(code.channel, here, code.sent_at + timedelta(seconds=RESEND_SECONDS), other)


def send_again(pending: Pending, channel: str = "") -> None:
    """Send new digits, by the same channel or the other.

    Raises:
        FlowEnded: the flow is over.
        BusinessError: too soon, too often, or no such address.
    """
    sent(pending)
    values = pending.values()
    services.send_again(uuid.UUID(values["code"]), channel=channel, counted_as=values.get("number", ""))


def confirm(pending: Pending, typed: str, *, user: User | None = None) -> None:
    """Take a typed code.

    Raises:
        WrongCode: wrong or run out; the person may try again.
        FlowEnded: wrong five times; the flow is over.
    """
    verdict = services.check_code(uuid.UUID(pending.values()["code"]), typed)
    if verdict is Verdict.RIGHT:
        return
    if verdict is Verdict.EXPIRED:
        raise WrongCode(EXPIRED)
    services.record_refusal(user, "code")
    if verdict is Verdict.SPENT:
        pending.stop()
        raise FlowEnded(SPENT)
    code = code_sent(pending.values()["code"])
    left = CODE_TRIES - (code.tries if code else 0)
    raise WrongCode(say("Mã chưa đúng. Xin xem lại tin nhắn mới nhất; còn {left} lần thử", left=left))
