"""Acts on the lists that lead to procedures: fields, life events."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from motcua.audit.services import HasName, record
from motcua.procedures.models import Field, LifeEvent
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
def set_life_events(rows: Iterable[Mapping[str, str]], *, by: HasName | None) -> int:
    """Bring the life events (việc trong đời) in line with a list in its order; how many were new or had changed."""
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
        move_stamp()
        slugs = [event.slug for event in changed]
        record("catalogue.life_events_set", subject_kind="catalogue", subject_ref="life-events", actor=by, slugs=slugs)
    return len(changed)


def _event_state(event: LifeEvent) -> tuple[str | int, ...]:
    return event.audience, event.name, event.hint, event.icon, event.position
