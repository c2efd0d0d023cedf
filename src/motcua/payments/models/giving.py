"""What the agency gives for the money: receipts, and the money itself when it goes back."""

from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.documents.models import Document
from motcua.payments.models.taking import Booking
from motcua.payments.rules.states import LineKind, Method, RefundState


class Refund(models.Model):
    """Money given back (hoàn phí), with its reason."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="refunds")
    amount = models.PositiveIntegerField()  # đồng
    reason = models.CharField(max_length=500)
    way = models.CharField(max_length=10, choices=Method)
    account = models.CharField(max_length=200, blank=True)  # where to; empty: where it came from
    state = models.CharField(max_length=8, choices=RefundState)
    request_id = models.CharField(max_length=32, unique=True)  # what the provider knows a repetition by
    asked = models.PositiveIntegerField(default=0)
    provider_no = models.CharField(max_length=30, blank=True)
    trouble = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="refund_is_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="refund_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.booking} −{self.amount}"


class ReceiptCounter(models.Model):
    """The last receipt number that an agency gave out in a year; each year begins at 1."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="receipt_counter_once")]

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.year}: {self.last}"


class FeeReceipt(models.Model):
    """A receipt for a fee or a charge (biên lai thu phí, lệ phí: NĐ 254/2026 Điều 23): one for each kind."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=6, choices=LineKind)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()  # at most 8 digits
    form = models.CharField(max_length=20, blank=True)  # ký hiệu mẫu biên lai
    series = models.CharField(max_length=20, blank=True)  # ký hiệu biên lai
    payer_name = models.CharField(max_length=200)
    lines = models.JSONField()  # as in the order, of this kind only
    amount = models.PositiveIntegerField()  # đồng
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)  # the officer's name, or the portal
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")  # empty: being made

    class Meta:
        ordering = ["issued_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "kind"], name="fee_receipt_once"),
            models.UniqueConstraint(fields=["agency", "year", "number"], name="fee_receipt_number_once"),
            models.CheckConstraint(name="fee_receipt_eight_digits", condition=Q(number__gte=1, number__lte=99_999_999)),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.shown_number}"

    @property
    def shown_number(self) -> str:
        """As it is written: 00000031."""
        return f"{self.number:08d}"
