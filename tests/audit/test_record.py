"""Recording: what is kept of an act, and that nothing can be changed or removed afterwards."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.audit import acts, services
from motcua.audit.models import Event

pytestmark = pytest.mark.django_db


@dataclass
class Somebody:
    pk: int = 7
    full_name: str = "Trần Thị Chi"


def accepted(**data: object) -> Event:
    return services.record(
        "dossier.accepted", subject_kind="dossier", subject_ref="NH-7K3F-92XA", actor=Somebody(), **data
    )


def refused(sql: str) -> str:
    with pytest.raises(DatabaseError) as trouble, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(trouble.value)


def test_keeps_who_did_what_to_which_and_when() -> None:
    event = accepted(code="000.98001-261121-0001", on=date(2026, 11, 21), amount=Decimal("16000"))
    kept = Event.objects.get(pk=event.pk)
    assert (kept.actor_id, kept.actor_name) == (7, "Trần Thị Chi")
    assert (kept.subject_kind, kept.subject_ref) == ("dossier", "NH-7K3F-92XA")
    assert kept.data == {"code": "000.98001-261121-0001", "on": "2026-11-21", "amount": "16000"}
    assert kept.at.tzinfo is not None


def test_without_a_person_it_was_the_system() -> None:
    event = services.record("dossier.draft_silent", subject_kind="dossier", subject_ref="x", actor=None)
    assert (event.actor_id, event.actor_name) == (None, "Hệ thống")


def test_goes_away_with_an_act_that_is_rolled_back() -> None:
    with transaction.atomic():
        accepted()
        transaction.set_rollback(True)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET act = 'dossier.declined'",
        "UPDATE audit_event SET actor_name = 'Người khác'",
        "UPDATE audit_event SET data = '{}'",
        "UPDATE audit_event SET at = at - interval '1 day'",
        "UPDATE audit_event SET seal = repeat('a', 64)",
        "UPDATE audit_event SET position = 1",
        "UPDATE audit_event SET position = 1, seal = repeat('a', 64), act = 'dossier.declined'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "SELECT audit_reset()",
        "INSERT INTO audit_event (at, act, actor_name, subject_kind, subject_ref, data, position, seal)"
        " VALUES (now(), 'x', '', '', '', '{}', 9, '')",
    ],
)
def test_nothing_is_changed_or_removed(change: str) -> None:
    accepted(code="1")
    assert "audit" in refused(change)
    assert Event.objects.count() == 1


def test_a_sealed_event_is_not_sealed_again() -> None:
    accepted()
    services.seal_pending()
    assert "append-only" in refused("UPDATE audit_event SET position = 2, seal = repeat('b', 64)")


def test_the_samples_reset_is_the_one_way_out_and_closes_behind_itself() -> None:
    accepted()
    services.reset_for_sample()
    assert not Event.objects.exists()
    accepted()
    assert "append-only" in refused("DELETE FROM audit_event")


def test_an_act_reads_as_a_sentence_even_when_a_key_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert acts.sentence("dossier.accepted", {}) == "Tiếp nhận hồ sơ"
    monkeypatch.setitem(acts.ACTS, "x.y", "Cấp mã {code}")
    assert acts.sentence("x.y", {"code": "1"}) == "Cấp mã 1"
    assert acts.sentence("x.y", {}) == "Cấp mã …"
    assert acts.sentence("no.longer", {}) == "no.longer"
