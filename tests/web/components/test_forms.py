"""Forms as a person and a screen reader meet them."""

from datetime import date

from django import forms
from django.template import Context, Template

from motcua.web.components.forms import ChoiceCards, CodeInput, DayField, PortalForm


class Household(PortalForm):
    full_name = forms.CharField(label="Họ, chữ đệm, tên", help_text="Viết có dấu", max_length=10)
    birth_date = DayField(label="Ngày sinh")
    sex = forms.ChoiceField(label="Giới tính", choices=[("nu", "Nữ"), ("nam", "Nam")], widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label="Nhận ở đâu?",
        choices=[("quay", "Tại quầy"), ("nha", "Ở nhà")],
        widget=ChoiceCards({"quay": "Mang căn cước"}),
    )
    place = forms.ChoiceField(label="Xã", choices=[("", "Chọn"), ("a", "Xã A")], required=False)
    code = forms.CharField(label="Mã", widget=CodeInput, required=False)
    agreed = forms.BooleanField(label="Đồng ý", required=False)
    paper = forms.FileField(label="Giấy tờ", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, initial="x")


EMPTY: dict[str, str] = {"secret": "x"}


def show(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_every_control_has_a_label() -> None:
    html = str(Household())
    for control in ("full-name", "place", "code", "agreed", "paper", "birth-date_0", "sex_0", "way_1"):
        assert f'for="{control}"' in html
        assert f'id="{control}"' in html


def test_controls_never_show_the_browser_s_own_words() -> None:
    assert " required" not in str(Household())
    assert 'aria-required="true"' in str(Household())


def test_a_mistake_is_read_with_its_control() -> None:
    html = str(Household(EMPTY)["full_name"].as_field_group())
    assert 'aria-describedby="full-name-goi-y full-name-loi"' in html
    assert 'id="full-name-loi"' in html
    assert 'aria-invalid="true"' in html
    assert "govuk-input--error" in html
    assert "govuk-form-group--error" in html


def test_a_mistake_in_a_group_is_read_with_its_legend() -> None:
    html = str(Household(EMPTY)["birth_date"].as_field_group())
    assert '<fieldset class="govuk-fieldset" aria-describedby="birth-date-loi"' in html
    assert html.count("govuk-input--error") == 3


def test_the_summary_leads_to_the_first_control_of_each_field() -> None:
    html = show("{% error_summary form %}", form=Household(EMPTY))
    assert "Cần sửa 4 chỗ trước khi tiếp tục" in html
    for control in ("full-name", "birth-date_0", "sex_0", "way_0"):
        assert f'href="#{control}"' in html


def test_the_summary_is_shown_once_whether_the_page_asks_or_not() -> None:
    assert show("{{ form }}", form=Household(EMPTY)).count("data-error-summary") == 1
    assert show("{% error_summary form %}{{ form }}", form=Household(EMPTY)).count("data-error-summary") == 1


def test_a_refusal_of_the_whole_act_has_no_number() -> None:
    form = Household(EMPTY)
    form.full_clean()
    form.errors.clear()
    form.add_error(None, "Hồ sơ đã có người khác tiếp nhận")
    html = show("{% error_summary form %}", form=form)
    assert "Chưa thực hiện được" in html
    assert "Hồ sơ đã có người khác tiếp nhận" in html


def test_problems_of_an_e_form_make_the_same_summary() -> None:
    class Found:
        html_id, message = "con-ngay-sinh", "Không có ngày 30/2/2026"

    html = show("{% error_summary problems %}", problems=[Found()])
    assert '<a href="#con-ngay-sinh">Không có ngày 30/2/2026</a>' in html


def test_what_was_typed_stays() -> None:
    data = EMPTY | {"full_name": "Nguyễn Thị Mỹ Ẩn dài quá", "birth_date_ngay": "30", "birth_date_thang": "2"}
    html = str(Household(data))
    assert 'value="Nguyễn Thị Mỹ Ẩn dài quá"' in html
    assert 'value="30"' in html


def test_a_hint_of_a_card_is_read_with_it() -> None:
    html = str(Household()["way"].as_field_group())
    assert 'aria-describedby="way_0-goi-y"' in html
    assert "Mang căn cước" in html


def day(*parts: str) -> tuple[date | None, list[str]]:
    class One(PortalForm):
        day = DayField(label="Ngày")

    form = One({"day_ngay": parts[0], "day_thang": parts[1], "day_nam": parts[2]})
    return (form.cleaned_data["day"], []) if form.is_valid() else (None, [str(error) for error in form.errors["day"]])


def test_a_day_is_read_from_three_boxes() -> None:
    assert day("5", "03", "2026") == (date(2026, 3, 5), [])
    assert day("30", "2", "2026") == (None, ["Không có ngày 30/2/2026"])
    assert day("5", "3", "26") == (None, ["Năm gồm 4 chữ số, ví dụ 1996"])
    assert day("5", "", "2026") == (None, ["Nhập đủ ngày, tháng và năm"])
    assert day("năm", "3", "2026") == (None, ["Ngày, tháng, năm chỉ gồm chữ số"])
    assert day("٥", "3", "2026") == (None, ["Ngày, tháng, năm chỉ gồm chữ số"])
    assert day("5", "3", "0000") == (None, ["Không có ngày 5/3/0000"])
    assert day("", " ", "") == (None, ["Nhập ngày, tháng, năm"])
