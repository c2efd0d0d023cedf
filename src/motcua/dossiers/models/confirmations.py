"""How a person stands by what they hand in, where a tick is not enough."""

from django.db import models
from django.db.models import Q

from motcua.documents.models import Document
from motcua.dossiers.models.case import Dossier
from motcua.dossiers.models.supplements import SupplementRequest

# Of a supplement only what was sent: before that it is the person's own.
HANDED_IN = Q(supplement=None) | Q(supplement__outcome__in=SupplementRequest.SENT)


class Confirmation(models.Model):
    """A proof that the person wants to hand in exactly this (xác nhận, ký số tờ khai).

    `digest` is the SHA-256 of what was confirmed (`rules.digest`); it counts only while the dossier still has it.
    """

    class Kind(models.TextChoices):
        NATIONAL = "national", "Xác nhận qua VNeID"
        SIGNED_FILE = "signed_file", "Tờ khai ký số"

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="confirmations")
    # The supplement that it confirms, sent or not; empty: what was handed in first.
    supplement = models.ForeignKey(SupplementRequest, models.PROTECT, null=True, related_name="confirmations")
    kind = models.CharField(max_length=12, choices=Kind)
    digest = models.CharField(max_length=64)
    who = models.CharField(max_length=300)  # as the certificate or the National portal names them
    personal_number = models.CharField(max_length=12, blank=True)
    assurance = models.CharField(max_length=12, blank=True)  # accounts.User.Assurance, for the National portal's
    at = models.DateTimeField()  # when they signed or confirmed, by the clock of who says so
    received_at = models.DateTimeField()  # by ours
    proof = models.TextField(blank=True)  # the National portal's signed statement (a JWS) …
    proof_key = models.JSONField(default=dict)  # … and the public key (a JWK) that proves it
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")  # the signed file

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "kind", "digest"], name="confirmation_once"),
            models.CheckConstraint(name="confirmation_has_proof", condition=~Q(proof="") | Q(document__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.who}"

    @property
    def covered(self) -> str:
        """What it covers, for people: a supplement's is of the whole content as it was then."""
        return "nội dung sau khi bổ sung" if self.supplement_id else "nội dung nộp lần đầu"
