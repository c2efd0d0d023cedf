"""The acts of the audit room: record what was done, seal it into the chain, check the chain."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from motcua.audit.models import Event

SYSTEM = "Hệ thống"
GENESIS = "0" * 64  # what the first event is linked to
SEAL_LOCK = 0x4D43_5345_414C  # "MCSEAL": one sealing job at a time, whatever the number of workers
BATCH = 1000


class HasName(Protocol):
    """Whoever acts: an account, usually. This room knows no accounts, it keeps a number and a name."""

    @property
    def pk(self) -> int: ...

    @property
    def full_name(self) -> str: ...


def record(
    act: str,
    *,
    subject_kind: str,
    subject_ref: str,
    actor: HasName | None,
    **data: object,
) -> Event:
    """Keep that an act was done; called inside the act's own transaction, so neither stands without the other.

    Args:
        act: a name listed in `acts.ACTS`, "dossier.accepted".
        subject_kind: what it was done to, "dossier"; `subject_ref` is its number.
        actor: who did it; None is the system itself ("Hệ thống").
        data: what else the proof needs: numbers, states, reasons. Dates, decimals and UUIDs are kept as text.
    """
    return Event.objects.create(
        at=timezone.now(),
        act=act,
        actor_id=actor.pk if actor else None,
        actor_name=actor.full_name if actor else SYSTEM,
        subject_kind=subject_kind,
        subject_ref=str(subject_ref),
        data=json.loads(json.dumps(data, cls=DjangoJSONEncoder)),
    )


def seal_pending() -> int:
    """Link every committed event that has no seal yet behind the last sealed one; the number that were sealed.

    Events come by id. One whose transaction commits after a higher id was sealed takes a later place: the chain proves
    that nothing was changed or removed since it was sealed, `at` tells when it was done.
    """
    sealed = 0
    while True:
        count = _seal_batch()
        sealed += count
        if count < BATCH:
            return sealed


@transaction.atomic
def _seal_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEAL_LOCK])
        row = cursor.fetchone()
        if not (row and row[0]):
            return 0  # another worker is at it
        last = Event.objects.exclude(position=None).order_by("-position").values_list("position", "seal").first()
        links = list(_links(list(Event.objects.filter(position=None).order_by("id")[:BATCH]), last))
        if links:
            cursor.executemany(
                "UPDATE audit_event SET position = %s, seal = %s WHERE id = %s AND position IS NULL", links
            )
    return len(links)


def _links(events: list[Event], last: tuple[int | None, str] | None) -> Iterator[tuple[int, str, int]]:
    position, previous = (last[0] or 0, last[1]) if last else (0, GENESIS)
    for event in events:
        position += 1
        previous = seal_of(event, position, previous)
        yield position, previous, event.pk


def seal_of(event: Event, position: int, previous: str) -> str:
    """SHA-256 over the canonical JSON of an event, its place and the seal before it; hexadecimal."""
    content = {
        "act": event.act,
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "data": event.data,
        "id": event.pk,
        "position": position,
        "previous": previous,
        "subject_kind": event.subject_kind,
        "subject_ref": event.subject_ref,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Verification:
    """What a walk along the chain found.

    Attributes:
        sealed: how many events were found in order.
        waiting: how many are not sealed yet.
        head: the last good seal; note it elsewhere, and a cut-off end shows (`noted_seal`).
        broken_at: the place of the first event that doesn't fit, None when all do.
        trouble: what doesn't fit, for the operator.
    """

    sealed: int
    waiting: int
    head: str
    broken_at: int | None = None
    trouble: str = ""

    @property
    def ok(self) -> bool:
        """Nothing was changed, moved or removed since it was sealed."""
        return self.broken_at is None

    def __str__(self) -> str:
        waiting = f"{self.waiting} not sealed yet"
        if self.broken_at is None:
            return f"The chain is whole: {self.sealed} events, {waiting}. Head: {self.head}"
        return f"The chain is broken at place {self.broken_at}: {self.trouble} {self.sealed} before it fit, {waiting}."


def verify(noted_seal: str = "") -> Verification:
    """Walk the chain from its first event and name the first that doesn't fit.

    Args:
        noted_seal: a seal written down earlier, which must still be in the chain: only this shows that the newest
            events were cut off.
    """
    waiting = Event.objects.filter(position=None).count()
    position, previous, met = 0, GENESIS, not noted_seal
    for event in Event.objects.exclude(position=None).order_by("position").iterator(chunk_size=BATCH):
        position += 1
        trouble = _trouble(event, position, previous)
        if trouble:
            return Verification(position - 1, waiting, previous, position, trouble)
        previous = event.seal
        met = met or previous == noted_seal
    if not met:
        return Verification(position, waiting, previous, position + 1, "The noted seal is not in the chain.")
    return Verification(position, waiting, previous)


def _trouble(event: Event, position: int, previous: str) -> str:
    if event.position != position:
        return f"The event at place {position} is missing."
    if event.seal != seal_of(event, position, previous):
        return f"Event {event.pk} ({event.act}, {event.subject_kind} {event.subject_ref}) was changed."
    return ""


@transaction.atomic
def reset_for_sample() -> None:
    """Empty the audit table. Only the sample's reset calls this, after it has seen that the database is a sample.

    The database's own function refuses unless this transaction has said that it means it (migration 0002).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL motcua.allow_audit_reset = 'yes'")
        cursor.execute("SELECT audit_reset()")
        cursor.execute("SET LOCAL motcua.allow_audit_reset = 'no'")
