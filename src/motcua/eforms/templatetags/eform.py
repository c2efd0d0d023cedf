"""`{% eform_page definition page answers problems %}`: the fields of a page, inside a form that the view writes."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from motcua.core.words import ENGLISH, translated
from motcua.eforms.rendering import CONTAINER, FIND, REFRESH, draw
from motcua.eforms.rules import ACT, Answer, Definition, Page
from motcua.eforms.rules.kinds.codes import FIND as FIND_CODE
from motcua.eforms.rules.kinds.codes import TAKE as TAKE_CODE

register = template.Library()


@register.inclusion_tag("eforms/page.html", takes_context=True)
def eform_page(
    context: Context,
    definition: Definition,
    page: Page,
    answers: Mapping[str, Answer],
    problems: Sequence[Any] = (),
    focus: str = "",
) -> dict[str, Any]:
    """All fields of a page that the answers show.

    The view wraps it in a form with `method="post" novalidate`, the token and, as the form's first button, the one that
    goes on (Enter presses it). It answers posts as `motcua.eforms.forms.act` says and passes on its `focus`. What was
    sought comes from the request itself. A request of htmx may be answered with the whole page.
    """
    request = context.get("request")
    posted = request.POST if request is not None and request.method == "POST" else None
    return {
        "blocks": draw(definition, page, answers, problems, posted=posted, today=timezone.localdate(), focus=focus),
        "intro": page.intro,
        "url": request.get_full_path() if request is not None else "",
        "container": CONTAINER,
        "act": ACT,
        "refresh": REFRESH,
        "find": FIND,
        "find_code": FIND_CODE,
        "take_code": TAKE_CODE,
    }


@register.simple_tag(takes_context=True)
def redraw(
    context: Context, value: str = REFRESH, *, row: int | None = None, part: str = "", on: str = ""
) -> SafeString:
    """Attributes of a control that redraws the page, or only the `part` with that id; without scripts they do nothing.

    `value` is what the control posts as ACT; a `row` is added to it. `on` is the event, by default htmx's own.
    """
    posted = value if row is None else f"{value}:{row}"
    target = part or CONTAINER
    return format_html(
        'hx-post="{}" hx-target="#{}" hx-select="#{}" hx-swap="{}" hx-sync="closest form:replace" hx-vals="{}"{}',
        context["url"],
        target,
        target,
        "outerHTML" if part else "whole",
        json.dumps({ACT: posted}),
        format_html(' hx-trigger="{}"', on) if on else "",
    )


@register.simple_tag
def options(offered: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """The options of a list to pull down, from pairs of value and words; long lists are drawn often, hence no loop."""
    english = get_language() == ENGLISH
    return mark_safe(  # noqa: S308 (value and words are escaped here)
        "\n".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}'
            f"{_vietnamese(words) if english else ''}>{escape(translated(words) if english else words)}</option>"
            for value, words in offered
        )
    )


def _vietnamese(words: str) -> str:
    """The mark of what stays Vietnamese in an English page: names of places, nations, trades."""
    return "" if words.isascii() or translated(words) != words else ' lang="vi"'


@register.filter
def then(before: str, after: object) -> str:
    """Two texts, one after the other."""
    return f"{before}{after}"
