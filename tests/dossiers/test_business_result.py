"""The certificate of a household business says what was declared, lists and all."""

import json
from typing import Any

import pytest
from django.conf import settings

from motcua.documents.queries import words_of_document
from motcua.documents.services import make_pdf
from motcua.dossiers.queries.results import suggested_values
from motcua.dossiers.rules.wording import Value
from motcua.dossiers.services import results, work
from motcua.eforms.services import publish_form
from motcua.offerings.models import OfferingVersion
from motcua.web.desk.forms import DraftForm
from tests.cast import dung, giang, khanh
from tests.dossiers.stages import fresh, taken_up
from tests.eforms.business import FAMILY, WHOLE, member
from tests.factories import a_draft, an_offering
from tests.moments import Moments

SAMPLE = settings.PROJECT / "sample"
OFFERING = next(
    one for one in json.loads((SAMPLE / "offerings.json").read_text(encoding="utf-8")) if one["procedure"] == "1.001612"
)


def the_offering() -> OfferingVersion:
    """The sample's form and certificate; no draft is shown."""
    form = publish_form(json.loads((SAMPLE / "forms" / "ho-kinh-doanh.json").read_text(encoding="utf-8")), by=None)
    result = {key: OFFERING[key] for key in OFFERING if key.startswith("result_")}
    return an_offering(form=form, copies_answer="", confirm_days=0, **result)


def values(answers: dict[str, Any]) -> dict[str, str]:
    """What the certificate would say."""
    draft = a_draft(version=the_offering())
    draft.answers = answers
    return {value.key: value.text for value in suggested_values(draft)}


@pytest.mark.django_db
class TestCertificate:
    def test_lists_lines_and_members(self) -> None:
        told = values(WHOLE | FAMILY | {"members": [member(1), member(2)]})
        assert told["lines"].split("\n") == [
            "5610 – Nhà hàng và các dịch vụ ăn uống phục vụ lưu động, bán phở, ngành, nghề chính",
            "5630 – Dịch vụ phục vụ đồ uống",
        ]
        assert told["members"].split("\n") == [
            "Nguyễn Thị B, sinh ngày 05/03/1990, Nữ, số định danh 098190000001",
            "Nguyễn Thị C, sinh ngày 05/03/1990, Nữ, số định danh 098190000002",
        ]
        assert (told["capital"], told["capital_words"]) == ("80.000.000 đồng", "Tám mươi triệu đồng")
        assert told["business_number"] == "098201006034"

    def test_somebody_alone_has_no_members(self) -> None:
        told = values(WHOLE | {"members": [member(1)]})
        assert told["members"] == ""
        assert told["founder"] == "Một cá nhân"

    def test_its_template_takes_them(self) -> None:
        told = values(WHOLE | FAMILY | {"members": [member(serial) for serial in range(300)]})
        content = make_pdf(OFFERING["result_template"], told, title=OFFERING["result_name"])
        assert content.startswith(b"%PDF")

    def test_goes_out_signed_with_every_line_and_member(self, clock: Moments) -> None:
        people = [member(1), member(2)]
        dossier = work.propose(
            taken_up(version=the_offering(), answers=WHOLE | FAMILY | {"members": people}), by=dung()
        )
        work.approve(dossier, by=giang())
        result = results.issue(fresh(dossier), by=khanh())
        text = words_of_document(result.document)
        for words in (
            "HỘ KINH DOANH QUÁN CƠM HOA SEN", "5610 – Nhà hàng", "bán phở, ngành, nghề chính", "5630 – Dịch vụ",
            "Tám mươi triệu đồng", "Nguyễn Thị B, sinh ngày 05/03/1990", "Nguyễn Thị C", "098201006034",
        ):  # fmt: skip
            assert words in text
        assert result.number == f"1/{clock.moment:%Y}"

    def test_the_registrar_may_correct_even_the_longest_list(self) -> None:
        text = values(WHOLE | FAMILY | {"members": [member(serial) for serial in range(300)]})["members"]
        form = DraftForm([Value("members", "Thành viên", "", text)], {"v_members": text})
        assert form.is_valid()
        assert form.fields["v_members"].widget.attrs["rows"] == "12"
