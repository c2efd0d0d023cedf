"""The pages that lead to a procedure without a word typed: shareable, kept by caches, honest, the same cost for all."""

import re
from typing import Any

import pytest
from django.core.paginator import Page, Paginator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.procedures.models import Field, LifeEvent, Method, Procedure, ProcedureVersion
from motcua.procedures.services import publish_record
from motcua.web.public.lists import Listing, Pill
from tests import factories
from tests.procedures.catalogue import made_up, publish_all, publish_lists

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8
LISTS = [
    "/cong-dan/", "/viec-trong-doi/huu-tri/", "/linh-vuc/", "/linh-vuc/ho-tich/", "/co-quan/", "/co-quan/so-x/",
    "/thu-tuc/a-z/", "/thu-tuc/a-z/v/", "/thu-tuc/9.000001/cung-ten/",
]  # fmt: skip


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", answer.content.decode())


def publish(number: int, name: str = "", **changes: Any) -> ProcedureVersion:
    names = {"name": name, "short_name": name} if name else {}
    return publish_record(made_up(number, **names, **changes), by=None)


@pytest.fixture
def sample() -> None:
    publish_all()
    factories.an_offering()


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    "address",
    ["/", "/cong-dan/", "/doanh-nghiep/", "/viec-trong-doi/hon-nhan-va-gia-dinh/", "/linh-vuc/", "/linh-vuc/ho-tich/",
     "/linh-vuc/?ten=ho&cap=xa", "/co-quan/", "/co-quan/?ten=tu+phap", "/co-quan/so-tu-phap/", "/thu-tuc/a-z/",
     "/thu-tuc/a-z/dd/", "/thu-tuc/1.001193/cung-ten/"],
)  # fmt: skip
def test_a_page_is_sound_and_may_be_kept(client: Client, address: str) -> None:
    answer = client.get(address)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert len(re.findall(r"<h1[ >]", html)) == 1
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert len(re.findall(r'class="govuk-button(?: mc-button--wide)?"', html)) <= 1
    assert len(html.encode()) < 45_000


@pytest.mark.usefixtures("sample")
def test_both_audiences_have_their_eleven_events_with_counts(client: Client) -> None:
    for address, audience in (("/cong-dan/", "cong-dan"), ("/doanh-nghiep/", "doanh-nghiep")):
        page = text(client, address)
        slugs = re.findall(r'href="/viec-trong-doi/([a-z-]+)/"', page)
        assert slugs == list(LifeEvent.objects.filter(audience=audience).values_list("slug", flat=True))
        assert len(slugs) == page.count('class="mc-event__count"') == 11
    assert client.get("/viec-trong-doi/?doi-tuong=doanh-nghiep")["Location"] == "/doanh-nghiep/"
    assert client.get("/viec-trong-doi/")["Location"] == "/cong-dan/"


@pytest.mark.usefixtures("sample")
def test_an_event_is_narrowed_to_one_of_its_fields(client: Client) -> None:
    event = LifeEvent.objects.get(pk="viec-lam")
    event.fields.set(Field.objects.filter(pk__in=["ly-lich-tu-phap", "chung-thuc"]))
    page = text(client, "/viec-trong-doi/viec-lam/")
    assert "?linh-vuc=chung-thuc" in page
    assert "Thường gặp nhất" in page
    narrowed = text(client, "/viec-trong-doi/viec-lam/?linh-vuc=ly-lich-tu-phap")
    assert "/thu-tuc/3.000333/" in narrowed
    assert "/thu-tuc/2.000815/" not in narrowed


def test_choices_beyond_the_first_fold_up_unless_one_of_them_is_chosen() -> None:
    def listed(count: int, chosen: int = 0) -> Listing:
        pills = [Pill(f"Lĩnh vực {number}", "?", number == chosen) for number in range(count)]
        return Listing(0, Page([], 1, Paginator([], 20)), [], [], pills, foremost=5)

    assert (len(listed(8).unfolded), len(listed(8).folded)) == (8, 0)
    assert (len(listed(9).unfolded), len(listed(9).folded), listed(9).opened) == (5, 4, False)
    assert listed(9, chosen=7).opened


def test_a_field_stands_under_headings_and_is_narrowed_to_a_level(client: Client) -> None:
    publish_lists()
    publish(1, "Ở xã", levels=["xa"])
    publish(2, "Ở tỉnh", levels=["tinh"])
    page = text(client, "/linh-vuc/ho-tich/")
    assert page.index("Làm tại xã, phường, đặc khu") < page.index("Ở xã") < page.index("Làm tại cấp tỉnh")
    assert "Mọi cấp" in page
    narrowed = text(client, "/linh-vuc/ho-tich/?cap=tinh")
    assert "Ở tỉnh" in narrowed
    assert "Ở xã" not in narrowed
    assert text(client, "/linh-vuc/ho-tich/?cap=khong-co").count('class="mc-row"') == 2


def test_a_line_says_what_isn_t_known(client: Client) -> None:
    publish_lists()
    unknown = publish(1, methods=[{"channel": "truc-tiep", "fee_kind": "chua-ro", "limit_text": ""}])
    page = text(client, "/linh-vuc/ho-tich/")
    assert "Chưa công bố mức phí" in page
    assert "Chưa công bố thời hạn" in page
    assert "Miễn phí" not in page
    assert Method.objects.filter(version=unknown).count() == 1


