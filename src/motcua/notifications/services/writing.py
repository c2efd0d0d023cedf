"""Write a message down, in the transaction of the act that it tells of."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from motcua.notifications import rendering
from motcua.notifications.channels import zalo_connected, zalo_template_id
from motcua.notifications.models import Message
from motcua.notifications.rules import zalo as zalo_rules
from motcua.notifications.rules.ways import plan

DELIVER = "notifications.deliver"
QUEUE = "messages"
ENCLOSURE_LIMIT = 10 * 1024 * 1024  # bytes; a third more once encoded, and many mail servers stop at 20 MB


@dataclass(frozen=True)
class Recipient:
    """Where somebody can be reached: verified addresses only, empty where there is none."""

    phone: str = ""  # +84…
    email: str = ""
    zalo: str = ""  # +84…, a number that may be told by Zalo
    zalo_user: str = ""  # the same person as a follower of the province's Zalo account
    ways: tuple[str, ...] = ()  # what they chose of "zalo", "sms", "email"; empty: no choice

    def address(self, channel: str) -> str:
        """The address for one channel, or nothing."""
        addresses = {
            Message.Channel.SMS: self.phone,
            Message.Channel.EMAIL: self.email,
            Message.Channel.ZALO: self.zalo or self.zalo_user,
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

    Of news about a dossier, those that the recipient chose go at once; the others are held and go only in place of one
    that failed (Zalo, then SMS, then email), so that nobody is told the same thing twice without having asked for it.

    Args:
        template: a name in templates/notifications, "dossier_accepted".
        key: names the event, "dossier.accepted:NH-7K3F-92XA"; the same event never makes a second message for the same
            address, so an act that runs twice tells once. At most 150 characters.
        about: kind and number of what it tells of, ("dossier", "NH-7K3F-92XA").
        secret: a code for logging in: tried for a minute and a half only, and emptied once sent.
        channels: only these ("sms", "email", "zalo"), at once; None means as the person chose.
        enclosure: name and content of a file that goes with the email, and with nothing else; that email always goes.
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
    reachable = [channel for channel in wanted if _reaches(channel, template, to)]
    chosen = to.ways if channels is None and zalo_rules.is_news(template) else ()
    if enclosure and chosen:
        chosen = (*chosen, Message.Channel.EMAIL)  # nothing else carries it
    way = plan(reachable, chosen)
    kept = {"template": template, "about_kind": about[0], "about_ref": about[1], "secret": secret}
    drafts = [_draft(channel, to, key, context, kept) for channel in (*way.at_once, *way.held)]
    for draft in drafts:
        if draft.channel in way.held:
            draft.state, draft.reserve = Message.State.HELD, True
        if enclosure and draft.channel == Message.Channel.EMAIL:
            draft.enclosure_name, draft.enclosure = enclosure
    return _write(drafts)


def _reaches(channel: str, template: str, to: Recipient) -> bool:
    """Whether there is an address, and the channel has room for this message."""
    if channel != Message.Channel.ZALO:
        return bool(to.address(channel))
    if not zalo_connected() or not zalo_rules.is_news(template):
        return False
    return bool(to.zalo_user or (to.zalo and zalo_template_id(template)))


def _draft(channel: str, to: Recipient, key: str, context: dict[str, Any], kept: dict[str, Any]) -> Message:
    address, template = to.address(channel), kept["template"]
    text: rendering.Text = getattr(rendering, channel)(template, context)
    row = Message(channel=channel, address=address, key=row_key(key, channel, address), **kept)
    row.subject, row.body = text.subject, text.body
    row.news = row_key(key, "news", to.phone or to.email or address)
    if channel == Message.Channel.ZALO:
        row.zalo_user = to.zalo_user
        row.data = zalo_rules.template_data(template, rendering.values_of(context))
        row.tracking = hashlib.sha256(row.key.encode()).hexdigest()[:40]
    return row


def _write(drafts: list[Message]) -> list[Message]:
    """Rows and jobs in three queries, however many; a row that is there already is left alone, whoever wrote it."""
    if not drafts:
        return []
    Message.objects.bulk_create(drafts, ignore_conflicts=True)
    written = {draft.key: draft.created_at for draft in drafts}
    messages = list(Message.objects.filter(key__in=written).defer("enclosure").order_by("pk"))
    new: list[dict[str, Any]] = [
        {"message_id": message.pk}
        for message in messages
        if message.created_at == written[message.key] and message.state == Message.State.QUEUED
    ]
    if new:
        app.configure_task(DELIVER, queue=QUEUE).batch_defer(*new)
    return messages


def row_key(key: str, channel: str, address: str) -> str:
    """One event, one channel, one address; the address itself is not readable in it, the key goes to gateways."""
    return f"{key}/{channel}/{hashlib.sha256(address.encode()).hexdigest()[:12]}"
