"""Setting up, and finding a browser: what is tried in which order, and what is said when nothing helps."""

import collections
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tools import bootstrap, browser

Usage = collections.namedtuple("Usage", "total used free")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own, with nothing set up."""
    monkeypatch.setattr(bootstrap, "PROJECT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "motcua-stamp")
    return tmp_path


def test_a_full_disk_is_said_before_anything_is_installed(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda _: Usage(1, 1, 7 * 2**20))
    with pytest.raises(bootstrap.SetUpError, match="the disk is almost full: 7 MB are free"):
        bootstrap.set_up("run")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "the disk is full"),
        ("WARNING: Retrying\nERROR: No matching distribution found for Django", "is the network there?"),
    ],
)
def test_what_kept_pip_from_its_work_is_said(
    monkeypatch: pytest.MonkeyPatch, folder: Path, told: str, reason: str
) -> None:
    monkeypatch.setattr(
        bootstrap.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 1, stdout="", stderr=told)
    )
    with pytest.raises(bootstrap.SetUpError) as trouble:
        bootstrap.pip("install", what="the dependencies")
    assert reason in str(trouble.value)
    assert "WARNING" not in str(trouble.value)


@pytest.mark.parametrize("left", ["nothing", "no stamp", "moved", "without pip"])
def test_a_virtual_environment_that_is_not_whole_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, folder: Path, left: str
) -> None:
    if left != "nothing":
        (bootstrap.VENV / "bin").mkdir(parents=True)
        where = "/elsewhere" if left == "moved" else str(bootstrap.VENV)
        (bootstrap.VENV / "bin" / "activate").write_text(f"VIRTUAL_ENV={where}")
        (bootstrap.VENV / "rest").write_text("of an earlier start")
    if left in {"moved", "without pip"}:
        bootstrap.STAMP.write_text("x")
    made: list[Any] = []

    def run(words: list[Any], **_: Any) -> "subprocess.CompletedProcess[str]":
        made.append(words)
        return subprocess.CompletedProcess(words, 1 if "--version" in words else 0, stdout="", stderr="")

    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    bootstrap.create_venv()
    assert made[-1][1:3] == ["-m", "venv"]
    assert not (bootstrap.VENV / "rest").exists()


def test_one_that_is_whole_is_kept(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (bootstrap.VENV / "bin").mkdir(parents=True)
    (bootstrap.VENV / "bin" / "activate").write_text(f"VIRTUAL_ENV={bootstrap.VENV}")
    bootstrap.STAMP.write_text("x")
    (bootstrap.VENV / "kept").write_text("")
    done = subprocess.CompletedProcess([], 0, stdout="", stderr="")
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda *_, **__: done)
    bootstrap.create_venv()
    assert (bootstrap.VENV / "kept").exists()


def test_a_moved_folder_has_another_fingerprint(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    here = bootstrap.fingerprint("run")
    monkeypatch.setattr(bootstrap, "PROJECT", folder / "moved")
    assert bootstrap.fingerprint("run") != here


def candidates(*found: str | None) -> Iterator[tuple[str, str | None]]:
    for number, path in enumerate(found):
        yield f"source {number}", path


def test_the_first_browser_that_starts_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "candidates", lambda: candidates(None, "/broken", "/good", "/never"))
    monkeypatch.setattr(browser, "works", lambda path: path == "/good")
    assert browser.find() == "/good"


def test_when_none_can_be_had_all_that_was_tried_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "candidates", lambda: candidates(None, "/broken"))
    monkeypatch.setattr(browser, "works", lambda _: False)
    with pytest.raises(browser.NoBrowser, match=r"none could be had \(tried: source 0, source 1\)"):
        browser.find()


def test_a_shell_goes_before_a_browser_and_what_is_here_before_what_must_be_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fetched: list[str] = []

    def ask(name: str) -> Any:
        return lambda *, install: fetched.append(name) if install else None

    monkeypatch.delenv("MOTCUA_TEST_BROWSER", raising=False)
    monkeypatch.setattr(browser.platform, "system", lambda: "Linux")
    monkeypatch.setattr(browser.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(browser.shutil, "which", lambda _: None)
    monkeypatch.setattr(browser, "playwright_own", ask("Playwright"))
    monkeypatch.setattr(browser, "from_npm", ask("a shell"))
    monkeypatch.setattr(browser, "system_package", lambda: fetched.append("system"))
    sources = browser.candidates()
    for _ in (*browser.SHELLS, "fetched before"):
        next(sources)
    assert fetched == []
    for _ in ("a shell", *browser.NAMES, "Playwright's"):
        next(sources)
    assert fetched == ["a shell"]
    assert len(list(sources)) == 2
    assert fetched == ["a shell", "Playwright", "system"]


def test_what_cannot_be_fetched_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(browser, "PROJECT", tmp_path)
    monkeypatch.setattr(browser, "quietly", lambda *_, **__: False)
    assert browser.from_npm(install=True) is None
    assert [found.name for found in (tmp_path / "build" / "browser").iterdir()] == ["lock"]


def test_a_browser_that_is_named_is_the_only_one_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_TEST_BROWSER", "/nowhere/chromium")
    with pytest.raises(browser.NoBrowser, match=r"\(tried: MOTCUA_TEST_BROWSER\)"):
        browser.find()


def test_a_program_that_is_no_browser_does_not_work(tmp_path: Path) -> None:
    assert not browser.works(str(tmp_path / "nothing"))
    assert not browser.works(sys.executable)
