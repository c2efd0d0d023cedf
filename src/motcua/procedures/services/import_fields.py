"""The fields of administration that an import meets: known by name, or new."""

from collections.abc import Iterable
from typing import Any

from motcua.core.text import fold
from motcua.procedures.importing.reading import NO_FIELD, NO_FIELD_SLUG, OWN, Reading
from motcua.procedures.models import Field
from motcua.procedures.services.lists import set_fields

LONGEST = 200


class Fields:
    """Which slug a field has here; one that is new is made, unless nothing may be written."""

    def __init__(self, *, write: bool) -> None:
        self.write = write
        self.slugs: dict[str, str] = {}
        self.by_name: dict[str, str] = {}

    def learn(self, readings: Iterable[Reading]) -> None:
        """Make the fields that these name and nobody knows yet; part of the transaction that needs them."""
        self.slugs = dict(Field.objects.values_list("slug", "name"))
        self.by_name = {fold(name): slug for slug, name in self.slugs.items()}
        new: dict[str, str] = {}
        for reading in readings:
            slug = self._slug(reading)
            if slug not in self.slugs and slug not in new:
                new[slug] = NO_FIELD if slug == NO_FIELD_SLUG else reading.field_name[:LONGEST]
        if new and self.write:
            set_fields([{"slug": slug, "name": name} for slug, name in new.items()], by=None)

    def placed(self, reading: Reading) -> dict[str, Any]:
        """The record with the slug that its field has here."""
        return reading.record | {"field": self._slug(reading)}

    def _slug(self, reading: Reading) -> str:
        if "field" in (reading.line.get(OWN) or {}):
            return str(reading.record["field"])
        return self.by_name.get(fold(reading.field_name), str(reading.record["field"]))
