"""The ways to a record without a word typed: what lies behind events, fields, agencies, letters; in which order."""

from typing import Any

import pytest
from django.utils import timezone

from motcua.procedures.models import LifeEvent, Procedure, ProcedureVersion
from motcua.procedures.queries import browsing
from motcua.procedures.services import publish_record, set_fields, set_life_events
from tests.procedures.catalogue import made_up, publish_lists, read

pytestmark = pytest.mark.django_db
CITIZEN, BUSINESS, COOPERATIVE = "Công dân Việt Nam", "Doanh nghiệp", "Hợp tác xã"


@pytest.fixture(autouse=True)
def _lists() -> None:
    publish_lists()


def publish(number: int, name: str = "", **changes: Any) -> ProcedureVersion:
    names = {"name": name, "short_name": name} if name else {}
    return publish_record(made_up(number, **names, **changes), by=None)


def an_imported(number: int, name: str, **what: Any) -> ProcedureVersion:
    """A record as imports write it, with parts missing that people here must fill in."""
    return ProcedureVersion.objects.create(
        procedure=Procedure.objects.create(code=f"9.{number:06d}"), number=1, published_at=timezone.now(), name=name,
        short_name=name, effective_from="2026-01-01", field_id="ho-tich", levels=["xa"], **what,
    )  # fmt: skip


def names(records: Any, **how: Any) -> list[str]:
    found = [row.pk for row in browsing.rows(records, **{"province": "", **how})]
    short = ProcedureVersion.objects.in_bulk(found)
    return [short[pk].short_name for pk in found]


def an_event(slug: str = "huu-tri", **what: Any) -> LifeEvent:
    event = LifeEvent.objects.get(pk=slug)
    event.fields.set(what.get("fields", []))
    event.procedures.clear()
    return event


def test_communes_come_first_then_the_alphabet() -> None:
    publish(1, "Ủy quyền", levels=["tinh"])
    publish(2, "Ấn chỉ", levels=["xa", "tinh"])
    publish(3, "An toàn", levels=["xa"])
    publish(4, "Bổ nhiệm", levels=["bo"])
    publish(5, "Ăn uống", levels=["tinh"])
    records = browsing.all_records()
    assert names(records) == ["An toàn", "Ấn chỉ", "Ăn uống", "Ủy quyền", "Bổ nhiệm"]
    assert names(records, by_name=True) == ["An toàn", "Ăn uống", "Ấn chỉ", "Bổ nhiệm", "Ủy quyền"]
    headings = [row.nearest for row in browsing.as_rows(browsing.rows(records, province=""))]
    assert headings == ["xa", "xa", "tinh", "tinh", "bo"]


def test_one_name_is_one_row_the_whole_country_s_first() -> None:
    for number, body in enumerate(["UBND tỉnh Lạng Sơn", "Bộ Tư pháp", "UBND tỉnh Cà Mau"], 1):
        publish(number, "Đăng ký đất", issuing_body=body)
    publish(4, "Đăng ký khác")
    rows = browsing.as_rows(browsing.rows(browsing.all_records(), province=""))
    assert [row.others for row in rows] == [2, 0]
    shown = ProcedureVersion.objects.get(pk=rows[0].version_id)
    assert shown.issuing_body == "Bộ Tư pháp"
    assert [one.issuing_body for one in browsing.same_name(shown)] == [
        "Bộ Tư pháp", "UBND tỉnh Cà Mau", "UBND tỉnh Lạng Sơn",
    ]  # fmt: skip


def test_one_s_own_province_stands_for_its_copies_and_others_come_last() -> None:
    publish(1, "Ở Cà Mau", issuing_body="UBND tỉnh Cà Mau")
    publish(2, "Đăng ký", issuing_body="UBND tỉnh Cà Mau")
    publish(3, "Đăng ký", issuing_body="UBND tỉnh Lạng Sơn")
    publish(4, "Việc chung", levels=["bo"])
    records = browsing.all_records()
    at_home = browsing.as_rows(browsing.rows(records, province="Lạng Sơn"))
    assert [row.elsewhere for row in at_home] == [False, False, True]
    assert names(records, province="Lạng Sơn") == ["Đăng ký", "Việc chung", "Ở Cà Mau"]
    assert ProcedureVersion.objects.get(pk=at_home[0].version_id).procedure.code == "9.000003"
    assert names(records) == ["Việc chung", "Đăng ký", "Ở Cà Mau"]


