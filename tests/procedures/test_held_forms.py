"""Files behind the forms of a record: part of a version, kept by imports, told by exports, never another's upload."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.audit.models import Event
from motcua.core.errors import BusinessError
from motcua.documents.models import Document
from motcua.documents.services import sweep, take_form_file, take_upload
from motcua.procedures.importing import read
from motcua.procedures.importing.reporting import Outcome
from motcua.procedures.models import CatalogueStamp, Doubt, HeldForm, Procedure, ProcedureVersion, SourceRecord
from motcua.procedures.queries import codes_to_take_home, in_force
from motcua.procedures.queries.exporting import lines as exported
from motcua.procedures.queries.forms import as_record, to_download
from motcua.procedures.queries.history import record_of
from motcua.procedures.services import drafts, editing, publish_record
from motcua.procedures.services.holding import hold_forms
from motcua.procedures.services.importing import import_lines
from tests import cast
from tests.documents.files import pdf, upload
from tests.documents.office_files import docx
from tests.factories import an_agency
from tests.procedures.catalogue import made_up, publish_lists
from tests.procedures.importing.lines import as_lines, full, paper

pytestmark = pytest.mark.django_db
CODE = "9.000001"
PAPERS, OTHER = "Mau 01.docx", "Huong dan.pdf"  # what the made-up line names


@pytest.fixture
def editor(db: None) -> User:
    an_agency().units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    return cast.quan()


@pytest.fixture
def procedure(db: None) -> Procedure:
    publish_lists()
    import_lines(as_lines(full()), by=None)
    return Procedure.objects.get(code=CODE)


def form(text: str = "Đơn đề nghị") -> Document:
    return take_form_file(upload(docx(text), "a.docx"), by=None)


def current() -> ProcedureVersion:
    return in_force().get(procedure__code=CODE)


def held(version: ProcedureVersion) -> dict[str, Document]:
    return {row.name: row.document for row in version.held_forms.all()}


def changed(procedure: Procedure, by: User, **changes: Any) -> None:
    seen = drafts.seen_of(drafts.content_of(procedure), changes)
    drafts.change_draft(procedure, changes, seen=seen, by=by)


def published(procedure: Procedure, by: User) -> ProcedureVersion:
    seen = drafts.whole_seen(drafts.content_of(procedure))
    return editing.publish_draft(procedure, note="Thêm tệp mẫu", on=None, seen=seen, by=by)


# ---- Held by the operator ----


def test_files_make_a_new_version_of_the_same_words(procedure: Procedure) -> None:
    before, token, one = current(), CatalogueStamp.objects.get().token, form()
    version = hold_forms(procedure, {PAPERS: one}, by=None)
    assert (version.number, version.origin, version.source_name) == (2, before.origin, before.source_name)
    assert held(version) == {PAPERS: one}
    assert not held(before)  # an old version stays as it was
    assert not version.forms_held  # the other one is still missing
    assert CatalogueStamp.objects.get().token != token
    assert SourceRecord.objects.get(key=CODE).version == version
    assert Event.objects.get(act="procedure.forms_held").data["forms"] == {PAPERS: one.blob_id}


def test_level_two_begins_with_the_last_form(procedure: Procedure) -> None:
    hold_forms(procedure, {PAPERS: form()}, by=None)
    assert codes_to_take_home() == []
    version = hold_forms(procedure, {OTHER: form("Hướng dẫn")}, by=None)
    assert version.forms_held
    assert set(held(version)) == {PAPERS, OTHER}
    assert codes_to_take_home() == [CODE]


def test_the_same_files_again_change_nothing(procedure: Procedure) -> None:
    first = hold_forms(procedure, {PAPERS: form()}, by=None)
    assert hold_forms(procedure, {PAPERS: form()}, by=None) == first
    assert hold_forms(procedure, {PAPERS: form("Bản mới")}, by=None).number == first.number + 1


def test_nothing_is_held_by_what_is_only_planned(procedure: Procedure, editor: User) -> None:
    changed(procedure, editor, name="Tên mới")
    seen = drafts.whole_seen(drafts.content_of(procedure))
    day = timezone.localdate() + timedelta(days=3)
    editing.publish_draft(procedure, note="Tên", on=day, seen=seen, by=editor)
    with pytest.raises(BusinessError, match="hẹn công bố"):
        hold_forms(procedure, {PAPERS: form()}, by=None)


def test_a_draft_goes_on_with_the_files_and_nobody_need_look(procedure: Procedure, editor: User) -> None:
    changed(procedure, editor, name="Tên mới")
    one = form()
    hold_forms(procedure, {PAPERS: one}, by=None)
    version = published(procedure, editor)
    assert (version.name, held(version)) == ("Tên mới", {PAPERS: one})


def test_a_published_version_keeps_its_files(procedure: Procedure) -> None:
    version = hold_forms(procedure, {PAPERS: form()}, by=None)
    row = version.held_forms.get()
    for act in (row.delete, lambda: HeldForm.objects.create(version=version, position=9, name="b", document=form("b"))):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_the_sweep_leaves_what_is_held(procedure: Procedure) -> None:
    one = form()
    hold_forms(procedure, {PAPERS: one}, by=None)
    sweep(now=timezone.now() + timedelta(days=2))
    assert Document.objects.filter(pk=one.pk).exists()


# ---- Imports and exports ----


def test_the_next_import_keeps_the_file_of_a_form_that_it_names_again(procedure: Procedure) -> None:
    one = form()
    hold_forms(procedure, {PAPERS: one, OTHER: form("Hướng dẫn")}, by=None)
    papers = [paper("Đơn đề nghị cấp thẻ", form_name="Mẫu 01.doc"), paper("Giấy khác", form_name="Mẫu 07.doc")]
    report = import_lines(as_lines(full(components=papers, forms=[])), by=None)
    assert report.outcomes[Outcome.CHANGED] == 1
    assert held(current()) == {"Mẫu 01.doc": one}
    assert not current().forms_held


def test_files_are_no_difference_to_the_source(procedure: Procedure) -> None:
    version = hold_forms(procedure, {PAPERS: form()}, by=None)
    assert import_lines(as_lines(full()), by=None).outcomes[Outcome.UNCHANGED] == 1
    assert current() == version


def test_an_export_says_what_is_held_and_reads_as_unchanged(procedure: Procedure) -> None:
    one = form()
    version = hold_forms(procedure, {PAPERS: one}, by=None)
    (line,) = exported(everything=True)
    assert line["motcua"]["held_forms"] == [as_record(PAPERS, one)]
    assert import_lines(as_lines(line), by=None).outcomes[Outcome.UNCHANGED] == 1
    assert current() == version


def test_no_line_publishes_a_file_by_naming_its_content(procedure: Procedure) -> None:
    mine = take_upload(upload(pdf(), "giay-to-rieng.pdf"), by=cast.an())
    said = {"name": PAPERS, "kind": "pdf", "size": 1, "sha256": mine.blob_id}
    assert "held_forms" not in read({**full(), "motcua": {"held_forms": [said]}}).record
    with pytest.raises(BusinessError, match="không còn ở đây"):
        publish_record({**made_up(2), "held_forms": [said]}, by=None)


# ---- Held by an editor ----


def test_who_only_adds_a_file_leaves_the_record_to_imports(procedure: Procedure, editor: User) -> None:
    changed(procedure, editor, held_forms=[as_record(PAPERS, form())])
    version = published(procedure, editor)
    assert (version.origin, version.editor) == (ProcedureVersion.Origin.IMPORTED, editor.full_name)
    assert import_lines(as_lines(full(name="Tên khác")), by=None).outcomes[Outcome.CHANGED] == 1
    assert set(held(current())) == {PAPERS}
    assert not Doubt.objects.filter(kind=Doubt.Kind.EDITED_HERE).exists()


def test_who_changes_a_word_has_edited_it(procedure: Procedure, editor: User) -> None:
    changed(procedure, editor, held_forms=[as_record(PAPERS, form())])
    changed(procedure, editor, name="Tên mới")
    assert published(procedure, editor).origin == ProcedureVersion.Origin.EDITED


def test_a_draft_s_file_isn_t_to_be_had(procedure: Procedure, editor: User) -> None:
    one = form()
    changed(procedure, editor, held_forms=[as_record(PAPERS, one)])
    assert to_download(CODE, one.pk) is None
    published(procedure, editor)
    found = to_download(CODE, one.pk)
    assert found is not None
    assert found.name == PAPERS
    assert to_download("9.000002", one.pk) is None


def test_an_old_version_keeps_its_file_when_the_next_has_another(procedure: Procedure, editor: User) -> None:
    old, new = form(), form("Bản mới")
    before = hold_forms(procedure, {PAPERS: old}, by=None)
    changed(procedure, editor, held_forms=[as_record(PAPERS, new)])
    assert held(published(procedure, editor)) == {PAPERS: new}
    assert held(before) == {PAPERS: old}
    assert to_download(CODE, old.pk) is not None
    assert record_of(before)["held_forms"][0]["sha256"] == old.blob_id
