"""The acts of this room: write a message down, hand it over."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.audit.services import HasName, record
from motcua.core.jobs import TryLater
from motcua.core.portal import is_sample
from motcua.notifications import rendering, rules
from motcua.notifications.channels import ChannelError, channel_for
from motcua.notifications.models import Message

DELIVER = "notifications.deliver"
QUEUE = "messages"
ENCLOSURE_LIMIT = 10 * 1024 * 1024  # bytes; a third more once encoded, and many mail servers stop at 20 MB


@dataclass(frozen=True)
class Recipient:
    """Where somebody can be reached: verified addresses only, empty where there is none."""

    phone: str = ""  # +84…
    email: str = ""
    zalo: str = ""  # +84…, a number that follows the agency's Zalo account

    def address(self, channel: str) -> str:
        """The address for one channel, or nothing."""
        addresses = {
            Message.Channel.SMS: self.phone,
            Message.Channel.EMAIL: self.email,
            Message.Channel.ZALO: self.zalo,
        }
        return addresses[Message.Channel(channel)]


@transaction.atomic(savepoint=False)
def notify(
    template: str,
    to: Recipient,
    *,
    key: str,
    about: tuple[str, str] = ("", ""),
    secret: bool = False,
    channels: Sequence[str] | None = None,
    enclosure: tuple[str, bytes] | None = None,
    **context: Any,
) -> list[Message]:
    """Write one message per channel that the recipient has, and queue their delivery, in the caller's transaction.

    Args:
        template: a name in templates/notifications, "dossier_accepted".
        key: names the event, "dossier.accepted:NH-7K3F-92XA"; the same event never makes a second message for the same
            address, so an act that runs twice tells once. At most 150 characters.
        about: kind and number of what it tells of, ("dossier", "NH-7K3F-92XA").
        secret: a code for logging in: tried for a minute and a half only, and emptied once sent.
        channels: only these ("sms", "email", "zalo"); None means all.
        enclosure: name and content of a file that goes with the email, and with nothing else.
        context: what the template asks for; an SMS uses only number, agency and times.

    Returns:
        the messages, also those that were there already.

    Raises:
        rendering.TemplateError: no such template, or a variable is missing (a bug).
        ValueError: the enclosure is larger than a letter may be (a bug: the caller looks first, see ENCLOSURE_LIMIT).
    """
    if enclosure and len(enclosure[1]) > ENCLOSURE_LIMIT:
        raise ValueError(f"An enclosure has at most {ENCLOSURE_LIMIT} bytes.")
    wanted = Message.Channel.values if channels is None else channels
    kept = {"template": template, "about_kind": about[0], "about_ref": about[1], "secret": secret}
    drafts = []
    for channel in wanted:
        if address := to.address(channel):
            text: rendering.Text = getattr(rendering, channel)(template, context)
            row = Message(channel=channel, address=address, key=row_key(key, channel, address), **kept)
            row.subject, row.body = text.subject, text.body
            if enclosure and channel == Message.Channel.EMAIL:
                row.enclosure_name, row.enclosure = enclosure
            drafts.append(row)
    return _write(drafts)


def _write(drafts: list[Message]) -> list[Message]:
    """Rows and jobs in three queries, however many; a row that is there already is left alone, whoever wrote it."""
    if not drafts:
        return []
    Message.objects.bulk_create(drafts, ignore_conflicts=True)
    written = {draft.key: draft.created_at for draft in drafts}
    messages = list(Message.objects.filter(key__in=written).defer("enclosure").order_by("pk"))
    new: list[dict[str, Any]] = [
        {"message_id": message.pk} for message in messages if message.created_at == written[message.key]
    ]
    if new:
        app.configure_task(DELIVER, queue=QUEUE).batch_defer(*new)
    return messages


def row_key(key: str, channel: str, address: str) -> str:
    """One event, one channel, one address; the address itself is not readable in it, the key goes to gateways."""
    return f"{key}/{channel}/{hashlib.sha256(address.encode()).hexdigest()[:12]}"


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
        provider_ref = channel_for(message.channel).send(message)
    except ChannelError as refusal:
        _note_refusal(message, refusal)
    else:
        _note_sent(message, provider_ref)


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


def _note_sent(message: Message, provider_ref: str) -> None:
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.SENT,
        sent_at=timezone.now(),
        provider_ref=provider_ref[:120],
        trouble="",
        claimed_until=None,
        body=_kept_body(message),
        enclosure=None,
    )


def _note_refusal(message: Message, refusal: ChannelError) -> None:
    seconds = rules.pause(message.attempts, secret=message.secret) if refusal.retry else None
    trouble = str(refusal)[:300]
    if seconds is not None:
        Message.objects.filter(pk=message.pk).update(trouble=trouble, claimed_until=None)
        raise TryLater(seconds)
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.FAILED, trouble=trouble, claimed_until=None, body=_kept_body(message)
    )


def _kept_body(message: Message) -> str:
    return "" if message.secret and not is_sample() else message.body


@transaction.atomic
def send_failed_again(since: datetime, *, by: HasName | None) -> int:
    """Queue the messages written since then that were given up, after their cause is mended; how many. No codes."""
    failed = Message.objects.defer("enclosure").filter(state=Message.State.FAILED, secret=False, created_at__gte=since)
    messages = list(failed.select_for_update().order_by("pk"))
    for message in messages:
        message.state, message.attempts, message.trouble = Message.State.QUEUED, 0, ""
        message.save(update_fields=["state", "attempts", "trouble"])
        app.configure_task(DELIVER, queue=QUEUE).defer(message_id=message.pk)
    if messages:
        record("messages.sent_again", subject_kind="messages", subject_ref="", actor=by, count=len(messages))
    return len(messages)
