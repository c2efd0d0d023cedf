"""How a dossier stands to its fee: what was asked for, what came, what goes back."""

from dataclasses import dataclass

from motcua.dossiers.rules.states import PaymentState
from motcua.offerings.models import OfferingVersion

Pay = OfferingVersion.Pay
OWING = frozenset({PaymentState.OWED, PaymentState.ASKED})
AT_ONCE = frozenset({Pay.ONLINE, Pay.TRANSFER})  # who chose these wants to pay now, wherever they are


def first_state(total: int, clock_starts: str) -> PaymentState:
    """How a dossier stands when it is handed in, or when its fee has grown: asked to pay now where the clock waits."""
    if not total:
        return PaymentState.NOTHING
    waits = clock_starts == OfferingVersion.ClockStarts.COMPLETE_AND_PAID
    return PaymentState.ASKED if waits else PaymentState.OWED


@dataclass(frozen=True)
class Flow:
    """What came and what of it went back, in đồng: for the fee itself, and besides (doubled, too late)."""

    came: int
    back: int
    extra: int = 0
    extra_back: int = 0


def standing(present: PaymentState, flow: Flow, *, total: int, waits: bool) -> PaymentState:
    """How the dossier stands after money has moved.

    Args:
        total: what it costs, in đồng.
        waits: whether an order is open, that is, whether anybody still asks for money.
    """
    if waits:
        return present if present in OWING else PaymentState.OWED
    if flow.came:
        left = flow.came - flow.back
        return PaymentState.REFUNDED if flow.back and (not left or left < total) else PaymentState.PAID
    if flow.extra:  # it came when nobody asked any more
        return PaymentState.REFUNDED if flow.extra_back == flow.extra else PaymentState.PAID
    return PaymentState.NOTHING
