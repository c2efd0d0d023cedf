"""Notices of outages: who is told, from when to when; what is recorded; who is first."""

from dataclasses import replace

import pytest

from motcua.audit.models import Event
from motcua.content.models import Outage
from motcua.content.queries import all_outages, announced, outage_at, past_outages
from motcua.content.rules import Plan, PlanTrouble
from motcua.content.services import outages
from motcua.core.errors import BusinessError, Conflict
from tests.cast import at, quan
from tests.core.calendars import WARD
from tests.moments import stopped_clock

pytestmark = pytest.mark.django_db

PLAN = Plan(at("05/12/2026 22:00"), at("06/12/2026 04:00"), ("nop-ho-so", "thanh-toan"), "Nâng cấp máy chủ.")


def an_outage(plan: Plan = PLAN, on: str = "23/11/2026 09:00") -> Outage:
    with stopped_clock(on):
        return outages.announce(plan, by=quan(), calendar=WARD)


def test_it_is_told_from_the_announcement_to_its_end() -> None:
    an_outage()
    for moment, told in [("23/11/2026 09:00", True), ("06/12/2026 03:59", True), ("06/12/2026 04:00", False)]:
        with stopped_clock(moment):
            assert bool(announced()) is told, moment


def test_what_was_announced_is_kept_and_recorded() -> None:
    outage = an_outage(replace(PLAN, affected=("thanh-toan", "nop-ho-so", "khong-co"), words="  Nâng cấp\r\nmáy chủ. "))
    assert outage.affected == ["nop-ho-so", "thanh-toan"]
    assert outage.affected_text == "Nộp và bổ sung hồ sơ, Thanh toán trực tuyến"
    assert outage.words == "Nâng cấp\nmáy chủ."
    event = Event.objects.get(act="outage.announced")
    assert (event.actor_name, event.subject_ref) == ("Đỗ Minh Quân", str(outage.pk))


def test_a_reason_for_haste_is_not_kept_where_there_was_none() -> None:
    assert an_outage(replace(PLAN, urgent_reason="Gấp")).urgent_reason == ""


def test_too_late_without_a_reason_is_refused() -> None:
    with pytest.raises(PlanTrouble, match="sớm nhất từ ngày 10/12/2026"):
        an_outage(on="30/11/2026 09:00")
    assert not Outage.objects.exists()


def test_it_ends_early_or_is_called_off() -> None:
    running, ahead = (
        an_outage(),
        an_outage(replace(PLAN, starts_at=at("20/12/2026 22:00"), ends_at=at("21/12/2026 04:00"))),
    )
    with stopped_clock("05/12/2026 23:30") as clock:
        outages.end(running, by=quan(), seen=1)
        outages.end(ahead, by=quan(), seen=1)
        assert announced() == []
        stages = [outage.stage(clock.moment) for outage in past_outages(clock.moment)]
    assert stages == [Outage.Stage.CALLED_OFF, Outage.Stage.OVER]
    assert Event.objects.filter(act="outage.ended").count() == 2


def test_what_is_over_is_not_changed() -> None:
    outage = an_outage()
    with stopped_clock("06/12/2026 05:00"):
        with pytest.raises(BusinessError, match="đã kết thúc"):
            outages.end(outage, by=quan(), seen=1)
        with pytest.raises(BusinessError, match="đã kết thúc"):
            outages.change(outage, PLAN, by=quan(), calendar=WARD, seen=1)


def test_who_comes_second_is_told() -> None:
    outage = an_outage()
    with stopped_clock("23/11/2026 10:00"):
        changed = outages.change(outage, replace(PLAN, words="Nâng cấp."), by=quan(), calendar=WARD, seen=1)
        assert (changed.revision, changed.words) == (2, "Nâng cấp.")
        with pytest.raises(Conflict, match="Người khác vừa sửa"):
            outages.change(outage, PLAN, by=quan(), calendar=WARD, seen=1)


def test_whether_people_could_answer_at_a_moment() -> None:
    an_outage()
    paying_only = replace(
        PLAN, affected=("thanh-toan",), starts_at=at("10/12/2026 08:00"), ends_at=at("10/12/2026 12:00")
    )
    an_outage(paying_only)
    assert outage_at(at("05/12/2026 21:59")) is None
    assert outage_at(at("05/12/2026 22:00")) is not None
    assert outage_at(at("06/12/2026 04:00")) is None
    assert outage_at(at("10/12/2026 09:00")) is None
    with stopped_clock("05/12/2026 23:00"):
        outages.end(Outage.objects.earliest("pk"), by=quan(), seen=1)
    assert outage_at(at("05/12/2026 23:30")) is None
    assert outage_at(at("05/12/2026 22:30")) is not None


def test_administrators_see_what_is_ahead_first() -> None:
    an_outage(replace(PLAN, starts_at=at("20/12/2026 22:00"), ends_at=at("21/12/2026 04:00"), words="Hai"))
    an_outage(replace(PLAN, words="Một"))
    with stopped_clock("07/12/2026 09:00"):
        assert [outage.words for outage in all_outages()] == ["Hai", "Một"]
