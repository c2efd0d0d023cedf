"""`motcua doctor`: what is configured, what is missing, where things lie."""

import argparse
import os
import shutil
import smtplib
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from motcua.config import env
from motcua.config.binaries import OLDEST
from motcua.config.cli import CommandError, setup
from motcua.config.embedded import Server, ServerError, find_binaries, major_version

Finding = tuple[str, str, str]  # mark, what, told
NEEDED = ("DATABASE_URL", "MOTCUA_SECRET_KEY", "MOTCUA_BASE_URL")  # nothing starts without them
IN_DATABASE = (
    "tables",
    "sample",
    "stored files",
    "catalogue",
    "signing",
    "jobs",
    "messages",
    "money",
)  # can't be looked at without one
LEAST_FREE_MB = 500
LOOKED_AT = 200  # files of the store
OF_ONES_OWN = (
    "MOTCUA_PORTAL_NAME", "MOTCUA_PORTAL_PLACE", "MOTCUA_PORTAL_OWNER", "MOTCUA_PORTAL_ADDRESS",
    "MOTCUA_PORTAL_PHONE", "MOTCUA_PORTAL_HOURS", "MOTCUA_PORTAL_EMAIL", "MOTCUA_MAIL_FROM",
)  # fmt: skip


def doctor(given: argparse.Namespace) -> int:
    """Print a line for each thing that must be right; 1 if something is missing."""
    del given
    findings = list(_machine())
    absent = [] if os.environ.get("MOTCUA_LOCAL", "") == "1" else list(NEEDED)
    absent = [name for name in absent or NEEDED[:1] if not os.environ.get(name, "").strip()]
    findings += [("missing", "configuration", f"{name} is not set") for name in absent]
    if not absent:
        try:
            setup()
        except Exception as trouble:  # noqa: BLE001 (the doctor reports whatever is wrong)
            named = isinstance(trouble, env.ConfigurationError)
            told = str(trouble) if named else f"{type(trouble).__name__}: {trouble}"
            findings.append(("missing", "configuration", told))
        else:
            findings += list(_portal())
    if absent:
        told = "docs/operator/configuration.md lists every variable; for what `make run` uses: motcua local doctor"
        findings.append(("note", "what to do", told))
    for mark, what, told in findings:
        print(f"{mark:<8} {what:<16} {' '.join(told.split())}")
    return 1 if any(mark == "missing" for mark, _, _ in findings) else 0


def _machine() -> Iterator[Finding]:
    yield "ok", "python", sys.version.split()[0]
    try:
        binaries = find_binaries()
        yield "ok", "embedded server", f"PostgreSQL {major_version(binaries)} from {binaries}"
        from motcua.config.cli.local import run_dir

        server = Server(run_dir() / "postgres")
        made = (server.data / "PG_VERSION").exists()
        yield "ok", "its data", str(server.data) if made else "none yet"
        yield "ok", "its socket", str(server.socket_dir)
    except (ServerError, CommandError, OSError) as trouble:
        yield "note", "embedded server", str(trouble)


def _portal() -> Iterator[Finding]:
    reachable = True
    for what, examine in EXAMINATIONS.items():
        if what in IN_DATABASE and not reachable:
            yield "note", what, "not looked at: there is no database"
            continue
        try:
            mark, told = examine()
        except Exception as trouble:  # noqa: BLE001 (the doctor reports whatever is wrong)
            mark, told = "missing", f"{type(trouble).__name__}: {trouble}"
        reachable = reachable and not (what == "database" and mark == "missing")
        yield mark, what, told


