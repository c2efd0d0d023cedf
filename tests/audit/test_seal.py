"""The chain: every committed event once, in one order, and any later change is found."""

import threading

import pytest
from django.db import connection, transaction

from motcua.audit import services
from motcua.audit.models import Event

pytestmark = pytest.mark.django_db


def write(count: int) -> list[Event]:
    return [
        services.record("dossier.accepted", subject_kind="dossier", subject_ref=f"NH-{number}", actor=None, ô="Đ")
        for number in range(count)
    ]


def tamper(sql: str) -> None:
    """What somebody with the rights of the table's owner could do."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


def test_seals_every_event_once_in_the_order_they_were_written() -> None:
    events = write(3)
    assert services.seal_pending() == 3
    assert services.seal_pending() == 0
    assert list(Event.objects.order_by("position").values_list("position", "id")) == [
        (place, event.pk) for place, event in enumerate(events, start=1)
    ]
    found = services.verify()
    assert found.ok
    assert (found.sealed, found.waiting) == (3, 0)


def test_seals_more_than_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 2)
    write(5)
    assert services.seal_pending() == 5
    assert services.verify().ok


def test_an_empty_chain_is_whole() -> None:
    assert services.verify().ok


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ("UPDATE audit_event SET subject_ref = 'NH-9' WHERE position = 3", 3, "was changed"),
        ('UPDATE audit_event SET data = \'{"ô": "d"}\' WHERE position = 2', 2, "was changed"),
        ("UPDATE audit_event SET at = at + interval '1 microsecond' WHERE position = 4", 4, "was changed"),
        ("DELETE FROM audit_event WHERE position = 2", 2, "is missing"),
        ("DELETE FROM audit_event WHERE position = 1", 1, "is missing"),
        (
            "UPDATE audit_event SET position = NULL WHERE position = 5;"
            "UPDATE audit_event SET position = 5 WHERE position = 4;",
            4,
            "is missing",
        ),
    ],
)
def test_names_the_first_event_that_does_not_fit(change: str, place: int, words: str) -> None:
    write(5)
    services.seal_pending()
    tamper(change)
    found = services.verify()
    assert not found.ok
    assert found.broken_at == place
    assert words in found.trouble


def test_a_cut_off_end_shows_only_by_a_seal_noted_elsewhere() -> None:
    write(3)
    services.seal_pending()
    noted = services.verify().head
    assert services.verify(noted).ok
    tamper("DELETE FROM audit_event WHERE position = 3")
    assert services.verify().ok
    assert services.verify(noted).broken_at == 3


@pytest.mark.django_db(transaction=True)
def test_an_event_committed_after_a_later_one_still_gets_its_place() -> None:
    written, may_commit = threading.Event(), threading.Event()

    def slow_act() -> None:
        try:
            with transaction.atomic():
                write(1)
                written.set()
                may_commit.wait(60)
        finally:
            connection.close()

    thread = threading.Thread(target=slow_act)
    thread.start()
    written.wait(60)
    quick = write(1)[0]
    assert services.seal_pending() == 1
    may_commit.set()
    thread.join()
    assert services.seal_pending() == 1
    slow = Event.objects.get(position=2)
    assert slow.pk < quick.pk
    assert services.verify().ok


@pytest.mark.django_db(transaction=True)
def test_two_sealing_jobs_make_one_chain() -> None:
    write(40)
    results: list[int] = []

    def seal() -> None:
        try:
            results.append(services.seal_pending())
        finally:
            connection.close()

    threads = [threading.Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(results) == 40
    assert services.verify().sealed == 40


def test_the_job_seals(run_jobs: object) -> None:
    from motcua.audit.tasks import seal

    write(2)
    seal.func(timestamp=0)
    assert services.verify().sealed == 2
