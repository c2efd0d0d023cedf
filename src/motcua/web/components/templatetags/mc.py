"""Tags and filters of every template: icons, chips, notes, forms, money and dates as people here write them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from motcua.core import identity, words
from motcua.core.words import say, translated
from motcua.web.components import doors, telling
from motcua.web.components.problems import Problems, problems_of

register = template.Library()

WEEKDAYS = (
    say("thứ Hai"),
    say("thứ Ba"),
    say("thứ Tư"),
    say("thứ Năm"),
    say("thứ Sáu"),
    say("thứ Bảy"),
    say("Chủ nhật"),
)
CHIPS = frozenset({"new", "going", "yours", "done", "bad", "idle"})
NOTES = {"info": "info", "good": "done", "warn": "warning", "bad": "stopped"}
BUTTONS = {
    "door": "",
    "secondary": " govuk-button--secondary",
    "warning": " govuk-button--warning",
    "plain": " mc-button--plain",
}


# ---- Words ----


@register.filter
def tr(text: object) -> str:
    """A label or a sentence from below the screens, in the page's language: `{{ dossier.get_state_display|tr }}`."""
    return "" if text is None else translated(text)


@register.filter
def told(text: object) -> str:
    """What may be a sentence of ours or a text of the record: translated, else marked as Vietnamese."""
    return telling.told(text)


@register.filter
def vn(text: object) -> str:
    """A text of the record, which is Vietnamese in every language: marked as such on an English page."""
    return telling.vietnamese(text)


@register.filter
def lined(text: object) -> str:
    """As `told`, a text of several lines line by line, with lists as such: records have nothing but line breaks."""
    return telling.lined(text)


@register.simple_tag
def lang_of(text: object) -> SafeString:
    """`<option{% lang_of name %}>`: the mark where no element can stand around the text."""
    return mark_safe(' lang="vi"') if telling.vietnamese(text) != str(text) else mark_safe("")


@register.filter
def money(amount: int | None) -> str:
    """16000 → "16.000 đồng"; nothing for None."""
    return "" if amount is None else translated(words.money(amount))


@register.filter
def vi_date(day: date | datetime | None) -> str:
    """26/11/2026; nothing for None."""
    return "" if day is None else f"{_local(day):%d/%m/%Y}"


@register.filter
def vi_time(moment: datetime | None) -> str:
    """17:00; nothing for None."""
    return "" if moment is None else f"{_local(moment):%H:%M}"


@register.filter
def vi_day(day: date | datetime | None) -> str:
    """thứ Năm, 26/11/2026; nothing for None."""
    if day is None:
        return ""
    return translated(say("{weekday}, {date}", weekday=WEEKDAYS[_local(day).weekday()], date=vi_date(day)))


@register.filter
def vi_moment(moment: datetime | None) -> str:
    """17:00 thứ Năm, 26/11/2026; nothing for None."""
    if moment is None:
        return ""
    return translated(say("{time} {day}", time=vi_time(moment), day=vi_day(moment)))


@register.filter
def in_words(day: date | None) -> str:
    """Ngày hai mươi sáu tháng mười một năm…; nothing for None."""
    return "" if day is None else words.date_in_words(day)


@register.filter
def phone(number: str) -> str:
    """+84900000217 → 0900 000 217."""
    return identity.show_phone(number) if number else ""


@register.filter
def mail_address(address: str) -> SafeString:
    """An address of mail that a narrow column breaks before its @, not within a word."""
    return format_html_join(mark_safe("<wbr>@"), "{}", ((part,) for part in address.split("@")))


@register.filter
def personal_number(number: str | None) -> str:
    """098162004217 → 098 162 004 217."""
    return identity.show_number(number) if number else ""