def _address() -> tuple[str, str]:
    from django.conf import settings
    from django.http.request import validate_host

    host = urlsplit(settings.BASE_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return "missing", f"{settings.BASE_URL}, but MOTCUA_HOSTS doesn't name {host}: it would answer nobody there"
    if settings.SECURE or settings.LOCAL:
        return "ok", settings.BASE_URL
    return "missing", f"{settings.BASE_URL} is not https"


def _owner() -> tuple[str, str]:
    from django.conf import settings

    told = f"{settings.PORTAL['owner']}, {settings.PORTAL['phone']}, mail from {settings.DEFAULT_FROM_EMAIL}"
    made_up = [name for name in OF_ONES_OWN if not os.environ.get(name, "").strip()]
    if made_up and not settings.LOCAL:
        return "missing", f"people would read the sample's words: {', '.join(made_up)}"
    return "ok", told


def _database() -> tuple[str, str]:
    import psycopg
    from django.conf import settings

    from motcua.config.jobs import direct_address

    given = settings.DATABASES["default"]
    with psycopg.connect(direct_address(), connect_timeout=3) as connection:
        version = connection.info.server_version // 10000
    if version < OLDEST:
        return "missing", f"PostgreSQL {version}; {OLDEST} or newer is needed"
    return "ok", f"PostgreSQL {version}, {given['NAME']} at {given['HOST'] or 'the local socket'}"


def _tables() -> tuple[str, str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from motcua.config.cli.preparing import newer_migrations

    if newer := newer_migrations():
        return "missing", f"the database is newer than this program: {', '.join(newer)}"
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
    free = shutil.disk_usage(folder).free // 2**20
    return ("ok" if free >= LEAST_FREE_MB else "missing"), f"{folder}, {free} MB free"


def _stored_files() -> tuple[str, str]:
    from motcua.documents import store
    from motcua.documents.models import Blob

    # The last ones: those that a backup of the folder taken before the database's lacks.
    last = Blob.objects.order_by("-created_at").values_list("pk", flat=True)[:LOOKED_AT]
    lost = [sha256 for sha256 in last if not store.storage().exists(store.path_of(sha256))]
    if lost:
        return "missing", f"{len(lost)} of the last {len(last)} are lost: motcua documents verify"
    return "ok", f"{Blob.objects.count()}, the last {len(last)} are there"


def _catalogue() -> tuple[str, str]:
    from motcua.procedures.models import HeldForm
    from motcua.procedures.queries import in_force
    from motcua.procedures.queries.queue import totals
    from motcua.procedures.search import building

    forms = HeldForm.objects.filter(version__in=in_force()).count()
    told = f"{in_force().count()} records in force with {forms} forms, {totals()['queue']} wait for an editor"
    moment = building.present()
    if moment.token is None or building.is_small() or building.is_stored(moment):
        return "ok", told
    return "note", f"{told}; the search still knows those before: a worker builds its index"


def _static() -> tuple[str, str]:
    from django.conf import settings

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return ("ok", str(settings.STATIC_ROOT)) if manifest.exists() else ("missing", "motcua manage collectstatic")


def _fonts() -> tuple[str, str]:
    from motcua.documents.pdf import fonts_dir, missing_faces

    lacking = missing_faces()
    return ("missing", f"{fonts_dir()}: no {', '.join(lacking)}") if lacking else ("ok", str(fonts_dir()))


def _signing() -> tuple[str, str]:
    from django.conf import settings

    from motcua.agencies.models import Post, Role
    from motcua.documents.signatures import keys
    from motcua.offerings.queries import in_force

    if not keys.signs():
        return "note", "nothing is signed (MOTCUA_SIGNING)"
    agencies = {version.offering.agency for version in in_force()}
    leaders = Post.objects.filter(until=None, unit__agency__in=agencies, roles__contains=[Role.LEADER])
    names, signers = [agency.name for agency in agencies], [post.user for post in leaders.select_related("user")]
    if absent := keys.absent(names, signers):
        return "missing", f"{settings.KEYS_DIR}: no {', '.join(absent)}"
    if shared := keys.shared(names, signers):
        return "missing", f"{settings.KEYS_DIR}: two would sign with {', '.join(shared)}"
    if loose := keys.open_to_others():
        return "missing", f"{settings.KEYS_DIR}: others on this machine may read or replace {', '.join(loose)}"
    return "ok", f"{len(agencies)} seals"


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

    if settings.SMS_CHANNEL != "demo":
        return "ok", f"sms {settings.SMS_CHANNEL}"
    try:
        urllib.request.urlopen(settings.DEMO_PEERS_URL, timeout=3)  # noqa: S310 (an address of our own)
    except urllib.error.HTTPError:
        pass  # it answered
    except OSError as trouble:
        return "missing", f"demo gateways at {settings.DEMO_PEERS_URL} do not answer: {trouble}"
    return "ok", f"demo gateways at {settings.DEMO_PEERS_URL}"


def _zalo() -> tuple[str, str]:
    from django.conf import settings

    from motcua.notifications.queries import zalo_trouble

    if settings.ZALO_CHANNEL == "none":
        return "ok", "not connected (MOTCUA_ZALO_CHANNEL)"
    if trouble := zalo_trouble():
        return "missing", f"its keys could not be renewed: {trouble}"
    return "ok", f"{settings.ZALO['oa_name']} ({settings.ZALO['url'] or 'zalo.me'})"


def _money() -> tuple[str, str]:
    from django.conf import settings

    from motcua.agencies.models import Agency
    from motcua.payments.models import Payee
    from motcua.payments.services import online_ready

    online = f"online by VNPAY ({settings.VNPAY_URL})" if online_ready() else "not online (MOTCUA_VNPAY_URL)"
    without = Agency.objects.filter(offerings__isnull=False).exclude(pk__in=Payee.objects.values("agency")).distinct()
    lacking = ", ".join(without.order_by("code").values_list("code", flat=True)[:10])
    return "note" if lacking else "ok", f"{online}; agencies without an account: {lacking or 'none'}"


def _post() -> tuple[str, str]:
    from django.conf import settings

    from motcua.delivery.queries import post_ready, post_troubles

    if not post_ready():
        return "note", "not connected (MOTCUA_POST_URL)"
    found = post_troubles()
    told = ", ".join(f"{words}: {count}" for words, count in found.items())
    return ("note" if any(found.values()) else "ok"), f"{settings.POST_URL}; {told}"


def _national() -> tuple[str, str]:
    from motcua.accounts.national import provider
    from motcua.accounts.national.errors import NationalTrouble

    if not provider.is_connected():
        return "note", "not connected"
    provider.forget()
    try:
        known = provider.provider()
        count = len(provider.signing_keys(known).keys)
    except NationalTrouble:
        return "missing", f"{provider.issuer()} does not answer as an OpenID provider"
    return "ok", f"{known.issuer}, {count} keys"


def _jobs() -> tuple[str, str]:
    from motcua.config.jobs import jobs_health

    health = jobs_health()
    return ("ok" if health.ok else "missing"), str(health)


def _messages() -> tuple[str, str]:
    from motcua.notifications.queries import counts

    found = counts()
    told = ", ".join(f"{state}: {count}" for state, count in found.items())
    return ("note" if found["failed"] else "ok"), told


EXAMINATIONS: dict[str, Callable[[], tuple[str, str]]] = {
    "address": _address,
    "owner": _owner,
    "database": _database,
    "tables": _tables,
    "sample": _sample,
    "files": _files,
    "stored files": _stored_files,
    "catalogue": _catalogue,
    "static files": _static,
    "fonts": _fonts,
    "signing": _signing,
    "mail": _mail,
    "gateways": _gateways,
    "zalo": _zalo,
    "National portal": _national,
    "money": _money,
    "post": _post,
    "jobs": _jobs,
    "messages": _messages,
}
