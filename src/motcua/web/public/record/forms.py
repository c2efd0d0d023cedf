"""The blank forms of a record to take home: which can be downloaded here, and the download itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, quote_etag  # type: ignore[attr-defined]
from django.views.decorators.http import require_safe

from motcua.core.ratelimit import hit
from motcua.documents.responses import form_response
from motcua.documents.rules import FORMS, megabytes
from motcua.procedures.models import HeldForm, ProcedureVersion
from motcua.procedures.queries import forms as held_forms
from motcua.procedures.rules import forms as rules
from motcua.web.components.doors import public
from motcua.web.components.errors import too_many
from motcua.web.components.visitor import visitor_key

HOUR = 3600  # seconds
DOWNLOADS = 600  # an hour and address: a training room behind one address stays below, who copies all doesn't


@dataclass(frozen=True)
class Form:
    """One form that a record names.

    Attributes:
        name: as the record calls it.
        url: where it can be downloaded; empty: it can't, or not before the record is published.
        kind: "Word", "PDF" …; empty: the portal holds no file of it.
        size: in words.
    """

    name: str
    url: str = ""
    kind: str = ""
    size: str = ""


def forms_of(version: ProcedureVersion) -> list[Form]:
    """All forms of a version, in the record's order."""
    named = held_forms.named_in(version)
    if not named and not version.forms_held:  # none at all: nothing to ask for
        return []
    held = {row.name: row for row in held_forms.held_of(version)}
    return [_form(version, held[name]) if name in held else Form(name) for name in rules.to_show(named, held)]


def missing(found: Sequence[Form]) -> list[Form]:
    """Those that are to be had elsewhere."""
    return [form for form in found if not form.kind]


@public
@require_safe
def form_file(request: HttpRequest, code: str, document: UUID) -> HttpResponseBase:
    """A blank form for saving: of the version in force or of one of the past; 404 for a draft's."""
    found = held_forms.to_download(code, document)
    if found is None:
        raise Http404
    if not hit("form.download", visitor_key(request), limit=DOWNLOADS, seconds=HOUR):
        return too_many(request, seconds=HOUR)
    unchanged = get_conditional_response(request, etag=quote_etag(found.document.blob_id))
    if unchanged is not None:
        return unchanged
    try:
        return form_response(found.document, found.name)
    except FileNotFoundError:  # the storage has lost it; `motcua doctor` says so
        raise Http404 from None


def _form(version: ProcedureVersion, row: HeldForm) -> Form:
    document = row.document
    url = reverse("public:form_file", args=[version.procedure.code, document.pk]) if version.published_at else ""
    return Form(row.name, url, FORMS[document.kind], megabytes(document.blob.size))
