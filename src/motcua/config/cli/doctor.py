"""`motcua doctor`: what is configured, what is missing, where things lie."""

import argparse
import shutil
import smtplib
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from motcua.config import env
from motcua.config.cli import setup
from motcua.config.embedded import Server, ServerError, find_binaries, major_version

Finding = tuple[str, str, str]  # mark, what, told


def doctor(given: argparse.Namespace) -> int:
    """Print a line for each thing that must be right; 1 if something is missing."""
    del given
    findings = list(_machine())
    try:
        setup()
        findings += list(_portal())
    except (env.ConfigurationError, Exception) as trouble:  # noqa: BLE001 (the doctor reports whatever is wrong)
        findings.append(("missing", "configuration", str(trouble)))
    for mark, what, told in findings:
        print(f"{mark:<8} {what:<20} {told}")
    return 1 if any(mark == "missing" for mark, _, _ in findings) else 0


def _machine() -> Iterator[Finding]:
    yield "ok", "python", sys.version.split()[0]
    try:
        binaries = find_binaries()
        yield "ok", "embedded server", f"PostgreSQL {major_version(binaries)} from {binaries}"
        from motcua.config.cli.local import run_dir

        server = Server(run_dir() / "postgres")
        yield "ok", "its data", str(server.data)
        yield "ok", "its socket", str(server.socket_dir)
    except ServerError as trouble:
        yield "note", "embedded server", str(trouble)


def _portal() -> Iterator[Finding]:
    for what, examine in EXAMINATIONS.items():
        try:
            mark, told = examine()
        except Exception as trouble:  # noqa: BLE001 (the doctor reports whatever is wrong)
            mark, told = "missing", f"{type(trouble).__name__}: {trouble}"
        yield mark, what, told.replace("\n", " ").strip()


def _address() -> tuple[str, str]:
    from django.conf import settings

    return ("ok" if settings.SECURE or settings.LOCAL else "missing"), settings.BASE_URL


def _database() -> tuple[str, str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        return "ok", str(cursor.fetchone()[0]).split(" on ")[0]


def _tables() -> tuple[str, str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return ("missing", f"{len(waiting)} migrations wait: motcua manage migrate") if waiting else ("ok", "up to date")


def _sample() -> tuple[str, str]:
    from motcua.sample.marker import is_sample

    return "ok", "this database is a sample" if is_sample() else "no sample"


def _files() -> tuple[str, str]:
    from django.conf import settings

    folder = Path(settings.DOCUMENTS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".doctor"
    probe.write_bytes(b"x")
    probe.unlink()
    return "ok", f"{folder}, {shutil.disk_usage(folder).free // 2**20} MB free"


def _static() -> tuple[str, str]:
    from django.conf import settings

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return ("ok", str(settings.STATIC_ROOT)) if manifest.exists() else ("missing", "motcua manage collectstatic")


def _fonts() -> tuple[str, str]:
    from motcua.documents.pdf import fonts_dir, missing_faces

    lacking = missing_faces()
    return ("missing", f"{fonts_dir()}: no {', '.join(lacking)}") if lacking else ("ok", str(fonts_dir()))


def _mail() -> tuple[str, str]:
    from django.conf import settings

    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=3) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as trouble:
        return "missing", f"{where} does not answer: {trouble}"
    return "ok", where


def _gateways() -> tuple[str, str]:
    from django.conf import settings

    if "demo" not in {settings.SMS_CHANNEL, settings.ZALO_CHANNEL}:
        return "ok", f"sms {settings.SMS_CHANNEL}, zalo {settings.ZALO_CHANNEL}"
    try:
        urllib.request.urlopen(settings.DEMO_PEERS_URL, timeout=3)  # noqa: S310 (an address of our own)
    except urllib.error.HTTPError:
        pass  # it answered
    except OSError as trouble:
        return "missing", f"demo gateways at {settings.DEMO_PEERS_URL} do not answer: {trouble}"
    return "ok", f"demo gateways at {settings.DEMO_PEERS_URL}"


def _jobs() -> tuple[str, str]:
    from motcua.config.jobs import jobs_health

    return "ok", str(jobs_health())


EXAMINATIONS: dict[str, Callable[[], tuple[str, str]]] = {
    "address": _address,
    "database": _database,
    "tables": _tables,
    "sample": _sample,
    "files": _files,
    "static files": _static,
    "fonts": _fonts,
    "mail": _mail,
    "gateways": _gateways,
    "jobs": _jobs,
}
