"""What every test has: its own files, the shared cache's table, `run_jobs`."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

from motcua.content.services.visits import forget_waiting
from motcua.sample.marker import forget
from tests.e2e.browser import bare_page, chromium, other_page, page, phone
from tests.e2e.portal import desk_page, plain_visitor, portal, visitor
from tests.jobs import run_jobs

# Here and nowhere else: a fixture imported twice is two fixtures, and two browsers in one process don't get along.
__all__ = ["bare_page", "chromium", "other_page", "page", "phone", "run_jobs"]
__all__ += ["desk_page", "plain_visitor", "portal", "visitor"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with walks in a browser take longest: when they begin first, both cores are busy to the end."""
    walks = {item.path for item in items if item.get_closest_marker("e2e")}
    items.sort(key=lambda item: item.path not in walks)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: nobody looks through it for garbage again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _flush_leaves_nothing() -> Iterator[None]:
    """A transactional test ends with all tables of Django's models empty, and those of jobs and of the shared cache.

    Tests leave few rows: to delete these costs a tenth of a TRUNCATE of a hundred tables. The role of a replica asks no
    foreign key and no trigger, the audit's (migration 0002) neither; the server of a test run is our own. What
    `migrate` has made of the models themselves is the same for every test, and stays.
    """
    kept = {"django_content_type", "auth_permission"}
    more = [
        "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_jobs", "procrastinate_workers",
        "motcua_cache",
    ]  # fmt: skip

    def flush(self: DatabaseOperations, style: object, tables: list[str], **options: object) -> list[str]:
        filled = _filled([*more, *(table for table in tables if table not in kept)])
        return ["SET LOCAL session_replication_role = 'replica';", *(f'DELETE FROM "{table}";' for table in filled)]

    with (
        patch.object(DatabaseOperations, "sql_flush", flush),
        patch("django.core.management.commands.flush.emit_post_migrate_signal"),
    ):
        yield


def _filled(tables: list[str]) -> list[str]:
    """Those that hold a row."""
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [str(row[0]) for row in cursor.fetchall()]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Django's test database, with the table of the shared cache."""
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, tmp_path: Path) -> None:
    """Uploads of a test go to a folder of its own; static files are served as they lie, unhashed."""
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        "documents": {
            "BACKEND": "motcua.documents.storage.LocalStorage",
            "OPTIONS": {"location": str(settings.DOCUMENTS_DIR)},
        },
    }


@pytest.fixture(autouse=True)
def keys_of_tests(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """All tests of a process share the demo authority: keys are made once."""
    folder = tmp_path_factory.getbasetemp() / "signing"
    settings.SIGNING, settings.KEYS_DIR, settings.TRUST_DIR = "demo", folder / "keys", folder / "trust"


@pytest.fixture(autouse=True)
def no_sample_remembered() -> Iterator[None]:
    """Whether this is a sample is asked of each test's own database."""
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def nothing_remembered(settings: Any) -> None:
    """Notices and visit figures are asked of the database each time, visits are written at once."""
    settings.CONTENT_SECONDS = 0
    forget_waiting()


@pytest.fixture(autouse=True)
def cheap_passwords(settings: Any) -> None:
    """A password is hashed in no time: the real hash is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
