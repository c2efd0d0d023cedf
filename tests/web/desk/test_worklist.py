"""The worklist: queues, due boxes, groups, finding; as quick for thirty rows as for one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.desk import Filters, worklist
from motcua.dossiers.services import reception
from tests.cast import an, at, chi, dung, giang, hoa, khanh
from tests.dossiers.stages import accepted, asking, fresh, issued, proposed, submitted, taken_up
from tests.moments import Moments
from tests.web.desk.conftest import Come

URL = reverse("desk:worklist")


def queue_counts(html: str) -> dict[str, str]:
    return dict(re.findall(r'class="mc-queue"[^>]*>([^<]+?) <span class="mc-count">(\d+)', html))


@pytest.mark.django_db
class TestWorklist:
    def test_each_role_sees_its_own_queues(self, clock: Moments, come: Come) -> None:
        for make in (submitted, accepted, taken_up, asking, proposed, issued):
            make()
        assert queue_counts(come(chi()).get(URL).content.decode()) == {
            "Cần tôi xử lý": "2", "Chờ tiếp nhận": "1", "Chờ nộp phí": "0", "Chờ trả kết quả": "1",
            "Chờ người dân": "1", "Tất cả đang giải quyết": "6", "Đã xong tháng này": "1",
        }  # fmt: skip
        registrar = queue_counts(come(dung()).get(URL).content.decode())
        assert (registrar["Cần tôi xử lý"], registrar["Mới tiếp nhận"], registrar["Đang thụ lý"]) == ("2", "1", "1")
        assert queue_counts(come(giang()).get(URL).content.decode())["Chờ ký"] == "1"
        assert queue_counts(come(khanh()).get(URL).content.decode())["Cần tôi xử lý"] == "0"

    def test_another_agency_sees_nothing_of_it(self, clock: Moments, come: Come) -> None:
        dossier = submitted()
        html = come(hoa()).get(URL).content.decode()
        assert dossier.ref not in html
        assert "Hết việc trong hàng này" in html

    def test_what_is_due_first_stands_first(self, clock: Moments, come: Come) -> None:
        late, soon, tomorrow = submitted(), submitted(), submitted()
        moments = {late: "24/11/2026 10:00", soon: "25/11/2026 10:00", tomorrow: "26/11/2026 10:00"}
        for dossier, moment in moments.items():
            Dossier.objects.filter(pk=dossier.pk).update(answer_by=at(moment))
        html = come(chi()).get(URL).content.decode()
        assert html.index(late.ref) < html.index(soon.ref) < html.index(tomorrow.ref)
        for words in (
            "Quá hạn (1)", "Quá 6 giờ 5 phút, hẹn 24/11", "Đến hạn hôm nay (1)",
            "Còn 1 giờ 25 phút, trả lời trước 10:00", "Ngày mai, 26/11 (1)", "trả lời trước 10:00 ngày mai",
        ):  # fmt: skip
            assert words in html

    def test_a_due_box_is_a_filter(self, clock: Moments, come: Come) -> None:
        late, soon = submitted(), submitted()
        Dossier.objects.filter(pk=late.pk).update(answer_by=clock.moment - timedelta(hours=1))
        html = come(chi()).get(URL, {"han": "qua-han"}).content.decode()
        assert late.ref in html
        assert soon.ref not in html

    @pytest.mark.parametrize("text", ["le minh khue", "KHUÊ", "nguyen thi an", "098 196 004 217", "H98.21-261125-0001"])
    def test_finds_by_name_without_accents_by_number_and_by_code(self, clock: Moments, come: Come, text: str) -> None:
        found, other = submitted(), submitted(subject_name="Phạm Gia Bảo", folded="pham gia bao")
        reception.accept(found, by=chi())
        client = come(chi())
        answer = client.post(URL, {"q": text, "hang": "tat-ca"}, follow=True)
        assert "098" not in str(answer.redirect_chain)  # personal data stays out of addresses
        html = answer.content.decode()
        assert fresh(found).code in html
        assert other.ref not in html

    def test_finds_by_submission_number_however_it_is_typed(self, clock: Moments) -> None:
        found = submitted()
        typed = found.ref.replace("-", " ").lower()
        assert [row.dossier for row in worklist(chi(), Filters(queue="tat-ca", text=typed)).rows] == [found]

    def test_goes_on_to_the_next_page(self, clock: Moments, come: Come) -> None:
        for _ in range(27):
            submitted(with_papers=False)
        client = come(chi())
        html = client.get(URL).content.decode()
        assert "1–25 trên 27" in html
        assert "26–27 trên 27" in client.get(URL, {"trang": "2"}).content.decode()
        assert "26–27 trên 27" in client.get(URL, {"trang": "99"}).content.decode()
        assert client.get(URL, {"trang": "abc", "han": "x", "hang": "y"}).status_code == 200

    def test_thirty_rows_cost_as_many_queries_as_one(self, clock: Moments, come: Come) -> None:
        client = come(chi())
        submitted(with_papers=False)
        client.get(URL)
        with CaptureQueriesContext(
            connection,
        ) as one:
            client.get(URL)
        for _ in range(29):
            submitted(with_papers=False)
        with CaptureQueriesContext(connection) as thirty:
            client.get(URL)
        assert len(thirty) == len(one)
        assert len(one) <= 15

    def test_citizens_and_strangers_do_not_come_in(self, clock: Moments, come: Come) -> None:
        assert come(an()).get(URL).status_code == 403
        assert Client().get(URL)["Location"].startswith("/can-bo/dang-nhap/")
