"""Refuse, stop, apologise through the screens: what is asked, what is refused with 422, nothing typed is lost."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries.desk_dossier import stamp_of
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services import endings, lateness, reception, work
from motcua.web.components.doors import TYPED_BY, typed_by
from tests.cast import an, chi, dung, giang, hoa
from tests.dossiers.endings import TUESDAY, WHY, refusing, three_days
from tests.dossiers.stages import fresh, submitted, taken_up
from tests.moments import Moments
from tests.web.desk.asking import refused, url
from tests.web.desk.conftest import Come

TYPED = {"ly_do": WHY.reason, "can_cu": WHY.ground, "co_quan": WHY.right_agency}


def day(value: date) -> dict[str, str]:
    return {"ngay_ngay": f"{value.day}", "ngay_thang": f"{value.month}", "ngay_nam": f"{value.year}"}


@pytest.mark.django_db
class TestRefusal:
    def test_is_proposed_and_signed_word_for_word(self, clock: Moments, come: Come) -> None:
        dossier, registrar, leader = taken_up(), come(dung()), come(giang())
        assert "Trình từ chối" in registrar.get(url("dossier", dossier)).content.decode()
        page = registrar.get(url("propose_refusal", dossier)).content.decode()
        assert "17:00 thứ Tư, 25/11/2026" in page  # the clock runs on
        answer = registrar.post(url("propose_refusal", dossier), {**TYPED, "seen": stamp_of(dossier)})
        assert answer["Location"] == url("dossier", dossier)
        for name in ("dossier", "refuse"):
            html = leader.get(url(name, dossier)).content.decode()
            for words in (WHY.reason, WHY.ground, WHY.right_agency):
                assert words in html, (name, words)
        assert leader.post(url("refuse", dossier), {"seen": stamp_of(fresh(dossier))}).status_code == 302
        assert fresh(dossier).state == State.REFUSED
        assert "Từ chối giải quyết" in registrar.get(url("dossier", dossier)).content.decode()

    def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(), come(dung())
        html = refused(client.post(url("propose_refusal", dossier), {"ly_do": WHY.reason, "can_cu": ""}), "Nhập căn cứ")
        assert WHY.reason in html
        assert 'href="#can-cu"' in html
        refused(client.post(url("propose_refusal", dossier), {"ly_do": "ERR_5001", "can_cu": "Điều 1"}), "mã lỗi")
        refused(client.post(url("propose_refusal", dossier), {"ly_do": "a b" * 900, "can_cu": "x"}), "2.000 chữ")
        assert fresh(dossier).state == State.PROCESSING

    def test_begins_with_what_is_wrong_with_the_papers(self, clock: Moments, come: Come) -> None:
        dossier = taken_up()
        work.judge_paper(dossier, "chung-sinh", "chua-dat", "Không phải của trẻ này", by=dung())
        html = come(dung()).get(url("propose_refusal", dossier)).content.decode()
        assert "Giấy chứng sinh: Không phải của trẻ này" in html

    def test_the_leader_sends_it_back(self, clock: Moments, come: Come) -> None:
        dossier, leader = refusing(), come(giang())
        assert "không đồng ý từ chối" in leader.get(url("send_back", dossier)).content.decode()
        data = {"ly_do": "Hỏi lại phường Bến Đò", "seen": stamp_of(dossier)}
        assert leader.post(url("send_back", dossier), data).status_code == 302
        html = come(dung()).get(url("propose_refusal", dossier)).content.decode()
        assert WHY.reason in html  # nothing is typed twice
        assert "Hỏi lại phường Bến Đò" in come(dung()).get(url("dossier", dossier)).content.decode()

    def test_the_one_who_comes_second_is_told_and_keeps_what_was_typed(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(), come(dung())
        seen = stamp_of(dossier)
        endings.withdraw(dossier, by=an(), reason="Đổi ý")
        answer = client.post(url("propose_refusal", dossier), {**TYPED, "seen": seen})
        refused(answer, "đã được Nguyễn Thị An rút lại lúc 8:35", WHY.reason)

    def test_a_page_for_what_is_done_leads_back(self, clock: Moments, come: Come) -> None:
        dossier = submitted()
        asked = {"propose_refusal": dung(), "refuse": giang(), "stop": giang(), "apologise": dung()}
        for name, officer in asked.items():
            assert come(officer).get(url(name, dossier))["Location"] == url("dossier", dossier), name

    def test_is_not_there_for_others(self, clock: Moments, come: Come) -> None:
        dossier, elsewhere, citizen = refusing(), come(hoa()), come(an())
        for name in ("propose_refusal", "refuse", "stop", "apologise", "decline"):
            assert elsewhere.get(url(name, dossier)).status_code == 404
            assert elsewhere.post(url(name, dossier), TYPED).status_code == 404
            assert citizen.get(url(name, dossier)).status_code == 403

    def test_what_was_typed_outlives_the_session(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(), come(dung())
        client.logout()
        client.post(url("propose_refusal", dossier), {**TYPED, TYPED_BY: typed_by(dung())})
        client.force_login(dung())
        assert WHY.reason in client.get(url("propose_refusal", dossier)).content.decode()


@pytest.mark.django_db
def test_the_leader_stops_a_dossier(clock: Moments, come: Come) -> None:
    dossier, leader = taken_up(), come(giang())
    assert "mẫu 05" in leader.get(url("stop", dossier)).content.decode()
    refused(leader.post(url("stop", dossier), {"ly_do": "Không bổ sung."}), "Nhập căn cứ")
    assert leader.post(url("stop", dossier), {**TYPED, "seen": stamp_of(dossier)}).status_code == 302
    assert fresh(dossier).state == State.STOPPED


@pytest.mark.django_db
def test_declined_with_ground_and_the_right_agency(clock: Moments, come: Come) -> None:
    dossier, client = submitted(), come(chi())
    refused(client.post(url("decline", dossier), {"ly_do": "E404"}), "mã lỗi")
    assert client.post(url("decline", dossier), {**TYPED, "seen": stamp_of(dossier)}).status_code == 302
    assert dossier.refusals.get().right_agency == WHY.right_agency


@pytest.mark.django_db
class TestApology:
    def test_says_first_whether_the_promise_moves(self, clock: Moments, come: Come) -> None:
        dossier, client = three_days(), come(dung())
        assert "đến hết thứ Sáu, 27/11/2026" in client.get(url("apologise", dossier)).content.decode()
        clock.at("30/11/2026 08:00")
        client = come(dung())  # another day, another session
        assert "Không hẹn lại được nữa" in client.get(url("apologise", dossier)).content.decode()

    def test_is_sent_and_said_on_the_page(self, clock: Moments, come: Come) -> None:
        dossier, client = three_days(), come(dung())
        data = {"ly_do": "Chờ phường Bến Đò trả lời.", **day(TUESDAY), "seen": stamp_of(dossier)}
        assert client.post(url("apologise", dossier), data).status_code == 302
        html = client.get(url("dossier", dossier)).content.decode()
        for words in ("Đã xin lỗi", "17:00 thứ Ba, 01/12/2026", "hẹn lại, cơ quan xin lỗi", "Hẹn cũ"):
            assert words in html, words
        assert "Không kịp hẹn" not in html
        assert client.get(url("apologise", dossier))["Location"] == url("dossier", dossier)  # once only

    def test_a_wrong_day_is_said_and_all_is_kept(self, clock: Moments, come: Come) -> None:
        dossier, client = three_days(), come(dung())
        for wrong, words in (
            (day(date(2026, 12, 5)), "không làm việc"),
            (day(date(2026, 11, 30)), "phải sau ngày 30/11/2026"),
            ({"ngay_ngay": "31", "ngay_thang": "11", "ngay_nam": "2026"}, "Không có ngày 31/11/2026"),
            ({}, "Nhập ngày hẹn mới"),
        ):
            answer = client.post(url("apologise", dossier), {"ly_do": "Chờ trả lời xác minh.", **wrong})
            assert "Chờ trả lời xác minh." in refused(answer, words)
        assert not hasattr(fresh(dossier), "apology")

    def test_the_desk_is_warned_before_and_after(self, clock: Moments, come: Come) -> None:
        dossier, client = three_days(), come(dung())
        worklist = reverse("desk:worklist")
        assert "Còn 1 ngày làm việc" not in client.get(url("dossier", dossier)).content.decode()
        clock.at("27/11/2026 08:00")
        client = come(dung())
        assert "Còn 1 ngày làm việc" in client.get(url("dossier", dossier)).content.decode()
        assert "Không kịp thì hẹn lại trong hôm nay" in client.get(worklist).content.decode()
        clock.at("01/12/2026 08:00")
        client = come(dung())
        assert "chưa xin lỗi người nộp" in client.get(url("dossier", dossier)).content.decode()
        assert "Chưa xin lỗi" in client.get(worklist).content.decode()
        lateness.apologise(dossier, by=dung(), reason="Chờ trả lời.", day=date(2026, 12, 4))
        assert "Đã xin lỗi, dự kiến 04/12" in client.get(worklist).content.decode()


@pytest.mark.django_db
def test_a_refusal_waits_in_the_leaders_queue(clock: Moments, come: Come) -> None:
    dossier = refusing()
    html = come(giang()).get(reverse("desk:worklist")).content.decode()
    assert str(dossier.code) in html
    assert "Ký: trình từ chối" in html


@pytest.mark.django_db
def test_a_withdrawn_dossier_says_so(clock: Moments, come: Come) -> None:
    dossier: Dossier = submitted()
    endings.withdraw(dossier, by=an(), reason="Đăng ký ở quê ngoại.")
    html = come(chi()).get(url("dossier", dossier)).content.decode()
    for words in ("Người nộp đã rút hồ sơ", "Đăng ký ở quê ngoại.", "rút trước khi tiếp nhận"):
        assert words in html, words
    other = submitted()
    reception.decline(other, Why("Không thuộc thẩm quyền."), by=chi())
    assert "Không thuộc thẩm quyền." in come(chi()).get(url("dossier", other)).content.decode()
