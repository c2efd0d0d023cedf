"""The proof kept for law: what was done, by whom, when. Append-only, sealed into a hash chain by a job."""

from django.db import models


class Event(models.Model):
    """One act that changed something (sự kiện kiểm toán).

    It keeps names and numbers, no foreign keys: it must outlive what it tells of. `seal` is empty until the sealing
    job has linked the event behind the one before; the database lets nothing else change (migration 0002).
    """

    at = models.DateTimeField()
    act = models.CharField(max_length=60)  # "dossier.accepted"
    actor_id = models.BigIntegerField(null=True)  # empty: the system itself
    actor_name = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40)  # "dossier"
    subject_ref = models.CharField(max_length=60)  # its number
    data = models.JSONField(default=dict)
    position = models.BigIntegerField(null=True, unique=True)  # in the chain, from 1
    seal = models.CharField(max_length=64, blank=True)  # SHA-256, hexadecimal

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_ref"], name="audit_by_subject"),
            models.Index(fields=["id"], name="audit_unsealed", condition=models.Q(position=None)),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind} {self.subject_ref}"
