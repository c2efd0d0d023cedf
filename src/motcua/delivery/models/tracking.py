"""What the post says of parcels."""

from django.db import models

from motcua.delivery.models.parcels import Parcel
from motcua.delivery.rules.protocol import Word
from motcua.delivery.rules.states import Failure, Outcome, Step


class Notice(models.Model):
    """A notice of the post, word for word, genuine or not, for a parcel of ours or not."""

    at = models.DateTimeField()
    body = models.TextField()
    genuine = models.BooleanField()
    order_number = models.CharField(max_length=40, blank=True)
    item_code = models.CharField(max_length=40, blank=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="notices")
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True, default=Outcome.NEW)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["outcome", "at"], name="post_notice_outcome"),
            models.Index(fields=["item_code"], name="post_notice_item"),
            models.Index(fields=["order_number"], name="post_notice_order"),
        ]

    def __str__(self) -> str:
        return f"{self.order_number or self.item_code} {self.at:%d/%m/%Y %H:%M}"


class TrackingEvent(models.Model):
    """One word of the post about a parcel (hành trình bưu gửi), told or asked for. Never changed, never removed."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()  # the post's own order of what it says of one parcel
    step = models.CharField(max_length=20, choices=Step)
    at = models.DateTimeField()  # the post's time
    known_at = models.DateTimeField()  # when we heard
    place = models.CharField(max_length=200, blank=True)  # "Bưu cục Hoa Sen"
    failure = models.CharField(max_length=8, choices=Failure, blank=True)
    words = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True)
    fee_collected = models.PositiveIntegerField(null=True)  # đồng
    postage_collected = models.PositiveIntegerField(null=True)
    received_by = models.CharField(max_length=200, blank=True)
    papers = models.JSONField(default=list)  # keys of what the postman took along
    back_item_code = models.CharField(max_length=30, blank=True)  # under which they travel
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+")  # empty: we asked

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["parcel", "sequence"], name="tracking_event_once")]

    def __str__(self) -> str:
        return f"{self.parcel} {self.sequence} {self.step}"

    @property
    def word(self) -> Word:
        """What the rules read."""
        return Word(
            sequence=self.sequence, step=Step(self.step), at=self.at, place=self.place,
            failure=Failure(self.failure) if self.failure else None, words=self.words, next_on=self.next_on,
            fee_collected=self.fee_collected, postage_collected=self.postage_collected,
            received_by=self.received_by, papers=list(self.papers), back_item_code=self.back_item_code,
        )  # fmt: skip
