"""Agencies (cơ quan), their units (đơn vị), the people in them (an account's post), and when they work."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.places.models import Unit as Place


class Calendar(models.Model):
    """A working calendar (lịch làm việc): the usual week; `CalendarDay` holds what differs from it."""

    code = models.SlugField(primary_key=True)
    name = models.CharField(max_length=200)
    # Monday first: seven lists of ["07:30", "11:30"] pairs; [] is a day off.
    week = models.JSONField()

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    """A day that differs from the usual week: a holiday (ngày nghỉ lễ), or a Saturday worked in its place (làm bù)."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="days")
    date = models.DateField()
    hours = models.JSONField(default=list)  # as in `week`; [] is a day off
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "date"], name="calendar_day_once")]
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class Agency(models.Model):
    """An agency that settles procedures, or a centre that takes dossiers in for others (cơ quan giải quyết)."""

    class Kind(models.TextChoices):
        PROVINCE_CENTRE = "trung-tam-tinh", "Trung tâm Phục vụ hành chính công tỉnh"
        WARD = "xa-phuong", "Ủy ban nhân dân xã, phường, đặc khu"

    code = models.CharField(max_length=35, unique=True)  # định danh điện tử: "H98.21" (QĐ 20/2020/QĐ-TTg)
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)  # "Ủy ban nhân dân phường Hoa Sen"
    desk_name = models.CharField(max_length=200)  # "Trung tâm Phục vụ hành chính công phường Hoa Sen"
    short_name = models.CharField(max_length=100)  # "phường Hoa Sen"
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    address = models.CharField(max_length=300)
    phone = models.CharField(max_length=20)
    email = models.EmailField()
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="+")
    # What the official code of a dossier looks like: TT 01/2018 Điều 19; {agency}, {date:%y%m%d}, {seq:04d}.
    code_pattern = models.CharField(max_length=100, default="{agency}-{date:%y%m%d}-{seq:04d}")

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A part of an agency (đơn vị, bộ phận): the one-stop desk, the justice office, the leaders, the clerk's office."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    code = models.SlugField()
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="unit_once")]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a post may do (vai trò)."""

    RECEPTION = "reception", "Tiếp nhận và trả kết quả"
    REGISTRAR = "registrar", "Thụ lý"
    LEADER = "leader", "Lãnh đạo"
    CLERK = "clerk", "Văn thư"
    ADMINISTRATOR = "administrator", "Quản trị"


class PostQuerySet(models.QuerySet["Post"]):
    """Posts, in words."""

    def held_by(self, user: User, on: date) -> "PostQuerySet":
        """The posts this person holds on a day, with unit and agency."""
        return (
            self.filter(Q(until=None) | Q(until__gte=on), since__lte=on, user=user)
            .select_related("unit__agency")
            .order_by("pk")
        )


class Post(models.Model):
    """An account's place in a unit (vị trí công tác), with what it may do there and since when."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200)  # "Công chức tư pháp – hộ tịch"
    roles = ArrayField(models.CharField(max_length=16, choices=Role))
    since = models.DateField()
    until = models.DateField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit"], condition=Q(until=None), name="post_held_once"),
            models.CheckConstraint(
                name="post_ends_after_start", condition=Q(until=None) | Q(until__gte=models.F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"
