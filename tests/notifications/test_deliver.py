"""deliver: to real servers on this machine; down, slow, refusing; twice, and by two workers at once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from motcua.audit.models import Event
from motcua.config.peers.gateways import Gateways, Trouble
from motcua.config.peers.mail import letters
from motcua.core import portal
from motcua.core.jobs import TryLater
from motcua.notifications import services
from motcua.notifications.models import Message
from motcua.notifications.services import Recipient

pytestmark = pytest.mark.django_db
Run = Callable[..., list[str]]

SMS = Recipient(phone="+84900000217")
MAIL = Recipient(email="an@example.vn")


def write(to: Recipient, template: str = "dossier_withdrawn", *, secret: bool = False, key: str = "k") -> Message:
    [message] = services.notify(template, to, key=key, secret=secret, ref="NH-1", agency="UBND", code="123456")
    return message


def after(message: Message) -> Message:
    message.refresh_from_db()
    return message


def hours_later(hours: float) -> dict[str, object]:
    return {"until": timezone.now() + timedelta(hours=hours)}


class TestEmail:
    def test_arrives_with_its_vietnamese_words(self, mail_folder: Path, run_jobs: Run) -> None:
        message = write(MAIL)
        assert run_jobs() == ["notifications.deliver"]
        assert after(message).state == Message.State.SENT
        assert message.sent_at
        [letter] = letters(mail_folder)
        assert letter["Subject"] == "Hồ sơ 123456 đã được rút"
        assert letter["To"] == "an@example.vn"
        assert letter["From"] == "Một Cửa <khong-tra-loi@motcua.example>"
        assert letter["Message-ID"] == message.provider_ref
        assert letter["Date"]
        assert letter.get_content_type() == "text/plain"
        assert letter.get_content().replace("\r\n", "\n") == message.body

    def test_is_kept_and_tried_again_while_the_mail_server_is_down(self, no_mail_server: None, run_jobs: Run) -> None:
        message = write(MAIL)
        run_jobs()
        assert after(message).state == Message.State.QUEUED
        assert message.attempts == 1
        assert message.trouble == "The mail server was not reached: ConnectionRefusedError."
        assert run_jobs() == []  # not at once

    def test_arrives_once_the_mail_server_is_back(
        self, no_mail_server: None, run_jobs: Run, request: pytest.FixtureRequest
    ) -> None:
        message = write(MAIL)
        run_jobs()
        folder = request.getfixturevalue("mail_folder")
        run_jobs(**hours_later(1))
        assert after(message).state == Message.State.SENT
        assert message.trouble == ""
        assert len(letters(folder)) == 1

    def test_is_given_up_in_the_end_and_says_why(self, no_mail_server: None, run_jobs: Run) -> None:
        message = write(MAIL)
        assert len(run_jobs(**hours_later(24))) == 8
        assert after(message).state == Message.State.FAILED
        assert "not reached" in message.trouble
        assert message.body

    def test_to_an_address_that_cannot_be_is_given_up_at_once(self, mail_folder: Path, run_jobs: Run) -> None:
        message = write(Recipient(email="an\n@example.vn"))
        run_jobs()
        assert after(message).state == Message.State.FAILED
        assert message.attempts == 1

    def test_what_failed_in_a_long_outage_can_be_sent_again(
        self, no_mail_server: None, run_jobs: Run, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
    ) -> None:
        message = write(MAIL)
        write(MAIL, "account_code", secret=True, key="code")
        run_jobs(**hours_later(24))
        request.getfixturevalue("mail_folder")
        call_command("send_failed", hours=1)
        assert capsys.readouterr().out == "1 messages are queued again.\n"
        assert run_jobs() == ["notifications.deliver"]
        assert after(message).state == Message.State.SENT
        assert Event.objects.get().data == {"count": 1}


class TestEnclosures:
    """A file goes with the letter, with nothing else, and isn't kept twice."""

    PDF = ("ket-qua.pdf", b"%PDF-1.7 \xe2\xe3 signed")

    def test_goes_with_the_letter_and_is_emptied(self, mail_folder: Path, run_jobs: Run) -> None:
        [message] = services.notify("dossier_returned", MAIL, key="k", ref="NH-1", agency="UBND", enclosure=self.PDF)
        run_jobs()
        assert after(message).state == Message.State.SENT
        assert message.enclosure is None
        assert message.enclosure_name == "ket-qua.pdf"
        [letter] = letters(mail_folder)
        [part] = letter.iter_attachments()
        assert (part.get_filename(), part.get_content_type()) == ("ket-qua.pdf", "application/pdf")
        assert part.get_content() == self.PDF[1]

    def test_goes_with_nothing_else(self) -> None:
        both = Recipient(phone=SMS.phone, email=MAIL.email, zalo="+84900000217")
        rows = services.notify("dossier_returned", both, key="k", ref="NH-1", agency="UBND", enclosure=self.PDF)
        assert {row.channel for row in Message.objects.exclude(enclosure=None)} == {"email"}
        assert len(rows) == 3

    def test_is_still_there_after_an_outage(
        self, no_mail_server: None, run_jobs: Run, request: pytest.FixtureRequest
    ) -> None:
        services.notify("dossier_returned", MAIL, key="k", ref="NH-1", agency="UBND", enclosure=self.PDF)
        run_jobs(**hours_later(24))
        folder = request.getfixturevalue("mail_folder")
        call_command("send_failed", hours=1)
        run_jobs()
        [part] = letters(folder)[0].iter_attachments()
        assert part.get_content() == self.PDF[1]

    def test_is_not_sent_to_an_address_of_long_ago(
        self, no_mail_server: None, run_jobs: Run, capsys: pytest.CaptureFixture[str]
    ) -> None:
        services.notify("dossier_returned", MAIL, key="k", ref="NH-1", agency="UBND", enclosure=self.PDF)
        services.notify("dossier_returned", MAIL, key="plain", ref="NH-2", agency="UBND")
        run_jobs(**hours_later(24))
        Message.objects.update(created_at=timezone.now() - timedelta(days=4))
        call_command("send_failed", hours=24 * 40)
        told = capsys.readouterr().out
        assert "1 messages are queued again." in told
        assert "1 letters with a file are too old" in told
        assert Message.objects.get(enclosure_name="").state == Message.State.QUEUED
        Message.objects.update(created_at=timezone.now(), state=Message.State.FAILED, enclosure=None)
        assert services.send_failed_again(timezone.now() - timedelta(hours=1), by=None) == 1  # its file is gone

    def test_is_not_kept_for_ever_when_it_never_went(self, no_mail_server: None, run_jobs: Run) -> None:
        services.notify("dossier_returned", MAIL, key="k", ref="NH-1", agency="UBND", enclosure=self.PDF)
        run_jobs(**hours_later(24))
        assert services.clear_enclosures() == 0
        Message.objects.update(created_at=timezone.now() - timedelta(days=31))
        assert services.clear_enclosures() == 1

    def test_is_no_larger_than_mail_servers_take(self) -> None:
        with pytest.raises(ValueError, match="bytes"):
            services.notify("dossier_returned", MAIL, key="k", enclosure=("a", bytes(services.ENCLOSURE_LIMIT + 1)))


