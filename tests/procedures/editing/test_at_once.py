"""Two editors act at the same moment: one is done, the other is told; nothing is half one's and half the other's."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from motcua.core.errors import BusinessError
from motcua.procedures.models import PinnedResult, Procedure, ProcedureVersion, Withdrawal
from motcua.procedures.queries.standing import last_standing
from motcua.procedures.services import drafts, editing, finding, publish_record
from tests.cast import quan
from tests.factories import an_agency
from tests.procedures.catalogue import made_up, publish_lists

CODE, OTHER = "9.000001", "9.000002"
PATIENCE = 60  # seconds
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    " AND state = 'active'"
)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of acts that all wait for the same procedures, held until every one of them has come."""
    said: list[str] = []

    def do(act: Callable[[], object]) -> None:
        try:
            act()
            said.append("done")
        except BusinessError as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    with transaction.atomic():
        list(Procedure.objects.select_for_update().order_by("code"))
        for thread in threads:
            thread.start()
        until = time.monotonic() + PATIENCE
        while _waiting() < len(threads):
            assert time.monotonic() < until, "they don't wait for one another"
            time.sleep(0.01)
    for thread in threads:
        thread.join(PATIENCE)
    return sorted(said, key=lambda word: word != "done")


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees its first look again and again
        cursor.execute(WAITING)
        row = cursor.fetchone()
    return int(row[0])


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_one_is_done_and_the_other_is_told() -> None:
    an_agency().units.get_or_create(code="quan-tri", defaults={"name": "Quản trị"})
    editor, day = quan(), timezone.localdate() + timedelta(days=9)
    publish_lists()
    procedure, _ = (publish_record(made_up(number), by=None).procedure for number in (1, 2))

    ends = [editing.Ending(day + timedelta(days=more), f"Lý do {more}") for more in (0, 1)]
    said = at_once(*(lambda end=end: editing.withdraw(procedure, end, by=editor) for end in ends))  # type: ignore[misc]
    made = Withdrawal.objects.get()
    assert said == ["done", "Thủ tục này không còn hiệu lực, hoặc đã hẹn ngày bãi bỏ."]
    assert last_standing(procedure).effective_to == made.day  # type: ignore[union-attr]

    def keep() -> None:
        editing.take_back_withdrawal(procedure, seen=made.pk, by=editor)

    assert at_once(keep, keep) == ["done", "Không có ngày bãi bỏ nào còn ở phía trước."]

    drafts.change_draft(procedure, {"summary": "Mới"}, seen=drafts.seen_of({"summary": ""}, ["summary"]), by=editor)
    seen = drafts.whole_seen(drafts.content_of(procedure))

    def publish() -> None:
        editing.publish_draft(procedure, note="Mới", on=day, seen=seen, by=editor)

    assert at_once(publish, publish) == ["done", "Không còn bản nháp: đã có người công bố hoặc hủy."]
    planned = ProcedureVersion.objects.get(effective_from=day)

    def take_back() -> None:
        editing.take_back(procedure, seen=planned.number, by=editor)

    assert at_once(take_back, take_back) == ["done", "Không có bản nào hẹn ngày công bố, hoặc ngày ấy đã đến."]
    assert last_standing(procedure).effective_to is None  # type: ignore[union-attr]

    said = at_once(
        lambda: finding.pin_results("thẻ thư viện", [CODE, OTHER], by=editor),
        lambda: finding.pin_results("the thu vien", [OTHER, CODE], by=editor),
    )
    assert said == ["done", "Từ khóa “the thu vien” đã có thủ tục ghim. Xin sửa dòng đang có."]
    assert PinnedResult.objects.count() == 2
