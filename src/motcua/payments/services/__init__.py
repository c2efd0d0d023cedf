"""The acts on money. Every one holds the order's row, and none talks to a provider while it does."""

from motcua.payments.services.asking import ask_due, ask_provider
from motcua.payments.services.attempts import Return, show_return, start_attempt, take_vnpay_notice
from motcua.payments.services.bookings import collect
from motcua.payments.services.orders import cancel_order, online_ready, open_order, set_payee
from motcua.payments.services.receipts import make_fee_receipt
from motcua.payments.services.refunds import ask_refund, refund

__all__ = [
    "Return",
    "ask_due",
    "ask_provider",
    "ask_refund",
    "cancel_order",
    "collect",
    "make_fee_receipt",
    "online_ready",
    "open_order",
    "refund",
    "set_payee",
    "show_return",
    "start_attempt",
    "take_vnpay_notice",
]