def test_a_province_s_record_says_whose_it_is_and_who_does_it(client: Client) -> None:
    publish_lists()
    publish(1, issuing_body="UBND tỉnh Lạng Sơn")
    page = text(client, "/linh-vuc/ho-tich/")
    assert "Riêng tỉnh Lạng Sơn" in page
    assert "Ủy ban nhân dân cấp xã" in page


def test_a_short_record_promises_nothing(client: Client) -> None:
    publish_lists()
    ProcedureVersion.objects.create(
        procedure=Procedure.objects.create(code="9.000009"), number=1, published_at=timezone.now(), is_short=True,
        effective_from="2026-01-01", name="Việc ngắn", short_name="Việc ngắn", field_id="ho-tich", levels=[],
        audience=[],
    )  # fmt: skip
    page = text(client, "/linh-vuc/ho-tich/")
    assert "Mới có tên và lĩnh vực" in page
    assert "Chưa công bố cấp thực hiện" in page
    assert "Chưa công bố mức phí" not in page
    assert "Miễn phí" not in page
    assert "Xem hướng dẫn<" not in page  # there is nothing to view yet


def test_records_of_one_name_are_one_row_that_leads_to_all(client: Client) -> None:
    publish_lists()
    for number, body in enumerate(["Bộ Tư pháp", "UBND tỉnh Lạng Sơn", "UBND tỉnh Cà Mau"], 1):
        publish(number, "Đăng ký chung", issuing_body=body)
    page = text(client, "/linh-vuc/ho-tich/")
    assert page.count('class="mc-row"') == 1
    assert "Còn 2 bản cùng tên" in page
    assert "3 thủ tục, gộp lại còn 1 tên" in page
    copies = text(client, "/thu-tuc/9.000001/cung-ten/")
    assert "3 bản công bố mang tên này" in copies
    assert copies.index("Bộ Tư pháp") < copies.index("UBND tỉnh Cà Mau") < copies.index("UBND tỉnh Lạng Sơn")
    assert "UBND tỉnh Cà Mau · Cấp xã" in copies  # a body may publish one for each level


def test_long_lists_come_in_pages_that_keep_the_choice(client: Client) -> None:
    publish_lists()
    for number in range(1, 46):
        publish(number, f"Việc {number:02d}", levels=["xa", "tinh"] if number % 2 else ["xa"])
    first = text(client, "/linh-vuc/ho-tich/")
    assert first.count('class="mc-row"') == 20
    assert 'href="?trang=3"' in first
    assert "Việc 45" in text(client, "/linh-vuc/ho-tich/?trang=3")
    assert 'href="?cap=tinh&amp;trang=2"' in text(client, "/linh-vuc/ho-tich/?cap=tinh")
    for odd in ("?trang=0", "?trang=99", "?trang=x", "?trang=%00", "?cap=%22%3E%3Cscript%3E"):
        assert "<script>" not in text(client, f"/linh-vuc/ho-tich/{odd}")


def test_letters_lead_on_by_the_next_word(client: Client) -> None:
    publish_lists()
    for number in range(1, 43):
        publish(number, f"Đăng {'ký' if number % 2 else 'bộ'} số {number}")
    assert "/thu-tuc/a-z/dd/" in text(client, "/thu-tuc/a-z/")
    page = text(client, "/thu-tuc/a-z/dd/")
    assert "42 thủ tục" in page
    narrowed = text(client, "/thu-tuc/a-z/dd/?tu=%C4%90%C4%83ng+k%C3%BD")
    assert "21 thủ tục" in narrowed
    assert "Đăng bộ số" not in narrowed
    assert client.get("/thu-tuc/a-z/zz/").status_code == 404


@pytest.mark.usefixtures("sample")
def test_names_are_looked_through_without_accents(client: Client) -> None:
    assert "Hộ tịch" in text(client, "/linh-vuc/?ten=ho+tich")
    assert "Chưa thấy lĩnh vực nào tên như vậy" in text(client, "/linh-vuc/?ten=zzz")
    assert "/co-quan/so-tu-phap/" in text(client, "/co-quan/?ten=TU+phap")
    assert "Chưa thấy cơ quan nào tên như vậy" in text(client, "/co-quan/?ten=zzz")
    assert client.get("/co-quan/khong-co/").status_code == 404


@pytest.mark.usefixtures("sample")
def test_a_long_list_of_fields_has_letters_to_jump_to(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 'href="#van-h"' not in text(client, "/linh-vuc/")
    monkeypatch.setattr("motcua.web.public.fields.FEW_LETTERS", 1)
    page = text(client, "/linh-vuc/")
    assert 'href="#van-h"' in page
    assert 'id="van-h"' in page


@pytest.mark.usefixtures("sample")
def test_the_agencies_that_take_dossiers_in_here_are_named(client: Client) -> None:
    page = text(client, "/co-quan/")
    assert "Cơ quan nhận hồ sơ trên Cổng này" in page
    assert "1 thủ tục nhận trực tuyến" in page


def test_pages_cost_the_same_for_1_and_30_records(client: Client, settings: Any) -> None:
    settings.CONTENT_SECONDS = 15  # as on a portal that runs: outages and visits aren't read for each page
    publish_lists()
    counts: dict[str, list[int]] = {}
    for number in range(1, 31):
        publish(number, f"Việc {number}", life_events=["huu-tri"], agencies={"performing": [f"Sở số {number}", "Sở X"]})
        for address in LISTS if number in {1, 30} else ():
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.setdefault(address, []).append(len(queries))
    for address, (one, thirty) in counts.items():
        assert one == thirty, address
        assert thirty <= MOST_QUERIES, (address, thirty)
