"""Where a parcel stands follows from what the post has said, whatever order it was heard in."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.delivery.rules.states import ENDED, NEXT, WITH_SENDER, Direction, ParcelState, Step, first_state, story

S, P, A = Step, Direction.TO_PERSON, Direction.TO_AGENCY


@dataclass(frozen=True)
class Word:
    """One word of the post."""

    sequence: int
    step: Step
    fee_collected: int | None = None


def told(*steps: Step) -> list[Word]:
    return [Word(place, step) for place, step in enumerate(steps, 1)]


def state_of(direction: Direction, *steps: Step) -> ParcelState:
    return story(direction, first_state(direction), told(*steps)).state


WALKS: list[tuple[Direction, list[Step], ParcelState]] = [
    (P, [], ParcelState.READY),
    (P, [S.ACCEPTED], ParcelState.READY),
    (P, [S.ACCEPTED, S.COLLECTING], ParcelState.READY),
    (P, [S.ACCEPTED, S.COLLECTED], ParcelState.HANDED_TO_POST),
    (P, [S.COLLECTED, S.IN_TRANSIT], ParcelState.IN_TRANSIT),
    (P, [S.COLLECTED, S.OUT_FOR_DELIVERY], ParcelState.OUT_FOR_DELIVERY),
    (P, [S.COLLECTED, S.OUT_FOR_DELIVERY, S.DELIVERED], ParcelState.DELIVERED),
    (P, [S.DELIVERED], ParcelState.DELIVERED),  # the steps before were never told
    (P, [S.COLLECTED, S.OUT_FOR_DELIVERY, S.FAILED], ParcelState.FAILED),
    (P, [S.COLLECTED, S.FAILED, S.OUT_FOR_DELIVERY], ParcelState.OUT_FOR_DELIVERY),
    (P, [S.COLLECTED, S.FAILED, S.RETURNING], ParcelState.RETURNING),
    (P, [S.COLLECTED, S.FAILED, S.RETURNING, S.RETURNED], ParcelState.RETURNED),
    (P, [S.COLLECTED, S.LOST], ParcelState.LOST),
    (P, [S.COLLECTED, S.LOST, S.DELIVERED], ParcelState.DELIVERED),  # found again
    (P, [S.CANCELLED], ParcelState.CANCELLED),
    (P, [S.COLLECTED, S.CANCELLED], ParcelState.HANDED_TO_POST),  # too late to cancel
    (P, [S.DELIVERED, S.RETURNING, S.RETURNED], ParcelState.DELIVERED),  # what has ended stays
    (P, [S.RETURNED, S.DELIVERED], ParcelState.RETURNED),
    (A, [], ParcelState.REQUESTED),
    (A, [S.ACCEPTED], ParcelState.ACCEPTED),
    (A, [S.ACCEPTED, S.COLLECTING], ParcelState.PICKING_UP),
    (A, [S.COLLECTING, S.FAILED], ParcelState.ACCEPTED),  # nobody was at home
    (A, [S.COLLECTING, S.COLLECTED], ParcelState.PICKED_UP),
    (A, [S.COLLECTED, S.IN_TRANSIT, S.OUT_FOR_DELIVERY], ParcelState.PICKED_UP),
    (A, [S.COLLECTED, S.FAILED], ParcelState.PICKED_UP),  # the agency was shut
    (A, [S.COLLECTED, S.DELIVERED], ParcelState.DELIVERED_TO_AGENCY),
    (A, [S.COLLECTED, S.RETURNING, S.RETURNED], ParcelState.RETURNED),
    (A, [S.COLLECTED, S.LOST], ParcelState.LOST),
    (A, [S.COLLECTING, S.CANCELLED], ParcelState.CANCELLED),
]


@pytest.mark.parametrize(("direction", "steps", "state"), WALKS)
def test_what_the_post_says_leads_here(direction: Direction, steps: list[Step], state: ParcelState) -> None:
    assert state_of(direction, *steps) == state


def test_what_has_ended_is_left_by_nothing() -> None:
    for table in NEXT.values():
        assert not any(starts & ENDED for starts, _ in table.values())


def test_every_state_under_way_can_still_end_well() -> None:
    for direction, end in ((P, ParcelState.DELIVERED), (A, ParcelState.DELIVERED_TO_AGENCY)):
        reachable = {end for _, end in NEXT[direction].values()} - ENDED
        assert reachable <= NEXT[direction][S.DELIVERED][0]
        assert NEXT[direction][S.DELIVERED][1] == end


def test_each_time_for_nothing_counts_until_it_is_over() -> None:
    words = told(S.COLLECTED, S.FAILED, S.OUT_FOR_DELIVERY, S.FAILED, S.DELIVERED, S.FAILED)
    found = story(P, first_state(P), words)
    assert [word.sequence for word in found.failures] == [2, 4]
    assert found.ending == words[4]
    assert found.leaving == words[0]


def test_the_first_word_about_money_counts() -> None:
    words = [Word(1, S.COLLECTED), Word(2, S.DELIVERED, 150_000), Word(3, S.DELIVERED, 90_000)]
    assert story(P, first_state(P), words).money == words[1]


def test_our_own_acts_come_before_what_the_post_says() -> None:
    assert first_state(A, placed=True) == ParcelState.ACCEPTED
    assert first_state(A, handed_over=True) == ParcelState.PICKED_UP
    assert first_state(P, placed=True) == ParcelState.READY
    assert first_state(P, handed_over=True) == ParcelState.HANDED_TO_POST
    assert first_state(P, handed_over=True, cancelled=True) == ParcelState.CANCELLED
    assert story(P, ParcelState.HANDED_TO_POST, told(S.ACCEPTED, S.COLLECTED)).state == ParcelState.HANDED_TO_POST


STEPS = st.lists(st.tuples(st.sampled_from(Step), st.none() | st.integers(0, 500_000)), max_size=12)


@given(st.sampled_from(Direction), STEPS, st.randoms(use_true_random=False), st.booleans())
def test_the_order_in_which_we_hear_changes_nothing(
    direction: Direction, said: list[Any], random: Any, handed_over: bool
) -> None:
    words = [Word(place, step, fee) for place, (step, fee) in enumerate(said, 1)]
    shuffled = list(words)
    random.shuffle(shuffled)
    start = first_state(direction, handed_over=handed_over)
    assert story(direction, start, shuffled) == story(direction, start, words)


@given(st.sampled_from(Direction), STEPS)
def test_no_walk_leaves_what_belongs_to_its_direction(direction: Direction, said: list[Any]) -> None:
    words = [Word(place, step, fee) for place, (step, fee) in enumerate(said, 1)]
    mine = {end for _, end in NEXT[direction].values()} | {first_state(direction)}
    found = story(direction, first_state(direction), words)
    assert found.state in mine
    assert (found.ending is not None) == (found.state in ENDED)
    if found.state not in WITH_SENDER | {ParcelState.CANCELLED}:
        assert found.leaving is not None
