"""Whether a version is the one to follow: in force, of the past, still to come, or only a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from motcua.procedures.models import ProcedureVersion


@dataclass(frozen=True)
class Standing:
    """Where a version stands among the versions of its procedure.

    Attributes:
        number: its own; 0 of a draft.
        since, until: its first and its last day; `until` None: no end is known.
        follower: the version that comes after it, if one is published.
        count: how many versions have been published, planned ones included.
        ends: nothing follows on it: the procedure itself ends with it.
    """

    number: int
    since: date
    until: date | None
    today: date
    follower: ProcedureVersion | None = None
    count: int = 1
    draft: bool = False

    @property
    def planned(self) -> bool:
        """Whether its day is still to come."""
        return not self.draft and self.since > self.today

    @property
    def in_force(self) -> bool:
        """Whether it is the one to follow today."""
        return not self.draft and self.since <= self.today and (self.until is None or self.today <= self.until)

    @property
    def for_hours(self) -> bool:
        """Whether it was replaced on its very first day."""
        return self.until is not None and self.until < self.since

    @property
    def ends(self) -> bool:
        """Whether the procedure ends with it."""
        return self.until is not None and self.follower is None


def standing_of(version: ProcedureVersion, versions: Sequence[ProcedureVersion]) -> Standing:
    """The standing of a published version; `versions` are all published ones, the newest first."""
    later = [one for one in versions if one.number > version.number]
    return Standing(
        number=version.number,
        since=version.effective_from,
        until=version.effective_to - timedelta(days=1) if version.effective_to else None,
        today=timezone.localdate(),
        follower=later[-1] if later else None,
        count=len(versions),
    )


def standing_of_draft(version: ProcedureVersion) -> Standing:
    """The standing of what an editor is still writing."""
    return Standing(version.number, version.effective_from, None, timezone.localdate(), draft=True)