@register.filter
def file_size(size: int) -> str:
    """1887437 → "1,8 MB"; below a megabyte in KB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f}".replace(".", ",") + " MB"


def _local(moment: date | datetime) -> date | datetime:
    return timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment


# ---- Signs and small parts ----


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """`{% icon "search" "s leaf" %}`; always beside a word, so hidden from screen readers."""
    return _icon(name, classes, static("icons.svg"))


@lru_cache(maxsize=500)  # a list of results has a hundred
def _icon(name: str, classes: str, sprite: str) -> SafeString:
    extra = "".join(f" mc-icon--{part}" for part in classes.split())
    return format_html(
        '<svg class="mc-icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        extra,
        sprite,
        name,
    )


@register.simple_tag
def chip(kind: str, icon_name: str, word: str) -> SafeString:
    """A state: `{% chip "going" "run" "Đang xử lý" %}`."""
    if kind not in CHIPS:
        raise template.TemplateSyntaxError(f"There is no chip of the kind {kind!r}.")
    return format_html('<span class="mc-chip mc-chip--{}">{}{}</span>', kind, icon(icon_name), translated(word))


@register.simple_tag
def tag(icon_name: str, word: str) -> SafeString:
    """A property, not a state: `{% tag "online" "Trực tuyến toàn trình" %}`."""
    return format_html('<span class="mc-tag">{}{}</span>', icon(icon_name, "s"), translated(word))


@register.inclusion_tag("mc/pill.html")
def pill(text: str, href: str, *, current: bool = False, removes: bool = False) -> dict[str, Any]:
    """Something to press that narrows a list; with `removes` it takes an active filter away."""
    return {"text": translated(text), "href": href, "current": current, "removes": removes}


@register.inclusion_tag("mc/button.html")
def button(
    text: str,
    kind: str = "door",
    *,
    href: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
    small: bool = False,
    wide: bool = False,
    disabled: bool = False,
    key: str = "",
    gap: bool = False,
    form: str = "",
) -> dict[str, Any]:
    """One button; "door" is the red one, once a page. With `href` it is a link that looks like one."""
    classes = "govuk-button" + BUTTONS[kind] + " mc-button--small" * small + " mc-button--wide" * wide
    return {
        "text": translated(text),
        "classes": classes + " mc-acts__gap" * gap,
        "href": href,
        "icon_name": icon,
        "name": name,
        "value": value,
        "disabled": disabled,
        "key": key,
        "form": form,
    }


@register.simple_block_tag
def note(content: str, kind: str = "info", title: str = "", role: str = "") -> SafeString:
    """`{% note "warn" title="…" %}<p>…</p>{% endnote %}`; role="status" where it appears by itself."""
    heading = format_html('<p class="mc-note__title">{}</p>', translated(title)) if title else ""
    spoken = format_html(' role="{}"', role) if role else ""
    return format_html(
        '<div class="mc-note mc-note--{}"{}>{}<div class="mc-note__body">{}{}</div></div>',
        kind,
        spoken,
        icon(NOTES[kind]),
        heading,
        content,
    )


@register.simple_block_tag
def strip(content: str, icon_name: str = "info", wide: bool = False) -> SafeString:
    """A line for the whole portal: maintenance, outage, sample."""
    return format_html(
        '<div class="mc-strip"><div class="mc-wrap{} mc-strip__in">{}<div>{}</div></div></div>',
        " mc-wrap--wide" if wide else "",
        icon(icon_name),
        content,
    )


@register.inclusion_tag("mc/known.html")
def known(rows: Sequence[tuple[str, Any]], *, source: str, wrong_url: str = "", classes: str = "") -> dict[str, Any]:
    """Values that the state already has: pairs of name and value, where they come from, where to say "chưa đúng"."""
    return {"rows": rows, "source": source, "wrong_url": wrong_url, "classes": classes}


@register.inclusion_tag("mc/saved.html")
def saved(moment: datetime | None, words: str = "Đã lưu nháp lúc") -> dict[str, Any]:
    """ "Đã lưu nháp lúc 20:14"; an empty live region before the first save."""
    return {"moment": moment, "words": translated(words)}


@register.inclusion_tag("mc/steps.html")
def steps(items: Sequence[Any], label: str = "Các bước nộp hồ sơ") -> dict[str, Any]:
    """Progress through a form. Items have `name`, `url` ("" = not to be reached yet), `state`: done, now or later."""
    marked = [_get(item, "state") for item in items]
    now = marked.index("now") if "now" in marked else 0
    return {"items": items, "label": translated(label), "now": now + 1, "current": items[now] if items else None}


@register.inclusion_tag("mc/menu_link.html", takes_context=True)
def nav_link(context: Context, href: str, text: str, icon: str = "", *, exact: bool = False) -> dict[str, Any]:
    """A link of the head's menu; knows whether the page is under it. With an icon: a row of the phone's menu."""
    request = context.get("request")
    here = request.path if request else ""
    return {
        "href": href,
        "text": translated(text),
        "icon_name": icon,
        "here": here == href if exact else here.startswith(href),
    }


@register.simple_tag(takes_context=True)
def human_state(context: Context) -> dict[str, Any]:
    """What mc/human.html needs to draw “Mã xác nhận”."""
    from motcua.web.components import human  # it needs the forms, whose templates need these tags

    return human.state(context["request"])


# ---- Forms ----


@register.simple_tag(takes_context=True)
def typed_by(context: Context) -> SafeString:
    """The hidden field by which what was typed into this form comes back after a new login (`doors.held_post`)."""
    user = context["request"].user
    return format_html('<input type="hidden" name="{}" value="{}">', doors.TYPED_BY, doors.typed_by(user))


@register.inclusion_tag("mc/error_summary.html")
def error_summary(source: BaseForm | Sequence[Any] | None) -> dict[str, Any]:
    """What must be mended, with links to the fields; from a form, or from problems with `html_id` and `message`."""
    found = problems_of(source)
    if isinstance(source, BaseForm):
        source.summary_shown = True  # type: ignore[attr-defined]
    return {"problems": found}


@register.filter
def problems(source: BaseForm | Sequence[Any] | None) -> Problems:
    """The same as a list."""
    return problems_of(source)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """`{% field form.name %}`: label, hint, message and control."""
    return bound.as_field_group()


@register.filter
def get(source: Any, key: str) -> Any:
    """A value by a computed name; None if it isn't there."""
    return _get(source, key)


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """The item at a computed place; None past the end."""
    return items[index] if 0 <= index < len(items) else None


def _get(source: Any, key: str) -> Any:
    return source.get(key) if hasattr(source, "get") else getattr(source, key, None)
