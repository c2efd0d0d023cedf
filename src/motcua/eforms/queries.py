"""Reads of forms, and of the places that forms ask for. Both hardly change, so each process remembers them."""

import time
from collections import OrderedDict
from functools import cache

from motcua.eforms.models import FormDefinition
from motcua.eforms.rules import Definition, PlaceName, parse
from motcua.places import queries as units
from motcua.places.models import Unit

REMEMBER_SECONDS = 60
_MOST_DEFINITIONS = 200
_definitions: OrderedDict[int, Definition] = OrderedDict()


def definition_of(form: FormDefinition) -> Definition:
    """The form as the engine sees it, its texts with their English. A published version never changes: parsed once.

    English that was mended is seen once the processes have been started anew.
    """
    found = _definitions.get(form.pk)
    if found is None:
        found = _definitions[form.pk] = parse(form.definition | ({"en": form.english} if form.english else {}))
        if len(_definitions) > _MOST_DEFINITIONS:
            _definitions.popitem(last=False)
    return found


class Places:
    """The administrative units as forms need them; what was read is remembered for a minute."""

    def __init__(self) -> None:
        self._read_at = time.monotonic()
        self._places: dict[str, PlaceName] = {}
        self._lists: dict[str, list[PlaceName]] = {}

    def place(self, code: str) -> PlaceName | None:
        """The unit of this code, as `motcua.eforms.rules.World` wants it."""
        self._forget_old()
        if not code or len(code) > 10:
            return None
        if code not in self._places:
            unit = units.unit(code)
            if unit is None:
                return None
            self._remember(unit)
            if unit.parent:
                self._remember(unit.parent)
        return self._places[code]

    def provinces(self) -> list[PlaceName]:
        """All provinces, in Vietnamese order."""
        return self._list("")

    def communes(self, province_code: str) -> list[PlaceName]:
        """The communes of a province, in Vietnamese order; none for no or an unknown province."""
        return self._list(province_code) if province_code else []

    def find(self, text: str) -> list[PlaceName]:
        """The communes that a typed text may mean, named with their province."""
        found = [unit for unit in units.find(text, limit=20) if unit.parent_id][:8]
        return [PlaceName(unit.pk, units.full_name(unit), unit.parent_id or "") for unit in found]

    def _list(self, province_code: str) -> list[PlaceName]:
        self._forget_old()
        if province_code not in self._lists:
            rows = units.communes(province_code) if province_code else units.provinces()
            found = [self._remember(unit) for unit in rows]
            if not found:
                return []
            self._lists[province_code] = found
        return self._lists[province_code]

    def _remember(self, unit: Unit) -> PlaceName:
        name = PlaceName(unit.pk, str(unit), unit.parent_id or "")
        self._places[unit.pk] = name
        return name

    def _forget_old(self) -> None:
        if time.monotonic() - self._read_at > REMEMBER_SECONDS:
            self.forget()

    def forget(self) -> None:
        """Read everything anew."""
        self._read_at = time.monotonic()
        self._places = {}
        self._lists = {}


@cache
def places() -> Places:
    """The places of this process."""
    return Places()
