"""Speaking to the post: place an order, drop one, ask where a parcel is. Never while a row is held."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.core.jobs import TryLater
from motcua.core.worktime import local
from motcua.delivery.models import Parcel
from motcua.delivery.providers import PostRefused, PostUnavailable, post
from motcua.delivery.queries import post_ready
from motcua.delivery.rules import protocol
from motcua.delivery.rules.asking import CLAIMED, PAUSES, next_look, next_try
from motcua.delivery.rules.states import WITH_SENDER, Placing
from motcua.delivery.services.following import follow
from motcua.delivery.services.holding import CALL, DROP, lock, queue
from motcua.delivery.services.notices import hear
from motcua.delivery.services.placing import refused_cancelling, refused_order, took_order

MOST_AT_ONCE = 200


def call_post(parcel_id: int) -> None:
    """Say to the post what is to be said about a parcel: drop it, place it, or ask for it. May run twice."""
    parcel = Parcel.objects.get(pk=parcel_id)
    if not parcel.is_open or not post_ready():
        return
    if parcel.cancel_wanted_at is not None and parcel.sent:
        _cancel(parcel)
    elif parcel.placing == Placing.WAITING:
        _place(parcel)
    elif parcel.placing in {Placing.PLACED, Placing.BY_HAND}:
        ask_tracking(parcel_id)


def _place(parcel: Parcel) -> None:
    with transaction.atomic():  # before the call: from now on the post may know of it
        parcel = lock(parcel)
        if parcel.placing != Placing.WAITING or parcel.cancel_wanted_at is not None:
            return
        parcel.sent += 1
        parcel.save(update_fields=["sent"])
    try:
        code = post.place_order(parcel)
    except PostRefused as refusal:
        _placed(parcel, "", str(refusal))
    except PostUnavailable:
        _not_reached(parcel)
    else:
        _placed(parcel, code, "")


@transaction.atomic
def _placed(parcel: Parcel, code: str, why: str) -> None:
    parcel = lock(parcel)
    if parcel.placing == Placing.BY_HAND:
        if code:  # given away on paper while we asked: nobody shall come for it a second time
            queue(DROP, parcel)
    elif parcel.placing == Placing.WAITING and code:
        took_order(parcel, code)
    elif parcel.placing == Placing.WAITING and parcel.cancel_wanted_at is not None:
        _drop(parcel, timezone.now())
    elif parcel.placing == Placing.WAITING:
        refused_order(parcel, why)


@transaction.atomic
def _not_reached(parcel: Parcel) -> None:
    """The post is silent: again later, ever more seldom, for as long as it takes. The desk sees since when."""
    parcel, now = lock(parcel), timezone.now()
    parcel.called += 1
    parcel.call_at = next_try(called=parcel.called, now=now)
    if parcel.placing == Placing.WAITING:
        parcel.trouble = f"Hệ thống bưu chính chưa trả lời; sẽ gửi lại lúc {local(parcel.call_at):%H:%M ngày %d/%m}."
    parcel.save(update_fields=["called", "call_at", "trouble"])


def _cancel(parcel: Parcel) -> None:
    try:
        post.cancel_order(parcel.number)
    except PostRefused as refusal:
        _cancelled(parcel, str(refusal))
    except PostUnavailable:
        _not_reached(parcel)
    else:
        _cancelled(parcel, "")


@transaction.atomic
def _cancelled(parcel: Parcel, why: str) -> None:
    parcel = lock(parcel)
    if parcel.cancel_wanted_at is None or not parcel.is_open:
        return
    if why:
        refused_cancelling(parcel, why)
    elif parcel.state in WITH_SENDER:
        _drop(parcel, timezone.now())


def _drop(parcel: Parcel, now: datetime) -> None:
    parcel.cancelled_at = now
    parcel.save(update_fields=["cancelled_at"])
    follow(parcel)


def drop_order(parcel_id: int) -> None:
    """Drop an order whose parcel was given away on paper. The post's no is an answer, too.

    Raises:
        TryLater: the post is silent.
    """
    parcel = Parcel.objects.get(pk=parcel_id)
    try:
        post.cancel_order(parcel.number)
    except PostRefused:
        return
    except PostUnavailable:
        raise TryLater(PAUSES[-1] * 60) from None


def ask_tracking(parcel_id: int) -> None:
    """Ask where a parcel is, and write down all that we haven't heard yet. May run twice."""
    parcel = Parcel.objects.get(pk=parcel_id)
    try:
        entries = post.tracking(parcel)
    except PostRefused:  # of a paper slip the post may not know for a day or two
        entries = []
    except PostUnavailable:
        _not_reached(parcel)
        return
    words = []
    for entry in entries:
        try:
            words.append(protocol.word_from(entry))
        except protocol.Unreadable:
            continue  # one line that can't be read hides no other
    _heard(parcel, words)


@transaction.atomic
def _heard(parcel: Parcel, words: list[protocol.Word]) -> None:
    parcel = lock(parcel)
    if not parcel.is_open:
        return
    parcel.called += 1
    parcel.call_at = next_look(called=parcel.called, ordered_at=parcel.ordered_at, now=timezone.now())
    parcel.save(update_fields=["called", "call_at"])
    hear(parcel, words)


@transaction.atomic
def call_due() -> int:
    """Queue a call for every parcel whose time has come; how many. Two at once never take the same one."""
    now = timezone.now()
    due = Parcel.objects.select_for_update(skip_locked=True, no_key=True).filter(call_at__lte=now)
    parcels = list(due.order_by("call_at")[:MOST_AT_ONCE])
    for parcel in parcels:
        parcel.call_at = now + CLAIMED
        parcel.save(update_fields=["call_at"])
        queue(CALL, parcel)
    return len(parcels)
