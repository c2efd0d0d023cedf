"""Which forms a record names, which of them can be had here, and which name stands for which file."""

import pytest

from motcua.procedures.rules import forms

LEVELS = [
    # names, held, whether all can be taken home
    ([], [], False),
    (["a.docx"], [], False),
    (["a.docx"], ["a.docx"], True),
    (["a.docx", "b.docx"], ["a.docx"], False),
    (["a.docx", "b.docx"], ["b.docx", "a.docx"], True),
    ([], ["a.docx"], True),
    (["a.docx"], ["b.docx"], False),
    (["a.docx"], ["a.docx", "b.docx"], True),
]
MATCHES = [
    # names, there, which stands for which
    (["Mẫu 01.docx"], ["Mẫu 01.docx"], {"Mẫu 01.docx": "Mẫu 01.docx"}),
    (["Mẫu số 01.doc"], ["mau-so-01.docx"], {"Mẫu số 01.doc": "mau-so-01.docx"}),
    (["Mẫu 1.doc", "Mẫu 1.docx"], ["Mẫu 1.docx"], {"Mẫu 1.doc": "Mẫu 1.docx", "Mẫu 1.docx": "Mẫu 1.docx"}),
    (["Mẫu 1"], ["Mẫu 1.doc", "mau 1.pdf"], {}),  # which one?
    (["Mẫu 1.pdf"], ["Mẫu 1.doc", "Mẫu 1.pdf"], {"Mẫu 1.pdf": "Mẫu 1.pdf"}),
    (["Mẫu 1"], ["Mẫu 11.doc"], {}),
    (["Mẫu TT 02.2021"], ["Mẫu TT 02"], {}),  # what follows a dot may be a year
    (["…"], ["!!"], {}),
]


@pytest.mark.parametrize(("names", "held", "expected"), LEVELS)
def test_level_two_wants_every_form(names: list[str], held: list[str], expected: bool) -> None:
    assert forms.all_held(names, held) is expected


@pytest.mark.parametrize(("names", "there", "expected"), MATCHES)
def test_a_name_finds_its_file(names: list[str], there: list[str], expected: dict[str, str]) -> None:
    assert forms.matched(names, there) == expected


def test_a_record_names_forms_at_its_papers_and_by_themselves() -> None:
    record = {
        "requirements": [{"form_files": ["a.docx", "b.docx"]}, {}, {"form_files": ["b.docx"]}],
        "forms": ["c.docx", "a.docx"],
    }
    assert forms.named(record) == ["a.docx", "b.docx", "c.docx"]
    assert forms.to_show(forms.named(record), ["z.docx", "b.docx"]) == ["a.docx", "b.docx", "c.docx", "z.docx"]


def test_the_next_record_keeps_the_files_of_the_forms_that_it_names_again() -> None:
    held = [{"name": "Mẫu 01.doc", "sha256": "1"}, {"name": "Mẫu 02.doc", "sha256": "2"}]
    assert forms.kept(["Mẫu số 03.doc", "MẪU 01.docx"], held) == [{"name": "MẪU 01.docx", "sha256": "1"}]
