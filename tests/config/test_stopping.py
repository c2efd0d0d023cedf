"""A local start ends whole, however it is ended."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from motcua.config.cli import CommandError, local
from motcua.config.cli.children import Processes, terminal_watch

# Stands for `motcua run`: a child, a database's process, and the wait for the end.
STAND_IN = """
import subprocess, sys
from pathlib import Path
from motcua.config.cli import CommandError, children
children.stop_in_order()
children.program = lambda name: sys.executable
with children.Processes({}) as processes:
    grandchild = "import subprocess, time; subprocess.Popen(['sleep', '77']); time.sleep(77)"
    processes.start("child", "python", "-c", grandchild)
    print("ready", flush=True)
    try:
        processes.wait()
    except CommandError as trouble:
        print(trouble, flush=True)
"""


@pytest.fixture
def started() -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", STAND_IN], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def family(process: "subprocess.Popen[str]", least: int) -> list[psutil.Process]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = psutil.Process(process.pid).children(recursive=True)
        if len(found) >= least:
            return found
        time.sleep(0.05)
    raise AssertionError("the children did not start")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_and_says_so(started: "subprocess.Popen[str]", number: signal.Signals) -> None:
    children = family(started, 2)
    started.send_signal(number)
    started.send_signal(number)  # impatience doesn't break it off
    said, _ = started.communicate(timeout=60)
    assert "Stopping" in said
    _, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_a_killed_start_takes_its_children_along(started: "subprocess.Popen[str]") -> None:
    child, *_ = psutil.Process(started.pid).children()
    started.kill()
    started.wait()
    _, alive = psutil.wait_procs([child], timeout=30)
    assert alive == []
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)  # what the child itself had started


def test_one_childs_end_is_the_end_of_all_and_named(started: "subprocess.Popen[str]") -> None:
    children = family(started, 2)
    children[0].kill()
    said, _ = started.communicate(timeout=60)
    assert "child has ended by itself; everything else was stopped." in said
    _, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []


def test_somebody_elses_process_is_watched_but_not_stopped() -> None:
    other = subprocess.Popen(["sleep", "0.2"])
    with Processes(dict(os.environ)) as processes:
        processes.watched.append(("the database", other))
        with pytest.raises(CommandError, match="the database has ended by itself"):
            processes.wait()


def test_a_start_leaves_word_of_its_ports_for_itself_alone(tmp_path: Path) -> None:
    environment = dict.fromkeys(local.REMEMBERED, "x") | {"SECRET": "not kept"}
    local.remember(tmp_path, environment)
    assert local.remembered(tmp_path) == dict.fromkeys(local.REMEMBERED, "x")
    assert (tmp_path / "started.json").stat().st_mode & 0o077 == 0


def test_where_no_word_was_left_yet_it_says_to_try_again(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Try again in a moment"):
        local.remembered(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MOTCUA_RUN_DIR", str(tmp_path / "file" / "run"))
    with pytest.raises(CommandError, match=r"can't be written .* MOTCUA_RUN_DIR names another"):
        local.run_dir()


@pytest.mark.parametrize("closed", [True, False])
def test_a_closed_terminal_is_noticed(monkeypatch: pytest.MonkeyPatch, closed: bool) -> None:
    ours, theirs = os.openpty()
    monkeypatch.setattr(os, "isatty", lambda number: number == 0)
    kept = os.dup(0)
    os.dup2(theirs, 0)
    try:
        gone = terminal_watch()
        if closed:
            os.close(ours)
        assert gone() is closed
    finally:
        os.dup2(kept, 0)
        os.close(theirs)
        if not closed:
            os.close(ours)
