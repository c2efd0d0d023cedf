"""The three figures of a clock, where they are easily misread."""

from decimal import Decimal

import pytest

from motcua.dossiers.models import State
from motcua.web.components.ledger import Story, story_of
from tests.cast import at
from tests.dossiers.conftest import clock as clock
from tests.dossiers.stages import accepted, issued
from tests.factories import an_offering
from tests.moments import Moments

pytestmark = pytest.mark.django_db


def story(clock: Moments, moment: str) -> Story:
    """Of a dossier that is accepted on a Sunday, for three working days: Tuesday to Thursday."""
    clock.at("29/11/2026 16:59")
    dossier = accepted(version=an_offering(limit_value=Decimal(3), first_day_counts=False))
    found = story_of(dossier, at(moment))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("29/11/2026 17:00", "3 ngày"),
        ("30/11/2026 08:30", "3 ngày"),
        ("01/12/2026 17:30", "2 ngày"),
        ("03/12/2026 17:30", "0 phút"),
    ],
)
def test_no_more_is_left_than_was_promised(clock: Moments, moment: str, left: str) -> None:
    assert story(clock, moment).left == left


def test_nothing_is_left_of_a_clock_that_has_ended(clock: Moments) -> None:
    dossier = issued()
    found = story_of(dossier, clock())
    assert dossier.state == State.ISSUED
    assert found is not None
    assert found.ended
