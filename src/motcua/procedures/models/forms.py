"""The blank forms that the portal holds for people to download."""

from django.db import models

from motcua.documents.models import Document
from motcua.procedures.models.record import ProcedureVersion


class HeldForm(models.Model):
    """A blank form (mẫu đơn, tờ khai) that a version holds, under the name by which its record calls it.

    It belongs to the version as its papers do: an old version keeps its own file when the next one has another.
    """

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="held_forms")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="held_form_once")]

    def __str__(self) -> str:
        return self.name
