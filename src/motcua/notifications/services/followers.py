"""What Zalo tells us (webhook): who follows the province's account, what they write, which messages have arrived.

Verified, kept, queued, answered; understood in a job. The same notice twice is one row.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.core.ratelimit import hit
from motcua.notifications.channels import zalo_connected
from motcua.notifications.models import Message, ZaloEvent, ZaloFollower
from motcua.notifications.rules import zalo as rules
from motcua.notifications.services.delivering import note_arrival
from motcua.notifications.services.writing import DELIVER, QUEUE, row_key
from motcua.notifications.signals import zalo_said

SETTLE = "notifications.settle_event"
WORDS_PER_HOUR = 30  # answered, to one follower
KEPT = timedelta(days=7)  # so long a notice that comes again is known
LARGEST = 100_000  # bytes of a notice
LONGEST_TEXT = 500  # letters of what somebody wrote
HELP = (
    "Ông/bà gửi mã hồ sơ, ví dụ NH-7K3F-92XA, để biết hồ sơ đang ở bước nào. Muốn nhận tin về hồ sơ của mình qua Zalo: "
    "đăng nhập cổng, mở Tài khoản, Cách nhận tin, rồi gửi vào đây mã liên kết gồm 6 ký tự. Không gửi giấy tờ, số định "
    "danh hay mật khẩu vào đây."
)


def take_event(raw: bytes, given: str) -> bool:
    """Keep one notice of Zalo and queue it; whether it is Zalo's.

    Args:
        raw: the body, byte by byte as it came: it is what was signed.
        given: the header X-ZEvent-Signature.
    """
    body = _read(raw)
    timestamp = str(body.get("timestamp", ""))
    ours = body.get("app_id") == settings.ZALO["app_id"] and zalo_connected()
    if not (ours and rules.event_moment(timestamp, timezone.now())):
        return False
    if not rules.is_signed(
        given, app_id=settings.ZALO["app_id"], raw=raw, timestamp=timestamp, secret=settings.ZALO["oa_secret"]
    ):
        return False
    with transaction.atomic():
        event, is_new = ZaloEvent.objects.get_or_create(
            key=hashlib.sha256(raw).hexdigest(), defaults={"name": str(body.get("event_name", ""))[:60], "body": body}
        )
        if is_new:
            app.configure_task(SETTLE, queue=QUEUE).defer(event_id=event.pk)
    return True


def _read(raw: bytes) -> dict[str, Any]:
    """What a notice says; nothing of one that PostgreSQL couldn't keep (NUL, half a letter, a number that is none)."""
    if len(raw) > LARGEST or "\\u0000" in raw.decode("utf-8", "replace"):
        return {}
    try:
        body = json.loads(raw)
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def settle_event(event_id: int) -> None:
    """Do what a notice asks for. Safe to run twice."""
    event = ZaloEvent.objects.filter(pk=event_id, handled_at=None).first()
    if event is None:
        return
    sender = _text(event.body, "sender", "id") or _text(event.body, "follower", "id")
    # Counted outside the transaction, and before it: a stranger may write as much as they like.
    may_answer = not sender or hit("zalo.word", sender, limit=WORDS_PER_HOUR, seconds=3600)
    with transaction.atomic():
        event = ZaloEvent.objects.select_for_update().filter(pk=event_id, handled_at=None).first()
        if event is None:
            return
        _settle(event, sender, may_answer)
        event.handled_at, event.body = timezone.now(), {}
        event.save(update_fields=["handled_at", "body"])


def _settle(event: ZaloEvent, sender: str, may_answer: bool) -> None:
    at = rules.event_moment(str(event.body.get("timestamp", "")), timezone.now()) or event.came_at
    match event.name:
        case "follow" if sender:
            _seen(sender, at, follows=True)
            if may_answer:
                answer(sender, HELP, key=event.key)
        case "unfollow" if sender:
            _seen(sender, at, follows=False)
        case "user_send_text" if sender:
            _seen(sender, at)
            if may_answer:
                answer(sender, _reply(sender, _text(event.body, "message", "text")), key=event.key)
        case "user_received_message":
            note_arrival(_text(event.body, "message", "tracking_id"))


def _reply(zalo_user: str, text: str) -> str:
    text = " ".join(text.split())[:LONGEST_TEXT]
    for _receiver, words in zalo_said.send(sender=ZaloEvent, zalo_user=zalo_user, text=text):
        if words:
            return str(words)
    return HELP


def _seen(zalo_user: str, at: datetime, *, follows: bool | None = None) -> None:
    """Note a follower's word, or that they came or went; what came late doesn't undo what is newer."""
    found, is_new = ZaloFollower.objects.select_for_update().get_or_create(
        zalo_user=zalo_user, defaults={"last_word_at": at, "follows": follows is not False}
    )
    if is_new or at < found.last_word_at:
        return
    found.last_word_at = at
    if follows is not None:
        found.follows = follows
    found.save(update_fields=["last_word_at", "follows"])


def answer(zalo_user: str, words: str, *, key: str) -> None:
    """Write a chat message to a follower, and queue it, in the caller's transaction.

    Args:
        key: what it answers; the same twice is one message.
    """
    row, is_new = Message.objects.get_or_create(
        key=row_key(f"zalo_answer:{key}", "zalo", zalo_user),
        defaults={
            "channel": Message.Channel.ZALO, "address": zalo_user, "zalo_user": zalo_user, "template": "zalo_answer",
            "body": words[: rules.ANSWER_MOST],
        },
    )  # fmt: skip
    if is_new:
        app.configure_task(DELIVER, queue=QUEUE).defer(message_id=row.pk)


def clear_events() -> int:
    """Delete notices that were handled long ago, so that nothing of what people wrote stays; how many."""
    return ZaloEvent.objects.filter(came_at__lt=timezone.now() - KEPT).delete()[0]


def _text(body: dict[str, Any], outer: str, inner: str) -> str:
    found = body.get(outer)
    value = found.get(inner) if isinstance(found, dict) else None
    return str(value)[:LONGEST_TEXT] if isinstance(value, str | int) else ""
