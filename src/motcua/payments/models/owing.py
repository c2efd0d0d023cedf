"""What is to be paid, to whom, and each try to pay it."""

from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency
from motcua.payments.rules.states import AttemptState, NoticeKind, OrderState


class Payee(models.Model):
    """Where an agency's money goes (tài khoản thụ hưởng), and how its receipts are named."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="payee")
    name = models.CharField(max_length=200)  # as on the receipt
    tax_code = models.CharField(max_length=14)  # mã số thuế
    bank_bin = models.CharField(max_length=6)  # the bank's number at NAPAS
    bank_name = models.CharField(max_length=100)
    account_number = models.CharField(max_length=19)
    account_name = models.CharField(max_length=100)
    receipt_form = models.CharField(max_length=20)  # ký hiệu mẫu biên lai: "01BLP0-001"
    receipt_series = models.CharField(max_length=20)  # ký hiệu biên lai: "HS-{yy}E"

    def __str__(self) -> str:
        return f"{self.account_name} {self.account_number}"


class Order(models.Model):
    """An amount that somebody owes an agency for one thing (khoản phải nộp).

    Its row is the lock of all its money: whoever books, cancels or refunds holds it.

    `lines`: [{"key", "kind": "phi" | "le-phi", "name", "amount", …}], their amounts make up `amount`.
    """

    number = models.CharField(max_length=20, unique=True)  # mã nộp tiền: A–Z, 0–9, what a transfer names
    about_kind = models.CharField(max_length=30)  # "dossier"
    about_ref = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    payer_name = models.CharField(max_length=200)
    lines = models.JSONField(default=list)
    amount = models.PositiveIntegerField()  # đồng
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # paid or cancelled
    cancel_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about_kind", "about_ref"], condition=Q(state="open"), name="order_one_open"
            ),
            models.CheckConstraint(name="order_is_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="order_closed_has_time",
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["about_kind", "about_ref"], name="order_about")]

    def __str__(self) -> str:
        return self.number

    @property
    def about(self) -> tuple[str, str]:
        """What it is owed for: ("dossier", "NH-7K3F-92XA")."""
        return self.about_kind, self.about_ref


class Attempt(models.Model):
    """One try to pay an order at a provider (giao dịch), from the way there to the provider's word."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="attempts")
    txn_ref = models.CharField(max_length=30, unique=True)  # vnp_TxnRef
    amount = models.PositiveIntegerField()  # đồng
    state = models.CharField(max_length=10, choices=AttemptState, default=AttemptState.STARTED)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()  # afterwards the provider takes no money for it
    ended_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=4, blank=True)  # vnp_ResponseCode of the last word
    provider_no = models.CharField(max_length=30, blank=True)  # vnp_TransactionNo
    bank = models.CharField(max_length=20, blank=True)
    ask_at = models.DateTimeField(null=True, db_index=True)  # when we ask ourselves; empty: no need to
    asked = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["started_at", "pk"]

    def __str__(self) -> str:
        return self.txn_ref


class Notice(models.Model):
    """What a provider told us, word for word, genuine or not: by notice, with the person, or when asked."""

    kind = models.CharField(max_length=8, choices=NoticeKind)
    at = models.DateTimeField()
    txn_ref = models.CharField(max_length=100, blank=True)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, related_name="notices")
    content = models.JSONField(default=dict)
    genuine = models.BooleanField()
    answer = models.CharField(max_length=4, blank=True)  # RspCode; empty: not settled yet, or never to be

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["attempt", "kind"], name="notice_of_attempt")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.txn_ref}"
