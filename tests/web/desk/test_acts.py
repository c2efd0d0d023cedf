"""The acts through their screens: what is asked, what is refused with 422, and that nothing typed is lost."""

import pytest
from django.test import Client

from motcua.dossiers.models import State, Verdict
from motcua.dossiers.queries.desk_dossier import stamp_of
from motcua.dossiers.services import reception, work
from motcua.web.components.doors import TYPED_BY, typed_by
from tests.cast import an, chi, dung, giang, khanh
from tests.dossiers.stages import accepted, agreed, approved, fresh, issued, proposed, submitted, taken_up
from tests.factories import an_offering
from tests.moments import Moments
from tests.web.desk.asking import refused, url
from tests.web.desk.conftest import Come


@pytest.mark.django_db
class TestAccept:
    def test_asks_with_what_will_be_promised(self, clock: Moments, come: Come) -> None:
        dossier, client = submitted(), come(chi())
        html = client.get(url("accept", dossier)).content.decode()
        for words in ("17:00 thứ Tư, 25/11/2026", "Giấy chứng sinh: 1 tệp", "Bản chính để đối chiếu", "16.000 đồng"):
            assert words in html, words
        answer = client.post(url("accept", dossier), {"seen": stamp_of(dossier)})
        assert answer["Location"] == url("dossier", dossier)
        assert fresh(dossier).code == "H98.21-261125-0001"

    def test_the_second_officer_is_told_who_was_first(self, clock: Moments, come: Come) -> None:
        dossier, client = submitted(), come(chi())
        seen = stamp_of(dossier)
        reception.accept(dossier, by=chi())
        refused(client.post(url("accept", dossier), {"seen": seen}), "đã được Trần Thị Chi tiếp nhận lúc 8:35")

    def test_a_page_for_what_is_done_leads_back(self, clock: Moments, come: Come) -> None:
        dossier = accepted()
        assert come(chi()).get(url("accept", dossier))["Location"] == url("dossier", dossier)

    def test_the_wrong_role_is_refused(self, clock: Moments, come: Come) -> None:
        dossier = submitted()
        refused(come(dung()).post(url("accept", dossier)), "Tiếp nhận và trả kết quả")
        assert fresh(dossier).state == State.SUBMITTED


@pytest.mark.django_db
class TestDecline:
    def test_needs_a_reason_and_says_so_at_the_field(self, clock: Moments, come: Come) -> None:
        dossier, client = submitted(), come(chi())
        assert client.get(url("decline", dossier)).status_code == 200
        refused(client.post(url("decline", dossier), {"ly_do": "  "}), "Nhập lý do", 'href="#ly-do"')
        answer = client.post(url("decline", dossier), {"ly_do": "Ảnh mờ", "seen": stamp_of(dossier)})
        assert answer.status_code == 302
        assert fresh(dossier).state == State.DECLINED

    def test_keeps_what_was_typed_when_a_colleague_was_first(self, clock: Moments, come: Come) -> None:
        dossier, client = submitted(), come(chi())
        seen = stamp_of(dossier)
        reception.accept(dossier, by=chi())
        typed = {"ly_do": "Giấy chứng sinh mờ, xin chụp lại", "seen": seen}
        refused(client.post(url("decline", dossier), typed), "Trần Thị Chi tiếp nhận lúc 8:35", typed["ly_do"])


