"""Who may edit the catalogue."""

from django.utils import timezone

from motcua.accounts.models import User
from motcua.agencies.models import Post, Role


def edits_catalogue(user: User) -> bool:
    """Whether this person looks after the catalogue today: an administrator of an agency that has none above it.

    The catalogue is the province's (docs/administrator/catalogue.md): a ward's administrator looks after the ward's
    services, not after what is published about procedures for all of the province.
    """
    held = Post.objects.held_by(user, timezone.localdate())
    return held.filter(roles__contains=[Role.ADMINISTRATOR], unit__agency__parent=None).exists()
