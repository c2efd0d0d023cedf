"""`motcua procedures forms FOLDER`: each file goes behind the one form that is meant, the others are told."""

from pathlib import Path

import pytest

from motcua.config.cli import main
from motcua.documents.models import Document
from motcua.procedures.models import HeldForm
from motcua.procedures.queries import in_force
from motcua.procedures.services.importing import import_lines
from tests.documents.office_files import docx
from tests.procedures.catalogue import publish_lists
from tests.procedures.importing.lines import as_lines, full, paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish_lists()
    lines = [
        full(1, components=[paper("Đơn", form_name="Mẫu số 01.docx")], forms=[]),
        full(2, components=[paper("Đơn", form_name="Mẫu số 01.docx")], forms=["Tờ khai riêng.doc"]),
    ]
    import_lines(as_lines(*lines), by=None)
    (tmp_path / "9.000001").mkdir()
    return tmp_path


def held() -> set[tuple[str, str]]:
    rows = HeldForm.objects.filter(version__in=in_force().values("pk").order_by())
    return set(rows.values_list("version__procedure__code", "name"))


def test_files_find_their_forms(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "9.000001" / "Mau so 01.docx").write_bytes(docx("của thủ tục 1"))
    (folder / "9.000001" / "thừa.docx").write_bytes(docx())
    (folder / "Tờ khai riêng.docx").write_bytes(docx("riêng"))
    (folder / "Mẫu số 01.docx").write_bytes(docx("của ai?"))
    (folder / ".DS_Store").write_bytes(b"x")
    assert main(["procedures", "forms", str(folder)]) == 0
    said = capsys.readouterr().out
    assert held() == {("9.000001", "Mẫu số 01.docx"), ("9.000002", "Tờ khai riêng.doc")}
    assert "Đã thêm tệp cho 2 mẫu của 2 thủ tục." in said
    assert "Mẫu số 01.docx: 2 thủ tục" in said
    assert "9.000001/thừa.docx" in said
    assert in_force().get(procedure__code="9.000001").forms_held
    assert not in_force().get(procedure__code="9.000002").forms_held
    numbers = set(in_force().values_list("procedure__code", "number"))
    assert main(["procedures", "forms", str(folder)]) == 0
    assert "Đã có từ trước: 2" in capsys.readouterr().out
    assert set(in_force().values_list("procedure__code", "number")) == numbers


def test_what_is_refused_is_told_and_the_others_go_in(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "9.000001" / "Mẫu số 01.docx").write_bytes(docx(**{"word__vbaProject.bin": ""}))
    (folder / "Tờ khai riêng.docx").write_bytes(docx("riêng"))
    assert main(["procedures", "forms", str(folder)]) == 3
    assert held() == {("9.000002", "Tờ khai riêng.doc")}
    assert "có macro" in capsys.readouterr().out


def test_a_link_publishes_nothing_from_elsewhere_on_the_machine(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path_factory.mktemp("khac")
    (elsewhere / "Mẫu số 01.docx").write_bytes(docx("của máy này"))
    (folder / "Tờ khai riêng.docx").symlink_to(elsewhere / "Mẫu số 01.docx")
    (folder / "9.000002").symlink_to(elsewhere)
    assert main(["procedures", "forms", str(folder)]) == 0
    assert not held()
    assert "Đã thêm tệp cho 0 mẫu" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "Tờ khai riêng.docx").write_bytes(docx("riêng"))
    assert main(["procedures", "forms", str(folder), "--dry-run"]) == 0
    assert "Nếu làm thật, sẽ thêm tệp cho 1 mẫu của 1 thủ tục." in capsys.readouterr().out
    assert not Document.objects.exists()


def test_a_folder_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["procedures", "forms", "/khong/co"]) == 1
    assert "no folder" in capsys.readouterr().err
