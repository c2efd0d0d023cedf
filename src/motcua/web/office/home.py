"""The administrators' first page: what there is to look after."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.web.components.doors import OfficerRequest, administrator_required


@require_GET
@administrator_required
def home(request: OfficerRequest) -> HttpResponse:
    """A list of the pages."""
    return render(request, "office/home.html")
