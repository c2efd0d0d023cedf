"""E-forms (biểu mẫu điện tử tương tác): versioned definitions. What they mean is in `rules` and docs/eforms.md."""

from django.db import models


class FormDefinition(models.Model):
    """One published version of a form. It never changes: answers point at the version they were given under."""

    key = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    definition = models.JSONField()
    # Vietnamese text → English, for the screens. No part of what is published: it may be mended without a new version.
    english = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="form_version_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"
