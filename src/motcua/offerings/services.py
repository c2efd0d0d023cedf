"""Acts on what is offered online."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Unit
from motcua.audit.services import record
from motcua.eforms.models import FormDefinition
from motcua.offerings.models import Offering, OfferingVersion, Step
from motcua.offerings.queries import facts_of
from motcua.offerings.rules import Portal, missing_for_level
from motcua.procedures.models import Procedure


@transaction.atomic
def publish_offering(
    agency: Agency,
    procedure: Procedure,
    *,
    by: User | None,
    form: FormDefinition | None,
    steps: Iterable[Mapping[str, Any]],
    portal: Portal | None = None,
    **settings: Any,
) -> OfferingVersion:
    """Publish a new version of an agency's online service (công bố dịch vụ công trực tuyến).

    Args:
        form: None: nothing is filled in online (mức độ 1, 2); the counter takes the printed form.
        steps: {"key", "name", "role", "unit": code of a unit of the agency, "hours", "acts"} in order.
        portal: what the portal can do, where that isn't to be looked up.
        settings: the other fields of `OfferingVersion`.

    Raises:
        BusinessError: the level says more than form, ways and process can do; with everything that is missing.
    """
    steps = list(steps)
    missing_for_level(settings, steps, facts_of(procedure, portal), has_form=form is not None)
    offering, _ = Offering.objects.get_or_create(agency=agency, procedure=procedure)
    Offering.objects.select_for_update().get(pk=offering.pk)
    last = offering.versions.aggregate(last=Max("number"))["last"] or 0
    version = OfferingVersion.objects.create(
        offering=offering, number=last + 1, published_at=timezone.now(), form=form, **settings
    )
    units = {unit.code: unit for unit in Unit.objects.filter(agency=agency)}
    Step.objects.bulk_create(
        Step(version=version, position=position, **{**step, "unit": units[step["unit"]]})
        for position, step in enumerate(steps, 1)
    )
    record(
        "offering.published", subject_kind="offering", subject_ref=f"{agency.code}/{procedure.code}", actor=by,
        version=version.number, form=f"{form.key}.{form.version}" if form else "",
    )  # fmt: skip
    return version
