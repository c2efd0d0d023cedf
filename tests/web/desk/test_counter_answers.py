"""At the counter's page: the slip for what is missing, the slip for a no, and what is brought later."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.queries import counter
from motcua.procedures.models import Requirement
from tests.cast import AN_NUMBER, an, chi, dung, hoa, mai
from tests.dossiers.at_counter import TYPED, begun, typed
from tests.moments import Moments

Come = Callable[[User], Client]
QUAY = "/can-bo/quay/"
EFORM = Requirement.Form.EFORM
WITHOUT_PAPER = TYPED.replace("&ban-chung-sinh-chinh=1", "")
ASKED = {
    "chon_paper_chung-sinh": "on", "sua_paper_chung-sinh": "Mang bản chính", "ly_do": "Hồ sơ thiếu giấy.",
    "can_cu": "Nghị định số 118/2025/NĐ-CP",
}  # fmt: skip

pytestmark = pytest.mark.django_db


def press(desk: Client, draft: Dossier, act: str, text: str = WITHOUT_PAPER) -> str:
    """Press a button of the case's page; where it leads."""
    typed_in = dict(pair.split("=") for pair in text.split("&"))
    return str(desk.post(f"{QUAY}{draft.ref}/", typed_in | {"act": act})["Location"])


def _elsewhere(come: Come) -> Any:
    """The page about An at another agency's counter."""
    desk = come(hoa())
    desk.post(QUAY, {"so": AN_NUMBER, "tt": ""})
    return desk.get(f"{QUAY}nguoi-nop/")


def test_from_the_case_to_the_slip_and_back_with_the_paper(come: Come, clock: Moments) -> None:
    draft, desk = begun(), come(chi())
    ask = press(desk, draft, "bo-sung")  # what was typed is saved first
    page = desk.get(ask).text
    assert 'name="chon_paper_chung-sinh"' in page
    assert "Chưa có, xin mang đến" in page
    done = desk.post(ask, ASKED)["Location"]
    assert done == f"{QUAY}{draft.ref}/da-tra-loi/"
    told = desk.get(done).text
    assert "Đã yêu cầu bổ sung" in told
    assert "Mang bản chính" in told
    slip = desk.get(f"{QUAY}{draft.ref}/phieu/")
    assert slip["Content-Type"] == "application/pdf"
    mine = come(an()).get(f"/ho-so/{draft.ref}/").text
    assert "Mang bản chính" in mine
    here = f"/can-bo/ho-so/{draft.ref}/"
    assert desk.post(QUAY, {"so": AN_NUMBER, "tt": ""}).status_code == 302  # here they are again
    assert f'href="{here}"' in desk.get(f"{QUAY}nguoi-nop/").text
    assert f'href="{here}"' not in _elsewhere(come).text
    assert "Nhận giấy tờ bổ sung" in desk.get(here).text
    bring = f"{here}nhan-bo-sung/"
    assert "Đã yêu cầu: Mang bản chính" in desk.get(bring).text
    refused = desk.post(bring, {"originals-chung-sinh": ""})
    assert refused.status_code == 422
    assert 'href="#originals-chung-sinh"' in refused.text
    assert "chưa mang đủ thì chưa nhận được" in refused.text
    assert desk.post(bring, {"originals-chung-sinh": "1"})["Location"] == here
    assert Dossier.objects.get().state == State.SUBMITTED
    assert "Nhận tại quầy: 1 bản chính" in desk.get(here).text
    assert "Giấy chứng sinh: 1 bản chính, nhận tại quầy" in desk.get(f"{here}tiep-nhan/").text
    assert "Nhận tại quầy: 1 bản chính" in come(an()).get(f"/ho-so/{draft.ref}/").text


class TestAsking:
    def test_what_is_wrong_is_told_and_nothing_typed_is_lost(self, come: Come) -> None:
        draft, desk = typed(WITHOUT_PAPER), come(chi())
        ask = f"{QUAY}{draft.ref}/bo-sung/"
        no_tick = desk.post(ask, {"ly_do": "Lý do tự gõ.", "can_cu": "x"})
        assert no_tick.status_code == 422
        assert "Lý do tự gõ." in no_tick.text
        no_words = desk.post(ask, ASKED | {"sua_paper_chung-sinh": " "})
        assert no_words.status_code == 422
        assert 'href="#sua-paper-chung-sinh"' in no_words.text
        assert Dossier.objects.get().state == State.DRAFT

    def test_what_can_be_mended_here_is_mended_first(self, come: Come) -> None:
        draft = typed(WITHOUT_PAPER.replace("&ban-to-khai-chinh=1", "&ban-to-khai-chinh="))
        response = come(chi()).get(f"{QUAY}{draft.ref}/bo-sung/")
        assert response.status_code == 422
        assert "In tờ khai, người nộp ký" in response.text

    def test_where_no_paper_is_taken_nothing_is_asked_for(self, come: Come, monkeypatch: pytest.MonkeyPatch) -> None:
        draft, desk = typed(), come(chi())
        needed = counter.requirements_for(draft.procedure_version, {})
        declaration = [one for one in needed if one.requirement.form == EFORM]
        monkeypatch.setattr(counter, "requirements_for", lambda *_: declaration)
        page = desk.get(f"{QUAY}{draft.ref}/").text
        assert "Yêu cầu bổ sung" not in page
        assert "Không tiếp nhận (mẫu 03)" in page
        assert desk.get(f"{QUAY}{draft.ref}/bo-sung/")["Location"] == f"{QUAY}{draft.ref}/"

    def test_the_second_press_finds_what_the_first_answered(self, come: Come) -> None:
        draft, desk = typed(WITHOUT_PAPER), come(chi())
        for _ in range(2):
            response = desk.post(f"{QUAY}{draft.ref}/bo-sung/", ASKED, follow=True)
            assert response.redirect_chain[-1][0] == f"{QUAY}{draft.ref}/da-tra-loi/"
        assert Dossier.objects.get().supplements.count() == 1


class TestDeclining:
    def test_with_the_slip_to_hand_over(self, come: Come) -> None:
        draft, desk = begun(), come(chi())
        page = press(desk, draft, "khong-nhan")
        assert desk.post(page, {"ly_do": ""}).status_code == 422
        done = desk.post(page, {"ly_do": "Trẻ đã được khai sinh ở xã khác."})["Location"]
        told = desk.get(done).text
        assert "Trẻ đã được khai sinh ở xã khác." in told
        assert desk.get(f"{QUAY}{draft.ref}/phieu/")["Content-Type"] == "application/pdf"
        assert Dossier.objects.get().state == State.DECLINED

    def test_strangers_find_nothing(self, come: Come) -> None:
        draft = typed()
        for page in ("bo-sung", "khong-tiep-nhan", "da-tra-loi", "phieu"):
            assert come(hoa()).get(f"{QUAY}{draft.ref}/{page}/").status_code == 404, page
        for page in ("bo-sung", "khong-tiep-nhan"):
            assert come(dung()).get(f"{QUAY}{draft.ref}/{page}/").status_code == 404, page
            assert come(mai()).get(f"{QUAY}{draft.ref}/{page}/").status_code == 200, page  # a colleague carries on

    def test_the_page_asks_little_of_the_database(self, come: Come) -> None:
        draft, desk = typed(WITHOUT_PAPER), come(chi())
        desk.get(f"{QUAY}{draft.ref}/bo-sung/")
        with CaptureQueriesContext(connection) as asked:
            desk.get(f"{QUAY}{draft.ref}/bo-sung/")
        assert len(asked) <= 25
