"""Money that really came."""

from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.payments.models.owing import Attempt, Order
from motcua.payments.rules.states import Method


class Booking(models.Model):
    """Money that really came for an order (khoản đã thu). Never changed, never removed; refunds stand beside it.

    One booking without `surplus` pays the order, whole. What comes besides (a second payment, one after the
    cancellation, a transfer of another amount) is booked as surplus, to be given back.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="bookings")
    attempt = models.OneToOneField(Attempt, models.PROTECT, null=True, related_name="booking")
    method = models.CharField(max_length=10, choices=Method)
    amount = models.PositiveIntegerField()  # đồng
    surplus = models.BooleanField(default=False)
    reference = models.CharField(max_length=60, blank=True)  # the bank's or the post's number of it
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # the officer; empty: by the provider

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["order"], condition=Q(surplus=False), name="booking_pays_once"),
            models.UniqueConstraint(
                fields=["method", "reference", "surplus"],
                condition=Q(method="transfer") & ~Q(reference=""),
                name="booking_transfer_once",
            ),
            models.CheckConstraint(name="booking_is_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="booking_by_provider_has_attempt",
                condition=Q(method="vnpay", attempt__isnull=False) | (~Q(method="vnpay") & Q(attempt=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.amount}"
