"""The acts on parcels. Every one holds the parcel's row, and none talks to the post while it does."""

from motcua.delivery.services.orders import (
    cancel_parcel,
    hand_over,
    hand_over_by_hand,
    note_remittance,
    order_parcel,
    record_arrival,
)

__all__ = [
    "cancel_parcel",
    "hand_over",
    "hand_over_by_hand",
    "note_remittance",
    "order_parcel",
    "record_arrival",
]
