"""The mark by which a database says that it holds sample data."""

from django.db import models


class SampleMark(models.Model):
    """One row: this database is a sample (bản mẫu) and may be emptied and filled again."""

    name = models.CharField(max_length=100)  # "phường Hoa Sen"
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
