"""The post's price list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.audit.services import record
from motcua.delivery.models import PostageRate
from motcua.delivery.rules.postage import Zone
from motcua.delivery.rules.states import Direction


@transaction.atomic
def set_postage(rates: Sequence[dict[str, Any]], *, since: date, ground: str, by: User | None) -> int:
    """Bring in a price list that holds from a day on; what held before stays for the days before. How many lines.

    Args:
        rates: {"zone", "direction", "amount" (đồng), "days" (working days)}.
        ground: where the prices stand, for people.
    """
    for rate in rates:
        PostageRate.objects.update_or_create(
            zone=Zone(rate["zone"]), direction=Direction(rate["direction"]), since=since,
            defaults={"amount": int(rate["amount"]), "days": int(rate["days"]), "ground": ground},
        )  # fmt: skip
    record("postage.set", subject_kind="postage", subject_ref=since.isoformat(), actor=by, lines=len(rates))
    return len(rates)
