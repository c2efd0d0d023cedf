"""From a template and what happened to the words that are sent."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist

from motcua.notifications import rules

FOLDER = Path(__file__).with_name("templates")
MISSING = "\x00"  # an engine's answer to a variable that isn't there; no text has it
ROOMS = (80, 45, 30, 20)  # letters for the agency's name in an SMS, fewer while the text is too long

# What a template may count on although a caller had nothing to say about it.
OPTIONAL: dict[str, Any] = {
    "ref": "",
    "code": "",
    "procedure": "",
    "agency": "",
    "person": "",
    "at": None,
    "due_at": None,
    "url": "",
    "next_step": "",
    "papers": (),
    "reason": "",
    "amount": "",
    "owing": False,
    "minutes": 5,
}


class TemplateError(Exception):
    """A template is not there, or wants something that the caller didn't give: a bug, found by the first test."""


@dataclass(frozen=True)
class Text:
    """What goes out through one channel. `subject` is empty but for emails."""

    body: str
    subject: str = ""


@cache
def engine() -> Engine:
    """Plain text: nothing is escaped; and a missing variable doesn't pass in silence."""
    return Engine(
        dirs=[str(FOLDER)],
        string_if_invalid=MISSING + "%s",
        builtins=["motcua.notifications.templatetags.message_text"],
    )


def email(template: str, context: dict[str, Any]) -> Text:
    """The subject in one line, and the letter."""
    subject = " ".join(_render(f"{template}.subject.txt", context).split())
    return Text(_tidy(_render(f"{template}.email.txt", context)), subject)


def sms(template: str, context: dict[str, Any]) -> Text:
    """Without accents, at most 160 letters."""
    agency = str(context.get("agency", ""))
    text = ""
    for room in ROOMS:
        short = context | {"agency": rules.shortened(agency, room)}
        text = rules.unaccented(_render(f"{template}.sms.txt", short))
        if len(text) <= rules.SMS_LENGTH:
            return Text(text)
    return Text(text[: rules.SMS_LENGTH - 3] + "...")


def zalo(template: str, context: dict[str, Any]) -> Text:
    """The SMS's words: a stage and a number, no name; Zalo has accents and room, the agency's name stays whole."""
    return Text(" ".join(_render(f"{template}.sms.txt", context).split()))


def values_of(context: dict[str, Any]) -> dict[str, Any]:
    """What a template may use: what the act says, what it may leave out, whom to call, and the number people know."""
    portal = {
        "portal": settings.BASE_URL,
        "hotline": settings.PORTAL["phone"],
        "hotline_hours": settings.PORTAL["hours"],
    }
    values = OPTIONAL | portal | context
    values["number"] = values["code"] or values["ref"]
    return values


def _render(name: str, context: dict[str, Any]) -> str:
    values = values_of(context)
    try:
        text = engine().get_template(f"notifications/{name}").render(Context(values, autoescape=False))
    except TemplateDoesNotExist:
        raise TemplateError(f"There is no message template {name}.") from None
    if MISSING in text:
        wanted = text.partition(MISSING)[2].split(maxsplit=1)[0]
        raise TemplateError(f"The message template {name} wants {wanted!r}.")
    return text


def _tidy(text: str) -> str:
    """No more than one empty line at a time, whatever conditions left open."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"
