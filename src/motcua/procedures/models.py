"""The catalogue of procedures (thủ tục hành chính): immutable published versions of records (NĐ 63/2010 Điều 8)."""

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.places.models import Unit as Place


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

    class Meta:
        ordering = ["audience", "position"]

    def __str__(self) -> str:
        return self.name


class CatalogueStamp(models.Model):
    """One row that moves with every publication: who keeps an index of the catalogue sees whether it is still true."""

    # A new one each time rather than a count: a count would come back to the same number after a rollback.
    token = models.UUIDField()

    def __str__(self) -> str:
        return str(self.token)


class Procedure(models.Model):
    """A procedure as a number that stays the same while its record changes (mã thủ tục)."""

    code = models.CharField(max_length=20, unique=True)  # "1.001193"

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """The record of a procedure in force from one day to another (bản công bố). Never edited once published."""

    class Level(models.TextChoices):
        MINISTRY = "bo", "Cấp Bộ"
        PROVINCE = "tinh", "Cấp tỉnh"
        COMMUNE = "xa", "Cấp xã"
        OTHER = "khac", "Cơ quan khác"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(null=True)  # empty: still being written, seen by nobody
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)  # the first day on which it is no longer in force

    name = models.CharField(max_length=1500)
    short_name = models.CharField(max_length=200)  # for headings and lists
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    levels = ArrayField(models.CharField(max_length=6, choices=Level))
    decision_no = models.CharField(max_length=100)  # số quyết định công bố
    issuing_body = models.CharField(max_length=200)
    kind = models.CharField(max_length=200, blank=True)  # loại thủ tục
    audience = ArrayField(models.CharField(max_length=120))  # đối tượng thực hiện
    agency_text = models.CharField(max_length=500, blank=True)  # cơ quan thực hiện, as published
    summary = models.TextField(blank=True)  # two plain sentences
    steps = models.JSONField(default=list)  # trình tự thực hiện: [{"title", "text"}]
    dossier_sets = models.PositiveSmallIntegerField(default=1)  # số lượng hồ sơ, in sets (bộ)
    conditions = models.TextField(blank=True)  # yêu cầu, điều kiện
    results = models.JSONField(default=list)  # [{"code", "name"}]
    legal_basis = models.JSONField(default=list)  # [{"number", "title", "date", "body"}]
    keywords = ArrayField(models.CharField(max_length=200), default=list)
    life_events = models.ManyToManyField(LifeEvent, related_name="+")
    related = models.ManyToManyField(Procedure, related_name="+")
    answers = models.JSONField(default=list)  # "Bao lâu, bao nhiêu tiền, mang gì": [{"key", "big", "fine"}]
    notes = models.JSONField(default=list)  # lưu ý, one sentence or two each
    # Questions by which the record shows only one's own papers:
    # [{"field", "kind": "one"|"tick", "title", "choices": [{"value", "label"}]}]; they feed the papers' conditions.
    situations = models.JSONField(default=list)
    # Blank forms to print (mức độ 2): [{"key", "title", "ground", "groups": [{"title", "lines"}], "oath"}]
    blank_forms = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the record it was published from

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_once"),
            models.CheckConstraint(
                name="procedure_version_ends_after_start",
                # Equal: it was replaced on its first day and never was in force.
                condition=Q(effective_to=None) | Q(effective_to__gte=models.F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class Channel(models.TextChoices):
    """How a dossier can be handed in (cách thức thực hiện)."""

    DIRECT = "truc-tiep", "Trực tiếp"
    ONLINE = "truc-tuyen", "Trực tuyến"
    POST = "buu-chinh", "Dịch vụ bưu chính"


class LimitUnit(models.TextChoices):
    """The unit of a time limit (đơn vị thời hạn)."""

    WORKING_HOURS = "gio-lam-viec", "giờ làm việc"
    WORKING_DAYS = "ngay-lam-viec", "ngày làm việc"
    CALENDAR_DAYS = "ngay", "ngày"
    MONTHS = "thang", "tháng"


class Method(models.Model):
    """A row of the table of ways: channel, limit, fee (cách thức thực hiện). A channel may have several."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="methods")
    position = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=12, choices=Channel)
    limit_value = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=14, choices=LimitUnit, blank=True)
    limit_text = models.CharField(max_length=300, blank=True)  # how it is said to people
    fee_text = models.CharField(max_length=500, blank=True)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="method_once")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.limit_text}"


class Requirement(models.Model):
    """A paper of a procedure (thành phần hồ sơ), with the rule by which it is wanted and how it must be brought."""

    class Form(models.TextChoices):
        """How the paper must be brought on paper (journeys §7); digitally signed papers replace all but the first."""

        ORIGINAL = "ban-chinh", "Bản chính, nộp lại cho cơ quan"
        CERTIFIED_COPY = "ban-sao-chung-thuc", "Bản sao có chứng thực"
        COPY_TO_COMPARE = "ban-sao-doi-chieu", "Bản sao, mang bản chính để đối chiếu"
        PHOTOGRAPH = "anh-chup", "Ảnh chụp bản chính là đủ"
        EFORM = "to-khai-dien-tu", "Điền trực tuyến, không cần bản giấy"
        NOTHING = "khong-phai-nop", "Không phải nộp: cơ quan tự tra cứu"

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="requirements")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=300, blank=True)  # "Giấy tờ phải nộp"
    name = models.CharField(max_length=1000)
    rule = models.TextField(blank=True)  # in plain words
    is_document = models.BooleanField(default=True)  # real records file remarks as papers
    required_if = models.JSONField(null=True)  # an e-form condition; {} always; empty: optional
    shown_if = models.JSONField(null=True)  # an e-form condition; empty: always
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    form = models.CharField(max_length=20, choices=Form)  # when handed in online
    template_name = models.CharField(max_length=200, blank=True)  # mẫu đơn, tờ khai
    max_files = models.PositiveSmallIntegerField(default=10)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="requirement_once")]

    def __str__(self) -> str:
        return self.name


class FeeLine(models.Model):
    """A fee (phí) or a charge (lệ phí) of a procedure, in force between two days."""

    class Kind(models.TextChoices):
        FEE = "phi", "Phí"
        CHARGE = "le-phi", "Lệ phí"

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="fee_lines")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=300)
    amount = models.PositiveIntegerField()  # đồng
    channel = models.CharField(max_length=12, choices=Channel, blank=True)  # empty: however it is handed in
    per = models.CharField(max_length=60, blank=True)  # the answer that multiplies it: "copies"; empty: once
    applies_if = models.JSONField(null=True)  # an e-form condition; empty: always
    ground = models.CharField(max_length=300, blank=True)  # "281/2016/TT-BTC"
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="fee_line_once")]

    def __str__(self) -> str:
        return self.name


class FeeRelief(models.Model):
    """An exemption or a reduction set by a provincial council (miễn, giảm phí, lệ phí), in force between two days.

    It belongs to the province, not to a record: every agency there charges less for all procedures that it names.
    """

    key = models.SlugField(max_length=60, unique=True)
    province = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)  # "Giảm 30% khi nộp trực tuyến"
    procedures = models.ManyToManyField(Procedure, related_name="+")  # none: every procedure
    kind = models.CharField(max_length=6, choices=FeeLine.Kind, blank=True)  # empty: fees and charges
    percent = models.PositiveSmallIntegerField()  # what is taken off; 100: nothing is charged
    channel = models.CharField(max_length=12, choices=Channel, blank=True)  # empty: however it is handed in
    applies_if = models.JSONField(null=True)  # an e-form condition; empty: always
    ground = models.CharField(max_length=300)  # "289/2022/NQ-HĐND"
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)  # the first day on which it is no longer in force

    class Meta:
        ordering = ["province", "effective_from", "key"]
        constraints = [
            models.CheckConstraint(name="relief_is_a_part", condition=Q(percent__gte=1) & Q(percent__lte=100)),
            models.CheckConstraint(
                name="relief_ends_after_start",
                condition=Q(effective_to=None) | Q(effective_to__gt=models.F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.ground})"

    @property
    def last_day(self) -> date | None:
        """The last day on which it counts; None: no end is set."""
        return self.effective_to - timedelta(days=1) if self.effective_to else None