class TestGateways:
    def test_an_sms_reaches_the_gateway_in_its_own_words(self, gateways: Gateways, run_jobs: Run) -> None:
        message = write(SMS)
        run_jobs()
        assert after(message).state == Message.State.SENT
        [got] = gateways.got
        assert (got["kind"], got["brandname"], got["phone"]) == ("sms", "MOTCUA", "84900000217")
        assert got["content"] == message.body
        assert got["message_id"] == message.provider_ref
        assert (gateways.folder / "sms.jsonl").read_text().count("\n") == 1

    @pytest.mark.parametrize(
        "trouble", [Trouble(answer=429, times=1), Trouble(status=503, times=1), Trouble(answer=101, times=1)]
    )
    def test_a_gateway_in_trouble_gets_it_later(self, gateways: Gateways, run_jobs: Run, trouble: Trouble) -> None:
        gateways.troubles["sms"] = trouble
        message = write(SMS)
        run_jobs()
        assert after(message).state == Message.State.QUEUED
        run_jobs(**hours_later(1))
        assert after(message).state == Message.State.SENT
        assert len(gateways.got) == 1

    def test_a_number_that_does_not_exist_is_given_up_at_once(self, gateways: Gateways, run_jobs: Run) -> None:
        message = write(Recipient(phone="+1555"))
        run_jobs()
        assert after(message).state == Message.State.FAILED
        assert message.trouble == "The gateway refused: 104."

    def test_nobody_there_is_a_retry(self, settings: Settings, run_jobs: Run) -> None:
        settings.DEMO_PEERS_URL = "http://127.0.0.1:9"
        message = write(SMS)
        run_jobs()
        assert after(message).state == Message.State.QUEUED


