"""Acts on agencies: set up a calendar, open an agency with its units, put a person in a post."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Calendar, CalendarDay, Post, Role, Unit
from motcua.agencies.rules import check_day, check_week
from motcua.audit.services import record


@transaction.atomic
def set_calendar(
    code: str, *, name: str, week: list[Any], days: Iterable[Mapping[str, Any]], by: User | None
) -> Calendar:
    """Create a working calendar or bring it up to date (Quyết định về lịch nghỉ lễ, làm bù hằng năm).

    Args:
        week: seven lists of ["07:30", "11:30"], Monday first.
        days: {"date": "2026-02-16", "name": "Tết Nguyên đán", "hours": []}; days not named any more go.

    Raises:
        ValueError: hours that overlap, end before they start, or aren't times.
    """
    check_week(week)
    calendar, _ = Calendar.objects.update_or_create(code=code, defaults={"name": name, "week": week})
    wanted = {}
    for day in days:
        check_day(day["hours"])
        wanted[date.fromisoformat(day["date"])] = CalendarDay(
            calendar=calendar, date=date.fromisoformat(day["date"]), name=day["name"], hours=day["hours"]
        )
    calendar.days.exclude(date__in=wanted).delete()
    CalendarDay.objects.bulk_create(
        wanted.values(), update_conflicts=True, unique_fields=["calendar", "date"], update_fields=["name", "hours"]
    )
    record("calendar.set", subject_kind="calendar", subject_ref=code, actor=by, days=len(wanted))
    return calendar


@transaction.atomic
def open_agency(*, by: User | None, units: Iterable[tuple[str, str]], **facts: Any) -> Agency:
    """Create an agency (cơ quan) and its units, each (code, name).

    Args:
        facts: the fields of `Agency`.
    """
    agency = Agency.objects.create(**facts)
    Unit.objects.bulk_create(Unit(agency=agency, code=code, name=name) for code, name in units)
    record("agency.opened", subject_kind="agency", subject_ref=agency.code, actor=by)
    return agency


@transaction.atomic
def appoint(user: User, unit: Unit, *, title: str, roles: Iterable[Role], since: date, by: User | None) -> Post:
    """Put a person in a post (bố trí vị trí công tác)."""
    post = Post.objects.create(user=user, unit=unit, title=title, roles=[Role(role) for role in roles], since=since)
    record(
        "post.given", subject_kind="post", subject_ref=str(post.pk), actor=by,
        user=user.pk, unit=unit.pk, roles=[str(role) for role in post.roles],
    )  # fmt: skip
    return post
