"""What the `motcua` command says: the doctor, the audit's chain, tables of a newer version."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from motcua.audit import services as audit
from motcua.config import jobs
from motcua.config.cli import CommandError, doctor, main, preparing
from motcua.config.jobs import JobsHealth
from motcua.documents import store
from motcua.documents.services import store_generated
from motcua.procedures.services.stamp import move_stamp
from tests.documents.files import pdf
from tests.factories import a_procedure_version


def test_the_doctor_names_each_missing_variable_in_a_line_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("MOTCUA_LOCAL", *doctor.NEEDED):
        monkeypatch.delenv(name, raising=False)
    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    for name in doctor.NEEDED:
        assert sum(line.startswith("missing") and f"{name} is not set" in line for line in lines) == 1


def test_the_doctor_names_a_wrong_value(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> None:
        from motcua.config.env import number

        number("MOTCUA_DB_POOL", 4)

    monkeypatch.setenv("MOTCUA_DB_POOL", "many")
    monkeypatch.setattr(doctor, "setup", broken)
    assert main(["doctor"]) == 1
    assert "MOTCUA_DB_POOL must be a whole number, not 'many'." in capsys.readouterr().out


@pytest.mark.django_db
def test_the_doctor_looks_at_everything(capsys: pytest.CaptureFixture[str]) -> None:
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    assert main(["doctor"]) == 1  # no worker runs
    said = capsys.readouterr().out
    for what in doctor.EXAMINATIONS:
        assert f" {what} " in said
    assert "workers at work: 0" in said


@pytest.mark.parametrize(
    ("hosts", "mark"), [([], "missing"), (["elsewhere.example"], "missing"), ([".portal.example"], "ok")]
)
def test_the_portal_answers_at_the_address_that_its_letters_name(settings: Any, hosts: list[str], mark: str) -> None:
    settings.ALLOWED_HOSTS, settings.BASE_URL = hosts, "https://dichvucong.portal.example"
    assert doctor._address()[0] == mark


def test_without_a_database_the_doctor_does_not_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> tuple[str, str]:
        raise OSError("connection refused")

    monkeypatch.setattr(doctor, "EXAMINATIONS", {"database": gone, "jobs": gone, "files": lambda: ("ok", "/x")})
    assert [(mark, what) for mark, what, _ in doctor._portal()] == [
        ("missing", "database"), ("note", "jobs"), ("ok", "files"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("health", "mark"),
    [
        (JobsHealth(1, 0, 0, 0, 0, 0, {}), "ok"),
        (JobsHealth(0, 0, 0, 0, 0, 0, {}), "missing"),
        (JobsHealth(1, 3, 900, 0, 0, 0, {}), "missing"),
        (JobsHealth(1, 0, 0, 0, 0, 0, {"audit.seal": 2}), "missing"),
    ],
)
def test_the_doctor_judges_the_jobs(monkeypatch: pytest.MonkeyPatch, health: JobsHealth, mark: str) -> None:
    monkeypatch.setattr("motcua.config.jobs.jobs_health", lambda: health)
    assert doctor._jobs()[0] == mark


@pytest.mark.django_db
def test_the_doctor_misses_files_that_a_restore_has_lost(capsys: pytest.CaptureFixture[str]) -> None:
    whole, lost, bent = (store_generated(pdf(pages), name="a.pdf").blob for pages in (1, 2, 3))
    assert doctor._stored_files() == ("ok", "3, the last 3 are there")
    assert main(["documents", "verify"]) == 0
    store.storage().delete(store.path_of(lost.sha256))
    Path(store.storage().path(store.path_of(bent.sha256))).write_bytes(b"something else")
    assert doctor._stored_files()[0] == "missing"
    capsys.readouterr()
    assert main(["documents", "verify", "--quick"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"missing  {lost.sha256}", "3 files; missing: 1, changed: not read",
    ]  # fmt: skip
    assert main(["documents", "verify"]) == 1
    said = capsys.readouterr().out
    assert said.endswith("3 files; missing: 1, changed: 1\n")
    assert f"changed  {bent.sha256}" in said
    assert whole.sha256 not in said


@pytest.mark.django_db
def test_the_doctor_counts_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    a_procedure_version()
    assert doctor._catalogue() == ("ok", "1 records in force with 0 forms, 0 wait for an editor")
    move_stamp()
    monkeypatch.setattr("motcua.procedures.search.building.is_small", lambda: False)
    assert doctor._catalogue()[0] == "note"


def test_the_doctor_finds_the_samples_words_where_people_would_read_them(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    for name in doctor.OF_ONES_OWN:
        monkeypatch.setenv(name, "x")
    monkeypatch.delenv("MOTCUA_PORTAL_PHONE")
    assert doctor._owner()[0] == "ok"  # on one's own machine
    settings.LOCAL = False
    assert doctor._owner() == ("missing", "people would read the sample's words: MOTCUA_PORTAL_PHONE")


@pytest.mark.django_db
def test_the_chain_is_verified_with_a_noted_seal(capsys: pytest.CaptureFixture[str]) -> None:
    audit.record("account.opened", subject_kind="account", subject_ref="1", actor=None)
    audit.seal_pending()
    head = audit.verify().head
    assert main(["audit", "verify"]) == 0
    assert head in capsys.readouterr().out
    assert main(["audit", "verify", head.upper()]) == 0
    assert main(["audit", "verify", "0" * 63 + "1"]) == 1
    assert "not in the chain" in capsys.readouterr().out
    assert main(["audit", "verify", "abc"]) == 1
    assert "64 characters" in capsys.readouterr().err


@pytest.mark.django_db
def test_tables_of_a_newer_version_are_left_alone() -> None:
    preparing.refuse_newer_tables()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('dossiers', '0999_later', now())")
    assert doctor._tables() == ("missing", "the database is newer than this program: dossiers.0999_later")
    with pytest.raises(CommandError, match=r"newer Một Cửa \(dossiers.0999_later\)"):
        preparing.refuse_newer_tables()


@pytest.mark.django_db
def test_a_database_that_is_no_sample_is_never_reset(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "reset"]) == 1
    assert "not marked as a sample; nothing was touched" in capsys.readouterr().err


def test_a_word_alone_prints_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "doctor" in capsys.readouterr().out


def test_a_worker_without_a_database_leaves_at_once_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class LeftError(Exception):
        pass

    def leave(code: int) -> None:
        raise LeftError(code)

    monkeypatch.setattr(jobs, "direct_address", lambda: "host=/nowhere")
    monkeypatch.setattr("os._exit", leave)
    with ThreadPoolExecutor(1) as thread, pytest.raises(LeftError):  # browser tests keep a loop in this one
        thread.submit(lambda: asyncio.run(asyncio.wait_for(jobs._leave_without_database(), 5))).result()


def test_static_files_that_somebody_took_away_are_missed(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    assert not preparing._static_is_whole()
    (tmp_path / "staticfiles.json").write_text('{"paths": {"logo.svg": "logo.1234.svg"}}')
    assert not preparing._static_is_whole()
    (tmp_path / "logo.1234.svg").write_text("<svg/>")
    assert preparing._static_is_whole()
