"""Short pages of promises: personal data, accessibility, where to report a hole."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all


@public
@same_for_all
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, what for, how long, and whom to ask."""
    return render(request, "public/privacy.html", {"complaint_days": settings.COMPLAINT_KEPT_DAYS})


@public
@same_for_all
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what doesn't yet, and whom to tell."""
    return render(request, "public/accessibility.html")


@public
@same_for_all
def security_contact(request: HttpRequest) -> HttpResponse:
    """Where to report a hole, for those who look for it by machine (RFC 9116, security.txt)."""
    until = timezone.now().replace(microsecond=0, second=0, minute=0, hour=0) + timedelta(days=180)
    lines = (
        f"Contact: mailto:{settings.PORTAL['email']}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.BASE_URL}{request.path}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
