"""Editors go through the queue, edit a record in forms, publish it, take it back, withdraw it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.agencies.models import Agency
from motcua.procedures import queries
from motcua.procedures.models import Doubt, Draft, ImportRun, Procedure, ProcedureVersion, SourceRecord
from motcua.procedures.queries.standing import last_standing
from motcua.procedures.services import drafts, editing, publish_record, settling
from tests.cast import quan
from tests.factories import an_agency, an_offering
from tests.moments import stopped_clock
from tests.procedures.catalogue import made_up, publish_lists

pytestmark = pytest.mark.django_db
ROOT = "/can-bo/quan-tri/thu-tuc/"
CODE = "9.000001"
ONE = f"{ROOT}{CODE}/"


@pytest.fixture
def office(client: Client) -> Client:
    publish_lists()
    publish_record(made_up(1), by=None)
    an_agency().units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    client.force_login(quan())
    return client


def a_source(number: int = 1, *, code: str = CODE, **line: Any) -> SourceRecord:
    """A line of a file that was imported, for a procedure or for none."""
    run = ImportRun.objects.first() or ImportRun.objects.create()
    said = {"name": f"Thủ tục nguồn {number}", "field": "Hộ tịch", "source": "nguon-a"} | line
    procedure = Procedure.objects.filter(code=code).first() if code else None
    return SourceRecord.objects.create(
        key=code or f"nguon-{number}", line=said, content_hash="x", procedure=procedure, run=run,
        version=last_standing(procedure) if procedure else None,
    )  # fmt: skip


def doubt(source: SourceRecord, kind: Doubt.Kind, place: str = "", text: str = "") -> Doubt:
    return Doubt.objects.create(source=source, kind=kind, place=place, text=text)


def seen(page: Any) -> str:
    return str(page.context["seen"])


def edit(office: Client, section: str, typed: dict[str, Any]) -> Any:
    where = f"{ONE}sua/{section}/"
    return office.post(where, {"seen": seen(office.get(where)), **typed})


def names(**changes: Any) -> dict[str, Any]:
    return {"ten": "Thủ tục mẫu số 1", "ten_ngan": "Thủ tục mẫu số 1", "mo_ta": "", "tu_khoa": ""} | changes


def publish(office: Client, **typed: Any) -> Any:
    where = f"{ONE}cong-bo/"
    form = {"khi_nao": "ngay", "ghi_chu": "Sửa tên", "seen": seen(office.get(where))} | typed
    return office.post(where, form)


def day_in(days: int) -> dict[str, int]:
    """The boxes of a day so many days from now."""
    day = timezone.localdate() + timedelta(days=days)
    return {"ngay_ngay": day.day, "ngay_thang": day.month, "ngay_nam": day.year}


def content() -> dict[str, Any]:
    return drafts.content_of(Procedure.objects.get(code=CODE))


# ---- Who ----


@pytest.mark.parametrize("place", ["", "tim/", "dang-lam/", f"{CODE}/", f"{CODE}/sua/ten-goi/"])
def test_a_ward_s_administrator_has_no_business_in_the_province_s_catalogue(office: Client, place: str) -> None:
    above = an_agency(slug="tinh", code="H98", short_name="tỉnh", place="98002")
    Agency.objects.filter(slug="hoa-sen").update(parent=above)
    assert office.get(ROOT + place).status_code == 403
    assert "Danh mục thủ tục" not in office.get("/can-bo/quan-tri/").content.decode()


WRITES = (
    "9.000001/xem-ban-moi/", "9.000001/thu-hoi/", "9.000001/giu-hieu-luc/", "nguon/9.000001/da-xem/",
    "nguon/9.000001/dat-ma/",
)  # fmt: skip


def test_what_changes_something_is_posted_with_a_token_by_an_editor(office: Client) -> None:
    a_source()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(quan())
    for place in (
        *WRITES,
        "9.000001/cong-bo/",
        "9.000001/huy-nhap/",
        "9.000001/bai-bo/",
        "xac-nhan/",
        "9.000001/sua/ten-goi/",
    ):
        assert strict.post(ROOT + place).status_code == 403, place
    for place in WRITES:
        assert office.get(ROOT + place).status_code == 405, place
    above = an_agency(slug="tinh", code="H98", short_name="tỉnh", place="98002")
    Agency.objects.filter(slug="hoa-sen").update(parent=above)
    for place in WRITES:
        assert office.post(ROOT + place).status_code == 403, place
    for place in (f"/thu-tuc/{CODE}/xem-truoc/", "/can-bo/quan-tri/tim-kiem/", "/can-bo/quan-tri/tim-kiem/ghim/them/"):
        assert office.get(place).status_code == 403, place


def test_a_draft_is_kept_over_no_version_that_its_editor_has_not_seen(office: Client) -> None:
    edit(office, "ten-goi", names(ten="Tên của tôi"))
    publish_record(made_up(1, name="Tên của người khác"), by=None)
    page = office.get(ONE)
    assert 'name="seen" value="2"' in page.content.decode()
    publish_record(made_up(1, name="Tên của người thứ ba"), by=None)
    late = office.post(f"{ONE}xem-ban-moi/", {"seen": "2"})
    assert late.status_code == 422
    assert "Vừa có thêm bản khác" in late.content.decode()
    assert office.post(f"{ONE}xem-ban-moi/", {"seen": "3"}).status_code == 302


def test_what_isn_t_there_isn_t_found(office: Client) -> None:
    for place in (
        "9.999999/",
        "nguon/9.999999/",
        f"{CODE}/sua/khong-co/",
        f"{CODE}/sua/giay-to/khong-co/",
        f"{CODE}/khac/",
    ):
        assert office.get(ROOT + place).status_code == 404, place


# ---- The queue ----


def test_the_queue_tells_what_is_doubtful_and_counts_by_filter(office: Client) -> None:
    source = a_source()
    doubt(source, Doubt.Kind.FEE_DOUBTFUL, "methods/1", "20 VNĐ (20.000 vnđ/tờ khai)")
    doubt(a_source(2, code="", field="Đất đai"), Doubt.Kind.NO_CODE)
    page = office.get(ROOT)
    said = page.content.decode()
    assert "2 bản ghi cần xem" in said
    assert "20 VNĐ (20.000 vnđ/tờ khai)" in said
    assert "Mức phí, lệ phí đáng ngờ (1)" in said
    assert said.index("Thủ tục nguồn 2") < said.index("Thủ tục nguồn 1")  # what nothing was published from comes first
    assert "1 bản ghi cần xem" in office.get(ROOT, {"linh_vuc": "Đất đai"}).content.decode()
    assert "0 bản ghi" in office.get(ROOT, {"linh_vuc": "Đất đai", "loai": "phi-nghi-ngo"}).content.decode()


def test_the_queue_takes_as_many_queries_for_many_as_for_one(office: Client) -> None:
    doubt(a_source(), Doubt.Kind.FEE_MISSING)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            office.get(ROOT, {"loai": "thieu-phi"})
        return len(found)

    first = asked()
    for number in range(2, 32):
        doubt(a_source(number, code=""), Doubt.Kind.FEE_MISSING, "methods")
    assert asked() == first


@pytest.mark.parametrize("place", ["tim/?q=mẫu", "dang-lam/"])
def test_other_lists_take_as_many_queries_for_many_as_for_one(office: Client, place: str) -> None:
    def with_draft(number: int) -> None:
        procedure = publish_record(made_up(number), by=None).procedure
        change = {"summary": "Mới"}
        drafts.change_draft(procedure, change, seen=drafts.seen_of({"summary": ""}, change), by=quan())

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            office.get(ROOT + place)
        return len(found)

    with_draft(2)
    first = asked()
    for number in range(3, 33):
        with_draft(number)
    assert asked() == first


def test_a_doubt_stands_beside_the_source_s_words_and_is_settled_or_opened_again(office: Client) -> None:
    source = a_source(
        steps="- Bước một của nguồn", in_national_index_2026_07=False, levels=["commune"], detail=False,
    )  # fmt: skip
    one = doubt(source, Doubt.Kind.FEE_DOUBTFUL, "methods/1", "1 VNĐ")
    page = office.get(f"{ROOT}nguon/{CODE}/").content.decode()
    for words in ("1 VNĐ", "Miễn phí", "Cách nộp 1: Trực tiếp", "Bước một của nguồn", "Có trong danh mục quốc gia"):
        assert words in page
    for words in ("Cấp xã", "Nguồn có bản đầy đủ"):  # no word of the file's own language
        assert words in page
    assert "commune" not in page
    office.post(f"{ROOT}nguon/{CODE}/da-xem/", {"diem": one.pk})
    one.refresh_from_db()
    assert one.settled_by == "Đỗ Minh Quân"
    assert "0 bản ghi" in office.get(ROOT).content.decode()
    office.post(f"{ROOT}nguon/{CODE}/da-xem/", {"diem": one.pk, "act": "mo-lai"})
    one.refresh_from_db()
    assert one.settled_at is None


def test_an_editor_goes_from_one_source_to_the_next_of_the_same_filter(office: Client) -> None:
    for number in (1, 2, 3):
        kind = Doubt.Kind.LIMIT_MISSING if number == 2 else Doubt.Kind.FEE_MISSING
        doubt(a_source(number, code=""), kind, "methods")
    one, last = (Doubt.objects.get(source__key=f"nguon-{number}") for number in (1, 3))
    where = f"{ROOT}nguon/nguon-1/da-xem/?loai=thieu-phi"
    assert "sang bản ghi tiếp theo" in office.get(f"{ROOT}nguon/nguon-1/?loai=thieu-phi").content.decode()
    assert office.post(where, {"act": "tiep"})["Location"].startswith(f"{ROOT}nguon/nguon-1/")  # nothing was ticked
    assert office.post(where, {"act": "tiep", "diem": one.pk})["Location"] == f"{ROOT}nguon/nguon-3/?loai=thieu-phi"
    done = office.post(f"{ROOT}nguon/nguon-3/da-xem/?loai=thieu-phi", {"act": "tiep", "diem": last.pk})
    assert done["Location"].startswith(f"{ROOT}nguon/nguon-3/")


def test_many_are_settled_at_once_by_one_kind_only(office: Client) -> None:
    for number in range(1, 4):
        doubt(a_source(number, code=""), Doubt.Kind.FEE_MISSING)
    where = f"{ROOT}xac-nhan/"
    office.post(where, {"dong": "nguon-1", "act": "dong"})  # no kind was chosen
    assert Doubt.objects.filter(settled_at=None).count() == 3
    office.post(where, {"loai": "thieu-phi", "dong": "nguon-1", "act": "dong"})
    assert Doubt.objects.filter(settled_at=None).count() == 2
    assert "Xác nhận 2 điểm" in office.get(where, {"loai": "thieu-phi"}).content.decode()
    office.post(where, {"loai": "thieu-phi", "act": "tat-ca"})
    assert not Doubt.objects.filter(settled_at=None).exists()


def test_a_missing_code_is_never_settled_in_a_heap(office: Client) -> None:
    doubt(a_source(1, code=""), Doubt.Kind.NO_CODE)
    office.post(f"{ROOT}xac-nhan/", {"loai": "khong-ma", "act": "tat-ca"})
    assert Doubt.objects.filter(settled_at=None).exists()


def test_a_record_without_a_code_gets_one_and_is_published(office: Client) -> None:
    doubt(a_source(1, code="", name="Cấp giấy phép mẫu", levels=["commune"]), Doubt.Kind.NO_CODE)
    where = f"{ROOT}nguon/nguon-1/dat-ma/"
    for typed, words in (("12", "Mã thủ tục gồm"), (CODE, "đã có bản ghi")):
        refused = office.post(where, {"ma": typed})
        assert refused.status_code == 422
        assert words in refused.content.decode()
    assert office.post(where, {"ma": "9.000777"})["Location"].endswith("/9.000777/")
    assert not Doubt.objects.filter(settled_at=None).exists()
    page = office.get(f"{ROOT}9.000777/cong-bo/")
    done = office.post(f"{ROOT}9.000777/cong-bo/", {"khi_nao": "ngay", "ghi_chu": "Mới", "seen": seen(page)})
    assert done.status_code == 302
    found = queries.record("9.000777")
    assert found is not None
    assert found.name == "Cấp giấy phép mẫu"
    assert (found.is_short, found.source_name) == (True, "nguon-a")


def test_a_source_that_differs_is_taken_over_section_by_section(office: Client) -> None:
    line: dict[str, Any] = {"name": "Tên của nguồn", "steps": "- Một\n- Hai", "levels": ["commune"]}
    change = {"keywords": ["tiếng địa phương"]}
    by = quan()
    one = Procedure.objects.get(code=CODE)
    drafts.change_draft(one, change, seen=drafts.seen_of(content(), change), by=by)
    doubt(a_source(1, **line), Doubt.Kind.EDITED_HERE)
    where = f"{ROOT}nguon/{CODE}/so-sanh/"
    page = office.get(where)
    assert "Tên của nguồn" in page.content.decode()
    office.post(where, {"phan": ["ten-goi"], "seen": seen(page)})
    assert content()["name"] == "Tên của nguồn"
    assert content()["keywords"] == ["tiếng địa phương"]  # the source says nothing of them
    assert content()["short_name"] == "Thủ tục mẫu số 1"
    assert content()["steps"] == [{"title": "Nộp hồ sơ", "text": "Nộp tại quầy."}]
    assert not Doubt.objects.filter(settled_at=None).exists()


# ---- Editing ----


def test_a_name_is_edited_previewed_compared_and_published(office: Client) -> None:
    assert edit(office, "ten-goi", names(ten="Tên mới", tu_khoa="vk đẻ\ngiấy độc thân")).status_code == 302
    assert queries.record(CODE).name == "Thủ tục mẫu số 1"  # type: ignore[union-attr]
    for place in (ONE, f"{ONE}khac/", f"{ONE}cong-bo/", f"{ROOT}dang-lam/", f"/thu-tuc/{CODE}/xem-truoc/"):
        assert office.get(place).status_code == 200, place
    assert "giấy độc thân" in office.get(f"{ONE}khac/").content.decode()
    assert publish(office).status_code == 302
    found = queries.record(CODE)
    assert found is not None
    assert (found.name, found.keywords, found.editor) == ("Tên mới", ["vk đẻ", "giấy độc thân"], "Đỗ Minh Quân")
    assert "Sửa tên" in office.get(ONE).content.decode()


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(office: Client) -> None:
    page = edit(office, "ten-goi", names(ten="", mo_ta="Câu đã gõ"))
    assert page.status_code == 422
    said = page.content.decode()
    assert "Nhập tên thủ tục" in said
    assert "Câu đã gõ" in said
    assert not Draft.objects.exists()


def test_the_second_editor_is_told_and_sees_what_the_first_wrote(office: Client) -> None:
    where = f"{ONE}sua/ten-goi/"
    old = seen(office.get(where))
    office.post(where, {"seen": old, **names(ten="Người thứ nhất")})
    invalid = office.post(where, {"seen": old, **names(ten="")})
    assert seen(invalid) == old  # a slip of one's own doesn't hide what others did
    told = office.post(where, {"seen": old, **names(ten="Người thứ hai")})
    assert told.status_code == 422
    said = told.content.decode()
    assert "Đỗ Minh Quân đã sửa phần này" in said
    assert 'class="mc-del"' in said  # the first one's words, where the second one's would stand
    assert content()["name"] == "Người thứ nhất"
    office.post(where, {"seen": seen(told), **names(ten="Người thứ hai")})  # knowingly now
    assert content()["name"] == "Người thứ hai"


def rows_typed(section: str, *rows: dict[str, Any]) -> dict[str, Any]:
    typed: dict[str, Any] = {"so_dong": len(rows), "act": "luu"}
    for place, row in enumerate(rows):
        typed |= {f"dong-{place}-{name}": value for name, value in row.items()}
    return typed


def test_rows_are_added_moved_and_left_out(office: Client) -> None:
    steps = [
        {"ten": f"Bước {one}", "noi_dung": "Làm", "thu_tu": place} for one, place in (("A", 2), ("B", 1), ("C", 3))
    ]
    steps[2]["bo"] = "on"
    more = edit(office, "cac-buoc", rows_typed("cac-buoc", *steps) | {"act": "them"})
    assert more.status_code == 200
    assert more.content.decode().count('name="dong-3-ten"') == 1
    assert "Bước B" in more.content.decode()
    edit(office, "cac-buoc", rows_typed("cac-buoc", *steps, {"ten": "", "noi_dung": "", "thu_tu": 4}))
    assert [step["title"] for step in content()["steps"]] == ["Bước B", "Bước A"]


def test_a_way_says_no_more_than_is_certain(office: Client) -> None:
    way = {"kenh": "truc-tuyen", "thoi_han": "7,5 ngày làm việc", "so": "7,5", "don_vi": "ngay-lam-viec"}
    fee = {"loai_phi": "co-muc", "phi": "150.000 đồng", "muc_thu": "150.000 đồng: hộ gia đình\n1,5 USD"}
    edit(office, "cach-nop", rows_typed("cach-nop", way | fee))
    (row,) = content()["methods"]
    assert (row["limit_value"], row["limit_unit"], row["channel"]) == (7.5, "ngay-lam-viec", "truc-tuyen")
    assert row["fees"] == [
        {"amount": "150000", "currency": "VND", "note": "hộ gia đình"}, {"amount": "1.5", "currency": "USD"},
    ]  # fmt: skip
    page = edit(office, "cach-nop", rows_typed("cach-nop", way | fee | {"loai_phi": "mien-phi"}))
    assert page.status_code == 422
    assert "không thể là miễn phí" in page.content.decode()


@pytest.mark.parametrize(
    ("section", "row", "key", "kept"),
    [
        ("ket-qua", {"ten": "Giấy mới", "ma": ""}, "results", [{"name": "Giấy mới", "code": ""}]),
        ("luu-y", {"noi_dung": "Một câu\nhai dòng"}, "notes", ["Một câu\nhai dòng"]),
        (
            "can-cu", {"so": "1/2026/L", "trich_yeu": "Luật", "ngay": "05/03/2026", "co_quan": "Quốc hội"},
            "legal_basis", [{"number": "1/2026/L", "title": "Luật", "date": "2026-03-05", "body": "Quốc hội"}],
        ),
        (
            "phi", {"ten": "Bản sao", "loai": "le-phi", "muc": "8.000"},
            "fee_lines", [{"key": "khoan-1", "name": "Bản sao", "kind": "le-phi", "amount": 8000}],
        ),
    ],
)  # fmt: skip
def test_other_rows(office: Client, section: str, row: dict[str, Any], key: str, kept: list[Any]) -> None:
    assert edit(office, section, rows_typed(section, row)).status_code == 302
    assert content()[key] == kept


@pytest.mark.parametrize(
    ("section", "typed", "key", "kept"),
    [
        ("doi-tuong", {"doi_tuong": "Cá nhân\nTổ chức"}, "audience", ["Cá nhân", "Tổ chức"]),
        ("co-quan", {"thuc_hien": "Sở A\nSở B"}, "agencies", {"performing": ["Sở A", "Sở B"]}),
        ("dieu-kien", {"dieu_kien": "Một\nHai"}, "conditions", "Một\nHai"),
        ("lien-quan", {"lien_quan": "9.000002"}, "related", ["9.000002"]),
        ("mau-don", {"tep_mau": "Mau so 1.docx"}, "forms", ["Mau so 1.docx"]),
        ("tra-loi", {"bao_lau": "3 ngày"}, "answers", [{"key": "how_long", "big": "3 ngày"}]),
        ("quyet-dinh", {"linh_vuc": "ho-tich", "cap": ["tinh"], "so_quyet_dinh": "2/QĐ"}, "decision_no", "2/QĐ"),
    ],
)  # fmt: skip
def test_other_sections(office: Client, section: str, typed: dict[str, Any], key: str, kept: Any) -> None:
    assert office.get(f"{ONE}sua/{section}/").status_code == 200
    assert edit(office, section, typed).status_code == 302
    assert content()[key] == kept


def test_saving_a_section_as_it_stands_changes_nothing(office: Client) -> None:
    """Whatever the forms show, they write back: nothing is lost by opening and saving."""
    from tests.procedures.catalogue import read

    full = publish_record(read("procedures/1.001612"), by=None).procedure
    before = drafts.content_of(full)
    for section in ("ten-goi", "quyet-dinh", "tra-loi", "doi-tuong", "co-quan", "dieu-kien", "lien-quan", "mau-don"):
        where = f"{ROOT}1.001612/sua/{section}/"
        form = office.get(where).context["form"]
        typed = {one.html_name: one.value() or "" for one in form}
        assert office.post(where, {"seen": seen(office.get(where)), **typed}).status_code == 302, section
    for section in ("cac-buoc", "cach-nop", "hoan-canh", "phi", "ket-qua", "luu-y", "can-cu"):
        where = f"{ROOT}1.001612/sua/{section}/"
        rows = office.get(where).context["rows"]
        typed = {one.html_name: one.value() or "" for row in rows.forms for one in row if one.value()}
        typed |= {"seen": seen(office.get(where)), "so_dong": rows.count, "act": "luu"}
        assert office.post(where, typed).status_code == 302, section
    rich = publish_record(read("procedures/1.001193"), by=None).procedure
    papers = [(code, one["key"]) for code, record in ((full.code, before), (rich.code, drafts.content_of(rich)))
              for one in record["requirements"]]  # fmt: skip
    for code, paper in papers:
        where = f"{ROOT}{code}/sua/giay-to/{paper}/"
        page = office.get(where)
        typed = {one.html_name: one.value() if one.value() is not None else "" for one in page.context["form"]}
        assert office.post(where, {"seen": seen(page), **typed}).status_code == 302, paper
    assert not Draft.objects.exists()


# ---- Papers ----


def paper(**typed: Any) -> dict[str, Any]:
    return {
        "ten": "Giấy mới", "la_giay_to": "co", "nhom": "", "nhom_moi": "Trường hợp cấp lại", "ban_chinh": "1",
        "ban_sao": "0", "bat_buoc": "luon", "khi_nao": "", "hinh_thuc": "ban-chinh", "tep_mau": "",
    } | typed  # fmt: skip


def test_papers_are_added_changed_arranged_and_left_out(office: Client) -> None:
    edit(office, "giay-to/them", paper())
    assert [(one["key"], one.get("group", "")) for one in content()["requirements"]] == [
        ("don", ""), ("giay-to-1", "Trường hợp cấp lại"),
    ]  # fmt: skip
    edit(office, "giay-to/don", paper(ten="Đơn theo mẫu", nhom_moi="", bat_buoc="khong"))
    assert content()["requirements"][0]["name"] == "Đơn theo mẫu"
    assert "required_if" not in content()["requirements"][0]
    edit(office, "giay-to", {"thu_tu-don": "2", "thu_tu-giay-to-1": "1", "la_giay_to-don": "on", "so_bo": "2"})
    first, second = content()["requirements"]
    assert (first["key"], first["is_document"], second["is_document"]) == ("giay-to-1", False, True)
    assert content()["dossier_sets"] == 2
    edit(office, "giay-to/giay-to-1", paper(act="bo"))
    assert [one["key"] for one in content()["requirements"]] == ["don"]


def question(**typed: Any) -> dict[str, Any]:
    return {"cau_hoi": "Ai đi?", "kieu": "one", "tra_loi": "Tôi\nNgười khác", "thu_tu": "1"} | typed


def condition() -> Any:
    return content()["requirements"][0].get("shown_if")


def test_a_paper_belongs_to_the_answers_that_are_ticked(office: Client) -> None:
    assert "Đặt câu hỏi về hoàn cảnh" in office.get(f"{ONE}sua/giay-to/don/").content.decode()
    lost = question(cau_hoi="Hoàn cảnh riêng", kieu="tick", tra_loi="Bị mất giấy", thu_tu="2")
    assert edit(office, "hoan-canh", rows_typed("hoan-canh", question(), lost)).status_code == 302
    who, gone = content()["situations"]
    assert [one["value"] for one in who["choices"] + gone["choices"]] == ["toi", "nguoi-khac", "true"]

    me, other, is_lost = f"{who['field']}=toi", f"{who['field']}=nguoi-khac", f"{gone['field']}=true"
    said = {"field": who["field"], "is": "nguoi-khac"}
    edit(office, "giay-to/don", paper(ten="Đơn", nhom_moi="", khi_nao="mot", khi_nao_khi=[other]))
    assert condition() == said
    edit(
        office, "giay-to/don", paper(ten="Đơn", nhom_moi="", khi_nao="mot", khi_nao_khi=[other], khi_nao_tru=[is_lost])
    )
    assert condition() == {"all": [said, {"not": {"field": gone["field"], "is": True}}]}
    assert "Chỉ khi: (Người khác) và (không phải: Bị mất giấy)" in office.get(f"{ONE}sua/giay-to/").content.decode()
    must = {"bat_buoc": "tat-ca", "bat_buoc_khi": [me, is_lost]}
    edit(office, "giay-to/don", paper(ten="Đơn", nhom_moi="", khi_nao="luon", **must))
    assert condition() is None
    assert len(content()["requirements"][0]["required_if"]["all"]) == 2

    for wrong, words in (
        ({"khi_nao": "mot"}, "Đánh dấu ít nhất một câu trả lời"),
        ({"khi_nao": "luon", "khi_nao_khi": [me]}, "Đã đánh dấu câu trả lời"),
        ({"khi_nao": "mot", "khi_nao_khi": [me], "khi_nao_tru": [me]}, "vừa cần vừa loại trừ"),
        ({"bat_buoc": "khong", "bat_buoc_tru": [me]}, "Bỏ các dấu"),
    ):
        refused = edit(office, "giay-to/don", paper(**wrong))
        assert (refused.status_code, words in refused.content.decode()) == (422, True), words


def test_an_answer_that_a_paper_looks_at_stays_and_its_words_may_change(office: Client) -> None:
    edit(office, "hoan-canh", rows_typed("hoan-canh", question()))
    field = content()["situations"][0]["field"]
    ticked = [f"{field}=nguoi-khac"]
    edit(office, "giay-to/don", paper(ten="Đơn", nhom_moi="", khi_nao="mot", khi_nao_khi=ticked))
    before = condition()
    refused = edit(office, "hoan-canh", rows_typed("hoan-canh", question(tra_loi="Tôi\nBố\nMẹ", goc="1")))
    assert "“Đơn” còn dùng câu trả lời “Người khác”" in refused.content.decode()
    assert "Bố" in refused.content.decode()
    edit(office, "hoan-canh", rows_typed("hoan-canh", question(tra_loi="Tôi\nNgười được ủy quyền\n", goc="1")))
    assert condition() == before
    assert content()["situations"][0]["choices"][1] == {"value": "nguoi-khac", "label": "Người được ủy quyền"}
    for wrong in (question(cau_hoi=""), question(tra_loi="Tôi"), question(kieu="tick")):
        assert edit(office, "hoan-canh", rows_typed("hoan-canh", wrong)).status_code == 422


def test_where_it_is_taken_in_online_the_e_form_must_ask_first(office: Client) -> None:
    code = an_offering().offering.procedure.code
    where = f"{ROOT}{code}/sua/hoan-canh/"
    typed = rows_typed("hoan-canh", question()) | {"seen": seen(office.get(where))}
    refused = office.post(where, typed)
    assert (refused.status_code, "đang nhận trực tuyến" in refused.content.decode()) == (422, True)


# ---- Publishing, taking back, withdrawing ----


def test_a_day_still_to_come_and_back(office: Client) -> None:
    edit(office, "ten-goi", names(ten="Tên mới"))
    assert publish(office, khi_nao="hen").status_code == 422
    day = timezone.localdate() + timedelta(days=9)
    assert publish(office, khi_nao="hen", **day_in(9)).status_code == 302
    page = office.get(ONE).content.decode()
    assert "Đã hẹn ngày công bố" in page
    assert f"{day:%d/%m/%Y}" in office.get(f"{ROOT}dang-lam/").content.decode()
    unseen = office.post(f"{ONE}thu-hoi/")
    assert (unseen.status_code, "nay là bản thứ 2" in unseen.content.decode()) == (422, True)
    office.post(f"{ONE}thu-hoi/", {"seen": "2"})
    assert "Có bản nháp" in office.get(ONE).content.decode()
    assert office.post(f"{ONE}thu-hoi/", {"seen": "2"}).status_code == 422


def test_publishing_asks_what_is_new_and_refuses_what_nobody_saw(office: Client) -> None:
    edit(office, "ten-goi", names(ten="Tên mới"))
    assert publish(office, ghi_chu="").status_code == 422
    refused = publish(office, seen="cu")
    assert refused.status_code == 422
    assert "đã sửa phần này" in refused.content.decode()


def test_a_draft_is_thrown_away_after_a_question(office: Client) -> None:
    edit(office, "ten-goi", names(ten="Tên mới"))
    page = office.get(f"{ONE}huy-nhap/")
    assert Draft.objects.exists()
    office.post(f"{ONE}huy-nhap/", {"seen": seen(page)})
    assert not Draft.objects.exists()
    assert ProcedureVersion.objects.count() == 1


def test_who_takes_a_procedure_in_is_named_before_it_is_withdrawn(office: Client) -> None:
    offering = an_offering().offering
    page = office.get(f"{ROOT}{offering.procedure.code}/bai-bo/").content.decode()
    assert f"Cơ quan đang nhận: {offering.agency.short_name}." in page


def test_a_procedure_is_withdrawn_and_its_page_says_so(office: Client) -> None:
    day = timezone.localdate()
    boxes = {"tu_ngay_ngay": day.day, "tu_ngay_thang": day.month, "tu_ngay_nam": day.year}
    assert office.post(f"{ONE}bai-bo/", boxes).status_code == 422
    assert office.post(f"{ONE}bai-bo/", {**boxes, "ly_do": "Luật mới đã bỏ thủ tục này."}).status_code == 302
    page = Client().get(f"/thu-tuc/{CODE}/")
    assert page.status_code == 410
    assert "Luật mới đã bỏ thủ tục này." in page.content.decode()
    assert "Đã bãi bỏ" in office.get(ONE).content.decode()


def test_life_events_count_at_once(office: Client) -> None:
    office.post(f"{ONE}viec-trong-doi/", {"viec": ["co-con-nho"]})
    assert list(Procedure.objects.get(code=CODE).life_events.values_list("pk", flat=True)) == ["co-con-nho"]
    assert not Draft.objects.exists()


def test_a_procedure_is_found_by_number_or_words(office: Client) -> None:
    for text in (CODE, "mẫu thủ", "mau THU", "THỦ TỤC"):
        assert CODE in office.get(f"{ROOT}tim/", {"q": text}).content.decode()
    assert "0 thủ tục" in office.get(f"{ROOT}tim/", {"q": "không có gì"}).content.decode()


def test_a_procedure_is_found_whatever_has_become_of_it(office: Client) -> None:
    def found() -> str:
        return str(office.get(f"{ROOT}tim/", {"q": "mau so 1"}).content.decode())

    edit(office, "ten-goi", names(mo_ta="Mới"))
    assert found().count("9.000001") == 2  # its link and its number, not those of the draft besides
    publish(office, khi_nao="hen", **day_in(10))
    assert "Đã hẹn ngày công bố" in found()
    editing.take_back(Procedure.objects.get(code=CODE), seen=2, by=quan())
    ending = editing.Ending(timezone.localdate() + timedelta(days=1), "Hết")
    editing.withdraw(Procedure.objects.get(code=CODE), ending, by=quan())
    assert "Sắp bãi bỏ" in found()
    with stopped_clock(f"{ending.day:%d/%m/%Y} 08:00"):
        office.force_login(quan())
        assert "Đã bãi bỏ" in found()
    settling.give_code(a_source(7, code="", name="Mẫu số 1 mới"), "9.000777", by=quan())
    assert "Chưa công bố" in found()


def test_the_queue_is_searched_without_accents(office: Client) -> None:
    doubt(a_source(name="Cấp thẻ Đảng viên"), Doubt.Kind.FEE_MISSING)
    assert "Đảng viên" in office.get(ROOT, {"q": "dang THE"}).content.decode()
    assert "Đảng viên" not in office.get(ROOT, {"q": "dang ba"}).content.decode()


@pytest.mark.parametrize("garbage", ["\x00", "9" * 40, "💥" * 500])
def test_garbage_breaks_no_form(office: Client, garbage: str) -> None:
    doubt(a_source(), Doubt.Kind.FEE_MISSING)
    office.raise_request_exception = False
    in_rows = ["ten", "noi_dung", "kenh", "so", "muc_thu", "muc", "ngay", "thu_tu", "goc"]
    names_of = ["ten", "nhom", "ban_chinh", "khi_nao", "linh_vuc", "cap", "lien_quan", "so_bo", "thu_tu-don", "dong"]
    names_of += ["diem", "loai", "q", "trang", "phan", "viec", "ma", "seen", "act", "ngay_ngay"]
    typed = {f"dong-0-{name}": garbage for name in in_rows} | dict.fromkeys(names_of, garbage) | {"so_dong": "1"}
    sections = ["ten-goi", "quyet-dinh", "cach-nop", "phi", "can-cu", "giay-to", "giay-to/don", "lien-quan"]
    places = [f"{CODE}/sua/{one}/" for one in sections]
    places += [f"{CODE}/{one}/" for one in ("cong-bo", "bai-bo", "viec-trong-doi")]
    places += ["xac-nhan/", *(f"nguon/{CODE}/{one}/" for one in ("da-xem", "dat-ma", "so-sanh"))]
    for place in places:
        assert office.post(ROOT + place, typed).status_code < 500, place
        assert office.get(ROOT + place, typed).status_code < 500, place
    assert office.get(ROOT, typed).status_code < 500
    many = {"loai": "thieu-phi", "dong": garbage, "act": "dong"}
    assert office.post(f"{ROOT}xac-nhan/", many).status_code < 500
