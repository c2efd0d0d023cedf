"""What an agency offers online for a procedure (dịch vụ công trực tuyến): level, form, process, channels, limits."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.agencies.models import Agency, Role, Unit
from motcua.eforms.models import FormDefinition
from motcua.procedures.models import LimitUnit, Procedure


class Offering(models.Model):
    """One agency's service for one procedure."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="offerings")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="offerings")
    open = models.BooleanField(default=True)  # False: no new dossiers; running ones go on

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "procedure"], name="offering_once")]

    def __str__(self) -> str:
        return f"{self.procedure} – {self.agency}"


def default_pay_ways() -> list[str]:
    """The counter: every desk has one."""
    return ["tai-quay", "tai-quay-truoc"]


class OfferingVersion(models.Model):
    """How the service works from a moment on. Published ones never change; a dossier keeps the one it began with."""

    class Scope(models.TextChoices):
        """NĐ 224/2026 Điều 14. What has no form to fill in online (mức độ 1, 2) only informs."""

        FULL = "toan-trinh", "Toàn trình"
        PARTIAL = "mot-phan", "Một phần"
        INFORMATION = "thong-tin", "Cung cấp thông tin trực tuyến"

    class PartialKind(models.TextChoices):
        """Why a service may be online only in part: nothing else is a permitted reason (NĐ 224/2026 Điều 14)."""

        PRESENCE = "co-mat", "Người dân phải có mặt"
        ON_THE_SPOT = "xac-minh", "Cơ quan phải xác minh, thẩm định tại chỗ"

    class HandIn(models.TextChoices):
        ONLINE = "truc-tuyen", "Trực tuyến"
        DESK = "tai-quay", "Tại Bộ phận Một cửa"
        POST = "buu-chinh", "Qua bưu chính công ích"

    class Receive(models.TextChoices):
        ONLINE = "truc-tuyen", "Bản điện tử, tải về tại đây"
        DESK = "tai-quay", "Bản giấy, nhận tại Bộ phận Một cửa"
        POST = "buu-chinh", "Bản giấy, qua bưu chính công ích"
        EMAIL = "thu-dien-tu", "Bản điện tử, gửi đến thư điện tử"

    class AfterPause(models.TextChoices):
        """What a supplement does to the clock (NĐ 61/2018 Điều 19.4 restarts it; some sectors resume)."""

        RESUME = "chay-tiep", "Tính tiếp phần còn lại"
        RESTART = "tinh-lai", "Tính lại từ đầu"

    class ClockStarts(models.TextChoices):
        COMPLETE = "du-ho-so", "Khi hồ sơ đủ"
        COMPLETE_AND_PAID = "du-va-da-nop-phi", "Khi hồ sơ đủ và đã nộp phí"

    class Pay(models.TextChoices):
        """How a fee can be paid; nobody pays before the dossier is handed in."""

        ONLINE = "truc-tuyen", "Trực tuyến, qua cổng thanh toán"
        TRANSFER = "chuyen-khoan", "Chuyển khoản bằng mã QR"
        DESK_BEFORE = "tai-quay-truoc", "Tại Bộ phận Một cửa, trước khi có kết quả"
        DESK = "tai-quay", "Tại Bộ phận Một cửa, khi nhận kết quả"
        POSTMAN = "buu-chinh", "Cho nhân viên bưu chính, khi nhận kết quả"

    class Signing(models.TextChoices):
        """How the person stands by the declaration, where the law wants more than a tick."""

        NONE = "", "Lời cam đoan"
        REQUIRED = "ky-so", "Ký số hoặc xác nhận qua VNeID"

    offering = models.ForeignKey(Offering, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(null=True)
    old_level = models.PositiveSmallIntegerField()  # mức độ 1–4 (TT 32/2017)
    scope = models.CharField(max_length=12, choices=Scope)
    partial_kind = models.CharField(max_length=10, choices=PartialKind, blank=True)
    partial_reason = models.CharField(max_length=300, blank=True)  # the same in words, as it is published
    # None: nothing is filled in online (mức độ 1, 2); the counter takes the printed form.
    form = models.ForeignKey(FormDefinition, models.PROTECT, null=True, related_name="+")
    hand_in_ways = ArrayField(models.CharField(max_length=12, choices=HandIn))
    receive_ways = ArrayField(models.CharField(max_length=12, choices=Receive))
    pay_ways = ArrayField(models.CharField(max_length=16, choices=Pay), default=default_pay_ways)
    signing = models.CharField(max_length=8, choices=Signing, default=Signing.NONE, blank=True)
    minutes_needed = models.PositiveSmallIntegerField(default=10)  # what a person needs for it
    copies_answer = models.CharField(max_length=60, blank=True)  # the form field that holds how many copies are wanted

    limit_value = models.DecimalField(max_digits=6, decimal_places=2)
    limit_unit = models.CharField(max_length=14, choices=LimitUnit)
    first_day_counts = models.BooleanField(default=False)  # same-day procedures; otherwise Bộ luật Dân sự Điều 147
    cut_off = models.TimeField(default="15:00")  # what is received later counts as received next working morning
    after_pause = models.CharField(max_length=10, choices=AfterPause, default=AfterPause.RESTART)
    clock_starts = models.CharField(max_length=20, choices=ClockStarts, default=ClockStarts.COMPLETE)
    reception_hours = models.PositiveSmallIntegerField(
        default=8
    )  # working hours in which an online dossier is answered
    supplements_allowed = models.PositiveSmallIntegerField(default=1)  # one, complete (NĐ 61/2018 Điều 15.3)
    supplement_days = models.PositiveSmallIntegerField(default=30)  # days in which the person answers it
    # Working days from acceptance in which a supplement should be asked for (NĐ 61/2018 Điều 19.4).
    notice_days = models.PositiveSmallIntegerField(default=3)
    # Days from the notice in which one may complain (Luật Khiếu nại 02/2011/QH13 Điều 9); some laws give fewer.
    complain_days = models.PositiveSmallIntegerField(default=90)
    confirm_days = models.PositiveSmallIntegerField(
        default=0
    )  # days in which the applicant confirms the draft; 0: no draft is shown
    result_template = models.SlugField(max_length=60)  # the PDF template of the result
    result_name = models.CharField(max_length=200)  # "Giấy khai sinh"
    result_code = models.CharField(max_length=40)  # "KQ.G15.000031"
    # What the result says, field by field of its template: {"child_name": "answers.child_name", …}; the sources are
    # answers.x, owner.x, applicant.x, agency.name, today (dossiers.rules.wording).
    result_values = models.JSONField(default=dict)
    result_number_pattern = models.CharField(max_length=60, default="{seq}/{year}")
    # What is signed when the result is received (ký nhận): "Sổ đăng ký khai sinh"; empty: no signature is asked.
    sign_on_receipt = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offering", "number"], name="offering_version_once"),
            models.CheckConstraint(
                name="offering_partial_has_reason", condition=~Q(scope="mot-phan") | ~Q(partial_reason="")
            ),
            models.CheckConstraint(
                name="offering_online_has_form", condition=Q(old_level__lte=2) | Q(form__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering} ({self.number})"

    @property
    def takes_online(self) -> bool:
        """Whether a person can fill in and hand in here, without the counter's help."""
        return self.form_id is not None and self.HandIn.ONLINE in self.hand_in_ways


class Step(models.Model):
    """A step of the internal process (bước xử lý nội bộ): who, how long, and what it may decide."""

    version = models.ForeignKey(OfferingVersion, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)  # "Kiểm tra và soạn Giấy khai sinh"
    role = models.CharField(max_length=16, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    hours = models.DecimalField(max_digits=5, decimal_places=2)  # working hours
    acts = ArrayField(models.CharField(max_length=40))  # names in dossiers.rules.moves

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="step_once")]

    def __str__(self) -> str:
        return self.name
