"""What a person sees and can do when a dossier ends without a result, or is late."""

from datetime import date

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier, State
from motcua.dossiers.rules.refusing import Why
from motcua.dossiers.services import endings, lateness, reception, submission
from tests.cast import an, chi, dung, giang
from tests.dossiers.endings import WHY, refusing, three_days
from tests.dossiers.stages import fresh, proposed, submitted
from tests.factories import a_filled_draft
from tests.moments import Moments, stopped_clock

pytestmark = pytest.mark.django_db
REASON = "Gia đình đăng ký tại nơi thường trú của mẹ."


@pytest.fixture
def clock() -> object:
    """Wednesday 25/11/2026, 8:35."""
    with stopped_clock("25/11/2026 08:35") as moments:
        yield moments


def page(dossier: Dossier, more: str = "") -> str:
    return f"/ho-so/{dossier.ref}/{more}"


# ---- Refused ----


def test_a_refusal_says_why_and_what_now(as_an: Client, run_jobs: object) -> None:
    dossier = refusing()
    assert "từ chối" not in as_an.get(page(dossier)).content.decode()  # the leader hasn't signed
    endings.refuse(dossier, by=giang())
    run_jobs()  # type: ignore[operator]
    html = as_an.get(page(dossier)).content.decode()
    for words in (
        "Cơ quan từ chối giải quyết hồ sơ này", WHY.reason, WHY.ground, WHY.right_agency, "Võ Hoàng Giang",
        "Phiếu từ chối giải quyết hồ sơ", "khiếu nại đến Ủy ban nhân dân phường Hoa Sen, trong 90 ngày",
        "chưa nộp thì không phải nộp nữa", "Nộp lại từ những gì đã khai",
    ):  # fmt: skip
        assert words in html, words
    slip = dossier.refusals.get().slip_id
    assert as_an.get(page(dossier, f"tep/{slip}/")).status_code == 200
    assert "Rút hồ sơ này" not in html


def test_a_declined_dossier_is_handed_in_again_without_typing(as_an: Client) -> None:
    old = submission.submit(a_filled_draft(), by=an())
    reception.decline(old, Why("Giấy chứng sinh chụp mờ."), by=chi())
    assert "Giấy chứng sinh chụp mờ." in as_an.get(page(old)).content.decode()
    answer = as_an.post(page(old, "nop-lai/"), follow=True)
    assert answer.redirect_chain[-1][0].endswith("/xem-lai/")  # nothing is missing
    assert "Lê Minh Khuê" in answer.content.decode()
    assert as_an.get(page(old, "nop-lai/")).status_code == 405


def test_a_running_dossier_isnt_begun_again(as_an: Client) -> None:
    dossier = submitted()
    answer = as_an.post(page(dossier, "nop-lai/"))
    assert answer.status_code == 422
    assert "Chỉ nộp lại được" in answer.content.decode()


# ---- Withdrawn ----


def test_a_dossier_is_taken_back_with_a_reason(as_an: Client) -> None:
    dossier = submitted()
    assert page(dossier, "rut/") in as_an.get(page(dossier)).content.decode()
    asked = as_an.get(page(dossier, "rut/")).content.decode()
    for words in ("không lấy lại được", "không phải khai lại từ đầu", "không phải nộp nữa"):
        assert words in asked, words
    refused = as_an.post(page(dossier, "rut/"), {"ly_do": " \n"})
    assert refused.status_code == 422
    assert "Ghi lý do rút hồ sơ" in refused.content.decode()
    assert as_an.post(page(dossier, "rut/"), {"ly_do": REASON}).url == page(dossier)
    assert fresh(dossier).state == State.WITHDRAWN
    html = as_an.get(page(dossier)).content.decode()
    assert REASON in html
    assert "đã đủ điều kiện" not in html  # nothing was wrong with it
    assert "Nộp lại từ những gì đã khai" in html
    assert as_an.get(page(dossier, "rut/")).url == page(dossier)
    as_an.cookies["mc_ngon_ngu"] = "en"
    assert f'<span lang="vi">{REASON}</span>' in as_an.get(page(dossier)).content.decode()


def test_too_long_a_reason_is_said_and_kept(as_an: Client) -> None:
    dossier = submitted()
    answer = as_an.post(page(dossier, "rut/"), {"ly_do": "dài " * 300})
    assert answer.status_code == 422
    assert "1.000 ký tự" in answer.content.decode()
    assert fresh(dossier).state == State.SUBMITTED


def test_who_withdraws_when_it_was_just_decided_is_told(as_an: Client) -> None:
    dossier = submitted()
    reception.decline(dossier, Why("Giấy chứng sinh chụp mờ."), by=chi())
    answer = as_an.post(page(dossier, "rut/"), {"ly_do": REASON})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "đã được Trần Thị Chi trả lời không tiếp nhận" in html
    assert REASON in html
    before_the_leader = proposed()
    assert "Rút hồ sơ này" not in as_an.get(page(before_the_leader)).content.decode()
    assert as_an.get(page(before_the_leader, "rut/")).url == page(before_the_leader)


@pytest.mark.parametrize("more", ["rut/", "nop-lai/"])
def test_somebody_elses_isnt_there(as_binh: Client, more: str) -> None:
    dossier = submitted()
    assert as_binh.post(page(dossier, more), {"ly_do": REASON}).status_code == 404
    assert fresh(dossier).state == State.SUBMITTED


# ---- Late ----


def test_an_apology_in_time_shows_both_days(clock: Moments, as_an: Client, run_jobs: object) -> None:
    dossier = three_days()
    lateness.apologise(dossier, by=dung(), reason="Chờ phường Bến Đò trả lời.", day=date(2026, 12, 2))
    run_jobs()  # type: ignore[operator]
    html = as_an.get(page(dossier)).content.decode()
    for words in (
        "đã hẹn lại: trả 17:00 thứ Tư, 02/12/2026", "Hẹn cũ 17:00 thứ Hai, 30/11/2026", "Chờ phường Bến Đò trả lời.",
        "Văn bản xin lỗi và đề nghị gia hạn (PDF)", "Cơ quan xin lỗi, hẹn lại ngày trả kết quả",
    ):  # fmt: skip
        assert words in html, words


def test_an_apology_too_late_leaves_it_late(clock: Moments, as_an: Client) -> None:
    dossier = three_days()
    clock.at("01/12/2026 09:00")
    as_an.force_login(an())  # another day, another session
    lateness.apologise(dossier, by=dung(), reason="Chờ phường Bến Đò trả lời.", day=date(2026, 12, 4))
    html = as_an.get(page(dossier)).content.decode()
    for words in ("Hồ sơ đã quá hẹn 17:00 thứ Hai, 30/11/2026", "Dự kiến trả kết quả", "17:00 thứ Sáu, 04/12/2026"):
        assert words in html, words
