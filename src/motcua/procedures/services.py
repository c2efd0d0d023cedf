"""Acts on the catalogue: publish a record, set the lists of fields, of life events and of fee reliefs."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.audit.services import HasName, record
from motcua.places.queries import provinces
from motcua.procedures.models import (
    CatalogueStamp,
    FeeLine,
    FeeRelief,
    Field,
    LifeEvent,
    Method,
    Procedure,
    ProcedureVersion,
    Requirement,
)
from motcua.procedures.records import RecordError, check_reliefs, check_shape
from motcua.procedures.rules import fingerprint, starts_on

STAMP = 1  # the one row


@transaction.atomic
def publish_record(data: Mapping[str, Any], *, by: HasName | None) -> ProcedureVersion:
    """Publish a record of the catalogue (docs/catalogue.md); the version that now holds this content.

    Content that is published already changes nothing. Changed content becomes a new version, which ends the one before
    on its own first day; published versions themselves stay as they are (migration 0002).

    Raises:
        RecordError: the record doesn't follow the schema, or names an unknown field or life event.
    """
    check_shape(data)
    _check_names(data)
    procedure, _ = Procedure.objects.get_or_create(code=data["code"])
    Procedure.objects.select_for_update().get(pk=procedure.pk)  # two publications of one code wait for each other
    last = procedure.versions.exclude(published_at=None).order_by("-number").first()
    digest = fingerprint(data)
    if last is not None and last.content_hash == digest:
        return last
    version = _write_version(procedure, last, data, digest)
    _write_parts(version, data)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    if last is not None:
        last.effective_to = version.effective_from
        last.save(update_fields=["effective_to"])
    _move_stamp()
    record(
        "procedure.published",
        subject_kind="procedure",
        subject_ref=procedure.code,
        actor=by,
        version=version.number,
        effective_from=version.effective_from,
        content=digest,
    )
    return version


@transaction.atomic
def set_fields(rows: Iterable[Mapping[str, str]], *, by: HasName | None) -> int:
    """Bring the fields (lĩnh vực) in line with `[{"slug", "name"}]`; how many were new or had changed.

    A field that is no longer named stays: published records point at it.
    """
    known = dict(Field.objects.values_list("slug", "name"))
    changed = [Field(slug=row["slug"], name=row["name"]) for row in rows if known.get(row["slug"]) != row["name"]]
    if changed:
        Field.objects.bulk_create(changed, update_conflicts=True, unique_fields=["slug"], update_fields=["name"])
        _move_stamp()
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
        _move_stamp()
        slugs = [event.slug for event in changed]
        record("catalogue.life_events_set", subject_kind="catalogue", subject_ref="life-events", actor=by, slugs=slugs)
    return len(changed)


@transaction.atomic
def set_fee_reliefs(rows: Sequence[Mapping[str, Any]], *, by: HasName | None) -> int:
    """Bring the reliefs of the provinces (miễn, giảm phí, lệ phí) in line with a list; how many were new or changed.

    One that isn't named any more stays, with its last day: quotes have named it.

    Raises:
        RecordError: a row doesn't follow the schema, or names a province that doesn't exist.
    """
    check_reliefs(rows)
    unknown = {row["province"] for row in rows} - set(provinces().values_list("pk", flat=True))
    if unknown:
        raise RecordError(f"Không có tỉnh, thành phố mã {', '.join(sorted(unknown))}.")
    changed = [row["key"] for row in rows if _set_relief(row)]
    if changed:
        record("catalogue.fee_reliefs_set", subject_kind="catalogue", subject_ref="fee-reliefs", actor=by, keys=changed)
    return len(changed)


def _set_relief(row: Mapping[str, Any]) -> bool:
    facts = {
        "province_id": row["province"],
        "name": row["name"],
        "kind": row.get("kind", ""),
        "percent": row["percent"],
        "channel": row.get("channel", ""),
        "applies_if": row.get("applies_if"),
        "ground": row["ground"],
        "effective_from": date.fromisoformat(row["effective_from"]),
        "effective_to": date.fromisoformat(row["effective_to"]) if "effective_to" in row else None,
    }
    codes = set(row.get("procedures", ()))
    relief = FeeRelief.objects.filter(key=row["key"]).first()
    if relief and codes == set(relief.procedures.values_list("code", flat=True)) and _same(relief, facts):
        return False
    relief, _ = FeeRelief.objects.update_or_create(key=row["key"], defaults=facts)
    relief.procedures.set(Procedure.objects.get_or_create(code=code)[0] for code in codes)
    return True


def _same(relief: FeeRelief, facts: Mapping[str, Any]) -> bool:
    return all(getattr(relief, name) == value for name, value in facts.items())


def _event_state(event: LifeEvent) -> tuple[str | int, ...]:
    return event.audience, event.name, event.hint, event.icon, event.position


def _check_names(data: Mapping[str, Any]) -> None:
    unknown = set(data.get("life_events", ())) - set(LifeEvent.objects.values_list("slug", flat=True))
    if unknown:
        raise RecordError(f"Không có việc trong đời {', '.join(sorted(unknown))}.")
    if not Field.objects.filter(pk=data["field"]).exists():
        raise RecordError(f"Không có lĩnh vực {data['field']}.")


def _write_version(
    procedure: Procedure, last: ProcedureVersion | None, data: Mapping[str, Any], digest: str
) -> ProcedureVersion:
    as_given = ("name", "short_name", "levels", "decision_no", "issuing_body", "audience", "agency_text")
    with_default: dict[str, Any] = {
        "kind": "",
        "summary": "",
        "conditions": "",
        "dossier_sets": 1,
        "keywords": [],
        "answers": [],
        "notes": [],
        "situations": [],
        "blank_forms": [],
    }
    return ProcedureVersion.objects.create(
        procedure=procedure,
        number=last.number + 1 if last else 1,
        effective_from=starts_on(
            date.fromisoformat(data["effective_from"]),
            today=timezone.localdate(),
            previous=last.effective_from if last else None,
        ),
        field_id=data["field"],
        steps=data["steps"],
        results=data["results"],
        legal_basis=data["legal_basis"],
        content_hash=digest,
        **{key: data[key] for key in as_given},
        **{key: data.get(key, default) for key, default in with_default.items()},
    )


def _write_parts(version: ProcedureVersion, data: Mapping[str, Any]) -> None:
    Method.objects.bulk_create(
        Method(version=version, position=position, **row) for position, row in enumerate(data["methods"], 1)
    )
    Requirement.objects.bulk_create(
        Requirement(version=version, position=position, **row) for position, row in enumerate(data["requirements"], 1)
    )
    FeeLine.objects.bulk_create(
        FeeLine(version=version, position=position, **row) for position, row in enumerate(data.get("fee_lines", ()), 1)
    )
    version.life_events.set(data.get("life_events", ()))
    # A related procedure may be published later: its number alone is made known now.
    version.related.set(Procedure.objects.get_or_create(code=code)[0] for code in data.get("related", ()))


def _move_stamp() -> None:
    CatalogueStamp.objects.update_or_create(pk=STAMP, defaults={"token": uuid.uuid4()})
