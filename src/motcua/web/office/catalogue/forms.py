"""The forms of the record's sections that stand alone; those made of rows are in `rows`, papers in `papers`."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.queue import all_fields
from motcua.web.components.forms import PortalForm
from motcua.web.office.catalogue.fields import LineField, ListField, TextField, Ticks

CODE = re.compile(r"[0-9]\.[0-9]{6}")
AGENCY_PARTS = {
    "performing": ("thuc_hien", "Cơ quan thực hiện"),
    "competent": ("co_tham_quyen", "Cơ quan có thẩm quyền"),
    "authorised": ("duoc_uy_quyen", "Cơ quan được ủy quyền, phân cấp"),
    "receiving": ("tiep_nhan", "Nơi tiếp nhận"),
    "coordinating": ("phoi_hop", "Cơ quan phối hợp"),
}
ANSWERS = {
    "how_long": ("bao_lau", "Bao lâu"),
    "how_much": ("bao_nhieu", "Bao nhiêu tiền"),
    "what": ("mang_gi", "Mang gì"),
    "where": ("o_dau", "Nộp ở đâu"),
}


class SectionForm(PortalForm):
    """One section of the record. `names`: the form's fields → the record's keys, where one is the other."""

    names: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def first(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """What the boxes show of a record."""
        return {name: content.get(key) for name, key in cls.names.items()}

    def changes(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What was typed, under the record's keys; only of a valid form."""
        return {key: self.cleaned_data[name] for name, key in self.names.items()}


class NamesForm(SectionForm):
    """Tên gọi, mô tả."""

    names = {"ten": "name", "ten_ngan": "short_name", "mo_ta": "summary", "tu_khoa": "keywords"}
    ten = TextField(
        "Tên thủ tục", 3, required=True, longest=1500, help_text="Đúng như quyết định công bố",
        error_messages={"required": "Nhập tên thủ tục"},
    )  # fmt: skip
    ten_ngan = LineField(
        "Tên gọi ngắn", 200, required=True,
        help_text="Cho tiêu đề và danh sách: không có chữ “Thủ tục” ở đầu, không viết hoa toàn bộ",
    )  # fmt: skip
    mo_ta = TextField("Mô tả", 3, help_text="Một, hai câu dễ hiểu: dùng để làm gì, ai cần")
    tu_khoa = ListField(
        "Từ khóa",
        4,
        longest_line=200,
        help_text="Người dân hay gọi là gì, mỗi dòng một cách nói. Tìm kiếm đọc cả ô này",
    )


