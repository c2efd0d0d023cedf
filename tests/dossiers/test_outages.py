"""Whoever couldn't answer because the portal stood still isn't late."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from motcua.content.models import Outage
from motcua.core.errors import BusinessError
from motcua.dossiers.models import State
from motcua.dossiers.queries.outages import answers_due_between, excused_until, time_is_over
from motcua.dossiers.queries.supplements import open_request, stories
from motcua.dossiers.services import supplements as acts
from motcua.dossiers.services import work
from tests.cast import dung, quan
from tests.dossiers import stages, supplements
from tests.moments import stopped_clock

pytestmark = pytest.mark.django_db


def an_outage(start: datetime, end: datetime, *affected: str) -> Outage:
    return Outage.objects.create(
        starts_at=start, ends_at=end, affected=affected or ["toan-bo"], words="Nâng cấp.", urgent_reason="Gấp",
        announced_at=start - timedelta(hours=1), announced_by_id=quan().pk, announced_by_name="Đỗ Minh Quân",
    )  # fmt: skip


def test_a_time_that_ends_in_an_outage_ends_a_day_after_it() -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    an_outage(now - hour, now + hour)
    assert excused_until(now) == now + hour + timedelta(hours=24)
    assert excused_until(now + hour) == now + hour  # it works again at that very moment
    assert excused_until(now - 2 * hour) == now - 2 * hour
    assert not time_is_over(now, now + timedelta(hours=24))
    assert time_is_over(now, now + timedelta(hours=26))


def test_only_what_keeps_people_from_answering_counts() -> None:
    now = timezone.now()
    an_outage(now - timedelta(hours=1), now + timedelta(hours=1), "thanh-toan", "tra-cuu")
    assert excused_until(now) == now


def test_silence_does_not_agree_while_the_portal_stood_still() -> None:
    with stopped_clock("25/11/2026 08:35") as clock:
        dossier = stages.asking()
        draft = dossier.drafts.get()
        assert draft.answer_by is not None
        over = an_outage(draft.answer_by - timedelta(hours=1), draft.answer_by + timedelta(hours=2)).ends_at
        clock.moment = draft.answer_by + timedelta(minutes=1)
        assert work.silence_agrees(draft.pk) is False
        clock.moment = over + timedelta(hours=23)
        assert work.silence_agrees(draft.pk) is False
        clock.moment = over + timedelta(hours=24, minutes=1)
        assert work.silence_agrees(draft.pk) is True
    dossier.refresh_from_db()
    assert dossier.state == State.PROCESSING


def test_the_desk_goes_on_waiting_for_a_supplement() -> None:
    with stopped_clock("25/11/2026 08:35") as clock:
        dossier = supplements.asked()
        request = open_request(dossier)
        assert request is not None
        over = an_outage(request.answer_by - timedelta(hours=1), request.answer_by + timedelta(hours=2)).ends_at
        clock.moment = request.answer_by + timedelta(hours=3)
        assert acts.note_expiry(request.pk) is False
        assert not stories(dossier, clock.moment)[0].is_overdue
        with pytest.raises(BusinessError, match="còn thời gian bổ sung"):
            acts.end(dossier, by=dung())
        clock.moment = over + timedelta(hours=24, minutes=1)
        assert acts.note_expiry(request.pk) is True
        assert stories(dossier, clock.moment)[0].is_overdue


def test_administrators_are_told_how_many_must_answer() -> None:
    with stopped_clock("25/11/2026 08:35"):
        request = open_request(supplements.asked())
        assert request is not None
        around = (request.answer_by - timedelta(hours=1), request.answer_by + timedelta(hours=1))
        assert answers_due_between(*around) == 1
        assert answers_due_between(around[1], around[1] + timedelta(hours=1)) == 0