class TestTwice:
    def test_a_job_that_runs_again_sends_nothing(self, gateways: Gateways) -> None:
        message = write(SMS)
        services.deliver(message.pk)
        services.deliver(message.pk)
        assert len(gateways.got) == 1
        assert after(message).attempts == 1

    def test_a_message_that_is_gone_is_no_trouble(self) -> None:
        services.deliver(0)

    def test_while_one_worker_is_at_it_another_comes_back_later(self, gateways: Gateways) -> None:
        message = write(SMS)
        Message.objects.filter(pk=message.pk).update(claimed_until=timezone.now() + timedelta(seconds=20))
        with pytest.raises(TryLater):
            services.deliver(message.pk)
        assert gateways.got == []

    def test_a_worker_that_died_before_it_wrote_down_the_answer_makes_no_second_sms(self, gateways: Gateways) -> None:
        message = write(SMS)
        services.deliver(message.pk)
        Message.objects.update(
            state="queued", sent_at=None, claimed_until=timezone.now() - timedelta(seconds=1), provider_ref=""
        )
        services.deliver(message.pk)
        assert after(message).state == Message.State.SENT
        assert len(gateways.got) == 1
        assert message.provider_ref == gateways.got[0]["message_id"]

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_at_once_send_one(self, gateways: Gateways) -> None:
        message = write(SMS)
        later: list[TryLater] = []
        all_came, take = threading.Event(), gateways.take
        gateways.take = lambda *sent: (all_came.wait(60), take(*sent))[1]  # type: ignore[method-assign]

        def work() -> None:
            try:
                services.deliver(message.pk)
            except TryLater as trouble:
                later.append(trouble)
                if len(later) == 2:
                    all_came.set()
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(gateways.got) == 1
        assert len(later) == 2
        assert after(message).state == Message.State.SENT


class TestSecrets:
    def test_a_code_is_emptied_once_sent(self, gateways: Gateways, run_jobs: Run) -> None:
        message = write(SMS, "account_code", secret=True)
        run_jobs()
        assert after(message).state == Message.State.SENT
        assert message.body == ""
        assert gateways.got[0]["content"].startswith("123456 ")

    def test_a_code_is_emptied_when_given_up(self, settings: Settings, run_jobs: Run) -> None:
        settings.DEMO_PEERS_URL = "http://127.0.0.1:9"
        message = write(SMS, "account_code", secret=True)
        assert len(run_jobs(**hours_later(1))) == 5
        assert after(message).state == Message.State.FAILED
        assert message.body == ""

    def test_a_sample_keeps_it_readable(
        self, gateways: Gateways, run_jobs: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(portal, "sample_mark", lambda: True)
        message = write(SMS, "account_code", secret=True)
        run_jobs()
        assert after(message).body.startswith("123456 ")

    def test_other_messages_stay_readable(self, gateways: Gateways, run_jobs: Run) -> None:
        message = write(SMS)
        run_jobs()
        assert after(message).body
