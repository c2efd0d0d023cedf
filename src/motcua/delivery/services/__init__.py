"""The acts on parcels. Every one holds the parcel's row, and none talks to the post while it does."""

from motcua.delivery.services.calling import ask_tracking, call_due, call_post
from motcua.delivery.services.notices import settle_left, take_notice
from motcua.delivery.services.orders import (
    cancel_parcel,
    hand_over,
    hand_over_by_hand,
    note_remittance,
    order_parcel,
    record_arrival,
)
from motcua.delivery.services.rates import set_postage
from motcua.delivery.services.slips import make_slip

__all__ = [
    "ask_tracking",
    "call_due",
    "call_post",
    "cancel_parcel",
    "hand_over",
    "hand_over_by_hand",
    "make_slip",
    "note_remittance",
    "order_parcel",
    "record_arrival",
    "set_postage",
    "settle_left",
    "take_notice",
]
