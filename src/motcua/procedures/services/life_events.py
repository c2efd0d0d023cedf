"""Acts on life events (việc trong đời): what lies behind one, and their order on the pages of their audience."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from motcua.audit.services import HasName, record
from motcua.core.errors import BusinessError
from motcua.core.text import clean
from motcua.procedures.models import Field, LifeEvent, Procedure
from motcua.procedures.queries.arranging import chosen_codes, state_of
from motcua.procedures.services.stamp import move_stamp

LONGEST = 200  # characters of a name or a hint
MOST_PROCEDURES = 200  # that are put first; the others come with the fields


@dataclass(frozen=True)
class Arrangement:
    """What an administrator says of a life event.

    Attributes:
        codes: numbers of procedures, in the order in which people see them.
        fields: slugs of fields whose procedures follow.
        seen: what it was when the administrator began, as `queries.arranging.state_of` has it.
    """

    name: str
    hint: str
    codes: Sequence[str]
    fields: Sequence[str]
    seen: str


@transaction.atomic
def arrange_life_event(event: LifeEvent, said: Arrangement, *, by: HasName) -> bool:
    """Say what a life event is called and what lies behind it; whether anything changed.

    Raises:
        BusinessError: it has no name or hint, a number or a field isn't known, or a colleague has changed it since.
    """
    event = LifeEvent.objects.select_for_update().get(pk=event.pk)
    before = state_of(event)
    if said.seen != before:
        raise BusinessError("Việc này vừa được người khác sửa. Xin xem lại rồi sửa tiếp.")
    event.name, event.hint = clean(said.name), clean(said.hint)
    if not event.name or not event.hint:
        raise BusinessError("Việc trong đời phải có tên và lời gợi ý.")
    event.save(update_fields=["name", "hint"])
    place(event, _known_procedures(said.codes), _known_fields(said.fields))
    after = state_of(event)
    if after == before:
        return False
    move_stamp()
    record(
        "life_event.arranged", subject_kind="life_event", subject_ref=event.slug, actor=by,
        name=event.name, codes=list(said.codes), fields=sorted(said.fields),
    )  # fmt: skip
    return True


@transaction.atomic
def move_life_event(event: LifeEvent, *, up: bool, by: HasName) -> bool:
    """Let a life event change places with the one before it, or after it; False where there is none."""
    events = list(LifeEvent.objects.select_for_update().filter(audience=event.audience))
    at = next(place for place, one in enumerate(events) if one.pk == event.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(events):
        return False
    moved, passed = events[at], events[other]
    moved.position, passed.position = passed.position, moved.position
    LifeEvent.objects.bulk_update([moved, passed], ["position"])
    move_stamp()
    record("life_event.moved", subject_kind="life_event", subject_ref=event.slug, actor=by, position=moved.position)
    return True


def place(event: LifeEvent, procedures: Sequence[Procedure], fields: Sequence[Field]) -> None:
    """Put these procedures behind a life event in this order, and these fields; part of the act that says so.

    The order is that of the rows: what an import or an editor adds later comes last.
    """
    through = event.procedures.through
    if [one.code for one in procedures] != chosen_codes(event):
        through.objects.filter(lifeevent=event.pk).delete()
        through.objects.bulk_create(through(lifeevent_id=event.pk, procedure_id=one.pk) for one in procedures)
    event.fields.set(fields)


def place_as_given(rows: Sequence[Mapping[str, Any]], *, new: Sequence[str]) -> None:
    """What a list of life events puts behind those that are new; older ones are staff's to arrange."""
    events = LifeEvent.objects.in_bulk(new)
    for row in rows:
        if row["slug"] in events:
            numbers = [Procedure.objects.get_or_create(code=code)[0] for code in row.get("procedures", ())]
            place(events[row["slug"]], numbers, _known_fields(row.get("fields", ())))


def _known_procedures(codes: Sequence[str]) -> list[Procedure]:
    if len(codes) > MOST_PROCEDURES:
        raise BusinessError(f"Xếp đầu nhiều nhất {MOST_PROCEDURES} thủ tục; thủ tục khác để theo lĩnh vực.")
    known = {one.code: one for one in Procedure.objects.filter(code__in=codes)}
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise BusinessError(f"Không có thủ tục mã {', '.join(unknown)}.")
    return [known[code] for code in dict.fromkeys(codes)]


def _known_fields(slugs: Sequence[str]) -> list[Field]:
    known = Field.objects.in_bulk(list(slugs))
    unknown = [slug for slug in slugs if slug not in known]
    if unknown:
        raise BusinessError(f"Không có lĩnh vực {', '.join(unknown)}.")
    return [known[slug] for slug in dict.fromkeys(slugs)]
