"""Who can log in to a sample: read from sample/people.json."""

import json
from functools import cache
from typing import Any

from django.conf import settings

Person = dict[str, Any]


@cache
def _file() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((settings.PROJECT / "sample" / "people.json").read_text(encoding="utf-8"))
    return found


def officers() -> list[Person]:
    """The desk's people: handle, name, agency, unit, title, roles."""
    return list(_file()["officers"])


def citizens() -> list[Person]:
    """Five people with an account: name, personal number, birth date, sex, phone, email, residence."""
    return list(_file()["citizens"])


def national() -> dict[str, Any]:
    """Who has an account at the demo National portal: `people`, and their common `password`."""
    return dict(_file()["national"])


def password_of(person: Person) -> str:
    """The same for everybody: this is no secret."""
    return str(person.get("password") or _file()["password"])


def ward_name() -> str:
    """The ward of the sample, as people call it."""
    return "phường Hoa Sen, tỉnh Minh Giang"
