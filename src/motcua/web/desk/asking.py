"""A page that asks before an act: the one way in which officers do what takes more than a button.

Its form carries the stamp of the page it stood on. Who comes second is told who was first; what was typed stays.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motcua.agencies.queries import posts_of
from motcua.core.errors import BusinessError
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import desk_dossier as reads
from motcua.web.components.doors import OfficerRequest, held_post
from motcua.web.components.forms import PortalForm

SEEN = "seen"
ASKS = require_http_methods(["GET", "POST"])


def acts_of(request: OfficerRequest, found: Dossier) -> list[str]:
    """What this officer may do with the dossier now."""
    return reads.acts_for(found, posts_of(request.user))


def seen(request: OfficerRequest) -> str:
    """The stamp of the page that the officer had before their eyes."""
    return request.POST.get(SEEN, "")


def typed(request: OfficerRequest) -> QueryDict | None:
    """What was sent, or what was typed before a login came between; None for a page that is opened."""
    return request.POST if request.method == "POST" else held_post(request)


def done(dossier: Dossier) -> HttpResponse:
    """Back to the dossier's page."""
    return redirect("desk:dossier", dossier.ref)


def ask(request: OfficerRequest, template: str, found: Dossier, form: PortalForm, **more: Any) -> HttpResponse:
    """The page that asks; after a refusal with the dossier as it stands now, and all that was typed."""
    if form.is_bound:
        found = access.for_officer(request.user, found.ref)
    context = {
        "dossier": found, "form": form, "stamp": reads.stamp_of(found),
        "desk_place": found.agency.short_name, **more,
    }  # fmt: skip
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def act_or_ask(
    request: OfficerRequest,
    found: Dossier,
    form: PortalForm,
    *,
    act: str,
    do: Callable[[], Any],
    template: str = "",
    facts: Callable[[], Mapping[str, Any]] = dict,
    field_of: Callable[[BusinessError], str | None] = lambda refusal: None,
) -> HttpResponse:
    """Do it where a good form was sent, else ask; whoever can't do it now is led back to the dossier.

    Args:
        act: its name in `dossiers.rules.moves`; "" where nobody can do it now.
        do: the act, with what the form says; called with a valid form only.
        template: where the page isn't called as the act is.
        facts: what the page says besides; read only where it is shown.
        field_of: where a refusal stands on the form; None: above it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            do()
            return done(found)
        except BusinessError as refusal:
            form.add_error(field_of(refusal), str(refusal))
    elif request.method == "GET" and act not in acts_of(request, found):
        return done(found)
    return ask(request, template or f"desk/{act}.html", found, form, **facts())
