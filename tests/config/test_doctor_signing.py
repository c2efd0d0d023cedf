"""What the doctor says of keys."""

from pathlib import Path
from typing import Any

import pytest

from motcua.config.cli.doctor import _signing
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
