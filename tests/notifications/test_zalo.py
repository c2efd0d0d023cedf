"""Zalo's own protocol, against the demo Zalo over HTTP: templates, chat, tokens, refusals; which way follows which."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from motcua.config.peers.gateways import Gateways, Trouble
from motcua.core.jobs import TryLater
from motcua.notifications import services
from motcua.notifications.channels import ChannelError, zalo_keys
from motcua.notifications.models import Message, ZaloAccess, ZaloFollower
from motcua.notifications.services import Recipient
from tests.notifications.conftest import TestOffice

pytestmark = pytest.mark.django_db
Run = Callable[..., list[str]]

PHONE = "84900000217"
FIRST = Recipient(phone=f"+{PHONE}", email="an@example.vn", zalo=f"+{PHONE}", ways=("zalo",))
S = Message.State


def tell(to: Recipient = FIRST, key: str = "k", template: str = "dossier_accepted", **more: object) -> None:
    said = {"ref": "NH-7K3F-92XA", "code": "H98.21-261121-0001", "agency": "UBND phường Hoa Sen"}
    services.notify(template, to, key=key, at=timezone.now(), reason="Ảnh mờ", person="Trần Thị Chi", **said, **more)  # type: ignore[arg-type]


def states() -> dict[str, str]:
    return dict(Message.objects.values_list("channel", "state"))


def later(minutes: float) -> dict[str, object]:
    return {"until": timezone.now() + timedelta(minutes=minutes)}


class TestByTemplate:
    def test_says_code_and_stage_and_nothing_else(self, zalo: TestOffice, run_jobs: Run) -> None:
        tell()
        run_jobs()
        [said] = zalo.phones[PHONE].chat
        assert set(said["data"]) == {"ma_ho_so", "trang_thai", "co_quan", "thoi_diem"}
        assert (said["data"]["ma_ho_so"], said["data"]["trang_thai"]) == ("H98.21-261121-0001", "Đã tiếp nhận")
        assert not any(word in said["text"] for word in ("Chi", "Ảnh mờ", "khai sinh"))
        assert said["mode"] == ""

    def test_its_number_over_there_tells_nobody_anything(self, zalo: TestOffice, run_jobs: Run) -> None:
        tell()
        run_jobs()
        tracking = zalo.phones[PHONE].chat[0]["tracking_id"]
        assert len(tracking) == 40
        assert Message.objects.get(tracking=tracking).channel == "zalo"

    def test_a_message_has_a_template_of_its_own_or_the_general_one(
        self, zalo: TestOffice, settings: Settings, run_jobs: Run
    ) -> None:
        settings.ZALO = settings.ZALO | {"templates": {"dossier_accepted": "300001"}, "development": True}
        tell()
        tell(key="k2", template="dossier_withdrawn")
        run_jobs()
        assert [said["mode"] for said in zalo.phones[PHONE].chat] == ["development"]
        assert Message.objects.filter(template="dossier_withdrawn", channel="zalo").count() == 0
        assert Message.objects.get(template="dossier_withdrawn", channel="sms").state == S.QUEUED

    def test_a_receipt_ends_the_news(self, zalo: TestOffice, run_jobs: Run) -> None:
        tell()
        assert states() == {"zalo": S.QUEUED, "sms": S.HELD, "email": S.HELD}
        run_jobs()
        assert states() == {"zalo": S.SENT, "sms": S.HELD, "email": S.HELD}
        assert zalo.bring() == [True]
        run_jobs()
        assert states() == {"zalo": S.SENT, "sms": S.SPARED, "email": S.SPARED}
        assert set(Message.objects.filter(state=S.SPARED).values_list("body", flat=True)) == {""}
        run_jobs(**later(60))
        assert len(zalo.phones[PHONE].chat) == 1


class TestWhatFollows:
    """Zalo → SMS → email, and never twice the same news."""

    def test_no_zalo_on_this_number_is_an_sms_at_once(
        self, zalo: TestOffice, gateways: Gateways, run_jobs: Run
    ) -> None:
        zalo.control({"phones": {PHONE: {"has_zalo": False}}})
        tell()
        run_jobs()
        assert states() == {"zalo": S.FAILED, "sms": S.SENT, "email": S.SPARED}
        assert len(gateways.got) == 1

    def test_no_word_of_its_arrival_is_an_sms_after_ten_minutes(
        self, zalo: TestOffice, gateways: Gateways, run_jobs: Run
    ) -> None:
        zalo.control({"phones": {PHONE: {"is_on": False}}})
        tell()
        run_jobs(**later(9))
        assert gateways.got == []
        run_jobs(**later(11))
        assert states() == {"zalo": S.FAILED, "sms": S.SENT, "email": S.SPARED}

    def test_a_late_receipt_stops_what_has_not_gone_yet(
        self, zalo: TestOffice, gateways: Gateways, run_jobs: Run
    ) -> None:
        tell()
        run_jobs()
        message = Message.objects.get(channel="zalo")
        services.check_arrival(message.pk)
        assert states() == {"zalo": S.FAILED, "sms": S.QUEUED, "email": S.HELD}
        services.note_arrival(message.tracking or "")
        run_jobs()
        assert states() == {"zalo": S.SENT, "sms": S.SPARED, "email": S.SPARED}
        assert gateways.got == []

    def test_at_last_an_email(self, zalo: TestOffice, gateways: Gateways, run_jobs: Run) -> None:
        gateways.troubles["sms"] = Trouble(answer=104)
        zalo.control({"send": {"error": -139, "times": 9}})
        tell()
        run_jobs()
        assert states() == {"zalo": S.FAILED, "sms": S.FAILED, "email": S.SENT}

    def test_zalo_away_is_tried_again_for_minutes_not_hours(
        self, zalo: TestOffice, gateways: Gateways, run_jobs: Run
    ) -> None:
        zalo.control({"send": {"status": 503, "times": 99}})
        tell()
        run_jobs()
        assert states()["zalo"] == S.QUEUED
        run_jobs(**later(10))
        assert states() == {"zalo": S.FAILED, "sms": S.SENT, "email": S.SPARED}

    def test_who_chose_two_ways_gets_both_and_no_third(
        self, zalo: TestOffice, gateways: Gateways, run_jobs: Run
    ) -> None:
        tell(Recipient(phone=f"+{PHONE}", email="an@example.vn", zalo=f"+{PHONE}", ways=("sms", "zalo")))
        zalo.control({"send": {"error": -118, "times": 9}})
        run_jobs()
        assert states() == {"zalo": S.FAILED, "sms": S.SENT, "email": S.SPARED}

    def test_who_chose_nothing_gets_sms_and_email_as_ever(self) -> None:
        tell(Recipient(phone=f"+{PHONE}", email="an@example.vn"))
        assert states() == {"sms": S.QUEUED, "email": S.QUEUED}

    def test_what_guards_an_account_goes_by_every_sure_way(self) -> None:
        services.notify("password_changed", FIRST, key="k", at=timezone.now())
        assert states() == {"sms": S.QUEUED, "email": S.QUEUED}

    def test_an_enclosure_goes_whatever_was_chosen(self) -> None:
        tell(enclosure=("ket-qua.pdf", b"%PDF"))
        assert states() == {"zalo": S.QUEUED, "sms": S.HELD, "email": S.QUEUED}

    def test_what_was_chosen_and_is_gone_is_replaced_by_what_is_left(self) -> None:
        tell(Recipient(phone=f"+{PHONE}", ways=("email",)))
        assert states() == {"sms": S.QUEUED}

    def test_without_zalo_connected_it_is_an_sms(self, settings: Settings) -> None:
        settings.ZALO_CHANNEL = "none"
        tell()
        assert states() == {"sms": S.QUEUED, "email": S.HELD}

    def test_switched_off_while_a_message_waits(
        self, zalo: TestOffice, gateways: Gateways, settings: Settings, run_jobs: Run
    ) -> None:
        tell()
        settings.ZALO_CHANNEL = "none"
        run_jobs()
        assert states() == {"zalo": S.FAILED, "sms": S.SENT, "email": S.SPARED}

    def test_sending_again_leaves_alone_what_went_by_another_way(
        self, zalo: TestOffice, gateways: Gateways, run_jobs: Run
    ) -> None:
        zalo.control({"phones": {PHONE: {"has_zalo": False}}})
        tell()
        run_jobs()
        call_command("send_failed", hours=1)
        assert run_jobs() == []

    @pytest.mark.django_db(transaction=True)
    def test_two_that_fail_at_once_call_the_third_once(self, zalo: TestOffice) -> None:
        zalo.control({"send": {"error": -118, "times": 9}})
        tell(Recipient(phone="+84900000217", email="an@example.vn", zalo="+84900000217", ways=("zalo", "sms")))
        Message.objects.filter(channel="sms").update(address="+1")

        def work(pk: int) -> None:
            with suppress(TryLater):  # the gateway isn't there in this test
                services.deliver(pk)
            connection.close()

        rows = Message.objects.filter(state=S.QUEUED).values_list("pk", flat=True)
        threads = [threading.Thread(target=work, args=(pk,)) for pk in rows]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert Message.objects.filter(channel="email").count() == 1


class TestChat:
    LINKED = Recipient(phone=f"+{PHONE}", zalo=f"+{PHONE}", ways=("zalo",))

    def linked(self, zalo: TestOffice, **follower: object) -> Recipient:
        zalo.follow(PHONE, follows=True)
        zalo.notices.clear()
        user = zalo.phones[PHONE].user_id
        ZaloFollower.objects.create(zalo_user=user, **({"last_word_at": timezone.now()} | follower))
        return Recipient(phone=f"+{PHONE}", zalo=f"+{PHONE}", zalo_user=user, ways=("zalo",))

    def test_a_follower_who_wrote_lately_is_told_by_chat_free_of_charge(self, zalo: TestOffice, run_jobs: Run) -> None:
        tell(self.linked(zalo))
        run_jobs()
        [said] = zalo.phones[PHONE].chat
        assert said["kind"] == "chat"
        assert said["text"].startswith("Một Cửa: hồ sơ H98.21-261121-0001 được UBND phường Hoa Sen tiếp nhận")
        assert states() == {"zalo": S.SENT, "sms": S.SPARED}
        assert zalo.quota == 500

    def test_one_who_was_silent_for_two_days_by_template(self, zalo: TestOffice, run_jobs: Run) -> None:
        tell(self.linked(zalo, last_word_at=timezone.now() - timedelta(hours=49)))
        run_jobs()
        assert [said["kind"] for said in zalo.phones[PHONE].chat] == ["zns"]

    def test_one_who_left_by_template(self, zalo: TestOffice, run_jobs: Run) -> None:
        tell(self.linked(zalo, follows=False))
        run_jobs()
        assert [said["kind"] for said in zalo.phones[PHONE].chat] == ["zns"]

    def test_when_zalo_refuses_the_chat_the_template_follows(self, zalo: TestOffice, run_jobs: Run) -> None:
        to = self.linked(zalo)
        zalo.phones[PHONE].follows = False
        tell(to)
        run_jobs()
        assert [said["kind"] for said in zalo.phones[PHONE].chat] == ["zns"]

    def test_an_answer_to_somebody_who_left_is_given_up(self, zalo: TestOffice, run_jobs: Run) -> None:
        services.answer("4123", "Chào", key="e")
        services.answer("4123", "Chào", key="e")
        run_jobs()
        assert Message.objects.get().state == S.FAILED


class TestTokens:
    def test_are_asked_for_once_and_kept_unreadable(self, zalo: TestOffice, run_jobs: Run) -> None:
        tell()
        tell(key="k2")
        run_jobs()
        row = ZaloAccess.objects.get()
        assert len(zalo.spent) == 1
        [token] = zalo.access
        assert zalo_keys.access_token() == token
        assert token not in row.access_token
        assert zalo.refresh[0] not in row.refresh_token

    def test_are_renewed_with_the_next_refresh_token(self, zalo: TestOffice) -> None:
        first = zalo_keys.access_token()
        ZaloAccess.objects.update(expires_at=timezone.now() + timedelta(minutes=30))
        services.keep_keys_fresh()
        assert zalo_keys.access_token() != first
        assert len(set(zalo.spent)) == 2

    def test_one_that_zalo_forgot_is_replaced_and_the_message_goes(self, zalo: TestOffice, run_jobs: Run) -> None:
        zalo_keys.access_token()
        zalo.control({"tokens": "gone"})
        tell()
        run_jobs()
        assert states()["zalo"] == S.QUEUED
        run_jobs(**later(1))
        assert states()["zalo"] == S.SENT

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_use_a_refresh_token_once(self, zalo: TestOffice) -> None:
        ZaloAccess.objects.all().delete()
        found: list[str] = []

        def work() -> None:
            try:
                found.append(zalo_keys.access_token())
            except ChannelError as trouble:
                found.append(f"again: {trouble.retry}")
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(zalo.spent) == 1
        assert set(found) <= {next(iter(zalo.access)), "again: True"}

    def test_while_somebody_renews_the_old_one_serves(self, zalo: TestOffice) -> None:
        first = zalo_keys.access_token()
        soon = timezone.now() + timedelta(minutes=30)
        ZaloAccess.objects.update(expires_at=soon, claimed_until=soon)
        assert zalo_keys.access_token() == first

    def test_a_lost_one_is_said_and_a_new_first_one_begins_anew(
        self, zalo: TestOffice, settings: Settings, run_jobs: Run
    ) -> None:
        zalo.spent, zalo.refresh = ["demo-refresh"], ["somebody-else-has-it"]
        with pytest.raises(ChannelError, match="-14014"):
            zalo_keys.access_token()
        assert "-14014" in ZaloAccess.objects.get().trouble
        settings.ZALO = settings.ZALO | {"refresh_token": "somebody-else-has-it"}
        assert zalo_keys.access_token()
        assert ZaloAccess.objects.get().trouble == ""

    def test_a_wrong_secret_gives_none(self, zalo: TestOffice, settings: Settings) -> None:
        settings.ZALO = settings.ZALO | {"app_secret": "wrong"}
        with pytest.raises(ChannelError, match="-14004"):
            zalo_keys.access_token()


class TestQuota:
    def test_a_day_without_quota_goes_another_way_without_asking(
        self, zalo: TestOffice, gateways: Gateways, run_jobs: Run
    ) -> None:
        zalo.control({"quota": 0})
        tell()
        run_jobs()
        zalo.control({"quota": 100})
        tell(key="k2")
        run_jobs()
        assert PHONE not in zalo.phones or zalo.phones[PHONE].chat == []
        assert len(gateways.got) == 2
        assert "quota" in Message.objects.filter(channel="zalo").latest("pk").trouble

    def test_what_is_left_is_noted(self, zalo: TestOffice, run_jobs: Run) -> None:
        tell()
        run_jobs()
        assert ZaloAccess.objects.get().quota_left == 499


def test_nobody_there_is_a_retry(settings: Settings, run_jobs: Run) -> None:
    settings.ZALO = settings.ZALO | {"url": "http://127.0.0.1:9"}
    tell(Recipient(zalo=f"+{PHONE}"))
    run_jobs()
    assert states() == {"zalo": S.QUEUED}
    assert "127" not in Message.objects.get().trouble
