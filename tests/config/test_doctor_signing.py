"""What the doctor says of keys."""

from pathlib import Path
from typing import Any

import pytest

from motcua.config.cli.doctor import _signing
from motcua.documents.signatures.authority import Subject
from motcua.documents.signatures.keys import authority, shared, trusted_roots
from tests.cast import giang
from tests.factories import an_offering

pytestmark = pytest.mark.django_db


def test_names_the_files_that_are_missing(settings: Any, tmp_path: Path) -> None:
    an_offering()
    giang()
    assert _signing() == ("ok", "1 seals")
    settings.SIGNING, settings.KEYS_DIR = "folder", tmp_path
    mark, told = _signing()
    assert mark == "missing"
    assert "chu-ky.giang.vh.p12, con-dau.uy-ban-nhan-dan-phuong-hoa-sen.p12" in told
    for name in ("chu-ky.giang.vh.p12", "con-dau.uy-ban-nhan-dan-phuong-hoa-sen.p12"):
        (tmp_path / name).touch()
    assert _signing() == ("ok", "1 seals")
    settings.SIGNING = "none"
    assert _signing()[0] == "note"


def test_says_which_keys_others_may_read_or_replace(settings: Any, tmp_path: Path) -> None:
    an_offering()
    giang()
    settings.SIGNING, settings.KEYS_DIR = "folder", tmp_path / "keys"
    settings.KEYS_DIR.mkdir(mode=0o700)
    for name in ("chu-ky.giang.vh.p12", "con-dau.uy-ban-nhan-dan-phuong-hoa-sen.p12"):
        (settings.KEYS_DIR / name).touch(mode=0o644)
    assert _signing() == ("ok", "1 seals")  # nobody else comes into the folder
    settings.KEYS_DIR.chmod(0o755)
    mark, told = _signing()
    assert mark == "missing"
    assert "chu-ky.giang.vh.p12" in told
    (settings.KEYS_DIR / "chu-ky.giang.vh.p12").chmod(0o600)
    (settings.KEYS_DIR / "con-dau.uy-ban-nhan-dan-phuong-hoa-sen.p12").chmod(0o600)
    assert _signing() == ("ok", "1 seals")
    settings.KEYS_DIR.chmod(0o770)
    assert "keys/" in _signing()[1]


def test_two_agencies_of_the_same_plain_letters_are_told_of() -> None:
    names = ["Ủy ban nhân dân xã Tân Hòa", "Ủy ban nhân dân xã Tân Hóa", "Ủy ban nhân dân xã Tân Lập"]
    assert shared(names, []) == ["con-dau.uy-ban-nhan-dan-xa-tan-hoa.p12"]


@pytest.mark.parametrize("start", ["demo", "folder"])
def test_keys_made_on_the_spot_are_for_nobody_else(settings: Any, tmp_path: Path, start: str) -> None:
    settings.KEYS_DIR = tmp_path / "deep" / "keys"
    authority().file_of("chu-ky.giang.vh", Subject("Võ Hoàng Giang"))
    assert settings.KEYS_DIR.stat().st_mode & 0o777 == 0o700
    kept = [path for path in settings.KEYS_DIR.iterdir() if path.name != "lock"]
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
    settings.SIGNING, settings.TRUST_DIR = start, tmp_path
    assert bool(trusted_roots()) == (start == "demo")  # trusted by a local start, by nobody else
