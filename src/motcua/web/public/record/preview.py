"""An editor's draft as the public will see it: the public page itself, behind the editors' door."""

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.procedures.queries import queue
from motcua.web.components.doors import OfficerRequest, editor_required
from motcua.web.public.record.page import drawn
from motcua.web.public.record.standing import standing_of_draft


@editor_required
@require_safe
@never_cache
def preview(request: OfficerRequest, code: str) -> HttpResponse:
    """The draft of this procedure; without one there is nothing to see beforehand."""
    procedure = queue.procedure(code)
    draft = queue.draft_of(procedure) if procedure else None
    if draft is None:
        raise Http404
    return drawn(request, draft.version, standing_of_draft(draft.version))
