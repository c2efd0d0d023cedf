"""VNPAY 2.1.0: how its messages are signed and what its codes mean. Nothing here talks to anybody."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha512
from ipaddress import ip_address
from urllib.parse import quote_plus

from motcua.core.worktime import local

VERSION = "2.1.0"
OK = "00"
HASH = "vnp_SecureHash"
UNSIGNED = {HASH, "vnp_SecureHashType"}
PER_DONG = 100  # an amount travels as đồng × 100

# In this order, with "|" between them, the calls of the API and their answers are signed.
QUERY_SIGNED = (
    "vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TxnRef", "vnp_TransactionDate",
    "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo",
)  # fmt: skip
QUERY_ANSWER_SIGNED = (
    "vnp_ResponseId", "vnp_Command", "vnp_ResponseCode", "vnp_Message", "vnp_TmnCode", "vnp_TxnRef", "vnp_Amount",
    "vnp_BankCode", "vnp_PayDate", "vnp_TransactionNo", "vnp_TransactionType", "vnp_TransactionStatus",
    "vnp_OrderInfo", "vnp_PromotionCode", "vnp_PromotionAmount",
)  # fmt: skip
REFUND_SIGNED = (
    "vnp_RequestId", "vnp_Version", "vnp_Command", "vnp_TmnCode", "vnp_TransactionType", "vnp_TxnRef", "vnp_Amount",
    "vnp_TransactionNo", "vnp_TransactionDate", "vnp_CreateBy", "vnp_CreateDate", "vnp_IpAddr", "vnp_OrderInfo",
)  # fmt: skip
REFUND_ANSWER_SIGNED = QUERY_ANSWER_SIGNED[:-2]

# What the person is told; the codes are those of vnp_ResponseCode.
MEANINGS = {
    "00": "Giao dịch thành công.",
    "07": "Ngân hàng đã trừ tiền nhưng đang giữ lại để kiểm tra giao dịch. Xin đừng nộp lại; kết quả sẽ được báo sau.",
    "09": "Thẻ hoặc tài khoản chưa đăng ký dịch vụ ngân hàng trực tuyến.",
    "10": "Thông tin thẻ hoặc tài khoản đã bị nhập sai quá 3 lần.",
    "11": "Đã hết thời gian chờ thanh toán.",
    "12": "Thẻ hoặc tài khoản đang bị khóa.",
    "13": "Mật khẩu xác thực giao dịch (OTP) không đúng.",
    "24": "Ông/bà đã hủy giao dịch.",
    "51": "Tài khoản không đủ số dư.",
    "65": "Tài khoản đã vượt hạn mức giao dịch trong ngày.",
    "75": "Ngân hàng đang bảo trì.",
    "79": "Mật khẩu thanh toán đã bị nhập sai quá số lần cho phép.",
    "99": "Giao dịch không thành công, ngân hàng không cho biết lý do.",
}
REPLIES = {
    "00": "Confirm Success",
    "01": "Order not found",
    "02": "Order already confirmed",
    "04": "Invalid amount",
    "97": "Invalid signature",
    "99": "Unknown error",
}
REFUND_TROUBLES = {
    "02": "Mã đơn vị (TmnCode) không đúng.",
    "03": "Yêu cầu không đúng định dạng.",
    "04": "Đã hoàn một phần nên không hoàn toàn bộ được nữa.",
    "13": "Chỉ được hoàn một phần.",
    "91": "VNPAY không tìm thấy giao dịch.",
    "93": "Số tiền hoàn không hợp lệ.",
    "95": "Giao dịch không thành công bên VNPAY nên không hoàn được.",
    "97": "Chữ ký không đúng.",
}


@dataclass(frozen=True)
class Word:
    """What VNPAY says of one transaction.

    Attributes:
        amount: đồng; None when it isn't a number of whole đồng.
        code: vnp_ResponseCode; `status`: vnp_TransactionStatus.
        provider_no: VNPAY's own number of it; `bank`: the bank's short name.
    """

    txn_ref: str
    amount: int | None
    code: str
    status: str
    provider_no: str = ""
    bank: str = ""

    @property
    def paid(self) -> bool:
        """Both codes must say so."""
        return self.code == OK and self.status == OK

    @property
    def held_back(self) -> bool:
        """The person's money was taken and hasn't arrived: suspected (07), reversed (04), or on its way back."""
        return self.code == "07" or self.status in {"04", "05", "06", "07", "09"}


def word_from(fields: Mapping[str, object]) -> Word:
    """The word in a notice, a return or an answer."""

    def said(name: str, most: int) -> str:
        return str(fields.get(name) or "")[:most]

    hundredths = said("vnp_Amount", 15)
    whole = hundredths.isascii() and hundredths.isdigit() and int(hundredths) % PER_DONG == 0
    return Word(
        txn_ref=said("vnp_TxnRef", 100),
        amount=int(hundredths) // PER_DONG if whole else None,
        code=said("vnp_ResponseCode", 4),
        status=said("vnp_TransactionStatus", 4),
        provider_no=said("vnp_TransactionNo", 30),
        bank=said("vnp_BankCode", 20),
    )


def meaning(code: str) -> str:
    """A code in words for the person."""
    return MEANINGS.get(code, MEANINGS["99"])


def reply(code: str) -> dict[str, str]:
    """What a notice is answered with."""
    return {"RspCode": code, "Message": REPLIES[code]}


def query_string(fields: Mapping[str, str]) -> str:
    """The fields by name, as they are signed and travel in an address; without the signature."""
    signed = sorted((name, value) for name, value in fields.items() if name not in UNSIGNED and value != "")
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in signed)


def sign(text: str, secret: str) -> str:
    """HMAC-SHA512, in hexadecimal."""
    return hmac.new(secret.encode(), text.encode(), sha512).hexdigest()


def sign_piped(fields: Mapping[str, object], names: Sequence[str], secret: str) -> str:
    """The signature of a call of the API or of its answer."""
    return sign("|".join(_text(fields.get(name)) for name in names), secret)


def is_signed(fields: Mapping[str, str], secret: str) -> bool:
    """Whether a notice or a return comes from whoever has the secret. Without a secret nothing does."""
    ours = {name: value for name, value in fields.items() if name.startswith("vnp_")}
    return _same(sign(query_string(ours), secret), fields.get(HASH), secret)


def is_signed_piped(fields: Mapping[str, object], names: Sequence[str], secret: str) -> bool:
    """Whether an answer of the API comes from whoever has the secret."""
    return _same(sign_piped(fields, names, secret), fields.get(HASH), secret)


def address(visitor: str) -> str:
    """A visitor's address as VNPAY takes it; of an IPv6 address the first half may do."""
    for written in (visitor, f"{visitor}::") if visitor else ():
        try:
            return str(ip_address(written))
        except ValueError:
            continue
    return "127.0.0.1"


def stamp(moment: datetime) -> str:
    """yyyyMMddHHmmss in Việt Nam's time."""
    return f"{local(moment):%Y%m%d%H%M%S}"


def _same(expected: str, given: object, secret: str) -> bool:
    text = given.lower() if isinstance(given, str) else ""
    return bool(secret) and text.isascii() and hmac.compare_digest(expected, text)


def _text(value: object) -> str:
    return "" if value is None else str(value)
