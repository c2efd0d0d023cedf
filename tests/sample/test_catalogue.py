"""The sample's own lines of a catalogue: messy on purpose, so that the editors' queue has something to show."""

import pytest

from motcua.procedures.importing.files import lines_of, reading_of
from motcua.procedures.models import Doubt, Procedure
from motcua.procedures.queries import by_codes
from motcua.sample.loading import FOLDER, load

Kind = Doubt.Kind


def test_each_kind_of_mess_is_there() -> None:
    kinds = {doubt.kind for line in lines_of([str(FOLDER / "catalogue.jsonl")]) for doubt in reading_of(line).doubts}
    assert kinds >= {Kind.NO_CODE, Kind.FEE_MISSING, Kind.FEE_DOUBTFUL, Kind.LIMIT_MISSING, Kind.LIMIT_DOUBTFUL}


@pytest.mark.django_db
def test_they_are_published_and_wait_for_editors() -> None:
    load()
    assert Doubt.objects.filter(settled_at=None).exists()
    published = by_codes(["9.980001", "9.980002", "9.980004", "9.980007"])
    assert published["9.980002"].short_name == "Cấp thẻ gửi xe tháng tại chợ phường"
    assert published["9.980004"].name == "Xác nhận công trình cải tạo vỉa hè do người dân góp vốn"
    assert published["9.980007"].is_short
    assert [code for code, version in published.items() if version.forms_held] == ["9.980001"]
    assert not Procedure.objects.filter(code="").exists()
