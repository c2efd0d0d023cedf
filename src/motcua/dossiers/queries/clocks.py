"""The clock of a dossier, made from its rows; and the step of the internal process that a state belongs to."""

from datetime import datetime

from motcua.agencies.queries import working_calendar
from motcua.core.worktime import Calendar
from motcua.dossiers.models import Dossier, State
from motcua.dossiers.rules.clock import Clock, Stop, Terms
from motcua.dossiers.rules.moves import MOVES
from motcua.offerings.models import OfferingVersion, Step
from motcua.procedures.models import LimitUnit


def terms_of(version: OfferingVersion) -> Terms:
    """The time limit that a service promises now."""
    return Terms(
        value=version.limit_value,
        unit=LimitUnit(version.limit_unit),
        first_day_counts=version.first_day_counts,
        cut_off=version.cut_off,
        after_pause=version.after_pause,
    )


def clock_from(version: OfferingVersion, start: datetime, calendar: Calendar) -> Clock:
    """The clock of what is accepted at this moment."""
    return Clock(start, terms_of(version), calendar)


def clock_of(dossier: Dossier, calendar: Calendar | None = None) -> Clock | None:
    """The clock of an accepted dossier, with all its stops; None before acceptance."""
    if dossier.clock_started_at is None or dossier.limit_value is None:
        return None
    version = dossier.offering_version
    terms = Terms(  # as promised when it was accepted, whatever the service says now
        value=dossier.limit_value,
        unit=LimitUnit(dossier.limit_unit),
        first_day_counts=version.first_day_counts,
        cut_off=version.cut_off,
        after_pause=version.after_pause,
    )
    stops = tuple(Stop(pause.kind, pause.started_at, pause.ended_at, pause.reason) for pause in dossier.pauses.all())
    return Clock(
        dossier.clock_started_at, terms, calendar or working_calendar(dossier.agency), stops, dossier.finished_at,
        dossier.extended_at, dossier.extended_to,
    )  # fmt: skip


def step_in(version: OfferingVersion, state: State, present: Step | None = None) -> Step | None:
    """The step that a dossier in this state lies at: the first one that may do something with it.

    While the applicant is asked, no step can do anything: it stays where it was.
    """
    for step in version.steps.all():
        if any(state in MOVES[act].starts for act in step.acts if act in MOVES):
            return step
    return present if state in {State.CONFIRMING, State.SUPPLEMENT} else None
