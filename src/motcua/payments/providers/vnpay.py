"""VNPAY 2.1.0: the way to its page, and questions to its API (docs/integrator/payments.md)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from motcua.core.calls import NoAnswer, post_json
from motcua.core.text import fold
from motcua.payments.models import Attempt, Refund
from motcua.payments.providers.base import ProviderError
from motcua.payments.rules import vnpay as protocol

TIMEOUT = 10  # seconds
OUR_ADDRESS = "127.0.0.1"  # vnp_IpAddr of our own calls; the field must be there, and tells nothing


def ready() -> bool:
    """Whether there is a contract: address, code and secret."""
    return bool(settings.VNPAY_URL and settings.VNPAY_TMN_CODE and settings.VNPAY_SECRET)


def pay_url(attempt: Attempt, *, info: str, return_url: str, visitor_ip: str) -> str:
    """Where the person goes to pay.

    Args:
        info: what it is for, without accents or signs.
        visitor_ip: the person's address, which VNPAY asks for; we don't keep it.
    """
    fields = {
        "vnp_Version": protocol.VERSION,
        "vnp_Command": "pay",
        "vnp_TmnCode": settings.VNPAY_TMN_CODE,
        "vnp_Amount": str(attempt.amount * protocol.PER_DONG),
        "vnp_CreateDate": protocol.stamp(attempt.started_at),
        "vnp_ExpireDate": protocol.stamp(attempt.expires_at),
        "vnp_CurrCode": "VND",
        "vnp_IpAddr": visitor_ip,
        "vnp_Locale": "vn",
        "vnp_OrderInfo": info,
        "vnp_OrderType": "other",
        "vnp_ReturnUrl": return_url,
        "vnp_TxnRef": attempt.txn_ref,
    }
    query = protocol.query_string(fields)
    return f"{settings.VNPAY_URL}?{query}&{protocol.HASH}={protocol.sign(query, settings.VNPAY_SECRET)}"


def is_genuine(fields: Mapping[str, str]) -> bool:
    """Whether a notice or a return was made by VNPAY for us.

    Both sides sign with the same secret, so what we sent to VNPAY bears a right signature, too: it must say an outcome,
    and be no request.
    """
    ours = fields.get("vnp_TmnCode") == settings.VNPAY_TMN_CODE
    outcome = bool(fields.get("vnp_ResponseCode")) and "vnp_Command" not in fields
    return ours and outcome and protocol.is_signed(fields, settings.VNPAY_SECRET)


def query(attempt: Attempt, request_id: str) -> dict[str, Any]:
    """What VNPAY knows of a transaction (querydr).

    Raises:
        ProviderError: not reached, or the answer isn't VNPAY's.
    """
    fields = _common("querydr", attempt, request_id, f"Hoi ket qua {attempt.txn_ref}")
    return _call(fields, protocol.QUERY_SIGNED, protocol.QUERY_ANSWER_SIGNED)


def refund(wanted: Refund, attempt: Attempt) -> dict[str, Any]:
    """Ask VNPAY to give back what this attempt brought, or a part of it.

    Raises:
        ProviderError: not reached, or the answer isn't VNPAY's. It may have been done: ask again with the same number.
    """
    fields = _common("refund", attempt, wanted.request_id, f"Hoan tien {attempt.txn_ref}") | {
        "vnp_TransactionType": "02" if wanted.amount == attempt.amount else "03",
        "vnp_Amount": str(wanted.amount * protocol.PER_DONG),
        "vnp_TransactionNo": attempt.provider_no,
        "vnp_CreateBy": fold(wanted.by.full_name)[:60],
    }
    return _call(fields, protocol.REFUND_SIGNED, protocol.REFUND_ANSWER_SIGNED)


def _common(command: str, attempt: Attempt, request_id: str, info: str) -> dict[str, str]:
    return {
        "vnp_RequestId": request_id,
        "vnp_Version": protocol.VERSION,
        "vnp_Command": command,
        "vnp_TmnCode": settings.VNPAY_TMN_CODE,
        "vnp_TxnRef": attempt.txn_ref,
        "vnp_TransactionDate": protocol.stamp(attempt.started_at),
        "vnp_CreateDate": protocol.stamp(timezone.now()),
        "vnp_IpAddr": OUR_ADDRESS,
        "vnp_OrderInfo": info,
    }


def _call(fields: dict[str, str], signed: tuple[str, ...], answer_signed: tuple[str, ...]) -> dict[str, Any]:
    fields[protocol.HASH] = protocol.sign_piped(fields, signed, settings.VNPAY_SECRET)
    try:
        answer = post_json(settings.VNPAY_API_URL, fields, timeout=TIMEOUT)
    except NoAnswer as trouble:
        raise ProviderError(f"VNPAY {trouble}.") from None
    if not protocol.is_signed_piped(answer, answer_signed, settings.VNPAY_SECRET):
        raise ProviderError("The answer does not bear VNPAY's signature.")
    if answer.get("vnp_TxnRef") not in {fields["vnp_TxnRef"], None, ""}:
        raise ProviderError("The answer is about another transaction.")
    return answer
