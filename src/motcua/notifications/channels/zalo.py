"""Zalo: a chat message to a follower while that is free, else a message by an approved template (ZNS).

The protocol is Zalo's own (docs/integrator/zalo.md); the demo peer speaks it too.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone

from motcua.notifications.channels import zalo_http, zalo_keys
from motcua.notifications.channels.base import ChannelError, Taken
from motcua.notifications.models import Message, ZaloFollower
from motcua.notifications.rules import zalo as rules


class NotConnected:
    """MOTCUA_ZALO_CHANNEL=none: what was written for Zalo before it was switched off goes another way."""

    def send(self, message: Message) -> Taken:
        raise ChannelError("Zalo is not connected.", retry=False)


class Zalo:
    """The province's Official Account (OA)."""

    def send(self, message: Message) -> Taken:
        by_phone = message.address.startswith("+")
        if message.zalo_user and _may_chat(message.zalo_user):
            try:
                return _chat(message)
            except ChannelError as refusal:
                if refusal.retry or not by_phone:
                    raise
        if not by_phone:
            raise ChannelError("Not a follower any more, or silent for too long.", retry=False)
        return _by_template(message)


def template_id(template: str) -> str:
    """The number under which Zalo approved this message; empty: it can't go by template."""
    known: dict[str, str] = settings.ZALO["templates"]
    return known.get(template) or known.get("*", "")


def _may_chat(zalo_user: str) -> bool:
    follower = ZaloFollower.objects.filter(zalo_user=zalo_user, follows=True).first()
    return follower is not None and rules.is_open(follower.last_word_at, timezone.now())


def _chat(message: Message) -> Taken:
    content = {"recipient": {"user_id": message.zalo_user}, "message": {"text": message.body[: rules.ANSWER_MOST]}}
    return Taken(_number(_ask(f"{zalo_http.official()}/v3.0/oa/message/cs", content), "message_id"))


def _by_template(message: Message) -> Taken:
    until = zalo_keys.access_row().paused_until
    if until and until > timezone.now():
        raise ChannelError("The quota is used up for today.", retry=False)
    number = template_id(message.template)
    if not number:
        raise ChannelError("There is no approved template for this message.", retry=False)
    content = {
        "phone": message.address.removeprefix("+"),
        "template_id": number,
        "template_data": message.data,
        "tracking_id": message.tracking or "",
    }
    if settings.ZALO["development"]:
        content["mode"] = "development"
    answer = _ask(f"{zalo_http.business()}/message/template", content)
    quota = _data(answer).get("quota")
    zalo_keys.note_quota(quota.get("remainingQuota") if isinstance(quota, dict) else None)
    return Taken(_number(answer, "msg_id"), receipt=True)


def _ask(url: str, content: dict[str, Any]) -> dict[str, Any]:
    token = zalo_keys.access_token()
    answer = zalo_http.post_json(url, {"access_token": token}, content)
    code = answer.get("error")
    if code == 0:
        return answer
    then, words = rules.judged(code)
    if then == rules.Then.RENEW:
        zalo_keys.refused(token)
    if then == rules.Then.PAUSE:
        zalo_keys.pause(rules.quota_returns(timezone.now()))
    # Their own words stay out: they may repeat a number or a name.
    raise ChannelError(f"Zalo refused: {code}, {words}.", retry=then in {rules.Then.RETRY, rules.Then.RENEW})


def _data(answer: dict[str, Any]) -> dict[str, Any]:
    found = answer.get("data")
    return found if isinstance(found, dict) else {}


def _number(answer: dict[str, Any], name: str) -> str:
    return str(_data(answer).get(name, ""))
