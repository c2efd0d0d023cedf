"""Whatever order the post's notices come in, and however often: the parcel stands where the post's own story ends,
every word is written down once, and money and the end are told once."""

from datetime import date
from typing import Any

from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motcua.delivery import services
from motcua.delivery.models import Notice, Parcel, TrackingEvent
from motcua.delivery.rules.protocol import STEPS
from motcua.delivery.rules.states import ENDED, ParcelState, Placing, first_state, story
from tests.delivery.acting import PRICES, Heard, a_parcel, a_pick_up, now_of, tell, word

TALES = [
    ["30", "40", "50", "60"],
    ["30", "40", "50", "61", "50", "60"],
    ["30", "61", "61", "70", "71"],
    ["30", "40", "90"],
    ["30", "90", "40", "60"],
    ["20", "61", "20", "30", "60"],
    ["91"],
]
MONEY = {"CODCollected": 150_000, "PostageCollected": 20_000}
SETTINGS = {"POST_URL": "http://127.0.0.1:9/api", "POST_SECRET": "bi-mat-cua-bai-thu"}


@override_settings(**SETTINGS)
class AnyOrderTests(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.booleans(),
        st.sampled_from(TALES) | st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=7),
        st.data(),
    )
    def test_in_any_order_and_twice(self, to_agency: bool, tale: list[str], data: Any) -> None:
        services.set_postage(PRICES, since=date(2026, 1, 1), ground="x", by=None)
        parcel = a_pick_up() if to_agency else a_parcel()
        Parcel.objects.filter(pk=parcel.pk).update(placing=Placing.PLACED, item_code=f"RM{parcel.pk:09d}VN")
        parcel = now_of(parcel)
        words = [word(parcel, place, code, **(MONEY if code == "60" else {})) for place, code in enumerate(tale, 2)]
        told = data.draw(st.permutations(words + words[: len(words) // 2]))
        heard = Heard()
        with heard.listening():
            answers = [tell(each) for each in told]
        self._check(parcel, words, answers, len(told), heard)

    def _check(self, parcel: Parcel, words: list[dict[str, Any]], answers: list[str], told: int, heard: Heard) -> None:
        assert set(answers) <= {"100"}
        assert Notice.objects.filter(parcel=parcel).count() == told
        events = [event.word for event in TrackingEvent.objects.filter(parcel=parcel)]
        assert [event.sequence for event in events] == [each["Sequence"] for each in words]
        expected = story(parcel.direction, first_state(parcel.direction, placed=True), events)
        parcel = now_of(parcel)
        assert ParcelState(parcel.state) == expected.state
        assert (parcel.ended_at is not None) == (parcel.state in ENDED)
        assert heard.whats.count("money") == (1 if any(each["StatusCode"] == "60" for each in words) else 0)
        assert heard.whats.count(str(parcel.state)) <= 1 + len(words)
        assert parcel.attempts == len(expected.failures)
