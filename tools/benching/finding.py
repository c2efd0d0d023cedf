"""The catalogue's rows: import, index, searching sixteen at a time, the heaviest pages, and when a change is seen."""

import json
import os
import random
import resource
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from benching import catalogue, walk
from benching.browser import Answer, Browser, Inside, Visitor
from benching.measuring import Figures, measure
from benching.portal import Portal
from motcua.config.embedded import die_with_parent

AT_ONCE = (1, 16)
SEARCH_MOST, RECORD_MOST, VISIBLE_MOST, QUERIES_MOST = 30, 150, 60, 8
IMPORT_MOST = 90  # seconds for all real lines
TEXTS = 600  # more than a process remembers answers for
REAL_LONG, REAL_MANY = "1.013742", "1.014199"
MARKS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Row:
    """A kind of page: its name, and the addresses that are asked for in turn."""

    name: str
    paths: list[str]


class Finding:
    """Loads, measures, tells."""

    def __init__(self, folder: Path, *, seconds: float, only: str = "") -> None:
        self.folder, self.seconds, self.only = folder, seconds, only
        self.rows: list[tuple[Figures, list[float], int]] = []  # as visitors waited, as the server took, queries
        self.met: list[tuple[str, bool]] = []
        self.troubles: list[str] = []

    def load(self) -> None:
        """The sample, the real catalogue if it lies here, made-up records up to 12,000; then the index."""
        import django

        django.setup()
        from motcua.config.cli.preparing import prepare
        from motcua.procedures.models import Procedure
        from motcua.procedures.search import building

        prepare()
        if files := catalogue.real_files():
            taken = self._import(*files)
            self.met.append((f"all real lines imported in {taken:.0f} s < {IMPORT_MOST}", taken < IMPORT_MOST))
        made_up = self.folder / "made-up.jsonl"
        catalogue.write_lines(made_up, catalogue.WHOLE - Procedure.objects.count())
        self._import(made_up)
        _analyze()
        building.store_missing()  # the import has; only where it was interrupted there is something to do

    def _import(self, *files: Path) -> float:
        taken, used = _command("procedures", "import", *map(str, files))
        names = ", ".join(file.name for file in files)
        print(f"  import of {names}, the index stored: {taken:.1f} s, {used:.1f} s of CPU", flush=True)
        return taken

    def run(self, portal: Portal) -> None:
        """Row by row, then a publication."""
        visitor = _browser(portal)
        _until(lambda: "9.999999" in visitor.get("/thu-tuc/?q=9.999999").text, 120)
        for row in self._questions():
            if self.only in row.name:
                self._row(portal, row)
        if self.only in "publication":
            self._publication(portal)

    def _questions(self) -> Iterator[Row]:
        texts = _texts()
        searches = [f"/thu-tuc/?{urlencode({'q': text})}" for text in texts]
        yield Row("search", searches)
        yield Row("search with facets", [f"{path}&doi-tuong=cong-dan&cap=tinh" for path in searches])
        yield Row("all, by facets", ["/thu-tuc/?cap=tinh", "/thu-tuc/?cap=xa&doi-tuong=cong-dan", "/thu-tuc/?trang=40"])
        yield Row("a facet's values", ["/thu-tuc/bo-loc/co-quan/", "/thu-tuc/bo-loc/linh-vuc/"])
        starts = [text[: 3 + turn % 12] for turn, text in enumerate(texts)]
        yield Row("suggestions", [f"/thu-tuc/goi-y/?{urlencode({'q': text})}" for text in starts])
        for name, real, made_up in (
            ("longest record", REAL_LONG, catalogue.LONG),
            ("record, 224 papers", REAL_MANY, catalogue.MANY),
        ):
            yield Row(name, [f"/thu-tuc/{real if _is_there(real) else made_up}/"])
        yield Row("records", [f"/thu-tuc/{code}/" for code in _codes(200)])
        yield Row("lists", ["/linh-vuc/", "/co-quan/", "/thu-tuc/a-z/", "/cong-dan/", "/doanh-nghiep/"])

    def _row(self, portal: Portal, row: Row) -> None:
        try:
            queries = self._queries(row.paths)
            for at_once in AT_ONCE:
                self.rows.append((*self._measured(portal, row, at_once), queries))
        except Exception as trouble:  # noqa: BLE001 (shown in the table)
            self.troubles.append(f"{row.name}: {trouble}")

    def _measured(self, portal: Portal, row: Row, at_once: int) -> tuple[Figures, list[float]]:
        took: list[float] = []
        dice = random.Random(at_once)

        def ask(visitor: Visitor, _: int) -> None:
            took.append(_asked(visitor, dice.choice(row.paths)).took)

        visitors = [_browser(portal) for _ in range(at_once)]
        measure(portal, row.name, ask, at_once=at_once, seconds=self.seconds / 3, visitors=visitors)
        took.clear()
        found = measure(portal, row.name, ask, at_once=at_once, seconds=self.seconds, visitors=visitors)
        for visitor in visitors:
            visitor.close()
        self.troubles += [f"{row.name}: {trouble}" for trouble in found.troubles]
        print(f"  {row.name}, {at_once} at a time: {found.per_second:.0f}/s", flush=True)
        return found, took

    def _queries(self, paths: list[str]) -> int:
        """The most statements that one of these pages takes, in this process, once caches are warm."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        inside, most = Inside(), 0
        for path in [paths[0], *paths[:5]]:
            with CaptureQueriesContext(connection) as counted:
                _asked(inside, path)
            most = sum(not found["sql"].startswith(MARKS) for found in counted.captured_queries)
        return most

    def _publication(self, portal: Portal) -> None:
        """A record is imported anew under another name: when do search and page of every process show it?"""
        name = "Cấp Giấy phép nuôi rồng bạch kim trên sân thượng"
        line = next(line for line in catalogue.lines(20) if line["code"] == "9.000001") | {"name": name}
        changed = self.folder / "changed.jsonl"
        changed.write_text(json.dumps(line), encoding="utf-8")
        with _worker():
            time.sleep(3)  # it has its own start behind it
            _command("procedures", "import", str(changed))
            began = time.perf_counter()
            search, record = f"/thu-tuc/?q={quote('nuôi rồng bạch kim')}", "/thu-tuc/9.000001/"
            _until(lambda: _everywhere(portal, record, "nuôi rồng bạch kim"), 2 * VISIBLE_MOST)
            _until(lambda: _everywhere(portal, search, record), 2 * VISIBLE_MOST)
            seconds = time.perf_counter() - began
        words = f"a publication is seen in search and page of every process after {seconds:.1f} s < {VISIBLE_MOST}"
        self.met.append((words, seconds < VISIBLE_MOST))

    # ---- the table ----

    def tell(self) -> None:
        """The figures, and which of the aims they miss."""
        print("\n                               as visitors wait      in the server")
        print("The catalogue         at once    per s   p50 ms   p95 ms   p50 ms   p95 ms   queries   CPU ms web    db")
        for found, took, queries in self.rows:
            print(
                f"{found.name:<22}{found.at_once:>7}{found.per_second:>9.0f}{found.percentile(0.5):>9.1f}"
                f"{found.percentile(0.95):>9.1f}{_share(took, 0.5):>9.1f}{_share(took, 0.95):>9.1f}{queries:>8}  "
                f"{found.web_cpu:>11.1f}{found.database_cpu:>7.1f}"
            )
        print()
        for words, met in [*self._aims(), *self.met]:
            print(f"{'met ' if met else 'MISSED'}  {words}")
        for trouble in self.troubles:
            print(f"TROUBLE  {trouble}")

    def _aims(self) -> Iterator[tuple[str, bool]]:
        for found, took, queries in self.rows:
            late = _share(took, 0.95)
            if found.name == "search" and found.at_once > 1:
                yield (
                    f"search, {found.at_once} at a time: p95 in the server {late:.0f} ms < {SEARCH_MOST}",
                    late < SEARCH_MOST,
                )
            if found.name in {"longest record", "record, 224 papers"} and found.at_once == 1:
                whole = found.percentile(0.95)
                yield f"{found.name}: p95 {whole:.0f} ms < {RECORD_MOST}", whole < RECORD_MOST
            if found.at_once == 1 and "facet" in found.name:
                yield f"{found.name}: {queries} queries ≤ {QUERIES_MOST}", queries <= QUERIES_MOST


def _share(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def _browser(portal: Portal) -> Browser:
    return Browser(portal.host, portal.port, address=walk.address())


def _asked(visitor: Visitor, path: str) -> Answer:
    answer = visitor.get(path)
    if answer.status in {301, 302}:
        answer = visitor.get(answer.location)
    if answer.status != 200:
        raise walk.Astray(f"{path} answered {answer.status}")
    return answer


def _everywhere(portal: Portal, path: str, words: str) -> bool:
    """Whether a dozen strangers, who come to one process or the other, all read it."""
    for _ in range(12):
        visitor = _browser(portal)
        seen = words in _asked(visitor, path).text
        visitor.close()
        if not seen:
            return False
    return True


def _until(happens: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > until:
            raise walk.Astray(f"it didn't happen within {seconds} s")
        time.sleep(0.2)


def _command(*words: str) -> tuple[float, float]:
    """Run `motcua WORDS`; the seconds it took, and those of the processor in its own process."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([_program(), *words], capture_output=True, text=True, check=False)
    if done.returncode not in {0, 3}:
        raise SystemExit(f"bench: motcua {' '.join(words)}: {done.stderr[-400:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - began, used


def _program() -> Path:
    return Path(sys.executable).with_name("motcua")


@contextmanager
def _worker() -> Iterator[None]:
    process = subprocess.Popen(
        [_program(), "worker"], env=dict(os.environ), stdin=subprocess.DEVNULL, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent(15),
    )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _is_there(code: str) -> bool:
    from motcua.procedures.models import Procedure

    return Procedure.objects.filter(code=code).exists()


def _codes(count: int) -> list[str]:
    from motcua.procedures.queries import in_force

    codes = sorted(in_force().values_list("procedure__code", flat=True))
    return random.Random(3).sample(codes, min(count, len(codes)))


def _texts() -> list[str]:
    """What people type: some words of a name, every second time without accents, every fifth with a wrong letter."""
    from motcua.procedures.queries import in_force

    dice, found = random.Random(2), []
    names = sorted(in_force().values_list("short_name", flat=True))
    for turn, name in enumerate(dice.choices(names, k=TEXTS)):
        words: list[Any] = name.split()
        start = dice.randrange(max(len(words) - 4, 1))
        text = " ".join(words[start : start + dice.randrange(2, 7)])
        if turn % 2:
            text = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
        if turn % 5 == 0 and len(text) > 4:
            place = dice.randrange(len(text) - 1)
            text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        found.append(text[:80])
    return found