@pytest.mark.django_db
class TestWork:
    def test_take_up(self, clock: Moments, come: Come) -> None:
        dossier, client = accepted(), come(dung())
        assert client.post(url("take_up", dossier), {"seen": stamp_of(dossier)}).status_code == 302
        refused(client.post(url("take_up", dossier)), "Phạm Văn Dũng nhận thụ lý")
        assert client.get(url("take_up", dossier)).status_code == 405

    def test_judge_all_papers_at_once(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(), come(dung())
        answer = client.post(url("judge", dossier), {"p-chung-sinh": "dat", "r-chung-sinh": ""})
        assert answer["Location"].endswith("#kiem-tra")
        assert Verdict.objects.get().finding == "dat"

    def test_a_bad_paper_without_a_remark_is_shown_at_its_place(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(), come(dung())
        answer = client.post(url("judge", dossier), {"p-chung-sinh": "chua-dat", "r-chung-sinh": " "})
        html = refused(answer, "ghi rõ vì sao", 'href="#r-chung-sinh"')
        assert 'value="chua-dat" checked' in html
        assert not Verdict.objects.exists()

    def test_the_draft_is_corrected_looked_at_and_sent(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(), come(dung())
        html = client.get(url("draft", dossier)).content.decode()
        for words in ("Họ tên mẹ", 'value="Trần Thu Hà"', "Gửi bản nháp cho người nộp", "Xem trước bản PDF"):
            assert words in html, words
        values = {
            "v_child_name": "Lê Minh Khuê", "v_mother_name": "Trần Thị Thu Hà",
            "v_agency": "Ủy ban nhân dân phường Hoa Sen", "seen": stamp_of(dossier),
        }  # fmt: skip
        preview = client.post(url("preview", dossier), values)
        assert (preview.status_code, preview["Content-Type"]) == (200, "application/pdf")
        assert preview.content.startswith(b"%PDF")
        assert not fresh(dossier).drafts.exists()
        assert client.post(url("draft", dossier), values).status_code == 302
        assert fresh(dossier).drafts.get().values["mother_name"] == "Trần Thị Thu Hà"
        assert fresh(dossier).state == State.CONFIRMING

    def test_a_draft_that_cant_be_made_keeps_what_was_typed(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(), come(dung())
        values = {"v_child_name": "", "v_mother_name": "Trần Thị Thu Hà", "v_agency": "UBND"}
        for name in ("draft", "preview"):
            refused(client.post(url(name, dossier), values), "còn thiếu nội dung", "Trần Thị Thu Hà")
        refused(client.post(url("draft", dossier), {**values, "v_mother_name": "x" * 501}), "Dài nhất 500 chữ")

    def test_an_objection_is_shown_where_it_is_mended(self, clock: Moments, come: Come) -> None:
        dossier = taken_up()
        work.send_draft(dossier, {"child_name": "K", "agency": "UBND"}, by=dung())
        work.answer_draft(dossier, by=an(), agree=False, remark="Tên trẻ là Lê Minh Khuê")
        client = come(dung())
        for name in ("dossier", "draft"):
            assert "Tên trẻ là Lê Minh Khuê" in client.get(url(name, dossier)).content.decode()

    def test_propose_approve_issue(self, clock: Moments, come: Come) -> None:
        dossier = agreed()
        for name, officer in (("propose", dung()), ("approve", giang()), ("issue", khanh())):
            answer = come(officer).post(url(name, dossier), {"seen": stamp_of(fresh(dossier))})
            assert answer.status_code == 302, name
        assert fresh(dossier).state == State.ISSUED
        refused(come(khanh()).post(url("issue", dossier)), "Bùi Quốc Khánh vào sổ")

    def test_where_nobody_is_asked_the_editor_proposes(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(version=an_offering(confirm_days=0)), come(dung())
        assert "Trình lãnh đạo ký" in client.get(url("draft", dossier)).content.decode()
        values = {"v_child_name": "Lê Minh Khuê", "v_agency": "UBND", "seen": stamp_of(dossier)}
        assert client.post(url("draft", dossier), values).status_code == 302
        assert fresh(dossier).state == State.SIGNING

    def test_propose_too_early_is_refused_in_words(self, clock: Moments, come: Come) -> None:
        refused(come(dung()).post(url("propose", taken_up())), "Gửi bản nháp cho người nộp xem trước")

    def test_the_leader_cant_sign_what_changed_under_the_page(self, clock: Moments, come: Come) -> None:
        dossier, client = proposed(), come(giang())
        seen = stamp_of(dossier)
        work.send_back(dossier, by=giang(), reason="Sai nơi sinh")
        work.propose(dossier, by=dung())
        html = refused(client.post(url("approve", dossier), {"seen": seen}), "trình ký", "xem lại")
        assert stamp_of(fresh(dossier)) in html  # the next press decides on what is shown now

    def test_send_back_with_a_reason(self, clock: Moments, come: Come) -> None:
        dossier, client = proposed(), come(giang())
        refused(client.post(url("send_back", dossier), {"ly_do": ""}), "Nhập lý do")
        data = {"ly_do": "Nơi sinh ghi thiếu", "seen": stamp_of(dossier)}
        assert client.post(url("send_back", dossier), data).status_code == 302
        assert "Nơi sinh ghi thiếu" in come(dung()).get(url("dossier", dossier)).content.decode()


@pytest.mark.django_db
class TestHandOver:
    def test_gives_the_result_for_the_fee(self, clock: Moments, come: Come) -> None:
        dossier, client = issued(), come(chi())
        html = client.get(url("hand_over", dossier)).content.decode()
        for words in ("Giấy khai sinh số 1/2026", "Đã thu 16.000 đồng", 'value="098196004217"', "Giấy chứng sinh"):
            assert words in html, words
        data = {"nguoi_nhan": "Nguyễn Thị An", "so_dinh_danh": "098 196 004 217", "seen": stamp_of(dossier)}
        refused(client.post(url("hand_over", dossier), data), "Thu 16.000 đồng rồi đánh dấu")
        assert client.post(url("hand_over", dossier), {**data, "da_thu": "on"}).status_code == 302
        assert fresh(dossier).state == State.RETURNED

    def test_a_wrong_number_is_refused_and_kept(self, clock: Moments, come: Come) -> None:
        dossier, client = issued(), come(chi())
        data = {"nguoi_nhan": "Nguyễn Thị An", "so_dinh_danh": "0981960042", "da_thu": "on"}
        refused(client.post(url("hand_over", dossier), data), "0981960042", "Nguyễn Thị An")


@pytest.mark.django_db
def test_what_was_typed_outlives_the_session(clock: Moments, come: Come) -> None:
    dossier, client = submitted(), Client()
    answer = client.post(url("decline", dossier), {"ly_do": "Ảnh mờ, xin chụp lại", TYPED_BY: typed_by(chi())})
    assert answer["Location"].startswith("/can-bo/dang-nhap/")
    client.force_login(chi())
    assert "Ảnh mờ, xin chụp lại" in client.get(url("decline", dossier)).content.decode()
    assert fresh(dossier).state == State.SUBMITTED


@pytest.mark.django_db
def test_every_form_is_guarded_against_forgery(clock: Moments) -> None:
    dossier = approved()
    client = Client(enforce_csrf_checks=True)
    client.force_login(khanh())
    assert client.post(url("issue", dossier)).status_code == 403
    assert fresh(dossier).state == State.APPROVED
