"""Late: an apology with a new day, in time it moves the promise, later it only says what to expect. Once."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import Http404
from django.utils import timezone

from motcua.core.errors import BusinessError, Conflict
from motcua.documents.queries import open_blob
from motcua.dossiers.access import document_of_applicant
from motcua.dossiers.models import Apology, State
from motcua.dossiers.queries.clocks import clock_of
from motcua.dossiers.queries.desk_dossier import stamp_of
from motcua.dossiers.queries.endings import lateness_of
from motcua.dossiers.queries.people import headline
from motcua.dossiers.rules.clock import Standing
from motcua.dossiers.services import lateness, results, work
from motcua.notifications.models import Message
from tests.cast import an, at, chi, dung, giang, hoa, khanh
from tests.documents.reading import words
from tests.dossiers.endings import FRIDAY, MONDAY, REASON, TUESDAY, three_days
from tests.dossiers.stages import VALUES, asking, fresh, submitted, taken_up
from tests.factories import an_offering
from tests.moments import Moments

Run = Callable[..., list[str]]


@pytest.mark.django_db
class TestInTime:
    def test_moves_the_promise_and_tells(self, clock: Moments) -> None:
        dossier = three_days()
        clock.at("27/11/2026 16:59")  # the last working day before it
        apology = lateness.apologise(dossier, by=dung(), reason=REASON, day=date(2026, 12, 2))
        assert (apology.extends, apology.old_due_at) == (True, at("30/11/2026 17:00"))
        dossier = fresh(dossier)
        assert (dossier.state, dossier.due_at) == (State.PROCESSING, at("02/12/2026 17:00"))
        letter = Message.objects.get(template="dossier_extended", channel="email").body
        assert "Hẹn trả kết quả mới: 17:00 thứ Tư, 02/12/2026" in letter
        assert REASON in letter
        assert "Hen lai 17:00 02/12/2026" in Message.objects.get(template="dossier_extended", channel="sms").body
        assert "đã hẹn lại: trả 17:00 thứ Tư, 02/12/2026" in headline(dossier, timezone.now())
        assert dossier.events.filter(kind="apologise", for_people=True).count() == 1

    def test_what_is_done_by_then_is_on_time(self, clock: Moments) -> None:
        dossier = taken_up(version=an_offering(limit_value=3, first_day_counts=False, confirm_days=0))
        lateness.apologise(dossier, by=dung(), reason=REASON, day=TUESDAY)
        clock.at("01/12/2026 15:00")
        work.propose(dossier, by=dung(), values=VALUES)
        work.approve(dossier, by=giang())
        results.issue(dossier, by=khanh())
        ended = clock_of(fresh(dossier))
        assert ended is not None
        assert ended.standing(timezone.now()) == Standing.ON_TIME

    def test_the_clock_of_a_later_stop_moves_on_from_the_new_promise(self, clock: Moments) -> None:
        dossier = three_days()
        lateness.apologise(dossier, by=dung(), reason=REASON, day=TUESDAY)
        clock.at("27/11/2026 17:00")
        work.send_draft(dossier, VALUES, by=dung())
        clock.at("30/11/2026 17:00")
        work.answer_draft(dossier, by=an(), agree=True)
        assert fresh(dossier).due_at == at("02/12/2026 17:00")


@pytest.mark.django_db
class TestTooLateToMove:
    @pytest.mark.parametrize("moment", ["28/11/2026 09:00", "29/11/2026 21:00", "30/11/2026 08:00", "02/12/2026 09:00"])
    def test_the_promise_stays_and_so_does_the_lateness(self, clock: Moments, moment: str) -> None:
        dossier = three_days()
        clock.at(moment)
        apology = lateness.apologise(dossier, by=dung(), reason=REASON, day=date(2026, 12, 4))
        dossier = fresh(dossier)
        assert (apology.extends, dossier.due_at, dossier.extended_to) == (False, at("30/11/2026 17:00"), None)
        letter = Message.objects.get(template="dossier_late", channel="email").body
        assert "Dự kiến trả kết quả: 17:00 thứ Sáu, 04/12/2026" in letter
        clock.at("04/12/2026 10:00")
        assert "quá hẹn 17:00 thứ Hai, 30/11/2026" in headline(dossier, timezone.now())


@pytest.mark.django_db
class TestRefused:
    def test_once_only(self, clock: Moments) -> None:
        dossier = three_days()
        lateness.apologise(dossier, by=dung(), reason=REASON, day=TUESDAY)
        with pytest.raises(BusinessError, match="một lần"):
            lateness.apologise(dossier, by=giang(), reason=REASON, day=date(2026, 12, 2))
        assert Apology.objects.count() == 1
        assert fresh(dossier).due_at == at("01/12/2026 17:00")

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (MONDAY, "sau ngày 30/11"),
            (FRIDAY, "sau ngày"),
            (date(2026, 12, 5), "không làm việc"),
            (date(2062, 1, 2), "xa quá"),
        ],
    )
    def test_a_day_that_is_none(self, clock: Moments, day: date, words: str) -> None:
        with pytest.raises(BusinessError, match=words):
            lateness.apologise(three_days(), by=dung(), reason=REASON, day=day)
        assert not Apology.objects.exists()

    def test_reason_role_state_agency_and_what_was_seen(self, clock: Moments) -> None:
        dossier = three_days()
        with pytest.raises(BusinessError, match="lý do"):
            lateness.apologise(dossier, by=dung(), reason=" ", day=TUESDAY)
        with pytest.raises(BusinessError, match="vai trò"):
            lateness.apologise(dossier, by=chi(), reason=REASON, day=TUESDAY)
        with pytest.raises(Http404):
            lateness.apologise(dossier, by=hoa(), reason=REASON, day=TUESDAY)
        for elsewhere in (submitted(), asking()):  # no clock runs there
            with pytest.raises(Conflict):
                lateness.apologise(elsewhere, by=dung(), reason=REASON, day=TUESDAY)
        seen = stamp_of(dossier)
        lateness.apologise(dossier, by=dung(), reason=REASON, day=TUESDAY, seen=seen)
        with pytest.raises(Conflict, match="Phạm Văn Dũng gửi lời xin lỗi"):
            lateness.apologise(dossier, by=giang(), reason=REASON, day=TUESDAY, seen=seen)


@pytest.mark.django_db
def test_the_desk_is_warned_before_it_is_too_late(clock: Moments) -> None:
    dossier = three_days()
    for moment, moves, last_day, late in (
        ("26/11/2026 16:00", True, False, False),
        ("27/11/2026 08:00", True, True, False),
        ("30/11/2026 08:00", False, False, False),
        ("30/11/2026 17:01", False, False, True),
    ):
        clock.at(moment)
        found = lateness_of(dossier, timezone.now())
        assert found is not None
        assert (found.moves, found.last_day, found.late) == (moves, last_day, late), moment
    lateness.apologise(dossier, by=dung(), reason=REASON, day=date(2026, 12, 3))
    assert lateness_of(fresh(dossier), timezone.now()) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("26/11/2026 09:00", ["XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN", "Ngày hẹn trả kết quả mới: 17 giờ 00 phút, ngày 02"]),
        ("30/11/2026 09:00", ["XIN LỖI VÌ CHẬM TRẢ KẾT QUẢ", "Ngày dự kiến", "vẫn được tính là giải quyết quá hạn"]),
    ],
)
def test_the_letter(clock: Moments, run_jobs: Run, moment: str, said: list[str]) -> None:
    dossier = three_days()
    clock.at(moment)
    apology = lateness.apologise(dossier, by=dung(), reason=REASON, day=date(2026, 12, 2))
    assert "dossiers.make_apology_slip" in run_jobs()
    apology.refresh_from_db()
    assert apology.slip is not None
    assert document_of_applicant(an(), dossier.ref, apology.slip.pk) == apology.slip
    with open_blob(apology.slip.blob) as file:
        text = words(file.read())
    for phrase in [*said, str(dossier.code), "Kính gửi: Nguyễn Thị An", "17 giờ 00 phút, ngày 30 tháng 11", REASON,
                   "Phạm Văn Dũng", "xin lỗi ông/bà"]:  # fmt: skip
        assert phrase in text, phrase
