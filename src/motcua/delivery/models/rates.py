"""What the post asks for a parcel, and how long it takes."""

from django.db import models

from motcua.delivery.rules.postage import Zone
from motcua.delivery.rules.states import Direction


class PostageRate(models.Model):
    """A line of the post's price list (giá cước): what a parcel costs between two places, and its working days."""

    zone = models.CharField(max_length=16, choices=Zone)
    direction = models.CharField(max_length=9, choices=Direction)
    amount = models.PositiveIntegerField()  # đồng
    days = models.PositiveSmallIntegerField()  # working days after the hand-over: J+n
    since = models.DateField()
    ground = models.CharField(max_length=300)  # where the price stands

    class Meta:
        ordering = ["zone", "direction", "-since"]
        constraints = [models.UniqueConstraint(fields=["zone", "direction", "since"], name="postage_rate_once")]

    def __str__(self) -> str:
        return f"{self.get_zone_display()}: {self.amount}"
