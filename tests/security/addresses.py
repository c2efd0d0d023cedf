"""All addresses of the portal, filled in with the ids of somebody's things."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver

from motcua.web.components.doors import Door, door_of

ANYWHERE = {
    "code": "1.001193", "key": "to-khai", "slug": "ho-tich", "file_id": 1, "receipt_id": 1, "booking_id": 1, "place": 1,
    "outage_id": 1, "section": "ten-goi", "name": "co-quan", "number": "bg-1", "int:number": 1,
    "sha256": "0" * 64, "document": "6f1c2f6e-0000-4000-8000-000000000000",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One route: how it is written, who may come in, the names of what stands in it."""

    route: str
    door: Door | None
    names: frozenset[str]

    def filled(self, ids: Mapping[str, Any]) -> str:
        """The address of one thing."""
        path, known = "/" + self.route, {**ANYWHERE, **ids}
        while "<" in path:
            before, _, rest = path.partition("<")
            inside, _, after = rest.partition(">")
            kind, _, name = inside.rpartition(":")
            path = f"{before}{known.get(f'{kind}:{name}', known.get(name, ''))}{after}"
        return path


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[Address]:
    """Every route of the portal."""
    for entry in (resolver or get_resolver()).url_patterns:
        where = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, where)
        else:
            yield Address(where, door_of(entry.callback), frozenset(entry.pattern.converters))


EVERYWHERE = sorted(addresses(), key=lambda address: address.route)
CITIZENS = [address for address in EVERYWHERE if address.door == "citizen"]
ADMINISTRATORS = [address for address in EVERYWHERE if address.door == "administrator"]
OFFICERS = [address for address in EVERYWHERE if address.door == "officer"]
WITH_REF = [address for address in EVERYWHERE if "ref" in address.names]
