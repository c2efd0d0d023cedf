"""What the post tells of itself, or when asked: kept before anything is done with it, then written down once."""

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from motcua.core import ratelimit
from motcua.delivery.models import Notice, Parcel, TrackingEvent
from motcua.delivery.rules import protocol
from motcua.delivery.rules.asking import GIVES_UP_AFTER
from motcua.delivery.rules.protocol import Told, Unreadable, Word
from motcua.delivery.rules.states import Outcome, Placing
from motcua.delivery.services.following import follow
from motcua.delivery.services.holding import lock
from motcua.delivery.services.placing import took_order

log = logging.getLogger(__name__)
LONGEST = 20_000  # bytes of a notice
FORGED_KEPT = 200  # an hour; whoever sends more fills no disk
TOLD_KEPT = 10_000  # an hour, of the post itself
MOST_AT_ONCE = 200
KEPT = GIVES_UP_AFTER
FORGED_LONGEST = timedelta(days=30)


def take_notice(headers: Mapping[str, str], body: bytes) -> dict[str, str]:
    """Take a notice of the post; called outside a transaction. It is kept before anything is done with it.

    Returns:
        the answer for the post: 100 taken, known already, or about no parcel of ours (kept; the post need not tell it
        again) · 101 forged · 102 unreadable · 103 told too often.
    """
    if len(body) > LONGEST or not protocol.is_signed(body, headers.get(protocol.SIGNATURE, ""), settings.POST_SECRET):
        if ratelimit.hit("post.forged", "", limit=FORGED_KEPT, seconds=3600):
            _keep(body, genuine=False, outcome=Outcome.FORGED)
        return protocol.reply("101")
    if not ratelimit.hit("post.told", "", limit=TOLD_KEPT, seconds=3600):
        return protocol.reply("103")
    try:
        told = protocol.read(body)
    except Unreadable as trouble:
        log.warning("A notice of the post can't be read: %s", trouble)
        _keep(body, genuine=True, outcome=Outcome.MALFORMED)
        return protocol.reply("102")
    settle(_keep(body, genuine=True, outcome=Outcome.NEW, told=told))
    return protocol.reply("100")


def _keep(body: bytes, *, genuine: bool, outcome: Outcome, told: Told | None = None) -> Notice:
    text = body[:LONGEST].decode("utf-8", errors="replace").replace("\x00", "�")
    return Notice.objects.create(
        at=timezone.now(), body=text, genuine=genuine, outcome=outcome,
        order_number=told.order_number if told else "", item_code=told.item_code if told else "",
    )  # fmt: skip


@transaction.atomic
def settle(notice: Notice) -> str:
    """Write down what a kept notice says, once; the outcome. A second time changes nothing."""
    told = protocol.read(notice.body.encode())
    parcel = parcel_named(told.order_number, told.item_code)
    if parcel is None:
        notice.outcome = Outcome.UNKNOWN
    else:
        parcel = lock(parcel)
        notice.parcel, notice.outcome = parcel, hear(parcel, [told.word], notice=notice, item_code=told.item_code)
    notice.save(update_fields=["parcel", "outcome"])
    return notice.outcome


def parcel_named(number: str, item_code: str) -> Parcel | None:
    """The parcel that the post means. Its own code decides; by our number it may only mean one that has no other code:
    an order that the post took and a parcel given away on paper are two."""
    parcel = Parcel.objects.filter(item_code=item_code).first() if item_code else None
    if parcel is not None or not number:
        return parcel
    named = Parcel.objects.filter(number=number).first()
    if named is None or (item_code and named.item_code and named.item_code != item_code):
        return None
    return named


def hear(parcel: Parcel, words: Iterable[Word], *, notice: Notice | None = None, item_code: str = "") -> Outcome:
    """Write down what the post says of a held parcel, each word once, and bring the parcel in line with it."""
    if item_code and not parcel.item_code and parcel.placing != Placing.BY_HAND:
        took_order(parcel, item_code)  # the answer to our order was lost; the post has it all the same
    new = [word for word in words if _write(parcel, word, notice)]
    if not new:
        return Outcome.AGAIN
    return Outcome.APPLIED if follow(parcel) else Outcome.HISTORY


def _write(parcel: Parcel, word: Word, notice: Notice | None) -> bool:
    _, created = TrackingEvent.objects.get_or_create(
        parcel=parcel,
        sequence=word.sequence,
        defaults={
            "step": word.step, "at": word.at, "known_at": timezone.now(), "place": word.place,
            "failure": word.failure or "", "words": word.words, "next_on": word.next_on,
            "fee_collected": word.fee_collected, "postage_collected": word.postage_collected,
            "received_by": word.received_by, "papers": word.papers, "back_item_code": word.back_item_code,
            "notice": notice,
        },
    )  # fmt: skip
    return created


def settle_left() -> int:
    """Settle what was kept and not settled, and what came before we knew its parcel; how many.

    One that can't be settled keeps nobody else's waiting: it stays, and the log says so.
    """
    left = Notice.objects.filter(genuine=True, outcome=Outcome.NEW).order_by("at")[:MOST_AT_ONCE]
    known = Notice.objects.filter(
        outcome=Outcome.UNKNOWN, item_code__in=Parcel.objects.exclude(item_code="").values("item_code")
    )
    settled = 0
    for notice in [*left, *known.order_by("at")[:MOST_AT_ONCE]]:
        try:
            settle(notice)
        except Exception:
            log.exception("Notice %s of the post was not settled.", notice.pk)
        else:
            settled += 1
    return settled


@transaction.atomic
def clear_notices() -> int:
    """Delete what nobody can ask about any more: how many.

    Notices name who received what. A complaint to the post ends with six months, so does the need for its very words;
    what they said stays written with the parcel. Forged ones say nothing and go sooner.
    """
    now = timezone.now()
    old = Notice.objects.filter(at__lt=now - KEPT) | Notice.objects.filter(
        outcome=Outcome.FORGED, at__lt=now - FORGED_LONGEST
    )
    TrackingEvent.objects.filter(notice__in=old).update(notice=None)
    return old.exclude(genuine=True, outcome=Outcome.NEW).delete()[0]
