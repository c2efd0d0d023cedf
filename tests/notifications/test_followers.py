"""What Zalo tells us: believed only with its signature, understood once, whatever comes."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from motcua.notifications import services
from motcua.notifications.models import Message, ZaloEvent, ZaloFollower
from motcua.notifications.rules import zalo as rules
from motcua.notifications.services.followers import HELP, WORDS_PER_HOUR
from motcua.notifications.signals import zalo_said
from tests.notifications.conftest import TestOffice

pytestmark = pytest.mark.django_db
Run = Callable[..., list[str]]
PHONE = "84900000217"


def said(zalo: TestOffice) -> list[str]:
    return [each["text"] for each in zalo.phones[PHONE].chat if each["kind"] == "chat"]


def test_a_follower_is_greeted_and_known(zalo: TestOffice, run_jobs: Run) -> None:
    zalo.follow(PHONE, follows=True)
    assert zalo.bring() == [True]
    run_jobs()
    assert ZaloFollower.objects.get().follows
    assert said(zalo) == [HELP]


def test_who_leaves_is_not_written_to(zalo: TestOffice, run_jobs: Run) -> None:
    zalo.follow(PHONE, follows=True)
    zalo.follow(PHONE, follows=False)
    zalo.bring()
    run_jobs()
    assert not ZaloFollower.objects.get().follows
    assert said(zalo) == []


def test_an_older_notice_that_comes_late_undoes_nothing(zalo: TestOffice, run_jobs: Run) -> None:
    zalo.follow(PHONE, follows=True)
    time.sleep(0.01)  # they are told apart by the millisecond
    zalo.follow(PHONE, follows=False)
    zalo.notices.reverse()
    zalo.bring()
    run_jobs()
    assert not ZaloFollower.objects.get().follows


def test_the_same_notice_twice_is_one(zalo: TestOffice, run_jobs: Run) -> None:
    zalo.follow(PHONE, follows=True)
    zalo.write(PHONE, "Xin chào")
    zalo.notices *= 2
    assert zalo.bring() == [True] * 4
    run_jobs()
    assert ZaloEvent.objects.count() == 2
    assert len(said(zalo)) == 2


def test_what_people_write_is_not_kept(zalo: TestOffice, run_jobs: Run) -> None:
    zalo.follow(PHONE, follows=True)
    zalo.write(PHONE, "Tôi là Nguyễn Văn An, số 001090000001")
    zalo.bring()
    run_jobs()
    assert "001090000001" not in json.dumps(list(ZaloEvent.objects.values("body", "name")))
    assert not Message.objects.filter(body__contains="001090000001").exists()


def test_rooms_above_may_answer(zalo: TestOffice, run_jobs: Run) -> None:
    def receiver(sender: object, *, zalo_user: str, text: str, **_: Any) -> str:
        return f"Đã đọc: {text}" if text == "ma" else ""

    zalo_said.connect(receiver)
    try:
        zalo.follow(PHONE, follows=True)
        zalo.write(PHONE, "  ma ")
        zalo.bring()
        run_jobs()
    finally:
        zalo_said.disconnect(receiver)
    assert said(zalo)[-1] == "Đã đọc: ma"


def test_who_writes_without_end_is_not_answered_without_end(zalo: TestOffice, run_jobs: Run) -> None:
    zalo.follow(PHONE, follows=True)
    for number in range(WORDS_PER_HOUR + 5):
        zalo.write(PHONE, f"chào {number}")
    zalo.bring()
    run_jobs()
    assert len(said(zalo)) == WORDS_PER_HOUR


def notice(zalo: TestOffice, **change: object) -> tuple[bytes, str]:
    return zalo.notice("follow", follower={"id": "4123"}, **change)


class TestRefused:
    def test_a_forged_signature(self, zalo: TestOffice) -> None:
        raw, signature = notice(zalo)
        assert not services.take_event(raw, "mac=" + "0" * 64)
        assert not services.take_event(raw, "")
        assert not services.take_event(raw + b" ", signature)
        assert not ZaloEvent.objects.exists()

    def test_another_application(self, zalo: TestOffice) -> None:
        assert not services.take_event(*notice(zalo, app_id="9"))

    def test_one_of_long_ago(self, zalo: TestOffice, settings: Settings) -> None:
        old = str(int((timezone.now() - timedelta(days=2)).timestamp() * 1000))
        body = {"app_id": settings.ZALO["app_id"], "event_name": "follow", "timestamp": old}
        raw = json.dumps(body).encode()
        signature = rules.signature(settings.ZALO["app_id"], raw, old, settings.ZALO["oa_secret"])
        assert not services.take_event(raw, signature)

    def test_when_zalo_is_not_connected(self, zalo: TestOffice, settings: Settings) -> None:
        settings.ZALO_CHANNEL = "none"
        assert not services.take_event(*notice(zalo))

    @pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"{", b'"a"', b"\xff\xfe", b"[" * 100_000, b'{"app_id":[]}'])
    def test_what_is_no_notice(self, raw: bytes) -> None:
        assert not services.take_event(raw, "mac=")


@pytest.mark.parametrize(
    "more",
    [
        {"follower": None}, {"follower": "4"}, {"follower": {"id": {}}}, {"event_name": "user_send_text"},
        {"event_name": "user_send_text", "sender": {"id": "4"}, "message": None},
        {"event_name": "user_send_text", "sender": {"id": "4"}, "message": {"text": 5}},
        {"event_name": "user_received_message", "message": {"tracking_id": None}},
        {"event_name": "user_received_message", "message": {"tracking_id": "of nobody"}},
        {"event_name": "x" * 500}, {"event_name": "oa_send_text"},
    ],
)  # fmt: skip
def test_a_notice_of_another_shape_breaks_nothing(zalo: TestOffice, run_jobs: Run, more: dict[str, Any]) -> None:
    raw, _ = zalo.notice("follow")
    body = json.loads(raw) | more
    raw = json.dumps(body).encode()
    signature = rules.signature(body["app_id"], raw, body["timestamp"], zalo.settings["oa_secret"])
    assert services.take_event(raw, signature)
    run_jobs()
    assert ZaloEvent.objects.get().handled_at


def test_a_letter_that_no_table_takes(zalo: TestOffice) -> None:
    raw, _ = zalo.notice("follow")
    body = json.loads(raw) | {"sender": {"id": "\x00"}}
    raw = json.dumps(body).encode()
    signature = rules.signature(body["app_id"], raw, body["timestamp"], zalo.settings["oa_secret"])
    assert not services.take_event(raw, signature)


@pytest.mark.parametrize("inside", ['"\\ud800"', "NaN", "1e999", "9" * 5000])
def test_what_is_signed_and_no_table_takes_is_refused_all_the_same(zalo: TestOffice, inside: str) -> None:
    raw, _ = zalo.notice("follow")
    raw = raw.rstrip()[:-1] + f', "more": {inside}}}'.encode()
    stamp = str(json.loads(zalo.notice("follow")[0])["timestamp"]) if inside.isdigit() else json.loads(raw)["timestamp"]
    signature = rules.signature(settings.ZALO["app_id"], raw, str(stamp), settings.ZALO["oa_secret"])
    assert not services.take_event(raw, signature)


@pytest.mark.parametrize("stamp", ["9" * 16, "9" * 15, "253402300800000", "9" * 14, "0", "-1", "1e9", "٣"])
def test_no_moment_that_anybody_writes_is_a_fault_of_ours(client: Client, stamp: str) -> None:
    """The moment is read before the signature is known to be right."""
    body = json.dumps({"app_id": settings.ZALO["app_id"], "timestamp": stamp})
    assert client.post("/zalo/su-kien/", body, "application/json").status_code == 403


def test_a_huge_notice_is_not_even_read(zalo: TestOffice) -> None:
    raw, _ = zalo.notice("follow")
    raw = raw.rstrip()[:-1] + b', "more": "' + b"x" * 200_000 + b'"}'
    stamp = str(json.loads(raw)["timestamp"])
    signature = rules.signature(settings.ZALO["app_id"], raw, stamp, settings.ZALO["oa_secret"])
    assert not services.take_event(raw, signature)


def test_a_receipt_twice_is_one(zalo: TestOffice, run_jobs: Run) -> None:
    zalo.control({"receipts": "twice"})
    to = services.Recipient(zalo=f"+{PHONE}")
    services.notify("dossier_accepted", to, key="k", ref="NH-1", agency="UBND", at=timezone.now())
    run_jobs()
    assert zalo.bring() == [True, True]
    run_jobs()
    assert Message.objects.get().delivered_at


def test_old_notices_are_deleted(zalo: TestOffice, run_jobs: Run) -> None:
    services.take_event(*notice(zalo))
    run_jobs()
    assert services.clear_events() == 0
    ZaloEvent.objects.update(came_at=timezone.now() - timedelta(days=8))
    assert services.clear_events() == 1


@given(raw=st.binary(max_size=200), given_signature=st.text(max_size=80))
def test_nothing_that_anybody_sends_is_believed(raw: bytes, given_signature: str) -> None:
    assert not rules.is_signed(given_signature, app_id="1", raw=raw, timestamp="1", secret="")
    assert not rules.is_signed(given_signature, app_id="1", raw=raw, timestamp="1", secret="a-secret-of-our-own")
