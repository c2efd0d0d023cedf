"""Parcels between people and agencies, what the post says of them, and what it costs."""

from motcua.delivery.models.parcels import Parcel
from motcua.delivery.models.rates import PostageRate
from motcua.delivery.models.tracking import Notice, TrackingEvent

__all__ = ["Notice", "Parcel", "PostageRate", "TrackingEvent"]
