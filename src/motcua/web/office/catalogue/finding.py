"""The procedure or the source that an address names."""

from django.http import Http404

from motcua.procedures.models import Procedure, SourceRecord
from motcua.procedures.queries import queue


def procedure_or_404(code: str) -> Procedure:
    """
    Raises:
        Http404: nothing is known of this number.
    """
    found = queue.procedure(code) if "\x00" not in code else None
    if found is None:
        raise Http404
    return found


def source_or_404(key: str) -> SourceRecord:
    """
    Raises:
        Http404: no source was kept under this key.
    """
    found = queue.source(key) if "\x00" not in key else None
    if found is None:
        raise Http404
    return found
