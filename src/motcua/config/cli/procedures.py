"""`motcua procedures import`, `motcua procedures export` and `motcua procedures forms`."""

import argparse
import gzip
import lzma
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from motcua.config.cli import CommandError, setup
from motcua.config.cli.local import at_home

if TYPE_CHECKING:
    from motcua.procedures.importing.files import Line

SOME_BAD = 3  # the exit code when lines couldn't be read; all others are in


@at_home
def take_in(given: argparse.Namespace) -> int:
    """Take files of records in; 3 when some lines were bad, 1 when a file can't be read at all."""
    setup()
    from motcua.procedures.importing.files import STDIN, lines_of
    from motcua.procedures.importing.reporting import Outcome, as_text
    from motcua.procedures.search.building import store_missing
    from motcua.procedures.services.importing import Busy, import_lines, only_import

    for file in given.files:
        if file != STDIN and not Path(file).is_file():
            raise CommandError(f"there is no file {file}.")
    _need_tables()
    try:
        with only_import(wait=given.wait), _Progress(sys.stderr) as progress:
            report = import_lines(
                lines_of(given.files), by=None, files=given.files, source_name=given.source_name.strip()[:200],
                dry_run=given.dry_run, watch=progress.watch,
            )  # fmt: skip
    except Busy:
        raise CommandError("another import is at work; wait for it, or say --wait.") from None
    except OSError as trouble:
        raise CommandError(f"{trouble.filename or 'a file'} can't be read: {trouble.strerror or trouble}.") from None
    print(as_text(report))
    if not given.dry_run:
        store_missing()  # a worker would do it too; here is perhaps none
    if given.report:
        _write_report(Path(given.report), report)
    return SOME_BAD if report.outcomes[Outcome.BAD] else 0


@at_home
def give_out(given: argparse.Namespace) -> int:
    """Write the records in force, a line each."""
    setup()
    from motcua.procedures.importing.files import as_line
    from motcua.procedures.queries.exporting import lines

    _need_tables()
    count = 0
    with _written(given.output) as stream:
        for line in lines(everything=given.all):
            stream.write(as_line(line))
            count += 1
    print(f"{count} records written.", file=sys.stderr)
    return 0


@at_home
def put_forms(given: argparse.Namespace) -> int:
    """Put the files of a folder behind the forms that records name; 3 when some were refused."""
    setup()
    from motcua.procedures.search.building import store_missing
    from motcua.procedures.services.form_folder import as_text, hold_folder

    folder = Path(given.folder)
    if not folder.is_dir():
        raise CommandError(f"there is no folder {folder}.")
    _need_tables()
    report = hold_folder(folder, by=None, dry_run=given.dry_run)
    print(as_text(report))
    if report.held and not given.dry_run:
        store_missing()
    return SOME_BAD if report.refused else 0


class _Progress:
    """A line that counts, on a terminal; elsewhere nothing."""

    EACH = 0.2  # seconds

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream if stream.isatty() else None
        self.began = self.shown = time.monotonic()
        self.count = 0

    def watch(self, line: "Line") -> None:
        self.count += 1
        now = time.monotonic()
        if self.stream and now - self.shown >= self.EACH:
            self.shown = now
            name = Path(line.file).name
            self.stream.write(f"\r\x1b[K{name}: {line.number} lines, {self.count / (now - self.began):.0f} a second")
            self.stream.flush()

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.stream:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def _need_tables() -> None:
    from django.db import connection

    if "procedures_importrun" not in connection.introspection.table_names():
        raise CommandError("this database has no tables yet: start the portal once, or run `motcua manage migrate`.")


def _write_report(path: Path, report: object) -> None:
    from motcua.procedures.importing.reporting import Report, write_csv

    assert isinstance(report, Report)
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as stream:  # with its mark: spreadsheets look for it
            write_csv(report, stream)
    except OSError as trouble:
        raise CommandError(f"the report {path} can't be written: {trouble.strerror}.") from None


@contextmanager
def _written(path: str) -> Iterator[TextIO]:
    """The file to write, packed by the end of its name; "-" is standard output."""
    if path == "-":
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        yield sys.stdout
        return
    try:
        if path.endswith(".xz"):
            stream: TextIO = lzma.open(path, "wt", encoding="utf-8", preset=3)  # noqa: SIM115
        elif path.endswith(".gz"):
            stream = gzip.open(path, "wt", encoding="utf-8")  # noqa: SIM115
        else:
            stream = open(path, "w", encoding="utf-8")  # noqa: SIM115
    except OSError as trouble:
        raise CommandError(f"{path} can't be written: {trouble.strerror}.") from None
    with stream:
        yield stream
