"""Reads of the blank forms that the portal holds: of a record, for a download."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from motcua.documents.models import Document
from motcua.procedures.models import HeldForm, Procedure, ProcedureVersion
from motcua.procedures.queries.standing import ever_counted
from motcua.procedures.rules.forms import named


def with_held_forms() -> "Prefetch[str, QuerySet[HeldForm], str]":
    """To be read along with a version: its held forms, one query."""
    return Prefetch("held_forms", HeldForm.objects.select_related("document__blob"))


def held_of(version: ProcedureVersion) -> list[HeldForm]:
    """The held forms of a version with their files; one query where they weren't read along with it."""
    if "held_forms" in getattr(version, "_prefetched_objects_cache", {}):
        return list(version.held_forms.all())
    return list(version.held_forms.select_related("document__blob"))


def held_in(version: ProcedureVersion) -> list[dict[str, Any]]:
    """The held forms of a version as its record says them; see `rules.forms`."""
    return [as_record(one.name, one.document) for one in held_of(version)]


def named_in(version: ProcedureVersion) -> list[str]:
    """The names of all forms that a version mentions, each once."""
    papers = [{"form_files": paper.form_files} for paper in version.requirements.all()]
    return named({"requirements": papers, "forms": version.forms})


def as_record(name: str, document: Document) -> dict[str, Any]:
    """A form that is held under a name, as a record says it."""
    return {"name": name, "kind": document.ending, "size": document.blob.size, "sha256": document.blob_id}


def held_here(procedure: Procedure, sha256: str) -> HeldForm | None:
    """A form with this content that a version of a procedure holds, the draft as well: for its editors."""
    found = HeldForm.objects.filter(version__procedure=procedure, document__blob=sha256)
    return found.select_related("document__blob").order_by("-version").first()


def to_download(code: str, document: UUID) -> HeldForm | None:
    """A form that a published version of a procedure holds, the newest that does.

    Those of drafts aren't to be had, nor those of a version that was taken back before its day.
    """
    found = HeldForm.objects.filter(version__procedure__code=code, document=document)
    found = found.exclude(version__published_at=None).select_related("document__blob", "version")
    return next((one for one in found.order_by("-version__number", "position") if ever_counted(one.version)), None)
