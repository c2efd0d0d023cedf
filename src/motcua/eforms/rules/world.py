"""What the engine has to be told of the world outside a form: the administrative units. The rules stay pure."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class PlaceName:
    """A province or a commune as addresses write it: "Phường Hoa Sen" in the province 98."""

    code: str
    name: str
    province_code: str = ""  # empty: this is a province


class World(Protocol):
    """Looks places up by code; `motcua.eforms.queries` answers from the tables of `places`."""

    def place(self, code: str) -> PlaceName | None:
        """The unit of this code, none when there is none."""


class Nowhere:
    """A world without places: no code is known, so none is doubted."""

    def place(self, code: str) -> PlaceName | None:
        return None


NOWHERE = Nowhere()
