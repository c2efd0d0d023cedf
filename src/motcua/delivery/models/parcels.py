"""A parcel that the public post carries."""

from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.delivery.rules.states import ENDED, WITH_SENDER, Direction, Failure, ParcelState, Placing
from motcua.documents.models import Document


class Parcel(models.Model):
    """A parcel (bưu gửi) with its slip (phiếu gửi hồ sơ: TT 17/2017 Điều 9). Its row is the lock of all about it.

    `sender`, `receiver`: {"name", "phone", "address", "unit"}; "unit" is a commune's code, "address" what comes before.
    `contents`: what lies in it, [{"key", "name", "what": "Bản chính", "count": 1}]; `collects`: what the postman takes
    along at the door, in the same form.
    """

    number = models.CharField(max_length=20, unique=True)  # số phiếu gửi, ours: "BG7K3F92XA"
    item_code = models.CharField(max_length=30, blank=True)  # mã bưu gửi, the post's; empty: not given yet
    direction = models.CharField(max_length=9, choices=Direction)
    about_kind = models.CharField(max_length=30)  # "dossier"
    about_ref = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    sender = models.JSONField()
    receiver = models.JSONField()
    contents = models.JSONField(default=list)
    collects = models.JSONField(default=list)
    back_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="back")  # with what was collected

    postage_due = models.PositiveIntegerField(default=0)  # đồng, of the person, to the postman (QĐ 45/2016 Điều 12.3)
    days = models.PositiveSmallIntegerField(default=0)  # working days from the hand-over (TT 17/2017 Điều 7)
    fee_due = models.PositiveIntegerField(default=0)  # đồng, of the person, for the agency
    fee_collected = models.PositiveIntegerField(null=True)  # đồng, what the postman says; empty: nothing said yet
    postage_collected = models.PositiveIntegerField(null=True)
    collected_at = models.DateTimeField(null=True)  # the post's time
    remitted = models.PositiveIntegerField(null=True)  # đồng, what the post has passed on to the agency
    remitted_at = models.DateTimeField(null=True)
    remittance = models.CharField(max_length=60, blank=True)  # the post's number of it

    state = models.CharField(max_length=20, choices=ParcelState)
    placing = models.CharField(max_length=8, choices=Placing, default=Placing.WAITING)
    trouble = models.CharField(max_length=300, blank=True)  # why the post hasn't taken or dropped the order, for people
    sent = models.PositiveIntegerField(default=0)  # how often we sent the order: from the first on the post may know it
    attempts = models.PositiveSmallIntegerField(default=0)  # how often the postman came for nothing
    failure = models.CharField(max_length=8, choices=Failure, blank=True)  # why, the last time
    failure_words = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True)  # when the postman comes again, if the post says so
    received_by = models.CharField(max_length=200, blank=True)  # who signed for it

    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # empty: the portal
    due_on = models.DateField(null=True)  # by when it should be there; empty: not handed over yet
    handed_over_at = models.DateTimeField(null=True)  # by our desk's word, or at the door
    cancel_wanted_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)  # by us; the post may cancel, too
    arrived_at = models.DateTimeField(null=True)  # by the agency's own word (biên bản giao nhận)
    ended_at = models.DateTimeField(null=True)
    call_at = models.DateTimeField(null=True, db_index=True)  # when we speak to the post (again); empty: no need to
    called = models.PositiveIntegerField(default=0)  # how often since it last told us anything
    slip = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")  # empty: being made

    class Meta:
        ordering = ["ordered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item_code"], condition=~Q(item_code=""), name="parcel_item_code_once"),
            models.CheckConstraint(
                name="parcel_ended_has_time",
                condition=Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | (~Q(state__in=sorted(ENDED)) & Q(ended_at=None)),
            ),
        ]
        indexes = [models.Index(fields=["about_kind", "about_ref"], name="parcel_about")]

    def __str__(self) -> str:
        return self.number

    @property
    def about(self) -> tuple[str, str]:
        """What it is sent for: ("dossier", "NH-7K3F-92XA")."""
        return self.about_kind, self.about_ref

    @property
    def is_open(self) -> bool:
        """Whether it is still on its way, or waits for the post."""
        return self.state not in ENDED

    @property
    def can_arrive(self) -> bool:
        """Whether the agency can write down that it has it (again): it was on its way, and not to a person's hands."""
        return self.state not in WITH_SENDER | {ParcelState.DELIVERED, ParcelState.CANCELLED}
