"""What an address of the search asks for, and the addresses that lead on from it. Every state has its own."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, QueryDict

from motcua.core.text import clean, fold
from motcua.procedures.search import ONLINE, Filters

PROVINCE_COOKIE = "mc_tinh"  # the folded name of one's own province, with hyphens
_REMEMBERED = re.compile(r"[a-z-]{2,40}")
LONGEST_TEXT = 300  # characters; nobody asks for more in one line
MOST_VALUES = 20  # of one filter; a link is made for each
TEXT, AS_TYPED, PAGE, PROVINCE, SAID = "q", "dung-tu", "trang", "tinh", "gop-y"


@dataclass(frozen=True)
class FacetKind:
    """A facet: its name in the address, in `Results.choices`, its titles."""

    name: str
    key: str
    title: str
    all_of_it: str = ""  # the link to the page of all its values; empty: they are few


FACETS = (
    FacetKind("truc-tuyen", "online", "Nộp trực tuyến"),
    FacetKind("co-quan", "agencies", "Cơ quan thực hiện", "Xem tất cả cơ quan"),
    FacetKind("muc-do", "services", "Mức độ"),
    FacetKind("cap", "levels", "Cấp thủ tục"),
    FacetKind("linh-vuc", "fields", "Lĩnh vực", "Xem tất cả lĩnh vực"),
    FacetKind("doi-tuong", "audiences", "Đối tượng", "Xem tất cả đối tượng"),
)
BY_NAME = {facet.name: facet for facet in FACETS}


class Asked:
    """An address, as far as this page understands it, and no more of it than a person would ask."""

    def __init__(self, request: HttpRequest) -> None:
        typed = request.GET
        self.query = QueryDict(mutable=True)
        for name in (TEXT, AS_TYPED, PAGE, PROVINCE, SAID):
            if name in typed:
                self.query[name] = str(typed[name])[:LONGEST_TEXT]
        for facet in FACETS:
            if facet.name in typed:
                values = [value[:LONGEST_TEXT] for value in typed.getlist(facet.name)[:MOST_VALUES]]
                self.query.setlist(facet.name, values)
        remembered = request.COOKIES.get(PROVINCE_COOKIE, "")
        if PROVINCE not in self.query and _REMEMBERED.fullmatch(remembered):
            self.query[PROVINCE] = remembered.replace("-", " ")

    @cached_property
    def text(self) -> str:
        """What was typed."""
        return str(self.query.get(TEXT, "")).strip()

    @property
    def as_typed(self) -> bool:
        """Typing errors aren't to be mended."""
        return AS_TYPED in self.query

    @property
    def page(self) -> str:
        """The number of the page, as typed."""
        return str(self.query.get(PAGE, ""))

    @property
    def said(self) -> str:
        """What the person has just said of these results."""
        return str(self.query.get(SAID, ""))

    @cached_property
    def province(self) -> str:
        """The folded name of one's own province: as chosen, otherwise the portal's."""
        return bare_province(str(self.query.get(PROVINCE, "")) or settings.PORTAL["place"])

    @cached_property
    def filters(self) -> Filters:
        """What the results are narrowed to."""
        chosen = {facet.key: self.query.getlist(facet.name) for facet in FACETS}
        chosen["online"] = [ONLINE] if chosen["online"] else []
        return Filters(**chosen)

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """Names and values for the hidden fields of a form that asks for the rest."""
        left = {TEXT, AS_TYPED, PROVINCE, *BY_NAME} - set(but)
        return [(name, value) for name in self.query if name in left for value in self.query.getlist(name)]

    def with_(self, name: str, value: str) -> str:
        """The address with one thing changed; another page begins anew unless the page is what changes."""
        changed = self._next()
        changed[name] = value
        return _address(changed, page=name == PAGE)

    def without(self, name: str, value: str = "") -> str:
        """The address without a filter, or without one value of it."""
        changed = self._next()
        left = [one for one in changed.getlist(name) if value and one != value]
        changed.setlist(name, left)
        return _address(changed)

    def only_text(self) -> str:
        """The address without any filter."""
        return _address(_query({name: str(self.query[name]) for name in (TEXT, PROVINCE) if name in self.query}))

    def _next(self) -> QueryDict:
        changed = self.query.copy()
        changed.pop(SAID, None)
        return changed


def bare_province(name: str) -> str:
    """ "tỉnh Minh Giang" → "minh giang"."""
    folded = fold(clean(name))
    for prefix in ("tinh ", "thanh pho ", "tp. ", "tp "):
        folded = folded.removeprefix(prefix)
    return folded


def _query(values: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(values)
    return query


def _address(query: QueryDict, *, page: bool = False) -> str:
    if not page:
        query.pop(PAGE, None)
    return f"?{query.urlencode()}"
