"""`make run`: wrong ports, busy ports, a full disk, a second start."""

import collections
import json
import socket
from pathlib import Path

import pytest

from motcua.config.cli import CommandError, local
from motcua.config.ports import free_port


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_wrong_port_is_named(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match="is not a port"):
        local.chosen_port()


def test_a_busy_port_is_said_with_another_to_try(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(CommandError, match=f"port {port} is in use .* PORT={port + 1}"):
            local.chosen_port()


def test_a_full_disk_is_said_before_anything_breaks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usage = collections.namedtuple("usage", "total used free")
    monkeypatch.setattr(local.shutil, "disk_usage", lambda _: usage(100, 100, 5 * 2**20))
    with pytest.raises(CommandError, match="the disk is almost full: 5 MB"):
        local.check_space(tmp_path)


def test_a_second_start_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with local.only_one(tmp_path), pytest.raises(local.AlreadyRunning), local.only_one(tmp_path):
        pass
    with local.only_one(tmp_path):  # the lock falls with its holder
        pass


def test_a_portal_whose_name_is_kept_in_tables_gets_its_port_again(tmp_path: Path) -> None:
    name = "MOTCUA_NATIONAL_ISSUER"
    port = local.steady_port(tmp_path, name)  # nothing is known yet
    (tmp_path / "started.json").write_text(json.dumps({name: f"http://127.0.0.1:{port}"}))
    assert local.steady_port(tmp_path, name) == port
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert local.steady_port(tmp_path, name) != port


def test_a_port_is_given_out_once_and_is_none_of_those_for_outgoing_connections() -> None:
    given = [free_port() for _ in range(200)]
    assert len(set(given)) == len(given)
    assert max(given) < 32_768
