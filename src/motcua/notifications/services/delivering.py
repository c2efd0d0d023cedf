"""Hand messages over; when one way fails, take the next that was held for the same news."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.audit.services import HasName, record
from motcua.core.jobs import TryLater
from motcua.core.portal import is_sample
from motcua.notifications import rules
from motcua.notifications.channels import ChannelError, Taken, channel_for
from motcua.notifications.models import Message
from motcua.notifications.rules.ways import next_of
from motcua.notifications.services.writing import DELIVER, QUEUE

CHECK = "notifications.check_arrival"
ENCLOSURES_KEPT = timedelta(days=30)  # so long an operator can see what a letter that was given up had with it
# So long it goes again: later the address may be somebody else's and the file replaced. It lies in the account anyway.
ENCLOSURES_AGAIN = timedelta(days=3)
S = Message.State


def deliver(message_id: int) -> None:
    """Hand one message over. Safe to run twice, also at once: whoever claims the row sends, a sent one is left alone.

    One window stays open: a worker that dies after the other side took the message and before the row says so. Then it
    is handed over once more, with the same key (SMS, Zalo: gateways drop a known tracking id; email: the same
    Message-ID). At least once, and nearly always once.

    Raises:
        TryLater: it was not taken this time, or another worker is at it.
    """
    message = _claim(message_id)
    if message is None:
        return
    try:
        taken = channel_for(message.channel).send(message)
    except ChannelError as refusal:
        _note_refusal(message, refusal)
    else:
        _note_sent(message, taken)


def _claim(message_id: int) -> Message | None:
    now = timezone.now()
    until = now + timedelta(seconds=settings.MESSAGE_CLAIM_SECONDS)
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    waiting = Message.objects.filter(pk=message_id, state=Message.State.QUEUED)
    if waiting.filter(free).update(claimed_until=until, attempts=F("attempts") + 1):
        return Message.objects.get(pk=message_id)
    if waiting.exists():
        raise TryLater(settings.MESSAGE_CLAIM_SECONDS)
    return None


@transaction.atomic
def _note_sent(message: Message, taken: Taken) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=S.SENT,
        sent_at=timezone.now(),
        provider_ref=taken.number[:120],
        trouble="",
        claimed_until=None,
        body=_kept_body(message),
        enclosure=None,
    )
    if not taken.receipt:
        _spare(message.news)
    elif _held(message.news):
        wait = {"minutes": settings.ZALO["wait_minutes"]}
        app.configure_task(CHECK, queue=QUEUE, schedule_in=wait).defer(message_id=message.pk)


def _note_refusal(message: Message, refusal: ChannelError) -> None:
    seconds = None
    if refusal.retry:
        seconds = rules.pause(message.attempts, secret=message.secret, another_way=_held(message.news))
    trouble = str(refusal)[:300]
    if seconds is not None:
        Message.objects.filter(pk=message.pk).update(trouble=trouble, claimed_until=None)
        raise TryLater(seconds)
    _give_up(message, trouble)


@transaction.atomic
def _give_up(message: Message, trouble: str) -> None:
    """This way has failed; the next that was held goes, unless another of the same news is on its way or there."""
    news = _news(message)
    if any(one.pk == message.pk and one.delivered_at for one in news):
        return  # no answer came to us, but the message did arrive
    Message.objects.filter(pk=message.pk).update(
        state=S.FAILED, trouble=trouble, claimed_until=None, body=_kept_body(message)
    )
    others = [one for one in news if one.pk != message.pk]
    if any(one.state in {S.QUEUED, S.SENT} for one in others):
        return
    held = {one.channel: one for one in others if one.state == S.HELD}
    if chosen := held.get(next_of(held)):
        Message.objects.filter(pk=chosen.pk).update(state=S.QUEUED)
        app.configure_task(DELIVER, queue=QUEUE).defer(message_id=chosen.pk)


def _news(message: Message) -> list[Message]:
    """All messages of the same news, locked: two that fail at once must not both call the third."""
    if not message.news:
        return []
    rows = Message.objects.select_for_update(no_key=True).filter(news=message.news)
    return list(rows.defer("enclosure").order_by("pk"))


def _held(news: str) -> bool:
    return bool(news) and Message.objects.filter(news=news, state=S.HELD).exists()


def _spare(news: str) -> None:
    """The news has arrived: what was held for it is not needed, and not kept."""
    if news:
        Message.objects.filter(news=news, state=S.HELD).update(state=S.SPARED, body="", subject="", enclosure=None)


@transaction.atomic
def note_arrival(tracking: str) -> bool:
    """The other side says that a message has arrived, however late; whether it is one of ours. Safe to run twice."""
    message = (
        Message.objects.select_for_update(no_key=True).defer("enclosure").filter(tracking=tracking or None).first()
    )
    if message is None or not tracking:
        return False
    if message.delivered_at is None:
        now = timezone.now()
        message.delivered_at, message.sent_at, message.state = now, message.sent_at or now, S.SENT
        message.trouble, message.claimed_until = "", None
        message.save(update_fields=["delivered_at", "sent_at", "state", "trouble", "claimed_until"])
        _spare(message.news)
        late = Message.objects.filter(news=message.news, reserve=True, state=S.QUEUED, claimed_until=None)
        if message.news:
            late.update(state=S.SPARED, body="", subject="", enclosure=None)
    return True


@transaction.atomic
def check_arrival(message_id: int) -> None:
    """So long after it was taken nobody has said that it arrived: the next way goes. Safe to run twice."""
    found = Message.objects.select_for_update(no_key=True).defer("enclosure").filter(pk=message_id)
    message = found.filter(state=S.SENT, delivered_at=None).first()
    if message is not None:
        _give_up(message, f"Nothing was heard of it for {settings.ZALO['wait_minutes']} minutes.")


def clear_enclosures() -> int:
    """Empty the enclosures of letters that were given up long ago: the files lie in documents; how many."""
    old = Message.objects.filter(state=S.FAILED, enclosure__isnull=False)
    return old.filter(created_at__lt=timezone.now() - ENCLOSURES_KEPT).update(enclosure=None)


def _kept_body(message: Message) -> str:
    return "" if message.secret and not is_sample() else message.body


def _too_old() -> Q:
    """Letters whose file is gone, or was enclosed too long ago to be sent to the address of then."""
    stale = Q(created_at__lt=timezone.now() - ENCLOSURES_AGAIN)
    return ~Q(enclosure_name="") & (Q(enclosure=None) | stale)


def letters_too_old(since: datetime) -> int:
    """How many letters with a file, given up since then, are not sent again: the person fetches it from the account."""
    return Message.objects.filter(_too_old(), state=S.FAILED, secret=False, created_at__gte=since).count()


@transaction.atomic
def send_failed_again(since: datetime, *, by: HasName | None) -> int:
    """Queue the messages written since then that were given up, after their cause is mended; how many.

    No codes, nothing that has gone by another way meanwhile, and no letter with a file that isn't fresh any more: see
    `letters_too_old`.
    """
    replaced = Message.objects.filter(news=OuterRef("news"), reserve=True, state__in=[S.QUEUED, S.SENT])
    failed = Message.objects.defer("enclosure").filter(state=S.FAILED, secret=False, created_at__gte=since)
    failed = failed.exclude(Q(Exists(replaced)) & ~Q(news="")).exclude(_too_old())
    messages = list(failed.select_for_update(of=("self",)).order_by("pk"))
    for message in messages:
        message.state, message.attempts, message.trouble = S.QUEUED, 0, ""
        message.save(update_fields=["state", "attempts", "trouble"])
        app.configure_task(DELIVER, queue=QUEUE).defer(message_id=message.pk)
    if messages:
        record("messages.sent_again", subject_kind="messages", subject_ref="", actor=by, count=len(messages))
    return len(messages)
