"""Hồ sơ của tôi, one dossier's page, the draft to confirm, the result to download."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.dossiers.models import DeliveryState, Dossier, ResultDraft, State
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services import reception, results, submission, work
from tests.cast import an, chi, dung, giang, khanh
from tests.factories import a_draft, a_filled_draft, a_submitted_dossier
from tests.web.citizen.conftest import carried_by

pytestmark = pytest.mark.django_db
VALUES = {"child_name": "Lê Minh Khuê", "birth_date": "12/11/2026", "agency": "Ủy ban nhân dân phường Hoa Sen"}


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs are the documents room's affair; here any bytes do."""
    for module, name in ((work, "make_pdf"), (results, "make_signed_pdf"), (reception, "make_signed_pdf")):
        monkeypatch.setattr(module, name, lambda template, values, *, title, **_: b"%PDF-1.7 " + title.encode())


def accepted(user: User | None = None, **fields: object) -> Dossier:
    dossier = a_submitted_dossier(user=user, **fields)  # type: ignore[arg-type]
    return reception.accept(dossier, by=chi())


def confirming() -> Dossier:
    dossier = work.take_up(accepted(), by=dung())
    work.send_draft(dossier, VALUES, by=dung())
    dossier.refresh_from_db()
    return dossier


def issued(**fields: object) -> Dossier:
    dossier = work.take_up(accepted(**fields), by=dung())
    work.send_draft(dossier, VALUES, by=dung())
    work.answer_draft(dossier, by=an(), agree=True)
    work.propose(dossier, by=dung())
    work.approve(dossier, by=giang())
    results.issue(dossier, by=khanh())
    dossier.refresh_from_db()
    return dossier


# ---- The list ----


def test_an_empty_list_says_what_will_be_here(as_an: Client) -> None:
    assert "Ông/bà chưa có hồ sơ nào" in as_an.get("/ho-so/").content.decode()


def test_the_list_has_drafts_and_what_runs(as_an: Client) -> None:
    draft, running = a_draft(), accepted()
    text = as_an.get("/ho-so/").content.decode()
    assert f"/nop/{draft.ref}/" in text
    assert running.code
    assert running.code in text
    assert "hẹn trả" in text


def test_what_waits_for_the_person_comes_first(as_an: Client, no_pdf: None) -> None:
    dossier = confirming()
    text = as_an.get("/ho-so/").content.decode()
    assert "Việc cần làm bây giờ" in text
    assert f"/ho-so/{dossier.ref}/ban-nhap/" in text


