"""Who may edit the catalogue."""

from motcua.accounts.models import User
from motcua.agencies.queries import administered


def edits_catalogue(user: User) -> bool:
    """Whether this person looks after the catalogue today: an administrator of an agency that has none above it.

    The catalogue is the province's (docs/administrator/catalogue.md): a ward's administrator looks after the ward's
    services, not after what is published about procedures for all of the province.
    """
    return administered(user) is None
