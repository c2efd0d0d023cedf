"""Whom a record is for (đối tượng thực hiện), as the two audiences of the portal see it."""

from collections.abc import Collection

from django.db.models import Q

from motcua.procedures.models.lists import LifeEvent

CITIZENS = (
    "Công dân Việt Nam",
    "Người Việt Nam định cư ở nước ngoài",
    "Người nước ngoài",
    "Cán bộ, công chức, viên chức",
)


def is_for(audience: str) -> Q:
    """The records for citizens or for businesses (`LifeEvent.Audience`); one that names nobody is for both.

    Whoever isn't a person is a business here: companies, cooperatives, organisations.
    """
    unnamed = Q(audience=[])
    if audience == LifeEvent.Audience.CITIZEN:
        return Q(audience__overlap=list(CITIZENS)) | unnamed
    return ~Q(audience__contained_by=list(CITIZENS)) | unnamed


def is_meant_for(named: Collection[str], audience: str) -> bool:
    """The same of a record at hand, by whom it names."""
    citizens = [one in CITIZENS for one in named]
    return not citizens or (any(citizens) if audience == LifeEvent.Audience.CITIZEN else not all(citizens))
