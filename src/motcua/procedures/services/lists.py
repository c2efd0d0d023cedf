"""Acts on the lists that lead to procedures: fields, life events."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from motcua.audit.services import HasName, record
from motcua.core.errors import BusinessError
from motcua.procedures.models import Field, LifeEvent, Procedure
from motcua.procedures.services.life_events import place_as_given
from motcua.procedures.services.stamp import move_stamp


@transaction.atomic
def set_fields(rows: Iterable[Mapping[str, str]], *, by: HasName | None) -> int:
    """Bring the fields (lĩnh vực) in line with `[{"slug", "name"}]`; how many were new or had changed.

    A field that is no longer named stays: published records point at it.
    """
    known = dict(Field.objects.values_list("slug", "name"))
    changed = [Field(slug=row["slug"], name=row["name"]) for row in rows if known.get(row["slug"]) != row["name"]]
    if changed:
        Field.objects.bulk_create(changed, update_conflicts=True, unique_fields=["slug"], update_fields=["name"])
        move_stamp()
        slugs = [field.slug for field in changed]
        record("catalogue.fields_set", subject_kind="catalogue", subject_ref="fields", actor=by, slugs=slugs)
    return len(changed)


@transaction.atomic
def set_life_events(rows: Sequence[Mapping[str, Any]], *, by: HasName | None) -> int:
    """Bring the life events (việc trong đời) in line with a list in its order; how many were new or had changed.

    The list's procedures and fields are put behind those that are new; older ones are staff's to arrange.
    """
    known = {event.slug: _event_state(event) for event in LifeEvent.objects.all()}
    events = [
        LifeEvent(
            slug=row["slug"],
            audience=row["audience"],
            name=row["name"],
            hint=row["hint"],
            icon=row["icon"],
            position=position,
        )
        for position, row in enumerate(rows, 1)
    ]
    changed = [event for event in events if known.get(event.slug) != _event_state(event)]
    if changed:
        LifeEvent.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["slug"],
            update_fields=["audience", "name", "hint", "icon", "position"],
        )
        place_as_given(rows, new=[event.slug for event in changed if event.slug not in known])
        move_stamp()
        slugs = [event.slug for event in changed]
        record("catalogue.life_events_set", subject_kind="catalogue", subject_ref="life-events", actor=by, slugs=slugs)
    return len(changed)


def _event_state(event: LifeEvent) -> tuple[str | int, ...]:
    return event.audience, event.name, event.hint, event.icon, event.position


@transaction.atomic
def set_life_events_of(procedure: Procedure, slugs: Collection[str], *, by: HasName | None) -> None:
    """Say to which life events a procedure belongs; counts at once, for the version in force and for later ones.

    Raises:
        BusinessError: there is no such life event.
    """
    events = list(LifeEvent.objects.filter(pk__in=slugs))
    if len(events) != len(set(slugs)):
        raise BusinessError("Không có việc trong đời này.")
    if {event.pk for event in events} == set(procedure.life_events.values_list("pk", flat=True)):
        return
    procedure.life_events.set(events)
    move_stamp()
    record(
        "procedure.life_events_set", subject_kind="procedure", subject_ref=procedure.code, actor=by,
        slugs=sorted(slugs),
    )  # fmt: skip
