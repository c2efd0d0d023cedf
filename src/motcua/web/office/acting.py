"""What all pages with an act have in common: a form is posted, the act tried, a refusal said on the page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from motcua.core.errors import BusinessError


def posted(request: HttpRequest) -> QueryDict | None:
    """What binds a form: the body of a POST."""
    return request.POST if request.method == "POST" else None


def tried(form: forms.Form, act: Callable[[], object], *, at: str | None = None) -> bool:
    """Whether a posted form was right and its act went through; a refusal stands in the form, `at` a field or above."""
    if not form.is_valid():  # so is one that wasn't posted
        return False
    try:
        act()
    except BusinessError as refusal:
        form.add_error(at, str(refusal))
        return False
    return True


def form_page(request: HttpRequest, template: str, context: dict[str, Any], form: forms.Form) -> HttpResponse:
    """The page with its form; 422 where something in it must be mended."""
    return render(request, template, {**context, "form": form}, status=422 if form.errors else 200)
