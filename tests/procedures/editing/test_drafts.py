"""A record is written, published on a day, taken back, withdrawn; nothing is overwritten in silence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from motcua.accounts.models import User
from motcua.audit.models import Event
from motcua.core.errors import BusinessError
from motcua.procedures import queries
from motcua.procedures.models import CatalogueStamp, Draft, Procedure, ProcedureVersion
from motcua.procedures.queries.standing import last_standing, withdrawal, withdrawn_codes
from motcua.procedures.services import drafts, editing, publish_record
from motcua.procedures.services.importing import import_lines
from tests.cast import quan
from tests.moments import stopped_clock
from tests.procedures.catalogue import made_up, publish_lists
from tests.procedures.importing.lines import as_lines, full

pytestmark = pytest.mark.django_db
CODE = "9.000001"


@pytest.fixture
def editor(db: None) -> User:
    from tests.factories import an_agency

    an_agency().units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    return quan()


@pytest.fixture
def procedure(db: None) -> Procedure:
    publish_lists()
    return publish_record(made_up(1), by=None).procedure


def change(procedure: Procedure, by: User, **changes: Any) -> Draft | None:
    seen = drafts.seen_of(drafts.content_of(procedure), changes)
    return drafts.change_draft(procedure, changes, seen=seen, by=by)


def publish(procedure: Procedure, by: User, on: date | None = None) -> ProcedureVersion:
    seen = drafts.whole_seen(drafts.content_of(procedure))
    return editing.publish_draft(procedure, note="Sửa tên", on=on, seen=seen, by=by)


def name_on(day: date) -> str:
    found = queries.record(CODE, on=day)
    return found.name if found else ""


def test_nobody_sees_a_draft_until_it_is_published(procedure: Procedure, editor: User) -> None:
    token = CatalogueStamp.objects.get().token
    change(procedure, editor, name="Tên mới", steps=[{"title": "A", "text": "B"}])
    assert name_on(timezone.localdate()) == "Thủ tục mẫu số 1"
    assert CatalogueStamp.objects.get().token == token
    version = publish(procedure, editor)
    assert CatalogueStamp.objects.get().token != token
    assert (version.number, version.editor, version.change_note) == (2, editor.full_name, "Sửa tên")
    assert version.origin == ProcedureVersion.Origin.EDITED
    assert name_on(timezone.localdate()) == "Tên mới"
    assert version.methods.get().fee_text == "Miễn phí"
    assert not Draft.objects.exists()
    assert Event.objects.get(act="procedure.published", data__version=2).actor_name == editor.full_name


def test_who_comes_second_overwrites_nothing(procedure: Procedure, editor: User) -> None:
    seen = drafts.seen_of(drafts.content_of(procedure), ["name"])
    steps = drafts.seen_of(drafts.content_of(procedure), ["steps"])
    drafts.change_draft(procedure, {"name": "Người thứ nhất"}, seen=seen, by=editor)
    with pytest.raises(drafts.Overtaken, match="Đỗ Minh Quân đã sửa phần này"):
        drafts.change_draft(procedure, {"name": "Người thứ hai"}, seen=seen, by=editor)
    # Another part of the record is nobody's quarrel.
    drafts.change_draft(procedure, {"steps": [{"title": "A", "text": "B"}]}, seen=steps, by=editor)
    assert drafts.content_of(procedure)["name"] == "Người thứ nhất"


def test_saying_the_same_begins_no_draft_and_none_is_written_over_a_missing_one(
    procedure: Procedure, editor: User
) -> None:
    assert change(procedure, editor, name="Thủ tục mẫu số 1") is None
    assert not Draft.objects.exists()
    with pytest.raises(BusinessError, match="Không còn bản nháp"):
        publish(procedure, editor)


def test_a_draft_that_was_read_is_the_one_that_is_published(procedure: Procedure, editor: User) -> None:
    change(procedure, editor, name="Tên mới")
    seen = drafts.whole_seen(drafts.content_of(procedure))
    change(procedure, editor, summary="Thêm sau")
    with pytest.raises(drafts.Overtaken):
        editing.publish_draft(procedure, note="", on=None, seen=seen, by=editor)
    with pytest.raises(drafts.Overtaken):
        drafts.discard_draft(procedure, seen=seen, by=editor)
    drafts.discard_draft(procedure, seen=drafts.whole_seen(drafts.content_of(procedure)), by=editor)
    assert ProcedureVersion.objects.count() == 1


def test_what_was_published_meanwhile_must_be_looked_at(procedure: Procedure, editor: User) -> None:
    change(procedure, editor, name="Tên của nháp")
    publish_record(made_up(1, name="Tên của người khác"), by=None)
    with pytest.raises(BusinessError, match="đã có bản khác được công bố"):
        publish(procedure, editor)
    publish_record(made_up(1, name="Tên của người thứ ba"), by=None)
    with pytest.raises(BusinessError, match="Vừa có thêm bản khác"):
        editing.rebase_draft(procedure, seen=2, by=editor)
    editing.rebase_draft(procedure, seen=3, by=editor)
    assert publish(procedure, editor).number == 4


def test_an_edited_record_says_from_whose_it_was_made(procedure: Procedure, editor: User) -> None:
    import_lines(as_lines(full(2, source="Cổng tỉnh A@1:a.csv")), by=None)
    taken = Procedure.objects.get(code="9.000002")
    for one, source in ((taken, "Cổng tỉnh A"), (procedure, "")):
        change(one, editor, name="Tên mới")
        version = publish(one, editor)
        assert (version.origin, version.source_name) == ("bien-tap", source)


def test_a_planned_publication_comes_on_its_day_or_is_taken_back(procedure: Procedure, editor: User) -> None:
    today = timezone.localdate()
    day = today + timedelta(days=10)
    change(procedure, editor, name="Tên mới")
    publish(procedure, editor, on=day)
    assert name_on(day - timedelta(days=1)) == "Thủ tục mẫu số 1"
    assert name_on(day) == "Tên mới"
    change(procedure, editor, name="Tên mới nữa")
    with pytest.raises(BusinessError, match="Đã có bản hẹn công bố"):
        publish(procedure, editor)
    editing.take_back(procedure, seen=2, by=editor)
    assert name_on(day) == "Thủ tục mẫu số 1"
    assert drafts.content_of(procedure)["name"] == "Tên mới nữa"  # the draft that was there stays
    editing.rebase_draft(procedure, seen=1, by=editor)
    assert publish(procedure, editor).number == 3
    assert name_on(today) == "Tên mới nữa"
    assert name_on(day) == "Tên mới nữa"


def test_what_was_taken_back_is_a_draft_again(procedure: Procedure, editor: User) -> None:
    change(procedure, editor, name="Tên mới")
    version = publish(procedure, editor, on=timezone.localdate() + timedelta(days=10))
    later = timezone.localdate() + timedelta(days=10)
    with stopped_clock(f"{later:%d/%m/%Y} 08:00"), pytest.raises(BusinessError):
        editing.take_back(procedure, seen=version.number, by=editor)
    with pytest.raises(BusinessError, match="nay là bản thứ 2"):
        editing.take_back(procedure, seen=1, by=editor)
    editing.take_back(procedure, seen=version.number, by=editor)
    assert drafts.content_of(procedure)["name"] == "Tên mới"
    assert publish(procedure, editor).number == version.number + 1


def test_a_withdrawn_procedure_ends_and_may_begin_again(procedure: Procedure, editor: User) -> None:
    today = timezone.localdate()
    ending = editing.Ending(day=today, reason="Luật mới không còn thủ tục này.", decision_no="12/QĐ-UBND")
    editing.withdraw(procedure, ending, by=editor)
    assert name_on(today) == ""
    found = withdrawal(CODE)
    assert found is not None
    assert (found.reason, found.day) == (ending.reason, today)
    assert withdrawn_codes() == {CODE}
    with pytest.raises(BusinessError):
        editing.take_back_withdrawal(procedure, seen=found.pk, by=editor)
    change(procedure, editor, name="Trở lại")
    publish(procedure, editor)
    assert name_on(today) == "Trở lại"
    assert withdrawal(CODE) is None
    assert withdrawn_codes() == set()


def test_a_withdrawal_ahead_holds_for_corrections_and_may_be_taken_back(procedure: Procedure, editor: User) -> None:
    today = timezone.localdate()
    day = today + timedelta(days=30)
    made = editing.withdraw(procedure, editing.Ending(day, "Bãi bỏ theo luật mới."), by=editor)
    with pytest.raises(BusinessError, match="đã hẹn ngày bãi bỏ"):
        editing.withdraw(procedure, editing.Ending(day, "Lần nữa"), by=editor)
    change(procedure, editor, name="Sửa lần cuối")
    with pytest.raises(BusinessError, match="phải có hiệu lực trước"):
        publish(procedure, editor, on=day)
    publish(procedure, editor)
    assert name_on(day - timedelta(days=1)) == "Sửa lần cuối"
    assert name_on(day) == ""
    with pytest.raises(BusinessError, match="Ngày bãi bỏ nay là"):
        editing.take_back_withdrawal(procedure, seen=made.pk + 1, by=editor)
    editing.take_back_withdrawal(procedure, seen=made.pk, by=editor)
    assert name_on(day) == "Sửa lần cuối"
    standing = last_standing(procedure)
    assert standing is not None
    assert standing.effective_to is None


@pytest.mark.parametrize("lacking", ["name", "levels"])
def test_what_every_record_needs_must_be_there(procedure: Procedure, editor: User, lacking: str) -> None:
    change(procedure, editor, **{lacking: [] if lacking == "levels" else ""})
    with pytest.raises(BusinessError, match="Chưa công bố được"):
        publish(procedure, editor)
