"""The page of a dossier: what lies on it, what may be done, files behind a door."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.audit.models import Event
from motcua.dossiers.models import Dossier
from tests.cast import an, chi, dung, giang, hoa, khanh
from tests.dossiers.stages import accepted, agreed, approved, asking, issued, proposed, submitted, taken_up
from tests.factories import an_offering
from tests.moments import Moments
from tests.web.desk.conftest import Come


def page(dossier: Dossier) -> str:
    return reverse("desk:dossier", args=[dossier.ref])


@pytest.mark.django_db
class TestPage:
    def test_shows_answers_papers_clock_and_history(self, clock: Moments, come: Come) -> None:
        dossier = taken_up()
        clock.at("25/11/2026 10:00")
        html = come(dung()).get(page(dossier)).content.decode()
        for words in (
            "Lê Minh Khuê", "12/11/2026", "Giấy chứng sinh", "098 196 004 217", "16.000 đồng",
            "Còn 5 giờ, hẹn trả 17:00", "Đã dùng", "1 giờ 25 phút", "Được tiếp nhận, có giấy hẹn", "Phạm Văn Dũng",
        ):  # fmt: skip
            assert words in html, words

    def test_only_the_lawful_acts_and_one_red_button(self, clock: Moments, come: Come) -> None:
        stages = [
            (submitted, chi(), "Tiếp nhận"), (accepted, dung(), "Nhận thụ lý"), (taken_up, dung(), "Soạn bản nháp"),
            (agreed, dung(), "Trình lãnh đạo ký"), (proposed, giang(), "Ký duyệt"),
            (approved, khanh(), "Vào sổ, cấp số"), (issued, chi(), "Trả kết quả"),
        ]  # fmt: skip
        for make, officer, door in stages:
            html = come(officer).get(page(make())).content.decode()
            bar = html.split('class="mc-acts"')[1].split("</form>")[0]
            red = bar.count('class="govuk-button"')
            assert (red, door in bar) == (1, True), door

    def test_no_acts_where_it_is_somebody_elses_turn(self, clock: Moments, come: Come) -> None:
        for make, officer in ((submitted, dung()), (asking, dung()), (taken_up, chi()), (proposed, dung())):
            assert 'class="mc-acts"' not in come(officer).get(page(make())).content.decode()

    def test_a_service_without_drafts_goes_to_the_leader_at_once(self, clock: Moments, come: Come) -> None:
        dossier = taken_up(version=an_offering(confirm_days=0))
        assert "Soạn Giấy khai sinh và trình ký" in come(dung()).get(page(dossier)).content.decode()

    def test_is_found_by_the_official_code_too(self, clock: Moments, come: Come) -> None:
        dossier = accepted()
        assert come(chi()).get(reverse("desk:dossier", args=[dossier.code])).status_code == 200

    def test_leaves_a_trace_of_who_looked_once_a_day(self, clock: Moments, come: Come) -> None:
        dossier = accepted()
        for _ in range(3):
            come(chi()).get(page(dossier))
        come(dung()).get(page(dossier))
        come(hoa()).get(page(dossier))  # of another agency: sees nothing
        looked = Event.objects.filter(act="dossier.viewed", subject_ref=dossier.ref).order_by("pk")
        assert [event.actor_name for event in looked] == [chi().full_name, dung().full_name]

    def test_does_not_exist_for_others(self, clock: Moments, come: Come) -> None:
        dossier = issued()
        document = dossier.attachments.get().document
        names = ("dossier", "accept", "decline", "draft", "send_back", "hand_over", "receipt")
        urls = [reverse(f"desk:{name}", args=[dossier.ref]) for name in names]
        urls.append(reverse("desk:file", args=[dossier.ref, document.pk]))
        urls.append(reverse("desk:page", args=[dossier.ref, document.pk, 1]))
        client = come(hoa())
        assert {client.get(url).status_code for url in urls} == {404}
        posts = ("take_up", "judge", "propose", "approve", "issue", "preview")
        assert {client.post(reverse(f"desk:{name}", args=[dossier.ref])).status_code for name in posts} == {404}
        citizen = come(an())
        assert {citizen.get(url).status_code for url in urls} == {403}

    def test_the_page_needs_few_queries(self, clock: Moments, come: Come) -> None:
        dossier, client = taken_up(), come(dung())
        client.get(page(dossier))
        with CaptureQueriesContext(connection) as queries:
            client.get(page(dossier))
        assert len(queries) <= 20, [query["sql"][:90] for query in queries]


@pytest.mark.django_db
class TestFiles:
    def test_a_page_as_a_picture_and_the_original_to_save(self, clock: Moments, come: Come) -> None:
        dossier, client = submitted(), come(chi())
        document = dossier.attachments.get().document
        picture = client.get(reverse("desk:page", args=[dossier.ref, document.pk, 1]), {"co": "3"})
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
        assert "sandbox" in picture["Content-Security-Policy"]
        original = client.get(reverse("desk:file", args=[dossier.ref, document.pk]), {"tai": "1"})
        assert original["Content-Disposition"].startswith("attachment")
        thumb = client.get(reverse("desk:thumbnail", args=[dossier.ref, document.pk]))
        assert thumb["Content-Type"] == "image/jpeg"

    def test_a_page_that_is_not_there(self, clock: Moments, come: Come) -> None:
        dossier = submitted()
        document = dossier.attachments.get().document
        assert come(chi()).get(reverse("desk:page", args=[dossier.ref, document.pk, 7])).status_code == 404

    def test_the_viewer_goes_by_links(self, clock: Moments, come: Come) -> None:
        dossier, client = asking(), come(dung())
        paper = dossier.attachments.get().document
        html = client.get(page(dossier), {"tep": str(paper.pk), "co": "4", "trang": "9"}).content.decode()
        assert f"/tep/{paper.pk}/trang/1/?co=4" in html
        assert "Thu nhỏ" in html
        assert "Phóng to" not in html
        assert client.get(page(dossier), {"tep": "x", "co": "99", "trang": "-"}).status_code == 200

    def test_the_receipt_is_printed_once_it_is_made(self, clock: Moments, come: Come, run_jobs: object) -> None:
        dossier, client = accepted(), come(chi())
        url = reverse("desk:receipt", args=[dossier.ref])
        assert client.get(url)["Location"] == page(dossier)
        run_jobs(fail=True)  # type: ignore[operator]
        answer = client.get(url)
        assert answer["Content-Type"] == "application/pdf"
        assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
