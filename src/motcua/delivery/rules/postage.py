"""How far a parcel goes, as the post's price list tells distances apart."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Zone(TextChoices):
    """How far it is. TT 17/2017 counts by districts, which no longer exist: what was one district is one commune."""

    SAME_COMMUNE = "same_commune", "Trong cùng xã, phường, đặc khu"
    SAME_PROVINCE = "same_province", "Trong cùng tỉnh, thành phố"
    BETWEEN_CITIES = "between_cities", "Giữa các thành phố trực thuộc trung ương"
    OTHER_PROVINCE = "other_province", "Sang tỉnh, thành phố khác"


@dataclass(frozen=True)
class Postage:
    """What a parcel costs its person.

    Attributes:
        amount: đồng.
        days: working days from the hand-over to the door.
        ground: where the price stands.
    """

    amount: int
    days: int
    ground: str


@dataclass(frozen=True)
class Spot:
    """A commune, or a whole province where the commune isn't known, as far as postage asks.

    Attributes:
        commune: its code; "" for a province as a whole.
        province: its code; `city`: whether that is a city under the central government.
    """

    commune: str
    province: str
    city: bool


def zone_between(origin: Spot, destination: Spot) -> Zone:
    """Which line of the price list holds."""
    if origin.province == destination.province:
        same = origin.commune and origin.commune == destination.commune
        return Zone.SAME_COMMUNE if same else Zone.SAME_PROVINCE
    return Zone.BETWEEN_CITIES if origin.city and destination.city else Zone.OTHER_PROVINCE
