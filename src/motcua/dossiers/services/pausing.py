"""Stop a dossier's clock and let it go on; the act around it saves `due_at` and knows why."""

from datetime import datetime

from motcua.dossiers.models import Dossier, Pause
from motcua.dossiers.queries.clocks import clock_of


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
