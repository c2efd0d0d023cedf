"""The papers of a record: the list with their order and what is no paper, and each by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from motcua.core.text import whole_number
from motcua.procedures.models import Requirement
from motcua.web.components.forms import PortalForm
from motcua.web.office.catalogue.fields import LineField, ListField, TextField, choices_with
from motcua.web.office.catalogue.when import Answers, WhenBoxes

NEW = "them"  # in the address, instead of a paper's key


class PaperForm(PortalForm):
    """One paper (thành phần hồ sơ)."""

    ten = TextField("Tên giấy tờ", 3, required=True, error_messages={"required": "Nhập tên giấy tờ"})
    la_giay_to = forms.ChoiceField(
        label="Đây là", choices=[("co", "Giấy tờ phải nộp hoặc xuất trình"), ("khong", "Ghi chú, không phải giấy tờ")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    nhom = forms.ChoiceField(
        label="Trường hợp", required=False, help_text="Giấy tờ của cùng một trường hợp đứng cạnh nhau"
    )
    nhom_moi = LineField("Trường hợp mới", 1000, help_text="Chỉ khi chưa có trong danh sách trên")
    ban_chinh = LineField("Số bản chính", 4, width="govuk-input--width-3")
    ban_sao = LineField("Số bản sao", 4, width="govuk-input--width-3")
    khi_nao = forms.ChoiceField(
        label="Thuộc về hoàn cảnh nào", required=False, widget=forms.RadioSelect,
        help_text="Theo câu trả lời của người dân ở trang công khai",
    )  # fmt: skip
    khi_nao_khi = Answers("Thuộc về khi trả lời")
    khi_nao_tru = Answers("Nhưng không thuộc về khi trả lời")
    bat_buoc = forms.ChoiceField(
        label="Phải có", widget=forms.RadioSelect, help_text="Khi giấy tờ thuộc về hoàn cảnh của người nộp"
    )
    bat_buoc_khi = Answers("Phải có khi trả lời")
    bat_buoc_tru = Answers("Nhưng không bắt buộc khi trả lời")
    hinh_thuc = forms.ChoiceField(label="Khi nộp trực tuyến", choices=Requirement.Form.choices)
    huong_dan = TextField("Hướng dẫn", 2, help_text="Bằng lời dễ hiểu: khi nào cần, xin ở đâu")
    mau = LineField("Tên mẫu đơn, tờ khai", 200)
    tep_mau = ListField("Tệp mẫu, như nguồn công bố", 2, longest_line=1000, help_text="Mỗi dòng một tên tệp")

    def __init__(self, *args: Any, content: Mapping[str, Any], paper: Mapping[str, Any] | None, **kwargs: Any) -> None:
        self.content, self.paper = content, paper or {}
        asked = content.get("situations", ())
        belongs = WhenBoxes("khi_nao", self.paper.get("shown_if"), asked, "Mọi hoàn cảnh")
        must = WhenBoxes(
            "bat_buoc", self.paper.get("required_if"), asked, "Luôn phải có", "Không bắt buộc", new=not paper
        )  # fmt: skip
        self.when = {"shown_if": belongs, "required_if": must}
        super().__init__(*args, initial=self._first(), **kwargs)
        # By place: a group's name may have line breaks, which a browser sends otherwise than it got them.
        named = [(str(place), _clip(group)) for place, group in enumerate(groups(content), 1)]
        self._choices("nhom", choices_with("Mọi trường hợp", named))
        for boxes in self.when.values():
            self._choices(boxes.name, boxes.ways)
            for part in ("khi", "tru"):
                self._choices(f"{boxes.name}_{part}", boxes.answers)

    def clean(self) -> dict[str, Any]:
        """Ticks and what they are for go together."""
        said = super().clean() or self.cleaned_data
        for boxes in self.when.values():
            for name, words in boxes.troubles(said):
                if name not in self.errors:
                    self.add_error(name, words)
        return said

    def clean_ban_chinh(self) -> int:
        """A number of sheets."""
        return self._count("ban_chinh")

    def clean_ban_sao(self) -> int:
        """A number of sheets."""
        return self._count("ban_sao")

    def row(self) -> dict[str, Any]:
        """The paper as the record has it, without its key; only of a valid form."""
        said = self.cleaned_data
        is_document = said["la_giay_to"] == "co"
        row = {
            **{key: value for key, value in self.paper.items() if key not in {"required_if", "shown_if"}},
            "name": said["ten"], "is_document": is_document, "group": said["nhom_moi"] or self._group(said["nhom"]),
            "originals": said["ban_chinh"], "copies": said["ban_sao"], "form": said["hinh_thuc"],
            "rule": said["huong_dan"], "template_name": said["mau"], "form_files": said["tep_mau"],
        }  # fmt: skip
        written = {key: boxes.written(said) for key, boxes in self.when.items()}
        return row | {key: condition for key, condition in written.items() if condition is not None}

    def _first(self) -> dict[str, Any]:
        paper = self.paper
        return {
            "ten": paper.get("name", ""), "la_giay_to": "co" if paper.get("is_document", True) else "khong",
            "nhom": self._place_of(paper.get("group", "")), "ban_chinh": paper.get("originals", 0 if paper else 1),
            "ban_sao": paper.get("copies", 0),
            "huong_dan": paper.get("rule", ""), **self.when["shown_if"].first, **self.when["required_if"].first,
            "hinh_thuc": paper.get("form", Requirement.Form.ORIGINAL), "mau": paper.get("template_name", ""),
            "tep_mau": paper.get("form_files", []),
        }  # fmt: skip

    def _place_of(self, group: str) -> str:
        return str(groups(self.content).index(group) + 1) if group else ""

    def _group(self, place: str) -> str:
        return groups(self.content)[int(place) - 1] if place else ""

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _count(self, name: str) -> int:
        typed = str(self.cleaned_data[name] or "0")
        if not (typed.isascii() and typed.isdigit() and int(typed) <= 999):
            raise forms.ValidationError("Nhập số bản, ví dụ 1")
        return int(typed)


def groups(content: Mapping[str, Any]) -> list[str]:
    """The cases that papers of a record belong to, in their order."""
    return list(dict.fromkeys(paper["group"] for paper in content.get("requirements", ()) if paper.get("group")))


def with_paper(content: Mapping[str, Any], key: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The record's papers with one of them written; a new one (key NEW) comes behind the last of its case."""
    papers = [dict(paper) for paper in content.get("requirements", ())]
    if key != NEW:
        return {"requirements": [{**row, "key": key} if paper["key"] == key else paper for paper in papers]}
    paper = {**row, "key": _new_key({paper["key"] for paper in papers})}
    same = [place for place, one in enumerate(papers) if one.get("group", "") == row.get("group", "")]
    papers.insert(same[-1] + 1 if same else len(papers), paper)
    return {"requirements": papers}


def without_paper(content: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The record's papers without one."""
    return {"requirements": [paper for paper in content.get("requirements", ()) if paper["key"] != key]}


def arranged(content: Mapping[str, Any], typed: QueryDict) -> dict[str, Any]:
    """The record's papers in the order that was typed in the list, with what was ticked as paper, and the sets."""
    papers = content.get("requirements", ())
    placed = sorted(
        enumerate(papers, 1),
        key=lambda pair: (whole_number(typed.get(f"thu_tu-{pair[1]['key']}", "").strip(), otherwise=pair[0]), pair[0]),
    )
    rows = [{**paper, "is_document": f"la_giay_to-{paper['key']}" in typed} for _, paper in placed]
    sets = whole_number(typed.get("so_bo", "").strip(), otherwise=1)
    return {"requirements": rows, "dossier_sets": max(1, min(sets, 99))}


def _new_key(taken: set[str]) -> str:
    return next(key for number in range(1, len(taken) + 2) if (key := f"giay-to-{number}") not in taken)


def _clip(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:118]}…"
