"""The past of a record and what is planned: the list of versions, what differs between two, what was withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.core.text import whole_number
from motcua.procedures.comparing import differences
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import history
from motcua.procedures.queries.standing import withdrawal
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all
from motcua.web.public.record.provenance import came_from
from motcua.web.public.record.standing import Standing, standing_of

PARTS = {
    "performing": "Cơ quan thực hiện",
    "competent": "Cơ quan có thẩm quyền",
    "authorised": "Cơ quan được ủy quyền",
    "receiving": "Nơi tiếp nhận hồ sơ",
    "coordinating": "Cơ quan phối hợp",
}


@dataclass(frozen=True)
class Row:
    """One version in the list, where it comes from, and the one before it, to be compared with."""

    version: ProcedureVersion
    standing: Standing
    came_from: str
    before: ProcedureVersion | None


@public
@same_for_all
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """All versions, the newest first, each with when it counted and what was said to be new."""
    found = _published(code)
    rows = [
        Row(version, standing_of(version, found), came_from(version), _next(found, place))
        for place, version in enumerate(found)
    ]
    context = {
        "code": code,
        "name": _shown(found).short_name,
        "rows": rows,
        "numbers": [version.number for version in found],
        "withdrawal": withdrawal(code),
    }
    return render(request, "public/record_versions.html", context)


@public
@same_for_all
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """What differs between two versions: ?tu=1&den=3. Without numbers the one before against the newest."""
    found = _published(code)
    numbers = [version.number for version in found]
    if len(numbers) < 2:
        return redirect("public:procedure_versions", code)
    new_number = whole_number(request.GET.get("den", "")) or numbers[0]
    old_number = whole_number(request.GET.get("tu", "")) or _before(new_number, numbers)
    old, new = history.version(code, old_number), history.version(code, new_number)
    if old is None or new is None:
        raise Http404
    records = [history.record_of(old), history.record_of(new)]
    context = {
        "code": code,
        "name": _shown(found).short_name,
        "old": old,
        "new": new,
        "old_standing": standing_of(old, found),
        "new_standing": standing_of(new, found),
        "old_came_from": came_from(old),
        "new_came_from": came_from(new),
        "numbers": sorted(numbers),
        "differences": differences(*records, names=history.names_in(records)),
        "became_full": old.is_short and not new.is_short,
    }
    return render(request, "public/record_compare.html", context)


def gone(request: HttpRequest, found: Sequence[ProcedureVersion]) -> HttpResponse:
    """The procedure was withdrawn: since when, why, and what it said last."""
    code = found[0].procedure.code
    last = history.version(code, found[0].number)
    context = {
        "code": code,
        "version": last,
        "standing": standing_of(found[0], found),
        "withdrawal": withdrawal(code),
        "withdrawn_on": found[0].effective_to or date.max,
    }
    return render(request, "public/record_gone.html", context, status=410)


def _published(code: str) -> list[ProcedureVersion]:
    found = history.published(code)
    if not found:
        raise Http404
    return found


def _next(found: Sequence[ProcedureVersion], place: int) -> ProcedureVersion | None:
    return found[place + 1] if place + 1 < len(found) else None


def _shown(found: Sequence[ProcedureVersion]) -> ProcedureVersion:
    """By whose name the pages go: the one in force, else the newest."""
    return next((version for version in found if standing_of(version, found).in_force), found[0])


def _before(number: int, numbers: Sequence[int]) -> int:
    """The version before one of these (the newest first); the oldest itself where there is none."""
    return next((one for one in numbers if one < number), numbers[-1])