def test_nobody_sees_the_dossiers_of_others(as_binh: Client) -> None:
    a_submitted_dossier(user=an())
    assert "Ông/bà chưa có hồ sơ nào" in as_binh.get("/ho-so/").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_list(as_an: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_an.get("/ho-so/")
        return len(queries)

    a_submitted_dossier(with_papers=False)
    few = count()
    for _ in range(10):
        a_submitted_dossier(with_papers=False)
    assert count() == few
    assert few <= 10


def test_a_draft_is_discarded_after_a_question(as_an: Client) -> None:
    dossier = a_filled_draft()
    page = as_an.get(f"/nop/{dossier.ref}/xoa/")
    assert "Xóa rồi thì không lấy lại được" in page.content.decode()
    assert as_an.post(f"/nop/{dossier.ref}/xoa/", carried_by(page)).url == "/ho-so/"
    assert not Dossier.objects.exists()


# ---- One dossier ----


def test_before_acceptance_there_is_no_clock(as_an: Client) -> None:
    dossier = submission.submit(a_filled_draft(), by=an())
    text = as_an.get(f"/ho-so/{dossier.ref}/").content.decode()
    assert "Đã nộp, Bộ phận Một cửa trả lời trước" in text
    assert "Bây giờ ông/bà không phải làm gì" in text
    assert "Đồng hồ hồ sơ" not in text
    assert "Nộp hồ sơ trực tuyến" in text
    assert 'class="govuk-button"' not in text  # no next step, no red


def test_an_accepted_dossier_shows_its_clock_and_who_did_what(as_an: Client) -> None:
    dossier = accepted()
    response = as_an.get(f"/ho-so/{dossier.ref}/")
    text = response.content.decode()
    assert "Sổ thời gian" in text
    assert "Trần Thị Chi" in text
    assert "Hẹn trả" in text
    assert "Sắp tới" in text
    assert "Trả Giấy khai sinh" in text
    assert "private" in response["Cache-Control"]


def test_the_official_code_leads_there_too(as_an: Client) -> None:
    dossier = accepted()
    assert as_an.get(f"/ho-so/{dossier.code}/").status_code == 200


@pytest.mark.parametrize("page", ["", "ban-nhap/", "da-khai/", "ket-qua/"])
def test_somebody_elses_dossier_is_not_there(as_binh: Client, page: str) -> None:
    dossier = a_submitted_dossier(user=an())
    assert as_binh.get(f"/ho-so/{dossier.ref}/{page}").status_code == 404


def test_a_declined_dossier_says_why(as_an: Client) -> None:
    dossier = reception.decline(a_submitted_dossier(), Why("Trẻ sinh ở phường Bến Đò"), by=chi())
    text = as_an.get(f"/ho-so/{dossier.ref}/").content.decode()
    assert "Hồ sơ không được tiếp nhận" in text
    assert "Trẻ sinh ở phường Bến Đò" in text


def test_what_was_handed_in_can_be_read_and_printed(as_an: Client) -> None:
    dossier = submission.submit(a_filled_draft(), by=an())
    text = as_an.get(f"/ho-so/{dossier.ref}/da-khai/").content.decode()
    assert "Lê Minh Khuê" in text
    assert "16.000 đồng" in text
    assert "Sửa" not in text


# ---- The draft of the result ----


def test_the_person_sees_the_draft_and_agrees(as_an: Client, no_pdf: None) -> None:
    dossier = confirming()
    page = as_an.get(f"/ho-so/{dossier.ref}/")
    assert "Xem bản nháp Giấy khai sinh trước khi ký" in page.content.decode()
    url = f"/ho-so/{dossier.ref}/ban-nhap/"
    assert "Lê Minh Khuê" in as_an.get(url).content.decode()
    assert as_an.post(url, {"answer": "dong-y"}).url == f"/ho-so/{dossier.ref}/"
    dossier.refresh_from_db()
    assert dossier.state == State.PROCESSING
    assert as_an.post(url, {"answer": "dong-y"}).url == f"/ho-so/{dossier.ref}/"  # a second click


def test_an_objection_needs_a_word(as_an: Client, no_pdf: None) -> None:
    dossier = confirming()
    url = f"/ho-so/{dossier.ref}/ban-nhap/"
    refused = as_an.post(url, {"answer": "de-nghi-sua", "remark": ""})
    assert refused.status_code == 422
    assert refused.content.decode().count("Ghi rõ chỗ cần sửa") == 2
    as_an.post(url, {"answer": "de-nghi-sua", "remark": "Tên mẹ là Hà, không phải Hạ"})
    assert ResultDraft.objects.get().remark == "Tên mẹ là Hà, không phải Hạ"
    assert "Tên mẹ là Hà" in as_an.get(f"/ho-so/{dossier.ref}/").content.decode()


def test_an_answer_must_be_chosen(as_an: Client, no_pdf: None) -> None:
    response = as_an.post(f"/ho-so/{confirming().ref}/ban-nhap/", {})
    assert response.status_code == 422
    assert "Chọn “Đồng ý” hoặc “Đề nghị sửa”" in response.content.decode()


# ---- The result ----


def test_the_result_is_downloaded_and_the_dossier_ends(as_an: Client, no_pdf: None) -> None:
    dossier = issued(receive=["truc-tuyen"])
    text = as_an.get(f"/ho-so/{dossier.ref}/").content.decode()
    assert "Đã có Giấy khai sinh" in text
    assert "Tải kết quả" in text
    response = as_an.post(f"/ho-so/{dossier.ref}/ket-qua/")
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]
    dossier.refresh_from_db()
    assert dossier.state == State.RETURNED
    assert as_an.post(f"/ho-so/{dossier.ref}/ket-qua/").status_code == 200  # again, for ever


def test_with_paper_wanted_the_dossier_waits_at_the_desk(as_an: Client, no_pdf: None) -> None:
    dossier = issued()
    as_an.post(f"/ho-so/{dossier.ref}/ket-qua/")
    dossier.refresh_from_db()
    assert dossier.state == State.ISSUED
    assert dossier.delivery_state == DeliveryState.TAKEN_ONLINE
    assert "Bản giấy chờ ông/bà" in as_an.get(f"/ho-so/{dossier.ref}/").content.decode()


def test_there_is_no_result_before_there_is_one(as_an: Client) -> None:
    dossier = a_submitted_dossier()
    assert as_an.post(f"/ho-so/{dossier.ref}/ket-qua/").url == f"/ho-so/{dossier.ref}/"


def test_a_page_of_the_form_takes_few_queries(as_an: Client, settings: Any) -> None:
    settings.CONTENT_SECONDS = 15  # as on a portal that runs: outages and visits aren't read for each page
    dossier = a_filled_draft()
    for page in ("to-khai/tre-em/", "giay-to/", "xem-lai/", "nhan-ket-qua/"):
        as_an.get(f"/nop/{dossier.ref}/{page}")
        with CaptureQueriesContext(connection) as queries:
            assert as_an.get(f"/nop/{dossier.ref}/{page}").status_code == 200
        assert len(queries) <= 14, (page, [query["sql"][:200] for query in queries])
