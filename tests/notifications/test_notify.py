"""notify: one event, one channel, one address: one row and one job, in the act's transaction."""

import threading

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from motcua.notifications import channels
from motcua.notifications.models import Message
from motcua.notifications.services import Recipient, notify

pytestmark = pytest.mark.django_db

AN = Recipient(phone="+84900000217", email="an@example.vn")


def tell(to: Recipient = AN, key: str = "dossier.withdrawn:NH-1", **more: object) -> list[Message]:
    return notify("dossier_withdrawn", to, key=key, about=("dossier", "NH-1"), ref="NH-1", agency="UBND", **more)


def jobs() -> int:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.filter(task_name="notifications.deliver").count()


def test_writes_one_message_for_each_address_and_queues_it() -> None:
    messages = tell()
    assert sorted((message.channel, message.address) for message in messages) == [
        ("email", "an@example.vn"),
        ("sms", "+84900000217"),
    ]
    assert {message.state for message in messages} == {Message.State.QUEUED}
    assert {(message.about_kind, message.about_ref) for message in messages} == {("dossier", "NH-1")}
    assert jobs() == 2


def test_zalo_reaches_who_follows_the_agency() -> None:
    assert [message.channel for message in tell(Recipient(zalo="+84900000217"))] == ["zalo"]


def test_a_recipient_without_an_address_gets_nothing() -> None:
    assert tell(Recipient()) == []
    assert jobs() == 0


def test_only_the_channels_that_were_asked_for() -> None:
    assert [message.channel for message in tell(channels=["sms"])] == ["sms"]


def test_the_same_event_is_told_once() -> None:
    first, again = tell(), tell()
    assert [message.pk for message in first] == [message.pk for message in again]
    assert jobs() == 2


def test_another_event_or_another_person_is_another_message() -> None:
    tell()
    tell(key="dossier.withdrawn:NH-2")
    tell(Recipient(phone="+84900000318"))
    assert Message.objects.count() == 5


def test_costs_three_queries_for_all_channels(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        tell(Recipient(phone="+84900000217", email="an@example.vn", zalo="+84900000217"))
    with django_assert_num_queries(2):
        tell()


@pytest.mark.django_db(transaction=True)
def test_two_acts_at_once_tell_once() -> None:
    def act() -> None:
        try:
            tell()
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Message.objects.count() == 2
    assert jobs() == 2


def test_an_act_that_is_rolled_back_takes_messages_and_jobs_with_it() -> None:
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert jobs() == 0


def test_no_address_is_readable_in_the_key_that_gateways_get() -> None:
    assert not any(part in message.key for message in tell() for part in ("900000217", "example.vn"))


def test_a_wrong_channel_stops_the_start(settings: Settings) -> None:
    from motcua.notifications.checks import channels_exist

    assert channels_exist(None) == []
    settings.SMS_CHANNEL = "pigeon"
    assert [error.id for error in channels_exist(None)] == ["notifications.E001"]
    assert channels.known("sms") == ["demo"]
