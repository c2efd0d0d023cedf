"""When a person's time to answer is really over: not while the portal stood still (docs/decisions/0023).

Only people's own answers are meant: completing a dossier, looking at a draft. The agency's promise doesn't move.
"""

from datetime import datetime, timedelta

from motcua.content.queries import outage_at
from motcua.dossiers.models import ResultDraft, State, SupplementRequest

AFTERWARDS = timedelta(hours=24)  # that people have, once the portal works again


def excused_until(until: datetime) -> datetime:
    """The last moment to answer: `until`, or a day after the end of the outage that it falls into."""
    outage = outage_at(until)
    return max(until, outage.over_at + AFTERWARDS) if outage else until


def time_is_over(until: datetime, now: datetime) -> bool:
    """Whether an answer comes too late now; asks about outages only when the plain time is over."""
    return now > until and now > excused_until(until)


def answers_due_between(start: datetime, end: datetime) -> int:
    """How many people must answer in this time: administrators are told before they announce an outage."""
    supplements = SupplementRequest.objects.filter(
        outcome="", answer_by__gte=start, answer_by__lt=end, dossier__state=State.SUPPLEMENT
    )
    drafts = ResultDraft.objects.filter(
        answered_at=None, answer_by__gte=start, answer_by__lt=end, dossier__state=State.CONFIRMING
    )
    return supplements.count() + drafts.count()
