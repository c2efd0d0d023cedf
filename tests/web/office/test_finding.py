"""Editors help people find: from what was typed in vain to a synonym or a pin."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.audit.models import Event
from motcua.procedures.models import CatalogueStamp, PinnedResult, Synonym, UnmetSearch
from motcua.procedures.search import search
from motcua.procedures.services import finding as acts
from motcua.procedures.services import publish_record
from tests.cast import chi, quan
from tests.factories import an_agency
from tests.procedures.catalogue import made_up, publish_lists

pytestmark = pytest.mark.django_db
ROOT = "/can-bo/quan-tri/tim-kiem/"
SYNONYMS, PINS = f"{ROOT}tu-dong-nghia/", f"{ROOT}ghim/"
NAMES = {1: "Nuôi trồng thủy sản lồng bè", 2: "Khai thác cát sỏi lòng sông", 3: "Cấp phép bến thuyền"}


@pytest.fixture
def office(client: Client) -> Client:
    publish_lists()
    for number, name in NAMES.items():
        publish_record(made_up(number, name=name, short_name=name), by=None)
    an_agency().units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    client.force_login(quan())
    return client


def unmet(text: str, times: int = 7) -> UnmetSearch:
    return UnmetSearch.objects.create(
        mark=text, outcome="khong-co", text=text, times=times, last_day=timezone.localdate()
    )


def page(office: Client, address: str) -> str:
    answer = office.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def post(office: Client, address: str, **typed: Any) -> Any:
    return office.post(address, typed)


def first(text: str) -> str:
    return search(text).hits[0].code


def test_from_what_was_typed_in_vain_to_a_synonym(office: Client) -> None:
    asked = unmet("bè cá")
    html = page(office, ROOT)
    assert "bè cá" in html
    assert f'href="{SYNONYMS}them/?tu={asked.pk}"' in html
    form = page(office, f"{SYNONYMS}them/?tu={asked.pk}")
    assert 'value="bè cá"' in form
    stamp = CatalogueStamp.objects.get().token
    answer = post(office, f"{SYNONYMS}them/", noi="Bè  cá", nghia="nuôi trồng thủy sản lồng bè\n\n", tu=str(asked.pk))
    assert (answer.status_code, answer["Location"]) == (302, ROOT)
    synonym = Synonym.objects.get()
    assert (synonym.said, synonym.meant) == ("bè cá", ["nuôi trồng thủy sản lồng bè"])
    assert CatalogueStamp.objects.get().token != stamp
    assert "bè cá" not in page(office, ROOT).split("</table>")[0].split("<tbody>")[-1]
    assert Event.objects.filter(act="search.synonym_set").exists()


def test_a_synonym_is_what_people_find(office: Client) -> None:
    post(office, f"{SYNONYMS}them/", noi="múc nước mắm", nghia="khai thác cát sỏi lòng sông")
    assert first("múc nước mắm") == "9.000002"


def test_a_synonym_is_corrected_and_taken_away(office: Client) -> None:
    synonym = acts.set_synonym("bè cá", ["nuôi trồng"], by=None)
    address = f"{SYNONYMS}{synonym.pk}/"
    assert "nuôi trồng" in page(office, address)
    assert post(office, address, noi="bè cá", nghia="nuôi trồng thủy sản").status_code == 302
    assert Synonym.objects.get().meant == ["nuôi trồng thủy sản"]
    assert post(office, address, act="xoa").status_code == 302
    assert not Synonym.objects.exists()


@pytest.mark.parametrize(
    ("noi", "nghia", "words"),
    [
        ("", "nuôi trồng", "Nhập cách nói của người dân"),
        ("bè cá", " \n ", "Nhập ít nhất một cách viết"),
        ("nuôi trồng", "Nuoi trong", "giống hệt nhau"),
        ("đã có", "nuôi trồng", "Đã có cách nói “đã có”"),
        ("a" * 101, "nuôi trồng", "Nhiều nhất 100 ký tự"),
        ("bè cá", "\n".join("abcdefghijk"), "Nhiều nhất 10 dòng"),
    ],
)
def test_a_wrong_synonym_is_told_and_what_was_typed_stays(office: Client, noi: str, nghia: str, words: str) -> None:
    acts.set_synonym("đã có", ["cấp phép"], by=None)
    answer = post(office, f"{SYNONYMS}them/", noi=noi, nghia=nghia)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert "govuk-error-summary" in html
    assert noi in html
    assert Synonym.objects.count() == 1


def test_a_procedure_is_pinned_for_what_people_type(office: Client) -> None:
    asked = unmet("việc trên sông")
    assert 'value="việc trên sông"' in page(office, f"{PINS}them/?tu={asked.pk}")
    lines = "9.000003 Cấp phép bến thuyền\n9.000002"
    assert post(office, f"{PINS}them/", tu_khoa="Việc trên sông", thu_tuc=lines, tu=str(asked.pk)).status_code == 302
    assert [hit.code for hit in search("viec tren song").hits][:2] == ["9.000003", "9.000002"]
    assert UnmetSearch.objects.get().settled_by == "Đỗ Minh Quân"
    html = page(office, PINS)
    assert "viec tren song" in html
    assert "Cấp phép bến thuyền" in html


def test_pins_are_corrected_and_taken_away(office: Client) -> None:
    acts.pin_results("bến", ["9.000003", "9.000001"], by=None)
    address = f"{PINS}{PinnedResult.objects.earliest('pk').pk}/"
    assert "9.000003 Cấp phép bến thuyền" in page(office, address)
    assert post(office, address, tu_khoa="bến đò", thu_tuc="9.000001").status_code == 302
    assert list(PinnedResult.objects.values_list("typed", "procedure__code")) == [("ben do", "9.000001")]
    pinned = f"{PINS}{PinnedResult.objects.get().pk}/"
    assert post(office, pinned, act="xoa").status_code == 302
    assert not PinnedResult.objects.exists()
    assert office.get(pinned).status_code == 404


@pytest.mark.parametrize(
    ("typed", "codes", "words"),
    [
        ("", "9.000001", "Nhập từ khóa"),
        ("bến", "", "Nhập ít nhất một mã"),
        ("bến", "chữ", "Dòng 1 phải bắt đầu bằng mã"),
        ("bến", "9.999999", "Không có thủ tục mã 9.999999"),
        ("bến", "\n".join(f"9.00000{number}" for number in range(1, 8)), "tối đa 5"),
        ("cát", "9.000001", "đã có thủ tục ghim"),
    ],
)
def test_a_wrong_pin_is_told(office: Client, typed: str, codes: str, words: str) -> None:
    acts.pin_results("cát", ["9.000002"], by=None)
    answer = post(office, f"{PINS}them/", tu_khoa=typed, thu_tuc=codes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert PinnedResult.objects.count() == 1


def test_a_text_is_seen_to(office: Client) -> None:
    asked = unmet("abc")
    assert post(office, f"{ROOT}da-xem/{asked.pk}/").status_code == 302
    assert "Chưa có từ khóa nào" in page(office, ROOT)


def test_what_too_few_have_typed_is_nowhere(office: Client) -> None:
    asked = UnmetSearch.objects.create(mark="x", outcome="khong-co", last_day=timezone.localdate())
    assert "Chưa có từ khóa nào" in page(office, ROOT)
    assert post(office, f"{ROOT}da-xem/{asked.pk}/").status_code == 404


def test_only_editors_come_in(client: Client) -> None:
    client.force_login(chi())
    for address in (ROOT, SYNONYMS, f"{SYNONYMS}them/", PINS, f"{PINS}them/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [ROOT, SYNONYMS, PINS])
def test_lists_cost_the_same_for_one_and_thirty(office: Client, address: str) -> None:
    def add(number: int) -> None:
        unmet(f"text {number}")
        Synonym.objects.create(said=f"nói {number}", meant=["viết"])
        acts.pin_results(f"gõ {number}", ["9.000001"], by=None)

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            assert office.get(address).status_code == 200
        return len(context)

    add(0)
    queries()
    alone = queries()
    for number in range(1, 30):
        add(number)
    assert queries() == alone
