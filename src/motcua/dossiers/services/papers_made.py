"""The papers that an agency gives out on the way: slips, receipts. Made and sealed in one place."""

from collections.abc import Mapping
from typing import Any

from motcua.agencies.models import Agency
from motcua.documents.services import make_signed_pdf


def make_and_seal(template: str, values: Mapping[str, Any], *, title: str, agency: Agency) -> bytes:
    """A paper of the agency as a PDF under its seal (chữ ký số của cơ quan). Call it outside a lock, by a job.

    Raises:
        TemplateError: the values don't fit the template.
        NoKey: the agency has no key on this portal.
    """
    return make_signed_pdf(template, values, title=title, agency_name=agency.name)
