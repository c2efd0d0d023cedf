"""What the sample ward settled in the months before today: made-up counts (sample/figures.json), closed one by one.

Each line says how many dossiers come in a month, in how many working days they are due, and what share of them is
settled early or late, in per cent. Real months differ from each other, and so do these: always in the same way.
"""

import json
import random
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from motcua.agencies.models import Agency
from motcua.dossiers.rules.clock import add_months
from motcua.procedures.queries import by_codes
from motcua.reports.rules.counts import Month
from motcua.reports.services import closing

BEGINS = date(2025, 7, 1)  # when there were first communes of the two-tier kind
MOST_MONTHS = 24
WORKING_DAYS = 21


def load() -> None:
    """Take the months over that are past, as from the system before this one."""
    lines = json.loads((settings.PROJECT / "sample" / "figures.json").read_text(encoding="utf-8"))
    agencies = {agency.code: agency.pk for agency in Agency.objects.all()}
    versions = by_codes([line["procedure"] for line in lines])
    places = {}
    for line in lines:
        version = versions[line["procedure"]]
        places[agencies[line["agency"]], version.field_id, version.procedure_id] = line
    this = timezone.localdate().replace(day=1)
    month = max(BEGINS, add_months(this, -MOST_MONTHS))
    in_work = dict.fromkeys(places, 0)
    while month < this:
        counts = {}
        for place, line in places.items():
            counts[place] = _month(line, in_work[place], _dice(month, line))
            in_work[place] = counts[place].in_work
        closing.take_over(month, counts)
        month = add_months(month, 1)


def _month(line: dict[str, Any], before: int, dice: random.Random) -> Month:
    """One month of one line; what is in work follows from how long it takes."""
    online, other = (round(line[way] * dice.uniform(0.82, 1.18)) for way in ("online", "other"))
    came = online + other
    left = min(round(came * line["days"] / WORKING_DAYS * dice.uniform(0.8, 1.2)), before + came)
    settled = before + came - left
    late = round(settled * line["late"] / 100 * dice.uniform(0.4, 1.6))
    early = min(round(settled * line["early"] / 100 * dice.uniform(0.9, 1.1)), settled - late)
    overdue = round(left * line["late"] / 100 * dice.uniform(0, 2))
    return Month(online, other, early, settled - late - early, late, left - overdue, overdue)


def _dice(month: date, line: dict[str, Any]) -> random.Random:
    return random.Random(f"{month:%Y-%m} {line['procedure']}")  # noqa: S311 (the same each time, and no secret)
