"""The lists that lead to procedures: fields of administration, life events."""

from django.db import models


class Field(models.Model):
    """A field of administration (lĩnh vực), such as Hộ tịch."""

    slug = models.SlugField(primary_key=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class LifeEvent(models.Model):
    """A reason why people come (việc trong đời), one of the National portal's groups."""

    class Audience(models.TextChoices):
        CITIZEN = "cong-dan", "Công dân"
        BUSINESS = "doanh-nghiep", "Doanh nghiệp, hộ kinh doanh"

    slug = models.SlugField(primary_key=True)
    audience = models.CharField(max_length=12, choices=Audience)
    name = models.CharField(max_length=200)
    hint = models.CharField(max_length=200)  # three things behind it, in people's words
    icon = models.CharField(max_length=40)  # a name in icons.svg
    position = models.PositiveSmallIntegerField()
    # What lies behind it, as staff arrange it: procedures one by one, and all of some fields for this audience.
    procedures = models.ManyToManyField("procedures.Procedure", related_name="life_events")
    fields = models.ManyToManyField(Field, related_name="life_events")

    class Meta:
        ordering = ["audience", "position"]

    def __str__(self) -> str:
        return self.name
