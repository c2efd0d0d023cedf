"""The case (hồ sơ): what was asked, what was handed in, what became of it, when it is due."""

from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.documents.models import Document
from motcua.dossiers.rules.states import DeliveryState as DeliveryState
from motcua.dossiers.rules.states import PaymentState as PaymentState
from motcua.dossiers.rules.states import State as State
from motcua.dossiers.rules.states import SyncState as SyncState
from motcua.offerings.models import OfferingVersion, Step
from motcua.procedures.models import LimitUnit, ProcedureVersion


class Dossier(models.Model):
    """A request to settle one procedure (hồ sơ), from the first typed field to the result.

    `applicant`, `owner`, `delivery`, `answers` are kept as they were when submitted, whatever happens to the account:
      applicant: {"full_name", "personal_number", "birth_date", "sex", "phone", "email",
                  "residence", "residence_detail"}
      owner:     the same keys (chủ hồ sơ)
      delivery:  {"hand_in", "receive": [...], "copies": n, "pay": "tai-quay"}
      answers:   e-form answers by field key (motcua.eforms.rules)
      fee_quote: [{"key", "kind", "name", "unit_amount", "count", "amount", "ground"}]
    """

    ref = models.CharField(max_length=16, unique=True)  # mã nộp: NH-XXXX-XXXX, from the first moment on
    code = models.CharField(max_length=60, unique=True, null=True)  # mã số hồ sơ, from acceptance on
    national_code = models.CharField(max_length=60, unique=True, null=True)  # given by the National portal, if it sent
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="dossiers")
    procedure_version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="dossiers")
    offering_version = models.ForeignKey(OfferingVersion, models.PROTECT, related_name="dossiers")
    # Whose account it was handed in with; an organisation's goes over to who stands for it later (services.standing).
    user = models.ForeignKey(User, models.PROTECT, related_name="dossiers")
    # The officer who typed it in at the counter for them (người tiếp nhận tại quầy); empty: they did it themselves.
    helped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    payment_state = models.CharField(max_length=8, choices=PaymentState, default=PaymentState.NOTHING)
    delivery_state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.NOT_YET)
    sync_state = models.CharField(max_length=8, choices=SyncState, default=SyncState.NONE)
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+")
    held_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # the officer who took it up

    applicant = models.JSONField(default=dict)
    owner = models.JSONField(default=dict)
    delivery = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    fee_quote = models.JSONField(default=list)
    fee_total = models.PositiveIntegerField(default=0)  # đồng
    subject_name = models.CharField(max_length=200, blank=True)  # who it is about, for lists
    folded = models.CharField(max_length=700, blank=True)  # rules.searching: names and numbers without accents
    revision = models.PositiveIntegerField(default=0)  # counts saves of a draft: two tabs notice each other
    field_revisions = models.JSONField(default=dict)  # field → the revision that last changed it; drafts only
    saved_at = models.DateTimeField()

    submitted_at = models.DateTimeField(null=True)
    answer_by = models.DateTimeField(null=True)  # until when an online dossier must be accepted or answered
    accepted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)  # the moment that counts as early, on time or late

    clock_started_at = models.DateTimeField(null=True)
    limit_value = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=14, choices=LimitUnit, blank=True)
    due_at = models.DateTimeField(null=True)  # empty while the clock is stopped
    extended_at = models.DateTimeField(null=True)  # when an apology moved the promise (mẫu 04) …
    extended_to = models.DateTimeField(null=True)  # … and to which moment
    receipt = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")  # mẫu 01

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossier_submitted_has_time", condition=Q(state="draft") | Q(submitted_at__isnull=False)
            ),
            models.CheckConstraint(
                name="dossier_accepted_has_code",
                condition=Q(accepted_at=None) | (Q(code__isnull=False) & Q(clock_started_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="dossier_running_is_due",
                condition=~Q(state__in=["accepted", "processing", "signing", "refusing", "approved"])
                | Q(payment_state="asked")
                | Q(due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossier_paused_is_not_due",
                condition=~(Q(state__in=["supplement", "confirming"]) | Q(payment_state="asked")) | Q(due_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "due_at"], name="dossier_worklist"),
            models.Index(fields=["user", "-saved_at"], name="dossier_of_user"),
            models.Index(fields=["step", "due_at"], name="dossier_at_step"),
            models.Index(fields=["agency", "finished_at"], name="dossier_finished"),
            models.Index(
                models.F("applicant__organisation_code"),
                name="dossier_of_organisation",
                condition=Q(applicant__has_key="organisation_code"),
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.ref

    @property
    def about(self) -> tuple[str, str]:
        """What the rooms of money, parcels and messages know it by: ("dossier", "NH-7K3F-92XA")."""
        return "dossier", self.ref


class Attachment(models.Model):
    """A file handed in for one of the papers (tệp đính kèm)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="attachments")
    requirement_key = models.CharField(max_length=60)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["requirement_key", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "requirement_key", "position"],
                name="attachment_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement_key} {self.position}"


class Pause(models.Model):
    """A stretch of time that doesn't count (thời gian không tính vào thời hạn), with its reason and its end."""

    class Kind(models.TextChoices):
        SUPPLEMENT = "supplement", "Chờ bổ sung"
        UNANSWERED = "unanswered", "Chờ bổ sung, không nhận được"  # a supplement's wait that the desk ended
        CONFIRM_DRAFT = "confirm_draft", "Chờ người nộp xem bản nháp"
        PAYMENT = "payment", "Chờ nộp phí"
        VERIFICATION = "verification", "Chờ xác minh"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=14, choices=Kind)
    reason = models.CharField(max_length=500)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_before = models.DateTimeField()  # the due time when it began
    due_after = models.DateTimeField(null=True)

    class Meta:
        ordering = ["started_at"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(ended_at=None), name="pause_one_open"),
            models.CheckConstraint(
                name="pause_ends_after_start",
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%d/%m/%Y %H:%M}"


class DossierEvent(models.Model):
    """A line of the history shown to people (diễn biến), in their words; `audit` keeps the proof."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)  # the act: "accept"
    title = models.CharField(max_length=200)  # "Được tiếp nhận, có giấy hẹn"
    text = models.CharField(max_length=1000, blank=True)
    actor_name = models.CharField(max_length=200)
    actor_place = models.CharField(max_length=300, blank=True)  # "Bộ phận Một cửa, phường Hoa Sen"
    for_people = models.BooleanField(default=True)  # False: the desk's own

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["dossier", "at"], name="event_of_dossier")]

    def __str__(self) -> str:
        return self.title


class Counter(models.Model):
    """The last number given out in a series: official codes per agency and day, results per agency, kind and year."""

    series = models.CharField(max_length=120, primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
