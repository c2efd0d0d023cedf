"""/zalo/su-kien/: Zalo's notices over HTTP, from the follower's word to the answer."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from motcua.accounts import services
from motcua.notifications.models import Message, ZaloEvent
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/zalo/su-kien/"


def bring(name: str, *, secret: str = "", **more: Any) -> Any:
    """A notice as Zalo sends it, signed here by hand."""
    stamp = str(int(timezone.now().timestamp() * 1000))
    body = {"app_id": settings.ZALO["app_id"], "event_name": name, "timestamp": stamp, **more}
    raw = json.dumps(body, ensure_ascii=False).encode()
    mac = hashlib.sha256(
        settings.ZALO["app_id"].encode() + raw + stamp.encode() + (secret or settings.ZALO["oa_secret"]).encode()
    ).hexdigest()
    client = Client(enforce_csrf_checks=True)
    return client.post(PAGE, raw, "application/json", headers={"X-ZEvent-Signature": f"mac={mac}"})


def write(text: str) -> None:
    assert bring("user_send_text", sender={"id": "4001"}, message={"text": text, "msg_id": "m"}).status_code == 200


def answers() -> list[str]:
    return list(Message.objects.filter(template="zalo_answer").order_by("pk").values_list("body", flat=True))


def test_needs_no_browser_but_the_signature() -> None:
    assert bring("follow", follower={"id": "4001"}).status_code == 200
    refused = bring("follow", follower={"id": "4001"}, secret="somebody else's")
    assert (refused.status_code, ZaloEvent.objects.count()) == (403, 1)
    assert Client().get(PAGE).status_code == 405
    assert Client().post(PAGE, b"\xff", "application/json").status_code == 403


def test_a_code_links_the_account(run_jobs: Callable[..., list[str]]) -> None:
    an = cast.an()
    write(services.begin_zalo_link(an))
    run_jobs(fail=True)
    an.refresh_from_db()
    assert an.zalo_user == "4001"
    assert answers()[0].startswith("Zalo này đã được liên kết")


def test_an_unknown_number_is_said(run_jobs: Callable[..., list[str]]) -> None:
    write("hồ sơ nh 7k3f 92xa thế nào rồi?")
    run_jobs(fail=True)
    assert answers() == ["Không có hồ sơ nào mang mã này. Xin xem lại từng chữ, từng số."]


def test_anything_else_is_answered_with_what_can_be_asked(run_jobs: Callable[..., list[str]]) -> None:
    write("Xin chào")
    run_jobs(fail=True)
    assert "Ông/bà gửi mã hồ sơ" in answers()[0]
