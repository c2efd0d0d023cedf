"""A telephone call that an officer notes: act, page, history."""

from datetime import datetime, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from motcua.audit.models import Event
from motcua.core.errors import BusinessError
from motcua.core.worktime import local
from motcua.dossiers.models import Call, Dossier
from motcua.dossiers.queries.people import timeline
from motcua.dossiers.services import calls
from motcua.web.components.doors import TYPED_BY
from tests.cast import an, chi, dung, hoa, quan
from tests.dossiers.stages import fresh, submitted, taken_up
from tests.moments import Moments
from tests.web.desk.asking import refused, url
from tests.web.desk.conftest import Come, come

__all__ = ["come"]
pytestmark = pytest.mark.django_db
SAID = "Mang bản chính giấy chứng sinh đến quầy trước 17:00 thứ Tư"


def note(dossier: Dossier, **change: object) -> Call:
    given = {"by": chi(), "phone": "+84900000217", "at": timezone.now(), "answered": True, "said": SAID} | change
    return calls.note_call(dossier, **given)  # type: ignore[arg-type]


def test_stands_in_the_history_that_the_person_reads(clock: Moments) -> None:
    dossier = submitted()
    state, due = dossier.state, dossier.due_at
    call = note(dossier)
    [event] = [event for event in timeline(dossier) if event.kind == "note_call"]
    assert (event.title, event.actor_name) == ("Cơ quan đã gọi điện", chi().full_name)
    assert event.text == f"Số 0900 000 217: {SAID}"
    assert (fresh(dossier).state, fresh(dossier).due_at) == (state, due)
    proof = Event.objects.get(act="dossier.call_noted")
    assert proof.data["call"] == call.pk
    assert "900000217" not in str(proof.data)


def test_nobody_who_answers_is_said_too(clock: Moments) -> None:
    note(submitted(), answered=False)
    assert Call.objects.get().dossier.events.filter(title="Cơ quan đã gọi điện, không có người nghe").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"said": "  "}, "Nhập nội dung"),
        ({"shift": timedelta(hours=1)}, "sau lúc này"),
        ({"shift": -timedelta(days=40)}, "31 ngày"),
        ({"shift": -timedelta(days=2)}, "sau lúc hồ sơ được nộp"),
    ],
)
def test_what_cannot_be_is_refused(clock: Moments, change: dict[str, object], words: str) -> None:
    dossier = submitted()
    shift = change.pop("shift", timedelta())
    assert isinstance(shift, timedelta)
    with pytest.raises(BusinessError, match=words):
        note(dossier, at=timezone.now() + shift, **change)
    assert not Call.objects.exists()


def test_is_for_reception_registrar_and_leader_of_this_agency(clock: Moments) -> None:
    dossier = taken_up()
    note(dossier, by=dung())
    with pytest.raises(Http404):
        note(dossier, by=hoa())
    with pytest.raises(Http404):
        note(dossier, by=an())


class TestPage:
    def fields(self, moment: datetime, **change: str) -> dict[str, str]:
        here = local(moment)
        return {
            "so": "0900 000 217", "ngay_ngay": str(here.day), "ngay_thang": str(here.month),
            "ngay_nam": str(here.year), "gio": f"{here:%H:%M}", "nghe": "co", "trao_doi": SAID,
        } | change  # fmt: skip

    def test_is_filled_in_and_leads_back(self, clock: Moments, come: Come) -> None:
        dossier, client = submitted(), come(chi())
        assert url("note_call", dossier) in client.get(url("dossier", dossier)).content.decode()
        html = client.get(url("note_call", dossier)).content.decode()
        assert 'value="0900 000 217"' in html
        assert TYPED_BY in html
        answer = client.post(url("note_call", dossier), self.fields(timezone.now(), nghe="khong"))
        assert answer["Location"] == url("dossier", dossier)
        assert SAID in client.get(url("dossier", dossier)).content.decode()
        assert not Call.objects.get().answered

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"so": "024 3826 0001"}, "di động"), ({"gio": "25:00"}, "như 14:05"), ({"gio": ""}, "Nhập giờ gọi"),
            ({"trao_doi": ""}, "Nhập nội dung cuộc gọi"), ({"nghe": "x"}, "Chọn một trong hai"),
            ({"ngay_ngay": "31", "ngay_thang": "2"}, "Không có ngày"), ({"ngay_nam": "2031"}, "sau lúc này"),
        ],
    )  # fmt: skip
    def test_bad_input_is_said_and_kept(self, clock: Moments, come: Come, change: dict[str, str], words: str) -> None:
        dossier = submitted()
        html = refused(come(chi()).post(url("note_call", dossier), self.fields(timezone.now(), **change)), words)
        assert "trao-doi" in html
        assert not Call.objects.exists()

    def test_another_agency_finds_nothing_and_a_clerk_no_link(self, clock: Moments, come: Come) -> None:
        dossier = submitted()
        assert come(hoa()).get(url("note_call", dossier)).status_code == 404
        clerk = come(quan())
        assert url("note_call", dossier) not in clerk.get(url("dossier", dossier)).content.decode()
