"""The forms of sections made of rows: steps, ways, fees, results, notes, laws. Rows are added, moved and left out."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from motcua.core.text import whole_number
from motcua.procedures.models import Channel, FeeKind, FeeLine, LimitUnit
from motcua.procedures.rules.when import with_values
from motcua.web.components.forms import PortalForm
from motcua.web.components.problems import Problem, problems_of
from motcua.web.office.catalogue.fields import (
    AmountsField,
    DateLineField,
    LineField,
    ListField,
    NumberField,
    TextField,
    choices_with,
)

MOST = 60  # rows of a section; the national catalogue has 40 steps at most
COUNT = "so_dong"


class RowForm(PortalForm):
    """One row. `names`: the form's fields → the row's keys; `kept`: keys that aren't shown and stay as they are."""

    names: ClassVar[Mapping[str, str]] = {}
    word: ClassVar[str] = "Dòng"

    thu_tu = forms.CharField(
        label="Thứ tự", required=False, max_length=4,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-3"}),
    )  # fmt: skip
    bo = forms.BooleanField(label="Bỏ dòng này", required=False)
    goc = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4)  # which row it was, counted from 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed; only of a valid form."""
        return not any(self.cleaned_data.get(name) for name in self.names)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The boxes of the row itself."""
        return [self[name] for name in self.names]

    @classmethod
    def first(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """What the boxes show of a row."""
        return {name: row.get(key) for name, key in cls.names.items()}

    def row(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The row as the record has it; only of a valid form."""
        said = {key: self.cleaned_data[name] for name, key in self.names.items()}
        return {**before, **said}


class StepRow(RowForm):
    """A step (trình tự thực hiện)."""

    names = {"ten": "title", "noi_dung": "text"}
    word = "Bước"
    ten = LineField("Tên bước", 1000, required=False)
    noi_dung = TextField("Nội dung", 5)

    def clean(self) -> dict[str, Any]:
        """A step has both."""
        said = super().clean() or self.cleaned_data
        if said.get("noi_dung") and not said.get("ten") and not said.get("bo"):
            self.add_error("ten", "Nhập tên bước")
        return said


class NoteRow(RowForm):
    """A note (lưu ý)."""

    names = {"noi_dung": "note"}
    word = "Lưu ý"
    noi_dung = TextField("Nội dung", 3)


class ResultRow(RowForm):
    """A result (kết quả)."""

    names = {"ten": "name", "ma": "code"}
    word = "Kết quả"
    ten = TextField("Tên kết quả", 2)
    ma = LineField("Mã", 40, width="govuk-input--width-20", help_text="Ví dụ KQ.G15.000031; không có thì để trống")

    def clean(self) -> dict[str, Any]:
        """A code alone tells people nothing."""
        said = super().clean() or self.cleaned_data
        if said.get("ma") and not said.get("ten") and not said.get("bo"):
            self.add_error("ten", "Nhập tên kết quả")
        return said


