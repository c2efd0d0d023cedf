"""Whose dossiers somebody may see in a session: their own, and those of the organisation that they have come for."""

from django.db.models import Q

from motcua.accounts.models import User
from motcua.dossiers.rules.states import State

_OF_ORGANISATION = Q(applicant__has_key="organisation_code")


def _organisation(user: User) -> Q:
    """The dossiers of the organisation that this person stands for in this session; of none, none."""
    code = user.came_for.code if user.came_for else ""
    return _OF_ORGANISATION & Q(applicant__organisation_code=code)


def own(user: User) -> Q:
    """The dossiers of this account; of an organisation's, those that may be seen in this session. Drafts are typed on.

    A draft holds what its writer typed and nobody has received; handing it in asks again (`check_standing`).
    """
    return Q(user=user) & (~_OF_ORGANISATION | Q(state=State.DRAFT) | _organisation(user))


def elsewhere(user: User) -> Q:
    """Those of this account that aren't to be seen in this session: one would have to come for the organisation."""
    return Q(user=user) & _OF_ORGANISATION & ~Q(state=State.DRAFT) & ~_organisation(user)


def for_others(user: User) -> Q:
    """What others have handed in for the organisation that this person stands for."""
    return of_organisation(user) & ~Q(user=user)


def of_organisation(user: User) -> Q:
    """What anybody has handed in for the organisation that this person stands for."""
    return _organisation(user) & ~Q(state=State.DRAFT)
