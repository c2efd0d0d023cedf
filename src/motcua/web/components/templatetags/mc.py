"""Tags and filters of every template: icons, money, dates in words."""

from django import template

register = template.Library()
