"""A page of its own for the browser tests: one form, its answers kept in the process."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils import timezone

from motcua.eforms.forms import act
from motcua.eforms.queries import places
from motcua.eforms.rules import check_page, prune
from tests.eforms.forms import BIRTH, BUSINESS, HOUSEHOLD, KINDS

FORMS = {form.key: form for form in (BIRTH, HOUSEHOLD, KINDS)} | {"giay-de-nghi": BUSINESS}
ANSWERS: dict[str, dict[str, Any]] = {}

PAGE = """{% load static eform %}<!doctype html>
<html lang="vi" class="govuk-template"><head><meta charset="utf-8"><title>{{ page.title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="htmx-config" content='{"defaultSettleDelay":0,
"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false}'>
<link rel="icon" href="{% static "logo.svg" %}">
<link rel="stylesheet" href="{% static "fonts.css" %}"><link rel="stylesheet" href="{% static "govuk.css" %}">
<link rel="stylesheet" href="{% static "look.css" %}"><script src="{% static "htmx.min.js" %}" defer></script></head>
<body class="govuk-template__body mc-page"><main class="mc-wrap mc-main"><h1 class="mc-h1">{{ page.title }}</h1>
<form method="post" novalidate>{% csrf_token %}
<button class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">Tiếp</button>
{% error_summary problems %}{% eform_page definition page answers problems focus %}
<div class="mc-buttons mc-mt-6"><button class="govuk-button">Đồng ý và tiếp tục</button></div></form></main>
</body></html>"""


def form_page(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    """Keeps what is posted, then shows the page again or says that it is done."""
    form = FORMS[key]
    context: dict[str, Any] = {"definition": form, "page": form.page(slug), "problems": [], "focus": ""}
    if request.method == "POST":
        result = act(form, slug, request.POST, ANSWERS.get(key, {}))
        ANSWERS[key] = result.answers
        context["focus"] = result.focus
        if not result.stay:
            context["problems"] = check_page(form, slug, result.answers, today=timezone.localdate(), known=places())
            if not context["problems"]:
                return redirect("done", key)
    context["answers"] = ANSWERS.get(key, {})
    html = engines["django"].from_string(PAGE).render(context, request)
    return HttpResponse(html, status=422 if context["problems"] else 200)


def done(request: HttpRequest, key: str) -> HttpResponse:
    """What is kept."""
    return HttpResponse(f"Xong: {sorted(prune(FORMS[key], ANSWERS[key]))}", content_type="text/plain; charset=utf-8")


urlpatterns = [path("xong/<key>/", done, name="done"), path("<key>/<slug>/", form_page)]
