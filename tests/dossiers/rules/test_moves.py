"""The table of moves has no dead end, no hole, and says whose each act is."""

import pytest

from motcua.agencies.models import Role
from motcua.core.errors import BusinessError, Conflict
from motcua.dossiers.rules.moves import MOVES, check_reason, check_start, lawful_acts
from motcua.dossiers.rules.states import ENDED, State


def test_every_state_is_reached_from_a_draft() -> None:
    reached = {State.DRAFT}
    while True:
        more = {move.ends for move in MOVES.values() if move.ends and move.starts & reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(State)


def test_only_ended_states_are_left_by_nothing() -> None:
    left = {start for move in MOVES.values() if move.ends for start in move.starts}
    assert set(State) - left == ENDED


@pytest.mark.parametrize(
    ("state", "roles", "acts"),
    [
        (
            State.SUBMITTED, [Role.RECEPTION],
            [
                "accept", "decline", "ask_supplement_first", "collect_fee", "book_transfer", "take_in_papers",
            ],
        ),
        (State.SUBMITTED, [Role.REGISTRAR], []),
        (State.ACCEPTED, [Role.REGISTRAR], ["take_up", "apologise"]),
        (
            State.PROCESSING, [Role.REGISTRAR],
            ["judge_paper", "send_draft", "propose", "ask_supplement", "propose_refusal", "apologise"],
        ),
        (State.SIGNING, [Role.LEADER], ["approve", "send_back", "refund_fee", "apologise", "stop"]),
        (State.SIGNING, [Role.CLERK], []),
        (State.REFUSING, [Role.LEADER], ["send_back", "refund_fee", "refuse", "apologise"]),
        (State.APPROVED, [Role.CLERK], ["issue"]),
        (
            State.ISSUED, [Role.RECEPTION],
            ["hand_over", "collect_fee", "book_transfer", "hand_to_post", "give_to_postman", "take_in_papers"],
        ),
        (State.CONFIRMING, [Role.REGISTRAR, Role.CLERK], []),  # the applicant's turn
        (State.SUPPLEMENT, [Role.REGISTRAR], ["end_supplement"]),  # once the time is over
        (
            State.SUPPLEMENT, [Role.RECEPTION],
            [
                "end_supplement_first", "take_brought_first", "take_brought", "collect_fee", "book_transfer",
                "take_in_papers",
            ],
        ),
        (State.SUPPLEMENT, [Role.LEADER], ["refund_fee", "stop"]),
        (State.RETURNED, [Role.REGISTRAR, Role.CLERK], []),
    ],
)  # fmt: skip
def test_who_may_do_what(state: State, roles: list[Role], acts: list[str]) -> None:
    able = lawful_acts(state, roles)
    assert [act for act in able if act != "note_call"] == acts
    assert ("note_call" in able) == bool({Role.RECEPTION, Role.REGISTRAR, Role.LEADER} & set(roles))  # at any time


@pytest.mark.parametrize("act", ["decline", "send_back", "object_draft", "stop", "withdraw", "ask_supplement"])
def test_what_hurts_needs_a_reason(act: str) -> None:
    with pytest.raises(BusinessError):
        check_reason(act, "  ")
    check_reason(act, "Thiếu giấy chứng sinh")


def test_a_dossier_that_moved_on_is_a_conflict() -> None:
    check_start("accept", State.SUBMITTED)
    with pytest.raises(Conflict, match="Được tiếp nhận"):
        check_start("accept", State.ACCEPTED)


def test_people_and_the_system_have_no_role() -> None:
    without = {name for name, move in MOVES.items() if not move.roles}
    assert without == {
        "submit", "agree_draft", "object_draft", "silence_agrees", "take_online",
        "supplement_first", "supplement", "pay", "withdraw", "post_delivered", "choose_receiving", "call_postman",
    }  # fmt: skip
