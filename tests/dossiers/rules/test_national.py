"""The national status, for every combination of the four states."""

from itertools import product

import pytest

from motcua.dossiers.rules.national import CHIP, NationalStatus, national_status
from motcua.dossiers.rules.states import DeliveryState, PaymentState, State, SyncState

# state → (as a rule, when money is asked for now, when something was handed over at the desk)
TABLE = {
    "draft": (None, None, None),
    "submitted": (1, 6, 1),
    "declined": (3, 3, 3),
    "accepted": (2, 6, 2),
    "processing": (4, 6, 4),
    "supplement": (5, 5, 5),
    "confirming": (4, 6, 4),
    "signing": (4, 6, 4),
    "refusing": (4, 6, 4),
    "approved": (4, 6, 4),
    "issued": (9, 9, 9),
    "returned": (10, 10, 10),
    "refused": (8, 8, 10),
    "stopped": (8, 8, 10),
    "withdrawn": (7, 7, 10),
}


def expected(state: State, payment: PaymentState, delivery: DeliveryState) -> int | None:
    plain, asked, handed = TABLE[state]
    if delivery == DeliveryState.HANDED_OVER and handed == 10:
        return 10
    return asked if payment == PaymentState.ASKED else plain


@pytest.mark.parametrize(
    ("state", "payment", "delivery", "sync"), list(product(State, PaymentState, DeliveryState, SyncState))
)
def test_every_combination(state: State, payment: PaymentState, delivery: DeliveryState, sync: SyncState) -> None:
    assert national_status(state, payment, delivery, sync) == expected(state, payment, delivery)


def test_all_ten_are_reached() -> None:
    reached = {national_status(*states) for states in product(State, PaymentState, DeliveryState)}
    assert reached == {None, *NationalStatus}


def test_every_status_has_one_chip() -> None:
    assert set(CHIP) == set(NationalStatus)
    assert set(CHIP.values()) <= {"new", "going", "yours", "done", "bad", "idle"}
