"""Acts on what is offered: publish, publish anew, close, open."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Unit
from motcua.audit.services import record
from motcua.core.errors import BusinessError, Conflict
from motcua.core.text import clean
from motcua.eforms.models import FormDefinition
from motcua.offerings.access import check_administrator
from motcua.offerings.models import Offering, OfferingVersion, Step
from motcua.offerings.queries import KEPT, STEP_KEPT, facts_of, last_version, settings_of, steps_of
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
        LevelTrouble: the level says more than form, ways and process can do; with everything that is missing.
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


@transaction.atomic
def publish_again(offering: Offering, *, by: User, seen: int, **changes: Any) -> OfferingVersion:
    """Publish the next version of a service: as the last one is, but for the changes. Running dossiers keep theirs.

    Args:
        seen: the number of the version that was on the screen.
        changes: fields of `OfferingVersion`.

    Raises:
        Http404: the service isn't the administrator's to change.
        Conflict: somebody else has published meanwhile.
        LevelTrouble: the level says more than the service can do; with everything that is missing.
    """
    offering = _begin(offering, by)
    last = last_version(offering)
    if last.number != seen:
        raise Conflict("Dịch vụ này vừa được công bố lại ở một nơi khác. Xin xem lại rồi công bố.")
    kept = {name: getattr(last, name) for name in KEPT}
    steps = [
        {**{name: getattr(step, name) for name in STEP_KEPT}, "unit": step.unit.code}
        for step in last.steps.select_related("unit")
    ]
    return publish_offering(
        offering.agency, offering.procedure, by=by, form=last.form, steps=steps, **{**kept, **changes}
    )


@transaction.atomic
def close_offering(offering: Offering, *, by: User, reason: str) -> None:
    """Take in no new dossiers (ngừng tiếp nhận); running ones go on, drafts can't be handed in.

    Raises:
        Http404: the service isn't the administrator's to close.
        BusinessError: it is closed already, or no reason is given.
    """
    offering = _begin(offering, by)
    reason = clean(reason)
    if not reason:
        raise BusinessError("Nhập lý do ngừng tiếp nhận.")
    if not offering.open:
        raise Conflict("Dịch vụ này đã ngừng tiếp nhận.")
    _turn(offering, by, open_=False, reason=reason[:300])


@transaction.atomic
def open_offering(offering: Offering, *, by: User) -> None:
    """Take in dossiers again.

    Raises:
        Http404: the service isn't the administrator's to open.
        BusinessError: it is open already, or no longer has what its level needs.
    """
    offering = _begin(offering, by)
    if offering.open:
        raise Conflict("Dịch vụ này đang tiếp nhận.")
    version = last_version(offering)
    facts = facts_of(offering.procedure)
    missing_for_level(settings_of(version), steps_of(version), facts, has_form=version.form_id is not None)
    _turn(offering, by, open_=True)


def _begin(offering: Offering, by: User) -> Offering:
    check_administrator(offering, by)
    rows = Offering.objects.select_for_update(of=("self",)).select_related("agency", "procedure")
    return rows.get(pk=offering.pk)


def _turn(offering: Offering, by: User, *, open_: bool, reason: str = "") -> None:
    offering.open = open_
    offering.save(update_fields=["open"])
    told = {"reason": reason} if reason else {}
    ref = f"{offering.agency.code}/{offering.procedure.code}"
    act = "offering.opened" if open_ else "offering.closed"
    record(act, subject_kind="offering", subject_ref=ref, actor=by, **told)
