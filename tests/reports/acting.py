"""Dossiers of past months, and months that are closed."""

from datetime import date
from typing import Any

from motcua.agencies.models import Agency
from motcua.dossiers.models import Dossier
from motcua.reports.models import Figure
from motcua.reports.queries.counting import Place
from motcua.reports.rules.counts import Month
from motcua.reports.rules.periods import Span
from motcua.reports.services import closing
from tests import factories
from tests.cast import at


def a_past_dossier(
    accepted: str, due: str | None, finished: str = "", *, state: str = "", number: int = 0, **fields: Any
) -> Dossier:
    """Accepted, promised, and perhaps finished at these moments ("05/10/2026 08:00")."""
    ended = at(finished) if finished else None
    values: dict[str, Any] = {
        "state": state or ("issued" if ended else "processing"), "accepted_at": at(accepted),
        "clock_started_at": at(accepted), "due_at": at(due) if due else None, "finished_at": ended,
        "limit_value": 2, "limit_unit": "ngay-lam-viec",
    }  # fmt: skip
    dossier = factories.a_submitted_dossier(with_papers=False, submitted_at=at(accepted), **fields)
    Dossier.objects.filter(pk=dossier.pk).update(**values, code=f"H98.21-T-{dossier.pk:05d}")
    dossier.refresh_from_db()
    return dossier


def take_over(month: date, counts: Month, *, agency: Agency | None = None) -> Place:
    """A month of one line, counted elsewhere; whose line it is."""
    version = factories.a_procedure_version()
    place = ((agency or factories.an_agency()).pk, version.field_id, version.procedure_id)
    closing.take_over(month, {place: counts})
    return place


def figure(span: str, start: date, **where: Any) -> Figure:
    """A published line; without more, that of all agencies."""
    return Figure.objects.get(
        **({"agency": None, "field": None, "procedure": None} | where), span=Span(span), start=start
    )
