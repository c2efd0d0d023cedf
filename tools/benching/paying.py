"""Dossiers that owe their fee, each with an attempt to pay online; and what VNPAY would say of it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

NOTICE = "/thanh-toan/vnpay/thong-bao/"


def owing(template: Any, count: int, users: Sequence[int], first_turn: int) -> list[str]:
    """Copies of a dossier that waits for its fee, each being paid online; the addresses by which VNPAY tells so."""
    from benching import seed
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.services import money
    from motcua.payments import services as payments

    refs = [ref for _, ref in seed.copy_drafts(template, count, users, first_turn)]
    notices = []
    for dossier in Dossier.objects.filter(ref__in=refs).select_related("user", "agency"):
        order = money.order_to_pay(dossier, by=dossier.user)
        url = payments.start_attempt(order, visitor_ip="127.0.0.1", return_url="http://127.0.0.1/", by=dossier.user)
        notices.append(_notice({name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}))
    return notices


def _notice(asked: dict[str, str]) -> str:
    """What VNPAY says once the money is there, signed with the secret of a local start."""
    from django.conf import settings

    from motcua.payments.rules import vnpay

    told = {
        "vnp_Amount": asked["vnp_Amount"],
        "vnp_BankCode": "NCB",
        "vnp_CardType": "ATM",
        "vnp_OrderInfo": asked["vnp_OrderInfo"],
        "vnp_PayDate": asked["vnp_CreateDate"],
        "vnp_ResponseCode": "00",
        "vnp_TmnCode": asked["vnp_TmnCode"],
        "vnp_TransactionNo": str(abs(hash(asked["vnp_TxnRef"])) % 10**8),
        "vnp_TransactionStatus": "00",
        "vnp_TxnRef": asked["vnp_TxnRef"],
    }
    query = vnpay.query_string(told)
    return f"{NOTICE}?{query}&{vnpay.HASH}={vnpay.sign(query, settings.VNPAY_SECRET)}"
