"""Count visitors without knowing them (docs/decisions/0023-visits-and-outages.md).

A visit is noted in the memory of the process and written with others every few seconds. What is written is a keyed hash
of address and browser; the key lives as long as the day. When the day is over, a number is left of it.
"""

import secrets
import threading
from collections import Counter
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from motcua.content.models import DayKey, VisitDay, Visitor
from motcua.content.rules import is_person, visitor_mark

MOST_KNOWN = 50_000  # browsers that a process tells apart in an hour; who comes after them isn't counted
MOST_OF_ONE_ADDRESS = 200  # different browsers behind one address in an hour: a school, not a swarm


class _Waiting:
    """What this process has noted and not written yet; and whom it has seen within the hour."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.key: tuple[date, bytes] | None = None
        self.empty()

    def empty(self) -> None:
        """As in a process that has just begun."""
        self.marks: dict[tuple[date, bytes], datetime] = {}
        self.written_at: datetime | None = None
        self.hour: datetime | None = None
        self.known: set[bytes] = set()
        self.addresses: Counter[str] = Counter()

    def take(self, day: date, mark: bytes, address: str, now: datetime) -> dict[tuple[date, bytes], datetime]:
        """Note a mark; what is to be written now, nothing in most cases."""
        with self.lock:
            if self._counts(mark, address, now.replace(minute=0, second=0, microsecond=0)):
                self.marks[day, mark] = now
            pause = timedelta(seconds=settings.CONTENT_SECONDS)
            if self.written_at is not None and self.written_at <= now < self.written_at + pause:
                return {}
            due, self.marks, self.written_at = self.marks, {}, now
            return due

    def _counts(self, mark: bytes, address: str, hour: datetime) -> bool:
        """Whether this browser is one of those that are counted in this hour."""
        if hour != self.hour:
            self.hour = hour
            self.known.clear()
            self.addresses.clear()
        if mark in self.known:
            return True
        if len(self.known) >= MOST_KNOWN or self.addresses[address] >= MOST_OF_ONE_ADDRESS:
            return False
        self.known.add(mark)
        self.addresses[address] += 1
        return True


_waiting = _Waiting()


def note_visit(address: str, agent: str, *, now: datetime | None = None) -> bool:
    """Somebody is looking at a page; robots that say so are left out.

    Args:
        address: where they come from (`web.components.visitor`); never kept.
        agent: what their browser says of itself; never kept.

    Returns:
        whether it counts.
    """
    if not is_person(agent):
        return False
    now = now or timezone.now()
    day = timezone.localdate(now)
    due = _waiting.take(day, visitor_mark(_key(day), address, agent), address, now)
    if due:
        _write(due)
    return True


def _key(day: date) -> bytes:
    """The day's key, the same in all processes; each asks for it once a day."""
    if _waiting.key is None or _waiting.key[0] != day:
        found, _ = DayKey.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(32)})
        _waiting.key = (day, bytes(found.key))
    return _waiting.key[1]


def _write(due: dict[tuple[date, bytes], datetime]) -> None:
    """One statement for all; in one order, so that two processes never wait for each other."""
    Visitor.objects.bulk_create(
        [Visitor(day=day, mark=mark, seen_at=seen) for (day, mark), seen in sorted(due.items())],
        batch_size=2000, update_conflicts=True, unique_fields=["day", "mark"], update_fields=["seen_at"],
    )  # fmt: skip


@transaction.atomic
def close_days(today: date | None = None) -> int:
    """Keep a number of each day that is over, and throw away its marks and its key; how many visitors were folded up.

    May run at any time, twice, and after days of standstill: it adds what it deletes.
    """
    today = today or timezone.localdate()
    folded = 0
    for day in Visitor.objects.filter(day__lt=today).values_list("day", flat=True).distinct().order_by("day"):
        VisitDay.objects.get_or_create(day=day)
        gone, _ = Visitor.objects.filter(day=day).delete()
        VisitDay.objects.filter(day=day).update(visitors=F("visitors") + gone)
        folded += gone
    DayKey.objects.filter(day__lt=today).delete()
    return folded


def forget_waiting() -> None:
    """Drop what this process holds in memory: another database is underneath, as between tests."""
    with _waiting.lock:
        _waiting.key = None
        _waiting.empty()
