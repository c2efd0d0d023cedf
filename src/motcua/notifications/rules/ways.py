"""By which ways one piece of news goes: those the person chose at once, the others only if those fail."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

ORDER = ("zalo", "sms", "email")  # what is tried after what


@dataclass(frozen=True)
class Plan:
    """Channels: `at_once` are sent, `held` wait in this order until everything before them has failed."""

    at_once: tuple[str, ...]
    held: tuple[str, ...] = ()


def plan(reachable: Collection[str], chosen: Collection[str]) -> Plan:
    """How news goes to somebody.

    Args:
        reachable: the channels for which there is an address.
        chosen: what the person ticked; empty: no choice, everything at once (SMS and email at each change).
    """
    ways = [way for way in ORDER if way in reachable]
    if not chosen:
        return Plan(tuple(ways))
    # What was chosen may be out of reach by now, an email address removed: then the first that is left.
    at_once = [way for way in ways if way in chosen] or ways[:1]
    return Plan(tuple(at_once), tuple(way for way in ways if way not in at_once))


def next_of(held: Iterable[str]) -> str:
    """Which of the held ways is next; empty: none."""
    return min(held, key=ORDER.index, default="")
