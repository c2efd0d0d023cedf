"""Filters of the message templates; this room's engine loads them into each."""

from django import template

from motcua.notifications import rules

register = template.Library()
register.filter("moment", rules.moment)
register.filter("moment_in_short", rules.moment_in_short)
