"""How fast is it? `make bench`: 10,000 dossiers, every kind of page, complete submissions. Never a test.

docs/bench.md says what is measured and how to read it.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benching import walk
from benching.asks import Asks, Question
from benching.browser import Browser, Inside, Visitor
from benching.figures import seed_figures
from benching.finding import Finding
from benching.measuring import Figures, measure
from benching.portal import Portal, database, environment, serving
from benching.ward import VISITORS, Ward
from motcua.config.ports import free_port

AT_ONCE = (1, 4, 8)
MOST_QUERIES = 15
FIGURES_MOST = 100  # ms, p95, however many ask at once
ACTS = {"file of 1 MB", "submit", "accept", "pay notice"}  # they write, and what they do is proved; no page does so
MARKS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")  # these ask nothing
ONCE_MORE = 2  # a page is asked so often before its queries are counted: caches are warm in a portal that runs


def main() -> int:
    """0 when everything could be measured, whatever the figures."""
    options = argparse.ArgumentParser(description="Measure the portal on this machine.")
    options.add_argument("--quick", action="store_true", help="2,000 dossiers, and little time for each figure")
    options.add_argument("--catalogue", action="store_true", help="the catalogue's rows, and nothing else")
    options.add_argument("--only", default="", help="only the rows whose name contains this")
    options.add_argument("--show-queries", action="store_true", help="print the statements of each row")
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that database and server end with us
    began = time.perf_counter()
    bad = of_the_catalogue(given) if given.catalogue else of_the_ward(given)
    if not given.catalogue and not given.only:  # in a process of its own: settings are read once
        words = [sys.executable, __file__, "--catalogue", *(["--quick"] if given.quick else [])]
        bad = subprocess.run(words, check=False).returncode != 0 or bad
    print(f"\n{time.perf_counter() - began:.0f} s in all.")
    return 1 if bad else 0


def of_the_catalogue(given: argparse.Namespace) -> bool:
    """Measure finding in 12,000 records; whether something couldn't be measured."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder, database(Path(folder)) as (server, url):
        port = free_port()
        os.environ.update(environment(Path(folder), port, url))
        finding = Finding(Path(folder), seconds=2.0 if given.quick else 6.0, only=given.only)
        finding.load()
        with serving(server, port, threads=1, application="benching.timed:application") as portal:
            finding.run(portal)
    finding.tell()
    return bool(finding.troubles)