def test_an_event_has_what_staff_put_there_and_its_fields_for_its_audience() -> None:
    event = an_event(fields=["ho-tich"])
    publish(1, "Của doanh nghiệp", audience=[BUSINESS, COOPERATIVE])
    publish(2, "Của công dân", audience=[CITIZEN, BUSINESS])
    an_imported(3, "Không rõ của ai", audience=[])
    publish(4, "Lĩnh vực khác", field="chung-thuc")
    publish(5, "Được xếp đầu", field="chung-thuc", audience=[BUSINESS], life_events=["huu-tri"], levels=["bo"])
    assert names(browsing.of_event(event), event=event) == ["Được xếp đầu", "Của công dân", "Không rõ của ai"]
    (counted,) = [one for one in browsing.counted_events("cong-dan") if one.pk == "huu-tri"]
    assert counted.count == 3  # type: ignore[attr-defined]


def test_what_was_put_there_and_is_of_the_field_counts_once() -> None:
    event = an_event(fields=["ho-tich"])
    publish(1, life_events=["huu-tri"])
    publish(2)
    (counted,) = [one for one in browsing.counted_events("cong-dan") if one.pk == "huu-tri"]
    assert counted.count == browsing.of_event(event).count() == 2  # type: ignore[attr-defined]


def test_every_count_is_the_length_of_its_list() -> None:
    for number, field in enumerate(["ho-tich", "dat-dai", "thue", "viec-lam", "dau-thau", "hoa-giai-thuong-mai"], 1):
        publish(number, field=field, audience=[CITIZEN] if number % 2 else [BUSINESS])
    for event in browsing.counted_events("cong-dan", "doanh-nghiep"):
        assert event.count == browsing.of_event(event).count(), event.pk  # type: ignore[attr-defined]


def test_a_list_given_again_leaves_what_staff_arranged() -> None:
    event = an_event(fields=["chung-thuc"])
    set_life_events(read("life_events"), by=None)
    assert [field.pk for field in event.fields.all()] == ["chung-thuc"]


def test_every_event_of_the_sample_leads_somewhere() -> None:
    fields = {field["slug"] for field in read("fields")}
    assert len(fields) == len(read("fields"))
    for event in read("life_events"):
        assert event["fields"] or event["procedures"], event["slug"]
        assert set(event["fields"]) <= fields, event["slug"]


def test_spellings_of_an_agency_are_one_agency() -> None:
    publish(1, agencies={"performing": ["UBND cấp xã", "Sở Tư pháp"]})
    publish(2, agencies={"performing": ["Ủy ban nhân dân xã, phường"]})
    publish(3, agencies={}, agency_text="Sở Tư Pháp, Ủy ban nhân dân cấp xã")
    an_imported(4, "Không rõ ai làm", audience=[], agencies={"performing": []})
    found = {one.key: one for one in browsing.agencies()}
    assert {key: one.count for key, one in found.items()} == {"uy-ban-nhan-dan-xa": 3, "so-tu-phap": 2}
    assert found["uy-ban-nhan-dan-xa"].name == "Ủy ban nhân dân cấp xã"
    assert browsing.of_agency(found["uy-ban-nhan-dan-xa"]).count() == 3
    assert browsing.of_agency(found["so-tu-phap"]).count() == 2


def test_letters_and_the_words_that_follow() -> None:
    given = ["Cấp giấy phép", "Cấp lại giấy", "cấp, lại thẻ", "Chấp thuận", "Ấn chỉ", "1 cửa"]
    for number, name in enumerate(given, 1):
        publish(number, name)
    counts = {one.letter: one.count for one in browsing.letters() if one.count}
    assert counts == {"c": 4, "â": 1, "": 1}
    of_c = browsing.of_letter("c")
    assert [(one.words, one.count) for one in browsing.beginnings(of_c)] == [("Cấp", 3), ("Chấp", 1)]
    narrowed = browsing.beginning_with(of_c, "cấp")
    assert [(one.words, one.count) for one in browsing.beginnings(narrowed, "cấp")] == [("Cấp giấy", 1), ("Cấp lại", 2)]
    assert names(browsing.beginning_with(of_c, "Cấp lại"), by_name=True) == ["cấp, lại thẻ", "Cấp lại giấy"]
    assert names(browsing.of_letter("")) == ["1 cửa"]


def test_fields_and_levels_are_counted() -> None:
    set_fields([{"slug": "dat-dai", "name": "Đất đai"}], by=None)
    publish(1, levels=["xa", "tinh"])
    publish(2, field="dat-dai", levels=["tinh"])
    publish(3, field="dat-dai", levels=["tinh"])
    records = browsing.all_records()
    assert [(one.slug, one.count) for one in browsing.by_field(records)] == [("dat-dai", 2), ("ho-tich", 1)]
    assert browsing.by_level(records) == {"": 3, "tinh": 3, "xa": 1}
    assert browsing.at_level(records, "xa").count() == 1