class DecisionForm(SectionForm):
    """Quyết định công bố, lĩnh vực, cấp."""

    names = {
        "so_quyet_dinh": "decision_no", "co_quan_cong_bo": "issuing_body", "linh_vuc": "field", "cap": "levels",
        "loai": "kind", "trang_quoc_gia": "portal_url",
    }  # fmt: skip
    so_quyet_dinh = LineField("Số quyết định công bố", 100, width="govuk-input--width-20", help_text="Ví dụ 163/QĐ-BTP")
    co_quan_cong_bo = LineField("Cơ quan công bố", 200)
    linh_vuc = forms.ChoiceField(label="Lĩnh vực", error_messages={"required": "Chọn lĩnh vực"})
    cap = Ticks("Cấp thực hiện", ProcedureVersion.Level.choices)
    loai = LineField("Loại thủ tục", 200)
    trang_quoc_gia = LineField(
        "Trang của thủ tục ở cổng khác", 300,
        help_text="Trên Cổng Dịch vụ công quốc gia hoặc cổng của một cơ quan nhà nước: https://….gov.vn/…",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["linh_vuc"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(field.pk, field.name) for field in all_fields()]

    def clean_cap(self) -> list[str]:
        """
        Raises:
            ValidationError: none was ticked.
        """
        if not self.cleaned_data["cap"]:
            raise ValidationError("Chọn ít nhất một cấp thực hiện")
        return list(self.cleaned_data["cap"])

    def clean_trang_quoc_gia(self) -> str:
        """
        Raises:
            ValidationError: it is no address of a page.
        """
        typed = str(self.cleaned_data["trang_quoc_gia"])
        if typed and not re.fullmatch(r"https?://[^\s\"'<>]+", typed):
            raise ValidationError("Địa chỉ phải bắt đầu bằng https://")
        return typed


class AudienceForm(SectionForm):
    """Đối tượng thực hiện."""

    names = {"doi_tuong": "audience"}
    doi_tuong = ListField(
        "Đối tượng thực hiện", 8, longest_line=120, help_text="Mỗi dòng một đối tượng, ví dụ: Công dân Việt Nam"
    )


class AgenciesForm(SectionForm):
    """Cơ quan, by their part."""

    theo_cong_bo = TextField("Cơ quan thực hiện, theo công bố", 3, help_text="Nguyên văn của quyết định công bố")
    thuc_hien = ListField(AGENCY_PARTS["performing"][1], 3, longest_line=1000, help_text="Mỗi dòng một cơ quan")
    co_tham_quyen = ListField(AGENCY_PARTS["competent"][1], 2, longest_line=1000)
    duoc_uy_quyen = ListField(AGENCY_PARTS["authorised"][1], 2, longest_line=1000)
    tiep_nhan = ListField(AGENCY_PARTS["receiving"][1], 2, longest_line=1000)
    phoi_hop = ListField(AGENCY_PARTS["coordinating"][1], 2, longest_line=1000)

    @classmethod
    def first(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """The text as published, and each part as a list."""
        parts = content.get("agencies", {})
        first = {name: parts.get(part, []) for part, (name, _) in AGENCY_PARTS.items()}
        return {"theo_cong_bo": content.get("agency_text", ""), **first}

    def changes(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Parts that nobody plays are left out."""
        said = self.cleaned_data
        parts = {part: said[name] for part, (name, _) in AGENCY_PARTS.items() if said[name]}
        return {"agency_text": said["theo_cong_bo"], "agencies": parts}


class ConditionsForm(SectionForm):
    """Yêu cầu, điều kiện."""

    names = {"dieu_kien": "conditions"}
    dieu_kien = TextField("Yêu cầu, điều kiện", 16, help_text="Để trống nếu không có")


class RelatedForm(SectionForm):
    """Thủ tục liên quan."""

    names = {"lien_quan": "related"}
    lien_quan = ListField("Mã thủ tục liên quan", 6, help_text="Mỗi dòng một mã, ví dụ 1.001193")

    def clean_lien_quan(self) -> list[str]:
        """
        Raises:
            ValidationError: a line is no number of a procedure.
        """
        codes: list[str] = self.cleaned_data["lien_quan"]
        for code in codes:
            if not CODE.fullmatch(code):
                raise ValidationError(f"“{code[:40]}” không phải mã thủ tục, ví dụ 1.001193")
        return sorted(codes)


class FormFilesForm(SectionForm):
    """Mẫu đơn, tờ khai: names of files that no paper names."""

    names = {"tep_mau": "forms"}
    tep_mau = ListField(
        "Tên các mẫu không thuộc riêng giấy tờ nào", 4, longest_line=1000,
        help_text="Mỗi dòng một tên, như nguồn công bố. Mẫu của từng giấy tờ ghi ở giấy tờ ấy",
    )  # fmt: skip

    def changes(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The forms that the portal prints itself stay as they are."""
        return {**super().changes(content), "blank_forms": content.get("blank_forms", [])}


class AnswersForm(SectionForm):
    """Trả lời nhanh: what people ask first. Where nothing is written the page reckons it from ways and papers."""

    bao_lau = LineField("Bao lâu", 200, help_text="Ví dụ: 3 ngày làm việc")
    bao_lau_them = TextField("Bao lâu: chi tiết", 2)
    bao_nhieu = LineField("Bao nhiêu tiền", 200, help_text="Ví dụ: 8.000 đồng mỗi bản")
    bao_nhieu_them = TextField("Bao nhiêu tiền: chi tiết", 2)
    mang_gi = LineField("Mang gì", 200)
    mang_gi_them = TextField("Mang gì: chi tiết", 2)
    o_dau = LineField("Nộp ở đâu", 200)
    o_dau_them = TextField("Nộp ở đâu: chi tiết", 2)

    @classmethod
    def first(cls, content: Mapping[str, Any]) -> dict[str, Any]:
        """Both lines of each answer."""
        given = {answer["key"]: answer for answer in content.get("answers", ())}
        first: dict[str, Any] = {}
        for key, (name, _) in ANSWERS.items():
            answer = given.get(key, {})
            first |= {name: answer.get("big", ""), f"{name}_them": answer.get("fine", "")}
        return first

    def clean(self) -> dict[str, Any]:
        """A finer line needs a first one."""
        said = super().clean() or self.cleaned_data
        for name, label in ANSWERS.values():
            if said.get(f"{name}_them") and not said.get(name) and name not in self.errors:
                self.add_error(name, f"Nhập câu trả lời ngắn cho “{label}” trước phần chi tiết")
        return said

    def changes(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Only what was answered."""
        said = self.cleaned_data
        answers = [
            {"key": key, "big": said[name]} | ({"fine": said[f"{name}_them"]} if said[f"{name}_them"] else {})
            for key, (name, _) in ANSWERS.items()
            if said[name]
        ]
        return {"answers": answers}


FORMS: Mapping[str, type[SectionForm]] = {
    "ten-goi": NamesForm,
    "quyet-dinh": DecisionForm,
    "tra-loi": AnswersForm,
    "doi-tuong": AudienceForm,
    "co-quan": AgenciesForm,
    "dieu-kien": ConditionsForm,
    "lien-quan": RelatedForm,
    "mau-don": FormFilesForm,
}