def of_the_ward(given: argparse.Namespace) -> bool:
    """Measure pages, acts and figures of dossiers; whether something couldn't be measured."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder, database(Path(folder)) as (server, url):
        port = free_port()
        os.environ.update(environment(Path(folder), port, url))
        ward = Ward(2_000 if given.quick else 10_000, drafts_wanted=400 if given.quick else 1_600)
        ward.prepare()
        with serving(server, port) as portal:
            bench = Bench(
                ward, portal, seconds=1.5 if given.quick else 5.0, only=given.only, show_queries=given.show_queries
            )
            bench.run()
    bench.tell()
    return bool(bench.troubles)


class Bench:
    """Counts queries, measures, tells."""

    def __init__(self, ward: Ward, portal: Portal, *, seconds: float, only: str, show_queries: bool) -> None:
        self.ward, self.portal, self.seconds, self.only = ward, portal, seconds, only
        self.show_queries = show_queries
        self.many = 1_000_000 if ward.dossiers >= 10_000 else 100_000  # dossiers behind the public figures
        self.asks = Asks(ward)
        self.rows: list[tuple[Figures, int]] = []  # with the number of queries
        self.whole: list[Figures] = []
        self.troubles: list[str] = []

    def run(self) -> None:
        """Everything, row by row."""
        for question in self.asks.questions():
            if self.only in question.name:
                self._row(question)
        if self.only in "complete submission":
            for at_once in AT_ONCE:
                self.whole.append(self._measure("complete submission", self._submit_whole, at_once, "newcomer", 3))
        asked = [question for question in self.asks.of_figures() if self.only in question.name]
        if asked:
            print(f"  {seed_figures(self.many)}", flush=True)
        for question in asked:
            self._row(question)

    def _row(self, question: Question) -> None:
        try:
            queries = self._queries(question)
        except Exception as trouble:  # noqa: BLE001 (shown in the table)
            self.troubles.append(f"{question.name}: {trouble}")
            return
        for at_once in AT_ONCE[::2]:
            if at_once > 1:
                self.asks.begin_again()
            found = self._measure(question.name, question.ask, at_once, question.who, 1, question)
            self.rows.append((found, queries))

    def _measure(
        self, name: str, ask: Any, at_once: int, who: str, longer: int, question: Question | None = None
    ) -> Figures:
        visitors = self._browsers(at_once, who)
        if question:
            for visitor in visitors:
                self.asks.open_first(question, visitor)
        if name not in ACTS - {"file of 1 MB"}:  # these use something up
            measure(self.portal, name, ask, at_once=at_once, seconds=self.seconds / 5, visitors=visitors)
        found = measure(self.portal, name, ask, at_once=at_once, seconds=self.seconds * longer, visitors=visitors)
        for visitor in visitors:
            visitor.close()
        self.troubles += [f"{name}: {trouble}" for trouble in found.troubles]
        print(f"  {name}, {at_once} at a time: {found.per_second:.0f}/s", flush=True)
        return found

    def _submit_whole(self, visitor: Visitor, turn: int) -> None:
        ward = self.ward
        visitor.get("/xac-nhan/thu-thach/")  # what the last page's script asks for
        walk.whole(visitor, ward.agency, ward.steps, ward.typed, ward.photo, walk.solution)

    # ---- who asks ----

    def _user(self, who: str, turn: int) -> Any:
        from motcua.accounts.models import User

        if who == "citizen":  # with drafts that wait for them
            return User.objects.get(pk=self.ward.users[turn % VISITORS])
        if who == "newcomer":  # with a few dossiers, as people have
            return User.objects.get(pk=self.ward.users[VISITORS + turn])
        return self.ward.officers[who] if who else None

    def _browsers(self, count: int, who: str) -> list[Browser]:
        users = [self._user(who, turn) for turn in range(count)]
        return [
            Browser(
                self.portal.host, self.portal.port, _session(user) if user else {}, walk.address(),
                user.pk if user else 0,
            )
            for user in users
        ]  # fmt: skip

    def _queries(self, question: Question) -> int:
        """How many statements one answer takes, in this process."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        inside = Inside(self._user(question.who, 0))
        self.asks.open_first(question, inside)
        for turn in range(ONCE_MORE):
            question.ask(inside, turn)
        with CaptureQueriesContext(connection) as counted:
            question.ask(inside, 0)
        if self.show_queries:
            print(f"\n{question.name}:", *(found["sql"][:400] for found in counted.captured_queries), sep="\n  ")
        return sum(not found["sql"].startswith(MARKS) for found in counted.captured_queries)

    # ---- the table ----

    def tell(self) -> None:
        """The figures, and which of the aims they miss."""
        print("\nRequest               at once    per s   p50 ms   p95 ms   p99 ms   queries   CPU ms web    db")
        for found, queries in self.rows:
            mark = " !" if queries > MOST_QUERIES and found.name not in ACTS else "  "
            print(
                f"{found.name:<22}{found.at_once:>7}{found.per_second:>9.0f}{found.percentile(0.5):>9.1f}"
                f"{found.percentile(0.95):>9.1f}{found.percentile(0.99):>9.1f}{queries:>8}{mark}"
                f"{found.web_cpu:>11.1f}{found.database_cpu:>7.1f}"
            )
        print("\nComplete submissions  at once    per s   p50 ms   p95 ms   p99 ms             CPU ms web    db")
        for found in self.whole:
            print(
                f"{'two files of 1 MB':<22}{found.at_once:>7}{found.per_second:>9.2f}{found.percentile(0.5):>9.0f}"
                f"{found.percentile(0.95):>9.0f}{found.percentile(0.99):>9.0f}{found.web_cpu:>21.0f}"
                f"{found.database_cpu:>7.0f}"
            )
        print()
        for words, met in self._aims():
            print(f"{'met ' if met else 'MISSED'}  {words}")
        for trouble in self.troubles:
            print(f"TROUBLE  {trouble}")

    def _aims(self) -> list[tuple[str, bool]]:
        found: list[tuple[str, bool]] = []
        for figures, _ in self.rows:
            if figures.name == "form page saved":
                limit = 50 if figures.at_once == 1 else 200
                late = figures.percentile(0.95)
                found.append(
                    (f"form page saved, {figures.at_once} at a time: p95 {late:.0f} ms < {limit}", late < limit)
                )
        slow = [row.percentile(0.95) for row, _ in self.rows if row.name.startswith("figures")]
        if slow:
            words = f"figures over {self.many:,} dossiers: p95 {max(slow):.0f} ms < {FIGURES_MOST}"
            found.append((words, max(slow) < FIGURES_MOST))
        if self.whole:
            best = max(figures.per_second for figures in self.whole)
            found.append((f"complete submissions: {best:.1f} a second ≥ 15", best >= 15))
        pages = [(queries, figures.name) for figures, queries in self.rows if figures.name not in ACTS]
        if pages:
            most, name = max(pages)
            found.append((f"most queries of a page: {most} for {name} ≤ {MOST_QUERIES}", most <= MOST_QUERIES))
        return found


def _session(user: Any) -> dict[str, str]:
    """The cookie of somebody who has logged in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "motcua.accounts.backends.NumberBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return {settings.SESSION_COOKIE_NAME: str(store.session_key)}


if __name__ == "__main__":
    raise SystemExit(main())
