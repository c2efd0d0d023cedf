"""Yêu cầu bổ sung on the desk: point at answers and papers, ask once, compare, stop waiting."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from motcua.core.text import fold
from motcua.dossiers.models import Dossier, State, SupplementFile
from motcua.dossiers.queries.desk_dossier import stamp_of
from motcua.dossiers.services import supplementing, work
from tests.cast import an, chi, dung, giang, hoa
from tests.dossiers.stages import fresh, submitted, taken_up
from tests.dossiers.supplements import MOTHER, asked, renew, type_
from tests.moments import Moments
from tests.web.desk.asking import refused, url
from tests.web.desk.conftest import Come

pytestmark = pytest.mark.django_db
TYPED = {
    "chon_answer_mother_name": "on", "sua_answer_mother_name": "Thiếu chữ đệm", "ly_do": "Chưa khớp giấy chứng sinh",
    "can_cu": "Nghị định số 118/2025/NĐ-CP",
}  # fmt: skip


def page(dossier: Dossier) -> str:
    return reverse("desk:dossier", args=[dossier.ref])


class TestAsk:
    def test_every_answer_and_paper_can_be_pointed_at(self, clock: Moments, come: Come) -> None:
        html = come(dung()).get(url("ask_supplement", taken_up())).content.decode()
        for words in ("Họ tên mẹ", "Trần Thu Hà", "Giấy chứng sinh", "1 tệp", "23:59 thứ Sáu, 25/12/2026", "30 ngày"):
            assert words in html, words
        assert 'name="chon_paper_uy-quyen"' in html

    def test_what_was_found_wrong_is_ticked_already(self, clock: Moments, come: Come) -> None:
        dossier = taken_up()
        work.judge_paper(dossier, "chung-sinh", "chua-dat", "Thiếu mặt sau", by=dung())
        html = come(dung()).get(url("ask_supplement", dossier)).content.decode()
        tick = html.split('name="chon_paper_chung-sinh"')[1].split(">")[0]
        assert "checked" in tick
        assert 'value="Thiếu mặt sau"' in html

    def test_asks(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(), come(dung())
        assert 'href="' + url("ask_supplement", dossier) in client.get(page(dossier)).content.decode()
        answer = client.post(url("ask_supplement", dossier), {**TYPED, "seen": stamp_of(dossier)})
        assert answer["Location"] == page(dossier)
        assert fresh(dossier).supplements.get().items.get().reason == "Thiếu chữ đệm"
        html = client.get(page(dossier)).content.decode()
        for words in ("Đang chờ người nộp bổ sung", "Thiếu chữ đệm", "Yêu cầu bổ sung hồ sơ"):
            assert words in html, words
        assert url("ask_supplement", dossier) not in html

    def test_at_reception_too(self, clock: Moments, come: Come) -> None:
        dossier, client = submitted(), come(chi())
        assert 'value="Nghị định số 118/2025/NĐ-CP"' in client.get(url("ask_supplement", dossier)).content.decode()
        assert client.post(url("ask_supplement", dossier), TYPED).status_code == 302
        assert fresh(dossier).state == State.SUPPLEMENT

    @pytest.mark.parametrize(
        ("change", "words", "at"),
        [
            ({"chon_answer_mother_name": ""}, "ít nhất một nội dung", 'href="#chon-'),
            ({"sua_answer_mother_name": " "}, "Ghi cần sửa gì ở “Họ tên mẹ”", 'href="#sua-answer-mother-name"'),
            ({"ly_do": ""}, "Nhập lý do", 'href="#ly-do"'),
            ({"can_cu": ""}, "Nhập căn cứ", 'href="#can-cu"'),
            ({"sua_answer_mother_name": "x" * 501}, "Dài nhất 500 chữ", 'href="#sua-answer-mother-name"'),
        ],
    )
    def test_what_is_missing_is_said_and_the_rest_kept(
        self, clock: Moments, come: Come, change: dict[str, str], words: str, at: str
    ) -> None:
        dossier = taken_up()
        html = refused(come(dung()).post(url("ask_supplement", dossier), {**TYPED, **change}), words, at)
        assert ("Chưa khớp giấy chứng sinh" in html) == ("ly_do" not in change)
        assert fresh(dossier).state == State.PROCESSING

    def test_who_comes_second_is_told_and_keeps_the_words(self, clock: Moments, come: Come) -> None:
        dossier = taken_up()
        seen = stamp_of(dossier)
        asked(dossier, MOTHER)
        refused(
            come(dung()).post(url("ask_supplement", dossier), {**TYPED, "seen": seen}),
            "Phạm Văn Dũng yêu cầu bổ sung", "Chưa khớp giấy chứng sinh",
        )  # fmt: skip

    def test_a_second_time_is_refused_in_words(self, clock: Moments, come: Come) -> None:
        dossier = asked(None, MOTHER)
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        supplementing.send(dossier, by=an())
        client = come(dung())
        assert url("ask_supplement", dossier) not in client.get(page(dossier)).content.decode()
        assert client.get(url("ask_supplement", dossier))["Location"] == page(dossier)
        refused(client.post(url("ask_supplement", dossier), TYPED), "đã được yêu cầu bổ sung 1 lần")

    def test_others_find_nothing(self, clock: Moments, come: Come) -> None:
        dossier = taken_up()
        for client, code in ((come(hoa()), 404), (come(an()), 403)):
            assert client.get(url("ask_supplement", dossier)).status_code == code
            assert client.post(url("end_supplement", dossier)).status_code == code
        assert come(giang()).get(url("ask_supplement", dossier))["Location"] == page(dossier)

    def test_a_notice_after_three_working_days_is_remarked_on(self, clock: Moments, come: Come) -> None:
        dossier = taken_up()
        clock.at("30/11/2026 09:00")
        assert "quá 3 ngày làm việc" not in come(dung()).get(url("ask_supplement", dossier)).content.decode()
        clock.at("01/12/2026 09:00")
        assert "quá 3 ngày làm việc" in come(dung()).get(url("ask_supplement", dossier)).content.decode()


class TestAfterwards:
    def test_old_and_new_stand_side_by_side(self, clock: Moments, come: Come) -> None:
        dossier = asked()
        client = come(dung())
        type_(dossier, "mother_name=Trần Thị Thu Hà")
        renew(dossier)
        waiting = client.get(page(dossier)).content.decode()
        assert "Trần Thị Thu Hà" not in waiting
        assert "chung-sinh-moi.jpg" not in waiting
        supplementing.send(dossier, by=an(), remark="Đã chụp lại")
        html = client.get(page(dossier)).content.decode()
        for words in (
            "Người nộp đã bổ sung", "Trần Thu Hà", "<strong>Trần Thị Thu Hà</strong>", "chung-sinh-moi.jpg",
            "giay-chung-sinh.jpg", "Đã chụp lại", "Cũ: Giấy chứng sinh",
        ):  # fmt: skip
            assert words in html, words
        old = SupplementFile.objects.get(which="old")
        assert "Bản cũ: Giấy chứng sinh" in client.get(f"{page(dossier)}?tep={old.document_id}").content.decode()
        assert client.get(reverse("desk:page", args=[dossier.ref, old.document_id, 1])).status_code == 200

    def test_the_wait_is_ended_only_when_its_time_is_over(self, clock: Moments, come: Come) -> None:
        dossier, client = asked(None, MOTHER), come(dung())
        assert "Thôi chờ bổ sung" not in client.get(page(dossier)).content.decode()
        refused(client.post(url("end_supplement", dossier)), "còn thời gian")
        clock.at("28/12/2026 08:00")
        client = come(dung())
        html = client.get(page(dossier)).content.decode()
        assert "Hết hạn bổ sung" in html
        waiting = client.get(reverse("desk:worklist"), {"hang": "cho-nguoi-dan"}).content.decode()
        assert "Hết hạn bổ sung" in waiting
        assert url("end_supplement", dossier) in html
        answer = client.post(url("end_supplement", dossier), {"seen": stamp_of(dossier)})
        assert answer["Location"] == page(dossier)
        assert "Yêu cầu bổ sung, không nhận được" in client.get(page(dossier)).content.decode()
        refused(client.post(url("end_supplement", dossier)), "thôi chờ bổ sung")

    def test_a_draft_of_the_result_follows_the_new_answers(self, clock: Moments) -> None:
        from motcua.dossiers.queries.results import draft_values

        dossier = asked(None, MOTHER)
        supplementing.save_answers(dossier, QueryDict("mother_name=Trần Thị Thu Hà"), by=an())
        dossier = supplementing.send(dossier, by=an())
        values = {value.key: value.text for value in draft_values(fresh(dossier))}
        assert fold(values["mother_name"]) == "tran thi thu ha"
