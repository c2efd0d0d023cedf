"""Whether the signatures on a declaration are those of the person who hands it in. Pure."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from motcua.core.errors import BusinessError
from motcua.core.identity import OLD_NUMBER_LENGTH
from motcua.core.words import say

AGAIN = say("Xin ký lại tờ khai vừa tải về rồi chọn lại.")
TROUBLES = {
    "broken": "Không đọc được chữ ký số trên tệp này. {again}",
    "changed": "Nội dung tệp đã bị sửa sau khi {who} ký, nên chữ ký không còn giá trị. {again}",
    "changed_after": "Tệp có phần được thêm vào sau khi {who} ký mà không được ký. {again}",
    "untrusted": "Chưa xác nhận được nơi cấp chứng thư số của {who}. Xin ký bằng chứng thư số của tổ chức được cấp "
    "phép, hoặc xác nhận qua VNeID.",
    "revoked": "Chứng thư số của {who} đã bị thu hồi. Xin ký bằng chứng thư số còn hiệu lực, hoặc xác nhận qua VNeID.",
    "expired": "Chứng thư số của {who} không còn hạn, hoặc chưa đến ngày có hiệu lực. Xin ký bằng chứng thư số còn "
    "hạn, hoặc xác nhận qua VNeID.",
}

# A good signature that isn't the person's own, as far as its certificate tells.
OF_SOMEBODY = {
    "no_number": (
        "Chứng thư số của {signer} không ghi số định danh nên không biết chắc là của {name}. Xin "
        "xác nhận qua VNeID, hoặc ký bằng chứng thư số cá nhân có số định danh."
    ),
    "old_number": (
        "Chứng thư số của {signer} còn ghi số chứng minh nhân dân 9 chữ số nên không biết chắc là của {name}. "
        "Xin xác nhận qua VNeID, hoặc ký bằng chứng thư số có số định danh 12 chữ số."
    ),
    "other_person": (
        "Chữ ký số trên tệp là của {signer}, không phải của người nộp hồ sơ là {name}. Xin để người nộp ký."
    ),
}


class Signed(Protocol):
    """What is asked of a signature (documents.models.Signature)."""

    @property
    def signer(self) -> str: ...

    @property
    def number(self) -> str: ...

    @property
    def trouble(self) -> str: ...


S = TypeVar("S", bound=Signed)


class SignedWrongly(BusinessError):
    """The signed file can't be taken; the text says why and what to do. `reason` is one word for tests and figures."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


def check_signatures(signatures: Sequence[S], number: str, name: str) -> S:
    """The person's own good signature among those on the file; further signatures do no harm.

    Args:
        number: the person's số định danh; name: theirs, for the message.

    Raises:
        SignedWrongly: there is none; says what is wrong with what there is.
    """
    if not signatures:
        raise SignedWrongly("unsigned", say("Tệp này chưa có chữ ký số nào. {again}", again=AGAIN))
    good = [signature for signature in signatures if not signature.trouble]
    own = next((signature for signature in good if number and signature.number == number), None)
    if own:
        return own
    bad = next((signature for signature in signatures if signature.trouble), None)
    if bad:
        who = bad.signer or say("người ký")
        raise SignedWrongly(bad.trouble, say(TROUBLES[bad.trouble], who=who, again=AGAIN))
    other = good[0]
    reason = _whose(other)
    raise SignedWrongly(reason, say(OF_SOMEBODY[reason], signer=other.signer, name=name))


def _whose(signature: Signed) -> str:
    if not signature.number:
        return "no_number"
    return "old_number" if len(signature.number) == OLD_NUMBER_LENGTH else "other_person"
