"""What is said around the services: notices of outages, and how many people came."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from motcua.content.rules import LONGEST_REASON, LONGEST_WORDS, Plan


class OutageQuerySet(models.QuerySet["Outage"]):
    """Outages, in words."""

    def real(self) -> "OutageQuerySet":
        """Without those that were called off before they began."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=F("starts_at")))

    def to_be_told(self, now: datetime) -> "OutageQuerySet":
        """Those that people must still know of: on, or ahead; the nearest first."""
        return self.filter(ended_at=None, ends_at__gt=now).order_by("starts_at", "pk")


class Outage(models.Model):
    """A time in which the portal, or a part of it, stands still (thông báo tạm ngừng cung cấp dịch vụ)."""

    class Part(models.TextChoices):
        """What stands still."""

        ALL = "toan-bo", "Toàn bộ cổng"
        LOGIN = "dang-nhap", "Đăng ký, đăng nhập tài khoản"
        HANDING_IN = "nop-ho-so", "Nộp và bổ sung hồ sơ"
        PAYING = "thanh-toan", "Thanh toán trực tuyến"
        LOOKING_UP = "tra-cuu", "Tra cứu hồ sơ"
        RESULTS = "ket-qua", "Tải kết quả"
        MESSAGES = "tin-nhan", "Tin nhắn và thư điện tử"

    class Stage(models.TextChoices):
        """Where it is at a moment."""

        AHEAD = "sap-toi", "Sắp tới"
        ON = "dang-dien-ra", "Đang tạm ngừng"
        OVER = "da-qua", "Đã kết thúc"
        CALLED_OFF = "da-huy", "Đã hủy"

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # as announced
    ended_at = models.DateTimeField(null=True)  # ended earlier by hand; before `starts_at`: called off
    affected = ArrayField(models.CharField(max_length=20, choices=Part))
    words = models.CharField(max_length=LONGEST_WORDS)
    urgent_reason = models.CharField(max_length=LONGEST_REASON, blank=True)  # not announced 7 working days ahead
    announced_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    # This room knows no accounts: a number and a name, as in audit.
    announced_by_id = models.BigIntegerField()
    announced_by_name = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=1)  # what a form has seen

    objects = OutageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="outage_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="outage_affects_something", condition=Q(affected__len__gt=0)),
        ]
        indexes = [models.Index(fields=["ends_at"], name="outage_by_end")]

    def __str__(self) -> str:
        return f"{self.starts_at:%d/%m/%Y %H:%M}: {self.affected_text}"

    @property
    def affected_names(self) -> list[str]:
        """The parts in words, in their usual order; the whole portal says it all."""
        if self.Part.ALL in self.affected:
            return [str(self.Part.ALL.label)]
        return [str(part.label) for part in self.Part if part in self.affected]

    @property
    def affected_text(self) -> str:
        """The parts in one line."""
        return ", ".join(self.affected_names)

    @property
    def plan(self) -> Plan:
        """What was announced."""
        return Plan(self.starts_at, self.ends_at, tuple(self.affected), self.words, self.urgent_reason)

    @property
    def over_at(self) -> datetime:
        """When it is really over."""
        return min(self.ended_at or self.ends_at, self.ends_at)

    def stage(self, now: datetime) -> Stage:
        """Where it is at this moment."""
        if self.ended_at is not None:
            return self.Stage.CALLED_OFF if self.ended_at <= self.starts_at else self.Stage.OVER
        if now < self.starts_at:
            return self.Stage.AHEAD
        return self.Stage.ON if now < self.ends_at else self.Stage.OVER


class DayKey(models.Model):
    """The key of one day's visitor marks; deleted when the day is over, and with it every way back."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class Visitor(models.Model):
    """One visitor of a day that isn't over: a mark and when it was last seen. No address, no cookie, no account."""

    day = models.DateField()
    mark = models.BinaryField(max_length=16)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "mark"], name="visitor_once_a_day")]
        indexes = [models.Index(fields=["seen_at"], name="visitor_by_time")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {bytes(self.mark).hex()[:8]}"


class VisitDay(models.Model):
    """How many visitors a day had (lượt truy cập): all that is left of it."""

    day = models.DateField(primary_key=True)
    visitors = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.visitors}"
