"""What stands around every page: notices of outages, visit figures. `{% load mc_around %}`."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from motcua.content import queries
from motcua.content.models import Outage
from motcua.core.words import grouped, translated

register = template.Library()

MOST_STRIPS = 2


@register.inclusion_tag("mc/outage_strips.html")
def outage_strips(wide: bool = False) -> dict[str, Any]:
    """A strip for each outage that is on or ahead; more than two are counted."""
    told, now = queries.announced(), timezone.now()
    strips = [{"outage": outage, "is_on": outage.starts_at <= now} for outage in told[:MOST_STRIPS]]
    return {"strips": strips, "more": max(0, len(told) - MOST_STRIPS), "wide": wide}


@register.inclusion_tag("mc/outage_strips.html")
def outage_preview(outage: Outage) -> dict[str, Any]:
    """The strip that an outage would have."""
    return {"strips": [{"outage": outage, "is_on": outage.starts_at <= timezone.now()}], "more": 0, "wide": True}


@register.inclusion_tag("mc/outage_at.html")
def outage_at(moment: datetime | None) -> dict[str, Any]:
    """A note beside a deadline: the portal stands still at that moment, so do it before."""
    return {"outage": queries.outage_at(moment) if moment else None}


@register.filter
def dotted(number: int) -> str:
    """16000 → "16.000"."""
    return translated(grouped(number))


@register.simple_tag
def visit_figures() -> queries.Visits:
    """How many people came."""
    return queries.visits()
