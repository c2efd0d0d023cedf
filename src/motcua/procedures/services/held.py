"""The rows of held forms: part of whatever act writes a version."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.core.errors import BusinessError
from motcua.documents.models import Document
from motcua.procedures.models import HeldForm, ProcedureVersion
from motcua.procedures.queries.forms import as_record
from motcua.procedures.rules import forms

ROWS = 1000  # in one statement


def write_held(versions: Iterable[tuple[ProcedureVersion, Iterable[Mapping[str, Any]]]]) -> None:
    """Write the held forms of versions, as their records say them.

    Only what was taken in as a blank form is found by its content: no record can publish what a person uploaded for
    themselves, whatever it says.

    Raises:
        BusinessError: a file isn't here.
    """
    wanted = [(version, place, one) for version, rows in versions for place, one in enumerate(rows, 1)]
    if not wanted:
        return
    hashes = {one["sha256"] for _, _, one in wanted}
    documents = {
        document.blob_id: document
        for document in Document.objects.filter(origin=Document.Origin.FORM, blob__in=hashes).order_by("-created_at")
    }
    for _, _, one in wanted:
        if one["sha256"] not in documents:
            raise BusinessError(f"Tệp của mẫu {one['name']} không còn ở đây. Xin tải tệp lên lại.")
    HeldForm.objects.bulk_create(
        (
            HeldForm(version=version, position=place, name=one["name"], document=documents[one["sha256"]])
            for version, place, one in wanted
        ),
        batch_size=ROWS,
    )


def kept_by(records: Mapping[int, Mapping[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    """What the next records of these versions keep of their held forms, by the version's id; one query."""
    held: dict[int, list[dict[str, Any]]] = {}
    rows = HeldForm.objects.filter(version__in=records).select_related("document__blob").order_by("version", "position")
    for row in rows:
        held.setdefault(row.version_id, []).append(as_record(row.name, row.document))
    return {pk: forms.kept(forms.named(records[pk]), rows_) for pk, rows_ in held.items()}