class LawRow(RowForm):
    """A law (căn cứ pháp lý)."""

    names = {"so": "number", "trich_yeu": "title", "ngay": "date", "co_quan": "body"}
    word = "Văn bản"
    so = LineField("Số ký hiệu", 200, width="govuk-input--width-20")
    trich_yeu = TextField("Trích yếu", 2)
    ngay = DateLineField("Ngày ban hành")
    co_quan = LineField("Cơ quan ban hành", 300)

    def clean(self) -> dict[str, Any]:
        """A law has its number or its title."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("bo") and not self.is_blank and not (said["so"] or said["trich_yeu"]):
            self.add_error("so", "Nhập số ký hiệu hoặc trích yếu")
        return said


class MethodRow(RowForm):
    """A way (cách thức thực hiện): channel, time limit, fee. A channel may have several."""

    names = {
        "kenh": "channel", "thoi_han": "limit_text", "so": "limit_value", "don_vi": "limit_unit",
        "loai_phi": "fee_kind", "phi": "fee_text", "muc_thu": "fees", "mo_ta": "description",
    }  # fmt: skip
    word = "Cách nộp"
    kenh = forms.ChoiceField(label="Cách nộp", required=False, choices=choices_with("Chọn", Channel.choices))
    thoi_han = TextField("Thời hạn giải quyết, như người dân đọc", 2)
    so = NumberField("Thời hạn bằng số", help_text="Chỉ khi chắc chắn, để tính ngày hẹn")
    don_vi = forms.ChoiceField(
        label="Đơn vị",
        required=False,
        choices=choices_with("Không ghi đơn vị", LimitUnit.choices),
        help_text="Của ô số bên cạnh",
    )
    loai_phi = forms.ChoiceField(
        label="Phí, lệ phí: mức độ chắc chắn", required=False,
        choices=choices_with("Như lời bên dưới", FeeKind.choices),
        help_text="Cổng chỉ nói “Miễn phí” khi chọn Miễn phí",
    )  # fmt: skip
    phi = TextField("Phí, lệ phí, như người dân đọc", 2)
    muc_thu = AmountsField("Mức thu bằng số", 2, help_text="Mỗi dòng một mức: “150.000 đồng: ghi chú”, “10 USD”")
    mo_ta = TextField("Mô tả", 3)

    def clean(self) -> dict[str, Any]:
        """A way has a channel; a number has its unit; what costs isn't free."""
        said = super().clean() or self.cleaned_data
        if said.get("bo") or self.errors:
            return said
        kind, amounts = said["loai_phi"], said["muc_thu"]
        wrong = [
            ("kenh", "Chọn cách nộp", not said["kenh"] and not self.is_blank),
            (
                "don_vi", "Chọn đơn vị của thời hạn; không chắc thì bỏ trống ô số",
                said["so"] is not None and not said["don_vi"],
            ),
            ("loai_phi", "Đã ghi mức thu thì không thể là miễn phí", kind == FeeKind.FREE and bool(amounts)),
            (
                "muc_thu", "Nhập ít nhất một mức thu, hoặc chọn mức độ chắc chắn khác",
                kind == FeeKind.AMOUNTS and not amounts,
            ),
        ]  # fmt: skip
        for name, words, applies in wrong:
            if applies:
                self.add_error(name, words)
        return said

    def row(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """A unit without a number says nothing."""
        found = super().row(before)
        return found if found["limit_value"] is not None else {**found, "limit_unit": ""}


class FeeRow(RowForm):
    """A fee or charge that the portal reckons (phí, lệ phí); its condition stays as it is."""

    names = {
        "ten": "name", "loai": "kind", "muc": "amount", "kenh": "channel", "can_cu": "ground", "tu": "effective_from",
        "den": "effective_to",
    }  # fmt: skip
    word = "Khoản thu"
    ten = LineField("Tên khoản thu", 300)
    loai = forms.ChoiceField(label="Loại", required=False, choices=choices_with("Chọn", FeeLine.Kind.choices))
    muc = LineField("Mức thu, đồng", 20, width="govuk-input--width-10")
    kenh = forms.ChoiceField(
        label="Chỉ khi nộp", required=False, choices=choices_with("Cách nào cũng thu", Channel.choices)
    )
    can_cu = LineField("Căn cứ", 300, help_text="Ví dụ 281/2016/TT-BTC")
    tu = DateLineField("Áp dụng từ ngày")
    den = DateLineField("Đến trước ngày")

    def clean_muc(self) -> int | None:
        """
        Raises:
            ValidationError: it is no whole number.
        """
        typed = str(self.cleaned_data["muc"]).removesuffix("đồng").strip().replace(".", "")
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
            raise forms.ValidationError("Nhập số tiền, ví dụ 8.000")
        return int(typed)

    def clean(self) -> dict[str, Any]:
        """All that reckoning needs."""
        said = super().clean() or self.cleaned_data
        if said.get("bo") or self.errors or self.is_blank:
            return said
        empty = {name for name in ("ten", "loai", "muc") if said[name] in ("", None)}
        for name, words in (("ten", "Nhập tên khoản thu"), ("loai", "Chọn loại"), ("muc", "Nhập mức thu")):
            if name in empty:
                self.add_error(name, words)
        return said

    def row(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Empty days and channels are left out, as the record has it."""
        return {key: value for key, value in super().row(before).items() if value not in ("", None)}


class SituationRow(RowForm):
    """A question about the situation (hoàn cảnh), by whose answers people see their own papers only."""

    names = {"cau_hoi": "title", "kieu": "kind", "tra_loi": "choices"}
    word = "Câu hỏi"
    cau_hoi = LineField("Câu hỏi", 300, help_text="Ví dụ: Ai đi làm thủ tục?")
    kieu = forms.ChoiceField(
        label="Trả lời thế nào", required=False,
        choices=[("one", "Chọn một câu trả lời; câu đầu được chọn sẵn"), ("tick", "Đánh dấu nếu đúng")],
        help_text="Các ô đánh dấu có cùng câu hỏi đứng chung một chỗ",
    )  # fmt: skip
    tra_loi = ListField("Câu trả lời", 4, longest_line=300, help_text="Mỗi dòng một câu")

    @classmethod
    def first(cls, row: Mapping[str, Any]) -> dict[str, Any]:
        """The answers by their labels."""
        return super().first(row) | {"tra_loi": [choice["label"] for choice in row.get("choices", ())]}

    @property
    def is_blank(self) -> bool:
        """A kind alone asks nothing."""
        return not (self.cleaned_data.get("cau_hoi") or self.cleaned_data.get("tra_loi"))

    def clean(self) -> dict[str, Any]:
        """A choice has two answers at least, a tick one."""
        said = super().clean() or self.cleaned_data
        if said.get("bo") or self.errors or self.is_blank:
            return said
        count, is_tick = len(said["tra_loi"]), said["kieu"] == "tick"
        wrong = [
            ("cau_hoi", "Nhập câu hỏi", not said["cau_hoi"]),
            ("tra_loi", "Ô đánh dấu có đúng một câu", is_tick and count != 1),
            ("tra_loi", "Nhập ít nhất hai câu trả lời, mỗi dòng một câu", not is_tick and count < 2),
        ]
        for name, words, applies in wrong:
            if applies:
                self.add_error(name, words)
        return said

    def row(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Answers keep the values by which papers know them."""
        said = super().row(before)
        kind = said["kind"] or "one"
        return said | {"kind": kind, "choices": with_values(said["choices"], kind, before)}


# section → the record's key of its rows, their form
ROWS: Mapping[str, tuple[str, type[RowForm]]] = {
    "cac-buoc": ("steps", StepRow),
    "cach-nop": ("methods", MethodRow),
    "hoan-canh": ("situations", SituationRow),
    "phi": ("fee_lines", FeeRow),
    "ket-qua": ("results", ResultRow),
    "luu-y": ("notes", NoteRow),
    "can-cu": ("legal_basis", LawRow),
}
# rows that other parts of the record name: by which key, and how a new one begins
KEYS = {"fee_lines": ("key", "khoan"), "situations": ("field", "hoan-canh")}


class Rows:
    """All rows of a section as one form: what was typed, or what the record has."""

    def __init__(self, section: str, content: Mapping[str, Any], typed: QueryDict | None = None) -> None:
        self.key, self.form = ROWS[section]
        self.before = [_as_row(row) for row in content.get(self.key) or []]
        self.typed = typed
        if typed is None:
            self.forms = [self._fresh(place, row) for place, row in enumerate(self.before)]
            if not self.forms:
                self.add()
        else:
            count = min(whole_number(typed.get(COUNT, "")), MOST)
            self.forms = [self.form(typed, prefix=f"dong-{place}") for place in range(count)]

    def add(self) -> None:
        """One more empty row at the end; what was typed in the others stays, unjudged."""
        if self.typed is not None:
            names = [*self.form.base_fields]
            self.forms = [
                self.form(
                    prefix=one.prefix, initial={name: self.typed.get(f"{one.prefix}-{name}", "") for name in names}
                )
                for one in self.forms
            ]
        if len(self.forms) < MOST:
            place = len(self.forms)
            self.forms.append(self.form(prefix=f"dong-{place}", initial={"thu_tu": place + 1}))

    def is_valid(self) -> bool:
        """Whether all rows that stay are right."""
        return not self.problems

    @property
    def problems(self) -> list[Problem]:
        """What must be mended, in order; nothing in rows that are left out."""
        return [problem for one in self.forms if not _left_out(one) for problem in problems_of(one).items]

    @property
    def count(self) -> int:
        """How many rows the page shows."""
        return len(self.forms)

    def changes(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The rows that stay, in their order; only when valid."""
        kept = [(_place(one, place), one) for place, one in enumerate(self.forms) if not _left_out(one)]
        rows = [one.row(self._original(one)) for _, one in sorted(kept, key=lambda pair: pair[0]) if not one.is_blank]
        if self.key == "notes":
            return {"notes": [row["note"] for row in rows]}
        return {self.key: _with_keys(rows, *KEYS[self.key]) if self.key in KEYS else rows}

    def _fresh(self, place: int, row: Mapping[str, Any]) -> RowForm:
        first = self.form.first(row)
        return self.form(prefix=f"dong-{place}", initial={**first, "thu_tu": place + 1, "goc": place + 1})

    def _original(self, one: RowForm) -> Mapping[str, Any]:
        """The row that it was, for what isn't shown of it."""
        place = whole_number(one.cleaned_data.get("goc", "")) - 1
        return self.before[place] if 0 <= place < len(self.before) else {}


def _as_row(row: Any) -> Mapping[str, Any]:
    return {"note": row} if isinstance(row, str) else row


def _left_out(one: RowForm) -> bool:
    return bool(one.is_bound and one.data.get(f"{one.prefix}-bo"))


def _place(one: RowForm, place: int) -> tuple[int, int]:
    return whole_number(str(one.cleaned_data.get("thu_tu", "")).strip(), otherwise=place + 1), place


def _with_keys(rows: Sequence[dict[str, Any]], key: str, word: str) -> list[dict[str, Any]]:
    """A new row gets a key that no other has."""
    taken = {row[key] for row in rows if key in row}
    found = []
    for number, row in enumerate(rows, 1):
        own = row.get(key) or next(name for step in range(MOST) if (name := f"{word}-{number + step}") not in taken)
        taken.add(own)
        found.append({**row, key: own})
    return found
