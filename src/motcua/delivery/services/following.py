"""A parcel follows what is known of it: our own acts, and all that the post has said."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from motcua.agencies.queries import working_calendar
from motcua.audit.services import record
from motcua.core.worktime import local
from motcua.delivery.models import Parcel, TrackingEvent
from motcua.delivery.rules.asking import next_look
from motcua.delivery.rules.protocol import Word
from motcua.delivery.rules.states import (
    ENDED,
    WITH_SENDER,
    Direction,
    ParcelState,
    Placing,
    Story,
    arrived_state,
    first_state,
    story,
)
from motcua.delivery.services.holding import DRAW, new_number, queue
from motcua.delivery.signals import parcel_changed

FOLLOWED = [
    "state", "attempts", "failure", "failure_words", "next_on", "received_by", "fee_collected", "postage_collected",
    "collected_at", "due_on", "ended_at", "call_at", "called",
]  # fmt: skip
COMES_AGAIN = frozenset({ParcelState.FAILED, ParcelState.ACCEPTED})


def follow(parcel: Parcel) -> bool:
    """Bring a held parcel in line with what is known of it, and tell of what has changed; whether anything has."""
    start = first_state(
        parcel.direction,
        placed=parcel.placing == Placing.PLACED,
        handed_over=parcel.handed_over_at is not None,
        cancelled=parcel.cancelled_at is not None,
    )
    known = story(parcel.direction, start, [event.word for event in TrackingEvent.objects.filter(parcel=parcel)])
    before, failed_before = ParcelState(parcel.state), parcel.attempts
    paid_before = parcel.collected_at is not None
    _take_over(parcel, known)
    parcel.save(update_fields=FOLLOWED)
    failed_again = parcel.attempts > failed_before and parcel.state not in ENDED
    changed = [
        *(["money"] if parcel.collected_at is not None and not paid_before else []),
        *(["failed"] if failed_again else [str(parcel.state)] if parcel.state != before else []),
    ]
    for what in changed:
        _tell(parcel, what)
    if known.ending is not None and known.ending.papers and parcel.direction == Direction.TO_PERSON:
        _open_back(parcel, known.ending)
    return bool(changed)


def _take_over(parcel: Parcel, known: Story[Word]) -> None:
    now = timezone.now()
    parcel.state = arrived_state(parcel.direction) if parcel.arrived_at else known.state
    failure = known.failures[-1] if known.failures else None
    parcel.attempts = len(known.failures)
    parcel.failure, parcel.failure_words = (failure.failure or "", failure.words) if failure else ("", "")
    parcel.next_on = failure.next_on if failure and parcel.state in COMES_AGAIN else None
    parcel.received_by = known.ending.received_by if known.ending else ""
    if known.money is not None:
        parcel.fee_collected, parcel.postage_collected = known.money.fee_collected, known.money.postage_collected
        parcel.collected_at = known.money.at
    if parcel.due_on is None and parcel.state not in WITH_SENDER | {ParcelState.CANCELLED}:
        left_at = parcel.handed_over_at or (known.leaving.at if known.leaving else now)
        parcel.due_on = working_calendar(parcel.agency).add_days(local(left_at).date(), parcel.days)
    ended = parcel.state in ENDED
    parcel.ended_at = _ended_at(parcel, known, now) if ended else None
    if ended:
        parcel.call_at = None
    elif parcel.placing in {Placing.PLACED, Placing.BY_HAND} and parcel.cancel_wanted_at is None:
        parcel.call_at, parcel.called = next_look(called=0, ordered_at=parcel.ordered_at, now=now), 0


def _ended_at(parcel: Parcel, known: Story[Word], now: datetime) -> datetime:
    told = known.ending.at if known.ending else None
    return parcel.ended_at or parcel.arrived_at or parcel.cancelled_at or told or now


def _tell(parcel: Parcel, what: str) -> None:
    facts: dict[str, Any] = {"what": what, "item_code": parcel.item_code}
    if what == "money":
        facts |= {"fee": parcel.fee_collected, "postage": parcel.postage_collected}
    record("parcel.followed", subject_kind="parcel", subject_ref=parcel.number, actor=None, **facts)
    parcel_changed.send(sender=Parcel, parcel=parcel, what=what)


def _open_back(parcel: Parcel, ending: Word) -> None:
    """What the postman took along at the door travels to the agency as a parcel of its own."""
    if Parcel.objects.filter(back_of=parcel).exists():
        return
    back = Parcel.objects.create(
        number=new_number(), item_code=_free_code(ending.back_item_code), direction=Direction.TO_AGENCY,
        about_kind=parcel.about_kind, about_ref=parcel.about_ref, agency=parcel.agency, sender=parcel.receiver,
        receiver=parcel.sender, contents=[line for line in parcel.collects if line.get("key") in ending.papers],
        back_of=parcel, days=parcel.days, state=ParcelState.PICKED_UP, placing=Placing.PLACED, ordered_at=ending.at,
        handed_over_at=ending.at,
        due_on=working_calendar(parcel.agency).add_days(local(ending.at).date(), parcel.days),
        call_at=next_look(called=0, ordered_at=ending.at, now=timezone.now()),
    )  # fmt: skip
    record(
        "parcel.collected", subject_kind="parcel", subject_ref=back.number, actor=None,
        about=list(parcel.about), item_code=back.item_code, papers=len(back.contents),
    )  # fmt: skip
    queue(DRAW, back)
    parcel_changed.send(sender=Parcel, parcel=back, what=str(ParcelState.PICKED_UP))


def _free_code(code: str) -> str:
    """The post's code, unless another parcel bears it: then the agency's own word ends this one."""
    return "" if Parcel.objects.filter(item_code=code).exists() else code
