"""Money owed to agencies for public services, and what became of it."""

from motcua.payments.models.giving import FeeReceipt, ReceiptCounter, Refund
from motcua.payments.models.owing import Attempt, Notice, Order, Payee
from motcua.payments.models.taking import Booking

__all__ = ["Attempt", "Booking", "FeeReceipt", "Notice", "Order", "Payee", "ReceiptCounter", "Refund"]
