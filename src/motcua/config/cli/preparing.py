"""What a local start does before the portal opens: tables, static files, the sample ward, and a word of welcome."""

import hashlib
import io
import json
from pathlib import Path

from django.conf import settings

from motcua.config.cli import CommandError


def prepare() -> None:
    """Bring tables, static files and sample up to date; each step does nothing when there is nothing to do."""
    from django.core.management import call_command
    from django.db import connections

    from motcua.sample import loading

    call_command("check", stdout=io.StringIO())
    refuse_newer_tables()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    _collect_static()
    if not loading.holds_data():
        print("Loading the sample ward …", flush=True)
        loading.load()
    connections.close_all()


def refuse_newer_tables() -> None:
    """Tables that a newer Một Cửa has made are left alone.

    Raises:
        CommandError: the database knows migrations of ours that this code doesn't.
    """
    if unknown := newer_migrations():
        raise CommandError(
            f"the tables were made by a newer Một Cửa ({', '.join(unknown)}). Take that version again; or move the "
            f"folder {settings.RUN_DIR} away to start with a new sample."
        )


def newer_migrations() -> list[str]:
    """Migrations of ours that the database knows and this code doesn't, such as "dossiers.0031_parcels"."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {name for name, _ in loader.disk_migrations}
    return sorted(
        f"{app}.{name}"
        for app, name in set(loader.applied_migrations) - set(loader.disk_migrations)
        if app in ours and (app, name) not in loader.replacements
    )


def _collect_static() -> None:
    """Collecting and compressing takes seconds; skip it while nothing changed."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / "stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and _static_is_whole():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def _static_is_whole() -> bool:
    root = Path(settings.STATIC_ROOT)
    try:
        names = json.loads((root / "staticfiles.json").read_text())["paths"].values()
    except (OSError, ValueError, KeyError):
        return False
    return all((root / name).exists() for name in names)


def welcome() -> str:
    """Where to click, who can log in, what to try first."""
    from motcua.sample import people

    base = settings.BASE_URL
    officers = "\n".join(
        f"    {officer['handle']:<12} {people.password_of(officer)}   {officer['full_name']}, {officer['title']}"
        for officer in people.officers()
    )
    citizens = "\n".join(
        f"    {citizen['personal_number']} {people.password_of(citizen)}   {citizen['full_name']}"
        for citizen in people.citizens()
    )
    return f"""
Một Cửa is open at {base}  (sample ward: {people.ward_name()})

  People, at {base}/tai-khoan/dang-nhap/
{citizens}
  Officers, at {base}/can-bo/dang-nhap/
{officers}
  The demo National portal, at {settings.NATIONAL["issuer"]}/nguoi: who can log in through it
  The demo post, at {settings.POST_URL.removesuffix("/api")}/: what the postman does with each parcel
  Every message sent, and the codes that officers' authenticators show: {base}/ban-mau/

  Try first: log in as the first person, find “khai sinh”, press “Nộp hồ sơ”;
             then take the dossier in as {people.officers()[0]["handle"]}.
  Ctrl-C stops everything.
"""
