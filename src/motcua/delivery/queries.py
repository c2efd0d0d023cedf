"""Reads about parcels, for those who show them or decide by them."""

from collections.abc import Mapping

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from motcua.core.errors import BusinessError
from motcua.core.worktime import local
from motcua.delivery.models import Notice, Parcel, PostageRate, TrackingEvent
from motcua.delivery.rules.addresses import in_one_line
from motcua.delivery.rules.postage import Postage, Spot, zone_between
from motcua.delivery.rules.states import ENDED, Outcome, Placing
from motcua.places.models import Unit
from motcua.places.queries import full_name, unit


def post_ready() -> bool:
    """Whether there is a contract with the post; without one nothing can be sent by post."""
    return bool(settings.POST_URL)


def postage(*, origin: Unit, destination: Unit, direction: str) -> Postage:
    """What a parcel costs between two communes (or provinces), by the price list of today. One or two queries.

    Raises:
        BusinessError: the price list has no such line.
    """
    zone = zone_between(_spot(origin), _spot(destination))
    today = local(timezone.now()).date()
    rate = PostageRate.objects.filter(zone=zone, direction=direction, since__lte=today).order_by("-since").first()
    if rate is None:
        raise BusinessError("Chưa có giá cước bưu chính cho địa chỉ này. Ông/bà chọn cách nhận khác.")
    return Postage(rate.amount, rate.days, rate.ground)


def _spot(unit: Unit) -> Spot:
    province = unit.parent or unit
    return Spot(unit.pk if unit.parent_id else "", province.pk, province.kind == Unit.Kind.CITY)


def address_line(address: Mapping[str, str]) -> str:
    """An address of a parcel as it is written, with commune and province; one query."""
    place = unit(address.get("unit", ""))
    return in_one_line(address.get("address", ""), full_name(place) if place else "")


def parcels_of(about: tuple[str, str]) -> "QuerySet[Parcel]":
    """All parcels of one thing, oldest first, each with its `events`, its slip, and its `back` if there is one."""
    events = TrackingEvent.objects.order_by("sequence")
    rows = Parcel.objects.filter(about_kind=about[0], about_ref=about[1])
    return rows.select_related("slip", "back").prefetch_related(Prefetch("events", events)).order_by("ordered_at", "pk")


def unknown_notices() -> int:
    """How many notices of the post belong to no parcel of ours."""
    return Notice.objects.filter(outcome=Outcome.UNKNOWN).count()


def post_troubles() -> dict[str, int]:
    """What somebody should look at, for `motcua doctor`."""
    parcels = Parcel.objects.exclude(state__in=ENDED)
    return {
        "orders that the post hasn't taken": parcels.filter(placing=Placing.WAITING, called__gt=0).count(),
        "orders that it refused": parcels.filter(placing=Placing.REFUSED).count(),
        "notices about unknown parcels": unknown_notices(),
        "notices that can't be read": Notice.objects.filter(outcome=Outcome.MALFORMED).count(),
    }
