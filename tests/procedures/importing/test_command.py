"""`motcua procedures import` and `export`: files of all kinds, the report, the exit codes."""

import csv
import gzip
import io
import json
import lzma
import sys
from pathlib import Path
from typing import Any

import pytest

from motcua.config.cli import main
from motcua.procedures.importing import files
from motcua.procedures.importing.files import lines_of
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import in_force
from tests.procedures.importing.lines import full, paper, short, way


def text(*data: Any) -> bytes:
    return b"".join(json.dumps(item, ensure_ascii=False).encode() + b"\n" for item in data)


@pytest.mark.django_db
def test_files_of_all_kinds_go_in_and_bad_lines_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + text(full(1)) + b"\n{broken\n" + text(full(2)).rstrip(b"\n"))
    (tmp_path / "b.jsonl.xz").write_bytes(lzma.compress(text(short(3))))
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(text(full(4, components=[paper("=Đơn", originals=0)]))))
    report = tmp_path / "r.csv"
    names = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl.xz", "c.jsonl.gz")]
    assert main(["procedures", "import", *names, "--report", str(report)]) == 3
    said = capsys.readouterr().out
    assert "Đã nhập: 5 dòng." in said
    assert "4  công bố lần đầu" in said
    assert f"{names[0]}:3: không phải JSON" in said
    rows = list(csv.DictReader(io.StringIO(report.read_text(encoding="utf-8-sig"))))
    assert [(row["dong"], row["ket_qua"], row["ma"]) for row in rows] == [("3", "loi", ""), ("1", "moi", "9.000004")]
    assert rows[1]["nguon_viet"].startswith("'=Đơn")  # no formula in a spreadsheet
    assert set(in_force().values_list("procedure__code", flat=True)) == {f"9.00000{n}" for n in range(1, 5)}


@pytest.mark.django_db
def test_standard_input_and_a_dry_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text(full(1)))))
    assert main(["procedures", "import", "-", "--dry-run"]) == 0
    captured = capsys.readouterr()
    assert "Nếu nhập thật, sẽ là: 1 dòng." in captured.out
    assert captured.err == ""  # no progress where nobody watches
    assert not ProcedureVersion.objects.exists()


@pytest.mark.django_db
def test_an_export_is_taken_in_again_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.jsonl").write_bytes(text(full(1, methods=[way(fee_text=None, fees=None)]), full(2, code=None)))
    assert main(["procedures", "import", str(tmp_path / "in.jsonl")]) == 0
    assert main(["procedures", "export"]) == 0
    assert [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines() if line[0] == "{"] == ["9.000001"]
    for name in ("out.jsonl", "out.jsonl.xz", "out.jsonl.gz"):
        assert main(["procedures", "export", "--all", "--output", str(tmp_path / name)]) == 0
        assert main(["procedures", "import", str(tmp_path / name)]) == 0
        assert "2  không thay đổi" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_file_that_is_not_there_stops_it_before_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_bytes(text(full(1)))
    assert main(["procedures", "import", str(tmp_path / "a.jsonl"), str(tmp_path / "none.jsonl")]) == 1
    assert "there is no file" in capsys.readouterr().err
    assert not ProcedureVersion.objects.exists()


def test_a_line_that_is_too_long_or_holds_a_nul_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST_LINE", 100)
    (tmp_path / "a.jsonl").write_bytes(b"x" * 350 + b"\n" + b'{"a":\x00}\n' + b'{"name": "ngan"}\n' + b"y" * 101)
    found = list(lines_of([str(tmp_path / "a.jsonl")]))
    assert [(line.number, bool(line.trouble)) for line in found] == [(1, True), (2, True), (3, False), (4, True)]
    assert "NUL" in found[1].trouble


def test_a_packed_file_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    whole = gzip.compress(text(*(full(number) for number in range(1, 200))))
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "no.jsonl.xz").write_bytes(b"this is no xz")
    found = list(lines_of([str(tmp_path / "cut.jsonl.gz"), str(tmp_path / "no.jsonl.xz")]))
    assert len(found) > 2
    assert ["hỏng" in line.trouble for line in found[-2:]] == [True, True]
    assert not any(line.trouble for line in found[:-2])
