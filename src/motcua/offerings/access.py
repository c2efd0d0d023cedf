"""Who may change what is offered: administrators of the agency, or of one above it."""

from django.http import Http404
from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Post, Role
from motcua.offerings.models import Offering


def administered_by(user: User) -> set[int]:
    """The ids of the agencies that this person administers today, with all below them."""
    held = Post.objects.held_by(user, timezone.localdate()).filter(roles__contains=[Role.ADMINISTRATOR])
    found = set(held.values_list("unit__agency", flat=True))
    below = dict(Agency.objects.values_list("pk", "parent_id"))
    while more := {pk for pk, parent in below.items() if parent in found} - found:
        found |= more
    return found


def offering_for(user: User, slug: str, code: str) -> Offering:
    """An agency's service, for an administrator of it.

    Raises:
        Http404: there is none, or it is another agency's.
    """
    found = Offering.objects.filter(agency__slug=slug, procedure__code=code).select_related("agency", "procedure")
    offering = found.first()
    if offering is None:
        raise Http404
    check_administrator(offering, user)
    return offering


def check_administrator(offering: Offering, user: User) -> None:
    """
    Raises:
        Http404: the service isn't this person's to change.
    """
    if offering.agency_id not in administered_by(user):
        raise Http404
