"""The act that publishes a record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.audit.services import HasName, record
from motcua.procedures.models import (
    FeeLine,
    Field,
    LifeEvent,
    Method,
    Procedure,
    ProcedureVersion,
    Requirement,
)
from motcua.procedures.queries.standing import last_standing
from motcua.procedures.records import RecordError, check_shape
from motcua.procedures.rules import fingerprint, forms, starts_on
from motcua.procedures.services.held import write_held
from motcua.procedures.services.stamp import move_stamp


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
    last = last_standing(procedure)
    digest = fingerprint(data)
    if last is not None and last.content_hash == digest:
        return last
    version = _write_version(procedure, last, data, digest)
    write_parts(version, data)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    if last is None:  # later on, staff arrange them
        procedure.life_events.add(*data.get("life_events", ()))
    else:
        replace(last, version)
    move_stamp()
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


def _check_names(data: Mapping[str, Any]) -> None:
    unknown = set(data.get("life_events", ())) - set(LifeEvent.objects.values_list("slug", flat=True))
    if unknown:
        raise RecordError(f"Không có việc trong đời {', '.join(sorted(unknown))}.")
    if not Field.objects.filter(pk=data["field"]).exists():
        raise RecordError(f"Không có lĩnh vực {data['field']}.")


def replace(last: ProcedureVersion, version: ProcedureVersion) -> None:
    """End a version on the first day of the next one; the end of the procedure itself, where it is set, stays set."""
    if last.effective_to is None:
        last.effective_to = version.effective_from
        last.save(update_fields=["effective_to"])
    elif last.effective_to > version.effective_from:  # a withdrawal lies ahead
        version.effective_to, last.effective_to = last.effective_to, version.effective_from
        version.save(update_fields=["effective_to"])
        last.save(update_fields=["effective_to"])


def next_number(procedure: Procedure) -> int:
    """The number of the next version that is published."""
    newest = procedure.versions.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1  # 0: the draft


def _write_version(
    procedure: Procedure, last: ProcedureVersion | None, data: Mapping[str, Any], digest: str
) -> ProcedureVersion:
    return ProcedureVersion.objects.create(
        procedure=procedure,
        number=next_number(procedure),
        effective_from=starts_on(
            date.fromisoformat(data["effective_from"]),
            today=timezone.localdate(),
            previous=last.effective_from if last else None,
        ),
        content_hash=digest,
        **columns(data),
    )


def columns(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says in the columns of its version: everything but number, days, parts and related procedures."""
    with_default: dict[str, Any] = {
        "levels": [],
        "audience": [],
        "steps": [],
        "results": [],
        "legal_basis": [],
        "decision_no": "",
        "issuing_body": "",
        "portal_url": "",
        "agency_text": "",
        "agencies": {},
        "forms": [],
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
    return {
        "forms_held": forms.all_held(forms.named(data), [one["name"] for one in data.get(forms.HELD, ())]),
        "field_id": data["field"],
        "name": data["name"],
        "short_name": data["short_name"],
        **{key: data.get(key, default) for key, default in with_default.items()},
    }


def write_parts(version: ProcedureVersion, data: Mapping[str, Any]) -> None:
    """The rows of a record: ways, papers, fees, held forms; and the numbers of related procedures.

    Raises:
        BusinessError: a form that it says it holds isn't here.
    """
    Method.objects.bulk_create(
        Method(version=version, position=position, **row) for position, row in enumerate(data.get("methods", ()), 1)
    )
    Requirement.objects.bulk_create(
        Requirement(version=version, position=position, **row)
        for position, row in enumerate(data.get("requirements", ()), 1)
    )
    FeeLine.objects.bulk_create(
        FeeLine(version=version, position=position, **row) for position, row in enumerate(data.get("fee_lines", ()), 1)
    )
    write_held([(version, data.get(forms.HELD, ()))])
    # A related procedure may be published later: its number alone is made known now.
    version.related.set(Procedure.objects.get_or_create(code=code)[0] for code in data.get("related", ()))
