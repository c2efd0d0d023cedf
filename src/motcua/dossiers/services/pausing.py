"""Whose time runs: the desk's hours to answer, and the clock, stopped and let go on.

The act around it saves `answer_by` or `due_at`, and knows why.
"""

from datetime import datetime

from motcua.agencies.queries import working_calendar
from motcua.dossiers.models import Dossier, Pause
from motcua.dossiers.queries.clocks import clock_of
from motcua.dossiers.rules.clock import reception_answer_by


def start_reception(dossier: Dossier, now: datetime) -> None:
    """Give the desk its working hours to accept an online dossier or answer it."""
    hours, calendar = dossier.offering_version.reception_hours, working_calendar(dossier.agency)
    dossier.answer_by = reception_answer_by(now, hours, calendar)


def stop_clock(dossier: Dossier, kind: str, reason: str, now: datetime) -> None:
    """Begin a stretch that doesn't count; `kind` is a `Pause.Kind`."""
    clock = clock_of(dossier)
    assert clock is not None
    Pause.objects.create(
        dossier=dossier, kind=kind, reason=reason, started_at=now, due_before=dossier.due_at or clock.due_before_stop
    )
    dossier.due_at = None


def start_clock(dossier: Dossier, now: datetime) -> None:
    """End the open stretch; the due time follows from the clock."""
    pause = Pause.objects.select_for_update(no_key=True).get(dossier=dossier, ended_at=None)
    pause.ended_at = now
    pause.save(update_fields=["ended_at"])
    clock = clock_of(dossier)
    assert clock is not None
    dossier.due_at = pause.due_after = clock.due_at
    pause.save(update_fields=["due_after"])
