"""Ask the same thing again and again, by some visitors at a time, and say how long it took."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from benching.asks import UsedUp
from benching.browser import Browser
from benching.portal import Portal

Ask = Callable[[Browser, int], None]  # visitor, which one (0, 1, 2 …); raises if the answer is wrong


@dataclass
class Figures:
    """What came out; times in milliseconds."""

    name: str
    at_once: int
    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    web_cpu: float = 0.0
    database_cpu: float = 0.0
    troubles: list[str] = field(default_factory=list)

    @property
    def answered(self) -> int:
        """How many were answered."""
        return len(self.times)

    @property
    def per_second(self) -> float:
        """Requests, or submissions, a second."""
        return self.answered / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The time within which this share of the answers came."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def measure(
    portal: Portal,
    name: str,
    ask: Ask,
    *,
    at_once: int,
    seconds: float,
    visitors: Sequence[Browser],
) -> Figures:
    """Let `at_once` visitors ask for some seconds, or until nothing is left to ask about."""
    figures = Figures(name, at_once)
    lock, turn = threading.Lock(), count()
    until = time.perf_counter() + seconds

    def work(visitor: Browser) -> None:
        while time.perf_counter() < until and not figures.troubles:
            with lock:
                which = next(turn)
            began = time.perf_counter()
            try:
                ask(visitor, which)
            except UsedUp:
                return
            except Exception as trouble:  # noqa: BLE001 (shown in the table)
                figures.troubles.append(f"{type(trouble).__name__}: {trouble}")
                return
            figures.times.append((time.perf_counter() - began) * 1000)

    before, start = portal.cpu(), time.perf_counter()
    threads = [threading.Thread(target=work, args=[visitor]) for visitor in visitors[:at_once]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures.seconds = time.perf_counter() - start
    after = portal.cpu()
    if figures.answered:
        figures.web_cpu = (after[0] - before[0]) * 1000 / figures.answered
        figures.database_cpu = (after[1] - before[1]) * 1000 / figures.answered
    return figures
