"""Records of procedures (thủ tục hành chính) as immutable published versions with their parts (NĐ 63/2010 Điều 8)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.procedures.models.lists import Field


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

    class Origin(models.TextChoices):
        """Whose content this is. An import never replaces what people here have written."""

        EDITED = "bien-tap", "Biên tập tại Cổng"
        IMPORTED = "nhap", "Nhập từ nguồn"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(null=True)  # empty: still being written, seen by nobody
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)  # the first day on which it is no longer in force
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.EDITED)
    # Who published the file that it was imported from, or that its editors began with; empty: it was written here.
    source_name = models.CharField(max_length=200, blank=True)
    is_short = models.BooleanField(default=False)  # known only by its line in the catalogue (bản ghi rút gọn)
    editor = models.CharField(max_length=200, blank=True)  # who published it, by name as it was then
    change_note = models.TextField(blank=True)  # what is new in it, in the editor's words

    name = models.CharField(max_length=1500)
    short_name = models.CharField(max_length=200)  # for headings and lists
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    levels = ArrayField(models.CharField(max_length=6, choices=Level))
    decision_no = models.CharField(max_length=100, blank=True)  # số quyết định công bố
    issuing_body = models.CharField(max_length=200, blank=True)  # "Bộ Tư pháp", "UBND tỉnh Lạng Sơn"
    portal_url = models.CharField(max_length=300, blank=True)  # its page on the National portal
    kind = models.CharField(max_length=200, blank=True)  # loại thủ tục
    audience = ArrayField(models.CharField(max_length=120))  # đối tượng thực hiện
    agency_text = models.TextField(blank=True)  # cơ quan thực hiện, as published
    # The agencies by part, each a list of names: {"performing", "competent", "authorised", "receiving", "coordinating"}
    # (thực hiện, có thẩm quyền, được ủy quyền, tiếp nhận, phối hợp); a part that isn't published is left out.
    agencies = models.JSONField(default=dict)
    summary = models.TextField(blank=True)  # two plain sentences
    steps = models.JSONField(default=list)  # trình tự thực hiện: [{"title", "text"}]
    dossier_sets = models.PositiveSmallIntegerField(default=1)  # số lượng hồ sơ, in sets (bộ)
    conditions = models.TextField(blank=True)  # yêu cầu, điều kiện
    results = models.JSONField(default=list)  # [{"code", "name"}]
    legal_basis = models.JSONField(default=list)  # [{"number", "title", "date", "body"}]
    keywords = ArrayField(models.CharField(max_length=200), default=list)
    related = models.ManyToManyField(Procedure, related_name="+")
    answers = models.JSONField(default=list)  # "Bao lâu, bao nhiêu tiền, mang gì": [{"key", "big", "fine"}]
    notes = models.JSONField(default=list)  # lưu ý, one sentence or two each
    # Questions by which the record shows only one's own papers:
    # [{"field", "kind": "one"|"tick", "title", "choices": [{"value", "label"}]}]; they feed the papers' conditions.
    situations = models.JSONField(default=list)
    # Blank forms to print (mức độ 2): [{"key", "title", "ground", "groups": [{"title", "lines"}], "oath"}]
    blank_forms = models.JSONField(default=list)
    forms = ArrayField(models.TextField(), default=list)  # names of files of forms that no paper names
    forms_held = models.BooleanField(default=False)  # `rules.forms.all_held`: all can be downloaded (mức độ 2)
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

    @property
    def is_to_take_home(self) -> bool:
        """Whether its forms can be had here, as files or to print: level 2 of the portal's four."""
        return self.forms_held or bool(self.blank_forms)


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


class FeeKind(models.TextChoices):
    """How far it is certain what a way costs. What isn't published is never shown as free."""

    FREE = "mien-phi", "Miễn phí"
    AMOUNTS = "co-muc", "Có mức phí, lệ phí"
    TEXT = "mo-ta", "Theo mô tả"
    UNKNOWN = "chua-ro", "Chưa công bố"


class Method(models.Model):
    """A row of the table of ways: channel, limit, fee (cách thức thực hiện). A channel may have several."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="methods")
    position = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=12, choices=Channel)
    limit_value = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=14, choices=LimitUnit, blank=True)
    limit_text = models.TextField(blank=True)  # how it is said to people
    fee_kind = models.CharField(max_length=10, choices=FeeKind, blank=True)  # empty: `fee_text` says all there is
    fee_text = models.TextField(blank=True)
    fees = models.JSONField(default=list)  # [{"amount": "150000", "currency": "VND", "note": ""}], as published
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
    group = models.TextField(blank=True)  # the case that it belongs to: "Giấy tờ phải nộp"
    name = models.TextField()
    rule = models.TextField(blank=True)  # in plain words
    is_document = models.BooleanField(default=True)  # real records file remarks as papers
    required_if = models.JSONField(null=True)  # an e-form condition; {} always; empty: optional
    shown_if = models.JSONField(null=True)  # an e-form condition; empty: always
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    form = models.CharField(max_length=20, choices=Form)  # when handed in online
    template_name = models.CharField(max_length=200, blank=True)  # mẫu đơn, tờ khai
    form_files = ArrayField(models.TextField(), default=list)  # names of the files of its form, as published
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
