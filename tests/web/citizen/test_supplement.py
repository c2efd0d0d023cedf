"""Bổ sung hồ sơ, the person's side: exactly what was asked, nothing lost, both sides shown, sent once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier, State, SupplementFile, SupplementRequest
from motcua.dossiers.services import supplements
from tests.cast import an, dung
from tests.dossiers.stages import fresh
from tests.dossiers.supplements import MOTHER, NOTICE, asked, picture
from tests.moments import Moments, stopped_clock
from tests.web.citizen.conftest import carried_by

pytestmark = pytest.mark.django_db
SWORN = {"statement": "co"}


@pytest.fixture
def clock() -> Iterator[Moments]:
    """Wednesday 25/11/2026, 8:35, until the test says otherwise."""
    with stopped_clock("25/11/2026 08:35") as moments:
        yield moments


def url(dossier: Dossier, page: str = "") -> str:
    return f"/ho-so/{dossier.ref}/bo-sung/{page}"


def text(response: Any) -> str:
    return str(response.content.decode())


class TestTheDossiersPage:
    def test_says_what_to_do_until_when_and_who_helps(self, clock: Moments, as_an: Client) -> None:
        dossier = asked()
        html = text(as_an.get(f"/ho-so/{dossier.ref}/"))
        for words in (
            "Hồ sơ đang chờ ông/bà bổ sung", "Việc cần làm bây giờ", "23:59 thứ Sáu, 25/12/2026", "Phạm Văn Dũng",
            "Người được khai sinh: Họ tên mẹ", "Tên mẹ thiếu chữ đệm", "Nghị định số 118/2025", "Bổ sung hồ sơ",
        ):  # fmt: skip
            assert words in html, words
        assert "Bổ sung<span" in text(as_an.get("/ho-so/"))

    def test_shows_both_sides_afterwards(self, clock: Moments, as_an: Client) -> None:
        dossier = asked(None, MOTHER)
        as_an.post(url(dossier, "loi-khai/"), {"mother_name": "Trần Thị Thu Hà"})
        as_an.post(url(dossier, "xem-lai/"), SWORN)
        html = text(as_an.get(f"/ho-so/{dossier.ref}/"))
        for words in ("Ông/bà đã bổ sung", "Trước: Trần Thu Hà", "Trần Thị Thu Hà", "Đã bổ sung hồ sơ"):
            assert words in html, words


class TestPages:
    def test_the_way_has_only_the_pages_that_are_needed(self, clock: Moments, as_an: Client) -> None:
        assert as_an.get(url(asked()))["Location"].endswith("/loi-khai/")
        assert as_an.get(url(asked(None, NOTICE)))["Location"].endswith("/giay-to/")
        dossier = asked(None, MOTHER)
        after = as_an.post(url(dossier, "loi-khai/"), {"mother_name": "Hà"})
        assert after["Location"].endswith("/xem-lai/")

    def test_only_what_was_asked_stands_there(self, clock: Moments, as_an: Client) -> None:
        html = text(as_an.get(url(asked(), "loi-khai/")))
        assert 'name="mother_name"' in html
        assert "Cần bổ sung: Tên mẹ thiếu chữ đệm" in html
        assert 'name="child_name"' not in html

    def test_autosave_keeps_it_and_says_when(self, clock: Moments, as_an: Client) -> None:
        dossier = asked()
        page = carried_by(as_an.get(url(dossier, "loi-khai/")))
        answer = as_an.post(url(dossier, "loi-khai/"), {**page, "act": "autosave", "mother_name": "Hà"})
        assert answer.json() == {"revision": 1, "saved": "Đã lưu nháp lúc 08:35", "others": []}
        assert 'value="Hà"' in text(as_an.get(url(dossier, "loi-khai/")))

    def test_a_save_that_comes_after_the_session_is_kept(self, clock: Moments, as_an: Client) -> None:
        dossier = asked()
        page = carried_by(as_an.get(url(dossier, "loi-khai/")))
        stranger = Client(enforce_csrf_checks=True)
        answer = stranger.post(url(dossier, "loi-khai/"), {**page, "act": "autosave", "mother_name": "Hà"})
        assert answer["Location"].startswith("/tai-khoan/dang-nhap/")
        assert dossier.supplements.get().answers["mother_name"] == "Hà"

    def test_the_pages_key_sends_nothing(self, clock: Moments, as_an: Client) -> None:
        dossier = asked(None, MOTHER)
        page = carried_by(as_an.get(url(dossier, "loi-khai/")))
        as_an.post(url(dossier, "loi-khai/"), {"mother_name": "Hà"})
        for path in ("xem-lai/", f"giay-to/{1}/bo/"):
            Client().post(url(dossier, path), {**page, **SWORN})
        assert fresh(dossier).state == State.SUPPLEMENT

    def test_an_old_window_replaces_nothing_unseen(self, clock: Moments, as_an: Client) -> None:
        dossier = asked()
        old = carried_by(as_an.get(url(dossier, "loi-khai/")))
        new = carried_by(as_an.get(url(dossier, "loi-khai/")))
        as_an.post(url(dossier, "loi-khai/"), {**new, "mother_name": "Hà Mới"})
        answer = as_an.post(url(dossier, "loi-khai/"), {**old, "mother_name": "Hà Cũ"})
        assert answer.status_code == 200
        assert "ở cửa sổ kia là “Hà Mới”" in text(answer)

    def test_a_wrong_answer_is_said_at_its_place_and_kept(self, clock: Moments, as_an: Client) -> None:
        from motcua.dossiers.rules.supplements import Wanted

        dossier = asked(None, Wanted("answer", "birth_date", "Sai ngày"))
        posted = {"birth_date__day": "31", "birth_date__month": "2", "birth_date__year": "2026"}
        answer = as_an.post(url(dossier, "loi-khai/"), posted)
        assert answer.status_code == 422
        assert 'href="#birth-date' in text(answer)
        assert 'value="31"' in text(answer)

    def test_papers_come_one_by_one_and_go_after_a_question(self, clock: Moments, as_an: Client) -> None:
        dossier = asked(None, NOTICE)
        page = url(dossier, "giay-to/")
        answer = as_an.post(page, {"act": "tai", "tep-chung-sinh": picture()}, headers={"X-Paper": "chung-sinh"})
        assert answer.status_code == 200
        for words in ("chung-sinh-moi.jpg", "giay-chung-sinh.jpg", 'data-revision="1"', "Ảnh mờ"):
            assert words in text(answer), words
        old = SupplementFile.objects.filter(which="new").earliest("position")
        assert "Bỏ tệp này?" in text(as_an.get(url(dossier, f"giay-to/{old.pk}/bo/")))
        assert as_an.post(url(dossier, f"giay-to/{old.pk}/bo/"))["Location"] == page
        assert "giay-chung-sinh.jpg" not in text(as_an.get(page))

    def test_papers_alone_may_be_brought_to_the_desk(self, clock: Moments, as_an: Client) -> None:
        words = "mang đủ giấy tờ này đến Trung tâm Phục vụ hành chính công phường Hoa Sen"
        assert words in text(as_an.get(url(asked(None, NOTICE), "giay-to/")))

    def test_an_answer_is_corrected_here_whatever_is_brought(self, clock: Moments, as_an: Client) -> None:
        assert "mang đủ giấy tờ này" not in text(as_an.get(url(asked(None, MOTHER, NOTICE), "giay-to/")))

    def test_a_bad_file_is_refused_beside_its_paper(self, clock: Moments, as_an: Client) -> None:
        dossier = asked(None, NOTICE)
        bad = picture("quay-phim.mov")
        bad.file.write(b"not a picture at all")
        answer = as_an.post(url(dossier, "giay-to/"), {"tep-chung-sinh": bad, "tep-uy-quyen": picture()})
        assert answer.status_code == 422
        assert 'href="#tep-chung-sinh"' in text(answer)
        assert SupplementFile.objects.filter(which="new").count() == 1

    def test_strangers_find_nothing(self, clock: Moments, as_binh: Client) -> None:
        dossier = asked()
        for page in ("", "loi-khai/", "giay-to/", "giay-to/1/bo/", "xem-lai/"):
            assert as_binh.get(url(dossier, page)).status_code == 404
            assert as_binh.post(url(dossier, page)).status_code == 404

    def test_few_queries(self, clock: Moments, as_an: Client) -> None:
        dossier = asked()
        for page in ("loi-khai/", "giay-to/", "xem-lai/"):
            with CaptureQueriesContext(connection) as queries:
                assert as_an.get(url(dossier, page)).status_code == 200
            assert len(queries) <= 15, (page, [query["sql"][:120] for query in queries])


class TestReview:
    def test_shows_before_and_after_and_asks_for_the_statement(self, clock: Moments, as_an: Client) -> None:
        dossier = asked(None, MOTHER)
        as_an.post(url(dossier, "loi-khai/"), {"mother_name": "Trần Thị Thu Hà"})
        html = text(as_an.get(url(dossier, "xem-lai/")))
        for words in ("Trước: Trần Thu Hà", "<strong>Trần Thị Thu Hà</strong>", "Gửi bổ sung"):
            assert words in html, words
        answer = as_an.post(url(dossier, "xem-lai/"))
        assert (answer.status_code, fresh(dossier).state) == (422, State.SUPPLEMENT)
        assert as_an.post(url(dossier, "xem-lai/"), SWORN).status_code == 302
        assert fresh(dossier).answers["mother_name"] == "Trần Thị Thu Hà"

    def test_what_stays_is_asked_about(self, clock: Moments, as_an: Client) -> None:
        dossier = asked()
        answer = as_an.post(url(dossier, "xem-lai/"), SWORN)
        assert answer.status_code == 422
        assert "Ghi vì sao giữ nguyên" in text(answer)
        answer = as_an.post(url(dossier, "xem-lai/"), {**SWORN, "remark": "Giấy gốc ghi như vậy"})
        assert answer.status_code == 302
        assert SupplementRequest.objects.get().remark == "Giấy gốc ghi như vậy"

    def test_what_is_missing_leads_to_its_page(self, clock: Moments, as_an: Client) -> None:
        dossier = asked(None, NOTICE)
        SupplementFile.objects.filter(which="new").delete()
        answer = as_an.post(url(dossier, "xem-lai/"), {**SWORN, "remark": "x"})
        assert answer.status_code == 422
        assert f'href="{url(dossier, "giay-to/")}#tep-chung-sinh"' in text(answer)

    def test_a_second_click_sees_what_the_first_did(self, clock: Moments, as_an: Client) -> None:
        dossier = asked(None, MOTHER)
        posted = {**SWORN, "remark": "Đúng rồi"}
        as_an.post(url(dossier, "xem-lai/"), posted)
        answer = as_an.post(url(dossier, "xem-lai/"), posted)
        assert answer["Location"] == f"/ho-so/{dossier.ref}/"
        assert fresh(dossier).events.filter(kind="supplement").count() == 1


class TestTooLate:
    def test_after_its_time_it_is_said_and_still_taken(self, clock: Moments, as_an: Client) -> None:
        dossier = asked(None, MOTHER)
        clock.at("28/12/2026 08:00")
        as_an.force_login(an())
        assert "Quá hạn bổ sung" in text(as_an.get(f"/ho-so/{dossier.ref}/"))
        as_an.post(url(dossier, "loi-khai/"), {"mother_name": "Hà"})
        assert as_an.post(url(dossier, "xem-lai/"), SWORN).status_code == 302
        assert fresh(dossier).state == State.PROCESSING

    def test_after_the_desk_has_ended_it_everything_typed_is_shown(self, clock: Moments, as_an: Client) -> None:
        dossier = asked()
        as_an.post(url(dossier, "loi-khai/"), {"mother_name": "Hà Thứ Nhất"})
        clock.at("28/12/2026 08:00")
        supplements.end(dossier, by=dung())
        as_an.force_login(an())
        answer = as_an.post(url(dossier, "loi-khai/"), {"mother_name": "Hà Thứ Hai"})
        assert answer.status_code == 409
        for words in ("Hồ sơ không còn chờ bổ sung", "Hà Thứ Hai", "chưa được gửi"):
            assert words in text(answer), words
        assert "Hà Thứ Nhất" in text(as_an.get(url(dossier)))
        assert fresh(dossier).answers["mother_name"] == "Trần Thu Hà"
        quiet = as_an.post(url(dossier, "loi-khai/"), {"act": "autosave"}, headers={"Accept": "application/json"})
        assert (quiet.status_code, "không còn chờ" in quiet.json()["message"]) == (409, True)
        assert "chưa trả lời" in text(as_an.get(f"/ho-so/{dossier.ref}/"))
